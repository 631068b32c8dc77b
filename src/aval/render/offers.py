"""OFFERS: who holds out what, rung by rung. Rungs are never added up, and neither is "land or air or sea"."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from aval.answers.shapes import Item
from aval.model.statement import Rung
from aval.render.blocks import Block, Entry, Pair, Section
from aval.render.claims import remark
from aval.render.groups import grouped
from aval.render.layout import joined, line
from aval.render.page import FAINT, STRONG, Page, marks, readings_text, value_text
from aval.render.safe import safe
from aval.render.signs import DEPENDS

_LADDER = [str(rung) for rung in reversed(Rung)]
_LADDER.append(_LADDER.pop(0))  # what was withdrawn stands last, not first
_REFUSED = (str(Rung.REFUSED), str(Rung.WITHDRAWN))
UNHEARD = "nobody has spoken of it"
"""the reason of an offer that only a clause of an agreement names"""
FEW = 60
"""characters of a remark beside a number"""
_DOMAIN = 15
"""cells for the name of a domain"""


def offer_sections(page: Page, items: Sequence[Item]) -> tuple[Section, ...]:
    """Lay out the offers, the firmest rung first, and in it by domain; who refused has a section of its own."""
    told = [item for item in items if item.value in _LADDER or item.value in (None, "contested")]
    if not told:
        return ()
    held_out = told if page.everything else [item for item in told if item.value not in _REFUSED]
    rungs = sorted(grouped(held_out, lambda item: item.value), key=_rank)
    blocks = [block for rung in rungs for block in _rung(page, rung)]
    silent = [item for item in items if item not in told]
    blocks += _uncounted(page, "spoken of, not counted", [item for item in silent if item.because != UNHEARD])
    blocks += _uncounted(page, "named only by the texts", [item for item in silent if item.because == UNHEARD and page.everything])
    return (Section(title="Offers", note=f"never added up across rungs{page.dot}* under conditions", blocks=tuple(blocks)),)


def _uncounted(page: Page, title: str, items: Sequence[Item]) -> list[Block]:
    """Offers that do not count, or that nobody has spoken of in this view: in a line, since `why` says why not."""
    if not items:
        return []
    parties = [line(_name(page, pool[0]), (f" {' + '.join(map(_spoken, pool))}", FAINT)) for pool in grouped(items, _code)]
    return [Entry(body=Text(title, STRONG), level=1), Entry(body=joined((page.dot, FAINT), parties), level=2)]


def _spoken(item: Item) -> str:
    return safe(", ".join(item.args[1:]) or item.label)


def _rank(rung: Sequence[Item]) -> int:
    return _LADDER.index(rung[0].value) if rung[0].value in _LADDER else len(_LADDER)


def _rung(page: Page, items: Sequence[Item]) -> list[Block]:
    parties = grouped(items, lambda item: item.args[:1])
    word = "party" if len(parties) == 1 else "parties"
    title = Entry(lead=line((safe(items[0].value or DEPENDS), STRONG), "  "), body=Text(f"{len(parties)} {word}", FAINT), level=1)
    if page.everything:
        return [title, *(Pair(left=Text(page.full_name(_code(offer))), right=_full(page, offer)) for offer in items)]
    domains = sorted(grouped(items, _domain), key=len, reverse=True)
    rows = grouped(domains, lambda same: tuple(_offer(page, offer).plain for offer in same))
    fitting = [part for row in rows for part in ([row] if len(_domains(row)) < _DOMAIN - 1 else [[same] for same in row])]
    return [title, *(_named(page, row) for row in fitting)]


def _domains(row: Sequence[Sequence[Item]]) -> str:
    return ", ".join(_domain(same[0]) for same in row)


def _named(page: Page, row: Sequence[Sequence[Item]]) -> Pair:
    """One line for a domain, or for several that the same parties offer in the same way."""
    return Pair(left=Text(f"  {_domains(row)}"), right=joined(", ", [_offer(page, offer) for offer in row[0]]), width=_DOMAIN)


def _full(page: Page, offer: Item) -> Text:
    pieces = [
        Text(_domain(offer), STRONG),
        Text(safe(_amount(offer))),
        Text(safe(offer.label)),
        Text(safe(offer.because)),
        *(Text(safe(piece)) for piece in dict.fromkeys(piece for cited in offer.cited for piece in (cited.place, cited.note))),
        readings_text(page, offer.by_reading) if offer.value is None else Text(),
        Text(safe(offer.source), FAINT),
        Text(safe(offer.clause), FAINT),
    ]
    return joined((page.dot, FAINT), [piece for piece in pieces if piece.plain])


def _offer(page: Page, offer: Item) -> Text:
    """Write one offer among those of its rung and domain: whose, how much, a star where it has conditions."""
    amount, rules = _amount(offer), _rules(offer)
    place = next((cited.place for cited in reversed(offer.cited) if cited.place), "")
    few = [safe(piece) for piece in (amount, place, _remark(offer)) if piece]
    text = line(_name(page, offer), "*" if rules else "", (f" ({'; '.join(few)})" if few else "", FAINT))
    text = line(text, marks(page, anonymous=offer.anonymous, low=offer.low))
    return line(text, " ", value_text(page, offer.value)) if offer.value == "contested" else text


def _name(page: Page, offer: Item) -> str:
    return safe(page.names.get(_code(offer), _code(offer)))


def _amount(offer: Item) -> str:
    return next((cited.amount for cited in reversed(offer.cited) if cited.amount), "")


def _remark(offer: Item) -> str:
    """What the record adds to a number, in few words: a number by itself is easily taken for more than it is."""
    return next((remark(cited, FEW) for cited in reversed(offer.cited) if cited.amount), "")


def _rules(offer: Item) -> int:
    return len(next((cited.conditions for cited in reversed(offer.cited) if cited.conditions), ()))


def _code(offer: Item) -> str:
    return offer.args[0] if offer.args else offer.term


def _domain(offer: Item) -> str:
    return safe(", ".join(offer.args[1:]) or offer.label)
