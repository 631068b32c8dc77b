"""`owed` as a page: who owes what to whom by when, phase by phase, and what would wake the rest."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from rich.text import Text

from aval.answers.shapes import Debt, Owed
from aval.render.blocks import Block, Entry, Section, Sheet
from aval.render.groups import blanked, common_label, common_term, grouped, name_of, picked, varying
from aval.render.layout import joined, line
from aval.render.page import FAINT, STRONG, Page, coordinates, faint_term, readings_text, value_text
from aval.render.rows import pool_rows
from aval.render.safe import safe
from aval.render.tail import next_steps

_PHASES = {
    "breached": "found to be breached",
    "overdue": "owed, and the deadline has passed",
    "owed": "",
    "contested": "accepted evidence for both",
    "open": "nobody knows whether it is owed",
    "": "the texts can be read in more than one way",
    "suspended": "",
    "discharged": "done",
    "dormant": "not owed: its conditions do not hold",
}


def owed_sheet(page: Page, owed: Owed) -> Sheet:
    """Lay out the duties, the most pressing phase first, then the powers."""
    phases = sorted(grouped(owed.debts, lambda debt: debt.phase or ""), key=_rank)
    return Sheet(
        title=Text(safe(owed.title), STRONG),
        view=(Entry(body=coordinates(page, owed.coordinates), hang=0),),
        headline=Text(_sentence(owed), STRONG),
        sections=(*(_phase(page, phase) for phase in phases), *_powers(page, owed)),
        foot=next_steps(page, owed.debts[0].term if owed.debts else "")[:2],
    )


def _rank(phase: Sequence[Debt]) -> int:
    order = list(_PHASES)
    return order.index(phase[0].phase or "") if (phase[0].phase or "") in order else len(order)


def _sentence(owed: Owed) -> str:
    pressing = [debt for debt in owed.debts if debt.phase in ("owed", "overdue", "breached")]
    if not owed.debts:
        return "The agreements name no duty."
    return f"{len(pressing)} of {len(owed.debts)} duties are owed." if pressing else f"Nothing is owed; {len(owed.debts)} duties wait."


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
    codes = picked(debt.term, varying([other.term for other in debts]))
    missing = tuple(blanked(term, codes, page.names) for term in debt.missing)
    return (debt.since, debt.due, debt.counterparty, blanked(debt.because, codes, page.names), missing, *debt.by_reading.items())


def _debts(page: Page, debts: Sequence[Debt]) -> list[Block]:
    terms = [debt.term for debt in debts]
    label = common_label(debts, [debt.label or debt.term for debt in debts], page.names)
    title = line((safe(label), STRONG), faint_term(page, label, common_term(terms)))
    facts = _facts(page, debts, picked(debts[0].term, varying(terms)))
    return [Entry(body=title, level=1), *(Entry(body=fact, level=2) for fact in facts if fact.plain)]


def _facts(page: Page, debts: Sequence[Debt], codes: Sequence[str]) -> list[Text]:
    first = debts[0]
    because = blanked(first.because, codes, page.names)
    if because == first.phase:
        because = ""
    missing = [term for term in dict.fromkeys(blanked(term, codes, page.names) for term in first.missing) if term not in because]
    return [
        _who(page, debts),
        readings_text(page, first.by_reading) if first.phase is None else Text(),
        _deeds(page, first, codes) if first.deeds else Text(),
        Text(safe(because)),
        line(("waits for ", FAINT), safe(", ".join(missing))) if missing else Text(),
        joined((page.dot, FAINT), [Text(safe(piece), FAINT) for piece in (_bound(first), first.clause) if piece]),
    ]


def _bound(debt: Debt) -> str:
    return f"meant to bind {' and '.join(debt.force)}" if debt.force else ""


def _who(page: Page, debts: Sequence[Debt]) -> Text:
    first = debts[0]
    bearers = page.full_name(first.bearer) if len(debts) == 1 else ", ".join(safe(debt.bearer) for debt in debts)
    text = line(value_text(page, first.phase, f"({len(debts)})" if len(debts) > 1 else ""), "  ", bearers)
    text = line(text, (f" {page.signs.arrow} ", FAINT), page.full_name(first.counterparty))
    since = f"{page.dot}since {safe(first.since)}" if first.since else ""
    due = f"{page.dot}due {safe(first.due)}" if first.due else ""
    return line(text, since, (due, STRONG))


def _deeds(page: Page, debt: Debt, codes: Sequence[str]) -> Text:
    deeds = page.dot.join(safe(blanked(deed, codes, page.names)) for deed in debt.deeds)
    menu = "one or more of " if len(debt.deeds) > 1 else ""
    chosen = f"  as {safe(debt.discretion)}" if debt.discretion else ""
    return line((menu, FAINT), deeds, (chosen, FAINT))


def _powers(page: Page, owed: Owed) -> tuple[Section, ...]:
    blocks = tuple(row for pool in grouped(owed.powers, lambda item: item.name) for row in pool_rows(page, pool))
    return (Section(title="May", note="powers, and whether they are available", blocks=blocks),) if blocks else ()
