"""Rules, acceptance, norms and readings on small agreements written as an author would (semantics 2.3 to 2.8)."""

from __future__ import annotations

import random

import pytest

from aval.engine.admit import hear
from aval.engine.sound import without_turns
from aval.engine.world import World
from aval.model.agreement import State
from aval.model.four import Value
from aval.model.instant import NEVER
from aval.model.problem import Unsupported
from aval.model.view import View
from tests.engine.support import Row, agreements, inquiry, line, statements, value

PARTIES = """
party RED "Red"
party BLU "Blue"
party GRN "Green"
group sides "the sides" is RED, BLU
"""

CEASEFIRE = (
    PARTIES
    + """
event begins "it begins"
event ends "it ends"
state truce "a truce holds"
  from begins
  until ends
"""
)


def told(term: str, when: str, **more: object) -> Row:
    return {"term": term, "when": when, **more}


# -- change and absence


def test_what_never_began_is_a_carried_no() -> None:
    truce = line(CEASEFIRE, [], "truce", at="2026-02-01")
    assert (truce.value, truce.mode, truce.since) == ("no", "carried", None)
    assert truce.because == "not begun: starts as no"


def test_an_imprecise_beginning_is_open_until_it_must_have_come() -> None:
    rows = [told("begins", "2026-03", said="2026-04-02")]
    assert [value(CEASEFIRE, rows, "truce", at, known="2026-04-02") for at in ("2026-02-28", "2026-03-15", "2026-04-01")] == [
        "no",
        "open",
        "yes",
    ]
    truce = line(CEASEFIRE, rows, "truce", at="2026-04-02")
    assert truce.bounds is not None
    assert truce.bounds[0] == "2026-03-01"


def test_a_claim_and_its_denial_are_contested_and_an_undisputed_end_ends_it() -> None:
    rows = [told("begins", "2026-03-01"), told("begins", "2026-03-01", polarity="no", voice="Blue", speaks_for="BLU")]
    assert value(CEASEFIRE, rows, "truce", "2026-03-05") == "contested"
    assert value(CEASEFIRE, rows, "begins", "2026-03-05") == "contested"
    assert value(CEASEFIRE, [*rows, told("ends", "2026-04-01")], "truce", "2026-04-02") == "no"


def test_not_yet_speaks_only_up_to_its_own_day() -> None:
    rows: list[Row] = [{"term": "begins", "polarity": "no", "said": "2026-02-01"}, told("begins", "2026-03-01")]
    assert value(CEASEFIRE, rows, "begins", "2026-03-02") == "yes"
    assert value(CEASEFIRE, rows, "begins", "2026-01-15", known="2026-03-02") == "no"


def test_a_report_later_known_changes_only_later_views() -> None:
    rows = [told("begins", "2026-03-01", said="2026-06-01")]
    assert value(CEASEFIRE, rows, "truce", "2026-05-01", known="2026-05-01") == "no"
    assert value(CEASEFIRE, rows, "truce", "2026-05-01", known="2026-06-01") == "yes"


def test_beyond_what_was_known_a_value_is_projected() -> None:
    rows = [told("begins", "2026-03-01")]
    assert line(CEASEFIRE, rows, "truce", at="2027-01-01", known="2026-04-01").mode == "projected"


def test_an_unreported_event_is_open_and_a_constitutive_one_is_no() -> None:
    body = (
        PARTIES
        + 'event claim "a claim"\nevent deposit(p: sides) "p deposits"\n  constitutive\nstate bound(p: sides)\n  while deposit(p) happened'
    )
    assert value(body, [], "claim", "2026-02-01") == "open"
    assert value(body, [told("deposit(RED)", "2026-01-05")], "bound(RED)", "2026-02-01") == "yes"
    assert value(body, [told("deposit(RED)", "2026-01-05")], "bound(BLU)", "2026-02-01") == "no"


# -- reported states

REPORTED = 'state quiet "it is quiet"\n  accepted from at least 1 independent source of grade medium'


def held(when: str, polarity: str = "yes", **more: object) -> Row:
    return {"says": "holds", "term": "quiet", "polarity": polarity, "when": when, "said": "2026-12-01", **more}


