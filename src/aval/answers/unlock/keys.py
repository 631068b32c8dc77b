"""Keys as an answer shows them: who holds each, what they last said of it, and whether it stands refused."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from aval.answers.acting import teller
from aval.answers.citing import cite, in_order
from aval.answers.holders import holders_of
from aval.answers.inquiry import Inquiry
from aval.answers.naming import label_of, name_of
from aval.answers.unlock.shapes import UnlockKey
from aval.engine.admit import nameless_or_low
from aval.engine.relaxed import Act, Sort
from aval.engine.relaxing import contribution
from aval.engine.rules.offer import OFFER
from aval.model.agreement import Acceptance, Declaration, FromFinding, FromSources, FromVoice
from aval.model.expression import NOWHERE
from aval.model.label import in_sentence, with_article
from aval.model.problem import Span
from aval.model.statement import Rung, Says, Stance, Statement

AGAINST = (Stance.REFUSES, Stance.OBJECTS)
"""the stances by which a holder refuses; to threaten or to demand something else is none"""


class Keys:
    """Makes the keys of one answer; what was said is looked up once for each act."""

    def __init__(self, inquiry: Inquiry) -> None:
        """Hold what was said."""
        self._inquiry = inquiry
        self._words: dict[Act, tuple[Statement | None, Statement | None]] = {}

    def refused(self, act: Act) -> bool:
        """Whether the holder's last word on an act is a refusal."""
        word = self.words(act)[0]
        return word is not None and _refuses(word, act)

    def words(self, act: Act) -> tuple[Statement | None, Statement | None]:
        """Give the last word of the holders on an act that can be relied on; and a later one that cannot."""
        if act not in self._words:
            self._words[act] = self._last(act)
        return self._words[act]

    def _last(self, act: Act) -> tuple[Statement | None, Statement | None]:
        holders = holders_of(act, self._inquiry.world.agreements)
        said = in_order(self._about(act, holders), self._inquiry)
        firm = [one for one in said if not nameless_or_low(one)]
        rest = [one for one in said if nameless_or_low(one)]
        last = firm[-1] if firm else None
        later = rest[-1] if rest and (last is None or said.index(rest[-1]) > said.index(last)) else None
        return last, later

    def _about(self, act: Act, holders: tuple[str, ...]) -> Iterable[Statement]:
        """Yield what was said of the very term of an act: by its holders, or by anybody where nobody holds it."""
        claims = self._inquiry.world.claims
        hypothetical = set(self._inquiry.world.view.suppositions)
        for one in claims.about(act.term):
            if one.id not in hypothetical and (not holders or one.voice.speaks_for in holders):
                yield one

    def make(self, act: Act, span: Span = NOWHERE, latest: date | None = None) -> UnlockKey:
        """Make the key to an act."""
        inquiry, agreements = self._inquiry, self._inquiry.world.agreements
        declared = agreements.declarations.get(act.term.name)
        last, low = self.words(act)
        return UnlockKey(
            term=str(act.term),
            sort=act.sort.value,
            does=self.does(act),
            holders=holders_of(act, agreements),
            told_by=_told_by(act, declared, inquiry),
            clause=inquiry.clause(span if span.path else self._span(act, declared)),
            latest=latest.isoformat() if latest is not None else None,
            refused=self.refused(act),
            said=None if last is None else cite(last, inquiry),
            low=None if low is None else cite(low, inquiry),
            gaps=() if declared is None else declared.meta.not_said,
        )

    def _span(self, act: Act, declared: Declaration | None) -> Span:
        if act.term.name == OFFER:
            declared = contribution(self._inquiry.world, *act.term.args)
        return NOWHERE if declared is None else declared.meta.span

    def does(self, act: Act) -> str:
        """Say what happens, in words."""
        inquiry = self._inquiry
        declared = inquiry.world.agreements.declarations.get(act.term.name)
        label = label_of(declared, act.term, inquiry)
        who = name_of(act.term.args[0], inquiry) if act.term.args else ""
        match act.sort:
            case Sort.STANDS:
                return f"{who} says of its part ({', '.join(act.term.args[1:])}): {act.rung}"
            case Sort.BELONGS:
                return (
                    f"{who} {'belongs' if act.yes else 'ceases to belong'} to: {inquiry.general(declared) if declared else act.term.name}"
                )
            case Sort.FINDS:
                return f"{name_of(act.body, inquiry)} finds{'' if act.yes else ' the contrary'}: {label}"
            case Sort.VOTES:
                return f"{name_of(act.member, inquiry)} votes for it in {name_of(act.body, inquiry)}: {label}"
            case Sort.AMOUNTS:
                number = f"at least {act.low}" if act.low is not None else f"at most {act.high}"
                return f"{label}: {number} {getattr(declared, 'unit', '')}".strip()
            case _:
                return label if act.yes else f"not so: {in_sentence(label, [])}"


def _refuses(statement: Statement, act: Act) -> bool:
    if statement.says is Says.POSITION:
        return statement.stance in AGAINST if act.yes else False
    if statement.says is Says.OFFERS:
        return statement.rung in (Rung.REFUSED, Rung.WITHDRAWN)
    return act.yes and not statement.polarity


def _told_by(act: Act, declared: Declaration | None, inquiry: Inquiry) -> str:
    """Say whose word makes an act count, in words."""
    if act.sort in (Sort.STANDS, Sort.VOTES, Sort.FINDS):
        return ""
    acceptance: Acceptance = getattr(declared, "acceptance", None) or Acceptance()
    firm = f", at least {acceptance.firmness.value}" if acceptance.firmness.value != "done" else ""
    ways = []
    for way in acceptance.ways:
        match way:
            case FromVoice():
                ways.append(with_article(name_of(teller(way, declared, act.term), inquiry)))
            case FromSources():
                ways.append(f"{way.number} independent source{'' if way.number == 1 else 's'} of grade {way.grade.value}")
            case FromFinding():
                ways.append(f"a finding of {with_article(name_of(way.body, inquiry))}")
    return f"{' or '.join(ways)}{firm}"
