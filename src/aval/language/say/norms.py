"""Duties, bans and powers in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from aval.language.say.clauses import Said, changes, conditions, each, force, head, moments, together
from aval.language.say.phrases import Phrases
from aval.language.say.tongue import EXACT
from aval.model import agreement as model
from aval.model.expression import Ref


def duty(declared: model.Duty, phrases: Phrases) -> Said:
    """Say a duty: who owes what, since when, until when, how long, and what comes between."""
    span = declared.meta.span
    yield head("duty", declared, phrases), span
    yield _owes(declared, phrases), span
    yield from force(declared.force, span, phrases, norm=True)
    yield from each(declared.amounts, lambda item: phrases.tongue.phrase("amount", x=phrases.number(item)), phrases)
    yield from _runs(declared, phrases)
    yield from _deadlines(declared, phrases)
    yield from _between(declared, phrases)
    yield from _ends(declared, phrases)
    if declared.replaces:
        yield phrases.tongue.phrase("replaces", x=_refs(declared.replaces, phrases, "and")), span
    yield _found_by(declared, phrases), span


def _found_by(declared: model.Duty | model.Ban, phrases: Phrases) -> str:
    return phrases.tongue.phrase("found_by" if declared.found_by else "found_by_none", x=phrases.titled(declared.found_by))


def _ends(declared: model.Duty, phrases: Phrases) -> Said:
    tongue, span = phrases.tongue, declared.meta.span
    if declared.continuing:
        yield tongue.phrase("continuing"), span
        return
    yield tongue.phrase("discharged" if len(declared.deeds) == 1 else "discharged_menu"), span
    if declared.whens:
        yield tongue.phrase("arises_anew"), span


def _owes(declared: model.Duty, phrases: Phrases) -> str:
    key = "owes" if len(declared.deeds) == 1 else "owes_menu_choice" if declared.discretion else "owes_menu"
    deeds = _refs(declared.deeds, phrases, "or")
    bearer, counterparty = phrases.actor(declared.bearer.text), phrases.actor(declared.counterparty.text, dative=True)
    return phrases.tongue.phrase(key, w=bearer, u=counterparty, x=deeds)


def _runs(declared: model.Duty, phrases: Phrases) -> Said:
    tongue, span = phrases.tongue, declared.meta.span
    yield from changes("when", declared.whens, phrases)
    if together(declared.whens):
        yield tongue.phrase("any_when"), span
    if not declared.whens:
        yield tongue.phrase("owed_while_only" if declared.whiles else "always_owed"), span
    yield from conditions("owed_while", declared.whiles, phrases)
    if together(declared.whiles):
        yield tongue.phrase("all"), span
    yield from changes("lapses", declared.untils, phrases)


def _deadlines(declared: model.Duty, phrases: Phrases) -> Said:
    tongue, span = phrases.tongue, declared.meta.span
    yield from each(declared.withins, lambda item: tongue.phrase("within", **tongue.times(item)), phrases)
    yield from moments("no_later", declared.no_laters, phrases)
    exact = {clause.item.unit in EXACT for clause in declared.withins}
    if declared.no_laters or len(exact) > 1:
        yield tongue.phrase("deadline_both"), span
    elif exact:
        yield tongue.phrase("deadline_exact" if True in exact else "deadline_day"), span
    else:
        yield tongue.phrase("no_deadline"), span


def _between(declared: model.Duty, phrases: Phrases) -> Said:
    yield from conditions("except", declared.excepts, phrases)
    yield from conditions("paused", declared.pauseds, phrases)
    yield from conditions("suspended", declared.suspendeds, phrases)
    yield from changes("waived", declared.waivers, phrases)


def ban(declared: model.Ban, phrases: Phrases) -> Said:
    """Say a ban: who must not do what, from when until when, and who says that it was broken."""
    tongue, span = phrases.tongue, declared.meta.span
    yield head("ban", declared, phrases), span
    yield tongue.phrase("must_not", w=phrases.actor(declared.bearer.text), x=_refs(declared.deeds, phrases, "or")), span
    if declared.area:
        yield tongue.phrase("ban_area", x=phrases.titled(declared.area)), span
    yield from force(declared.force, span, phrases, norm=True)
    yield from changes("ban_from", declared.froms, phrases)
    if together(declared.froms):
        yield tongue.phrase("any_from"), span
    if not declared.froms and not declared.whiles:
        yield tongue.phrase("ban_always"), span
    yield from changes("ban_until", declared.untils, phrases)
    if together(declared.untils):
        yield tongue.phrase("any_until"), span
    yield from conditions("ban_while", declared.whiles, phrases)
    if together(declared.whiles):
        yield tongue.phrase("all"), span
    yield from conditions("except", declared.excepts, phrases)
    if declared.proposed_by:
        yield tongue.phrase("proposed_by", x=_refs(declared.proposed_by, phrases, "or")), span
    yield _found_by(declared, phrases), span


def power(declared: model.Power, phrases: Phrases) -> Said:
    """Say a power: who may bring about what, where, and under which conditions."""
    tongue, span = phrases.tongue, declared.meta.span
    yield head("power", declared, phrases), span
    key = "may_in" if declared.area else "may"
    area = phrases.titled(declared.area) if declared.area else ""
    yield tongue.phrase(key, w=phrases.actor(declared.bearer.text), x=phrases.ref(declared.deed), a=area), span
    yield from force(declared.force, span, phrases, norm=True)
    yield from conditions("may_while", declared.whiles, phrases)
    if together(declared.whiles):
        yield tongue.phrase("all"), span
    elif not declared.whiles:
        yield tongue.phrase("may_always"), span
    if declared.whiles:
        yield tongue.phrase("may_void"), span


def _refs(refs: Sequence[Ref], phrases: Phrases, word: str) -> str:
    return phrases.tongue.join((phrases.ref(ref) for ref in refs), word)
