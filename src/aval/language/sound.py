"""Leave out what is unsound, and what rests on it, and say so once.

A finding in a clause that says nothing about what holds when (`source`, `not said`) takes only that clause; so does one in an `agreement`
line. Any other takes the whole declaration: a guarantee without one of its conditions would look stronger than it is. What names a
declaration that is left out is left out too; the problem at the root says so in one note.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from aval.language.case import Case
from aval.language.lower import name_of
from aval.language.parse import LOOSE
from aval.language.problems import Finding, quote
from aval.language.syntax import Clause, Declaration, Offer, StepOf
from aval.language.uses import DOMAINS
from aval.model.frozen import frozen
from aval.model.problem import Problem, Span

SHOWN = 12

Need = tuple[Declaration | int, Declaration, Clause | None]
"""What is needed (a declaration, or the number of the problem that took its name away), by which declaration, in which clause."""


@frozen(kw_only=True)
class Sound:
    """What is left: the declarations, the clauses (by identity) to pass over, and all problems with their notes.

    `gone` are the declarations (by identity) that are left out.
    """

    declarations: list[Declaration]
    without: frozenset[int]
    gone: frozenset[int]
    problems: list[Problem]


def sound_part(case: Case, findings: list[Finding], problems: list[Problem]) -> Sound:
    """Sort out a case. `problems` are those known before the checks, the numbers in `case.broken` count in them."""
    told = list(problems)
    numbers: dict[tuple[str, Span, str], int] = {}
    gone: dict[int, int] = {}
    without: set[int] = set()
    for finding in findings:
        found = finding.problem
        number = numbers.setdefault((found.code.code, found.span, found.message), len(told))
        if number == len(told):
            told.append(found)
        if finding.declaration is not None:
            _take(finding.declaration, finding.clause, number, gone, without)
    for name, number in case.broken.items():
        if name in case.named:  # declared a second time, by something that could not be read: nobody knows which is meant
            _take(case.named[name], None, number, gone, without)
    followers = _spread(case, gone, without)
    for root, names in followers.items():
        told[root] = _with_note(told[root], names)
    left = [declaration for declaration in case.declarations if id(declaration) not in gone]
    return Sound(declarations=left, without=frozenset(without), gone=frozenset(gone), problems=told)


def _take(declaration: Declaration, clause: Clause | None, number: int, gone: dict[int, int], without: set[int]) -> None:
    if clause is not None and (clause.kind in LOOSE or declaration.kind == "agreement"):
        without.add(id(clause))
    elif declaration.kind != "agreement":
        gone.setdefault(id(declaration), number)


def _spread(case: Case, gone: dict[int, int], without: set[int]) -> dict[int, list[Declaration]]:
    """Leave out what rests on what is left out, and give it by the problem at its root."""
    rests: dict[int, list[tuple[Declaration, Clause | None]]] = {}
    followers: dict[int, list[Declaration]] = {}
    waiting: list[tuple[int, Declaration, Clause | None]] = []
    for needed, declaration, clause in _needs(case):
        if isinstance(needed, int):
            waiting.append((needed, declaration, clause))
        else:
            rests.setdefault(id(needed), []).append((declaration, clause))
    for declaration in case.declarations:
        if id(declaration) in gone:
            waiting.extend((gone[id(declaration)], *pair) for pair in rests.get(id(declaration), ()))
    for root, declaration, clause in waiting:
        if declaration.kind == "agreement":
            without.add(id(clause))
        elif id(declaration) not in gone:
            gone[id(declaration)] = root
            followers.setdefault(root, []).append(declaration)
            waiting.extend((root, *pair) for pair in rests.get(id(declaration), ()))
    return followers


def _needs(case: Case) -> Iterator[Need]:
    """Yield what each declaration rests on: another declaration, or the number of the problem that took its name away."""
    for use in case.uses.names:
        if use.role.variable and use.name in use.variables:
            continue
        yield from _need(case, use.name, use.declaration, use.clause)
    for declaration in case.declarations:
        for clause in declaration.clauses:
            if clause.reading is not None and clause.reading.text in case.readings:
                yield case.readings[clause.reading.text][0], declaration, clause
            elif clause.reading is not None and clause.reading.text in case.broken:
                yield case.broken[clause.reading.text], declaration, clause
        if isinstance(declaration.extra, StepOf):
            yield from _need(case, declaration.extra.process, declaration, None)
            yield declaration, case.named.get(declaration.extra.process, declaration), None
        if isinstance(declaration.extra, Offer):
            yield from _need(case, DOMAINS, declaration, None)
            for arg in declaration.extra.ref.args[:1]:
                yield from _need(case, getattr(arg, "text", ""), declaration, None)
    for offer in case.uses.offers:
        yield from _need(case, DOMAINS, offer.declaration, offer.clause)


def _need(case: Case, name: str, declaration: Declaration, clause: Clause | None) -> Iterator[Need]:
    if name in case.named:
        yield case.named[name], declaration, clause
    elif name in case.broken:
        yield case.broken[name], declaration, clause


def _with_note(root: Problem, left_out: list[Declaration]) -> Problem:
    """Say in one note what else is left out."""
    names = list(dict.fromkeys(quote(name_of(declaration)) for declaration in left_out))
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    sentence = f"Left out as well, since it rests on this: {', '.join(names[:SHOWN])}{more}."
    return replace(root, notes=(*root.notes, (left_out[0].span, sentence)))
