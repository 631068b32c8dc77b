"""RTEC as a referee: its examples, said in our language, come out equal on every time-point (data: RTEC's own runs)."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.rtec.peer import Protocol, Row, claims_of, difference, expected_of, log_of, points, recognise
from benchmarks.rtec.protocols import NETBILL, TOY, VOTING

PEERS = Path(__file__).resolve().parents[2].parent / "shared" / "peers" / "rtec"
needs_peers = pytest.mark.skipif(not PEERS.is_dir(), reason="RTEC's files are not beside this checkout")


@needs_peers
@pytest.mark.parametrize(
    ("protocol", "events", "expected", "end"),
    [
        (TOY, "toy_data.csv", "toy.expected.tsv", 50),
        (NETBILL, "negotiation-20-1.csv", "netbill20.expected.tsv", 100),
        (NETBILL, "negotiation-100-1.csv", "netbill100.expected.tsv", 100),
        (VOTING, "voting-20-1.csv", "voting20.expected.tsv", 100),
        (VOTING, "voting-100-1.csv", "voting100.expected.tsv", 100),
    ],
)
def test_every_time_point_is_equal(protocol: Protocol, events: str, expected: str, end: int) -> None:
    _, mine = recognise(protocol, PEERS / events, end)
    theirs = {span for span in expected_of(PEERS / expected) if (span[0], span[2]) != ("sanctioned", "false")}
    both, only_mine, only_theirs = difference(mine, theirs)
    assert both > 0
    assert (only_mine, only_theirs) == (0, 0)


def test_a_difference_is_seen() -> None:
    mine = {("happy", "a", "true", 3, 7)}
    assert difference(mine, {("happy", "a", "true", 3, 5), ("happy", "a", "true", 5, 7)}) == (4, 0, 0)
    assert difference(mine, {("happy", "a", "true", 4, 9)}) == (3, 1, 2)
    assert points(mine) == {("happy", "a", "true"): 0b1111000}


def _written(folder: Path, lines: list[str]) -> Path:
    path = folder / "events.csv"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_one_who_wins_and_loses_is_rich_between(tmp_path: Path) -> None:
    lines = ["win_lottery|2|2|ann", "win_lottery|4|4|ann", "lose_wallet|6|6|ann", "win_lottery|6|6|ann", "go_to|7|7|ann|pub"]
    _, mine = recognise(TOY, _written(tmp_path, lines), 10)
    assert mine == {
        ("rich", "ann", "true", 3, 7),
        ("happy", "ann", "true", 3, 7),
        ("happy", "ann", "true", 8, 11),
        ("location", "ann", "pub", 8, 11),
    }


TRADE = [
    "send_goods|50|50|2|iServer|book|key|dec",
    "send_EPO|50|50|1|iServer|book|10",
    "present_quote|1|1|2|1|book|10",
    "accept_quote|2|2|1|2|book",
    "present_quote|12|12|2|1|book|10",
    "accept_quote|13|13|1|2|book",
]


def test_a_contract_that_runs_out_undelivered_suspends_both(tmp_path: Path) -> None:
    _, mine = recognise(NETBILL, _written(tmp_path, TRADE), 20)
    held = {(fluent, args, first, last) for fluent, args, value, first, last in mine if value == "true"}
    assert ("contract", "2,1,book", 3, 8) in held
    assert ("contract", "2,1,book", 14, 19) in held
    assert {("suspended", "2,merchant", 8, 11), ("suspended", "1,consumer", 8, 11)} <= held
    # a quote at tick 6 would be too early after the first and come while suspended for it
    early = [*TRADE, "present_quote|6|6|2|1|book|10", "accept_quote|9|9|1|2|book"]
    _, blocked = recognise(NETBILL, _written(tmp_path, early), 20)
    spans = {(first, last) for fluent, args, value, first, last in blocked if (fluent, args, value) == ("contract", "2,1,book", "true")}
    assert (10, 15) not in spans
    assert ("suspended", "2,merchant", "true", 7, 11) in blocked


def test_late_events_are_taken_in_where_they_belong(tmp_path: Path) -> None:
    _, prompt = recognise(NETBILL, _written(tmp_path, TRADE), 20)
    late = [line.replace("|1|1|", "|90|1|").replace("|2|2|", "|70|2|") for line in TRADE]
    assert late != TRADE
    _, after = recognise(NETBILL, _written(tmp_path, late), 20)
    assert after == prompt


def test_events_of_the_first_instant_and_strangers_are_left_out(tmp_path: Path) -> None:
    lines = ["win_lottery|0|0|ann", "accept_quote|12|3|1|1|book", "accept_quote|104|13|1|2|book", "accept_quote|4|3|1|2|book"]
    log = log_of(_written(tmp_path, lines))
    assert log.rows == [Row("accept_quote", ("1", "1", "book")), Row("accept_quote", ("1", "2", "book"))]
    assert (log.kind.tolist(), log.told.tolist(), log.happened.tolist()) == ([0, 1, 1], [12, 104, 4], [3, 13, 3])
    claims = claims_of(NETBILL, log)
    assert [str(one.term) for one in claims] == ["accept_quote(p1, p2, book)"] * 2
    assert [(one.said, one.when and one.when.first) for one in claims] == [
        ("2026-01-01T01:44Z", "2026-01-01T00:13Z"),
        ("2026-01-01T00:04Z", "2026-01-01T00:03Z"),
    ]
