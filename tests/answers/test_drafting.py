"""What the checks of a draft find: the examples of their pages, and that what they show is so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from aval.answers.codes import CODES
from aval.answers.drafting import checks, claims
from aval.answers.drafting.desk import Desk
from aval.engine.codes import TOO_COSTLY
from aval.model.problem import Code, Problem, Severity, Span, Unsupported
from aval.workspace.checking import check
from aval.workspace.testing import run_tests
from tests.answers.drafts import draft, found, page_of, with_example

DRAFTS = [code for code in CODES if code not in (*claims.CODES, checks.LEFT_OFF)]


@pytest.mark.parametrize("code", DRAFTS, ids=lambda code: code.code)
def test_a_page_shows_what_is_found_and_how_it_is_mended(code: Code) -> None:
    assert code.severity is Severity.WARNING
    assert code.code in {one.code.code for one in found(code.bad)}
    assert code.code not in {one.code.code for one in found(code.good)}


@pytest.mark.parametrize("code", DRAFTS, ids=lambda code: code.code)
def test_what_an_example_shows_is_so(code: Code, tmp_path: Path) -> None:
    for one in found(code.bad):
        if one.example:
            page = tmp_path / "draft.md"
            page.write_text(with_example(draft(code.bad)[1], one), "utf-8")
            assert run_tests([str(page)]).passed


@pytest.mark.parametrize("code", claims.CODES, ids=lambda code: code.code)
def test_a_property_is_told_where_it_does_not_hold(code: Code, tmp_path: Path) -> None:
    page = tmp_path / "draft.md"
    page.write_text(page_of(code.bad), "utf-8")
    told = [one for one in check(str(page)).problems if one.code is code]
    assert len(told) == 1
    if told[0].example:
        page.write_text(with_example(page_of(code.bad), told[0], alone=False), "utf-8")
        assert run_tests([str(page)]).passed
    page.write_text(page_of(code.good), "utf-8")
    assert code not in [one.code for one in check(str(page)).problems]


@pytest.mark.parametrize(
    ("draft_", "wanted"),
    [
        ("state phase one of early, late\n  becomes late at delivered\nstate both\n  while phase is early and phase is late", "both"),
        ("quantity price in euros\nstate odd\n  while price is at least 5 and price is less than 3", "odd"),
        ("moment deadline is 30 days after delivered\nstate over\n  while deadline happened and not delivered happened", "over"),
        ("state calm\n  while not attack(any) happened and attack(RUS) happened", "calm"),
    ],
)
def test_what_can_never_hold_is_proved_from_the_text(draft_: str, wanted: str) -> None:
    assert [one.message for one in found(draft_) if one.code.code == "AV701"] == [
        f"`{wanted}` can never hold: its conditions exclude each other."
    ]


@pytest.mark.parametrize(
    "sound",
    [
        "state phase one of early, late\n  becomes late at delivered\nstate either\n  while phase is early or phase is late",
        "quantity price in euros\nstate odd\n  while price is at least 3 and price is less than 5",
        "state calm\n  while not attack(GBR) happened and attack(RUS) happened",
        "state earlier_on\n  while ceasefire_begins happened and not ceasefire",
    ],
)
def test_what_may_hold_is_left_alone(sound: str) -> None:
    assert found(sound) == ()


def test_on_one_reading_alone_is_told_as_such() -> None:
    question = "question force_trigger\n  reading after_ceasefire\n  reading after_peace"
    whiles = "on reading after_ceasefire while ceasefire\n  on reading after_peace while peace\n  while not peace"
    told = found(f"{question}\nstate quiet\n  {whiles}")
    assert [one.message for one in told] == ["On reading `after_peace` `quiet` can never hold: its conditions exclude each other."]


def test_a_gap_that_names_who_takes_the_finding_on_breaches_away() -> None:
    duty = "duty help(g: coalition): g owes UKR helped(g)\n  while ceasefire"
    assert [one.code.code for one in found(duty)] == ["AV704"]
    assert found(f"{duty}\n  not said who_finds_a_breach") == ()


@pytest.mark.parametrize(("rule", "told"), [("majority", []), ("unanimity", ["AV707"]), ("majority without veto of members", ["AV707"])])
def test_a_body_that_one_member_cannot_stop_is_left_alone(rule: str, told: list[str]) -> None:
    body = f"body commission\n  seats everybody\n  decides by {rule}\n  may find breach(any)\n"
    assert [one.code.code for one in found(f"{body}event breach(p: everybody)\n  accepted from a finding of commission")] == told


def test_of_a_penalty_that_stands_in_nothing_is_told() -> None:
    pay, late = "duty pay: GBR owes FRA paid\n  when delivered\n  within 30 days", "when beginning of (pay is overdue)\n  within 5 days"
    duty = f"{pay}\nduty penalty: GBR owes FRA paid\n  {late}"
    assert [one.code.code for one in found(duty)] == ["AV711"]
    assert found(f"{duty}\n  replaces pay") == ()


def test_two_penalties_for_one_lapse_are_told() -> None:
    late = "when beginning of (pay is overdue)\n  within 5 days"
    told = found(
        f"duty pay: GBR owes FRA paid\n  when delivered\n  within 30 days\nduty fine: GBR owes FRA penalty_paid\n  {late}\n"
        f"duty interest: GBR owes FRA paid_late\n  {late}"
    )
    assert [one.message for one in told] == ["`fine` and `interest` are both owed for one lapse of `pay`."]


def test_a_check_that_is_too_costly_is_told() -> None:
    def costly(desk: Desk) -> Iterator[Problem]:
        del desk
        raise Unsupported((Problem(code=TOO_COSTLY, message="this takes too many steps", span=Span("draft.md", 3)),))

    desk = Desk.of(draft("event attack(p: everybody)")[0], "Etc/UTC")
    (told,) = checks.weaknesses(desk, [costly])
    assert (told.code, told.severity) == (checks.LEFT_OFF, Severity.WARNING)
    assert "too many steps" in told.message


def test_a_circle_names_the_smallest_joint_move() -> None:
    told = found(
        'party DEU "Germany"\ngroup three is FRA, GBR, DEU\nevent signed(g: three)\n  accepted from g\n  legal act\n'
        "power sign(g: three): g may signed(g)\n  while every h in three has (h is g or signed(h) happened)\n"
        "state bound(g: three)\n  from sign(g)"
    )
    (circle,) = [one for one in told if one.code.code == "AV715"]
    assert circle.message.startswith("Nobody moves first: `sign(FRA)` waits for `sign(GBR)`, `sign(GBR)` waits for `sign(FRA)`; if ")
    assert "`FRA`, `DEU` and `GBR` move on one day" in circle.message
    assert sorted(line.split()[1] for line in circle.example if "given" in line) == ["signed(DEU)", "signed(FRA)", "signed(GBR)"]


def test_a_property_that_one_reading_alone_breaks_is_found_on_that_reading(tmp_path: Path) -> None:
    page = tmp_path / "draft.md"
    block = (
        "question how_long\n  reading with_it\n  reading beyond_it\nstate begun\n  from ceasefire_begins\n"
        "  on reading with_it until ceasefire_ends\nstate bound(g: coalition)\n  while begun and committed(g) happened"
    )
    claims_ = "must always ceasefire or not bound(FRA)"
    test = f'\n```aval-test\ntest "no longer"\n  {claims_}\n  {claims_} on reading with_it\n```\n'
    page.write_text(draft(f"{block}\nstate both\n  while ceasefire")[1] + test, "utf-8")
    made = check(str(page))
    (told,) = [one for one in made.problems if one.code is claims.ALWAYS]
    assert told.example[-1].endswith("on reading beyond_it")
    assert [(one.problem is None, one.within) for one in made.looked] == [(False, 3), (True, 3)]
