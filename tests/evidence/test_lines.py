"""Strictness at the door: each wrong line is one clear problem with its place and a hint, and nothing of its file is taken."""

from __future__ import annotations

import pytest

from aval.evidence.intake import MOST_PROBLEMS
from tests.evidence.world import codes, line, one, read, wrong

REST = line()[1:]


@pytest.mark.parametrize(
    ("content", "code", "place", "part", "hint"),
    [
        ("{'label': 'a'}", "AV301", ":2", "expecting property name", "double quotes"),
        (line() + ",", "AV301", f":{len(line()) + 1}", "extra data", "none after the last"),
        (line() + line(), "AV301", f":{len(line()) + 1}", "extra data", "Each line is one object"),
        ('{"label": "a"', "AV301", ":14", "expecting ',' delimiter", "double quotes"),
        ("[1]", "AV302", ":1", "no object", "braces"),
        ('"text"', "AV302", ":1", "no object", "braces"),
        ("[" * 10_000, "AV303", ":5", "more than 4 deep", "a list of texts"),
        ('{"note":' * 10_000, "AV303", ":33", "more than 4 deep", "a list of texts"),
        ('{"a": "' + '\\"[' * 5000 + '", "b": ' + "[" * 9, "AV303", ":15019", "more than 4 deep", "a list of texts"),
        ('{"polarity": "yes", "polarity": "no", ' + REST, "AV304", ":21", '"polarity" stands twice', "Keep one"),
        ('{"low": 0.5, ' + REST, "AV305", ":9", "0.5 is a number with a point", 'Write it as text: "0.5"'),
        ('{"low": -1E400, ' + REST, "AV305", ":9", "exponent", "Write it as text"),
        ('{"paragraph": 5.0}', "AV305", ":15", "5.0 is a number with a point", "Write it as text"),
        ('{"low": NaN, ' + REST, "AV306", ":9", "NaN is no number", "Leave out an end"),
        ('{"note": "Infinity", "high": -Infinity, ' + REST, "AV306", ":30", "-Infinity is no number", "Leave out an end"),
        ('{"low": 9007199254740992, ' + REST, "AV307", ":9", "too large", "Write it as text"),
        ('{"low": -' + "9" * 5000 + "}", "AV307", ":9", "too large", "Write it as text"),
        ('{"note": "\\ud83d", ' + REST, "AV308", ":10", "half a character, U+D83D", "Write the whole character"),
        ('{"note": "\\udc00\\ud800", ' + REST, "AV308", ":10", "half a character", "Write the whole character"),
    ],
)
def test_a_line_that_is_not_strict_json(content: str, code: str, place: str, part: str, hint: str) -> None:
    statements, (problem,) = read(f"{line(label='first')}\n{content}")
    assert statements == ()
    assert problem.code.code == code
    assert str(problem.span) == f"statements/0.jsonl:2{place}"
    assert part in problem.message
    assert hint in problem.hint
    assert problem.message.isprintable()


@pytest.mark.parametrize("first", ["[", "{", " [ "])
def test_one_json_text_over_many_lines_is_one_problem(first: str) -> None:
    _, (problem,) = read(f'{first}\n"label": "a",\n"says": "happened"\n}}')
    assert problem.code.code == "AV302"
    assert "spread over several lines" in problem.message


