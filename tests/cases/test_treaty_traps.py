"""The traps of treaties that no case of ours happens to hold, or that need a wrong record to be seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from aval.workspace.testing import run_tests
from tests.cases.replay import HERE, ask, facts, read
from tests.cases.treaties import TREATIES, Asked

NEEDS_FACTS = pytest.mark.skipif(not HERE, reason="the facts of history are not beside the project (../shared/facts/treaties)")

DISSOLVED = """# A treaty whose party fell apart

```aval
agreement seabed "A treaty"
  dates run in "Etc/UTC"
  depositary UN_SG
body UN_SG "Secretary-General of the United Nations"
party CAN "Canada"
party FIN "Finland"
party YUG "Yugoslavia"
party SVN "Slovenia"
group joining "countries that may join" is CAN, FIN, SVN, YUG
event deposit(s: joining) "s deposits its instrument"
  accepted from UN_SG
  constitutive
  legal act
event dissolved(s: joining) "s falls apart"
  accepted from UN_SG
  constitutive
  legal act
moment third_deposit is 3rd deposit(any)
moment start is 30 days after third_deposit
state bound(s: joining) "s is bound"
  from  the later of start and 30 days after deposit(s) unless dissolved(s) happened
  until dissolved(s)
state in_force
  from start
```

```aval-test
test "what was deposited stays deposited, though nobody is left whom it binds"
  given deposit(YUG) on 1990-01-10 told by UN_SG
  given deposit(CAN) on 1991-01-10 told by UN_SG
  given dissolved(YUG) on 1992-04-27 told by UN_SG
  given deposit(FIN) on 1993-01-10 told by UN_SG
  expect third_deposit is 1993-01-10
  expect in_force is yes at 1993-02-09
  expect bound(YUG) is no at 1993-02-09
  expect bound(CAN) is yes at 1993-02-09
test "a successor's deposit is another instrument"
  given deposit(YUG) on 1990-01-10 told by UN_SG
  given dissolved(YUG) on 1991-06-25 told by UN_SG
  given deposit(SVN) on 1992-07-06 told by UN_SG
  expect third_deposit is never
```
"""


def test_the_instrument_of_a_country_that_fell_apart_still_counts(tmp_path: Path) -> None:
    document = tmp_path / "treaty.md"
    document.write_text(DISSOLVED, "utf-8")
    tested = run_tests([str(document)])
    assert tested.problems == ()
    assert [(one.expectation.subject_text, one.verdict) for one in tested.outcomes if not one.passed] == []
    assert len(tested.outcomes) == 5


@NEEDS_FACTS
@pytest.mark.parametrize("what", ["both thresholds reached", "agreement enters into force"])
def test_todays_table_in_which_a_second_accession_overwrote_the_first_gives_another_day(what: str) -> None:
    treaty = TREATIES["paris-agreement"]
    overwritten = [one | {"date": "2021-01-20"} if one["actor"] == "USA" else one for one in facts("paris-agreement")["facts"]]
    asked = [one for one in treaty.asked.values() if isinstance(one, Asked)]
    (right,) = [entry["date"] for entry in facts("paris-agreement")["expected"] if entry["what"] == what]
    assert read(treaty, what, ask(treaty, overwritten, asked)) != right
