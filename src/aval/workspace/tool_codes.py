"""The problems of the drafter's tools (AV61x, AV62x)."""

from __future__ import annotations

from aval.model.problem import Code

NO_SUCH_CODE = Code(
    code="AV610",
    title="no such problem",
    what="No problem has this code.",
    why="Each problem has a code of its own and a page that explains it.",
    bad="aval explain AV2O3",
    good="aval explain AV203",
)
NO_SUCH_SCHEMA = Code(
    code="AV611",
    title="no such schema",
    what="No kind of document has this name.",
    why="Each kind of document that Aval reads or writes has a published JSON Schema.",
    bad="aval schema statements",
    good="aval schema statement",
)
NO_TEST = Code(
    code="AV612",
    title="nothing to test",
    what="None of the documents has an `aval-test` block with an expected answer.",
    why="A run that tests nothing must not look like one in which all went well.",
    bad="aval test README.md",
    good="aval test agreements/pact.md",
)
ALREADY_THERE = Code(
    code="AV613",
    title="already there",
    what="Something already stands where a new case would go, or a file changed while Aval was about to rewrite it.",
    why="Aval never overwrites what it did not read.",
    bad="aval new cases/paris",
    good="aval new cases/berlin",
)
NOT_A_NAME = Code(
    code="AV614",
    title="no name for a case",
    what="The name of a new case has no letter in it, or too many.",
    why="The agreement in it is named after it, and names are made of letters, digits and _.",
    bad="aval new 2026",
    good="aval new pact_2026",
)
NOT_WRITTEN = Code(
    code="AV615",
    title="it cannot be written",
    what="The system refused to write a file.",
    why="A file is replaced as a whole or not at all, so nothing has changed.",
    bad="aval format read-only/pact.md",
    good="aval format pact.md",
)
NOT_A_DOCUMENT = Code(
    code="AV616",
    title="neither a document nor a case",
    what="What was named is neither a Markdown document with agreements nor the folder of a case.",
    why="Agreements stand in Markdown documents, so that people can read them.",
    bad="aval format statements.jsonl",
    good="aval format agreements/pact.md",
)

NOTHING_TO_COMPARE = Code(
    code="AV617",
    title="nothing to compare",
    what="One of the two texts has no `aval` block with a declaration in it.",
    why="Drafts are compared clause by clause as they are formalised. A text without that would look as if all had been removed.",
    bad="aval compare README.md agreements/pact.md",
    good="aval compare drafts/pact.md agreements/pact.md",
)

CODES = (NO_SUCH_CODE, NO_SUCH_SCHEMA, NO_TEST, ALREADY_THERE, NOT_A_NAME, NOT_WRITTEN, NOT_A_DOCUMENT, NOTHING_TO_COMPARE)
