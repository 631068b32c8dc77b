"""The codes of what can go wrong before a declaration is there to be checked: blocks, characters, texts, words out of place, limits."""

from __future__ import annotations

from aval.model.problem import Code

BLOCK = Code(
    code="AV201",
    title="A block that is not read as it looks",
    what="An `aval` block is not closed, or stands indented, in a list or in a quotation, where it is not read.",
    why="Text that looks like part of the agreement and is not would mislead its readers.",
    bad="```aval\nstate ceasefire\n\n## The next heading",
    good="```aval\nstate ceasefire\n```\n\n## The next heading",
)
SYNTAX = Code(
    code="AV202",
    title="A word out of place",
    what="Something stands where the language expects something else.",
    why="A clause that is not understood in full is left out, and its declaration with it where the rest would then mean something else.",
    bad="state ceasefire\n  from ceasefire_begins until",
    good="state ceasefire\n  from  ceasefire_begins\n  until ceasefire_ends",
)
RESERVED_WORD = Code(
    code="AV204",
    title="A word of the language used as a name",
    what="A name is a word that the language keeps for itself.",
    why="The same word as a name and as part of a clause could be read twice.",
    bad="event until",
    good="event until_when",
)
MIXED = Code(
    code="AV208",
    title="`and` and `or` mixed without parentheses",
    what="A condition joins parts by `and` and by `or`, or goes on after `some … with …`, and no parentheses say what belongs together.",
    why="Lawyers and machines read such a sentence in two ways; the text must choose one.",
    bad="while ceasefire and request happened or peace",
    good="while ceasefire and (request happened or peace)",
)
TEXT = Code(
    code="AV219",
    title="Quotation marks that do not hold",
    what='A text in quotes is not closed on its line, or stands in curly quotes instead of straight ones (").',
    why="Nobody can tell where the text ends and the clause goes on.",
    bad='state ceasefire "a ceasefire is in force',
    good='state ceasefire "a ceasefire is in force"',
)
INVISIBLE_CHARACTER = Code(
    code="AV220",
    title="A character that does not show",
    what="The block holds a control character, an invisible character, or one that turns the direction of writing.",
    why="With such characters a line can read one way to people and another way to a machine.",
    bad="state cease<U+202E>fire",
    good="state ceasefire",
)
LIMIT = Code(
    code="AV221",
    title="More than Aval takes",
    what="Something nests too deep or has more than 100 parameters or arguments, a number is too large, "
    "or a document has too many mistakes to list.",
    why="Limits keep one document from stopping everybody's work.",
    bad="while ((((…ceasefire…))))",
    good="while ceasefire",
)

CODES = (BLOCK, SYNTAX, RESERVED_WORD, MIXED, TEXT, INVISIBLE_CHARACTER, LIMIT)
