"""What the text means, as values of the model."""

from __future__ import annotations

from pathlib import Path

import pytest

from aval.language.read import read_agreements
from aval.model.agreement import (
    Acceptance,
    Agreements,
    Body,
    Change,
    Contribution,
    Document,
    Duty,
    Event,
    Force,
    FromFinding,
    FromSources,
    FromVoice,
    Group,
    Moment,
    Param,
    Power,
    Process,
    Quantity,
    Question,
    State,
    Step,
)
from aval.model.case import Text
from aval.model.expression import (
    After,
    And,
    Any,
    Before,
    Beginning,
    Binding,
    Count,
    Duration,
    Earlier,
    End,
    Expiry,
    Expression,
    Finds,
    Happened,
    Held,
    Instant,
    IsOneOf,
    Later,
    Latest,
    MemberOf,
    MonthFirst,
    Name,
    Not,
    NotSaid,
    Nth,
    Or,
    Quantifier,
    Ref,
    RungIs,
    Unit,
)
from aval.model.four import Value
from aval.model.statement import Anchor, Firmness, Grade, Rung

SURFACE = Path(__file__).parent / "good" / "surface.md"
G = (Name("g"),)


@pytest.fixture(scope="module")
def sample() -> Agreements:
    agreements, problems = read_agreements([Text(path="surface.md", content=SURFACE.read_text("utf-8"))])
    assert problems == ()
    return agreements


def document(sample: Agreements) -> Document:
    return sample.documents[0]


def test_the_agreement_line(sample: Agreements) -> None:
    found = document(sample)
    assert (found.meta.name, found.meta.label) == ("sample", "A sample of everything")
    assert (found.dated, found.zone) == ("2026-01-06", "Europe/Paris")
    assert (found.parties, found.depositary, found.force) == (("coalition",), "UN_SG", (Force.POLITICALLY, Force.LEGALLY))
    assert found.meta.not_said == ("depositary", "duration")
    assert found.meta.anchors == (Anchor(source="paris-declaration", paragraph=2, quote="a few words"),)
    assert found.version.startswith("sha256:")


def test_meta_carries_the_words_above_the_block(sample: Agreements) -> None:
    meta = sample.declarations["backstop"].meta
    assert (meta.agreement, meta.heading, meta.prose) == ("sample", "Questions", "What the texts leave open. It goes on.")
    assert sample.declarations["request"].meta.prose == meta.prose
    span = sample.declarations["request"].meta.span
    assert SURFACE.read_text("utf-8").splitlines()[span.line - 1][span.column - 1 : span.end_column - 1] == "event request"


def test_groups(sample: Agreements) -> None:
    coalition, offering = sample.get("coalition", Group), sample.get("offering", Group)
    assert coalition is not None
    assert offering is not None
    assert (coalition.members, coalition.others, coalition.among, coalition.size) == (("FRA", "GBR"), True, "countries", None)
    assert (offering.members, offering.others, offering.size) == ((), True, 26)
    assert offering.acceptance == Acceptance(ways=(FromSources(number=1, grade=Grade.MEDIUM),), declared=True)


def test_bodies_and_questions(sample: Agreements) -> None:
    body, question = sample.get("special_commission", Body), sample.get("force_trigger", Question)
    assert body is not None
    assert question is not None
    assert (body.seats, body.may_find) == (("coalition",), (Ref("breach", (Any(),)),))
    assert [reading.name for reading in question.readings] == ["after_ceasefire", "after_peace"]
    assert question.readings[0].held_by == ("FRA",)
    assert question.readings[0].anchors == (Anchor(source="dpa-2025-09-04", paragraph=5, quote="few words"),)


def test_events(sample: Agreements) -> None:
    committed, begins = sample.get("committed", Event), sample.get("ceasefire_begins", Event)
    assert committed is not None
    assert begins is not None
    assert committed.params == (Param(name="g", group="coalition"),)
    assert committed.acceptance == Acceptance(ways=(FromVoice(who=Name("g")),), firmness=Firmness.AGREED, declared=True)
    assert (committed.legal_act, committed.constitutive) == (True, True)
    assert begins.acceptance.ways == (FromFinding(body="special_commission"), FromSources(number=2, grade=Grade.HIGH))
    assert sample.get("request", Event) == Event(meta=sample.declarations["request"].meta)


def test_states(sample: Agreements) -> None:
    ceasefire, in_force, major = (sample.get(name, State) for name in ("ceasefire", "in_force", "major"))
    assert ceasefire is not None
    assert in_force is not None
    assert major is not None
    assert ceasefire.initial is Value.NO
    assert ceasefire.untils[0].item == Change(moment=Ref("ceasefire_ends"), guard=Not(Ref("renewed")))
    assert in_force.initial is Value.NO
    assert [clause.item for clause in in_force.whiles] == [
        And((Happened(Ref("committed", G)), Ref("national_path", G))),
        Ref("ceasefire"),
        Happened(Ref("us_guarantee_binding")),
    ]
    assert [(clause.question, clause.reading) for clause in in_force.whiles] == [("", ""), ("", ""), ("backstop", "with_backstop")]
    assert (major.initial, major.reported) == (Value.OPEN, True)


