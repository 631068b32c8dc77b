"""What the record tells, point by point: who counts, who belongs, what was told of an event or a reported state (semantics 2.2 to 2.7)."""

from __future__ import annotations

from collections.abc import Sequence

from aval.model import agreement as ag
from aval.model import expression as ex
from aval.model.four import Value
from aval.model.instant import ALWAYS, NEVER, Instant, is_date, read_civil
from aval.model.statement import Firmness, Says, Statement
from aval.model.term import Term
from tests.oracle.told import NO, YES, Row, Rows, Told, counts, once, stood_behind

_KIND = {Says.HAPPENED: (ag.Event, ag.Duty, ag.Ban), Says.HOLDS: (ag.State,), Says.MEMBER: (ag.Group,)}
Norm = ag.Duty | ag.Ban


class Record:
    """Agreements and live statements, asked term by term."""

    def __init__(self, agreements: ag.Agreements, statements: Sequence[Statement], zone: str) -> None:
        self.all, self.zone = agreements, zone
        self.said: dict[Term, list[Statement]] = {}
        for one in statements:
            self.said.setdefault(one.term, []).append(one)

    # 2.4 acceptance

    def _of_its_kind(self, term: Term) -> list[Statement]:
        declared = self.all.declarations.get(term.name)
        return [one for one in self.said.get(term, []) if isinstance(declared, _KIND.get(one.says, ()))]

    @once
    def accepted(self, term: Term) -> list[Statement]:
        declared = self.all.declarations.get(term.name)
        if not isinstance(declared, ag.Event | ag.State | ag.Group) or (isinstance(declared, ag.State) and not declared.reported):
            return []
        names = dict(zip((param.name for param in ag.params_of(declared)), term.args, strict=False))
        least = declared.acceptance.firmness.step
        firm = [one for one in self._of_its_kind(term) if not one.polarity or (one.firmness or Firmness.DONE).step >= least]
        counting = [one for one in firm if any(counts(way, one, firm, names) for way in declared.acceptance.ways)]
        return [one for one in counting if not self._outside(declared, term, one)]

    def _outside(self, declared: ag.Declaration, term: Term, one: Statement) -> bool:
        """Whether an act comes from a member that was told to be outside just before it."""
        if not isinstance(declared, ag.Event) or one.says is not Says.HAPPENED or not one.polarity:
            return False
        by = [way.who.text for way in declared.acceptance.ways if isinstance(way, ag.FromVoice)]
        seats = [(who, param.group) for param, who in zip(declared.params, term.args, strict=True) if param.name in by]
        seats = [(who, group) for who, group in seats if one.voice.speaks_for == who and not self.closed(group)]
        when = self._happening(declared, one)[1] - 1
        return any(self.member(who, group, when) == NO for who, group in seats)

    # 2.7 findings

    @once
    def finders(self, term: Term) -> set[str]:
        """Give the bodies that can find something of a term."""
        declared = self.all.declarations.get(term.name)
        ways = declared.acceptance.ways if isinstance(declared, ag.Event | ag.State) else ()
        found = {way.body for way in ways if isinstance(way, ag.FromFinding)}
        found |= {declared.found_by} if isinstance(declared, Norm) and declared.found_by else set()
        return found | {body.meta.name for body in self.all.of(ag.Body) if any(_fits(one, term) for one in body.may_find)}

    @once
    def findings(self, term: Term) -> list[Statement]:
        """Give what bodies themselves found of a term."""
        bodies = self.finders(term)
        return [one for one in self._of_its_kind(term) if one.voice.speaks_for in bodies and stood_behind(one)]

    def acts(self, body: str, term: Term) -> Rows:
        """Give the act by which a body found that something is so: the legal day on which it first said it."""
        own = [one for one in self.findings(term) if one.voice.speaks_for == body]
        days = [self._range(one.said)[0] for one in own if one.polarity]
        return [(min(days), min(days))] if days else []

    def _latest(self, found: Sequence[Statement]) -> list[Statement]:
        """Of each body what it found last."""
        last: dict[str, Instant] = {}
        for one in found:
            last[one.voice.speaks_for] = max(last.get(one.voice.speaks_for, ALWAYS), self._range(one.said)[1])
        return [one for one in found if self._range(one.said)[1] == last[one.voice.speaks_for]]

    def settled(self, term: Term, at: Instant) -> Told | None:
        """What findings say of a state at an instant; `None` where none speaks of it."""
        covering = []
        for one in self.findings(term):
            first, last = self._content(one)
            if first <= at < last and not (one.when and not one.when.throughout):
                covering.append(one)
        sides = {one.polarity for one in self._latest(covering)}
        return (True in sides, False in sides) if sides else None

    @once
    def _content(self, one: Statement) -> Row:
        """The span that a finding settles: without an end, from its first day; without a span, from its saying on."""
        first, last = (one.when.first, one.when.last) if one.when else ("", "")
        if last and not first:
            return min(self._range(last)[1], self._range(one.said)[1]), self._range(last)[1] + 1
        start = self._range(first)[0] if first else self._range(one.said)[0]
        return start, max(start, self._range(last)[1]) + 1 if last else NEVER

    # 2.5 groups

    def candidates(self, group: str, above: frozenset[str] = frozenset()) -> list[str]:
        declared = self.all.get(group, ag.Group)
        if declared is None:
            return [party.meta.name for party in self.all.of(ag.Party)]
        claimed = [term.args[0] for term, said in self.said.items() if term.name == group and any(s.says is Says.MEMBER for s in said)]
        names = [*declared.members, *claimed]
        if declared.others and declared.among and declared.among not in above:
            names += self.candidates(declared.among, above | {group})
        return list(dict.fromkeys(names))

    def counted(self, name: str) -> bool:
        """Whether it adds to what its members do."""
        party = self.all.get(name, ag.Party)
        return party is None or party.counted

    @once
    def closed(self, group: str) -> bool:
        declared = self.all.get(group, ag.Group)
        return declared is None or not (declared.others or (declared.size or 0) > len(declared.members))

    @once
    def all_there_are(self, group: str) -> bool:
        declared = self.all.get(group, ag.Group)
        drawn = declared is not None and declared.others and declared.among
        return self.closed(group) or (bool(drawn) and declared is not None and self.all_there_are(declared.among))

    def member(self, name: str, group: str, at: Instant) -> Told:
        declared = self.all.get(group, ag.Group)
        if declared is None or name in declared.members:
            return YES
        return NO if self.closed(group) else self.reported(Term(group, (name,)), Value.OPEN, at)

    # 2.2 and 2.3: what was told

    def _range(self, text: str, *, exact: bool = False) -> Row:
        found = read_civil(text, self.zone)
        assert found is not None
        return (found.lo, found.lo) if exact and is_date(text) else (found.lo, found.hi)

    def _happening(self, declared: ag.Event, one: Statement) -> Row:
        by = self._range(one.said)[1]
        if one.when is None:
            return ALWAYS, by
        exact = declared.legal_act and one.when.first == one.when.last
        first = self._range(one.when.first, exact=exact)[0] if one.when.first else ALWAYS
        last = min(self._range(one.when.last, exact=exact)[1], by) if one.when.last else by
        return first, max(first, last)

    @once
    def occurrence(self, term: Term) -> Rows:
        declared = self.all.declarations[term.name]
        assert isinstance(declared, ag.Event)
        found = self.findings(term)
        said = self._latest(found) if found else self.accepted(term)
        if not declared.repeats:
            return self._one(declared, said)
        times = dict.fromkeys(_time(one) for one in said if one.polarity)  # one of which there are only denials is none
        never = [one for one in said if not one.polarity and one.when is None]
        return [
            row for when in times for row in self._one(declared, [one for one in said if _time(one) == when or one in never])
        ] or self._one(declared, never)

    def _one(self, declared: ag.Event, said: Sequence[Statement]) -> Rows:
        lo, hi = ALWAYS, NEVER
        for one in said:
            if one.polarity:
                first, last = self._happening(declared, one)
                lo, hi = max(lo, first), min(hi, last)
            else:
                lo = max(lo, self._range(one.said)[1] if one.when is None else NEVER)
        if declared.constitutive and hi == NEVER:
            lo = NEVER  # it was not received
        return [(lo, hi)] if said else []

    @once
    def claimed(self, term: Term) -> Rows:
        """When anybody says that it happened, whether or not that counts; claims of one time are one."""
        declared = self.all.declarations[term.name]
        said = [one for one in self._of_its_kind(term) if one.polarity]
        kind = declared if isinstance(declared, ag.Event) else ag.Event(meta=declared.meta)
        return [row for when in dict.fromkeys(map(_time, said)) for row in self._one(kind, [one for one in said if _time(one) == when])]

    def nothing_else(self, term: Term, at: Instant) -> bool:
        """Whether no occurrence that nobody reported can have come by then, of an event that repeats."""
        declared = self.all.declarations[term.name]
        assert isinstance(declared, ag.Event)
        found = self.findings(term)
        said = self._latest(found) if found else self.accepted(term)
        never = [self._range(one.said)[1] for one in said if not one.polarity and one.when is None]
        return not declared.repeats or declared.constitutive or any(at < day for day in never)

    @once
    def spans(self, term: Term) -> list[tuple[Instant, Instant, bool]]:
        instead = self.findings(term)
        found = [(*self._content(one), one.polarity) for one in instead if one.when is None or one.when.throughout]
        others = (one for one in self.accepted(term) if one not in instead and (one.when is None or one.when.throughout))
        return found + [(*self.held(one), one.polarity) for one in others]

    def held(self, one: Statement) -> Row:
        """The span over which something is told to have held; without dates, the instant of its saying."""
        by = self._range(one.said)[1]
        first, last = (one.when.first, one.when.last) if one.when else ("", "")
        end = self._range(last)[1] if last else by
        start = self._range(first)[0] if first else min(end, by)
        return start, max(start, end) + 1

    @once
    def told_times(self, term: Term) -> Rows:
        """Give the ends of all that was told of a term."""
        rows = [(first, end) for first, end, _ in self.spans(term)]
        for one in self.findings(term):
            texts = (one.said, one.when.first if one.when else "", one.when.last if one.when else "")
            rows += [(lo, hi + 1) for lo, hi in (self._range(text) for text in texts if text)]
        declared = self.all.declarations.get(term.name)
        return rows + (self.occurrence(term) if isinstance(declared, ag.Event) else [])

    def reported(self, term: Term, initial: Value, at: Instant) -> Told:
        spans = self.spans(term)
        now = {side for first, end, side in spans if first <= at < end}
        if now:
            return (True in now, False in now)
        ended, begun = [end for _, end, _ in spans if end <= at], [first for first, _, _ in spans if first > at]
        before = {side for _, end, side in spans if ended and end == max(ended)}
        after = {side for first, _, side in spans if begun and first == min(begun)}
        if not before:
            return initial.told_yes, initial.told_no
        carried = len(before) == 1 and (not after or after == before)
        return (carried and True in before, carried and False in before)


def _fits(one: ex.Ref, term: Term) -> bool:
    names = [(arg.text if isinstance(arg, ex.Name) else "", who) for arg, who in zip(one.args, term.args, strict=False)]
    return one.name == term.name and all(text in ("", who) for text, who in names)


def _time(one: Statement) -> tuple[str, str]:
    """The time by which an occurrence is told apart."""
    return (one.when.first, one.when.last) if one.when else ("", "")
