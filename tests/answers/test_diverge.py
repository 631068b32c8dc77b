"""Where, when and for whom readings part: small worlds, and the law that ties every line to what `status` says at each instant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from aval.answers.diverge import diverge
from aval.answers.inquiry import Inquiry
from aval.answers.items import items
from aval.answers.parting import Disputed, Parting, Stretch
from aval.model.agreement import Question
from aval.model.instant import Instant, read_civil
from tests.engine.support import ZONE, Row, agreements, inquiry

BODY = """party RED "Red"
party BLU "Blue"
group sides "the two sides" is RED, BLU
question backing "Does it wait for backing?"
  reading backed "it does" source "paper#P1" "waits"
  reading unbacked "it does not" held by RED
question clock "How much time is there?"
  reading short "a day" source "wire"
  reading long "three days"
event bound(p: sides) "p binds itself"
  constitutive
event backs "backing is given"
event lifted "backing is taken away"
event helps(p: sides) "p helps"
event attack "an attack"
state backing_there "there is backing"
  starts as no
  from backs
  until lifted
state in_force(p: sides) "p's guarantee is in force"
  while bound(p) happened
  on reading backed while backing_there
power act(p: sides) "act": p may helps(p)
  while in_force(p)
duty assist(p: sides) "assist": p owes RED helps(p)
  when attack
  while in_force(p)
  on reading short within 24 hours
  on reading long within 72 hours
event strikes(p: sides) "p strikes"
ban hold(p: sides) "hold": p must not strikes(p)
  while in_force(p)
duty report(p: sides) "report": p owes BLU helps(p)
  when attack
  on reading backed suspended while backing_there
  within 48 hours
moment answer "the answer"
  on reading short means 24 hours after attack
  on reading long means 72 hours after attack
state settled "it is settled"
  while attack happened
state begun "it has begun"
  starts as no
  from attack
  on reading backed until lifted