@pytest.mark.parametrize(
    ("changes", "code", "key", "part", "hint"),
    [
        ({"speaksfor": "FRA"}, "AV309", "speaksfor", 'no field "speaksfor"', 'Did you mean "speaks_for"?'),
        ({"\x1b[31m": "FRA"}, "AV309", "", 'no field "\\u001b[31m"', ""),
        ({"voice": None}, "AV310", "", "`voice` is missing", "Write who says it"),
        ({"voice": "  "}, "AV310", "", "`voice` is missing", "Write who says it"),
        ({"voice": 5}, "AV311", "voice", "a text in quotes", ""),
        ({"note": None, "outlet": ["a"]}, "AV311", "outlet", "a text in quotes", ""),
        ({"paragraph": "5"}, "AV311", "paragraph", "a whole number", ""),
        ({"paragraph": -5}, "AV311", "paragraph", "a whole number", ""),
        ({"paragraph": True}, "AV311", "paragraph", "a whole number", ""),
        ({"through": "a"}, "AV311", "through", "a list of texts", ""),
        ({"through": ["a", 5]}, "AV311", "through", "a list of texts", ""),
        ({"through": ["a", " "]}, "AV311", "through", "a list of texts", ""),
        ({"through": {"a": "b"}}, "AV311", "through", "a list of texts", ""),
        ({"firmness": "agred"}, "AV312", "firmness", 'cannot be "agred"', 'Did you mean "agreed"?'),
        ({"says": "hapened"}, "AV312", "says", 'cannot be "hapened"', 'Did you mean "happened"?'),
        ({"form": "unnamed_official"}, "AV312", "form", "cannot be", 'Did you mean "unnamed official"?'),
        ({"polarity": "maybe"}, "AV312", "polarity", "cannot be", "`polarity` is yes or no."),
        ({"says": "holds", "term": "truce", "when": "gestern", "throughout": "x"}, "AV312", "throughout", "cannot be", "yes or no"),
        ({"grade": "HIGH"}, "AV312", "grade", "cannot be", 'Did you mean "high"?'),
        ({"said": "2025-02-30"}, "AV313", "said", '"2025-02-30" is no date', "2026-01-06T18:44+01:00"),
        ({"said": "06.01.2026"}, "AV313", "said", "is no date", "2026-01-06"),
        ({"said": "2026-13"}, "AV313", "said", "is no date", "2026-01-06"),
        ({"when": None, "first": "2026-1-6"}, "AV313", "first", "is no date", "2026-01-06"),
        ({"recorded": "2026-01-06"}, "AV314", "recorded", "does not say when it was recorded", "the ledger sets"),
        ({"quote": "x" * 81}, "AV318", "quote", "81 characters; 80", ""),
        ({"note": "x" * 2001}, "AV318", "note", "2001 characters; 2000", ""),
        ({"voice": "x" * 401}, "AV318", "voice", "401 characters; 400", ""),
        ({"through": ["a"] * 51}, "AV318", "through", "more than 50", ""),
        ({"label": "Macron, 4 Sept"}, "AV319", "label", "cannot be a label", "letters"),
        ({"label": "fr\u0430-1"}, "AV319", "label", "cannot be a label", "letters"),
        ({"when": "around Easter"}, "AV320", "when", '"around Easter" is not understood', '"am Dienstag"'),
        ({"when": "before September"}, "AV320", "when", "is not understood", "write the year too"),
        ({"when": None, "wording": "long ago"}, "AV320", "wording", "stands without", "Write the words into `when`"),
        ({"says": "holds", "term": "truce", "when": "vor Monaten"}, "AV320", "when", "names no span for certain", '"throughout": "no"'),
        ({"first": "2026-01"}, "AV321", "when", "again by `first`", "Keep one"),
        ({"when": None, "first": "2026-01", "last": "2025"}, "AV322", "first", "2026-01 is after 2025", "Change them over"),
        ({"when": "2026-03-01"}, "AV323", "when", "and was said 2026-01-06", "firmness"),
        ({"when": "tomorrow", "firmness": "done"}, "AV323", "when", "It happened 2026-01-07 at the earliest", "firmness"),
    ],
)
def test_a_field_that_is_wrong(changes: dict[str, object], code: str, key: str, part: str, hint: str) -> None:
    (problem,) = wrong(**changes)
    assert problem.code.code == code
    assert part in problem.message
    assert hint in problem.hint
    assert problem.message.isprintable()
    assert problem.excerpt == (line(**changes) if len(line(**changes)) <= 2000 else "")
    if key and problem.excerpt:
        value = problem.excerpt[problem.span.column - 1 : problem.span.end_column - 1]
        assert f'"{key}": {value}' in problem.excerpt


