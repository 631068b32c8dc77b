"""What can never be: a state that can never hold, a duty that can never arise, or never be met."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, product
from typing import TypeVar

from aval.answers.drafting.clash import Clash
from aval.answers.drafting.desk import CASTS, Desk, awake, substituted, told
from aval.answers.explore.acts import Env, environments, voices_of
from aval.answers.explore.cone import cone
from aval.answers.explore.relaxed import Relaxed
from aval.answers.explore.search import Wanted, Witness
from aval.engine.order import questions_of
from aval.language.problems import quote
from aval.model import expression as ex
from aval.model.agreement import Ban, Clause, Declaration, Duty, Event, Power, Question, State, params_of
from aval.model.four import Value
from aval.model.frozen import frozen
from aval.model.problem import Code, Problem, Severity, Span

NEVER_HOLDS = Code(
    code="AV701",
    title="It can never hold",
    what="A state, a ban or a power whose conditions exclude each other, or that waits for what nobody can bring about or for itself. "
    "That is proved from the text, whatever happens and in whatever order; what is found on one reading alone is told as such.",
    why="A rule that can never apply protects nobody, and hides that something else was meant.",
    bad="state quiet\n  while ceasefire and not ceasefire_begins happened",
    good="state quiet\n  while ceasefire and not request happened",
    severity=Severity.WARNING,
)
NEVER_ARISES = Code(
    code="AV702",
    title="A duty that can never arise",
    what="The trigger of a duty and its conditions exclude each other, or it waits for what nobody can bring about or for itself. "
    "That is proved from the text, whatever happens and in whatever order.",
    why="Whoever relies on the duty relies on nothing.",
    bad="duty help(g: coalition): g owes UKR helped(g)\n  when attack(RUS)\n  while ceasefire and not ceasefire",
    good="duty help(g: coalition): g owes UKR helped(g)\n  when attack(RUS)",
    severity=Severity.WARNING,
)
NEVER_MET = Code(
    code="AV703",
    title="A duty that can never be met",
    what="No deed of a duty can count, since nobody who is named can tell it; or the last day for it lies before the agreement was made.",
    why="Whoever is bound by it is late or in breach whatever it does.",
    bad="agreement pact\n  dated 2026-01-06\nduty pay: FRA owes GBR paid\n  no later than 2025-12-31",
    good="agreement pact\n  dated 2026-01-06\nduty pay: FRA owes GBR paid\n  no later than 2026-12-31",
    severity=Severity.WARNING,
)
T = TypeVar("T")
_WORDS = {Duty: "arise", Power: "be available", Ban: "be in force", State: "hold"}
NEAR = 12
"""sequences that are run to come near to what can never be"""
_HINT = "Take away one of the conditions, or say on which reading or for whom it is meant."


@frozen()
class _Way:
    """One way for a declaration to come about: the conditions of one of its triggers, and all that hold beside it."""

    conditions: tuple[tuple[ex.Expression, Span], ...]


def check(desk: Desk) -> Iterator[Problem]:
    """Yield a finding for each declaration that can never be, and for each duty that can never be met."""
    blamed: set[str] = set()
    for name, declared in desk.agreements.declarations.items():
        if isinstance(declared, State | Duty | Ban | Power) and not (
            isinstance(declared, State) and (declared.reported or declared.values)
        ):
            found = _never(declared, desk)
            if found is not None and not blamed & cone(desk.ground.below[name], desk.ground.below):
                blamed.add(name)
                yield found
        if isinstance(declared, Duty):
            yield from _never_met(declared, desk)


def _never(declared: Declaration, desk: Desk) -> Problem | None:
    casts = environments(params_of(declared), desk.agreements, desk.ground.named)
    questions = [one for name in dict.fromkeys(questions_of(declared)) if (one := desk.agreements.get(name, Question))]
    choices = [
        dict(zip([one.meta.name for one in questions], some, strict=True))
        for some in product(*([reading.name for reading in one.readings] for one in questions))
    ]
    written = [choice for choice in choices if _clauses(declared, choice)]  # without a clause for it, nothing is meant to come about there
    bad = [choice for choice in written if not any(_together(declared, choice, cast, desk) for cast in casts)]
    if not casts or (not bad and _reached(declared, casts, desk)):
        return None
    if not bad:
        return _unreached(declared, desk)
    if len(bad) < len(choices) and len(questions) != 1:
        return None
    on = "" if len(bad) == len(choices) else f"On reading {', '.join(quote(one) for choice in bad for one in choice.values())} "
    clashing = _core(declared, bad[0], casts, desk)
    core = list(dict.fromkeys(place for _, place in clashing))
    notes = tuple(
        (place, "This cannot be so together with the rest." if number else "This is asked for.") for number, place in enumerate(core)
    )
    code = NEVER_ARISES if isinstance(declared, Duty) else NEVER_HOLDS
    word = next(word for kind, word in _WORDS.items() if isinstance(declared, kind))
    message = f"{on}{quote(declared.meta.name)} can never {word}: its conditions exclude each other."
    example = _nearest(declared, [condition for condition, _ in clashing], casts, desk) if not on else None
    return told(code, message, declared, _HINT, notes=notes, example=example, title=f"{declared.meta.name}, all but one condition")


def _nearest(declared: Declaration, clashing: Sequence[ex.Expression], casts: Sequence[Env], desk: Desk) -> Witness | None:
    """Give acts after which all but one of the conditions are so, and the declaration is not."""
    for cast in islice(casts, 1):
        for left_out in reversed(clashing):
            others = [Wanted(text="", node=substituted(one, cast)) for one in clashing if one is not left_out]
            for value in (Value.NO, Value.OPEN):
                itself = awake(declared, cast, value)
                found = desk.find([*others, itself], runs=NEAR) if others else None
                if found is not None:
                    return replace(found, wanted=(itself,))
    return None


def _clauses(declared: Declaration, choice: Env) -> list[_Way]:
    """Give the ways in which a declaration could come about on a choice of readings."""

    def on(clauses: Sequence[Clause[T]]) -> list[Clause[T]]:
        return [one for one in clauses if not one.question or choice.get(one.question) == one.reading]

    if not isinstance(declared, State | Duty | Ban | Power):
        return []
    whiles = tuple(
        (part, part.span) for one in on(declared.whiles) for part in (one.item.items if isinstance(one.item, ex.And) else (one.item,))
    )
    changes = declared.whens if isinstance(declared, Duty) else () if isinstance(declared, Power) else declared.froms
    starts = isinstance(declared, State) and declared.initial.told_yes
    if not changes or starts:
        return [_Way(whiles)]
    return [_Way(((ex.Happened(one.item.moment), one.span), *whiles)) for one in on(changes)]


def _together(declared: Declaration, choice: Env, cast: Env, desk: Desk) -> bool:
    clash = Clash(desk.agreements, choice)
    return any(clash.together([condition for condition, _ in way.conditions], cast) for way in _clauses(declared, choice))


def _core(declared: Declaration, choice: Env, casts: Sequence[Env], desk: Desk) -> list[tuple[ex.Expression, Span]]:
    """Give conditions that exclude each other, none of which can be left out, with their places."""
    ways = _clauses(declared, choice)
    if not ways:
        return []
    kept, clash = list(ways[0].conditions), Clash(desk.agreements, choice)
    for one in ways[0].conditions:
        fewer = [other for other in kept if other is not one]
        if not any(clash.together([condition for condition, _ in fewer], cast) for cast in casts):
            kept = fewer
    return kept


def _dead(desk: Desk) -> frozenset[str]:
    """Give the events and states that nobody who is named can tell."""
    found = set()
    for declared in desk.agreements.declarations.values():
        if isinstance(declared, Event) or (isinstance(declared, State) and declared.reported):
            casts = environments(declared.params, desk.agreements, desk.ground.named)
            if casts and not any(voices_of(declared.acceptance, cast, desk.agreements) for cast in casts):
                found.add(declared.meta.name)
    return frozenset(found)


def _reached(declared: Declaration, casts: Sequence[Env], desk: Desk) -> bool:
    relaxed = Relaxed(agreements=desk.agreements, acts=None, named=desk.ground.named, dead=_dead(desk))
    ref = [ex.Ref(declared.meta.name, tuple(ex.Name(name) for name in cast.values())) for cast in islice(casts, CASTS)]
    word = {Duty: "owed", Power: "available"}.get(type(declared), "")
    return any(relaxed.possible(ex.Stands(one, (word,)) if word else one, {}) for one in ref)


def _unreached(declared: Declaration, desk: Desk) -> Problem | None:
    below = cone(desk.ground.below[declared.meta.name], desk.ground.below)
    dead = [name for name in desk.agreements.declarations if name in below and name in _dead(desk)]
    if not dead and declared.meta.name in below:
        return None  # it waits for itself: that is told with the smallest joint move
    if not dead:
        return None
    word = next(word for kind, word in _WORDS.items() if isinstance(declared, kind))
    message = f"{quote(declared.meta.name)} can never {word}: nobody who is named can tell {quote(dead[0])}."
    note = ((desk.agreements.declarations[dead[0]].meta.span, "It counts from nobody."),)
    code = NEVER_ARISES if isinstance(declared, Duty) else NEVER_HOLDS
    return told(code, message, declared, "Say from whom it is accepted.", notes=note)


def _never_met(declared: Duty, desk: Desk) -> Iterator[Problem]:
    dead = _dead(desk)
    if all(deed.name in dead for deed in declared.deeds):
        message = f"{quote(declared.meta.name)} can never be met: nobody who is named can tell {quote(declared.deeds[0].name)}."
        yield told(NEVER_MET, message, declared, "Say from whom the deed is accepted.")
    dated = desk.agreements.document_of(declared).dated
    for clause in declared.no_laters:
        if isinstance(clause.item, ex.Instant) and dated and clause.item.text[: len(dated)] < dated:
            message = f"{quote(declared.meta.name)} can never be met in time: the agreement is dated {dated}."
            yield told(NEVER_MET, message, declared, "Name a day after that.", span=clause.span)
