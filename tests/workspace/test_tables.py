"""Tables of a case: read strictly, put beside what they belong to, kept by the ledger (semantics 2.5)."""

from __future__ import annotations

from pathlib import Path

import pytest

import aval
from aval.workspace.ledger import take
from aval.workspace.testing import run_tests

MANIFEST = """schema = "aval.case/1"
title = "Tables"
zone = "Etc/UTC"
agreements = ["treaty.md"]
statements = []
"""
TREATY = """# A treaty

It enters into force by weight.

```aval
agreement treaty "A treaty"
party FRA "France"
party GBR "United Kingdom"
party USA "United States"
group members is table "tables/members.csv"
quantity emissions(s: members) in percent
  table "tables/emissions.csv" fixed on 2015-12-12
quantity tonnage(s: members) in tonnes
  table "tables/tonnage.csv"
event joined(s: members)
  constitutive
state enough
  while at least 55 percent of emissions held by s in members with joined(s) happened
state heavy
  while at least 50 percent of tonnage held by s in members with joined(s) happened
state bound(s: members)
  while joined(s) happened
```

```aval-test
test "by weight"
  given joined(FRA) on 2016-01-01
  given joined(USA) on 2016-02-01
  expect enough is no at 2016-01-15
  expect enough is yes at 2016-02-01
  expect heavy is no at 2016-02-15
  expect heavy is yes at 2017-01-15
  expect bound(USA) is yes at 2016-06-01
  expect bound(USA) is no at 2021-06-01
  expect (USA in members) is no at 2021-01-01
```
"""
MEMBERS = "member,from,until\nFRA,,\nGBR,,\nUSA,,2020-11-04\n"
EMISSIONS = "s,value,from\nFRA,37.3,\nUSA,17.8,2015-12-12\nUSA,1.0,2016-01-01\nGBR,44.9,\n"
TONNAGE = "s,value,from\nFRA,10,\nUSA,10,\nUSA,90,2017-01-01\nGBR,30,\n"


def case(folder: Path, **tables: str) -> Path:
    (folder / "tables").mkdir()
    for name, text in ({"members": MEMBERS, "emissions": EMISSIONS, "tonnage": TONNAGE} | tables).items():
        (folder / "tables" / f"{name}.csv").write_text(text, encoding="utf-8")
    (folder / "aval.toml").write_text(MANIFEST, encoding="utf-8")
    (folder / "treaty.md").write_text(TREATY, encoding="utf-8")
    return folder


def test_a_treaty_by_weight_runs_from_its_tables(tmp_path: Path) -> None:
    tested = run_tests([str(case(tmp_path))])
    assert [(one.scenario.name, one.verdict and one.verdict.got, one.error) for one in tested.outcomes if not one.passed] == []
    assert not tested.problems


@pytest.mark.parametrize(
    ("tables", "words"),
    [
        ({"emissions": "s,value\nFRA,37,3\n"}, "This row has 3 fields"),
        ({"emissions": "s,value\nFRA,1e3\n"}, '"1e3" is no number'),
        ({"emissions": "s,value\nFRX,1\n"}, '"FRX" cannot stand under `s`'),
        ({"emissions": "s,value\nFRA,1\nFRA,2\n"}, "Line 2 speaks of the same"),
        ({"emissions": "s,value,from\nFRA,1,2015\n"}, '"2015" is no day'),
        ({"emissions": "s\nFRA\n"}, "it needs either `value`, or `low` and `high`"),
        ({"emissions": "s,value,value\nFRA,1,2\n"}, '"value" is named twice'),
        ({"emissions": "s,low,high\nFRA,3,2\n"}, "`low` is 3, and `high` is only 2"),
        ({"emissions": "s,low,high\nFRA,,\n"}, "This row has no number"),
        ({"members": "member,since\nFRA,\n"}, '"since" is not a column of it'),
        ({"members": "member,from,until\nFRA,2020-01-01,2019-01-01\n"}, "before it begins"),
    ],
)
def test_one_wrong_row_leaves_the_table_out_and_is_told_once(tmp_path: Path, tables: dict[str, str], words: str) -> None:
    opened = aval.open(case(tmp_path, **tables))
    (problem,) = [one for one in opened.problems if one.code.code == "AV114"][:1]
    assert words in problem.message
    assert problem.span.line > 0
    assert opened.why("bound(FRA)", known="2026-01-01").answer.value in ("no", "open")  # the sound rest can be asked


def test_a_table_that_is_missing_is_a_problem_of_its_declaration(tmp_path: Path) -> None:
    folder = case(tmp_path)
    (folder / "tables" / "emissions.csv").unlink()
    (problem,) = aval.open(folder).problems
    assert problem.code.code == "AV107"


def test_an_answer_names_the_version_of_each_table_and_the_ledger_keeps_it(tmp_path: Path) -> None:
    folder = case(tmp_path)
    plain = aval.open(folder).status(known="2026-01-01").answer.coordinates.agreements
    assert set(plain) == {"treaty", "tables/members.csv", "tables/emissions.csv", "tables/tonnage.csv"}
    take(folder)
    (folder / "tables" / "emissions.csv").write_text("s,value\nFRA,99\n", encoding="utf-8")
    kept = aval.open(folder)
    assert kept.status(known="2026-01-01").answer.coordinates.agreements == plain
    assert any("emissions.csv" in one.message for one in kept.problems)
