"""What declarations share: heads, gaps, sources, acceptance, clauses on a reading, moments with their guards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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
    each = tongue.join(tongue.phrase("each", p=param.name, g=phrases.group(param.group)) for param in params)
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


def force(ways: tuple[model.Force, ...], span: Span, phrases: Phrases) -> Said:
    """Say how it is meant to bind."""
    if ways:
        yield phrases.tongue.phrase("binding", x=phrases.tongue.join(phrases.tongue.words[way.value] for way in ways)), span


def on_reading(clause: model.Clause[T], sentence: str, phrases: Phrases) -> str:
    """Say on which reading alone a clause stands."""
    if not clause.question:
        return sentence
    question = phrases.agreements.get(clause.question, model.Question)
    labels = {reading.name: reading.label for reading in question.readings} if question is not None else {}
    label = labels.get(clause.reading) or clause.reading.replace("_", " ")
    parts = {"x": phrases.tongue.quote(label), "name": clause.reading, "q": phrases.titled(clause.question)}
    return phrases.tongue.phrase("on_reading", **parts, s=phrases.tongue.after_colon(sentence))


def conditions(key: str, clauses: Sequence[model.Clause[ex.Expression]], phrases: Phrases) -> Said:
    """Say clauses that hold a condition."""
    for clause in clauses:
        yield on_reading(clause, phrases.tongue.phrase(key, c=phrases.condition(clause.item)), phrases), clause.span


def changes(key: str, clauses: Sequence[model.Clause[model.Change]], phrases: Phrases) -> Said:
    """Say clauses that hold a moment and perhaps a guard."""
    for clause in clauses:
        yield on_reading(clause, phrases.tongue.phrase(key, s=change(clause.item, phrases)), phrases), clause.span


def change(item: model.Change | model.Becomes, phrases: Phrases) -> str:
    """Say when something changes, and under which condition."""
    tongue, moment, guard = phrases.tongue, item.moment, item.guard
    declared = phrases.agreements.declarations.get(moment.name) if isinstance(moment, ex.Ref) else None
    if isinstance(moment, ex.Ref) and not isinstance(declared, model.Moment | model.Power):
        text = tongue.phrase("as_soon_as", x=phrases.ref(moment))
    else:
        text = tongue.phrase("at", m=phrases.moment(moment, dative=True))
    if guard is None:
        return text
    if isinstance(guard, ex.Not):
        return tongue.phrase("unless", s=text, c=phrases.condition(guard.item))
    return tongue.phrase("if", s=text, c=phrases.condition(guard))


def moments(key: str, clauses: Sequence[model.Clause[ex.Expression]], phrases: Phrases, *, dative: bool = False) -> Said:
    """Say clauses that hold a moment."""
    yield from each(clauses, lambda item: phrases.tongue.phrase(key, m=phrases.moment(item, dative=dative)), phrases)


def each(clauses: Sequence[model.Clause[T]], write: Callable[[T], str], phrases: Phrases) -> Said:
    """Say clauses of any sort."""
    for clause in clauses:
        yield on_reading(clause, write(clause.item), phrases), clause.span


def acceptance(key: str, found: model.Acceptance, span: Span, phrases: Phrases) -> Said:
    """Say when a statement counts, also where the text does not."""
    tongue = phrases.tongue
    if not found.declared:
        yield tongue.phrase("counts_default"), span
        return
    ways = tongue.join((_way(way, phrases) for way in found.ways), "or_long")
    firm = tongue.words[found.firmness.value]
    said = tongue.phrase("done_only", x=ways) if found.firmness is Firmness.DONE else tongue.phrase("firmly", x=ways, f=firm)
    yield tongue.phrase(key, x=said), span


def _way(way: model.FromVoice | model.FromSources | model.FromFinding, phrases: Phrases) -> str:
    tongue = phrases.tongue
    match way:
        case model.FromVoice():
            return tongue.phrase("voice", x=phrases.name(way.who.text))
        case model.FromSources():
            grade = tongue.words[way.grade.value]
            return tongue.phrase("source_one" if way.number == 1 else "source_many", n=way.number, g=grade)
        case model.FromFinding():
            return tongue.phrase("finding", x=phrases.titled(way.body))
