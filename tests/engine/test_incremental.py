"""Law: an evaluation that goes on from another when news come says what one from scratch says, to the byte (decision 19).

`AVAL_NEWS=400 pytest tests/engine/test_incremental.py` looks at more worlds.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from random import Random

import pytest

from aval.engine import later, patched
from aval.engine.later import Later, with_news
from aval.engine.splice import chained
from aval.engine.world import World
from aval.evidence.live import live
from aval.model.agreement import Agreements, Ban, Duty, Event, Power, State
from aval.model.claims import Chained
from aval.model.instant import NEVER, Instant, read_civil
from aval.model.problem import Unsupported
from aval.model.statement import Statement
from tests.engine.alike import answers, columns, reasons, scratch
from tests.engine.support import ZONE, Row, agreements, statements
from tests.oracle.worlds import Author

WORLDS = int(os.environ.get("AVAL_NEWS", "24"))
BATCH = 6
RICH = """
party RED "Red"
party BLU "Blue"
party GRN "Green"
party YEL "Yellow"
party UNI "a union"
body court "the court"
  may find fired(any, any)
  may find calm(any)
body council "the council"
  seats club
  decides by majority
  may find raised(any)
group sides "sides" is RED, BLU
group all_of_them "all" is RED, BLU, GRN, YEL
group club "a club" is RED, BLU and others not named among all_of_them
group areas "areas" is a1, a2, a3
group domains is air
question which "?"
  reading narrow "n"
  reading wide "w"
event fired(p: sides, a: areas)
event raised(p: all_of_them)
  accepted from a finding of council
event joined(g: club)
  accepted from g
  legal act
event left(g: club)
  accepted from g
  constitutive
event paid(g: club)
event cleared(a: areas)
  repeats
state calm(a: areas)
state violated(a: areas)
  starts as no
  from fired(any, a)
  until 20 days after its latest trigger
state tense(a: areas)
  starts as no
  from beginning of violated(a) if not calm(a)
  until 10 days after its beginning
state member_of(g: club)
  starts as no
  from joined(g)
  until 30 days after left(g)
state wide_open
  while at least 2 a in areas with violated(a)
  on reading wide while some g in club with member_of(g)
state phase(a: areas) one of first, second
  starts as first
  becomes second at fired(RED, a) if wide_open
moment due(g: club) is 14 days after joined(g)
quantity tonnage(g: club) in persons
state heavy
  while the total of tonnage(s) for (s in club) is at least 100
state heavier(g: club)
  while tonnage(g) is at least 50
duty pay(g: club): g owes RED paid(g)
  when joined(g)
  no later than 30 days after joined(g)
  until left(g)
  except heavier(g)
  breach found by court
duty fine(g: club): g owes RED raised(g)
  replaces pay(g)
  when beginning of (pay(g) is overdue)
ban no_fire(p: sides, a: areas): p must not fired(p, a)
  from fired(any, a)
  breach proposed by raised(p)
  breach found by court
power expel(g: club): g may left(g)
  while member_of(g) and (not paid(g) happened)
state shield
  while offer(GRN, air) is at least announced
contribution offer(GRN, air) "planes"
  subject to wide_open
state k1
  while k2 or (calm(a1))
state k2
  while k1 or (k2 and raised(RED) happened)
