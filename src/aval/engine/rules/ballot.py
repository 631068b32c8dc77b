"""Votes (semantics 2.7): a body's finding from what its members say in it, by the rule by which it decides.

A vote is a position to `vote(FRA, council, extension)`: *supports* is for it, *objects* against, *undecided* abstains. It
counts on the word of the member or of the body, by name. Only votes that were received exist. Votes of one day (or of one
imprecise stretch) are one ballot, which is counted by itself: a later ballot is a new one. Silence is counted from the first
vote for it until its time is over.

Counts are ranges: lo from those told to sit, hi from those who are not told not to, each just before the ballot.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from aval.engine.admit import nameless_or_low
from aval.engine.cast import VOTE, Ballot, Vote
from aval.engine.domains import MEMBER
from aval.engine.leaves import Clock
from aval.engine.lookup import look
from aval.engine.operators.delay import later, latest
from aval.engine.protocol import Evaluation, Relaxation, Wish
from aval.engine.relaxed import Act, Formula, Sort, enough, every_of
from aval.engine.tally import uncounted
from aval.model.agreement import Amount, Body, Decision, Group, Rule, State
from aval.model.claims import Claims
from aval.model.four import Value
from aval.model.instant import NEVER, Instant, show
from aval.model.reason import Alleged, Mode, Reason
from aval.model.statement import Says, Stance, Statement, Voice, When
from aval.model.term import Term

_SIDES = (Stance.SUPPORTS, Stance.OBJECTS, Stance.UNDECIDED)


Range = tuple[int, int | None]


def ballots(claims: Claims, evaluation: Evaluation) -> dict[tuple[str, Term], list[Ballot]]:
    """Count the votes on everything that somebody voted on, body by body."""
    if not any(term.name == VOTE for term in claims.book.term.values) or VOTE in evaluation.agreements.declarations:
        return {}
    cast: dict[tuple[str, Term], list[tuple[str, Statement]]] = {}
    wanted = claims.ask(claims.book.term, lambda term: term.name == VOTE) & claims.ask(claims.book.says, lambda says: says is Says.POSITION)
    for one in claims.where(wanted):
        if len(one.term.args) > 2:  # noqa: PLR2004  who, in which body, on what
            member, body, what, *args = one.term.args
            cast.setdefault((body, Term(what, tuple(args))), []).append((member, one))
    found = {}
    for (name, term), said in cast.items():
        declared = evaluation.agreements.get(name, Body)
        if declared is not None and declared.decides is not None and term.name in evaluation.agreements.declarations:
            found[name, term] = list(_ballots(declared, declared.decides, term, said, evaluation))
    return found


def _ballots(body: Body, rule: Decision, term: Term, said: Sequence[tuple[str, Statement]], evaluation: Evaluation) -> Iterator[Ballot]:
    votes, alleged = _votes(body, said, evaluation)
    if rule.rule is Rule.SILENCE and rule.silence is not None:
        yield from _silent(body, rule, term, votes, alleged, evaluation)
        return
    days: dict[tuple[Instant, Instant], list[Vote]] = {}
    for vote in votes:
        days.setdefault((vote.lo, vote.hi), []).append(vote)
    for (lo, hi), cast in sorted(days.items(), key=lambda day: day[0]):
        sure, able = _passed(body, rule, cast, lo, evaluation)
        yield _ballot(body, term, cast, alleged, (lo, hi), sure=sure, able=able)


def _ballot(
    body: Body, term: Term, cast: Sequence[Vote], alleged: tuple[Alleged, ...], when: tuple[Instant, Instant], *, sure: bool, able: bool
) -> Ballot:
    value = Value.YES if sure else Value.OPEN if able else Value.NO
    counts = {side: (_sure(cast, side), _able(cast, side)) for side in _SIDES}
    lo, hi = when
    return Ballot(
        body=body.meta.name, term=term, value=value, lo=lo, hi=hi if sure else NEVER, counts=counts, votes=tuple(cast), alleged=alleged
    )


def _votes(body: Body, said: Sequence[tuple[str, Statement]], evaluation: Evaluation) -> tuple[list[Vote], tuple[Alleged, ...]]:
    """Sort what was said into the votes that count and what does not."""
    clock = Clock(evaluation.zone(body.meta.name), legal_act=True)
    left_out = uncounted(evaluation.agreements)
    votes, alleged = [], []
    for member, statement in said:
        when = statement.when or When(first=statement.said, last=statement.said)
        first, last = clock.happened(Claims.of([replace(statement, when=when)]))
        lo, hi = int(first[0]), int(last[0])
        sits = seated(body, member, lo - 1, evaluation)
        why_not = nameless_or_low(statement)
        if statement.voice.speaks_for not in (member, body.meta.name):
            why_not = f"neither the word of {member} nor of {body.meta.name}"
        elif statement.stance not in _SIDES:
            why_not = "it takes no side in a vote"
        elif sits is Value.NO:
            why_not = f"{member} did not sit in {body.meta.name}"
        elif member in left_out:
            why_not = f"{member} is not counted"
        if why_not or statement.stance is None:
            alleged.append(Alleged(statement=statement.id, why_not=why_not))
        else:
            votes.append(Vote(member=member, side=statement.stance, lo=lo, hi=hi, sits=sits, statement=statement))
    return votes, tuple(alleged)


def seated(body: Body, member: str, at: Instant, evaluation: Evaluation) -> Value:
    """Say whether a member sat in a body at an instant; in one whose seats nobody named, everybody who votes does."""
    return _one_of(body.seats, member, at, evaluation) if body.seats else Value.YES


def _one_of(names: Sequence[str], member: str, at: Instant, evaluation: Evaluation) -> Value:
    """Say whether somebody is one of some parties or of the members of some groups."""
    yes, no = member in names, True
    for name in names:
        if evaluation.agreements.get(name, Group) is not None:
            column = evaluation.membership(name)
            known = column.frame.key({MEMBER: member}) is not None
            value = look(column, {MEMBER: member}, at).value if known else Value.NO if evaluation.exhaustive(name) else Value.OPEN
            yes, no = yes or value.told_yes, no and value.told_no
    return Value.of(yes=yes, no=no and member not in names)


def _seats(body: Body, rule: Decision, at: Instant, evaluation: Evaluation) -> Range:
    """Count the seats: those told to be taken, and those that may be; without an upper end where others may sit whom nobody named."""
    if rule.seats:
        return rule.seats, rule.seats
    if not body.seats:
        return 0, None
    groups = [name for name in body.seats if evaluation.agreements.get(name, Group) is not None]
    names = dict.fromkeys([name for name in body.seats if name not in groups])
    for group in groups:
        names |= dict.fromkeys(evaluation.axis(MEMBER, group).values)
    values = [_one_of(body.seats, name, at, evaluation) for name in names if name not in uncounted(evaluation.agreements)]
    known = all(evaluation.exhaustive(group) for group in groups)
    return sum(value.told_yes for value in values), sum(not value.told_no for value in values) if known else None


def _sure(cast: Sequence[Vote], *sides: Stance) -> int:
    """Count the members that sat for certain and are told to have taken one of these sides, and no other."""
    return len(_members(cast, sides, sure=True) - _members(cast, tuple(side for side in _SIDES if side not in sides), sure=False))


def _able(cast: Sequence[Vote], *sides: Stance) -> int:
    """Count the members that may have sat and are told to have taken one of these sides."""
    return len(_members(cast, sides, sure=False))


def _members(cast: Sequence[Vote], sides: Sequence[Stance], *, sure: bool) -> set[str]:
    return {vote.member for vote in cast if vote.side in sides and (vote.sits is Value.YES or not sure)}


def _passed(body: Body, rule: Decision, cast: Sequence[Vote], at: Instant, evaluation: Evaluation) -> tuple[bool, bool]:
    """Say whether a ballot was passed for certain, and whether it may have been."""
    fewest, most = _seats(body, rule, at - 1, evaluation)
    sure = _suffices(rule, _sure(cast, Stance.SUPPORTS), _able(cast, Stance.OBJECTS), most)
    able = _suffices(rule, _able(cast, Stance.SUPPORTS), _sure(cast, Stance.OBJECTS), fewest)
    stopped, may_be = _vetoed(rule, cast, at, evaluation)
    present, at_most = _sure(cast, *_SIDES), _able(cast, *_SIDES)
    if rule.quorum is not None:
        sure = sure and _reaches(present, rule.quorum, most)
        able = able and _reaches(at_most, rule.quorum, fewest)
    return sure and not may_be, able and not stopped


def _suffices(rule: Decision, favour: int, against: int, seats: int | None) -> bool:
    """Whether so many votes carry it. Abstentions are no votes; they only make a quorum."""
    match rule.rule:
        case Rule.MAJORITY:
            return favour > against
        case Rule.CONSENSUS:
            return favour > 0 and not against
        case Rule.UNANIMITY:
            return favour > 0 and not against and seats is not None and favour >= seats
        case Rule.VOTES:
            return rule.votes is not None and favour >= rule.votes.number
        case Rule.SHARE:
            part = rule.votes
            return part is not None and favour > 0 and favour * part.denominator >= part.number * (favour + against)
        case Rule.SILENCE:
            return not against


def _reaches(number: int, wanted: Amount, seats: int | None) -> bool:
    if not wanted.denominator:
        return number >= wanted.number
    return seats is not None and number * wanted.denominator >= wanted.number * seats


def _vetoed(rule: Decision, cast: Sequence[Vote], at: Instant, evaluation: Evaluation) -> tuple[bool, bool]:
    """Say whether somebody who can stop it voted against it, and whether somebody may have."""
    holders = [
        (_one_of((rule.veto,), vote.member, at - 1, evaluation), vote.sits) for vote in cast if rule.veto and vote.side is Stance.OBJECTS
    ]
    return any(held is Value.YES and sits is Value.YES for held, sits in holders), any(held is not Value.NO for held, _ in holders)


def _silent(
    body: Body, rule: Decision, term: Term, votes: Sequence[Vote], alleged: tuple[Alleged, ...], evaluation: Evaluation
) -> Iterator[Ballot]:
    """Take as decided what too few object to in time. The first vote for it opens the time; while it runs, others add nothing."""
    zone = evaluation.zone(body.meta.name)
    over = -1
    for opening in sorted((vote for vote in votes if vote.side is Stance.SUPPORTS), key=lambda vote: (vote.lo, vote.hi)):
        if opening.lo <= over or rule.silence is None:
            continue
        first, over = later(opening.lo, rule.silence, zone), later(opening.hi, rule.silence, zone)
        cast = [vote for vote in votes if vote.hi >= opening.lo and vote.lo <= over]
        in_time = [vote for vote in cast if vote.lo >= opening.hi and vote.hi <= first]
        fewest, most = _seats(body, rule, opening.lo - 1, evaluation)
        stopped, _ = _vetoed(rule, in_time, opening.lo, evaluation)
        _, may_be = _vetoed(rule, cast, opening.lo, evaluation)
        sure = not may_be and not _objected(rule, _able(cast, Stance.OBJECTS), fewest)
        able = not stopped and not _objected(rule, _sure(in_time, Stance.OBJECTS), most)
        sure = sure and opening.sits is Value.YES
        yield _ballot(body, term, cast, alleged, (first, over), sure=sure, able=able)


def _objected(rule: Decision, number: int, seats: int | None) -> bool:
    """Whether so many objections stop it: one, unless the rule names more."""
    return number > 0 and (rule.objectors is None or _reaches(number, rule.objectors, seats))


def finding_of(ballot: Ballot, evaluation: Evaluation) -> Statement:
    """Give a passed ballot as the finding that it is, on the record of its last vote: the body has said so by the end of the ballot."""
    zone = evaluation.zone(ballot.body)
    told = max((vote.statement for vote in ballot.votes), key=lambda one: (one.said, one.id))
    state = isinstance(evaluation.agreements.declarations[ballot.term.name], State)
    return replace(
        told,
        says=Says.HOLDS if state else Says.HAPPENED,
        term=ballot.term,
        when=None,
        said=show(ballot.hi, zone),
        voice=Voice(name=ballot.body, speaks_for=ballot.body),
        stance=None,
    )


def explain(ballot: Ballot, evaluation: Evaluation) -> Reason:
    """Say what a ballot came to, and which votes do not count."""
    counts = []
    for word, side in (("for", Stance.SUPPORTS), ("against", Stance.OBJECTS), ("abstaining", Stance.UNDECIDED)):
        least, most = ballot.counts[side]
        counts.append(f"{least} {word}" if least == most else f"{least} to {most} {word}")
    declared = evaluation.agreements.get(ballot.body, Body)
    return Reason(
        text=f"votes in {ballot.body} on {show(ballot.lo, evaluation.zone(ballot.body))}: {', '.join(counts)}",
        value=ballot.value,
        mode=Mode.TOLD,
        since=ballot.hi if ballot.hi < NEVER else None,
        note={Value.YES: "passed", Value.NO: "not passed"}.get(ballot.value, "it hangs on who sat there"),
        span=declared.meta.span if declared else None,
        statements=tuple(vote.statement.id for vote in ballot.votes),
        alleged=ballot.alleged,
    )


def relax(body: Body, rule: Decision, term: Term, wish: Wish, relaxing: Relaxation) -> Formula:
    """Ask for so many votes of its members as carry it, all on one day; nobody votes against it."""
    evaluation = relaxing.evaluation
    names = [*dict.fromkeys(name for seat in body.seats for name in (_seated_in(seat, evaluation)))]
    left_out = uncounted(evaluation.agreements)
    votes = [(1, relaxing.key(Act(Sort.VOTES, term, body=body.meta.name, member=name), wish)) for name in names if name not in left_out]
    relaxing.beyond("votes")
    match rule.rule:
        case Rule.UNANIMITY:
            number = len(votes)
        case Rule.VOTES:
            number = rule.votes.number if rule.votes else 1
        case Rule.SILENCE if rule.silence is not None and not relaxing.timeless:
            zone, silence = evaluation.zone(body.meta.name), rule.silence
            early = replace(wish, by=latest(lambda time: later(time, silence, zone), wish.by))
            return enough(1, [(1, relaxing.key(Act(Sort.VOTES, term, body=body.meta.name, member=name), early)) for name in names])
        case _:
            number = 1
    quorum = rule.quorum
    present = 0 if quorum is None else -(-quorum.number * len(votes) // quorum.denominator) if quorum.denominator else quorum.number
    return every_of([enough(max(number, present, 1), votes)])


def _seated_in(seat: str, evaluation: Evaluation) -> Sequence[str]:
    return evaluation.axis(MEMBER, seat).values if evaluation.agreements.get(seat, Group) is not None else (seat,)
