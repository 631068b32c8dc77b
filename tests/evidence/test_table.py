"""Reading one table strictly (AV114)."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from aval.evidence.table import Form, read_table
from aval.model.case import Text

FORM = Form(args=("s",), names=(("FRA", "GBR"),), numbers=True)


def test_columns_may_stand_in_any_order_and_ends_may_be_missing() -> None:
    table, problems = read_table(Text(path="t.csv", content="low,s,high\n1.50,FRA,\n,GBR,2\n"), FORM, "Etc/UTC")
    assert not problems
    assert table is not None
    assert [(row.args, row.low, row.high) for row in table.rows] == [(("FRA",), Decimal("1.50"), None), (("GBR",), None, Decimal(2))]


def test_every_wrong_row_is_told_with_its_line() -> None:
    table, problems = read_table(Text(path="t.csv", content='s,value\nFRA,x\n\n"GBR,1\n'), FORM, "Etc/UTC")
    assert table is None
    assert [(one.code.code, one.span.line) for one in problems] == [("AV114", 2), ("AV114", 4)]


@settings(max_examples=200, deadline=None)
@given(content=st.text(alphabet="s,value\nFRAGB0123.'\"= \u00e9-", max_size=60))
def test_whatever_stands_in_a_table_is_read_or_refused(content: str) -> None:
    table, problems = read_table(Text(path="t.csv", content=content), FORM, "Etc/UTC")
    assert (table is None) == bool(problems)
