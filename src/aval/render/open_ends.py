"""What is open: MISSING, REFUSED, DEPENDS ON A READING, anonymous voices, low confidence, NOT SAID."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.text import Text

from aval.answers.shapes import Cited, Item, OpenQuestion, Status
from aval.render.blocks import Block, Entry, Pair, Section
from aval.render.groups import args_of, blanked, by_name, grouped
from aval.render.layout import glued, joined, line
from aval.render.page import FAINT, STRONG, Page, anchor_text, gap_entries, marks_of, value_text
from aval.render.safe import safe

SHORT = 8
"""how many lines of a list a short board shows"""
GAPS = 12
WAITING = 3
_WORD = re.compile(r"\w+")


def missing_sections(page: Page, status: Status) -> tuple[Section, ...]:
    """Lay out what stands in the way: on a short board of the first headline, else of everything, what most waits for first."""
    first = status.headlines[:1]
    board = [item for item in status.items if item.kind != "contribution" and (page.everything or not first or item.name in first)]
    waiting = [(*_condition(condition, item, page), item) for item in board for condition in item.missing]
    pools = grouped(waiting, lambda one: one[:2])
    pools.sort(key=lambda pool: (not any(item.name in status.headlines for *_, item in pool), -len(pool)))
    shown = [_missing(page, pool) for pool in pools]
    note = "what would have to become yes" + (f", for {first[0]}" if first and not page.everything else "")
    return _section(page, "Missing", note, shown)


def _condition(condition: str, item: Item, page: Page) -> tuple[str, str]:
    """Take `committed(FRA) happened: open` apart, and leave out whose it is: it is the same for each of many."""
    text, _, value = condition.rpartition(": ")
    return blanked(text or condition, item.args, page.names), value if text else ""


def _missing(page: Page, pool: Sequence[tuple[str, str, Item]]) -> Entry:
    text, value, _ = pool[0]
    terms = [counted(term, number) for term, number in by_name(item.term for _, _, item in pool)]
    shown = terms if page.everything or len(terms) <= WAITING + 1 else [*terms[:WAITING], f"{len(terms) - WAITING} others"]
    waits = ", ".join(shown)
    lead = line((safe(text), STRONG), "  ")
    values = [value_text(page, value)] if value else []
    return Entry(lead=lead, body=joined((page.dot, FAINT), [*values, line(("needed by ", FAINT), safe(waits))]), level=1)


def counted(term: str, number: int) -> str:
    """Write how many of a term, and the term."""
    return f"{number} {term}" if number > 1 else term


def _section(page: Page, title: str, note: str, blocks: Sequence[Block], short: int = SHORT) -> tuple[Section, ...]:
    """Make a section of a list, the head of it on a short page."""
    shown = blocks if page.everything else blocks[:short]
    rest = len(blocks) - len(shown)
    more = [Entry(body=Text(page.more(rest, "status", "--all"), FAINT), level=1)] if rest else []
    return (Section(title=title, note=note, blocks=(*shown, *more)),) if blocks else ()


def refusal_sections(page: Page, refusals: Sequence[Cited]) -> tuple[Section, ...]:
    """Lay out who refuses, objects or threatens; a position of a voice is never a fact of the world.

    What only low-grade sources say stands further down on a short page.
    """
    note = "positions of those who speak, not facts of the world"
    heard = refusals if page.everything else [cited for cited in refusals if cited.grade != "low"]
    offers = [] if page.everything else [cited for cited in heard if cited.says == "offers"]
    spoken = _claims(page, [cited for cited in heard if cited not in offers], quotes=True)
    blocks = (*_refused_offers(page, offers), *spoken)
    return (Section(title="Refused", note=note, blocks=blocks),) if blocks else ()


def _refused_offers(page: Page, offers: Sequence[Cited]) -> list[Block]:
    """Say who will not send or give what, with the last who said so; the places stand in `--all` and in `why`."""
    blocks: list[Block] = []
    for domain in sorted(grouped(offers, lambda cited: args_of(cited.term)[1:]), key=len, reverse=True):
        last = [party[-1] for party in grouped(domain, whose)]
        who = [line(page.names.get(whose(one), whose(one)), (f" ({_voice(page, one)})", FAINT)) for one in last]
        name = ", ".join(args_of(domain[0].term)[1:]) or domain[0].term
        blocks.append(Pair(left=line((safe(name), STRONG)), right=joined(", ", who)))
    return blocks


def _voice(page: Page, cited: Cited) -> str:
    return f"{safe(cited.voice)}, {safe(cited.said[:10])}{marks_of(page, cited)}"


def position_sections(page: Page, positions: Sequence[Cited]) -> tuple[Section, ...]:
    """Lay out what else voices want: support, demands, expectations, reservations."""
    note = "wanted, expected or reserved by those who speak"
    return _section(page, "Positions", note, _claims(page, positions, quotes=page.wide or page.everything))


def _claims(page: Page, statements: Sequence[Cited], *, quotes: bool) -> list[Block]:
    """Give one line for each claim of each party: what, who said so when, where the last of it stands."""
    blocks: list[Block] = []
    for party in grouped(statements, whose):
        for number, same in enumerate(grouped(party, claim)):
            name = page.full_name(whose(party[0])) if not number or page.everything else ""
            blocks.append(Pair(left=Text(name, STRONG), right=_claim(page, same, quotes=quotes)))
    return blocks


def whose(cited: Cited) -> str:
    """Give the party that a claim is about: of an offer the party that the term names, else who speaks."""
    return (args_of(cited.term) or ("",))[0] if cited.says == "offers" else cited.speaks_for or cited.voice


def claim(cited: Cited) -> str:
    """Give what a statement claims, without who claims it: the summary puts the voice first."""
    return cited.summary.partition(": ")[2] or cited.summary


def _claim(page: Page, same: Sequence[Cited], *, quotes: bool) -> Text:
    voices = dict.fromkeys(_voice(page, cited) for cited in same)
    where = anchor_text(page, same[-1].anchor, same[-1].quote if quotes else "")
    return joined((page.dot, FAINT), [Text(safe(claim(same[-1]))), *map(Text, voices), where])


def unnamed_sections(page: Page, anonymous: Sequence[Cited]) -> tuple[Section, ...]:
    """Lay out what rests on voices without a name."""
    title = f"Rests on anonymous voices {page.signs.anonymous}"
    return _section(page, title, "nobody stands behind it by name", _by_voice(page, anonymous))


def low_sections(page: Page, low: Sequence[Cited]) -> tuple[Section, ...]:
    """Lay out what only low-grade sources say."""
    return _section(page, f"Low confidence {page.signs.low}", "moves nothing above", _by_voice(page, low))


def _by_voice(page: Page, statements: Sequence[Cited]) -> list[Block]:
    """Give one line for each voice and paragraph: all that it says there."""
    pools = grouped(statements, lambda cited: cited.id if page.everything else (cited.voice, cited.anchor))
    return [Pair(left=Text(safe(pool[0].voice)), right=_sayings(page, pool)) for pool in pools]


def _sayings(page: Page, pool: Sequence[Cited]) -> Text:
    first = pool[0]
    claims = [line((safe(claim(cited)), STRONG)) for cited in pool]
    where = anchor_text(page, first.anchor, first.quote if page.wide or page.everything else "")
    return joined((page.dot, FAINT), [*claims, Text(f"{safe(first.form)}, {safe(first.said[:10])}"), where])


def question_sections(page: Page, questions: Sequence[OpenQuestion]) -> tuple[Section, ...]:
    """Lay out the questions of the agreements with their rival readings, and what each moves; the idle ones by name on a short page."""
    idle = [question for question in questions if not (question.moves or question.chosen or page.everything)]
    blocks: list[Block] = [block for question in questions if question not in idle for block in _question(page, question)]
    if idle:
        names = joined((page.dot, FAINT), [Text(safe(question.name)) for question in idle])
        blocks.append(Entry(lead=line(("no difference in this view:  ", FAINT)), body=names, level=1))
    note = "the texts can be read in more than one way"
    return (Section(title="Depends on a reading", note=note, blocks=tuple(blocks)),) if blocks else ()


def _question(page: Page, question: OpenQuestion) -> list[Block]:
    moves = ", ".join(counted(safe(term), number) for term, number in by_name(question.moves))
    note = (f"{page.dot}moves {moves}" if moves else f"{page.dot}moves nothing in this view", FAINT)
    option = "--reading " if page.case is not None else ""
    blocks: list[Block] = [Entry(body=line((safe(question.label or question.name), STRONG), note), level=1)]
    for name, label, anchors in question.readings:
        chosen = line((f"{page.dot}chosen", "green")) if question.chosen == name else Text()
        where = (f"  {', '.join(map(safe, anchors))}" if anchors and (page.wide or page.everything) else "", FAINT)
        words = line(safe(label), chosen, "  ", (glued(f"{option}{safe(question.name)}={safe(name)}"), "cyan"), where)
        blocks.append(Entry(lead=line(f"{page.signs.bullet} "), body=words, level=2))
    return blocks


def unsaid_sections(page: Page, status: Status) -> tuple[Section, ...]:
    """Lay out what nobody said: of the agreements, the headlines and what they wait for first."""
    wanted = " ".join(condition for item in status.items if item.name in status.headlines for condition in item.missing)
    near = {*status.headlines, *_WORD.findall(wanted), *status.coordinates.agreements}
    gaps = sorted(status.gaps, key=lambda gap: gap.of not in near)
    return _section(page, f"Not said ({len(gaps)})", "gaps that the texts leave", gap_entries(page, gaps), GAPS)
