"""REFUSED and POSITIONS: what voices refuse, threaten, want or reserve; never a fact of the world."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from aval.answers.shapes import Cited
from aval.render.blocks import Block, Entry, Pair, Section
from aval.render.claims import nameless, remark, spoken_claim, told, voice_and_day, whose
from aval.render.english import capital
from aval.render.groups import args_of, grouped
from aval.render.layout import joined, line
from aval.render.page import FAINT, STRONG, Page, anchor_text, marks_of
from aval.render.safe import safe
from aval.render.sections import section

PARTY = 16
"""cells for the name of a party"""
FEW = 32
"""characters of a remark that stands among others"""
SHOWN = 3
"""how many positions a short board shows"""


def refusal_sections(page: Page, refusals: Sequence[Cited]) -> tuple[Section, ...]:
    """Lay out who refuses, objects or threatens; what only low-grade sources say stands further down on a short page."""
    note = "positions of those who speak, not facts of the world"
    heard = refusals if page.everything else [cited for cited in refusals if cited.grade != "low"]
    offers = [] if page.everything else [cited for cited in heard if cited.says == "offers"]
    blocks = (*_claims(page, [cited for cited in heard if cited not in offers]), *_refused_offers(page, offers))
    return (Section(title="Refused", note=note, blocks=blocks),) if blocks else ()


def _refused_offers(page: Page, offers: Sequence[Cited]) -> list[Block]:
    """Say who will not send or give what, and where; who said so last, and what the record adds. All of it stands in `--all` and `why`."""
    last = [_last(party) for party in grouped(offers, lambda cited: cited.term)]
    blocks: list[Block] = []
    for kind in sorted(grouped(last, lambda cited: (args_of(cited.term)[1:], cited.place)), key=len, reverse=True):
        what = ", ".join(map(page.words.name, args_of(kind[0].term)[1:])) or kind[0].term
        where = f" ({safe(kind[0].place)})" if kind[0].place else ""
        head = line((f"no {safe(what)}{where}", STRONG))
        if page.wide:
            blocks += [Entry(body=head, level=1), *(_refusal(page, cited) for cited in kind)]
        else:
            who = joined((page.dot, FAINT), [_refuser(page, cited) for cited in kind])
            blocks.append(Pair(left=head, right=who, width=PARTY))
    return blocks


def _refusal(page: Page, cited: Cited) -> Pair:
    """One who refuses, in a line: by whose mouth, when, and what the record adds."""
    pieces = [Text(voice_and_day(page, cited), FAINT), Text(remark(cited))]
    return Pair(
        left=Text(f"  {_name(page, cited)}"), right=joined((page.dot, FAINT), [piece for piece in pieces if piece.plain]), width=PARTY
    )


def _refuser(page: Page, cited: Cited) -> Text:
    """One who refuses among others: the day, and what few words the record adds."""
    few = remark(cited, FEW)
    return line(_name(page, cited), (f" {told(cited)}{marks_of(page, cited)}", FAINT), f" ({few})" if few else "")


def _name(page: Page, cited: Cited) -> str:
    return safe(page.words.name(whose(cited)))


def _last(said: Sequence[Cited]) -> Cited:
    """The last word of a party, rather of one who has a name."""
    return ([cited for cited in said if not nameless(cited)] or said)[-1]


def position_sections(page: Page, positions: Sequence[Cited]) -> tuple[Section, ...]:
    """Lay out what else voices want: support, demands, expectations, reservations."""
    return section(page, "Positions", "wanted, expected or reserved by those who speak", _claims(page, positions), SHOWN)


def _claims(page: Page, statements: Sequence[Cited]) -> list[Block]:
    """Give one line for each claim of each party: what, who said so when, where the last of it stands."""
    blocks: list[Block] = []
    for party in grouped(statements, whose):
        name = whose(party[0])
        for number, same in enumerate(grouped(party, lambda cited: spoken_claim(page, cited))):
            left = page.full_name(name) if page.everything else capital(safe(page.words.name(name))) if not number else ""
            blocks.append(Pair(left=Text(left, STRONG), right=_claim(page, same), width=PARTY))
    return blocks


def _claim(page: Page, same: Sequence[Cited]) -> Text:
    voices = dict.fromkeys(_by_whom(page, cited) for cited in same)
    full = page.everything or page.wide
    where = anchor_text(page, same[-1].anchor, same[-1].quote) if full else Text()
    pieces = [Text(spoken_claim(page, same[-1])), *(Text(voice, FAINT) for voice in voices), *_details(page, same), where]
    return joined((page.dot, FAINT), [piece for piece in pieces if piece.plain])


def _by_whom(page: Page, cited: Cited) -> str:
    """Who said it and when; only when, where who speaks is whom it is about."""
    same = page.words.name(whose(cited)).casefold() == cited.voice.casefold()
    return f"{told(cited)}{marks_of(page, cited)}" if same else voice_and_day(page, cited)


def _details(page: Page, same: Sequence[Cited]) -> list[Text]:
    """The formal name, where, and what the record adds, on a page of every line."""
    if not page.everything:
        return []
    term = Text(safe(same[-1].term), FAINT)
    return [term, *(Text(safe(piece)) for piece in dict.fromkeys(piece for cited in same for piece in (cited.place, cited.note)) if piece)]
