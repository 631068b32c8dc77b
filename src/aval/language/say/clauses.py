"""What declarations share: heads, gaps, sources, acceptance, clauses on a reading, moments with their guards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import TypeVar

from aval.language.say.phrases import Phrases
from aval.model import agreement as model
from aval.model import expression as ex
from aval.model.problem import Span
from aval.model.statement import Anchor, Firmness

T = TypeVar("T")
Said = Iterator[tuple[str, Span]]
"""Sentences, each with its place."""


def head(kind: str, declared: model.Declaration, phrases: Phrases) -> str:
    """Name a declaration: its kind, its label, its name, and for whom it is."""
    tongue, meta = phrases.tongue, declared.meta
    label = phrases.tongue.quote(meta.label) if meta.label else tongue.gap(meta.name)
    params = model.params_of(declared)
    if not params:
        return tongue.phrase("head", kind=tongue.words[f"k_{kind}"], x=label, name=meta.name)
    each = tongue.join(tongue.phrase("each", p=param.name, g=phrases.titled(param.group)) for param in params)
    shown = f"{meta.name}({', '.join(param.name for param in params)})"
    return tongue.phrase("head_for", kind=tongue.words[f"k_{kind}"], x=label, name=shown, each=each)


def tail(meta: model.Meta, phrases: Phrases) -> Said:
    """Say the gaps and the sources."""
    if meta.not_said:
        yield phrases.tongue.phrase("gaps", x=phrases.tongue.join(map(phrases.tongue.gap, meta.not_said))), meta.span
    yield from sources(meta.anchors, meta.span, phrases)


def sources(anchors: tuple[Anchor, ...], span: Span, phrases: Phrases) -> Said:
    """Say where something rests."""
    tongue = phrases.tongue
    for anchor in anchors:
        text = tongue.phrase("source_paragraph", s=anchor.source, n=anchor.paragraph) if anchor.paragraph else anchor.source
        text = tongue.phrase("source_quote", s=text, q=tongue.quote(anchor.quote)) if anchor.quote else text
        yield tongue.phrase("source", x=text), span


def force(ways: tuple[model.Force, ...], span: Span, phrases: Phrases, *, norm: bool = False) -> Said:
    """Say how it is meant to bind; of a norm, also that this is not written."""
    if ways:
        yield phrases.tongue.phrase("binding", x=phrases.tongue.join(phrases.tongue.words[way.value] for way in ways)), span
    elif norm:
        yield phrases.tongue.phrase("binding_none"), span


def only(clause: model.Clause[T], who: str, sentence: str, phrases: Phrases) -> str:
    """Say on which reading alone, and for whom alone (`""`: everybody), a clause stands."""
    parts = [_reading(clause, phrases)] if clause.question else []
    parts += [who] if who else []
    return phrases.tongue.phrase("only", w=phrases.tongue.join(parts), s=phrases.tongue.after_colon(sentence)) if parts else sentence


def _reading(clause: model.Clause[T], phrases: Phrases) -> str:
    question = phrases.agreements.get(clause.question, model.Question)
    labels = {reading.name: reading.label for reading in question.readings} if question is not None else {}
    label = labels.get(clause.reading) or clause.reading.replace("_", " ")
    return phrases.tongue.phrase("on_reading", x=phrases.tongue.quote(label), name=clause.reading, q=phrases.titled(clause.question))


def together(clauses: Sequence[model.Clause[T]]) -> bool:
    """Whether two of these clauses can apply at once: not where each stands on another reading of one question."""
    pairs = combinations(((clause.question, clause.reading) for clause in clauses), 2)
    return any(not one[0] or not other[0] or one[0] != other[0] or one[1] == other[1] for one, other in pairs)


def conditions(key: str, clauses: Sequence[model.Clause[ex.Expression]], phrases: Phrases) -> Said:
    """Say clauses that hold a condition."""
    for clause in clauses:
        who, item = _for_some(clause.item, phrases)
        yield only(clause, who, phrases.tongue.phrase(key, c=phrases.clause(item)), phrases), clause.span


def _for_some(item: ex.Expression, phrases: Phrases) -> tuple[str, ex.Expression]:
    """Take out for which parties alone a condition is asked: of the others it asks nothing, or it does not concern them."""
    match item:
        case ex.Or(items=(ex.Not(item=ex.IsOneOf() as inside), asked)) if not _of_names(asked):
            return _where(inside, phrases), asked
        case ex.Or(items=(ex.IsOneOf() as outside, asked)) if not _of_names(asked):
            return _where(ex.Not(outside), phrases), asked
        case ex.And(items=((ex.IsOneOf() | ex.Not(item=ex.IsOneOf())) as who, asked)) if not _of_names(asked):
            return _where(who, phrases), asked
        case _:
            return "", item


def _of_names(item: ex.Expression) -> bool:
    return isinstance(item.item if isinstance(item, ex.Not) else item, ex.IsOneOf)


def _where(node: ex.Expression, phrases: Phrases) -> str:
    inside = node.item if isinstance(node, ex.Not) else node
    if not isinstance(inside, ex.IsOneOf):
        raise TypeError(f"{node!r} does not name parties")
    names = phrases.tongue.join((phrases.name(option.text) for option in inside.options), "or")
    return phrases.tongue.phrase("where_is" if inside is node else "where_is_not", x=inside.item.text, y=names)


def changes(key: str, clauses: Sequence[model.Clause[model.Change]], phrases: Phrases) -> Said:
    """Say clauses that hold a moment and perhaps a guard."""
    for clause in clauses:
        guard = clause.item.guard
        if guard is not None and _of_names(guard):
            who, guard = _where(guard, phrases), None
        elif isinstance(guard, ex.And):
            who, guard = _for_some(guard, phrases)
        else:
            who = ""
        yield only(clause, who, phrases.tongue.phrase(key, s=change(clause.item.moment, guard, phrases)), phrases), clause.span


def change(moment: ex.Expression, guard: ex.Expression | None, phrases: Phrases) -> str:
    """Say when something changes, and under which condition."""
    text = phrases.when(moment)
    if guard is None:
        return text
    if isinstance(guard, ex.Not):
        return phrases.tongue.phrase("unless", s=text, c=phrases.clause(guard.item))
    return phrases.tongue.phrase("if", s=text, c=phrases.clause(guard))


def moments(key: str, clauses: Sequence[model.Clause[ex.Expression]], phrases: Phrases, *, dative: bool = False) -> Said:
    """Say clauses that hold a moment."""
    yield from each(clauses, lambda item: phrases.tongue.phrase(key, m=phrases.moment(item, dative=dative)), phrases)


def each(clauses: Sequence[model.Clause[T]], write: Callable[[T], str], phrases: Phrases) -> Said:
    """Say clauses of any sort."""
    for clause in clauses:
        yield only(clause, "", write(clause.item), phrases), clause.span


def acceptance(key: str, found: model.Acceptance, span: Span, phrases: Phrases) -> Said:
    """Say when a statement counts, also where the text does not."""
    tongue = phrases.tongue
    ways = tongue.join(_ways(found, phrases), "or_long")
    said = "done_only" if found.firmness is Firmness.DONE else "firmly"
    text = tongue.phrase(said, x=ways, f=tongue.quote(tongue.words[found.firmness.value]))
    yield tongue.phrase(key if found.declared else f"{key}_default", x=text), span


def _ways(found: model.Acceptance, phrases: Phrases) -> Iterator[str]:
    """Say each way by itself, and all voices in one."""
    tongue = phrases.tongue
    voices = [way.who.text for way in found.ways if isinstance(way, model.FromVoice)]
    if voices:
        yield tongue.phrase("voice", x=tongue.join(map(phrases.name, dict.fromkeys(voices)), "or"))
    for way in found.ways:
        match way:
            case model.FromSources():
                grade = tongue.words[way.grade.value]
                yield tongue.phrase("source_one" if way.number == 1 else "source_many", n=way.number, g=grade)
            case model.FromFinding():
                yield tongue.phrase("finding", x=phrases.titled(way.body))
            case _:
                pass
