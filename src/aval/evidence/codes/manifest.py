"""AV120 to AV139: the manifest `aval.toml`."""

from __future__ import annotations

from aval.model.problem import Code

NOT_TOML = Code(
    code="AV120",
    title="aval.toml is not valid TOML",
    what="The manifest can be read as TOML, and is no larger and no more nested than a manifest needs to be.",
    why="Nothing of a manifest that cannot be read is taken, so that half a case never looks like a whole one.",
    bad="title = Paris",
    good='title = "Paris"',
)
UNKNOWN_ENTRY = Code(
    code="AV121",
    title="An unknown entry in aval.toml",
    what="The manifest has only the entries of its format.",
    why="A misspelt entry would otherwise be ignored, and you would not notice.",
    bad='titel = "Paris"',
    good='title = "Paris"',
)
MISSING_ENTRY = Code(
    code="AV122",
    title="An entry is missing in aval.toml",
    what="The manifest has `schema`, `title` and `zone`, and each source has `kind` and `title`.",
    why="A case needs a name and a time zone; a source that nobody can name cannot be checked.",
    bad='schema = "aval.case/1"\ntitle = "Paris"',
    good='schema = "aval.case/1"\ntitle = "Paris"\nzone = "Europe/Paris"',
)
WRONG_ENTRY = Code(
    code="AV123",
    title="An entry of aval.toml has the wrong form",
    what="Each entry is of the type that the format names: a text, a whole number, a list of texts, a table.",
    why="A guess at what was meant could be wrong without anybody noticing.",
    bad='agreements = "agreements/framework.md"',
    good='agreements = ["agreements/framework.md"]',
)
UNKNOWN_SCHEMA = Code(
    code="AV124",
    title="Another version of the case format",
    what='`schema` is "aval.case/1", the one version that this Aval reads.',
    why="A later format may give an entry another meaning.",
    bad='schema = "aval.case/2"',
    good='schema = "aval.case/1"',
)
UNKNOWN_ZONE = Code(
    code="AV125",
    title="An unknown time zone",
    what="`zone` is the IANA name of a time zone.",
    why="A date is another span of time in another zone, and a name such as CET is not clear in summer.",
    bad='zone = "Paris"',
    good='zone = "Europe/Paris"',
)
BAD_SOURCE_ID = Code(
    code="AV126",
    title="A source id has the wrong form",
    what="A source id has 1 to 64 small letters, digits, `.` and `-`, and begins with a letter or digit.",
    why="Ids stand in anchors such as `dpa-2025-09-04#P5` and in addresses, so they stay simple and stay as they are.",
    bad='[sources."DPA 4 Sept"]',
    good="[sources.dpa-2025-09-04]",
)
UNKNOWN_WORD = Code(
    code="AV127",
    title="A word that the format does not know",
    what="`kind` of a source is `report`, `document` or `page`.",
    why="What a source is decides how its paragraphs are counted and covered.",
    bad='kind = "article"',
    good='kind = "report"',
)
BAD_DATE = Code(
    code="AV128",
    title="Not a date",
    what="A date is written 2026, 2026-01, 2026-01-06 or 2026-01-06T18:44+01:00, and it exists.",
    why="Other spellings, such as 06/01/26, are read differently in different countries.",
    bad='date = "06/01/2026"',
    good='date = "2026-01-06"',
)
BAD_HASH = Code(
    code="AV129",
    title="Not a SHA-256",
    what="`sha256` is 64 small hexadecimal digits: the hash of the text that was read.",
    why="The hash shows which text a statement was taken from, when the page has since changed.",
    bad='sha256 = "bfbd4b89"',
    good='sha256 = "' + "bfbd4b8904feaf9d" * 4 + '"',
)
BAD_URL = Code(
    code="AV130",
    title="Not a web address",
    what="`url` begins with https:// or http:// and has no spaces.",
    why="The address is shown as a link; anything else in a link could be made to act.",
    bad='url = "javascript:alert(1)"',
    good='url = "https://example.org/report"',
)
BAD_LISTING = Code(
    code="AV131",
    title="A file is listed that cannot be what it is listed as",
    what="`agreements` lists `.md` files, `statements` lists `.jsonl` and `.csv` files, and each file once.",
    why="A file that is listed twice would count twice, and one in the wrong list would not be understood.",
    bad='statements = ["statements/reports.json"]',
    good='statements = ["statements/reports.jsonl"]',
)

CODES: tuple[Code, ...] = (
    NOT_TOML,
    UNKNOWN_ENTRY,
    MISSING_ENTRY,
    WRONG_ENTRY,
    UNKNOWN_SCHEMA,
    UNKNOWN_ZONE,
    BAD_SOURCE_ID,
    UNKNOWN_WORD,
    BAD_DATE,
    BAD_HASH,
    BAD_URL,
    BAD_LISTING,
)