def test_a_report_is_carried_until_another_differs_and_open_between() -> None:
    rows = [held("2026-02-01"), held("2026-04-01", "no")]
    values = [
        value(REPORTED, rows, "quiet", at, known="2026-12-01")
        for at in ("2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01", "2026-11-01")
    ]
    assert values == ["open", "yes", "open", "no", "no"]


def test_between_two_equal_reports_the_value_is_carried() -> None:
    rows = [held("2026-02-01"), held("2026-04-01")]
    between = line(REPORTED, rows, "quiet", at="2026-03-01", known="2026-12-01")
    assert (between.value, between.mode, between.last_told) == ("yes", "carried", "2026-02-01")


def test_overlapping_reports_of_both_values_are_contested() -> None:
    assert value(REPORTED, [held("2026-02"), held("2026-02-10", "no")], "quiet", "2026-02-10", known="2026-12-01") == "contested"


def test_at_some_time_in_a_span_is_not_told_throughout() -> None:
    assert value(REPORTED, [held("2026-02", throughout="no")], "quiet", "2026-02-10", known="2026-12-01") == "open"


# -- acceptance


def acceptance(clause: str) -> str:
    return PARTIES + f'body court "the court"\nevent claim(p: sides) "a claim about p"\n  {clause}'


@pytest.mark.parametrize(
    ("clause", "row", "expected"),
    [
        ("accepted from p", {"voice": "Red", "speaks_for": "RED"}, "yes"),
        ("accepted from p", {"voice": "Blue", "speaks_for": "BLU"}, "open"),
        ("accepted from p", {"voice": "Red", "speaks_for": "RED", "grade": "low"}, "open"),
        ("accepted from p", {"voice": "a Red official", "speaks_for": "RED", "form": "unnamed official"}, "open"),
        ("accepted from p, at least agreed", {"voice": "Red", "speaks_for": "RED", "firmness": "ready"}, "open"),
        ("accepted from p, at least agreed", {"voice": "Red", "speaks_for": "RED", "firmness": "approved"}, "yes"),
        ("accepted from a finding of court", {"voice": "the court", "speaks_for": "court"}, "yes"),
        ("accepted from a finding of court", {"voice": "Red", "speaks_for": "RED"}, "open"),
        ("accepted from at least 1 independent source of grade high", {"grade": "medium"}, "open"),
        ("accepted from at least 1 independent source of grade medium", {"grade": "medium"}, "yes"),
        ("accepted from at least 1 independent source of grade low", {"form": "circles"}, "open"),
        ("accepted from BLU or p", {"voice": "Blue", "speaks_for": "BLU"}, "yes"),
        ("", {"grade": "medium"}, "yes"),
        ("", {"grade": "low"}, "open"),
        ("", {"form": "unnamed official"}, "open"),
        ("", {"firmness": "envisaged"}, "open"),
    ],
)
def test_a_statement_counts_only_where_the_agreement_says_so(clause: str, row: Row, expected: str) -> None:
    assert value(acceptance(clause), [told("claim(RED)", "2026-02-01", **row)], "claim(RED)", "2026-03-01") == expected


def test_independent_sources_are_counted_by_whom_they_speak_for() -> None:
    body = acceptance("accepted from at least 2 independent sources of grade medium")
    twice = [told("claim(RED)", "2026-02-01", voice=name, speaks_for="BLU") for name in ("minister", "spokesman")]
    assert value(body, twice, "claim(RED)", "2026-03-01") == "open"
    assert value(body, [*twice, told("claim(RED)", "2026-02-01", voice="Green", speaks_for="GRN")], "claim(RED)", "2026-03-01") == "yes"


def test_a_promise_does_not_make_a_second_source() -> None:
    body = acceptance("accepted from at least 2 independent sources of grade medium")
    rows = [told("claim(RED)", "2026-02-01", voice="Blue"), told("claim(RED)", "2026-02-01", voice="Green", firmness="envisaged")]
    assert value(body, rows, "claim(RED)", "2026-03-01") == "open"


