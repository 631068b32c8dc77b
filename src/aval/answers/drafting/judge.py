"""Deciders in the hands of whoever could be the violator."""

from __future__ import annotations

from collections.abc import Iterator

from aval.answers.drafting.desk import Desk, filled, listed, ref_of, text_of, told
from aval.answers.explore.acts import Act, Env, deeds_of, environments, members
from aval.answers.explore.search import Wanted, Witness
from aval.language.problems import quote
from aval.model import expression as ex
from aval.model.agreement import Ban, Body, Declaration, Duty, Event, FromFinding, FromVoice, Group, Rule, params_of
from aval.model.four import Value
from aval.model.problem import Code, Problem, Severity
from aval.model.term import Term

CODE = Code(
    code="AV707",
    title="The possible violator decides",
    what="Whoever could break a norm, or is named in a finding, sits in the body that would find it: with a veto, where unanimity or "
    "silence is asked for, or where the text does not say how the body decides. Or the only word that counts for a duty's deed is that of "
    "whoever owes it.",
    why="Nobody finds against itself. Such a finding may never come, however plain the facts are.",
    bad="body commission\n  seats coalition\n  decides by unanimity\n  may find breach(any)\nevent breach(p: coalition)\n"
    "  accepted from a finding of commission",
    good="body commission\n  seats neutral\n  decides by majority\n  may find breach(any)\nevent breach(p: coalition)\n"
    "  accepted from a finding of commission",
    severity=Severity.WARNING,
)


def check(desk: Desk) -> Iterator[Problem]:
    """Yield a finding for each body that can be kept from finding against its own, and for each deed told by its doer alone."""
    for body in desk.agreements.of(Body):
        found = [(about, cast) for about in _found_by(body, desk) for cast in _own(body, about, desk)]
        how = _hold(body, found[0][1], desk) if found else ""
        if how:
            yield _tell(body, found, how, desk)
    for duty in desk.agreements.of(Duty):
        yield from _own_word(duty, desk)


def _found_by(body: Body, desk: Desk) -> Iterator[Declaration]:
    """Yield what a body would find against somebody: a breach of a norm, or an event that counts by its finding alone."""
    wronged = {
        ref.name for norm in desk.norms if not isinstance(norm, Duty) and isinstance(norm, Ban) for ref in (*norm.deeds, *norm.proposed_by)
    }
    for declared in desk.agreements.declarations.values():
        if isinstance(declared, Duty | Ban) and declared.found_by == body.meta.name:
            yield declared
        by_finding = isinstance(declared, Event) and declared.acceptance.ways == (FromFinding(body=body.meta.name),)
        if by_finding and (declared.meta.name in wronged or _against(declared)):
            yield declared


_WRONGS = frozenset({"aggression", "attack", "breach", "breaks", "default", "responsible", "violates", "violation", "violator"})


def _against(declared: Declaration) -> bool:
    """Whether an event says something against the party that it is about, by its own words."""
    words = f"{declared.meta.name.replace('_', ' ')} {declared.meta.label}".lower().split()
    return bool(params_of(declared)) and not _WRONGS.isdisjoint(words)


def _own(body: Body, about: Declaration, desk: Desk) -> list[Env]:
    """Give whom such a finding could be about, of those who sit in the body."""
    seated = {name for seat in body.seats for name in members(seat, desk.agreements)}
    casts = environments(params_of(about), desk.agreements, desk.ground.named)
    return [cast for cast in casts if _blamed(about, cast) in seated]


def _blamed(about: Declaration, cast: Env) -> str:
    if isinstance(about, Duty | Ban):
        return cast.get(about.bearer.text, about.bearer.text)
    return next(iter(cast.values()), "")


def _hold(body: Body, cast: Env, desk: Desk) -> str:
    """Say how one who sits there could keep the body from finding; `""` where it could not."""
    rule = body.decides
    if rule is None:
        return "how the body decides is not said"
    if rule.veto and set(cast.values()) & set(members(rule.veto, desk.agreements)):
        return "it has a veto"
    if rule.rule in (Rule.UNANIMITY, Rule.CONSENSUS):
        return f"the body decides by {rule.rule.value}"
    if rule.rule is Rule.SILENCE and rule.objectors is None:
        return "one objection is enough"
    return ""


def _tell(body: Body, found: list[tuple[Declaration, Env]], how: str, desk: Desk) -> Problem:
    about, cast = found[0]
    names = list(dict.fromkeys(one.meta.name for one, _ in found))
    message = f"{quote(body.meta.name)} would find {listed(names)} of those who sit in it, too: {how}."
    notes = tuple((desk.agreements.declarations[name].meta.span, "This is what it would find.") for name in names)
    hint = "Seat others, leave out the vote of whoever the finding is about, or say how the body decides without it."
    example = _unfound(body, about, cast, desk)
    return told(CODE, message, body, hint, notes=notes, example=example, title=f"{body.meta.name} does not find against one of its own")


def _unfound(body: Body, about: Declaration, cast: Env, desk: Desk) -> Witness | None:
    """Give acts after which the finding has not come: the votes of all others, or where no vote is counted the word of two others."""
    ref, who = ref_of(about, cast), _blamed(about, cast)
    day = desk.ground.stage([about.meta.name]).start.isoformat()
    term = Term(ref.name, tuple(cast.values()))
    finds = ex.Finds(body.meta.name, ref)
    seated = list(dict.fromkeys(name for seat in body.seats for name in members(seat, desk.agreements)))
    wanted = Wanted(text=f"{body.meta.name} finds {text_of(ref)}", node=finds)
    if body.decides is None:
        acts = [Act(term=term, voices=("", "")), Act(term=term, polarity=False, body=body.meta.name)]
        if not isinstance(about, Event):
            return None
        node = ex.Happened(ref)
        said = [Wanted(text=f"{text_of(ref)} happened", node=node, value=value) for value in (Value.NO,)]
        return desk.seen([(one, day) for one in acts], said)
    votes = [Act(term=term, polarity=name != who, voices=(name,), body=body.meta.name) for name in seated]
    for value in (Value.NO, Value.OPEN):
        made = desk.seen([(one, day) for one in votes], [Wanted(text=wanted.text, node=finds, value=value)])
        if made is not None and desk.seen([(one, day) for one in votes], [wanted]) is None:
            return made
    return None


def _own_word(duty: Duty, desk: Desk) -> Iterator[Problem]:
    """Yield a finding where the only word that counts for each deed is that of whoever owes it."""
    events = [desk.agreements.get(deed.name, Event) for deed in deeds_of(duty)]
    cast = desk.cast(duty)
    bearer = cast.get(duty.bearer.text, duty.bearer.text)
    for deed, event in zip(duty.deeds, events, strict=True):
        ref = filled(deed, cast)
        if event is None or ref is None or duty.found_by:
            return
        inside = dict(zip((param.name for param in event.params), (arg.text for arg in ref.args if isinstance(arg, ex.Name)), strict=False))
        ways = event.acceptance.ways
        if not all(isinstance(way, FromVoice) and inside.get(way.who.text, way.who.text) == bearer for way in ways):
            return
        if desk.agreements.get(bearer, Group) is not None:
            return
    note = ((events[0].meta.span, "It counts on the doer's own word."),) if events[0] else ()
    message = f"Whether {quote(duty.meta.name)} was met is told by {quote(duty.bearer.text)} alone, who owes it."
    yield told(CODE, message, duty, "Let the one to whom it is owed tell it, or name who finds a breach.", notes=note)
