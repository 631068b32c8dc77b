"""Divergence: where, when and for whom the readings of each question give different answers. It takes no side between them.

A term that depends on several questions is looked at for each of them with the others held open: the readings of one part where they do so
on some choice of the others.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from aval.answers.course import STEPS, Clock, Courses, aspects, clock, courses, said_at
from aval.answers.inquiry import Inquiry
from aval.answers.items import KINDS, terms
from aval.answers.naming import label_of, names
from aval.answers.parting import Disputed, Divergence, Held, Parting, Stretch
from aval.answers.readings import spread
from aval.answers.standing import Own, cone, facts, may_part, sides, stands_on
from aval.answers.unanswered import answered
from aval.answers.waiting import Wait, waits
from aval.engine.rules import offer
from aval.model.agreement import Contribution, Declaration, Group, Quantity, Question
from aval.model.columns import QUESTION, Axis
from aval.model.frozen import frozen
from aval.model.instant import ALWAYS, NEVER, Instant
from aval.model.term import Term

_WORD = re.compile(r"\w+")


def diverge(inquiry: Inquiry, start: Instant | None = None, end: Instant | None = None, steps: int = STEPS) -> Divergence:
    """Say where the readings part, from `start` to `end`, both included, or over all time. `steps` bounds what is worked out."""
    within = clock(start, end, steps)
    found: dict[str, list[Parting]] = {}
    wanted = [*inquiry.world.agreements.declarations.values()]
    parted, unanswered = answered(wanted, inquiry, lambda declared: _partings(declared, inquiry, within))
    for question, parting in parted:
        found.setdefault(question, []).append(parting)
    questions = tuple(_disputed(question, tuple(found.get(question.meta.name, ())), inquiry) for question in _questions(inquiry))
    counts = _counts(questions, within)
    return Divergence(
        title=inquiry.manifest.title,
        names=names(inquiry),
        coordinates=inquiry.coordinates(),
        start=inquiry.date(start),
        end=inquiry.date(end),
        headline=_headline(counts, inquiry.date(start), inquiry.date(end), inquiry),
        questions=questions,
        unanswered=unanswered,
        counts=counts,
    )


def _questions(inquiry: Inquiry) -> Iterator[Question]:
    return inquiry.world.agreements.of(Question)


def _disputed(question: Question, partings: tuple[Parting, ...], inquiry: Inquiry) -> Disputed:
    return Disputed(
        name=question.meta.name,
        label=question.meta.label,
        chosen=inquiry.world.view.reading_of(question.meta.name),
        clause=inquiry.clause(question.meta.span),
        sides=sides(question, inquiry),
        partings=partings,
    )


def _partings(declared: Declaration, inquiry: Inquiry, within: Clock) -> Iterator[tuple[str, Parting]]:
    """Yield, question by question, what it parts of a declaration, terms that it touches alike together."""
    if (type(declared) not in KINDS and not isinstance(declared, Contribution)) or isinstance(declared, Group | Quantity):
        return
    for aspect, axes in aspects(declared, inquiry):
        asked = _terms(declared, inquiry)
        told = list(courses(declared, asked, aspect, axes, inquiry, within))
        for place, axis in enumerate(axes):
            if len(axis.values) > 1:
                owns = cone(declared, axis.name.removeprefix(QUESTION), inquiry)
                pools: dict[Hashable, list[Parting]] = {}
                for term, course in zip(asked, told, strict=True):
                    one = _parting(declared, term, aspect, _Asked(course=course, place=place, owns=owns), inquiry, within)
                    if one is not None:
                        pools.setdefault(_sameness(one, term), []).append(one)
                question = axis.name.removeprefix(QUESTION)
                yield from ((question, _joined(pool, len(asked))) for pool in pools.values())


def _terms(declared: Declaration, inquiry: Inquiry) -> list[Term]:
    if isinstance(declared, Contribution):
        return [Term(offer.OFFER, (declared.party, declared.domain))]
    return terms(declared, inquiry)


@frozen(kw_only=True)
class _Asked:
    """One question put to one term: its courses, the question's place among their axes, and the clauses that stand on its readings."""

    course: Courses
    place: int
    owns: tuple[Own, ...]

    @property
    def axis(self) -> Axis:
        """The axis of the question."""
        return self.course.axes[self.place]

    @property
    def others(self) -> tuple[Axis, ...]:
        """The axes of the other questions."""
        return (*self.course.axes[: self.place], *self.course.axes[self.place + 1 :])


def _parting(declared: Declaration, term: Term, aspect: str, asked: _Asked, inquiry: Inquiry, within: Clock) -> Parting | None:
    """Look at one term for one question; `None` where the readings are nowhere apart and could not be."""
    axes, name = asked.course.axes, declared.meta.name
    stretches = () if asked.course.alike else tuple(_stretches(declared, term, asked, inquiry, within))
    if not stretches and (aspect == "due" or not may_part(asked.owns)):
        return None
    wait = Wait() if stretches else waits(declared, term, [own for own in asked.owns if own.of is declared], axes, inquiry)
    return Parting(
        terms=(str(term),),
        labels=(label_of(declared, term, inquiry),),
        of=1,
        kind=KINDS.get(type(declared), "contribution"),
        aspect=aspect,
        clause=inquiry.clause(declared.meta.span),
        others=tuple(axis.name.removeprefix(QUESTION) for axis in asked.others if len(axis.values) > 1),
        through=tuple(dict.fromkeys(own.of.meta.name for own in asked.owns if own.of.meta.name != name)),
        turns_on=stands_on(declared, term, asked.owns, axes, inquiry) if stretches else (),
        stretches=stretches,
        once=wait.once,
        comes=wait.comes,
        unless=wait.unless,
        alike=wait.alike,
    )


