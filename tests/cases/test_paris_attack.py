"""What the Paris guarantees would do in an attack, on invented facts: nothing here is a report of anything."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

import aval
from aval.answers.shapes import Item, Owed
from aval.evidence.intake import read_statements
from aval.evidence.store import TextStore
from aval.model.case import Text
from aval.workspace.case import Case

PARIS = Path(__file__).resolve().parents[2] / "cases" / "paris"
CEASEFIRE, ATTACK = "2030-03-01", "2030-06-10"
BEFORE, AFTER = "2030-06-01", "2030-06-12"
OTHERS = {"backstop": "without_backstop", "attack_size": "any_attack"}
OUTLIVES = {**OTHERS, "guarantee_end": "outlives_ceasefire"}
ENDS = {**OTHERS, "guarantee_end": "ends_with_ceasefire"}


def told(term: str, when: str, *voices: str) -> list[dict[str, str]]:
    """Invent a report of an event by each of these voices; a country speaks for itself."""
    return [
        {
            "label": f"invented-{term.partition('(')[0]}-{voice}",
            "says": "happened",
            "term": term,
            "when": when,
            "said": when,
            "voice": f"voice of {voice}",
            "speaks_for": voice if voice.isupper() else "",
            "form": "reported",
            "grade": "high",
            "source": "paris-declaration",
        }
        for voice in voices
    ]


@cache
def invented() -> Case:
    """France is bound, a ceasefire has begun, and one day an attack ends it."""
    rows = [
        *told("committed(FRA)", "2030-01-10", "FRA"),
        *told("steps_completed(FRA)", "2030-02-01", "FRA"),
        *told("attack_commitments_final", "2030-02-10", "one", "another"),
        *told("ceasefire_begins", CEASEFIRE, "one", "another"),
        *told("armed_attack(RUS)", ATTACK, "one", "another"),
        *told("ceasefire_ends", ATTACK, "one", "another"),
    ]
    real = aval.open(PARIS)
    text = Text(path="invented.jsonl", content="\n".join(json.dumps(row) for row in rows))
    more, problems = read_statements([text], agreements=real.agreements, sources=real.manifest.sources, zone=real.manifest.zone)
    assert problems == ()
    return Case(real.manifest, real.agreements, TextStore([*real.statements, *more]), ())


def item(term: str, at: str, readings: Mapping[str, str]) -> Item:
    answer = invented().status(known=at, readings=readings).answer
    return next(one for one in answer.items if one.term == term)


def phase(term: str, at: str, readings: Mapping[str, str]) -> str | None:
    answer: Owed = invented().owed(known=at, readings=readings).answer
    return next(debt.phase for debt in answer.debts if debt.term == term)


@pytest.mark.parametrize("readings", [OUTLIVES, ENDS], ids=["outlives", "ends"])
def test_under_the_ceasefire_the_guarantee_is_in_force_and_help_is_not_yet_owed(readings: Mapping[str, str]) -> None:
    assert item("in_force(FRA)", BEFORE, readings).value == "yes"
    assert item("in_force(GBR)", BEFORE, readings).value == "open"
    assert phase("assist(FRA)", BEFORE, readings) == "dormant"


def test_the_attack_that_ends_the_ceasefire_brings_help_about_if_the_guarantee_outlives_it() -> None:
    assert item("ceasefire", AFTER, OUTLIVES).value == "no"
    assert item("in_force(FRA)", AFTER, OUTLIVES).value == "yes"
    assert phase("assist(FRA)", AFTER, OUTLIVES) == "owed"


def test_the_attack_that_ends_the_ceasefire_ends_the_guarantee_if_it_ends_with_it() -> None:
    assert item("ceasefire", AFTER, ENDS).value == "no"
    assert item("in_force(FRA)", AFTER, ENDS).value == "no"
    assert phase("assist(FRA)", AFTER, ENDS) == "dormant"


def test_with_no_reading_chosen_the_board_says_that_it_depends_on_one() -> None:
    found = item("in_force(FRA)", AFTER, OTHERS)
    assert found.value is None
    assert set(found.by_reading.values()) == {"yes", "no"}


def test_monitoring_ends_with_the_ceasefire_that_it_watches() -> None:
    watching = {**OUTLIVES, "monitoring_object": "watches_ceasefire"}
    assert phase("monitor(FRA)", BEFORE, watching) == "owed"
    assert phase("monitor(FRA)", AFTER, watching) == "dormant"


def test_no_time_of_the_press_is_a_deadline_of_a_guarantor() -> None:
    pressed = {**OUTLIVES, "response_times": "press_times"}
    assert phase("assist(FRA)", "2030-12-31", pressed) == "owed"