@pytest.mark.parametrize(
    ("changes", "code", "part"),
    [
        ({"low": "1,5", "unit": "persons"}, "AV324", "no decimal number"),
        ({"low": "1e5", "unit": "persons"}, "AV324", "no decimal number"),
        ({"low": "٣", "unit": "persons"}, "AV324", "no decimal number"),
        ({"low": "2", "high": "1", "unit": "persons"}, "AV325", "`low` is 2, and `high` is only 1"),
        ({"low": "2"}, "AV325", "no unit"),
        ({"low": "2", "unit": "brigades"}, "AV342", "in persons, not in brigades"),
    ],
)
def test_an_amount_that_is_wrong(changes: dict[str, object], code: str, part: str) -> None:
    (problem,) = wrong(says="amount", term="force_size", **changes)
    assert problem.code.code == code
    assert part in problem.message


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\x1b", "U+001B (ESCAPE, which begins a terminal command)"),
        ("\u202e", "U+202E (RIGHT-TO-LEFT OVERRIDE, which turns the direction of text)"),
        ("\u2066", "U+2066 (LEFT-TO-RIGHT ISOLATE, which turns the direction of text)"),
        ("\u200b", "U+200B (ZERO WIDTH SPACE)"),
        ("\ufeff", "U+FEFF (ZERO WIDTH NO-BREAK SPACE)"),
        ("\u2028", "U+2028 (LINE SEPARATOR)"),
        ("\U000e0041", "U+E0041 (TAG LATIN CAPITAL LETTER A)"),
        ("\x85", "U+0085 (a control character)"),
        ("\ufffe", "U+FFFE (no character)"),
        ("\t", "U+0009 (TAB)"),
        ("\n", "U+000A (LINE FEED)"),
    ],
)
@pytest.mark.parametrize("key", ["voice", "term", "label", "note", "says", "said", "when"])
def test_a_character_that_hides_is_named(character: str, name: str, key: str) -> None:
    problem = next(found for found in wrong(**{key: f"a{character}b"}) if found.code.code == "AV113")
    assert problem.message == f"`{key}` has the character {name}."
    assert problem.message.isprintable()


def test_hidden_characters_are_found_in_lists_and_raw_in_the_line() -> None:
    assert codes(wrong(through=["a", "b\u202e"])) == ["AV113"]
    assert codes(read(line().replace("Emmanuel", "Emmanuel\x1b[31m"))[1]) == ["AV113"]


@pytest.mark.parametrize("text", ["Élysée", "Україна", "می\u200cخواهم", "👩\u200d⚕️", "北京", "a\u00a0b", "Ω≈ç√"])
def test_letters_of_all_scripts_are_welcome(text: str) -> None:
    assert one(note=text).note == text


def test_a_text_is_composed_and_trimmed() -> None:
    assert one(voice=" E\u0301lyse\u0301e ").voice.name == "Élysée"


def test_all_problems_of_a_file_are_told_in_the_order_of_the_file() -> None:
    _, problems = read("\n".join([line(says="x", grade="y"), line(label="b", source="z"), "{"]))
    assert [(problem.code.code, problem.span.line) for problem in problems] == [("AV312", 1), ("AV312", 1), ("AV337", 2), ("AV301", 3)]


def test_a_long_list_of_problems_has_an_end() -> None:
    _, problems = read("{}x\n" * 900)
    assert len(problems) == MOST_PROBLEMS + 1
    assert problems[-1].code.code == "AV399"
    assert problems[-1].message == "There are 850 more problems in this file."


def test_one_bad_line_and_nothing_of_its_file_is_taken() -> None:
    statements, problems = read(f"{line(label='a')}\n{line(label='b', said='x')}", line(label="c", voice="another"))
    assert [statement.label for statement in statements] == ["c"]
    assert codes(problems) == ["AV313"]


def test_empty_lines_and_an_empty_file_are_fine() -> None:
    statements, problems = read(f"\n{line()}\n\n", "")
    assert (len(statements), problems) == (1, ())


def test_a_file_of_another_kind_is_not_guessed_at() -> None:
    _, (problem,) = read(line(), path="statements/{}.json")
    assert problem.code.code == "AV326"


def test_a_line_that_is_too_long_is_not_parsed() -> None:
    _, (problem,) = read('{"note": "' + "x" * 2**20 + '"}')
    assert problem.code.code == "AV110"
    assert problem.excerpt == ""


def test_a_whole_number_may_stand_bare_and_is_the_same_claim() -> None:
    bare, text, zeros = (one(says="amount", term="force_size", low=low, unit="persons") for low in (26, "26", "26.00"))
    assert bare.id == text.id == zeros.id