"""


def rows(chance: Random) -> list[Row]:
    """Say something of everything, take some of it back, and vote."""
    return [_row(number, chance) for number in range(chance.randint(10, 30))] + _withdrawals(chance)


def _day(chance: Random) -> str:
    return f"2026-{chance.randint(1, 5):02}-{chance.randint(1, 28):02}"


def _row(number: int, chance: Random) -> Row:
    parties = ("RED", "BLU", "GRN", "YEL")
    voice, day = chance.choice((*parties, "court", "council", f"paper {number}")), _day(chance)
    said = max(day, _day(chance))
    row: dict[str, object] = {
        "label": f"r{number}",
        "voice": voice,
        "said": said,
        "grade": chance.choice(("high",) * 6 + ("medium", "low")),
    }
    if not voice.startswith("paper"):
        row["speaks_for"] = voice
    who, area = chance.choice(parties), chance.choice(("a1", "a2", "a3"))
    own = {"voice": who, "speaks_for": who}
    told = {"polarity": chance.choice(("yes", "yes", "no")), "when": day}
    choices: list[dict[str, object]] = [
        {"says": "happened", "term": f"fired({chance.choice(('RED', 'BLU'))}, {area})", **told},
        {"says": "happened", "term": f"joined({who})", **own, "when": day},
        {"says": "happened", "term": f"left({who})", **own, "when": day},
        {"says": "happened", "term": f"paid({who})", **told},
        {"says": "happened", "term": f"cleared({area})", **told},
        {"says": "happened", "term": f"pay({who})", "voice": "court", "speaks_for": "court", "when": day},
        {"says": "happened", "term": f"no_fire({chance.choice(('RED', 'BLU'))}, {area})", **told},
        {"says": "holds", "term": f"calm({area})", **told},
        {"says": "member", "term": f"club({who})", **told},
        {"says": "amount", "term": f"tonnage({chance.choice((*parties, 'club'))})", "low": str(chance.randint(1, 60)), "unit": "persons"},
        {"says": "offers", "term": "offer(GRN, air)", **chance.choice((own, {"voice": "GRN", "speaks_for": "GRN"})), "rung": "announced"},
        {"says": "position", "term": f"vote({who}, council, raised, {chance.choice(parties)})", **own, "stance": "supports", "when": day},
        {"says": "position", "term": f"vote({who}, council, raised, RED)", **own, "stance": chance.choice(("supports", "objects"))},
        {"says": "position", "term": "wide_open", "stance": "refuses"},
    ]
    return {**row, **chance.choice(choices)}


def _withdrawals(chance: Random) -> list[Row]:
    return [
        {"label": f"w{number}", "says": "retracts", "withdraws": [f"label:r{number}"], "said": "2026-05-30"}
        for number in range(chance.randint(0, 8))
    ]


def _fitting(found: Agreements, told: Sequence[Row]) -> tuple[Statement, ...]:
    """Read rows; a retraction comes from the voice that it retracts."""
    voices = {row["label"]: {key: row[key] for key in ("voice", "speaks_for") if key in row} for row in told}
    terms = {row["label"]: row["term"] for row in told if "term" in row}
    filled = []
    for row in told:
        if row.get("says") == "retracts":
            of = str(row["withdraws"][0]).removeprefix("label:")  # type: ignore[index]  # a list of one
            filled.append({**row, **voices[of], "term": terms[of]})
        else:
            filled.append(dict(row))
    return statements(found, filled)


def tell(found: Agreements, told: Sequence[Statement], chance: Random, known: Instant) -> None:
    """Feed statements in a random order, in batches; look now and then, and at the end."""
    order = list(told)
    chance.shuffle(order)
    start = chance.randint(0, len(order))
    said = order[:start]
    world: World = scratch(found, said, known)
    if chance.random() < 0.8:
        list(columns(world))
        list(reasons(world, [known]))
    kept = [(world, list(said))]
    while start < len(order):
        size = chance.choice((1, 1, 1, 2, 5))
        said, start = [*said, *order[start : start + size]], start + size
        before, now = {one.id: one for one in kept[-1][0].claims}, {one.id: one for one in live(said, known, ZONE)}
        world = with_news(kept[-1][0], [one for id_, one in now.items() if id_ not in before], before.keys() - now.keys())
        kept.append((world, list(said)))
        if chance.random() < 0.4:
            agree(world, scratch(found, said, known), known, chance)
    agree(world, scratch(found, said, known), known, chance)
    early, then = chance.choice(kept)
    agree(early, scratch(found, then, known), known, chance)


def agree(world: World, again: World, known: Instant, chance: Random) -> None:
    """Compare all that two evaluations say. What is asked first is a matter of chance."""
    instants = sorted({known, *(chance.randrange(1_767_225_600_000_000, 1_783_000_000_000_000) for _ in range(2))})
    asked: list[Callable[[World], Iterable[tuple[str, object]]]] = [
        columns,
        lambda one: reasons(one, instants),
        lambda one: answers(one, instants[0]),
    ]
    chance.shuffle(asked)
    for ask in asked:
        _same(ask(world), ask(again))


def _same(one: Iterable[tuple[str, object]], other: Iterable[tuple[str, object]]) -> None:
    left, right = dict(one), dict(other)
    assert left.keys() == right.keys()
    differing = {name: (left[name], right[name]) for name in left if left[name] != right[name]}
    assert not differing, next(iter(differing.items()))


@pytest.fixture(params=["as it is", "however little"])
def much(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Small worlds are worked out whole; here also as if they were large."""
    if request.param == "however little":
        monkeypatch.setattr(later, "LITTLE", 0)
        monkeypatch.setattr(later, "PART", 1)
        monkeypatch.setattr(patched, "FEW", -1)