def test_what_does_not_count_stays_visible_with_the_rule_that_says_so() -> None:
    asked = inquiry(
        acceptance("accepted from p"), [told("claim(RED)", "2026-02-01", grade="low", voice="Red", speaks_for="RED")], at="2026-03-01"
    )
    (docket,) = asked.world.admitted.values()
    assert [one.why_not for one in docket.alleged] == ["its source is of grade low"]


def test_a_report_does_not_overrule_a_rule() -> None:
    rows: list[Row] = [{"says": "holds", "term": "truce", "when": "2026-02-01"}]
    assert value(CEASEFIRE, rows, "truce", "2026-02-01") == "no"


# -- readings

RIVAL = (
    CEASEFIRE
    + """
event peace "a peace"
question trigger "after what?"
  reading after_truce "a truce"
  reading after_peace "a peace"
state allowed "it is allowed"
  on reading after_truce while truce
  on reading after_peace while peace happened
state sent "it may be sent"
  while allowed
"""
)


def test_rival_readings_give_no_value_and_each_its_own() -> None:
    allowed = line(RIVAL, [told("begins", "2026-02-01")], "allowed", at="2026-03-01")
    assert allowed.value is None
    assert allowed.by_reading == {"trigger=after_truce": "yes", "trigger=after_peace": "open"}


def test_a_reading_reaches_what_depends_on_it() -> None:
    assert line(RIVAL, [told("begins", "2026-02-01")], "sent", at="2026-03-01").by_reading == {
        "trigger=after_truce": "yes",
        "trigger=after_peace": "open",
    }


def test_where_all_readings_agree_there_is_a_value() -> None:
    rows = [told("begins", "2026-02-01"), told("peace", "2026-02-02")]
    assert line(RIVAL, rows, "allowed", at="2026-03-01").value == "yes"


def test_a_chosen_reading_settles_it() -> None:
    rows = [told("begins", "2026-02-01")]
    assert line(RIVAL, rows, "sent", at="2026-03-01", readings={"trigger": "after_peace"}).value == "open"
    assert line(RIVAL, rows, "sent", at="2026-03-01", readings={"trigger": "after_truce"}).value == "yes"


# -- groups

GROUPS = (
    PARTIES
    + """
group all_parties "all" is RED, BLU, GRN
group club "the club" is RED and others not named among all_parties
event signs(p: club) "p signs"
  accepted from p
state bound(p: club) "p is bound"
  while signs(p) happened
state enough "two are bound"
  while at least 2 p in club with bound(p)
state nobody "nobody is bound"
  while no p in club with bound(p)
"""
)


def signs(*names: str) -> list[Row]:
    return [told(f"signs({name})", "2026-02-01", voice=name, speaks_for=name) for name in names]


def test_a_rule_over_a_group_is_about_its_members() -> None:
    rows = signs("RED", "BLU", "GRN")
    out: Row = {"says": "member", "term": "club(GRN)", "polarity": "no", "when": "2026-01-01", "voice": "Green", "speaks_for": "GRN"}
    assert value(GROUPS, rows, "bound(RED)", "2026-03-01") == "yes"
    assert value(GROUPS, rows, "bound(BLU)", "2026-03-01") == "open"
    assert value(GROUPS, [*rows, out], "bound(GRN)", "2026-03-01") == "no"


def test_whom_the_agreement_names_belongs_whatever_is_said_and_what_is_said_shows() -> None:
    out: Row = {"says": "member", "term": "club(RED)", "polarity": "no", "when": "2026-01-01"}
    assert value(GROUPS, [*signs("RED"), out], "bound(RED)", "2026-03-01") == "yes"
    found = agreements(GROUPS)
    red, blue = (statements(found, [{**out, "term": f"club({name})"}]) for name in ("RED", "BLU"))
    refused = [list(hear(found, told[0].term, told).alleged) for told in (red, blue)]
    assert [[one.why_not for one in some] for some in refused] == [["the agreement names it as a member, and nobody's word moves that"], []]


