"""What statements say of each other: labels and claims that stand once, and withdrawals by the same voice (semantics 2.1).

A statement's id is the hash of what it says, the ids of those it withdraws included. So ids are given from the withdrawn to the
withdrawing, and a circle has no ids at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from aval.evidence.canonical import content_id
from aval.evidence.claim import Claim
from aval.evidence.codes import claims as codes
from aval.evidence.complaint import Complaint
from aval.evidence.words import shown
from aval.model.problem import Span
from aval.model.statement import Says, Statement

Finding = tuple[Claim, Complaint]
_LABEL = "label:"


@dataclass(slots=True, kw_only=True)
class Resolved:
    """The statements by label, in the order of their files, and what is wrong between them."""

    statements: dict[str, Statement] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def resolve(claims: Sequence[Claim], lost: Mapping[str, Span]) -> Resolved:
    """Give the claims of a case their ids. `lost` are the labels of rows that could not be read, with their places."""
    known: dict[str, Claim] = {}
    result = Resolved()
    for claim in claims:
        first = known.setdefault(claim.statement.label, claim)
        if first is not claim:
            result.findings.append((claim, _label_twice(claim, first)))
    for label, claim in known.items():
        if not claim.withdraws:
            result.statements[label] = _identified(claim, {})
    targets = {label: list(_targets(claim, known)) for label, claim in known.items() if claim.withdraws}
    for label in _inside_first(targets, result, known):
        result.statements[label] = _identified(known[label], result.statements)
    result.findings += _claims_twice(known, result.statements)
    result.findings += _withdrawals(known, result.statements, lost)
    return result


def _label_twice(claim: Claim, first: Claim) -> Complaint:
    label = claim.statement.label
    notes = ((first.row.span("label"), "It was used here first."),)
    message = f"The label {shown(label)} is already used at {first.row.span('label')}."
    return Complaint(code=codes.LABEL_TWICE, message=message, key="label", hint="Give this statement another label.", notes=notes)


def _targets(claim: Claim, known: Mapping[str, Claim]) -> Iterator[str]:
    labels = (reference.removeprefix(_LABEL) for reference in claim.withdraws if reference.startswith(_LABEL))
    return (label for label in labels if label in known)


def _inside_first(targets: Mapping[str, list[str]], result: Resolved, known: Mapping[str, Claim]) -> list[str]:
    """Order the labels that withdraw something, the withdrawn before the withdrawing; those in a circle are left out and complained of."""
    waiting = {label: len(targets.keys() & set(inner)) for label, inner in targets.items()}
    outer: dict[str, list[str]] = {}
    for label, inner in targets.items():
        for target in dict.fromkeys(one for one in inner if one in targets):
            outer.setdefault(target, []).append(label)
    order = [label for label, number in waiting.items() if number == 0]
    for label in order:  # grows while it is walked
        for above in outer.get(label, ()):
            waiting[above] -= 1
            if waiting[above] == 0:
                order.append(above)
    stuck = waiting.keys() - set(order)
    result.findings += [(known[circle[0]], _circle(circle)) for circle in _circles(stuck, targets)]
    return order


def _circles(stuck: set[str], targets: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """Walk from each label that waits to one it waits for, until a label comes again: there the circle closes."""
    seen: set[str] = set()
    for start in sorted(stuck):
        walk: dict[str, int] = {}
        label = start
        while label not in seen and label not in walk:
            walk[label] = len(walk)
            label = next(target for target in targets[label] if target in stuck)
        if label in walk:
            yield [*list(walk)[walk[label] :], label]
        seen |= walk.keys()


def _circle(circle: list[str]) -> Complaint:
    names = [*circle[:6], "…", circle[-1]] if len(circle) > 8 else circle  # noqa: PLR2004  as many as one reads at a glance
    message = f"It withdraws itself: {' withdraws '.join(names)}."
    hint = "A statement can only withdraw what stood before it."
    return Complaint(code=codes.CIRCLE, message=message, key="withdraws", hint=hint)


def _identified(claim: Claim, done: Mapping[str, Statement]) -> Statement:
    if not claim.withdraws:
        return named(claim.statement)
    ids = {
        done[reference.removeprefix(_LABEL)].id if reference.removeprefix(_LABEL) in done else reference for reference in claim.withdraws
    }
    return named(replace(claim.statement, withdraws=tuple(sorted(ids))))


def named(statement: Statement) -> Statement:
    """Give a statement its content id, in place: nobody else has seen it yet, and a second one for each of a million would cost."""
    object.__setattr__(statement, "id", content_id(statement))
    return statement


def _claims_twice(known: Mapping[str, Claim], done: Mapping[str, Statement]) -> Iterator[Finding]:
    if len({statement.id for statement in done.values()}) == len(done):
        return
    first: dict[str, str] = {}
    for label in (label for label in known if label in done):
        twin = first.setdefault(done[label].id, label)
        if twin != label:
            place = known[twin].row.span()
            message = f"It says the same as {shown(twin)} at {place}, in every field but the label."
            hint = "Take one of them out. If somebody else says the same, name that voice and source."
            notes = ((place, "The same claim stands here."),)
            yield known[label], Complaint(code=codes.CLAIM_TWICE, message=message, hint=hint, notes=notes)


def _withdrawals(known: Mapping[str, Claim], done: Mapping[str, Statement], lost: Mapping[str, Span]) -> Iterator[Finding]:
    withdrawing = [(label, claim) for label, claim in known.items() if claim.withdraws]
    by_id = {statement.id: label for label, statement in done.items()} if withdrawing else {}
    for label, claim in withdrawing:
        for reference in claim.withdraws:
            target = reference.removeprefix(_LABEL) if reference.startswith(_LABEL) else by_id.get(reference, "")
            if target in known:
                yield from ((claim, complaint) for complaint in _unfit(claim, known[target]) if target != label)
            elif target in lost:
                yield claim, not_taken(target, lost[target])
            else:
                yield claim, _no_target(reference, known)


def not_taken(label: str, place: Span) -> Complaint:
    """Complain that what is withdrawn was not taken."""
    message = f"It withdraws {shown(label)} at {place}, in a file that was not taken."
    notes = ((place, "This is withdrawn."),)
    return Complaint(code=codes.TARGET_NOT_TAKEN, message=message, key="withdraws", hint="Mend that file first.", notes=notes)


def _no_target(reference: str, known: Mapping[str, Claim]) -> Complaint:
    message = f"{shown(reference)} is no statement of this case."
    miss = (reference, [_LABEL + label for label in known]) if reference.startswith(_LABEL) else None
    hint = "" if miss else "A content id changes with every word of its statement. Name it by its label instead."
    return Complaint(code=codes.NO_TARGET, message=message, key="withdraws", hint=hint, miss=miss)


def _unfit(claim: Claim, target: Claim) -> Iterator[Complaint]:
    ours, theirs = claim.statement, target.statement
    notes = ((target.row.span(), "This is withdrawn."),)
    if ours.voice != theirs.voice:
        message = f"It is said by {_voice(ours)}, and withdraws what {_voice(theirs)} said."
        hint = "Only the same voice, speaking for the same party, takes something back. Another voice makes a claim of its own."
        yield Complaint(code=codes.OTHER_VOICE, message=message, key="withdraws", hint=hint, notes=notes)
    if ours.says is Says.RETRACTS and ours.term != theirs.term:
        message = f"It retracts {ours.term}, and what it withdraws is about {theirs.term}."
        yield Complaint(code=codes.OTHER_TERM, message=message, key="term", hint=f"Write {theirs.term}.", notes=notes)


def _voice(statement: Statement) -> str:
    voice = statement.voice
    return shown(voice.name) + (f" for {voice.speaks_for}" if voice.speaks_for else "")
