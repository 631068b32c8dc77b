"""What the checks of a draft share: the agreements, the explorer, who waits for what, and how a finding is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from itertools import islice, product
from typing import Any, TypeVar

from aval.answers.explore.acts import Env, environments, nodes
from aval.answers.explore.cone import cone
from aval.answers.explore.search import Dated, Ground, Steps, Wanted, Witness
from aval.engine.order import questions_of
from aval.language.problems import quote
from aval.model.agreement import Agreements, Ban, Contribution, Declaration, Duty, Event, Norm, Power, Question, State, params_of
from aval.model.expression import Expression, Name, Node, Ref, Stands
from aval.model.four import Value
from aval.model.problem import Code, Problem, Span
from aval.model.term import Term

N = TypeVar("N", bound=Node)
D = TypeVar("D", bound=Declaration)
MANY = 1000
"""more acts than any sequence has"""
CASTS = 12
"""ways of filling parameters that are tried"""
SHOWN = 6
"""names that a sentence lists"""
MANY_READINGS = 24
"""combinations of readings that are looked at"""
RUNS = 60
"""sequences that one finding may run"""


@dataclass(slots=True, kw_only=True)
class Desk:
    """A draft on the desk of its checks."""

    agreements: Agreements
    ground: Ground
    _cast: dict[str, dict[str, str]] = field(default_factory=dict)
    _cones: dict[str, set[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, agreements: Agreements, zone: str) -> Desk:
        """Lay out a draft; `zone` is that in which its case reads dates."""
        return cls(agreements=agreements, ground=Ground(agreements, zone))

    @property
    def norms(self) -> list[Norm]:
        """The duties, bans and powers, in the order of the text."""
        return [one for one in self.agreements.declarations.values() if isinstance(one, Norm)]

    def waiting(self, name: str) -> list[Declaration]:
        """Give what waits for a declaration: norms, offers, and what is meant to bind."""
        found = []
        for other, declared in self.agreements.declarations.items():
            binds = isinstance(declared, Norm | Contribution) or (isinstance(declared, State) and bool(declared.force))
            if other != name and binds and name in self._cone(other):
                found.append(declared)
        return found

    def _cone(self, name: str) -> set[str]:
        if name not in self._cones:
            declared = self.agreements.declarations[name]
            deeds = {ref.name for ref in _deeds(declared)}
            self._cones[name] = cone(self.ground.below.get(name, frozenset()) - deeds, self.ground.below)
        return self._cones[name]

    def cast(self, declared: Declaration, word: str = "") -> dict[str, str]:
        """Give parties for the parameters with whom it could come about."""
        name = declared.meta.name
        if name not in self._cast:
            ways = environments(params_of(declared), self.agreements, self.ground.named)[:CASTS]
            stage = self.ground.stage([name])
            fits = (env for env in ways if stage.could(stage.acts, [awake(declared, env) if not word else stands(declared, env, word)], {}))
            self._cast[name] = next(fits, ways[0] if ways else {})
        return self._cast[name]

    def easiest(self, declared: Iterable[D]) -> list[D]:
        """Put those first that the fewest acts bring about, if times did not matter."""

        def needed(one: D) -> int:
            wanted = [awake(one, self.cast(one))]
            kept = self.ground.stage(names_of(wanted)).supports(wanted)
            return MANY if kept is None else len(kept)

        return sorted(declared, key=needed)

    def find(self, wanted: Sequence[Wanted], runs: int = RUNS) -> Witness | None:
        """Look for a short sequence of acts after which all that is wanted is so."""
        return self.ground.stage(names_of(wanted)).find(wanted, steps=Steps(runs))

    def find_on_a_reading(self, wanted: Sequence[Wanted], runs: int = RUNS) -> Witness | None:
        """Look for one on the first choice of readings on which it could be, if times did not matter."""
        names = names_of(wanted)
        stage = self.ground.stage(names)
        below = sorted({*names, *(other for name in names for other in self._cone(name))} & set(self.agreements.declarations))
        asked = dict.fromkeys(question for name in below for question in questions_of(self.agreements.declarations[name]))
        questions = [one for name in asked if (one := self.agreements.get(name, Question)) is not None]
        combined = product(*([(one.meta.name, reading.name) for reading in one.readings] for one in questions))
        for choice in map(dict, islice(combined, MANY_READINGS)):
            if stage.supports(wanted, choice) is not None:
                return stage.find(wanted, steps=Steps(runs), readings=choice)
        return None

    def seen(self, acts: Sequence[Dated], wanted: Sequence[Wanted]) -> Witness | None:
        """Run a sequence of acts, and look whether all that is wanted is so on some day."""
        return self.ground.stage({*names_of(wanted), *(act.term.name for act, _ in acts)}).seen(acts, wanted)


def _deeds(declared: Declaration) -> tuple[Ref, ...]:
    match declared:
        case Duty() | Ban():
            return declared.deeds
        case Power():
            return (declared.deed,)
        case _:
            return ()


def names_of(wanted: Iterable[Wanted]) -> set[str]:
    """Give the declarations that conditions speak of."""
    return {node.name for one in wanted for node in nodes(one.node) if isinstance(node, Ref)}


def ref_of(declared: Declaration, env: Env) -> Ref:
    """Name a declaration with its parameters filled."""
    return Ref(declared.meta.name, tuple(Name(env[param.name]) for param in params_of(declared)))


def filled(ref: Ref, env: Env) -> Ref | None:
    """Put names in the places of variables; `None` where one is left open."""
    args = [arg for arg in ref.args if isinstance(arg, Name)]
    return Ref(ref.name, tuple(Name(env.get(arg.text, arg.text)) for arg in args)) if len(args) == len(ref.args) else None


def substituted(node: N, env: Env) -> N:
    """Put names in the places of variables throughout an expression."""
    if isinstance(node, Name):
        return replace(node, text=env.get(node.text, node.text))
    changed: dict[str, Any] = {}
    for field_ in fields(node):
        value = getattr(node, field_.name)
        if isinstance(value, Node):
            changed[field_.name] = substituted(value, env)
        elif isinstance(value, tuple):
            changed[field_.name] = tuple(substituted(one, env) if isinstance(one, Node) else one for one in value)
    return replace(node, **changed)


def text_of(ref: Ref) -> str:
    """Write a reference as its term."""
    return str(Term(ref.name, tuple(arg.text if isinstance(arg, Name) else "any" for arg in ref.args)))


def holds(ref: Ref, value: Value = Value.YES, answer: str = "") -> Wanted:
    """Want a named state to hold, or to have another value."""
    return Wanted(text=text_of(ref), node=ref, value=value, answer=answer)


def stands(declared: Declaration, env: Env, word: str, value: Value = Value.YES) -> Wanted:
    """Want a norm to stand somewhere."""
    ref = ref_of(declared, env)
    node: Expression = Stands(ref, (word,))
    return Wanted(text=f"{text_of(ref)} is {word}", node=node, value=value)


def awake(declared: Declaration, env: Env, value: Value = Value.YES) -> Wanted:
    """Want a duty to be owed, a power to be available, a ban to be in force, a state to hold; or not, or contested."""
    match declared:
        case Duty():
            return stands(declared, env, "owed", value)
        case Power():
            return stands(declared, env, "available", value)
        case Ban():
            word = {Value.YES: "no_breach_on_record", Value.NO: "not_in_force"}.get(value, "")
            return holds(ref_of(declared, env), value, answer=word)
        case _:
            return holds(ref_of(declared, env), value)


def told(code: Code, message: str, declared: Declaration, hint: str, **more: object) -> Problem:
    """Tell a finding about a declaration. `more`: its notes, a witness as `example`, and `title`, what the example shows."""
    witness, title = more.get("example"), more.get("title")
    lines: tuple[str, ...] = ()
    if isinstance(witness, Witness):
        lines = (f'test "{code.code}: {title}"', *(f"  {line}" for line in witness.lines()))
    span, notes = more.get("span"), more.get("notes")
    place = span if isinstance(span, Span) else name_span(declared)
    given = notes if isinstance(notes, tuple) else ()
    return Problem(code=code, message=message, span=place, hint=hint, notes=given, example=lines)


def name_span(declared: Declaration) -> Span:
    """Give the place of a declaration."""
    return declared.meta.span


def listed(names: Sequence[str], last: str = "and") -> str:
    """Write names in backquotes, the first few of many."""
    shown = [quote(name) for name in names[:SHOWN]]
    rest = len(names) - len(shown)
    if rest:
        return f"{', '.join(shown)} {last} {rest} more"
    return f" {last} ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def by_document(declared: Iterable[Declaration]) -> list[list[Declaration]]:
    """Put declarations of one agreement together, in the order of the text."""
    found: dict[str, list[Declaration]] = {}
    for one in declared:
        found.setdefault(one.meta.agreement, []).append(one)
    return list(found.values())


def is_trigger(declared: Declaration) -> bool:
    """Whether only what is told decides it: an event, or a state without a rule."""
    return isinstance(declared, Event) or (isinstance(declared, State) and declared.reported)
