"""`owed` as a page: who owes what to whom by when, phase by phase, and what would wake the rest."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from dataclasses import replace

from rich.text import Text

from aval.answers.naming import ITSELF
from aval.answers.shapes import Debt, Item, Owed
from aval.render.blocks import Block, Entry, Row, Section, Sheet
from aval.render.english import listed
from aval.render.groups import EACH, blanked, common_label, common_term, grouped, name_of, picked, varying
from aval.render.layout import joined, line
from aval.render.missing import CONDITION
from aval.render.page import FAINT, STRONG, Page, coordinates, faint_term, guarded, readings_text, value_text
from aval.render.rows import dates_text, pool_rows
from aval.render.safe import safe
from aval.render.tail import next_steps
from aval.render.unanswered import unanswered_sections

_PHASES = {
    "breached": "found to be breached",
    "overdue": "owed, and the deadline has passed",
    "owed": "",
    "contested": "accepted evidence for both",
    "open": "nobody knows whether it is owed",
    "": "the texts can be read in more than one way",
    "suspended": "need not be done meanwhile",
    "discharged": "done",
    "waived": "released, undone",
    "lapsed": "ended undone",
    "dormant": "not owed: its conditions do not hold",
}


NAMED = 6
"""how many bearers are called by their names; more are by their codes"""
_NEEDS_NOTHING = ("available", "exercised")
"""standings of a power that waits for nothing"""
_GUARDED = re.compile(r"((?:when|from) .+?) if (.+) just before")
_TRIGGER = re.compile(r"when (.+?)(?: if (.+) just before)?")
_MEMBER = re.compile(r"\S+ in \w+: ")


def owed_sheet(page: Page, owed: Owed) -> Sheet:
    """Lay out the duties, the most pressing phase first, then the powers."""
    phases = sorted(grouped(owed.debts, lambda debt: debt.phase or ""), key=_rank)
    return Sheet(
        title=Text(safe(owed.title), STRONG),
        view=(Entry(body=coordinates(page, owed.coordinates), hang=0),),
        headline=Text(_sentence(page, owed), STRONG),
        sections=(
            *(_phase(page, phase) for phase in phases),
            *_bans(page, owed),
            *_powers(page, owed),
            *unanswered_sections(page, owed.unanswered),
        ),
        foot=next_steps(page, owed.debts[0].term if owed.debts else "")[:2],
    )


def _rank(phase: Sequence[Debt]) -> int:
    order = list(_PHASES)
    return order.index(phase[0].phase or "") if (phase[0].phase or "") in order else len(order)


def _sentence(page: Page, owed: Owed) -> str:
    if not owed.debts:
        return "The agreements name no duty."
    pressing = [debt for debt in owed.debts if debt.phase in ("owed", "overdue", "breached")]
    if pressing:
        return f"{len(pressing)} of {len(owed.debts)} duties {'is' if len(pressing) == 1 else 'are'} owed."
    bearers = dict.fromkeys(debt.bearer for debt in owed.debts)
    by_bearer = [(bearer, [_membership(debt) for debt in owed.debts if debt.bearer == bearer]) for bearer in bearers]
    possible = [bearer for bearer, ties in by_bearer if all(ties) and not all(tie.endswith(": no") for tie in ties)]
    named = [page.name(bearer) for bearer, ties in by_bearer if not all(ties)]
    kinds = len({name_of(debt.term) for debt in owed.debts})
    if not possible:
        return f"Nothing is owed; {len(owed.debts)} duties wait."
    who = f"only {listed(named)} {'is' if len(named) == 1 else 'are'} named" if named and len(named) <= NAMED else f"{len(named)} are named"
    duties = f"{kinds} {'duty' if kinds == 1 else 'duties'} would fall on each of those who are bound"
    return f"Nothing is owed. {duties}; {who}, {len(possible)} others are possible."


def _membership(debt: Debt) -> str:
    """The condition, not yes, that a bearer belongs to those who bear the duty; empty where it is known to."""
    return next((condition for condition in debt.missing if _MEMBER.match(condition)), "")


def _phase(page: Page, debts: Sequence[Debt]) -> Section:
    word = debts[0].phase or ""
    pools = grouped(debts, lambda debt: name_of(debt.term))
    blocks = tuple(block for pool in pools for block in _pool(page, pool))
    return Section(title=word or "depends on a reading", note=_PHASES.get(word, ""), blocks=blocks)


def _pool(page: Page, debts: Sequence[Debt]) -> list[Block]:
    """Lay out the debts of one duty in one phase, together where they agree."""
    buckets = [[debt] for debt in debts] if page.everything else grouped(debts, lambda debt: _sameness(page, debt, debts))
    return [block for bucket in buckets for block in _debts(page, bucket)]


def _sameness(page: Page, debt: Debt, debts: Sequence[Debt]) -> Hashable:
    """What two debts of one duty share to stand together; whether their bearers are known to be members is said beside them."""
    codes = picked(debt.term, varying([other.term for other in debts]))
    missing = tuple(blanked(condition, codes, page.names) for condition in debt.missing if not _MEMBER.match(condition))
    because = "" if missing else blanked(debt.because, codes, page.names)
    return (
        debt.since,
        *debt.since_by_reading.items(),
        debt.due,
        debt.amounts,
        debt.counterparty,
        because,
        missing,
        *debt.by_reading.items(),
    )


def _debts(page: Page, debts: Sequence[Debt]) -> list[Block]:
    terms = [debt.term for debt in debts]
    label = common_label(debts, [debt.label or debt.term for debt in debts], page.names, party=EACH)
    title = line((safe(label), STRONG), faint_term(page, label, common_term(terms)))
    facts = _facts(page, debts, picked(debts[0].term, varying(terms)))
    return [Entry(body=title, level=1), *(Entry(body=fact, level=2) for fact in facts if fact.plain)]


def _facts(page: Page, debts: Sequence[Debt], codes: Sequence[str]) -> list[Text]:
    first = debts[0]
    because = _because(page, first, codes)
    return [
        _who(page, debts),
        readings_text(page, first.by_reading) if first.phase is None else Text(),
        _deeds(page, first, codes) if first.deeds else Text(),
        Text(safe(because)),
        _waits(page, first, codes, because),
        joined((page.dot, FAINT), [Text(safe(piece), FAINT) for piece in (_bound(first), first.clause) if piece]),
    ]


def _because(page: Page, debt: Debt, codes: Sequence[str]) -> str:
    """Why it is owed or not, where that is more than what it waits for."""
    because = blanked(debt.because, codes, page.names)
    if because == debt.phase:
        return ""
    waits = [blanked(condition, codes, page.names) for condition in debt.missing]
    told = any(because.startswith(condition.rpartition(":")[0]) for condition in waits if ":" in condition)
    return (
        ""
        if told and not page.everything
        else because
        if page.everything
        else "; ".join(_reason(page, piece) for piece in because.split("; "))
    )


def _reason(page: Page, because: str) -> str:
    """Write one reason; what had to hold just before a trigger follows it."""
    hit = _GUARDED.fullmatch(because)
    return guarded(page, hit[1], hit[2]) if hit else page.worded(because)


def _waits(page: Page, debt: Debt, codes: Sequence[str], because: str) -> Text:
    """What would have to hold, each condition with its value; whether the bearer is a member stands with the bearers."""
    conditions = [condition for condition in debt.missing if page.everything or not _MEMBER.match(condition)]
    missing = [text for text in dict.fromkeys(blanked(condition, codes, page.names) for condition in conditions) if text not in because]
    if not missing:
        return Text()
    return line(("waits for: ", FAINT), joined((page.dot, FAINT), [_condition(page, text) for text in missing]))


def _condition(page: Page, text: str) -> Text:
    hit = CONDITION.fullmatch(text)
    if not hit:
        return Text(safe(text))
    words = _in_words(page, hit[1])
    term = (f"  {safe(hit[1])}", FAINT) if page.everything and words != hit[1] else ""
    only = f", only on reading {safe(hit[3])}" if hit[3] else ""
    return line(safe(words), (f" ({safe(hit[2])}{only})", FAINT), term)


def _in_words(page: Page, condition: str) -> str:
    """Write a condition, or what triggers a duty with what must hold just before."""
    if page.everything:
        return page.worded(condition)
    hit = _TRIGGER.fullmatch(condition)
    return guarded(page, hit[1], hit[2]) if hit else page.worded(condition)


def _bound(debt: Debt) -> str:
    return f"meant to bind {' and '.join(debt.force)}" if debt.force else ""


def _who(page: Page, debts: Sequence[Debt]) -> Text:
    first = debts[0]
    counted = len(debts) > 1 and not any(map(_membership, debts))
    text = line(value_text(page, first.phase, f"({len(debts)})" if counted else ""), "  ", _bearers(page, debts))
    text = line(
        text, (f" {page.signs.arrow} ", FAINT), page.full_name(first.counterparty) if page.everything else page.name(first.counterparty)
    )
    begun = dates_text(first.since_by_reading) if first.since_by_reading else first.since
    since = f"{page.dot}since {safe(begun)}" if begun else ""
    due = f"{page.dot}due {safe(first.due)}" if first.due else ""
    much = f"{page.dot}{page.dot.join(map(safe, first.amounts))}" if first.amounts else ""
    return line(text, since, (due, STRONG), much)


def _bearers(page: Page, debts: Sequence[Debt]) -> str:
    """Name those who bear a duty; of those who may not even be members, how many they are."""
    if len(debts) == 1:
        return page.full_name(debts[0].bearer)
    known = [debt for debt in debts if not _membership(debt)]
    outside = [debt for debt in debts if _membership(debt).endswith(": no")]
    few = len(known) <= NAMED
    pieces = [listed([page.name(debt.bearer) if few else safe(debt.bearer) for debt in known])]
    possible = [debt for debt in debts if debt not in known and debt not in outside]
    pieces += [f"{len(possible)} others if {_they_belong(page, possible[0])}"] if possible else []
    pieces += [f"not {listed([page.name(debt.bearer) for debt in outside], 'or')}"] if outside else []
    return ", ".join(piece for piece in pieces if piece)


def _they_belong(page: Page, debt: Debt) -> str:
    """Write a condition of membership for several: `they belong to the Coalition of the Willing`."""
    group = _membership(debt).rpartition(": ")[0].rpartition(" in ")[2]
    return f"they belong to {page.name(group)}"


def _deeds(page: Page, debt: Debt, codes: Sequence[str]) -> Text:
    deeds = page.dot.join(safe(_deed(page, debt, deed, codes)) for deed in debt.deeds)
    menu = "one or more of: " if len(debt.deeds) > 1 else ""
    judge = blanked(debt.discretion, codes, page.names, "each") if codes else page.spoken(debt.discretion, debt.term)
    chosen = f", {safe(judge)}" if judge else ""
    return line((menu, FAINT), deeds, (chosen, FAINT))


def _deed(page: Page, debt: Debt, deed: str, codes: Sequence[str]) -> str:
    """Write what is to be done, without who is to do it."""
    words = page.words.of(deed if page.everything or not codes else blanked(deed, codes, page.names))
    if page.everything or not words:
        return f"{words} {deed}".strip() if page.everything else blanked(deed, codes, page.names)
    return words.removeprefix(page.name(debt.bearer)).removeprefix(ITSELF).strip()


def _bans(page: Page, owed: Owed) -> tuple[Section, ...]:
    pools = grouped(owed.bans, lambda item: item.name)
    blocks = tuple(block for pool in pools for block in pool_rows(page, pool, reasons=True))
    note = "bans, and what stands on the record; only the body that is named finds a breach"
    return (Section(title="Must not", note=note, blocks=blocks),) if blocks else ()


def _powers(page: Page, owed: Owed) -> tuple[Section, ...]:
    pools = grouped(owed.powers, lambda item: item.name)
    blocks = tuple(block for pool in pools for block in _power(page, pool))
    return (Section(title="May", note="powers, and whether they are available", blocks=blocks),) if blocks else ()


def _power(page: Page, pool: Sequence[Item]) -> list[Block]:
    """Lay out a power with what it waits for; why it does not stand is said there, and not twice."""
    needs = _needs(page, pool)
    rows = pool_rows(page, pool, reasons=False)
    return [*(replace(row, why=Text()) if needs and isinstance(row, Row) else row for row in rows), *needs]


def _needs(page: Page, items: Sequence[Item]) -> list[Block]:
    """What a power waits for, whoever has it."""
    places = varying([item.term for item in items])
    waiting = [item for item in items if item.value not in _NEEDS_NOTHING]
    conditions = (
        blanked(text, picked(item.term, places), page.names) for item in waiting for text in item.missing if not _MEMBER.match(text)
    )
    waits = [_condition(page, text) for text in dict.fromkeys(conditions)]
    between = (page.dot, FAINT)
    return [Entry(body=line(("waits for: ", FAINT), joined(between, waits)), level=2)] if waits and not page.everything else []
