"""In which order, how often and in how many batches something was told makes no difference to any answer (semantics 2.10)."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from aval.answers.inquiry import Inquiry
from aval.answers.owed import owed
from aval.answers.status import status
from aval.answers.why import why
from aval.engine.world import World
from aval.evidence.live import live
from aval.model import agreement as ag
from aval.model.case import Manifest
from aval.model.instant import read_civil
from aval.model.problem import Unsupported
from aval.model.statement import Statement
from aval.model.term import Term
from aval.model.view import View
from aval.render.json import dumps
from tests.engine.support import SOURCES, ZONE, Row, agreements, statements
from tests.ledger.cases import Watch, case_at, make, take
from tests.oracle.worlds import Author, worlds

WORLDS = int(os.environ.get("AVAL_LAWS", "24"))
DAY = "2026-04-10"


@cache
def written() -> tuple[Author, ...]:
    return tuple(worlds(WORLDS))


def answers(found: ag.Agreements, told: Sequence[Statement]) -> list[bytes]:
    """Give the board, what is owed, and the reasons of everything without a parameter, as documents."""
    day = read_civil(DAY, ZONE)
    assert day is not None
    view = View(at=day.hi, known=day.hi)
    in_view = live(told, view.known, ZONE)
    manifest = Manifest(title="A test", zone=ZONE, sources=SOURCES)
    asked = Inquiry(world=World(found, in_view, view, ZONE), manifest=manifest, statements={one.id: one for one in in_view})
    plain = [name for name, one in found.declarations.items() if isinstance(one, ag.State | ag.Duty | ag.Ban) and not one.params]
    documents = [dumps(status(asked)), dumps(owed(asked))]
    for name in plain:
        try:
            documents.append(dumps(why(Term(name), asked)))
        except Unsupported as refused:
            documents.append(str(refused.problems[0].message).encode())
    return documents


def withdrawals(random: Random, rows: Sequence[Row]) -> list[Row]:
    """Take some statements back, and some of what takes back; what withdraws may stand before what it withdraws."""
    named = [row for row in rows if row.get("speaks_for") and row["says"] != "amount"]
    found: list[Row] = []
    for number, row in enumerate(random.sample(named, min(len(named), 3))):
        back = {"says": "retracts", "term": row["term"], "voice": row["voice"], "speaks_for": row["speaks_for"], "form": "reported"}
        found.append({**back, "label": f"w{number}", "withdraws": [f"label:{row['label']}"], "said": f"2026-06-{number + 1:02}"})
        if random.random() < 0.4:
            again = {**back, "label": f"v{number}", "withdraws": [f"label:w{number}"], "said": f"2026-04-{number + 5:02}"}
            found[-1] = {**found[-1], "said": f"2026-04-{number + 1:02}"}
            found.append(again)
    return [*rows, *found]


@settings(max_examples=20, deadline=None)
@given(seed=some.integers(0, 2**32))
def test_order_and_number_of_statements_change_no_answer(seed: int) -> None:
    random = Random(seed)
    author = random.choice(written())
    found = agreements(author.text)
    told = list(statements(found, withdrawals(random, author.rows())))
    mixed = told + random.choices(told, k=len(told) // 2)
    random.shuffle(mixed)
    assert answers(found, mixed) == answers(found, told)


COUNCIL = """party P1
party P2
party P3
group members is P1, P2, P3
body council
  seats members
  may find plan
  decides by majority with quorum of 3
event plan
  accepted from a finding of council
event other
  legal act
state agreed
  from council finds plan
state tied
  from other
  until council finds plan
"""


def vote(number: int, day: str = "2026-03-10") -> Row:
    voice = {"voice": f"P{number}", "speaks_for": f"P{number}", "said": "2026-03-31", "label": f"v{number}"}
    return {"says": "position", "term": f"vote(P{number}, council, plan)", "stance": "supports", "when": day, **voice}


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1)])
def test_a_quorum_that_arrives_late_and_a_tie_in_time_come_out_the_same(order: tuple[int, ...]) -> None:
    rows = [vote(1), vote(2), vote(3), {"term": "other", "when": "2026-03-10", "said": "2026-03-31", "label": "o"}]
    found = agreements(COUNCIL)
    told = statements(found, rows)
    first = answers(found, told)
    assert b'"yes"' in first[0]
    assert answers(found, [told[place] for place in order]) == first
    assert answers(found, told[:2]) != first  # without the third there is no quorum


CASE = """# A pact

```aval
agreement pact "A pact"
  dates run in "Europe/Paris"
{body}
```
"""


def disk(author: Author) -> str:
    return CASE.format(body=author.text)


MANIFEST = """schema = "aval.case/1"
title = "A small case"
zone = "Europe/Paris"
agreements = ["agreements/pact.md"]
statements = ["statements/a.jsonl"]

[sources.paper]
kind = "page"
title = "A paper"
"""


def as_file(rows: Sequence[Row]) -> list[dict[str, object]]:
    return [{"says": "happened", "form": "reported", "grade": "high", "source": "paper", **row} for row in rows]


def asked(folder: Path, watch: Watch, recorded: str | None = None) -> list[bytes]:
    case = case_at(folder, watch)
    board, dues = case.status(at=DAY, known=DAY, recorded=recorded), case.owed(at=DAY, known=DAY, recorded=recorded)
    documents = [board.json(), dues.json(), str(board).encode(), str(dues).encode()]
    return [one.replace(str(folder).encode(), b"CASE") for one in documents]  # clauses are named by their file


def without_times(documents: Sequence[bytes]) -> list[object]:
    """Leave out when the ledger took it in, and where in the file it was written."""

    def plain(value: object) -> object:
        if isinstance(value, dict):
            return {name: plain(one) for name, one in value.items() if name not in ("recorded", "coordinates", "line", "column", "span")}
        return [plain(one) for one in value] if isinstance(value, list) else value

    return [plain(json.loads(one)) for one in documents[:2]]


@settings(max_examples=4, deadline=None)
@given(seed=some.integers(0, 2**32))
def test_batches_change_no_answer_and_what_was_recorded_stays(seed: int) -> None:
    """A ledger that takes a case in day by day answers as one that takes it in at once, and each day's answers stay as they were."""
    random = Random(seed)
    author = random.choice(written())
    rows = as_file(withdrawals(random, author.rows()))
    late = [row for row in rows if row["says"] == "retracts"]
    early = [row for row in rows if row["says"] != "retracts"]
    random.shuffle(early)
    folder, other, watch = Path(tempfile.mkdtemp()), Path(tempfile.mkdtemp()), Watch()
    frozen: dict[str, list[bytes]] = {}
    parts = sorted(random.sample(range(1, len(early)), min(2, len(early) - 1)))
    for day, end in enumerate([*parts, len(early), None], start=1):
        taken = [*early[:end], *(late if end is None else [])]
        make(folder, *taken, pact=disk(author), manifest=MANIFEST)
        watch.set(f"2027-03-{day:02}T12:00")
        take(folder, watch)
        watch.set(f"2027-03-{day + 1:02}T00:00")
        frozen[f"2027-03-{day:02}"] = asked(folder, watch, recorded=f"2027-03-{day:02}")
        assert {then: asked(folder, watch, recorded=then) for then in frozen} == frozen
    random.shuffle(rows)
    make(other, *rows, pact=disk(author), manifest=MANIFEST)
    take(other, watch)
    watch.set("2027-04-01T00:00")
    assert without_times(asked(other, watch)) == without_times(asked(folder, watch))
    shutil.rmtree(folder)
    shutil.rmtree(other)
