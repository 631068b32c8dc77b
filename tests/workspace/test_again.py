"""Asking again: what was worked out serves the next question, and never changes an answer."""

from __future__ import annotations

import ast
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest

import aval
from aval.answers.inquiry import Inquiry
from aval.answers.owed import owed
from aval.answers.shapes import Status
from aval.answers.why import why
from aval.engine.budget import Budget
from aval.evidence.folder import open_folder
from aval.evidence.store import TextStore
from aval.model.case import Manifest
from aval.model.instant import NEVER, to_datetime
from aval.model.term import Term
from aval.workspace.asking import view as view_of
from aval.workspace.case import Case
from aval.workspace.edition import Edition, read_edition, read_files
from tests.engine.support import SOURCES, ZONE, agreements, statements
from tests.ledger.cases import Watch, instant, make, records_of, row, take, write
from tests.oracle.worlds import Author

ROOT = Path(__file__).resolve().parents[2]
PARIS = ROOT / "cases" / "paris"
MOST = 0.050
"""CPU seconds that a second status may take"""
EARLY = "1990-01-01"


Asked = dict[str, Any]


@pytest.fixture(scope="module")
def paris() -> Edition:
    return read_edition(read_files(open_folder(PARIS)))[0]


def invented(seed: int) -> Edition:
    author = Author(seed)
    found = agreements(author.text)
    manifest = Manifest(title="A world", zone=ZONE, sources=SOURCES, headlines=tuple(found.declarations)[-1:])
    return Edition(manifest=manifest, agreements=found, store=TextStore(statements(found, author.rows())))


def cold(edition: Edition) -> Case:
    """The same case with nothing worked out."""
    return Case(edition.manifest, edition.agreements, edition.store, ())


def inquiry(edition: Edition, asked: Asked) -> Inquiry:
    world = edition.world(view_of(edition.agreements, edition.manifest.zone, **asked))
    return Inquiry(world=world, manifest=edition.manifest, statements=world.claims.by_id)


def status(edition: Edition, asked: Asked) -> Status:
    return edition.warm.status(inquiry(edition, asked))


def cpu(ask: Callable[[], object]) -> float:
    start = time.process_time()
    ask()
    return time.process_time() - start


def edges(edition: Edition, known: str) -> Iterator[Asked]:
    """The views at the first and the last microsecond of every stretch in which nothing changes."""
    asked: Asked = {"at": EARLY, "known": known}
    while True:
        status(edition, asked)
        end = inquiry(edition, asked).world.stretch()[1]
        if end == NEVER or to_datetime(end).year == 9999:
            return
        yield {"at": to_datetime(end - 1), "known": known}
        asked = {"at": to_datetime(end), "known": known}
        yield asked


def test_a_second_status_is_quick() -> None:
    case = aval.open(PARIS)
    case.status(known="2026-01-07")
    assert min(cpu(lambda: case.status(known="2026-01-07")) for _ in range(5)) < MOST
    case.status()
    assert min(cpu(case.status) for _ in range(5)) < MOST, "now is another view each time"


def test_a_date_from_which_much_differs_still_costs_less_than_the_first(paris: Edition) -> None:
    first = min(cpu(lambda: cold(paris).status(known="2026-01-07")) for _ in range(3))
    views = [{"known": "2026-01-07", "at": at} for at in ("2030-01-01", "2020-01-01", "2026-01-07")]
    paris.warm.forget()
    status(paris, {"known": "2026-01-07", "at": "2025-09-05"})
    assert min(cpu(lambda one=one: status(paris, one)) for one in views) < 0.8 * first  # type: ignore[misc]
    assert len(paris.warm.boards) == 4, "each was another board"


def test_paris_answers_as_if_it_were_asked_for_the_first_time(paris: Edition) -> None:
    views = list(edges(paris, "2026-01-07"))
    assert len(views) > 40
    for asked in Random(1).sample(views, 8):
        assert status(paris, asked) == cold(paris).status(**asked).answer, asked
        term = Term("in_force", ("FRA",))
        assert why(term, inquiry(paris, asked)) == cold(paris).why(str(term), **asked).answer, asked


