"""The surface that treaties need, as values of the model."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from aval.language.read import read_agreements
from aval.model import agreement as model
from aval.model.agreement import Agreements, Amount, Becomes, Change, Decision, Rule
from aval.model.case import Text
from aval.model.expression import (
    AfterPaused,
    And,
    Binding,
    Bound,
    Compare,
    Duration,
    Happened,
    HappenedIn,
    Instant,
    IsOneOf,
    ItsBeginning,
    ItsTrigger,
    Latest,
    Name,
    Not,
    Number,
    Or,
    PercentOf,
    Rate,
    Ref,
    Share,
    Some,
    Stands,
    Total,
    Unit,
    Weight,
    Window,
)

PATH = Path(__file__).parent / "good" / "treaties.md"
S = (Name("s"),)


@pytest.fixture(scope="module")
def treaties() -> Agreements:
    agreements, problems = read_agreements([Text(path="treaties.md", content=PATH.read_text("utf-8"))])
    assert problems == ()
    return agreements


def get(treaties: Agreements, name: str, kind: type[model.D]) -> model.D:
    found = treaties.get(name, kind)
    assert found is not None
    return found


def test_parties_groups_and_areas(treaties: Agreements) -> None:
    union = get(treaties, "EUE", model.Party)
    assert (union.organisation, union.counted) == (True, False)
    assert get(treaties, "registered", model.Group).table == "tables/members.csv"
    assert get(treaties, "zone", model.Area).drawn_by == "areas/zone.geojson"


def test_how_bodies_decide(treaties: Agreements) -> None:
    two_thirds = Amount(number=2, denominator=3)
    decisions = {name: get(treaties, name, model.Body).decides for name in ("council", "assembly", "committee", "commission", "board")}
    assert decisions == {
        "council": Decision(rule=Rule.VOTES, votes=Amount(number=3), seats=5, veto="permanent", quorum=two_thirds),
        "assembly": Decision(rule=Rule.SHARE, votes=two_thirds),
        "committee": Decision(rule=Rule.SILENCE, silence=Duration(6, Unit.MONTH), objectors=Amount(number=1, denominator=3)),
        "commission": Decision(rule=Rule.MAJORITY, quorum=Amount(number=3)),
        "board": Decision(rule=Rule.SILENCE, silence=Duration(30, Unit.DAY)),
    }


def test_shares_weights_and_totals(treaties: Agreements) -> None:
    deposited = Binding("s", "members", Happened(Ref("deposit", S)))
    fixed = Binding("s", "members", Happened(Ref("deposit", S)), "2012-12-08")
    assert get(treaties, "enough", model.State).whiles[1].item == Weight(Bound.AT_LEAST, Decimal(55), "emissions", deposited)
    assert get(treaties, "three_fourths", model.State).whiles[0].item == Share(Bound.AT_LEAST, 3, 4, fixed)
    tonnage = Total(Ref("tonnage", S), Binding("s", "members", None))
    whole = Compare(Total(Ref("recycled", S), deposited), Bound.AT_LEAST, PercentOf(Decimal(3), tonnage))
    assert get(treaties, "recycles_enough", model.State).whiles[0].item == whole
    at_risk = get(treaties, "at_risk", model.State)
    assert isinstance(at_risk.whiles[0].item, Rate)
    assert at_risk.whiles[2].item == Compare(tonnage, Bound.LESS_THAN, Number(Decimal("10000.5")))


def test_clauses_for_some_parties_alone(treaties: Agreements) -> None:
    in_force = get(treaties, "in_force", model.State)
    assert in_force.whiles[0].item == Or((IsOneOf(Name("s"), (Name("RUS"),)), Ref("by_silence")))
    last = in_force.untils[1]
    assert last.item == Change(moment=Ref("continuation_voted"), guard=IsOneOf(Name("s"), (Name("GBR"), Name("FRA"))))
    assert (last.question, last.reading) == ("strictness", "strict")


def test_windows_and_clocks_that_stop(treaties: Agreements) -> None:
    guard = get(treaties, "in_force", model.State).untils[0].item.guard
    assert guard == Not(HappenedIn(Ref("revocation", S), Window.AFTER, (Latest(Ref("withdraw", S)),)))
    paused = get(treaties, "leaves", model.Moment).means[0].item
    assert isinstance(paused, AfterPaused)
    assert (paused.duration, paused.pause) == (Duration(3, Unit.MONTH), Ref("on_hold", S))
    moved = get(treaties, "deadline", model.Moment).becomes[1].item
    guard = And((HappenedIn(Ref("continuation_voted"), Window.BY, (Instant("2019-03-29"),)), Not(Ref("elections_held"))))
    assert moved == Becomes(to=Instant("2019-05-22"), moment=Ref("continuation_voted"), guard=guard)


def test_several_values_and_provisional_states(treaties: Agreements) -> None:
    phase = get(treaties, "phase", model.State)
    assert (phase.values, phase.initial_value, phase.reported) == (("first", "second", "third"), "first", False)
    assert phase.becomes[0].item == Becomes(to=Ref("second"), moment=Ref("entry"), guard=Ref("by_silence"))
    asked = And((Stands(Ref("phase"), ("second", "third")), Not(Stands(Ref("phase"), ("third",)))))
    assert get(treaties, "second_phase", model.State).whiles[0].item == asked
    assert get(treaties, "regarded", model.State).provisional_for == Ref("covered", (Name("a"),))
    assert get(treaties, "by_silence", model.State).renews


def test_duties_and_bans(treaties: Agreements) -> None:
    deliver, penalty = get(treaties, "deliver", model.Duty), get(treaties, "penalty", model.Duty)
    assert [clause.item for clause in deliver.pauseds] == [Ref("delivery_suspended")]
    assert [clause.item for clause in deliver.suspendeds] == [Ref("at_risk")]
    assert [clause.item for clause in deliver.waivers] == [Change(moment=Ref("paid"), guard=Not(Ref("at_risk")))]
    assert [clause.item for clause in deliver.excepts] == [Ref("self_defence", (Name("FRA"),))]
    assert [clause.item for clause in penalty.amounts] == [PercentOf(Decimal(5), Ref("price"))]
    assert penalty.replaces == (Ref("pay"),)
    ban = get(treaties, "no_fire", model.Ban)
    p = (Name("p"),)
    assert (ban.deeds, ban.area, ban.found_by) == ((Ref("fire", p), Ref("attack_reported", p)), "zone", "council")
    assert (ban.proposed_by, [clause.item for clause in ban.excepts]) == ((Ref("fire", p),), [Ref("self_defence", p)])


def test_variables_bound_for_their_line(treaties: Agreements) -> None:
    excluded = get(treaties, "excluded", model.State)
    assert excluded.froms[0].item.moment == Ref("quoted", (Some("m"), Name("p")))
    assert excluded.untils[0].item == Change(
        moment=Ref("accept", (Name("p"), Some("m"))), guard=Not(Ref("contract", (Name("m"), Name("p"))))
    )
    trigger, beginning = (get(treaties, name, model.State).untils[0].item.moment for name in ("quote", "contract"))
    assert getattr(trigger, "item", None) == ItsTrigger()
    assert getattr(beginning, "item", None) == ItsBeginning()


def test_incidents_tables_and_repeats(treaties: Agreements) -> None:
    fire = get(treaties, "fire", model.Incident)
    assert (fire.kinds, fire.area) == (("shelling", "small arms"), "zone")
    assert fire.apart == model.Apart(distance=Decimal("1.5"), unit="km", duration=Duration(6, Unit.HOUR))
    emissions = get(treaties, "emissions", model.Quantity)
    assert (emissions.unit, emissions.table, emissions.fixed_on) == ("percent", "tables/emissions.csv", "2015-12-12")
    assert get(treaties, "attack_reported", model.Event).repeats
    assert get(treaties, "objection", model.Event).complete_until == (Instant("2022-05-01"),)
