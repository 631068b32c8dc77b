"""AV301 to AV329: a statement file, its lines and the form of its fields."""

from __future__ import annotations

from aval.model.problem import Code

NOT_JSON = Code(
    code="AV301",
    title="Not valid JSON",
    what="Each line of a .jsonl file is JSON.",
    why="A file with one broken line is not taken at all: half a file of evidence would look like a whole one.",
    bad="{'label': 'fra-1', }",
    good='{"label": "fra-1"}',
)
NOT_AN_OBJECT = Code(
    code="AV302",
    title="Not one object on one line",
    what="Each line of a .jsonl file is one object in braces.",
    why="One statement on each line keeps places, differences and reviews readable.",
    bad='[\n  {"label": "fra-1"}\n]',
    good='{"label": "fra-1"}',
)
TOO_DEEP = Code(
    code="AV303",
    title="Nested too deeply",
    what="A statement is flat: a value is a text, a whole number or a list of texts.",
    why="Deep nesting is no statement, and exhausts what reads it.",
    bad='{"note": [[[[[[[[[["x"]]]]]]]]]]}',
    good='{"note": "x"}',
)
TWICE = Code(
    code="AV304",
    title="A field stands twice in one line",
    what="A line has each field once.",
    why="Readers disagree on which of the two counts, so that one signature would cover two meanings.",
    bad='{"polarity": "yes", "polarity": "no"}',
    good='{"polarity": "no"}',
)
FLOAT = Code(
    code="AV305",
    title="A number with a point or an exponent",
    what="Numbers that are not whole are written as text.",
    why='Machines round such numbers, each in its own way. The text "0.1" is exactly one tenth everywhere.',
    bad='{"low": 0.1}',
    good='{"low": "0.1"}',
)
NOT_A_NUMBER = Code(
    code="AV306",
    title="NaN or Infinity",
    what="Every number is a real number.",
    why="NaN and Infinity are not JSON, and compare in surprising ways. An end that nobody gave is left out.",
    bad='{"low": "26", "high": Infinity}',
    good='{"low": "26"}',
)
TOO_BIG = Code(
    code="AV307",
    title="A whole number that is too large",
    what="Whole numbers in JSON lie between -(2^53-1) and 2^53-1.",
    why="Beyond that, many JSON readers change the last digits without a word.",
    bad='{"low": 9007199254740993}',
    good='{"low": "9007199254740993"}',
)
SURROGATE = Code(
    code="AV308",
    title="Half a character",
    what="Every escape such as `\\ud83d` stands with its other half.",
    why="Half a character cannot be written as UTF-8, so that it could be neither stored nor hashed.",
    bad='{"note": "\\ud83d"}',
    good='{"note": "\\ud83d\\ude00"}',
)
UNKNOWN_FIELD = Code(
    code="AV309",
    title="An unknown field",
    what="A statement has only the fields of its format.",
    why="A misspelt field would otherwise be ignored, and you would not notice.",
    bad='{"speaksfor": "FRA"}',
    good='{"speaks_for": "FRA"}',
)
MISSING_FIELD = Code(
    code="AV310",
    title="A field is missing",
    what="Every statement has label, says, term, said, voice, form, grade and source.",
    why="A claim without somebody who says it, a day and a source is no evidence.",
    bad='{"label": "fra-1", "says": "happened", "term": "committed(FRA)"}',
    good='{"label": "fra-1", "says": "happened", "term": "committed(FRA)", "said": "2026-01-06", "voice": "the Élysée", '
    '"form": "document", "grade": "high", "source": "elysee-2026-01-06"}',
)
WRONG_TYPE = Code(
    code="AV311",
    title="A field has the wrong form",
    what="Each field is of the type that the format names: a text, a whole number or a list of texts.",
    why="A guess at what was meant could be wrong without anybody noticing.",
    bad='{"paragraph": "5", "through": "a spokesman"}',
    good='{"paragraph": 5, "through": ["a spokesman"]}',
)
UNKNOWN_WORD = Code(
    code="AV312",
    title="A word that the format does not know",
    what="says, polarity, throughout, form, firmness, grade, rung, stance and visibility take one of a few words.",
    why="Ladders such as firmness only work with agreed words.",
    bad='{"firmness": "definitely"}',
    good='{"firmness": "agreed"}',
)
BAD_DATE = Code(
    code="AV313",
    title="Not a date",
    what="A date is written 2026, 2026-01, 2026-01-06 or 2026-01-06T18:44+01:00, and it exists.",
    why="Other spellings, such as 06/01/26, are read differently in different countries. Write a date as precisely as the source does.",
    bad='{"said": "2025-02-30"}',
    good='{"said": "2025-02"}',
)
RECORDED = Code(
    code="AV314",
    title="`recorded` is not yours to set",
    what="No statement carries `recorded`.",
    why="It says when the ledger took a statement in. Only a clock that no author can set makes backdating visible.",
    bad='{"said": "2026-01-06", "recorded": "2026-01-06"}',
    good='{"said": "2026-01-06"}',
)
BAD_HEADER = Code(
    code="AV315",
    title="The first line of a CSV file does not name the fields",
    what="The first line names the fields, separated by commas, each once, among them all that every statement needs.",
    why="The names say what each column means; a guess from its place would mix up fields.",
    bad="label;says;term",
    good="label,says,term,said,voice,speaks_for,form,grade,source",
)
BAD_ROW = Code(
    code="AV316",
    title="A row has more or fewer fields than the first line",
    what="Each row has as many fields as the first line names.",
    why="One comma too many shifts every field after it into the wrong column.",
    bad="label,note\nfra-1,in Paris, in January",
    good='label,note\nfra-1,"in Paris, in January"',
)
BAD_QUOTES = Code(
    code="AV317",
    title="A quotation mark in the wrong place",
    what="A field with a comma or a quotation mark stands in quotation marks on one line, and a mark inside it is doubled.",
    why="An open quotation mark swallows the fields after it.",
    bad='fra-1,he said "no"',
    good='fra-1,"he said ""no"""',
)
TOO_LONG = Code(
    code="AV318",
    title="A text is too long",
    what="A quote has at most 80 characters, a label 80, a note 2000, any other text 400; a list has at most 50 entries.",
    why="A quote is an anchor for the eye, not a copy of somebody's work.",
    bad='{"quote": "(a whole paragraph)"}',
    good='{"quote": "bereit, uns zu einem System"}',
)
BAD_LABEL = Code(
    code="AV319",
    title="A label has the wrong form",
    what="A label has 1 to 80 letters (a to z), digits, `.`, `_` and `-`.",
    why="Labels are handles that people type, and that corrections name.",
    bad='{"label": "Macron, 4 Sept"}',
    good='{"label": "macron-2025-09-04"}',
)
UNKNOWN_WORDING = Code(
    code="AV320",
    title="A time that is not understood",
    what="`when` is a date, or a phrase that is read against `said`, in English or German.",
    why="A phrase is turned into bounds, never into a guess. What is not understood is left to you.",
    bad='{"when": "around Easter"}',
    good='{"first": "2026-04-01", "last": "2026-04-12", "wording": "around Easter"}',
)
TWO_TIMES = Code(
    code="AV321",
    title="The time is given twice",
    what="A statement has either `when`, or `first` and `last` with the `wording`.",
    why="Two times can disagree.",
    bad='{"when": "2026-01-06", "first": "2026-01-05"}',
    good='{"when": "2026-01-06"}',
)
BACKWARDS = Code(
    code="AV322",
    title="The first date is after the last",
    what="`first` is not after `last`.",
    why="There would be no time at which it could have been.",
    bad='{"first": "2026-02", "last": "2026-01"}',
    good='{"first": "2026-01", "last": "2026-02"}',
)
FORETOLD = Code(
    code="AV323",
    title="Said before it happened",
    what="What is said to have happened did not happen after it was said, unless `firmness` says that it is only promised or planned.",
    why="Nobody can report what has not happened yet. It is most often a slip in a year.",
    bad='{"says": "happened", "when": "2026-03-01", "said": "2026-01-06"}',
    good='{"says": "happened", "when": "2026-03-01", "said": "2026-01-06", "firmness": "promised"}',
)
BAD_DECIMAL = Code(
    code="AV324",
    title="Not a decimal number",
    what="`low` and `high` are decimal numbers in digits, with a point and no separators.",
    why="A comma or a space is a thousand here and a fraction there.",
    bad='{"low": "15.000,5"}',
    good='{"low": "15000.5"}',
)
BAD_RANGE = Code(
    code="AV325",
    title="The range of an amount is not sound",
    what="`low` is not above `high`, and a unit stands with them, and never alone.",
    why="A number without its unit is no number that one can compare.",
    bad='{"low": "30000", "high": "15000"}',
    good='{"low": "15000", "high": "30000", "unit": "persons"}',
)
NOT_A_STATEMENT_FILE = Code(
    code="AV326",
    title="Neither .jsonl nor .csv",
    what="A statement file ends in .jsonl (one object on each line) or .csv.",
    why="The ending says how the file is read; nothing is guessed from its content.",
    bad="statements/reports.json",
    good="statements/reports.jsonl",
)

CODES: tuple[Code, ...] = (
    NOT_JSON,
    NOT_AN_OBJECT,
    TOO_DEEP,
    TWICE,
    FLOAT,
    NOT_A_NUMBER,
    TOO_BIG,
    SURROGATE,
    UNKNOWN_FIELD,
    MISSING_FIELD,
    WRONG_TYPE,
    UNKNOWN_WORD,
    BAD_DATE,
    RECORDED,
    BAD_HEADER,
    BAD_ROW,
    BAD_QUOTES,
    TOO_LONG,
    BAD_LABEL,
    UNKNOWN_WORDING,
    TWO_TIMES,
    BACKWARDS,
    FORETOLD,
    BAD_DECIMAL,
    BAD_RANGE,
    NOT_A_STATEMENT_FILE,
)
