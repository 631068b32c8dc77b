"""Findings with content over a span (semantics 2.7): what a body found of a state stands there in the place of all else.

A finding is an act at its own date. Its content covers the span that it names; where it names no end, or no span at all, it goes on
from its first day, or from its saying. Within it, neither reports nor rules move anything until the body withdraws it. Of one body, the
later finding stands where two cover an instant; what equal bodies found differently is contested.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from aval.engine.algebra import difference, spans, union
from aval.engine.frames import source_keys
from aval.engine.protocol import Evaluation, Point
from aval.model.agreement import State
from aval.model.columns import EMPTY, Frame, Spans, Timeline
from aval.model.four import Value
from aval.model.instant import NEVER, Instant, read_civil
from aval.model.reason import Mode, Reason
from aval.model.statement import Statement
from aval.model.term import Term


def settled(declared: State, timeline: Timeline, evaluation: Evaluation) -> Timeline:
    """Put what bodies found of a state in the place of what a column says there."""
    finders = evaluation.finders(declared.meta.name)
    acts = _acts(declared, finders, evaluation) if finders else []
    if not acts:
        return timeline
    yes, no = EMPTY, EMPTY
    for body in sorted({act.voice.speaks_for for _, act in acts}):
        mine = _of_one([(term, act) for term, act in acts if act.voice.speaks_for == body], declared, timeline.frame, evaluation)
        yes, no = union(yes, mine[0]), union(no, mine[1])
    covered = union(yes, no)
    return Timeline(
        timeline.frame,
        union(difference(timeline.yes, covered), yes),
        union(difference(timeline.no, covered), no),
        difference(timeline.carried, covered),
    )


def _acts(declared: State, finders: frozenset[str], evaluation: Evaluation) -> list[tuple[Term, Statement]]:
    terms = evaluation.terms_of(declared.meta.name)
    return [(term, act) for term in terms for act in evaluation.found_of(term) if act.voice.speaks_for in finders]


def _of_one(acts: Sequence[tuple[Term, Statement]], declared: State, frame: Frame, evaluation: Evaluation) -> tuple[Spans, Spans]:
    """Lay out what one body found, the later over the earlier; what it said at one instant stands side by side."""
    zone = evaluation.zone(declared.meta.name)
    yes, no = EMPTY, EMPTY
    for _, batch in groupby(sorted(acts, key=lambda act: _said(act[1], zone)), lambda act: _said(act[1], zone)):
        found = [(act.polarity, _laid(term, act, declared, frame, zone)) for term, act in batch]
        fresh_yes, fresh_no = (union(*(part for side, part in found if side is wanted)) for wanted in (True, False))
        covered = union(fresh_yes, fresh_no)
        yes, no = union(difference(yes, covered), fresh_yes), union(difference(no, covered), fresh_no)
    return yes, no


def _laid(term: Term, act: Statement, declared: State, frame: Frame, zone: str) -> Spans:
    """Lay the span of one finding out for every instance of the frame that its term stands for, questions included."""
    start, end = span_of(act, zone)
    names = [param.name for param in declared.params]
    wanted = dict(zip(names, term.args, strict=True))
    small = Frame(tuple(axis for axis in frame.axes if not axis.is_question))
    key = small.key(wanted)
    sources = source_keys(small, frame, {}).tolist()
    return spans((place, start, end) for place, source in enumerate(sources) if source == key is not None and start < end)


def _said(act: Statement, zone: str) -> Instant:
    found = read_civil(act.said, zone)
    return NEVER if found is None else found.hi


def span_of(act: Statement, zone: str) -> tuple[Instant, Instant]:
    """Give the half-open span that a finding's content covers; nothing (two equal instants) where it only says at some time in it.

    Where it names only an end, nobody said since when: from its saying on, or that last instant.
    """
    first = read_civil(act.when.first, zone) if act.when and act.when.first else None
    last = read_civil(act.when.last, zone) if act.when and act.when.last else None
    if first is None and last is None:
        said = read_civil(act.said, zone)
        return (said.lo if said else NEVER), NEVER
    if act.when is not None and not act.when.throughout:
        return NEVER, NEVER
    end = NEVER if last is None else last.hi + 1
    return min(_said(act, zone), end - 1) if first is None else first.lo, end


def finding_reasons(declared: State, term: Term, point: Point, evaluation: Evaluation) -> list[Reason]:
    """Explain the findings that cover an instant; nothing where none does."""
    finders = evaluation.finders(declared.meta.name)
    if not finders:
        return []
    zone = evaluation.zone(declared.meta.name)
    reasons = []
    for act in evaluation.found_of(term):
        start, end = span_of(act, zone)
        if act.voice.speaks_for in finders and start <= point.at < end:
            word = "finds" if act.polarity else "does not find"
            reasons.append(
                Reason(
                    text=f"{act.voice.speaks_for} {word} {term}",
                    term=str(term),
                    value=Value.of(yes=act.polarity, no=not act.polarity),
                    mode=Mode.TOLD,
                    since=_said(act, zone),
                    note="it stands in the place of all else",
                    span=declared.meta.span,
                    statements=(act.id,),
                )
            )
    return reasons
