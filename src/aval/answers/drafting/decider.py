"""Triggers that nobody decides, and thresholds that nothing defines: what the answer turns on, and who could settle a dispute about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from aval.answers.drafting.desk import Desk, awake, by_document, is_trigger, listed, told
from aval.answers.explore.acts import Act
from aval.answers.explore.search import Dated, Witness
from aval.language.problems import quote
from aval.model.agreement import Contribution, Declaration, Event, FromSources, State
from aval.model.four import Value
from aval.model.problem import Code, Problem, Severity

UNDECIDED = Code(
    code="AV705",
    title="A trigger that nobody decides",
    what="What norms, offers or a binding state wait for is told only by whoever reports it, and the text says itself that it does not say "
    "who decides (`not said who_…`).",
    why="Once sources disagree, the norm is contested, and nobody can settle it.",
    bad="event attack(p: everybody)\n  accepted from at least 2 independent sources of grade high\n  not said who_finds_it\n"
    "duty help(g: coalition): g owes UKR helped(g)\n  when attack(RUS)\n  within 3 days",
    good="event attack(p: everybody)\n  accepted from a finding of commission\n"
    "duty help(g: coalition): g owes UKR helped(g)\n  when attack(RUS)\n  within 3 days",
    severity=Severity.WARNING,
)
UNDEFINED = Code(
    code="AV706",
    title="A threshold that nothing defines",
    what="A condition of norms, offers or a binding state is a matter of measure, by its own words (major, renewed, credible, reliable …) "
    "or because the text says that it gives no measure. No clause defines it and no party or body decides it.",
    why="The two sides will measure differently, and each can say that the threshold has, or has not, been reached.",
    bad='state major(p: everybody) "the attack by p is a major one"\n  accepted from at least 2 independent sources of grade high\n'
    "duty help(g: coalition): g owes UKR helped(g)\n  when attack(RUS) if major(RUS)\n  within 3 days",
    good='state major(p: everybody) "the attack by p is a major one"\n  accepted from a finding of commission\n'
    "duty help(g: coalition): g owes UKR helped(g)\n  when attack(RUS) if major(RUS)\n  within 3 days",
    severity=Severity.WARNING,
)
_WORDS = (
    *("adequate", "adequately", "anew", "appropriate", "clear", "considerable", "credible", "credibly", "exceptional", "fundamental"),
    *("grave", "imminent", "lasting", "major", "material", "reasonable", "reliable", "reliably", "relied", "renewed", "serious"),
    *("seriously", "severe", "significant", "significantly", "strong", "substantial", "substantially", "sufficient", "sufficiently"),
)
_MEASURE = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b", re.IGNORECASE)
_UNMEASURED = ("measure", "criterion", "criteria", "threshold", "standard")


def check(desk: Desk) -> Iterator[Problem]:
    """Yield for each agreement one finding on its thresholds and one on its triggers."""
    free = [one for one in desk.agreements.declarations.values() if is_trigger(one) and _by_sources(one) and desk.waiting(one.meta.name)]
    vague = [one for one in free if _vague(one)]
    for found in by_document(vague):
        yield _tell(UNDEFINED, found, desk)
    for found in by_document(one for one in free if one not in vague and any(gap.startswith("who_") for gap in one.meta.not_said)):
        yield _tell(UNDECIDED, found, desk)


def _by_sources(declared: Declaration) -> bool:
    """Whether no party and no body is named whose word settles it."""
    return isinstance(declared, Event | State) and all(isinstance(way, FromSources) for way in declared.acceptance.ways)


def _vague(declared: Declaration) -> bool:
    words = f"{declared.meta.name.replace('_', ' ')} {declared.meta.label}"
    return bool(_MEASURE.search(words)) or any(gap.startswith(_UNMEASURED) for gap in declared.meta.not_said)


def _tell(code: Code, found: Sequence[Declaration], desk: Desk) -> Problem:
    names = listed([one.meta.name for one in found])
    waiting = {one.meta.name: desk.waiting(one.meta.name) for one in found}
    first = max(found, key=lambda one: sum(not isinstance(other, Contribution) for other in waiting[one.meta.name]))
    notes = tuple((one.meta.span, f"{_what(waiting[one.meta.name])} for {quote(one.meta.name)}.") for one in found)
    if code is UNDEFINED:
        message = f"No clause defines {names}, and nobody is named who decides."
        hint = "Define it by what can be counted or seen, or name a body (`accepted from a finding of …`)."
    else:
        message = f"Nobody is named who decides {names}."
        hint = "Name who does: `accepted from a finding of BODY`, or `accepted from` a party or the depositary."
    witness = _disputed(first, waiting[first.meta.name], desk)
    title = f"{first.meta.name} is disputed, and nothing settles it"
    return told(code, message, found[0], hint, notes=notes if len(found) > 1 or notes else (), example=witness, title=title)


def _what(waiting: Sequence[Declaration]) -> str:
    """Say what waits: norms by name, offers by number."""
    norms = [one.meta.name for one in waiting if not isinstance(one, Contribution)]
    offers = len(waiting) - len(norms)
    counted = f"{offers} offer{'s' if offers > 1 else ''}" if offers else ""
    parts = [listed(norms) if norms else "", counted]
    many = len(norms) + offers > 1
    return f"{' and '.join(filter(None, parts))} {'wait' if many else 'waits'}"


def _disputed(trigger: Declaration, waiting: Sequence[Declaration], desk: Desk) -> Witness | None:
    """Give acts that bring about what waits for the trigger, then as many voices that deny it."""
    for declared in desk.easiest(one for one in waiting if not isinstance(one, Contribution)):
        cast = desk.cast(declared)
        base = desk.find([awake(declared, cast)]) or desk.find_on_a_reading([awake(declared, cast)])
        told_ = [dated for dated in base.acts if dated[0].term.name == trigger.meta.name] if base else []
        if base is None or not told_:
            continue
        acts: list[Dated] = [*base.acts, (_denial(told_[0][0]), told_[0][1])]
        for value in (Value.CONTESTED, Value.OPEN, Value.NO):
            found = desk.seen(acts, [awake(declared, cast, value)])
            if found is not None and value is not Value.NO:
                return found
    return None


def _denial(act: Act) -> Act:
    return act.denied(of_its_day=not act.holds)