def test_moments_and_quantities(sample: Agreements) -> None:
    due, size = sample.get("response_due", Moment), sample.get("force_size", Quantity)
    assert due is not None
    assert size is not None
    assert [clause.item for clause in due.means] == [After(Duration(hours, Unit.HOUR), Ref("breach_found")) for hours in (72, 24)]
    assert [clause.reading for clause in due.means] == ["", "major_attack"]
    assert size.unit == "persons"


def test_duties_and_powers(sample: Agreements) -> None:
    duty, power = sample.get("assist", Duty), sample.get("deploy", Power)
    assert duty is not None
    assert power is not None
    assert (duty.bearer, duty.counterparty, duty.deeds) == (Name("g"), Name("UKR"), (Ref("military", G), Ref("logistics", G)))
    assert (duty.discretion, duty.continuing, duty.found_by) == ("as g deems necessary", True, "special_commission")
    armed = Ref("armed_attack", (Name("RUS"),))
    assert [clause.item for clause in duty.whens] == [Change(moment=armed), Change(moment=armed, guard=Ref("major", (Name("RUS"),)))]
    assert [clause.reading for clause in duty.whens] == ["any_attack", "major_attack"]
    assert duty.untils[0].item == Change(moment=Ref("ceasefire_ends"), guard=Not(Ref("renewed")))
    assert (duty.withins[0].item, duty.no_laters[0].item) == (Duration(72, Unit.HOUR), Ref("response_due"))
    assert duty.force == (Force.LEGALLY,)
    assert (power.bearer, power.deed, power.area) == (Name("g"), Ref("deployed", G), "behind_the_front")


def test_contributions_go_by_their_term(sample: Agreements) -> None:
    offer = sample.get("offer(SWE, air)", Contribution)
    assert offer is not None
    assert (offer.meta.name, offer.party, offer.domain, offer.area) == ("offer(SWE, air)", "SWE", "air", "airspace")
    assert [clause.reading for clause in offer.conditions] == ["", "after_peace"]
    assert offer.conditions[1].item == RungIs(Ref("offer", (Name("SWE"), Name("air"))), Rung.ANNOUNCED)


def test_a_process_declares_the_events_of_its_steps(sample: Agreements) -> None:
    process, decided = sample.get("national_path", Process), sample.get("government_decides", Event)
    assert process is not None
    assert decided is not None
    assert process.steps[0] == Step(event="government_decides", applies_to=(("DEU", ""), ("SWE", "")))
    assert process.steps[1].applies_to == (("DEU", "Bundestag"), ("GBR", "House of Commons"))
    assert (process.complete_for, process.meta.not_said) == (("DEU",), ("steps",))
    assert (decided.step_of, decided.meta.label, decided.params) == ("national_path", "g's government has decided", process.params)
    assert decided.acceptance.ways == (FromVoice(who=Name("g")),)


def counted(condition: Expression | None, number: int = 1, quantifier: Quantifier = Quantifier.AT_LEAST) -> Count:
    return Count(quantifier, number, Binding("s", "coalition", condition))


def test_every_expression(sample: Agreements) -> None:
    state = sample.get("every_expression", State)
    assert state is not None
    held = Ref("in_force", (Name("s"),))
    signed = Happened(Ref("committed", (Name("s"),)))
    ceasefire, renewed = Ref("ceasefire"), Ref("renewed")
    assert [clause.item for clause in state.whiles] == [
        Not(ceasefire),
        And((Or((ceasefire, renewed)), Not(Happened(Ref("request"))))),
        Or((ceasefire, renewed, Ref("peace_in_force"))),
        Finds("special_commission", Ref("breach", (Name("RUS"),))),
        Or(
            (
                IsOneOf(Name("p"), (Name("FRA"),)),
                Not(IsOneOf(Name("p"), (Name("GBR"),))),
                IsOneOf(Name("p"), (Name("FRA"), Name("GBR"))),
                Not(IsOneOf(Name("p"), (Name("DEU"),))),
            )
        ),
        MemberOf(Name("p"), "coalition"),
        counted(signed),
        counted(And((signed, held)), quantifier=Quantifier.NONE),
        counted(held, quantifier=Quantifier.EVERY),
        And((ceasefire, counted(held, 2))),
        Not(counted(held, 3)),
        counted(None, 3),
        Not(counted(held, 2)),
        NotSaid("criterion"),
        Happened(Ref("committed", (Any(),))),
    ]
    begun, found = Ref("ceasefire_begins"), Ref("breach_found")
    assert [clause.item.moment for clause in (*state.froms, *state.untils)] == [
        After(Duration(90, Unit.DAY), Later((begun, found))),
        Earlier((Beginning(ceasefire), End(Or((renewed, ceasefire))), Instant("2026-01-06"))),
        Before(Duration(6, Unit.MONTH), Expiry(Duration(60, Unit.DAY), Nth(50, Ref("committed", (Any(),))))),
        MonthFirst(1, MonthFirst(6, Latest(Ref("committed", (Name("FRA"),))))),
        Held(Or((ceasefire, renewed)), Duration(12, Unit.MONTH)),
        After(Duration(1, Unit.YEAR), Instant("2026-01-06T18:44+01:00")),
        Finds("special_commission", Ref("breach", (Name("p"),))),
    ]
