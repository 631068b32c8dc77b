"""What a reader must be able to take from the Paris board, and what it must never say."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

import aval
from aval.answers.shapes import Changed, Item, Owed, Status, Why, WhyNode
from aval.evidence.store import TextStore
from aval.model.statement import Grade, Statement
from aval.workspace.case import Case

PARIS = Path(__file__).resolve().parents[2] / "cases" / "paris"
DAY = "2026-01-07"


@cache
def case() -> Case:
    return aval.open(PARIS)


@cache
def status(known: str = DAY) -> Status:
    return case().status(known=known).answer


def item(term: str, known: str = DAY) -> Item:
    return next(one for one in status(known).items if one.term == term)


@cache
def changed() -> Changed:
    return case().changed(start="2025-09-05", end=DAY).answer


def why(term: str, known: str = DAY) -> Why:
    return case().why(term, known=known).answer


def owed() -> Owed:
    return case().owed(known=DAY).answer


def nodes(root: WhyNode) -> list[WhyNode]:
    return [root, *(below for part in root.parts for below in nodes(part))]


def test_the_case_has_no_problem() -> None:
    assert case().problems == ()


def test_nothing_is_in_force_and_a_ceasefire_is_missing() -> None:
    in_force = [one for one in status().items if one.name == "in_force"]
    assert {one.value for one in in_force} == {"no"}
    assert {"FRA", "GBR"} <= {one.args[0] for one in in_force}
    assert item("ceasefire").value == item("peace_in_force").value == "no"
    assert item("ceasefire").mode == "carried"
    assert status().headline.startswith("Nobody's guarantee to Ukraine is in force.")
    assert "(no until told)" in status().headline
    assert "who certifies" in status().headline


def test_ready_is_not_committed() -> None:
    assert item("coalition_committed").value == "open"
    assert item("coalition_committed").firmness == "ready"
    assert not [one for one in status().items if one.name == "committed" and one.value == "yes"]


def test_why_leads_to_clause_and_source() -> None:
    asked = why("in_force(FRA)")
    ((_, root),) = asked.roots
    found = nodes(root)
    assert asked.value == "no"
    assert root.clause.endswith(".md:" + root.clause.rpartition(":")[2])
    assert ("report-2026-01-06#P5", "sobald eine Waffenruhe in Kraft tritt") in root.anchors
    assert {"committed(FRA) happened", "national_path(FRA)", "activated", "from ceasefire_begins"} <= {one.text for one in found}
    assert next(one for one in found if one.text == "us_backstop").reading == "with_backstop"
    alleged = [one for node in found for one in node.alleged]
    assert all(one.why_not and one.anchor for one in alleged)


def test_every_value_has_a_reason_and_every_reason_a_place() -> None:
    for one in status().items:
        assert one.because, one.term
        assert one.source, one.term
        assert one.clause or one.kind == "contribution", one.term


def test_a_low_or_anonymous_source_moves_no_headline() -> None:
    for one in status().items:
        if one.kind != "contribution" and one.value in ("yes", "no"):
            assert not one.low, one.term
    assert item("offer(JPN, land)").value == "open"
    assert item("offer(BEL, land)").value == "open"
    assert item("force_size").value == "open"
    assert item("ukrainian_forces").value == "800\u202f000 persons"


@pytest.mark.parametrize("weak", [lambda one: one.grade is Grade.LOW, lambda one: one.anonymous], ids=["low", "anonymous"])
def test_weak_statements_could_all_be_left_out_without_moving_a_value(weak: Callable[[Statement], bool]) -> None:
    left_out = {one.id for one in case().statements if weak(one)}
    assert left_out
    asked = case()
    kept = Case(asked.manifest, asked.agreements, TextStore(one for one in asked.statements if one.id not in left_out), ())
    values = {one.term: (one.value, dict(one.by_reading)) for one in kept.status(known=DAY).answer.items}
    for one in status().items:
        assert values.get(one.term, ("open", {})) == (one.value, dict(one.by_reading)), one.term


def test_long_unclear_is_no_answer_for_january() -> None:
    assert item("us_pledge_concrete(paris_sep_2025)").value == "no"
    assert item("us_pledge_concrete(paris_jan_2026)").value == "open"
    assert ("gone", "us_pledge_concrete(paris_sep_2025)") not in {(one.kind, one.term) for one in changed().differences}


def test_a_paper_of_two_sides_is_not_ready_on_the_word_of_one() -> None:
    assert item("called_ready(UKR)", "2026-02-01").value == "yes"
    assert item("us_document_ready", "2026-02-01").value == "open"


def test_what_the_report_dates_to_months_before_was_known_only_with_the_report() -> None:
    assert not [one for one in status("2025-09-05").items if one.term == "offer(USA, land)" and one.value == "refused"]
    assert item("offer(USA, land)").value == "refused"


def test_numbers_and_conditions_come_with_the_day_on_which_they_were_told() -> None:
    assert [one.amount for one in item("offer(EST, land)", "2025-05-01").cited] == [""]
    assert [one.amount for one in item("offer(EST, land)").cited] == ["", "100 to 200 persons"]
    vote = "vote of the House of Commons before any deployment"
    assert not [one for one in item("offer(GBR, land)", "2026-01-06").cited if vote in one.conditions]
    assert [one.said for one in item("offer(GBR, land)").cited if vote in one.conditions] == ["2026-01-07"]


def test_refusals_are_positions_and_not_facts() -> None:
    refused = {(one.speaks_for, one.term) for one in status().refusals}
    assert ("RUS", "foreign_troops_in_ukraine") in refused
    assert item("foreign_troops_in_ukraine").value == "open" if _has("foreign_troops_in_ukraine") else True
    for country in ("POL", "ITA", "ROU", "GRC", "HUN", "SVK", "CZE"):
        assert item(f"offer({country}, land)").value == "refused"


def _has(term: str) -> bool:
    return any(one.term == term for one in status().items)


def test_the_evening_of_6_january_moved_germany() -> None:
    assert item("offer(DEU, land)", "2026-01-05").value == "undecided"
    assert item("offer(DEU, land)").value == "signalled"


def test_france_and_britain_signed_an_intent_and_spain_is_undecided() -> None:
    assert item("offer(FRA, land)").value == item("offer(GBR, land)").value == "intent signed"
    assert item("offer(ESP, land)").value == "undecided"
    assert {f"deployment_intent_signed({name})" for name in ("FRA", "GBR", "UKR")} == {
        one.term for one in status().items if one.name == "deployment_intent_signed" and one.value == "yes"
    }


def test_the_26_are_a_claim_and_two_of_them_are_named() -> None:
    assert item("ready_countries").value == "26 countries"
    assert {one.args[0] for one in status().items if one.name == "offering" and one.value == "yes"} == {"DEU", "ITA"}
    assert item("offer(ITA, land)").value == "refused"


def test_duties_sleep() -> None:
    assert {debt.phase for debt in owed().debts} == {"dormant"}
    assist = next(debt for debt in owed().debts if debt.term == "assist(FRA)")
    assert (assist.bearer, assist.counterparty) == ("FRA", "UKR")
    assert len(assist.deeds) > 1


def test_where_sources_disagree_there_is_a_question() -> None:
    assert {"force_trigger", "force_lead", "attack_size", "backstop", "response_times"} <= {one.name for one in status().questions}
    for question in status().questions:
        assert len(question.readings) >= 2
        assert all(anchors for _, _, anchors in question.readings), question.name


def test_what_nobody_said_is_listed() -> None:
    said = {(gap.of, gap.what) for gap in status().gaps}
    assert ("ceasefire_begins", "who_certifies") in said
    assert {"which_countries", "how_many_soldiers"} <= {what for _, what in said}


def test_four_months_as_a_careful_reader_tells_them() -> None:
    found = {(one.kind, one.term): one for one in changed().differences}
    assert found["new", "deployment_intent_signed(FRA)"].after == "yes"
    assert (found["moved", "offer(DEU, land)"].before, found["moved", "offer(DEU, land)"].after) == ("undecided", "signalled")
    assert ("gone", "us_support_needed") in found
    assert ("gone", "army_strengthened") in found
    assert ("gone", "us_backstop") in found
    assert ("said", "offer(POL, land)") in found
    assert changed().reports is not None


def test_a_view_says_how_old_its_newest_statement_is_and_what_is_dated_later() -> None:
    assert any("carried on from then" in note for note in case().status(known="2026-11-22").answer.notes)
    assert not any("carried on from then" in note for note in status().notes)
    assert any("dated 2026-01-06, after this view" in note for note in case().status(known="2025-09-05").answer.notes)


def test_nothing_changed_between_a_view_and_itself() -> None:
    assert case().changed(start=DAY, end=DAY).answer.differences == ()


def test_known_is_a_filter_and_at_may_differ() -> None:
    early = status("2025-03-01")
    assert early.counts["statements"] < status().counts["statements"]
    later = case().status(known=DAY, at="2026-06-01").answer
    ceasefire = next(one for one in later.items if one.term == "ceasefire")
    assert (ceasefire.value, ceasefire.mode) == ("no", "projected")


def test_a_chosen_reading_is_named_and_settles_what_depends_on_it() -> None:
    chosen = case().status(known=DAY, readings={"force_lead": "eu_lead"}).answer
    assert chosen.coordinates.readings == {"force_lead": "eu_lead"}
    leads = {one.term: one.value for one in chosen.items if one.name == "leads"}
    assert leads["leads(EUE)"] == "yes"
    assert None not in leads.values()


def test_the_same_view_gives_the_same_bytes() -> None:
    assert case().status(known=DAY).json() == aval.open(PARIS).status(known=DAY).json()
