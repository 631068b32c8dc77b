"""Explanations of what depends on itself (semantics 2.5)."""

from __future__ import annotations

from aval.answers.why import why
from aval.model.term import Term
from tests.engine.support import Row, inquiry

LEAVING = """party BDI
party UN
group members is BDI
event notice(s: members)
  legal act
  constitutive
  repeats
power withdraw(s: members): s may notice(s)
  while bound(s)
moment leaves(s: members) is 12 months after withdraw(s)
state bound(s: members)
  starts as yes
  until leaves(s)
"""


def test_a_moment_that_an_explanation_meets_again_is_named() -> None:
    rows: list[Row] = [{"term": "notice(BDI)", "when": day} for day in ("2016-10-27", "2018-05-05")]
    for asked in (Term("leaves", ("BDI",)), Term("bound", ("BDI",)), Term("withdraw", ("BDI",))):
        found = why(asked, inquiry(LEAVING, rows, at="2019-01-01"))
        assert found.roots