def _sameness(one: Parting, term: Term) -> Hashable:
    """What two terms share to stand together: everything but who they are about."""
    args = {arg: f"${place}" for place, arg in enumerate(term.args)}

    def blank(texts: Sequence[str]) -> tuple[str, ...]:
        return tuple(_blanked(text, args) for text in texts)

    stretches = tuple(
        (s.start, s.end, *((h.value, *h.by_reading.items()) for h in s.held), blank(s.began), blank(s.ended)) for s in one.stretches
    )
    return (one.aspect, stretches, blank(one.turns_on), blank(one.once), blank(one.comes), blank(one.unless), one.alike)


def _blanked(text: str, args: Mapping[str, str]) -> str:
    return _WORD.sub(lambda hit: args.get(hit[0], hit[0]), text)


def _joined(pool: Sequence[Parting], of: int) -> Parting:
    return replace(
        pool[0],
        terms=tuple(term for one in pool for term in one.terms),
        labels=tuple(label for one in pool for label in one.labels),
        of=of,
    )


def _stretches(declared: Declaration, term: Term, asked: _Asked, inquiry: Inquiry, within: Clock) -> Iterator[Stretch]:
    """Yield the stretches in which the readings of one question differ, joined where every answer stays the same."""
    edges = sorted({edge for one in asked.course.courses for start, end, _ in one for edge in (start, end)})
    runs: list[tuple[Instant, Instant, tuple[Held, ...]]] = []
    for start, end in pairwise(edges):
        held = _held(asked, start)
        if held is None:
            continue
        if runs and runs[-1][1:] == (start, held):
            runs[-1] = (runs[-1][0], end, held)
        else:
            runs.append((start, end, held))
    for start, end, held in runs:
        yield Stretch(
            start=None if start in (ALWAYS, within.start) else inquiry.date(start),
            end=None if end in (NEVER, within.end) else inquiry.date(end),
            now=start <= inquiry.at < end,
            projected=start > inquiry.world.known,
            held=held,
            began=() if start == within.start else facts(declared, term, asked.course.axes, start, inquiry),
            ended=() if end == within.end else facts(declared, term, asked.course.axes, end, inquiry),
        )


def _held(asked: _Asked, at: Instant) -> tuple[Held, ...] | None:
    """Give the answer on each reading, the other questions held open; `None` where no choice of the others has different answers."""
    place = asked.place
    sliced: dict[str, dict[tuple[str, ...], str]] = {}
    for combo, one in zip(asked.course.combos, asked.course.courses, strict=True):
        sliced.setdefault(combo[place], {})[combo[:place] + combo[place + 1 :]] = said_at(one, at)
    tables = list(sliced.values())
    if all(table == tables[0] for table in tables):
        return None
    return tuple(_on(reading, sliced[reading], asked.others) for reading in asked.axis.values)


def _on(reading: str, table: Mapping[tuple[str, ...], str], others: Sequence[Axis]) -> Held:
    found = spread(others, lambda chosen: table[tuple(chosen[axis.name] for axis in others)])
    return Held(reading=reading, value=found.value, by_reading=found.by_reading)


def _counts(questions: Sequence[Disputed], within: Clock) -> dict[str, int]:
    now = [one for one in questions if any(parting.now for parting in one.partings)]
    apart = [one for one in questions if any(parting.stretches for parting in one.partings)]
    return {
        "questions": len(questions),
        "apart": len(apart),
        "apart now": len(now),
        "apart in the text": sum(bool(one.partings) for one in questions) - len(apart),
        "chosen": sum(one.chosen is not None for one in questions),
        "terms apart": len({term for one in apart for parting in one.partings if parting.stretches for term in parting.terms}),
        "terms apart now": len({term for one in now for parting in one.partings if parting.now for term in parting.terms}),
        "steps": within.budget.spent,
    }


def _headline(counts: Mapping[str, int], start: str | None, end: str | None, inquiry: Inquiry) -> str:
    """Say on how many questions the readings part: at the view, or in the time asked for."""
    if not counts["questions"]:
        return "The agreements ask no question, so there is one reading."
    bounded = start is not None or end is not None
    when = (
        " ".join(part for part in (f"from {start}" if start else "", f"to {end}" if end else "") if part)
        or f"on {str(inquiry.date(inquiry.at))[:10]}"
    )
    apart, touched = (counts[name if bounded else f"{name} now"] for name in ("apart", "terms apart"))
    asked = f"{counts['questions']} question{'' if counts['questions'] == 1 else 's'}"
    first = f"the readings of {apart} of {asked} give different answers, to {touched} term{'' if touched == 1 else 's'}."
    parts = [_capital(f"{when} {first if apart else f'the readings of {asked} give the same answers.'}")]
    parts += [f"{counts['apart'] - apart} more part at another time."] if counts["apart"] > apart else []
    latent = counts["apart in the text"]
    parts += [f"On {latent} the texts differ and no answer does."] if latent else []
    parts += [f"On {counts['chosen']} a reading was chosen."] if counts["chosen"] else []
    return " ".join(parts)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