"""
TEXT = agreements(BODY)


def told(term: str, when: str, **more: object) -> Row:
    return {"term": term, "when": when, **more}


def asked(rows: Sequence[Row], at: str = "2026-06-30", body: object = TEXT, **readings: str) -> Inquiry:
    return inquiry(body, rows, at=at, known="2026-12-31", readings=readings)  # type: ignore[arg-type]  # text or what was read from it


def question(rows: Sequence[Row], name: str, at: str = "2026-06-30", body: object = TEXT, **readings: str) -> Disputed:
    return next(one for one in diverge(asked(rows, at, body, **readings)).questions if one.name == name)


def of(found: Disputed, term: str, aspect: str | None = None) -> Parting:
    return next(one for one in found.partings if term in one.terms and aspect in (None, one.aspect))


def answers(stretch: Stretch) -> tuple[str | None, ...]:
    return tuple(held.value for held in stretch.held)


# -- where, when, for whom


def test_readings_part_for_one_party_in_one_stretch_only() -> None:
    rows = [told("bound(RED)", "2026-03-01T00:00Z"), told("backs", "2026-05-01T00:00Z")]
    found = question(rows, "backing")
    parting = of(found, "in_force(RED)")
    assert parting.terms == ("in_force(RED)",)
    (stretch,) = parting.stretches
    assert (stretch.start, stretch.end, answers(stretch)) == ("2026-03-01", "2026-05-01", ("no", "yes"))
    assert not of(found, "in_force(BLU)").stretches
    assert (parting.of, parting.now) == (2, False)


def test_a_stretch_names_what_parted_the_readings_and_what_settled_it() -> None:
    rows = [told("bound(RED)", "2026-03-01T00:00Z"), told("backs", "2026-05-01T00:00Z")]
    (stretch,) = of(question(rows, "backing"), "in_force(RED)").stretches
    assert stretch.began == ("bound(RED) happened: yes",)
    assert stretch.ended == ("backing_there: yes",)
    assert of(question(rows, "backing"), "in_force(RED)").turns_on == ("backing_there: yes",)


def test_with_imprecise_dates_readings_part_between_the_bounds_too() -> None:
    parting = of(question([told("bound(RED)", "2026-03")], "backing"), "in_force(RED)")
    assert [(one.start, one.end, answers(one)) for one in parting.stretches] == [
        ("2026-03-01", "2026-03-31", ("no", "open")),
        ("2026-03-31", None, ("no", "yes")),
    ]


def test_parties_of_one_course_stand_together() -> None:
    rows = [told(f"bound({party})", "2026-03-01T00:00Z") for party in ("RED", "BLU")]
    assert of(question(rows, "backing"), "in_force(RED)").terms == ("in_force(RED)", "in_force(BLU)")


def test_a_moment_has_another_date_on_each_reading() -> None:
    parting = of(question([told("attack", "2026-06-01T00:00Z")], "clock"), "answer")
    (stretch,) = parting.stretches
    assert (parting.aspect, stretch.start, stretch.end) == ("date", None, None)
    assert answers(stretch) == ("2026-06-02", "2026-06-04")


def test_a_duty_is_overdue_on_one_reading_first_and_its_deadlines_differ_while_it_is_owed() -> None:
    rows = [told("bound(RED)", "2026-03-01T00:00Z"), told("backs", "2026-03-01T00:00Z"), told("attack", "2026-06-01T00:00Z")]
    rows.append(told("helps(RED)", "2026-06-10T00:00Z"))
    found = question(rows, "clock")
    (phase,), (due,) = (of(found, "assist(RED)", aspect).stretches for aspect in ("phase", "due"))
    assert (phase.start, phase.end, answers(phase)) == ("2026-06-02", "2026-06-04", ("overdue", "owed"))
    assert phase.began == ("the deadline: passed",)
    assert (due.start, due.end, answers(due)) == ("2026-06-01", "2026-06-10", ("2026-06-02", "2026-06-04"))


def test_done_within_the_shorter_time_only_the_deadlines_differed() -> None:
    rows = [told("bound(RED)", "2026-03-01T00:00Z"), told("backs", "2026-03-01T00:00Z"), told("attack", "2026-06-01T00:00Z")]
    found = question([*rows, told("helps(RED)", "2026-06-01T12:00Z")], "clock")
    assert not of(found, "assist(RED)", "phase").stretches
    assert of(found, "assist(RED)", "due").stretches


def test_other_questions_are_held_open_and_named() -> None:
    rows = [told("bound(RED)", "2026-03-01T00:00Z"), told("attack", "2026-06-01T00:00Z")]
    found = question(rows, "clock", at="2026-06-02")
    parting = of(found, "assist(RED)", "phase")
    assert parting.others == ("backing",)
    (stretch,) = parting.stretches
    assert [(held.value, dict(held.by_reading)) for held in stretch.held] == [
        (None, {"backing=backed": "dormant", "backing=unbacked": "overdue"}),
        (None, {"backing=backed": "dormant", "backing=unbacked": "owed"}),
    ]


def test_what_separates_readings_is_told_with_its_place_and_its_value() -> None:
    first, second = question([], "backing").sides
    clause, *_ = first.clauses
    assert (clause.of, clause.text, clause.value) == ("in_force", "while backing_there", "no")
    assert clause.clause.startswith("test.md:")
    assert (first.anchors, second.held_by, second.clauses) == ((("paper#P1", "waits"),), ("RED",), ())


# -- apart in the text alone


def test_the_clauses_say_what_would_part_the_readings_and_it_does() -> None:
    waiting = of(question([], "backing"), "in_force(RED)")
    assert (waiting.once, waiting.unless, waiting.alike) == (
        ("bound(RED) happened: no",),
        ("backing_there: no (on reading backed)",),
        False,
    )
    assert of(question([told("bound(RED)", "2026-03-01")], "backing"), "in_force(RED)").now
    assert not of(question([told("bound(RED)", "2026-03-01"), told("backs", "2026-03-01")], "backing"), "in_force(RED)").now


def test_what_only_follows_another_term_says_through_which() -> None:
    waiting = of(question([], "backing"), "act(RED)")
    assert (waiting.through, waiting.derivable) == (("in_force",), False)


def test_a_moment_waits_for_what_it_is_counted_from() -> None:
    waiting = of(question([], "clock"), "answer")
    assert waiting.comes == ("24 hours after attack: open (on reading short)", "72 hours after attack: open (on reading long)")


def test_an_end_on_one_reading_only_parts_what_has_begun() -> None:
    waiting = of(question([], "backing"), "begun")
    assert (waiting.once, waiting.comes) == (("from attack: open",), ("until lifted: open (on reading backed)",))
    rows = [told("attack", "2026-03-01T00:00Z"), told("lifted", "2026-04-01T00:00Z")]
    (stretch,) = of(question(rows, "backing"), "begun").stretches
    assert (stretch.start, stretch.end, answers(stretch)) == ("2026-04-01", None, ("no", "yes"))


def test_where_the_clauses_do_not_give_it_away_nothing_is_guessed() -> None:
    waiting = of(question([], "clock"), "assist(RED)")
    assert (waiting.stretches, waiting.derivable) == ((), False)


NAMES = BODY.partition("question clock")[0] + (
    'state place(p: sides) "p is the place"\n  on reading backed while p is RED\n  on reading unbacked while p is one of (RED, BLU)\n'
)


def test_what_no_fact_bears_on_is_apart_always_or_not_listed() -> None:
    found = question([], "backing", body=NAMES)
    assert [one.terms for one in found.partings] == [("place(BLU)",)]
    assert (found.partings[0].now, found.partings[0].turns_on) == (True, ())


# -- views


def test_a_chosen_reading_parts_nothing() -> None:
    found = question([told("bound(RED)", "2026-03-01")], "backing", backing="backed")
    assert (found.chosen, found.partings) == ("backed", ())


def test_a_window_bounds_what_is_looked_at() -> None:
    rows = [told("bound(RED)", "2026-03-01T00:00Z"), told("backs", "2026-05-01T00:00Z")]
    inside = diverge(asked(rows), instant("2026-04-01"), instant("2026-04-30"))
    (stretch,) = of(inside.questions[0], "in_force(RED)").stretches
    assert (stretch.start, stretch.end, stretch.began) == (None, None, ())
    assert not of(diverge(asked(rows), instant("2026-05-01")).questions[0], "in_force(RED)").stretches


def test_a_text_without_questions_has_one_reading() -> None:
    found = diverge(asked([], body='event e "an event"'))
    assert (found.headline, found.questions) == ("The agreements ask no question, so there is one reading.", ())


def test_what_takes_too_many_steps_is_not_answered_and_says_where() -> None:
    found = diverge(asked([told("bound(RED)", "2026-03-01")]), steps=5)
    assert not any(one.partings for one in found.questions)
    first = found.unanswered[0]
    assert (first.name, first.place) == ("in_force", first.clause)
    assert first.message.endswith("one evaluation may take 5")


def instant(day: str) -> Instant:
    found = read_civil(day, ZONE)
    assert found is not None
    return found.lo


# -- the law: a term is listed where and only where two readings give it different answers


DAYS = ("2026-03-01", "2026-03-02T00:00Z", "2026-03-02", "2026-03", "2026-03-04T12:00Z", "2026-03-05")
EVENTS = ("bound(RED)", "bound(BLU)", "backs", "lifted", "helps(RED)", "helps(BLU)", "strikes(RED)", "attack")
ROWS = st.lists(
    st.builds(
        lambda term, when, polarity, number: {
            "term": term,
            "when": when,
            "polarity": polarity,
            "said": "2026-11-01",
            "label": f"r{number}",
        },
        st.sampled_from(EVENTS),
        st.sampled_from(DAYS),
        st.sampled_from(("yes", "yes", "yes", "no")),
        st.integers(0, 10_000),
    ),
    max_size=7,
    unique_by=lambda row: row["label"],
)


def instants() -> list[Instant]:
    """Every instant at which an answer to the law's rows can turn, and the one before it."""
    found = set()
    for day in DAYS:
        spread = read_civil(day, ZONE)
        assert spread is not None
        for edge in (spread.lo, spread.hi, spread.hi + 1):
            found |= {edge + hours * 3_600_000_000 for hours in (0, 24, 48, 72)}
    return sorted(found | {edge - 1 for edge in found})


