"""A sale in which delivery is suspended, the late payment has lapsed, and nobody may resume: found in every form, and mended."""

from __future__ import annotations

from pathlib import Path

import pytest

from aval.workspace.testing import run_tests
from tests.answers.drafts import draft, found, with_example

SALE = """party SEL "the seller"
party BUY "the buyer"
event ordered
  accepted from BUY
  legal act
event delivered
  accepted from BUY
  legal act
event paid
  accepted from SEL
  legal act
  constitutive
event paid_late
  accepted from SEL
  legal act
  constitutive
event suspends
  accepted from SEL
  legal act
event resumes
  accepted from SEL
  legal act
event terminates
  accepted from BUY
  legal act
duty pay: BUY owes SEL paid
  when ordered
  within 30 days
duty late_payment: BUY owes SEL paid_late
  when beginning of (pay is overdue)
  within 10 days
  until 11 days after beginning of (pay is overdue)
power suspend_delivery: SEL may suspends
  while pay is overdue
power resume_delivery: SEL may resumes
  while late_payment is discharged
state held_back
  from suspend_delivery
  until resume_delivery
power end_it: BUY may terminates
  while deliver is overdue
"""
"""A seller may hold delivery back for a price that is overdue, and take it up again once it was paid late: for which there are ten days."""
DELIVER = "duty deliver: SEL owes BUY delivered\n  when ordered\n  within 45 days\n  until end_it\n"
FORMS = ("suspended while held_back", "paused while held_back", "except held_back", "while not held_back")


@pytest.mark.parametrize("form", FORMS)
def test_the_lock_is_found_in_every_form(form: str, tmp_path: Path) -> None:
    sale = f"{SALE}{DELIVER}  {form}"
    told = [one for one in found(sale) if one.code.code == "AV714"]
    assert len(told) == 1
    assert "no way out was found within 2 further acts" in told[0].message
    assert [line for line in told[0].example if "resume_delivery" in line and "is no" in line]
    page = tmp_path / "draft.md"
    page.write_text(with_example(draft(sale)[1], told[0]), "utf-8")
    assert run_tests([str(page)]).passed


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  until 11 days after beginning of (pay is overdue)\n", ""),
        ("  while late_payment is discharged", "  while paid_late happened"),
        ("  while deliver is overdue", "  while held_back"),
        ("  until resume_delivery", "  until resume_delivery\n  until 90 days after its beginning"),
    ],
    ids=["late payment without an end", "any late payment resumes", "the buyer may end it", "a suspension ends by itself"],
)
def test_a_mended_sale_is_left_alone(old: str, new: str) -> None:
    assert old in SALE
    sale = f"{SALE.replace(old, new)}{DELIVER}  suspended while held_back"
    assert [one for one in found(sale) if one.code.code == "AV714"] == []


def test_a_sale_without_a_suspension_has_no_lock() -> None:
    assert [one.code.code for one in found(f"{SALE}{DELIVER}")] == []
