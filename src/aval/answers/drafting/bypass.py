"""Powers that are bypassed: an effect that comes with the deed, whether or not the power was there."""

from __future__ import annotations

from collections.abc import Iterator

from aval.answers.drafting.desk import Desk, awake, filled, stands, told
from aval.answers.explore.acts import Env, nodes
from aval.answers.explore.search import Witness
from aval.language.problems import quote
from aval.model import expression as ex
from aval.model.agreement import Ban, Becomes, Change, Clause, Declaration, Duty, Moment, Norm, Power, State, params_of
from aval.model.four import Value
from aval.model.problem import Code, Problem, Severity, Span
from aval.model.term import Term

CODE = Code(
    code="AV708",
    title="A power is bypassed",
    what="A rule waits for the deed of a power, and not for the power: so the deed has its effect also where the power was not available.",
    why="The conditions of the power are then empty. A power's name stands for its valid exercise.",
    bad="power leave(p: members): p may notice(p)\n  while bound(p) and settled(p)\n"
    "state bound(p: members)\n  from joined(p)\n  until notice(p)",
    good="power leave(p: members): p may notice(p)\n  while bound(p) and settled(p)\n"
    "state bound(p: members)\n  from joined(p)\n  until leave(p)",
    severity=Severity.WARNING,
)
Effect = tuple[Declaration, Span, bool]
"""What waits for a deed, the clause in which it does, and whether that clause ends it."""


def check(desk: Desk) -> Iterator[Problem]:
    """Yield a finding for each power whose deed has an effect of its own, where a run shows one."""
    for power in desk.agreements.of(Power):
        if not power.whiles:
            continue
        cast = desk.cast(power)
        deed = filled(power.deed, cast)
        for declared, place, ends in _effects(power, desk) if deed is not None else ():
            witness = _shown(power, cast, deed, declared, desk, ends=ends) if deed is not None else None
            if witness is not None:
                yield _tell(power, declared, place, witness)
                break


def _tell(power: Power, declared: Declaration, place: Span, witness: Witness) -> Problem:
    deed, name = power.deed.name, power.meta.name
    message = f"{quote(declared.meta.name)} follows from {quote(deed)}, whether or not {quote(name)} allows it."
    note = ((power.meta.span, f"The power {quote(name)}, with its conditions, is here."),)
    hint = f"Write the power in the place of its deed: {quote(name)}."
    title = f"{deed} counts where {name} is not available"
    return told(CODE, message, declared, hint, span=place, notes=note, example=witness, title=title)


def _effects(power: Power, desk: Desk) -> Iterator[Effect]:
    """Yield what waits for the deed itself: rules that nothing else reads, norms, and what is meant to bind."""
    read = {name for below in desk.ground.below.values() for name in below}
    for declared in desk.agreements.declarations.values():
        if declared is power or not isinstance(declared, State | Norm):
            continue
        last = isinstance(declared, Norm) or bool(declared.force) or declared.meta.name not in read
        for clause, ends in _changing(declared):
            rests = any(isinstance(node, ex.Ref) and _rests(node.name, power.deed.name, desk) for node in nodes(clause.item))
            if rests and (last or ends or desk.waiting(declared.meta.name)):
                yield declared, clause.span, ends


def _rests(name: str, deed: str, desk: Desk) -> bool:
    """Whether a name is the deed, or a moment counted from it."""
    if name == deed:
        return True
    moment = desk.agreements.get(name, Moment)
    return moment is not None and any(
        isinstance(node, ex.Ref) and node.name == deed for clause in moment.means for node in nodes(clause.item)
    )


def _changing(declared: State | Norm) -> Iterator[tuple[Clause[Change] | Clause[Becomes], bool]]:
    if isinstance(declared, State | Ban):
        yield from ((one, False) for one in declared.froms)
    if isinstance(declared, Duty):
        yield from ((one, False) for one in declared.whens)
    if isinstance(declared, State | Ban | Duty):
        yield from ((one, True) for one in declared.untils)


def _shown(power: Power, cast: Env, deed: ex.Ref, declared: Declaration, desk: Desk, *, ends: bool) -> Witness | None:
    """Give acts after which the power was exercised void, and the effect is there."""
    inside = _inside(declared, deed)
    if inside is None:
        return None
    void = stands(power, cast, "void")
    if not ends:
        return desk.find([void, awake(declared, inside)])
    base = desk.find([awake(declared, inside), stands(power, cast, "available", Value.NO)])
    stage = desk.ground.stage([declared.meta.name, power.meta.name, deed.name])
    name = Term(deed.name, tuple(arg.text for arg in deed.args if isinstance(arg, ex.Name)))
    act = next((one for one in stage.acts if one.term == name and one.polarity), None)
    if base is None or act is None:
        return None
    last = max((day for _, day in base.acts), default=stage.start.isoformat())
    for dated in stage.dated([act], [(act, last)]):
        found = stage.seen((*base.acts, *dated), [void, awake(declared, inside, Value.NO)])
        if found is not None and found.day >= dated[0][1]:
            return found
    return None


def _inside(declared: Declaration, deed: ex.Ref) -> Env | None:
    """Give the parties of a declaration for whom the deed is this one: those of the same variables, else its own cast."""
    names = [arg.text for arg in deed.args if isinstance(arg, ex.Name)]
    params = params_of(declared)
    return dict(zip((param.name for param in params), names, strict=False)) if len(params) <= len(names) else None
