"""CSV says the same as JSONL, as strictly."""

from __future__ import annotations

import pytest

from tests.evidence.world import codes, line, read

HEADER = "label,says,term,when,said,voice,speaks_for,form,grade,source,paragraph"
ROW = "fra-1,happened,committed(FRA),2026-01-06,2026-01-06,Emmanuel Macron,FRA,quoted,high,dpa,5"
PATH = "statements/{}.csv"


def test_the_same_claim_has_the_same_id() -> None:
    (from_csv,), problems = read(f"{HEADER}\n{ROW}\n", path=PATH)
    (from_json,), _ = read(line())
    assert problems == ()
    assert from_csv.id == from_json.id


def test_lists_are_separated_by_semicolons_and_quotes_are_doubled() -> None:
    (from_csv,), _ = read(f'{HEADER},through,note\n{ROW},"a; b, c","he said ""no"""', path=PATH)
    assert from_csv.through == ("a", "b, c")
    assert from_csv.note == 'he said "no"'


def test_columns_may_stand_in_any_order_and_empty_rows_are_skipped() -> None:
    turned = [",".join(reversed(row.split(","))) for row in (HEADER, ROW)]
    statements, problems = read("\n".join([*turned, ",,,,,,,,,,", "", " "]), path=PATH)
    assert (len(statements), problems) == (1, ())


@pytest.mark.parametrize(
    ("header", "part", "hint"),
    [
        (HEADER.replace("voice", "voise"), '"voise" is no field; voice is missing', 'Did you mean "voice"?'),
        (HEADER.replace(",voice", ""), "voice is missing", "those of the JSON format"),
        (HEADER + ",voice", "voice stand twice", "those of the JSON format"),
        (HEADER.replace(",", ";"), "is no field", "Separate the fields by commas."),
        (HEADER.replace(",", "\t"), "is no field", "Separate the fields by commas."),
        (HEADER + ",recorded", '"recorded" is no field', ""),
        (HEADER + ",", '"" is no field', ""),
        ("", "are missing", ""),
        (ROW, "is no field, nor are 9 more", ""),
    ],
)
def test_a_wrong_first_line_is_one_problem(header: str, part: str, hint: str) -> None:
    statements, (problem,) = read(f"{header}\n{ROW}\n{ROW}", path=PATH)
    assert statements == ()
    assert problem.code.code == "AV315"
    assert str(problem.span) == "statements/0.csv:1:1"
    assert part in problem.message
    assert hint in problem.hint
    assert problem.message.isprintable()


@pytest.mark.parametrize(
    ("row", "code", "at", "part"),
    [
        (ROW + ",x", "AV316", "fra-1", "This row has 12 fields, and the first line names 11."),
        (ROW.rpartition(",")[0], "AV316", "fra-1", "This row has 10 fields"),
        (ROW.replace("Emmanuel", 'E"'), "AV317", 'E" ', "quotation mark"),
        (ROW.replace("Emmanuel", '"E'), "AV317", '"E ', "quotation mark"),
        (ROW.replace("Emmanuel Macron", '"E" x'), "AV317", '"E" x', "quotation mark"),
        (ROW.replace("dpa,5", "dpa,five"), "AV311", "five", "a whole number"),
        (ROW.replace("dpa,5", "dpa,5.0"), "AV311", "5.0", "a whole number"),
        (ROW.replace("high", "hihg"), "AV312", "hihg", "`grade` cannot be"),
        (ROW.replace("Macron", "Mac\x1bron"), "AV113", "Emmanuel", "ESCAPE"),
        (ROW.replace("Macron", "Mac\rron"), "AV113", "Emmanuel", "CARRIAGE RETURN"),
    ],
)
def test_a_wrong_row_has_its_place(row: str, code: str, at: str, part: str) -> None:
    statements, (problem,) = read(f"{HEADER}\n{ROW.replace('fra-1', 'other').replace('Macron', 'M.')}\n{row}", path=PATH)
    assert statements == ()
    assert problem.code.code == code
    assert (problem.span.line, problem.span.column) == (3, row.index(at) + 1)
    assert part in problem.message


def test_a_long_row_is_not_parsed() -> None:
    assert codes(read(f"{HEADER}\n{'x' * (2**20 + 1)}", path=PATH)[1]) == ["AV110"]
    assert codes(read("x" * (2**20 + 1), path=PATH)[1]) == ["AV110"]
