"""What the record tells, point by point: who counts, who belongs, what was told of an event or a reported state (semantics 2.2 to 2.5)."""

from __future__ import annotations

from collections.abc import Sequence

from aval.model import agreement as ag
from aval.model.four import Value
from aval.model.instant import ALWAYS, NEVER, Instant, is_date, read_civil
from aval.model.statement import Firmness, Says, Statement
from aval.model.term import Term
from tests.oracle.told import NO, YES, Rows, Told, counts

_KIND = {Says.HAPPENED: ag.Event, Says.HOLDS: ag.State, Says.MEMBER: ag.Group}


class Record:
    """Agreements and live statements, asked term by term."""

    def __init__(self, agreements: ag.Agreements, statements: Sequence[Statement], zone: str) -> None:
        self.all, self.zone = agreements, zone
        self.said: dict[Term, list[Statement]] = {}
        for one in statements:
            self.said.setdefault(one.term, []).append(one)

    # 2.4 acceptance

    def accepted(self, term: Term) -> list[Statement]:
        declared = self.all.declarations.get(term.name)
        said = [one for one in self.said.get(term, []) if isinstance(declared, _KIND.get(one.says, ()))]
        if not isinstance(declared, ag.Event | ag.State | ag.Group) or (isinstance(declared, ag.State) and not declared.reported):
            return []
        names = dict(zip((param.name for param in ag.params_of(declared)), term.args, strict=False))
        least = declared.acceptance.firmness.step
        firm = [one for one in said if not one.polarity or (one.firmness or Firmness.DONE).step >= least]
        return [one for one in firm if any(counts(way, one, firm, names) for way in declared.acceptance.ways)]

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

    def closed(self, group: str) -> bool:
        declared = self.all.get(group, ag.Group)
        return declared is None or not (declared.others or (declared.size or 0) > len(declared.members))

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

    def _range(self, text: str, *, exact: bool = False) -> tuple[Instant, Instant]:
        found = read_civil(text, self.zone)
        assert found is not None
        return (found.lo, found.lo) if exact and is_date(text) else (found.lo, found.hi)

    def occurrence(self, term: Term) -> Rows:
        declared = self.all.declarations[term.name]
        assert isinstance(declared, ag.Event)
        lo, hi, said = ALWAYS, NEVER, self.accepted(term)
        for one in said:
            by = self._range(one.said)[1]
            if not one.polarity:
                lo = max(lo, by if one.when is None else NEVER)
                continue
            first, last = ALWAYS, by
            if one.when is not None:
                exact = declared.legal_act and one.when.first == one.when.last
                first = self._range(one.when.first, exact=exact)[0] if one.when.first else ALWAYS
                last = min(self._range(one.when.last, exact=exact)[1], by) if one.when.last else by
            lo, hi = max(lo, first), min(hi, max(first, last))
        return [(lo, hi)] if said else []

    def _spans(self, term: Term) -> list[tuple[Instant, Instant, bool]]:
        found = []
        for one in self.accepted(term):
            by = self._range(one.said)[1]
            if one.when is None:
                found.append((by, by + 1, one.polarity))
            elif one.when.throughout:
                first = self._range(one.when.first)[0] if one.when.first else by
                last = self._range(one.when.last)[1] if one.when.last else by
                found.append((first, max(first, last) + 1, one.polarity))
        return found

    def reported(self, term: Term, initial: Value, at: Instant) -> Told:
        spans = self._spans(term)
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
