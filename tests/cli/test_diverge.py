"""`aval diverge` as a user meets it: the answer first, mistakes with a hint, and within its time."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from aval.render.json import schema_of
from tests.cli.run import aval

PARIS = "cases/paris"
DAY = ("--known", "2026-01-07")
FIRST = 12
"""lines in which it must have said what is apart"""
SECONDS = 1.0
"""CPU time that the Paris case may take"""


def test_the_answer_stands_in_the_first_lines() -> None:
    lines = aval("diverge", PARIS, *DAY, COLUMNS="80").stdout.splitlines()
    assert " ".join(lines[3:5]).startswith("On 2026-01-07 the readings of 4 of 12 questions give different answers")
    assert "APART ON 2026-01-07  the readings give different answers" in lines[:FIRST]
    assert max(map(len, lines)) <= 80


def test_readings_stand_in_the_order_of_the_text_with_the_clause_and_the_source() -> None:
    drawn = " ".join(aval("diverge", PARIS, *DAY, "--plain", COLUMNS="80").stdout.split())
    assert "a Europeans, not said which while l is europeans (framework.md:" in drawn
    assert drawn.index("a Europeans, not said which") < drawn.index("b the European Union while l is EUE")
    assert "the lead of the force: europeans [leads(europeans)] a: yes | b, c: no" in drawn


def test_what_only_the_texts_part_says_what_would_part_it() -> None:
    drawn = " ".join(aval("diverge", PARIS, *DAY, "--plain", COLUMNS="160").stdout.split())
    assert "24 hours after Russia breaks the ceasefire (open, on b)" in drawn
    assert "unless this holds: the United States back the guarantees (open, on a)" in drawn
    assert "for all 26 [in_force(...)]" in drawn


def test_a_chosen_reading_is_apart_from_nothing() -> None:
    drawn = aval("diverge", PARIS, *DAY, "--reading", "force_lead=eu_lead", COLUMNS="80").stdout
    assert "NOT APART\n  Who is to lead the force? · chosen: the European Union  [force_lead]" in drawn


def test_a_window_is_named_and_looked_at_alone() -> None:
    run = aval("diverge", PARIS, *DAY, "--from", "2025-09-02", "--to", "2025-09-03", COLUMNS="80")
    assert "APART FROM 2025-09-02 TO 2025-09-03" in run.stdout
    assert "offered_kind" not in run.stdout.partition("APART IN THE TEXT")[0]


def test_as_json_it_keeps_its_schema() -> None:
    made = json.loads(aval("diverge", PARIS, *DAY, "--json").stdout)
    Draft202012Validator(schema_of("aval.diverge/1")).validate(made)
    lead = next(one for one in made["questions"] if one["name"] == "force_lead")
    assert [side["name"] for side in lead["sides"]] == ["european_lead", "eu_lead", "franco_british_lead"]
    assert lead["partings"][0]["stretches"][0]["held"][0] == {"reading": "european_lead", "value": "yes", "by_reading": {}}


@pytest.mark.parametrize(
    ("arguments", "code", "hint"),
    [
        (("--reading", "force_laed=eu_lead"), "AV603", 'did you mean "force_lead"?'),
        (("--reading", "force_lead=eu_laed"), "AV603", 'did you mean "eu_lead"?'),
        (("--from", "2026-13-01"), "AV601", "write it as 2026-01-06"),
        (("--from", "2026-02-01", "--to", "2026-01-01"), "AV604", "exchange --from and --to"),
    ],
)
def test_a_mistake_is_told_with_a_hint(arguments: tuple[str, ...], code: str, hint: str) -> None:
    run = aval("diverge", PARIS, *arguments)
    assert (run.returncode, run.stdout) == (3, "")
    assert code in run.stderr
    assert hint in " ".join(run.stderr.split())


def test_the_largest_case_takes_less_than_a_second_of_cpu() -> None:
    resource = pytest.importorskip("resource", reason="this system does not count the CPU time of processes that ended")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert aval("diverge", PARIS, "--known", "2026-01-08").returncode == 0
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < SECONDS