INSTANTS = instants()


def differing(at: Instant, worlds: Mapping[tuple[str, str], Inquiry]) -> set[tuple[str, str]]:
    """The (question, term) pairs to which `status` gives different answers at an instant when one reading or another is chosen."""
    found = set()
    for name in dict.fromkeys(name for name, _ in worlds):
        boards = []
        for (other, _), world in worlds.items():
            if other == name:
                world.world.view = replace(world.world.view, at=at)
                boards.append({item.term: (item.value, tuple(item.by_reading.items())) for item in items(world)})
        found |= {(name, term) for term in boards[0] if len({board[term] for board in boards}) > 1}
    return found


def listed(found: Sequence[Disputed]) -> set[tuple[str, str]]:
    return {
        (one.name, term)
        for one in found
        for parting in one.partings
        if parting.stretches and parting.aspect != "due"
        for term in parting.terms
    }


def held_now(found: Sequence[Disputed]) -> dict[tuple[str, str, str], object]:
    """What each reading gives at the view, by question, term and aspect, where the readings are apart."""
    return {
        (one.name, term, parting.aspect): [(held.reading, held.value, dict(held.by_reading)) for held in stretch.held]
        for one in found
        for parting in one.partings
        for stretch in parting.stretches
        if stretch.now
        for term in parting.terms
    }


@settings(max_examples=12, deadline=None)
@given(ROWS, st.data())
def test_a_term_is_listed_where_and_only_where_status_differs(rows: list[Row], data: st.DataObject) -> None:
    whole = asked(rows)
    questions = list(TEXT.of(Question))
    worlds = {(one.meta.name, reading.name): asked(rows, **{one.meta.name: reading.name}) for one in questions for reading in one.readings}
    told_apart = {at: differing(at, worlds) for at in INSTANTS}
    assert listed(diverge(whole).questions) == set().union(*told_apart.values())
    for at in data.draw(st.lists(st.sampled_from(INSTANTS), min_size=8, max_size=12)):
        whole.world.view = replace(whole.world.view, at=at)
        alone = diverge(whole, at, at).questions
        assert listed(alone) == told_apart[at]
        assert held_now(diverge(whole).questions) == held_now(alone)


def test_a_power_that_may_have_been_exercised_is_open_between_the_bounds() -> None:
    rows = [told("bound(RED)", "2026-03-01T00:00Z"), told("helps(RED)", "2026-04")]
    parting = of(question(rows, "backing"), "act(RED)")
    assert [(one.start, one.end, answers(one)) for one in parting.stretches] == [
        ("2026-03-01", "2026-04-01", ("not available", "available")),
        ("2026-04-01", "2026-04-30", ("not available", "open")),
        ("2026-04-30", None, ("void", "exercised")),
    ]
