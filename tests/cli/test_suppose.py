"""`aval suppose`, and suppositions on other answers, as a user meets them."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from aval.render.json import schema_of
from tests.cli.run import PARIS, aval

KNOWN = ("--known", "2026-02-28")
CEASEFIRE = f"{PARIS}/suppositions/ceasefire.md"


def test_the_answer_comes_first_and_names_what_it_rests_on() -> None:
    run = aval("suppose", PARIS, CEASEFIRE, *KNOWN, COLUMNS="80")
    assert (run.returncode, run.stderr) == (0, "")
    drawn = " ".join(run.stdout.split())
    assert "supposing: ceasefire_begins on 2027-03-01 Comes to hold: a ceasefire is in force;" in drawn
    assert "SUPPOSED told by nobody, stored nowhere, and no forecast" in drawn
    assert f"aval status {PARIS} --suppose {CEASEFIRE}" in drawn.replace("- ", "-").replace("/ ", "/")
    assert max(len(line) for line in run.stdout.splitlines() if "/" not in line) <= 80


def test_plain_is_ascii_but_for_names() -> None:
    drawn = aval("suppose", PARIS, "--that", "committed(TUR) on 2027-03-01", *KNOWN, "--plain").stdout
    assert drawn.replace("Türkiye", "").isascii()


def test_json_keeps_its_schema() -> None:
    run = aval("suppose", PARIS, f"{PARIS}/suppositions/breach-grows.md", "--that", "us_backstop from 2027-02-01", *KNOWN, "--json")
    made = json.loads(run.stdout)
    Draft202012Validator(schema_of("aval.suppose/1")).validate(made)
    assert made["view"]["supposed"] == [one["words"] for one in made["thoughts"]]
    assert made["without"]["view"]["suppositions"] == []
    assert next(one for one in made["turns"] if one["term"] == "joint_answer")["by_reading"]["response_times=press_times"] == "2027-06-13"


@pytest.mark.parametrize("answer", [("status",), ("why", "ceasefire"), ("owed",), ("diverge",), ("blame", "ceasefire")])
def test_every_answer_takes_suppositions_and_names_them(answer: tuple[str, ...]) -> None:
    command, *term = answer
    run = aval(command, PARIS, *term, "--suppose", CEASEFIRE, *KNOWN)
    assert run.returncode == 0
    assert "supposing: ceasefire_begins on 2027-03-01" in " ".join(run.stdout.split())


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["suppose", PARIS, "--that", "ceasefire_begns on 2027-03-01"], "AV203", "Did you mean `ceasefire_begins`?"),
        (
            ["suppose", PARIS, "--that", "ceasefire_begins on 2027-03-01", "--that", "not ceasefire_begins on 2027-03-01"],
            "AV290",
            "not to be so",
        ),
        (["owed", PARIS, "--that", "in_force(FRA) on 2027-03-01"], "AV231", "follows from its rule"),
        (["suppose", f"{PARIS}/../rome", CEASEFIRE], "AV292", "no agreement of this case"),
        (["suppose", PARIS, f"{PARIS}/suppositions/none.md"], "AV107", "Look at the spelling of the path."),
    ],
)
def test_what_is_wrong_is_3_with_a_code_and_nothing_on_stdout(arguments: list[str], code: str, says: str) -> None:
    run = aval(*arguments)
    assert (run.returncode, run.stdout) == (3, "")
    assert code in run.stderr
    assert says in " ".join(run.stderr.split())
    told = json.loads(aval(*arguments, "--json").stderr)
    assert code in [one["code"] for one in told["problems"]]


def test_nothing_supposed_is_wrong_usage() -> None:
    run = aval("suppose", PARIS)
    assert (run.returncode, run.stdout) == (2, "")
    assert "Suppose what?" in run.stderr