@pytest.mark.parametrize("seed", [3, 7, 12, 21, 30, 34])
def test_an_invented_case_answers_as_if_it_were_asked_for_the_first_time(seed: int) -> None:
    edition, chance = invented(seed), Random(seed)
    for known in ("2027-01-01", "2026-01-10"):
        views = list(edges(edition, known))
        for asked in chance.sample(views, min(8, len(views))):
            assert status(edition, asked) == cold(edition).status(**asked).answer, asked
            assert owed(inquiry(edition, asked)) == cold(edition).owed(**asked).answer, asked


def test_a_reading_and_what_was_known_are_never_mixed_up(paris: Edition) -> None:
    views: list[Asked] = [
        {"known": known, "at": at, "readings": readings}
        for known in ("2026-01-07", "2025-09-05", "2027-06-01")
        for at in ("2026-01-08", "2027-01-01")
        for readings in ({}, {"attack_size": "any_attack"})
    ]
    expected = {str(asked): cold(paris).status(**asked).answer for asked in views}
    for asked in Random(2).choices(views, k=2 * len(views)):
        assert status(paris, asked) == expected[str(asked)], asked


def test_only_so_much_is_kept(paris: Edition) -> None:
    sizes = set()
    for day in range(1, 9):
        asked: Asked = {"known": "2026-01-07", "at": f"2027-03-0{day}"}
        status(paris, asked)
        owed(inquiry(paris, asked))
        for term in ("in_force(FRA)", "ceasefire", "offer(DEU, land)", "national_path(GBR)"):
            found = Term.parse(term)
            assert found is not None
            why(found, inquiry(paris, asked))
        sizes.add((len(paris.warm.worlds), len(paris.warm.boards), paris.warm.worlds[0].budget.spent))
    assert len(sizes) == 1, "explaining at one more date works out nothing more"


def test_a_question_that_was_broken_off_leaves_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    edition = invented(1042)
    expected = cold(edition).status(known="2027-01-01").answer
    spend = Budget.spend

    class Broken(Exception):
        pass

    for last in count(1):
        spent = 0

        def stop(self: Budget, steps: int, span: object, last: int = last) -> None:
            nonlocal spent
            spent += 1
            if spent == last:
                raise Broken
            spend(self, steps, span)  # type: ignore[arg-type]

        monkeypatch.setattr(Budget, "spend", stop)
        case = cold(edition)
        try:
            case.status(known="2027-01-01")
            break
        except Broken:
            monkeypatch.setattr(Budget, "spend", spend)
            assert case.status(known="2027-01-01").answer == expected, last
    assert last > 10


def test_a_case_is_a_snapshot_and_opening_it_again_sees_what_changed(tmp_path: Path) -> None:
    folder = make(tmp_path, row("begins"))

    def truce(case: Case) -> str | None:
        board = case.status(known="2026-02-01").answer
        return next(one.value for one in board.items if one.term == "truce")

    from_files = aval.open(folder)
    assert truce(from_files) == "yes"
    take(folder)
    recorded = aval.open(folder)
    write(folder, row("begins"), row("ends", term="truce_ends", when="2026-01-20", said="2026-01-21"))
    assert truce(aval.open(folder)) == "yes", "not recorded yet, and a note says so"
    take(folder)
    assert (truce(from_files), truce(recorded)) == ("yes", "yes")
    assert truce(aval.open(folder)) == "no"


def test_only_so_many_editions_are_kept(tmp_path: Path) -> None:
    watch = Watch()
    rows = []
    for day in range(1, 8):
        watch.set(f"2026-03-0{day}T12:00")
        rows.append(row(f"s{day}", note=str(day)))
        take(make(tmp_path, *rows), watch)
    watch.set("2026-04-01")
    records = records_of(tmp_path, watch)
    for _ in range(2):
        for day in range(1, 8):
            edition = records.edition(instant(f"2026-03-0{day}"), "Europe/Paris")
            assert len(edition.store.statements()) == day
    assert len(records.editions) < 5


def test_no_rule_reads_what_another_view_may_change() -> None:
    """Columns serve every instant and every `known` that sees the same statements, so no rule may ask for either."""
    files = [path for part in ("operators", "rules") for path in sorted((ROOT / "src" / "aval" / "engine" / part).glob("*.py"))]
    assert len(files) > 20
    for path in files:
        names = {node.attr for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Attribute)}
        assert not names & {"known", "view"}, path.name
