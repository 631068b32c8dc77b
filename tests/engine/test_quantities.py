"""Numbers over time, as ranges: told, carried, compared, added up, weighed (semantics 2.5)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aval.answers.items import items
from aval.answers.why import why
from aval.engine.amounts import joined_pieces, narrowest, written
from aval.model.agreement import Agreements
from aval.model.table import Table, TableRow
from aval.model.term import Term
from tests.engine.support import Row, agreements, inquiry, value

FORCE = "quantity force in persons\nstate enough\n  while force is at least 10000\nstate small\n  while force is less than 10000\n"


def amount(term: str, low: str | None, high: str | None, unit: str = "persons", **more: object) -> Row:
    ends = {name: text for name, text in (("low", low), ("high", high)) if text is not None}
    return {"says": "amount", "term": term, "unit": unit, **ends, **more}


@pytest.mark.parametrize(
    ("low", "high", "enough"),
    [("10000", None, "yes"), (None, "9999", "no"), ("5000", "15000", "open"), ("10000", "10000", "yes"), (None, "10000", "open")],
)
def test_a_range_against_a_number_has_four_values(low: str | None, high: str | None, enough: str) -> None:
    assert value(FORCE, [amount("force", low, high, said="2026-01-05")], "enough", "2026-02-01") == enough
    opposite = {"yes": "no", "no": "yes", "open": "open"}[enough]
    assert value(FORCE, [amount("force", low, high, said="2026-01-05")], "small", "2026-02-01") == opposite


def test_tellings_join_by_the_greatest_lower_and_the_least_upper_end() -> None:
    two = [amount("force", "8000", "15000", said="2026-01-05"), amount("force", "11000", "20000", said="2026-01-05")]
    assert number(FORCE, two, "2026-02-01") == "11\u202f000 to 15\u202f000 persons"
    assert value(FORCE, two, "enough", "2026-02-01") == "yes"


def test_tellings_that_exclude_each_other_are_contested() -> None:
    two = [amount("force", "12000", "12000", said="2026-01-05"), amount("force", "8000", "8000", said="2026-01-05")]
    assert number(FORCE, two, "2026-02-01") == "contested"
    assert value(FORCE, two, "enough", "2026-02-01") == "contested"


def test_a_number_that_changes_gives_a_timeline_and_is_open_between() -> None:
    rows = [amount("force", "12000", "12000", when="2026-01-05"), amount("force", "8000", "8000", when="2026-03-05")]
    values = [
        value(FORCE, rows, "enough", at, known="2026-04-01")
        for at in ("2026-01-01", "2026-01-05", "2026-02-01", "2026-03-05", "2026-04-01")
    ]
    assert values == ["open", "yes", "open", "no", "no"]
    assert value(FORCE, rows, "enough", "2026-02-01", known="2026-02-01") == "yes"  # carried on, as far as was known then


def test_each_end_is_carried_by_itself() -> None:
    rows = [amount("force", "10000", None, when="2026-01-05"), amount("force", None, "15000", when="2026-03-05")]
    assert number(FORCE, rows, "2026-04-01") == "10\u202f000 to 15\u202f000 persons"


def test_at_some_time_in_a_span_tells_nothing_yet() -> None:
    assert (
        value(FORCE, [amount("force", "12000", None, when="2026-01", throughout="no", said="2026-02-01")], "enough", "2026-02-01") == "open"
    )


def number(body: str, rows: list[Row], at: str) -> str | None:
    """Give what the board says of the force."""
    return next(one.value for one in items(inquiry(body, rows, at=at)) if one.term == "force")


PARTIES = "".join(f"party P{n}\n" for n in range(1, 5))
FLEETS = PARTIES + (
    "group club is P1, P2, P3\nquantity tonnage(s: club) in tonnes\nquantity recycling(s: club) in tonnes\n"
    "event joined(s: club)\n  constitutive\n"
    "state heavy\n  while at least 40 percent of tonnage held by s in club with joined(s) happened\n"
    "state capable\n  while the total of recycling(s) for (s in club with joined(s) happened) is at least 3 percent of "
    "the total of tonnage(s) for (s in club with joined(s) happened)\n"
)


def fleet(who: int, tonnes: str, recycled: str = "0") -> list[Row]:
    ends = [("tonnage", tonnes), ("recycling", recycled)]
    return [amount(f"{name}(P{who})", text, text, "tonnes", said="2026-01-01") for name, text in ends]


def joined(who: int, when: str = "2026-01-05") -> Row:
    return {"term": f"joined(P{who})", "when": when}


def test_a_ratio_can_fall_when_a_party_joins() -> None:
    rows = [*fleet(1, "100", "10"), *fleet(2, "900"), *fleet(3, "100", "50"), joined(1), joined(2, "2026-02-05"), joined(3, "2026-03-05")]
    values = [(value(FLEETS, rows, "heavy", at), value(FLEETS, rows, "capable", at)) for at in ("2026-01-20", "2026-02-20", "2026-03-20")]
    assert values == [("no", "yes"), ("yes", "no"), ("yes", "yes")]


def test_an_untold_weight_leaves_a_share_open_unless_the_rest_decides() -> None:
    rows = [*fleet(1, "500"), *fleet(2, "100"), joined(1)]
    assert value(FLEETS, rows, "heavy", "2026-02-01") == "open"
    told_total = amount("tonnage(club)", None, "1000", "tonnes", said="2026-01-01")
    assert value(FLEETS, [*rows, told_total], "heavy", "2026-02-01") == "yes"  # 500 of at most 1000
    assert value(FLEETS, [*rows, {**told_total, "low": "2000", "high": "2000"}], "heavy", "2026-02-01") == "no"


def test_two_thirds_of_a_weight_are_exactly_two_thirds() -> None:
    body = FLEETS + "state most\n  while at least 2/3 of tonnage held by s in club with joined(s) happened\n"
    body += "state beyond\n  while more than 2/3 of tonnage held by s in club with joined(s) happened\n"
    rows = [*fleet(1, "1"), *fleet(2, "1"), *fleet(3, "1"), joined(1), joined(2, "2026-02-05")]
    values = [(value(body, rows, "most", at), value(body, rows, "beyond", at)) for at in ("2026-01-20", "2026-02-20")]
    assert values == [("no", "no"), ("yes", "no")]


def test_a_told_total_is_never_added_to_the_named() -> None:
    body = FLEETS + "state big\n  while the total of tonnage(s) for (s in club) is more than 1000\n"
    rows = [*fleet(1, "500"), *fleet(2, "100")]
    told_total = amount("tonnage(club)", "800", "900", "tonnes", said="2026-01-01")
    assert value(body, rows, "big", "2026-02-01") == "open"
    assert value(body, [*rows, told_total], "big", "2026-02-01") == "no"


EMISSIONS = PARTIES + (
    "organisation ORG\n  not counted\ngroup club is P1, P2, P3, ORG\nquantity emissions(s: club) in percent\n"
    "event joined(s: club)\n  constitutive\n"
    "state enough\n  while at least 55 percent of emissions held by s in club with joined(s) happened\n"
)


def test_percentages_are_parts_of_a_hundred_and_who_is_not_counted_adds_no_weight() -> None:
    shares = [
        amount(f"emissions({who})", text, text, "percent", said="2026-01-01")
        for who, text in (("P1", "40.0"), ("P2", "15.1"), ("ORG", "12"))
    ]
    org: Row = {"term": "joined(ORG)", "when": "2026-01-05"}
    assert value(EMISSIONS, [*shares, joined(1), org], "enough", "2026-02-01") == "no"  # the third has not joined, whatever it holds
    assert value(EMISSIONS, [*shares, joined(1), joined(2)], "enough", "2026-02-01") == "yes"
    assert value(EMISSIONS, [*shares, joined(1), joined(3)], "enough", "2026-02-01") == "open"
    assert value(EMISSIONS, [*shares, joined(3)], "enough", "2026-02-01") == "no"  # 55.1 is held by those who have not joined


def test_decimals_are_exact() -> None:
    shares = [amount(f"emissions(P{n})", text, text, "percent", said="2026-01-01") for n, text in ((1, "0.1"), (2, "0.2"), (3, "54.7"))]
    assert value(EMISSIONS, [*shares, joined(1), joined(2), joined(3)], "enough", "2026-02-01") == "yes"


def with_table(body: str, name: str, *rows: tuple[str, str, str]) -> Agreements:
    found = agreements(body)
    table = Table(
        path="tables/x.csv", version="v", rows=tuple(TableRow(args=(who,), low=Decimal(n), high=Decimal(n), start=d) for who, n, d in rows)
    )
    return replace(found, tables=MappingProxyType({name: table}))


def test_a_table_that_is_kept_up_to_date_changes_and_one_that_is_fixed_does_not() -> None:
    rows = (("P1", "10", "2026-01-01"), ("P1", "90", "2026-03-01"), ("P2", "90", "2026-01-01"))
    text = (
        PARTIES
        + 'group club is P1, P2\nquantity q(s: club) in tonnes\n  table "tables/x.csv"{fixed}\nstate most\n  while q(P1) is at least 50\n'
    )
    moving = with_table(text.format(fixed=""), "q", *rows)
    assert [value(moving, [], "most", at, known="2026-06-01") for at in ("2025-12-01", "2026-02-01", "2026-04-01")] == ["open", "no", "yes"]
    fixed = with_table(text.format(fixed=" fixed on 2026-02-01"), "q", *rows)
    assert [value(fixed, [], "most", at, known="2026-06-01") for at in ("2025-12-01", "2026-02-01", "2026-04-01")] == ["no", "no", "no"]


def test_a_weight_is_explained_by_those_who_hold_it() -> None:
    rows = [*fleet(1, "500"), *fleet(2, "100"), joined(1)]
    ((_, root),) = why(Term("heavy"), inquiry(FLEETS, rows, at="2026-02-01")).roots
    (part,) = root.parts
    assert part.text == "at least 40 percent of tonnage held by s in club"
    assert [one.text for one in part.parts][:2] == ["joined(P1) happened", "tonnage(P1) is 500 tonnes"]


PIECES = st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9), st.integers(0, 5)), max_size=3)


@settings(max_examples=200, deadline=None)
@given(told=st.lists(PIECES, max_size=3))
def test_joining_pieces_agrees_with_asking_each_instant(told: list[list[tuple[int, int, int]]]) -> None:
    columns = []
    for rows in told:
        end, pieces = 0, []
        for start, length, number in rows:
            pieces.append((end + start, end + start + length, (Fraction(number), None)))
            end += start + length
        columns.append(tuple(pieces))
    joined_up = joined_pieces(columns, narrowest)
    for instant in range(60):
        here = [low for pieces in columns for start, end, (low, _) in pieces if start <= instant < end]
        found = [ends for start, end, ends in joined_up if start <= instant < end]
        assert [ends[0] for ends in found] == ([max(here)] if here else [])


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (Fraction(1, 3), Fraction(1, 3), "1/3 t"),
        (Fraction(-5, 4), None, "at least -1.25 t"),
        (None, Fraction(100), "at most 100 t"),
        (None, None, "not told"),
    ],
)
def test_numbers_are_written_exactly(low: Fraction | None, high: Fraction | None, text: str) -> None:
    assert written((low, high), "t") == text