@pytest.mark.usefixtures("much")
@pytest.mark.parametrize("first", range(0, WORLDS, BATCH))
def test_news_are_as_from_scratch(first: int) -> None:
    for seed in range(first, first + BATCH):
        chance, author = Random(seed), Author(seed)
        found = agreements(author.text)
        tell(found, statements(found, author.rows()), chance, NEVER - 1)


@pytest.mark.usefixtures("much")
@pytest.mark.parametrize("seed", range(WORLDS // 2))
def test_news_about_norms_votes_and_numbers_are_as_from_scratch(seed: int) -> None:
    chance = Random(seed)
    found = agreements(RICH)
    known = read_civil("2026-06-30", ZONE)
    assert known is not None
    tell(found, _fitting(found, rows(chance)), chance, known.hi)


@pytest.mark.usefixtures("much")
@pytest.mark.parametrize("seed", range(4))
def test_it_does_not_matter_what_is_asked_on_the_way(seed: int) -> None:
    chance = Random(1000 + seed)
    found = agreements(RICH)
    known = read_civil("2026-06-30", ZONE)
    assert known is not None
    order = list(_fitting(found, rows(chance)))
    chance.shuffle(order)
    said = order[: len(order) // 2]
    world: World = scratch(found, said, known.hi)
    for one in order[len(order) // 2 :]:
        # only a few things are asked, so that some columns are older than others
        _ask_some(world, chance)
        said = [*said, one]
        before, now = {old.id for old in world.claims}, {new.id: new for new in live(said, known.hi, ZONE)}
        world = with_news(world, [new for id_, new in now.items() if id_ not in before], before - now.keys())
    agree(world, scratch(found, said, known.hi), known.hi, chance)


def _ask_some(world: World, chance: Random) -> None:
    for name, declared in chance.sample(sorted(world.agreements.declarations.items()), 4):
        with suppress(Unsupported):
            match declared:
                case Event():
                    chance.choice((world.occurrences, world.happened, world.claimed))(name)
                case Duty() | Ban():
                    chance.choice((world.state, world.words))(name)
                case State() | Power():
                    world.state(name)
                case _:
                    pass


WATCHED = f"""
group areas is {", ".join(f"a{number}" for number in range(600))}
event fired(a: areas) accepted from at least 2 independent sources of grade medium
state violated(a: areas)
  starts as no
  from fired(a)
  until 2 days after its latest trigger
state tense(a: areas)
  starts as no
  from beginning of violated(a)
  until 10 days after its beginning
state crisis while at least 3 a in areas with violated(a)
"""


def test_a_report_that_does_not_count_yet_moves_nothing_and_one_that_does_moves_its_own() -> None:
    found = agreements(WATCHED)
    days = [f"2026-02-{1 + number % 27:02}" for number in range(600)]
    told = statements(found, [{"term": f"fired(a{number})", "when": day} for number, day in enumerate(days) for _ in range(2)])
    news = statements(found, [{"term": "fired(a7)", "when": "2026-03-20", "voice": voice, "label": voice} for voice in ("one", "two")])
    names = ("violated", "tense", "crisis")
    # of the seventh area one report is not there yet
    world = scratch(found, [one for one in told if one.term.args != ("a7",)], NEVER - 1)
    for name in names:
        world.state(name)
    every, steps, columns_ = world.budget.spent, [], [[world.state(name) for name in names]]
    for one in news:
        before = world.budget.spent
        world = with_news(world, [one])
        columns_.append([world.state(name) for name in names])
        steps.append(world.budget.spent - before)
    assert all(now is before for now, before in zip(columns_[1], columns_[0], strict=True))
    assert columns_[2][0] is not columns_[1][0]
    assert columns_[2][1] is not columns_[1][1]
    assert steps[0] * 100 < every
    assert steps[1] * 10 < every


def test_stretches_are_no_chain_of_chains() -> None:
    counts: Sequence[tuple[int, int]] = [(0, 1)]
    for number in range(2_000):
        counts = chained(counts, [(number, number + 1)])
        assert isinstance(counts, Chained)
        assert len(counts.parts) < 64
    assert list(counts) == [(0, 1), *((number, number + 1) for number in range(2_000))]
    assert counts[1_500] == (1_499, 1_500)


def test_what_news_do_not_reach_is_shared() -> None:
    found = agreements(RICH)
    told = statements(found, [{"term": "fired(RED, a1)", "when": "2026-02-01"}, {"term": "fired(BLU, a2)", "when": "2026-02-03"}])
    world = scratch(found, [told[0]], NEVER - 1)
    dict(columns(world))
    with_more = with_news(world, [told[1]])
    assert isinstance(with_more, Later)
    assert with_more.state("member_of") is world.state("member_of")
    assert with_more.state("violated") is not world.state("violated")
