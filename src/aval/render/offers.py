"""OFFERS: who holds out what, rung by rung. Rungs are never added up, and neither is "land or air or sea"."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from aval.answers.shapes import Item
from aval.model.statement import Rung
from aval.render.blocks import Block, Entry, Pair, Section
from aval.render.groups import grouped
from aval.render.layout import joined, line
from aval.render.page import FAINT, STRONG, Page, marks, readings_text, value_text
from aval.render.safe import safe

_LADDER = [str(rung) for rung in reversed(Rung)]
_LADDER.append(_LADDER.pop(0))  # what was withdrawn stands last, not first
_BRIEF = (str(Rung.REFUSED), str(Rung.WITHDRAWN))


def offer_sections(page: Page, items: Sequence[Item]) -> tuple[Section, ...]:
    """Lay out the offers, the firmest rung first; what was refused is one line, since it has its own section."""
    told = [item for item in items if item.value in _LADDER or item.value in (None, "contested")]
    if not told:
        return ()
    rungs = sorted(grouped(told, lambda item: item.value), key=_rank)
    blocks = [block for rung in rungs for block in _rung(page, rung)]
    blocks += _uncounted([item for item in items if item not in told and item.source])
    return (Section(title="Offers", note="never added up across rungs", blocks=tuple(blocks)),)


def _uncounted(items: Sequence[Item]) -> list[Block]:
    """Offers that somebody spoke of, and that do not count: in a line, since `why` says why not."""
    pairs = ", ".join(f"{safe(_code(item))} {_domain(item)}" for item in items)
    return [Entry(lead=line(("spoken of, not counted  ", FAINT)), body=Text(pairs, FAINT), level=1)] if items else []


def _rank(rung: Sequence[Item]) -> int:
    return _LADDER.index(rung[0].value) if rung[0].value in _LADDER else len(_LADDER)


def _rung(page: Page, items: Sequence[Item]) -> list[Block]:
    parties = grouped(items, lambda item: item.args[:1])
    lead = line((safe(items[0].value or "depends on reading"), STRONG), (f"  {len(parties)} ", FAINT))
    if items[0].value in _BRIEF and not page.everything:
        domains = [f"{_domain(same[0])}: {', '.join(safe(_code(one)) for one in same)}" for same in grouped(items, _domain)]
        return [Entry(lead=lead, body=Text(page.dot.join(domains)), level=1)]
    word = "party" if len(parties) == 1 else "parties"
    return [Entry(lead=lead, body=Text(word, FAINT), level=1), *(pair for party in parties for pair in _party(page, party))]


def _party(page: Page, offers: Sequence[Item]) -> list[Pair]:
    if page.everything:
        return [_pair(page, offer, _full(page, offer)) for offer in offers]
    alike = grouped(offers, lambda offer: (_amount(offer), _rules(offer), offer.value, offer.anonymous, offer.low))
    return [_pair(page, offers[0], joined((page.dot, FAINT), [_offer(page, same) for same in alike]))]


def _pair(page: Page, offer: Item, what: Text) -> Pair:
    return Pair(left=Text(page.full_name(_code(offer))), right=what)


def _full(page: Page, offer: Item) -> Text:
    pieces = [
        _offer(page, [offer]),
        Text(safe(offer.label)),
        Text(safe(offer.because)),
        readings_text(page, offer.by_reading) if offer.value is None else Text(),
        Text(safe(offer.source), FAINT),
        Text(safe(offer.clause), FAINT),
    ]
    return joined((page.dot, FAINT), [piece for piece in pieces if piece.plain])


def _offer(page: Page, same: Sequence[Item]) -> Text:
    offer, amount, rules = same[0], _amount(same[0]), _rules(same[0])
    domains = ", ".join(map(_domain, same)) + (f" {safe(amount)}" if amount else "")
    text = line(domains, marks(page, anonymous=offer.anonymous, low=offer.low))
    if offer.value == "contested":
        text = line(text, " ", value_text(page, offer.value))
    each = " each" if len(same) > 1 else ""
    return line(text, (f" ({rules} condition{'s' if rules > 1 else ''}{each})" if rules else "", FAINT))


def _amount(offer: Item) -> str:
    return next((cited.amount for cited in reversed(offer.cited) if cited.amount), "")


def _rules(offer: Item) -> int:
    return len(next((cited.conditions for cited in reversed(offer.cited) if cited.conditions), ()))


def _code(offer: Item) -> str:
    return offer.args[0] if offer.args else offer.term


def _domain(offer: Item) -> str:
    return safe(", ".join(offer.args[1:]) or offer.label)