def test_thresholds_over_open_groups_are_told_yes_but_never_no() -> None:
    member: Row = {"says": "member", "term": "club(BLU)", "when": "2026-01-01"}
    assert value(GROUPS, [*signs("RED", "BLU"), member], "enough", "2026-03-01") == "yes"
    assert value(GROUPS, signs("RED", "BLU"), "enough", "2026-03-01") == "open"
    assert value(GROUPS, signs("RED"), "nobody", "2026-03-01") == "no"


def test_who_is_not_among_a_closed_group_is_told_to_be_outside() -> None:
    body = GROUPS + "state among(p: all_parties)\n  while p in sides\nstate joined(p: all_parties)\n  while p in club\n"
    assert [value(body, [], f"among({name})", "2026-03-01") for name in ("RED", "GRN")] == ["yes", "no"]
    assert [value(body, [], f"joined({name})", "2026-03-01") for name in ("RED", "GRN")] == ["yes", "open"]


# -- norms

NORMS = (
    PARTIES
    + """
event attack(p: sides) "p attacks"
event helps(p: sides) "p helps"
question times "are there deadlines?"
  reading untimed "none"
  reading timed "three days"
duty assist(p: sides) "help": p owes GRN helps(p)
  when attack(RED)
  on reading timed within 3 days
duty always(p: sides) "keep at it": p owes GRN helps(p)
  while attack(RED) happened
  continuing
event leaves(p: sides) "p leaves"
power leave(p: sides) "leave": p may leaves(p)
  while attack(RED) happened
"""
)


def test_a_duty_sleeps_is_owed_falls_due_and_is_discharged() -> None:
    attack, help_ = told("attack(RED)", "2026-02-01"), told("helps(BLU)", "2026-02-20")
    assert value(NORMS, [], "assist(BLU)", "2026-02-10") == "dormant"
    assert line(NORMS, [attack], "assist(BLU)", at="2026-02-02").value == "owed"
    late = line(NORMS, [attack], "assist(BLU)", at="2026-02-10")
    assert late.by_reading == {"times=untimed": "owed", "times=timed": "overdue"}
    assert value(NORMS, [attack, help_], "assist(BLU)", "2026-03-01") == "discharged"
    assert value(NORMS, [attack, help_], "assist(RED)", "2026-03-01") is None


def test_a_disputed_discharge_is_contested() -> None:
    rows = [
        told("attack(RED)", "2026-02-01"),
        told("helps(BLU)", "2026-02-05"),
        told("helps(BLU)", "2026-02-05", polarity="no", voice="Green"),
    ]
    assert value(NORMS, rows, "assist(BLU)", "2026-03-01") in {"contested", None}


def test_a_continuing_duty_is_not_discharged_by_one_deed() -> None:
    rows = [told("attack(RED)", "2026-02-01"), told("helps(BLU)", "2026-02-20")]
    assert value(NORMS, rows, "always(BLU)", "2026-03-01") == "owed"
    assert value(NORMS, [], "always(BLU)", "2026-03-01") == "open"


def test_a_power_is_available_exercised_or_void() -> None:
    attack = told("attack(RED)", "2026-02-01")
    assert value(NORMS, [attack], "leave(BLU)", "2026-02-10") == "available"
    assert value(NORMS, [attack, told("leaves(BLU)", "2026-02-15")], "leave(BLU)", "2026-03-01") == "exercised"
    denied = told("attack(RED)", "2026-02-01", polarity="no")
    assert value(NORMS, [denied, told("leaves(BLU)", "2026-02-15")], "leave(BLU)", "2026-03-01") == "void"


PROCESS = (
    PARTIES
    + """
group all_parties "all" is RED, BLU, GRN
process path(p: all_parties) "p's own steps"
  step government(p) "the government decides" for RED, BLU
  step parliament(p) "the parliament agrees" for RED "the Diet"
  complete for RED
  accepted from p
"""
)


def test_a_path_is_open_until_its_steps_are_known_to_be_all() -> None:
    steps = [
        told(f"{step}({name})", "2026-02-01", voice=name, speaks_for=name)
        for step in ("government", "parliament")
        for name in ("RED", "BLU")
    ]
    assert value(PROCESS, steps, "path(RED)", "2026-03-01") == "yes"
    assert value(PROCESS, steps, "path(BLU)", "2026-03-01") == "open"
    assert value(PROCESS, [], "path(GRN)", "2026-03-01") == "open"
    refusal = told("parliament(RED)", "2026-02-02", polarity="no", voice="Red", speaks_for="RED")
    assert value(PROCESS, [steps[0], refusal], "path(RED)", "2026-03-01") == "no"


