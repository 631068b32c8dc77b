from __future__ import annotations

import re
from pathlib import Path

import pytest

from aval.language.checks.clause_fits import BY_READING, FITTING
from aval.language.read import read_agreements, read_scenarios
from aval.language.reserved import CLAUSES, DECLARATIONS, RESERVED
from aval.model.case import Text

PAGE = (Path(__file__).parents[2] / "docs" / "language.md").read_text("utf-8")


def test_the_examples_of_the_reference_have_no_problems() -> None:
    agreements, problems = read_agreements([Text(path="docs/language.md", content=PAGE)])
    assert problems == ()
    assert "calm" in agreements.declarations


def test_the_tests_of_the_reference_have_no_problems() -> None:
    text = Text(path="docs/language.md", content=PAGE)
    scenarios, problems = read_scenarios([text], read_agreements([text])[0])
    assert problems == ()
    assert len(scenarios) == 4
    assert len(scenarios[3].claims) == 3


def test_the_reference_lists_the_reserved_words() -> None:
    section = PAGE.split("<!-- reserved -->")[1].split("<!-- /reserved -->")[0]
    assert re.findall(r"`(\w+)`", section) == sorted(RESERVED)


def test_the_reference_has_every_declaration_and_every_clause() -> None:
    first = [line.split("|")[1].strip().strip("`") for line in PAGE.splitlines() if line.startswith("| `")]
    assert [word for word in DECLARATIONS if not any(cell.startswith(word) for cell in first)] == []
    assert [clause for clause in CLAUSES if not any(cell.startswith(clause) for cell in first)] == []


def test_the_reference_says_where_each_clause_stands() -> None:
    table = PAGE.split("| you write | in | it means |")[1].split("\n\n")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]
    for kind, clauses in FITTING.items():
        for clause in set(clauses) - {"in"}:
            row = next(row for row in rows if row[0].strip("`").startswith(clause))
            assert kind in row[1], (clause, kind)
    assert all(f"`{clause}`" in PAGE.split("can stand `on reading NAME`")[0].split("Before ")[-1] for clause in BY_READING)


TREATY = """```aval
agreement treaty
party FRA "France"
party GBR "United Kingdom"
group signatories is FRA, GBR
group joining is FRA, GBR and others not named
body council
event deposit(s: joining)
event notice(s: joining)
event objection(s: joining)
event done(s: joining)
event proposed
event signed
quantity emissions(s: joining) in percent
{others}
```
"""
OTHERS = ("moment entry is 2026-01-01", "state bound(s: joining)", "state in_force", "state longer")


def phrases() -> list[str]:
    table = PAGE.split("<!-- phrases -->")[1].split("<!-- /phrases -->")[0].strip().splitlines()[2:]
    return ["\n".join(re.findall(r"`([^`]+)`", line)) for line in table]


@pytest.mark.parametrize("phrase", phrases())
def test_what_treaties_usually_say_can_be_written_so(phrase: str) -> None:
    others = [line for line in OTHERS if not re.search(rf"^{line.split('(')[0].split(' is ')[0]}\b", phrase, re.MULTILINE)]
    agreements, problems = read_agreements([Text(path="treaty.md", content=TREATY.format(others="\n".join([*others, phrase])))])
    assert [one.message for one in problems] == []
    assert len(agreements.declarations) == 12 + len(others) + phrase.count("\n") + 1
