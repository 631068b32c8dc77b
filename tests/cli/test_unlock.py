"""`aval unlock` as a user meets it: the answer first, every key with its holder, mistakes with a hint."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from aval.render.json import schema_of
from tests.cli.run import aval

PARIS = "cases/paris"
DAY = ("--known", "2026-03-01")


def test_the_answer_stands_first_and_each_key_has_its_holder() -> None:
    drawn = " ".join(aval("unlock", PARIS, "in_force(FRA)", *DAY, COLUMNS="80").stdout.split())
    assert "At least 3 acts are missing, and 4 on another reading." in drawn
    assert "held by the United States" in drawn
    assert "nobody is named who decides" in drawn
    assert "Every set shown has been run" in drawn
    assert "The list may not be complete: the text uses until" in drawn


def test_a_blocked_way_names_what_would_have_to_be_taken_back() -> None:
    drawn = " ".join(aval("unlock", PARIS, "deployed(POL, land)", *DAY, "--plain", COLUMNS="80").stdout.split())
    assert "Poland has refused." in drawn
    assert "blocked: at least one key stands refused" in drawn
    assert "to be taken back" in drawn


def test_many_are_counted_and_not_listed() -> None:
    drawn = " ".join(aval("unlock", "cases/rome", "in_force", "--known", "2001-06-01", COLUMNS="100").stdout.split())
    assert "any 28 of these 61" in drawn


def test_json_keeps_its_schema() -> None:
    for case, term in ((PARIS, "in_force(FRA)"), ("cases/rome", "in_force")):
        made = json.loads(aval("unlock", case, term, "--known", "2001-06-01" if term == "in_force" else "2026-03-01", "--json").stdout)
        Draft202012Validator(schema_of("aval.unlock/1")).validate(made)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["in_forse(FRA)"], 'did you mean "in_force"?'),
        (["deployed(SWE, aer)"], 'did you mean "air"?'),
        (["offer(SWE, air)"], "AV607"),
        (["ukrainian_forces"], "AV607"),
        (["in_force(FRA)", *DAY, "--by", "2020-01-01"], "AV608"),
        (["in_force(FRA)", "--by", "soon"], "AV601"),
        (["in_force(FRA)", "--reading", "backstop=maybe"], "AV603"),
    ],
)
def test_a_mistake_is_told_with_a_hint(arguments: list[str], says: str) -> None:
    run = aval("unlock", PARIS, *arguments)
    assert (run.returncode, run.stdout) == (3, "")
    assert says in run.stderr


def test_nothing_is_missing_where_it_is_so() -> None:
    drawn = aval("unlock", PARIS, "declaration_adopted", *DAY).stdout
    assert "Nothing is missing: it is yes." in drawn