# -- knots, budget, determinism


def test_rules_that_need_each_other_are_no_until_one_can_stand_alone() -> None:
    body = 'event spark "a spark"\n  constitutive\nstate chick\n  while egg or spark happened\nstate egg\n  while chick'
    assert [value(body, [], name, "2026-03-01") for name in ("chick", "egg")] == ["no", "no"]
    assert [value(body, [told("spark", "2026-02-01")], name, "2026-03-01") for name in ("chick", "egg")] == ["yes", "yes"]


def test_what_is_possible_in_a_knot_is_open() -> None:
    body = 'event spark "a spark"\nstate chick\n  while egg or spark happened\nstate egg\n  while chick'
    assert [value(body, [], name, "2026-03-01") for name in ("chick", "egg")] == ["open", "open"]


def test_a_cycle_through_not_is_refused_with_its_place() -> None:
    asked = inquiry("state chick\n  while not egg\nstate egg\n  while chick", at="2026-03-01")
    with pytest.raises(Unsupported) as refused:
        asked.world.state("chick")
    (problem,) = refused.value.problems
    assert (problem.code.code, problem.span.path) == ("AV502", "test.md")


def test_a_turning_knot_is_left_out_with_what_rests_on_it_and_the_rest_can_be_asked() -> None:
    body = "state chick\n  while not egg\nstate egg\n  while chick\nstate nest\n  while egg\nstate tree\n  while not said soil"
    sound, (problem,) = without_turns(agreements(body))
    assert set(sound.declarations) == {"tree"}
    assert (problem.code.code, problem.span.line) == ("AV502", 8)
    assert "`nest`" in problem.notes[0][1]
    assert value(sound, [], "tree", "2026-03-01") == "open"


def test_an_exploding_declaration_is_refused_before_it_is_laid_out() -> None:
    many = ", ".join(f"P{number}" for number in range(300))
    body = "\n".join(f'party P{number} "{number}"' for number in range(300)) + f'\ngroup many "many" is {many}\n'
    body += 'event linked(p: many, q: many) "linked"\n'
    body += "state tied(p: many, q: many, r: many, s: many)\n  while linked(p, q) happened and linked(r, s) happened"
    asked = inquiry(body, at="2026-03-01")
    with pytest.raises(Unsupported) as refused:
        asked.world.state("tied")
    assert refused.value.problems[0].code.code == "AV501"


def test_the_verdict_of_the_budget_is_counted_not_timed() -> None:
    found = agreements(GROUPS)
    told_ = statements(found, signs("RED", "BLU"))
    spent = set()
    for _ in range(3):
        world = World(found, told_, View(at=0, known=NEVER), "Etc/UTC")
        for declared in found.of(State):
            world.state(declared.meta.name)
        spent.add(world.budget.spent)
    assert len(spent) == 1


def test_the_order_of_statements_does_not_matter() -> None:
    found = agreements(NORMS)
    rows = [
        told("attack(RED)", "2026-02"),
        told("attack(RED)", "2026-02-10", polarity="no"),
        told("helps(BLU)", "2026-02-20"),
        told("helps(BLU)", "2026-02"),
    ]
    told_ = list(statements(found, rows))
    columns = []
    for seed in range(6):
        random.Random(seed).shuffle(told_)
        world = World(found, told_, View(at=0, known=NEVER), "Etc/UTC")
        column = world.state("assist")
        columns.append((column.yes.key.tolist(), column.yes.start.tolist(), column.no.start.tolist(), column.no.end.tolist()))
    assert all(column == columns[0] for column in columns)


def test_four_values_join_as_belnap_has_them() -> None:
    assert [Value.of(yes=yes, no=no) for yes in (False, True) for no in (False, True)] == [Value.OPEN, Value.NO, Value.YES, Value.CONTESTED]
