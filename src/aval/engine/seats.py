"""Acceptance is read just before the act (semantics 2.4): whoever was told not to belong any more speaks for nobody there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from aval.engine.admit import Admitted, Docket
from aval.engine.domains import MEMBER
from aval.engine.leaves import Clock
from aval.engine.lookup import look
from aval.engine.protocol import Evaluation
from aval.model.agreement import Event, FromVoice
from aval.model.claims import Chained
from aval.model.four import Value
from aval.model.reason import Alleged
from aval.model.term import Term


def seated_only(admitted: Admitted, evaluation: Evaluation, among: Collection[Term] | None = None) -> None:
    """Take out of what counts each act of one who, just before it, was told to be no member of the group that may do it.

    With `among`, only of these terms.
    """
    for declared in evaluation.agreements.of(Event):
        groups = {param.name: (place, param.group) for place, param in enumerate(declared.params)}
        voices = [way.who.text for way in declared.acceptance.ways if isinstance(way, FromVoice)]
        for name in voices:
            place, group = groups.get(name, (0, ""))
            if group and (not evaluation.closed(group) or group in evaluation.agreements.tables) and len(evaluation.membership(group).no):
                terms = evaluation.terms_of(declared.meta.name) if among is None else among
                for term in list(terms):
                    if term.name == declared.meta.name and term in admitted:
                        admitted[term] = _seated(admitted[term], declared, term, (place, group), evaluation)


def _seated(docket: Docket, declared: Event, term: Term, seat: tuple[int, str], evaluation: Evaluation) -> Docket:
    place, group = seat
    who, said = term.args[place], docket.accepted
    clock = Clock(evaluation.zone(declared.meta.name), legal_act=declared.legal_act)
    firsts, lasts = clock.happened(said)
    column = evaluation.membership(group)
    gone = np.zeros(len(said), np.bool_)
    for row, (first, last) in enumerate(zip(firsts.tolist(), lasts.tolist(), strict=True)):
        # an act of an uncertain day is out only where it was no member on any of them
        seen = [look(column, {MEMBER: who}, at - 1) for at in (first, last)]
        gone[row] = said[row].voice.speaks_for == who and all(one.value is Value.NO for one in seen) and seen[0].since == seen[1].since
    if not gone.any():
        return docket
    out = said.where(gone)
    why_not = f"{who} was told to be outside {group} just before"
    alleged = [Alleged(statement=id_, why_not=why_not) for id_ in out.ids]
    return replace(docket, accepted=said.where(~gone), alleged=Chained([docket.alleged, alleged]))
