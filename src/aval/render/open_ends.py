"""What is open: MISSING, REFUSED, DEPENDS ON A READING, anonymous voices, low confidence, NOT SAID."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from aval.answers.shapes import Cited, Gap, Item, OpenQuestion, Status
from aval.render.blocks import Block, Entry, Section
from aval.render.groups import blanked, by_name, grouped
from aval.render.layout import glued, joined, line
from aval.render.page import FAINT, STRONG, Page, anchor_text, gap_entries, marks_of, value_text
from aval.render.safe import safe

SHORT = 8
"""how many lines of a list a short board shows"""


def missing_sections(page: Page, status: Status) -> tuple[Section, ...]:
    """Lay out what stands in the way, what most waits for first."""
    board = [item for item in status.items if item.kind != "contribution"]
    waiting = [(*_condition(condition, item, page), item) for item in board for condition in item.missing]
    pools = sorted(grouped(waiting, lambda one: one[:2]), key=len, reverse=True)
    shown = [_missing(page, pool) for pool in pools]
    return _section(page, "Missing", "what would have to become yes", shown)


def _condition(condition: str, item: Item, page: Page) -> tuple[str, str]:
    """Take `committed(FRA) happened: open` apart, and leave out whose it is: it is the same for each of many."""
    text, _, value = condition.rpartition(": ")
    return blanked(text or condition, item.args, page.names), value if text else ""


def _missing(page: Page, pool: Sequence[tuple[str, str, Item]]) -> Entry:
    text, value, _ = pool[0]
    waits = ", ".join(counted(term, number) for term, number in by_name(item.term for _, _, item in pool))
    lead = line((safe(text), STRONG), "  ")
    values = [value_text(page, value)] if value else []
    return Entry(lead=lead, body=joined((page.dot, FAINT), [*values, line(("needed by ", FAINT), safe(waits))]), level=1)


def counted(term: str, number: int) -> str:
    """Write how many of a term, and the term."""
    return f"{number} {term}" if number > 1 else term


def _section(page: Page, title: str, note: str, blocks: Sequence[Block]) -> tuple[Section, ...]:
    """Make a section of a list, the head of it on a short page."""
    shown = blocks if page.everything else blocks[:SHORT]
    rest = len(blocks) - len(shown)
    more = [Entry(body=Text(page.more(rest, "status", "--all"), FAINT), level=1)] if rest else []
    return (Section(title=title, note=note, blocks=(*shown, *more)),) if blocks else ()


def refusal_sections(page: Page, refusals: Sequence[Cited]) -> tuple[Section, ...]:
    """Lay out who refuses, objects or threatens, by party; a position of a voice is never a fact of the world."""
    blocks: list[Block] = []
    for party in grouped(refusals, lambda cited: cited.speaks_for or cited.voice):
        blocks.append(Entry(body=Text(page.full_name(party[0].speaks_for or party[0].voice), STRONG), level=1))
        blocks += [said(page, cited, 2) for cited in party]
    note = "positions of those who speak, not facts of the world"
    return (Section(title="Refused", note=note, blocks=tuple(blocks)),) if blocks else ()


def position_sections(page: Page, positions: Sequence[Cited]) -> tuple[Section, ...]:
    """Lay out what else voices want: support, demands, expectations, reservations."""
    note = "what voices support, demand, expect or reserve; not facts of the world"
    return _section(page, "Positions", note, [said(page, cited, 1) for cited in positions])


def said(page: Page, cited: Cited, level: int) -> Entry:
    """Write a statement in one paragraph: what, how, when, where, in which words."""
    where = anchor_text(page, cited.anchor, cited.quote)
    pieces = [Text(safe(cited.summary) + marks_of(page, cited)), Text(f"{safe(cited.form)}, {safe(cited.said)}"), where]
    return Entry(body=joined((page.dot, FAINT), pieces), level=level)


def unnamed_sections(page: Page, anonymous: Sequence[Cited]) -> tuple[Section, ...]:
    """Lay out what rests on voices without a name."""
    title = f"Rests on anonymous voices {page.signs.anonymous}"
    return _section(page, title, "nobody stands behind it by name", [said(page, cited, 1) for cited in anonymous])


def low_sections(page: Page, low: Sequence[Cited]) -> tuple[Section, ...]:
    """Lay out what only low-grade sources say."""
    return _section(page, f"Low confidence {page.signs.low}", "moves nothing above", [said(page, cited, 1) for cited in low])


def question_sections(page: Page, questions: Sequence[OpenQuestion]) -> tuple[Section, ...]:
    """Lay out the questions of the agreements with their rival readings, and what each moves."""
    blocks = tuple(block for question in questions for block in _question(page, question))
    note = "the texts can be read in more than one way"
    return (Section(title="Depends on a reading", note=note, blocks=blocks),) if blocks else ()


def _question(page: Page, question: OpenQuestion) -> list[Block]:
    moves = ", ".join(counted(safe(term), number) for term, number in by_name(question.moves))
    blocks: list[Block] = [Entry(body=Text(safe(question.label or question.name), STRONG), level=1)]
    for name, label, anchors in question.readings:
        chosen = line((f"{page.dot}chosen", "green")) if question.chosen == name else Text()
        where = (f"  {', '.join(map(safe, anchors))}" if anchors else "", FAINT)
        words = line(safe(label), chosen, "  ", (glued(f"--reading {safe(question.name)}={safe(name)}"), "cyan"), where)
        blocks.append(Entry(lead=line(f"{page.signs.bullet} "), body=words, level=2))
    return [*blocks, Entry(body=Text(f"moves {moves}" if moves else "moves nothing in this view", FAINT), level=2)]


def unsaid_sections(page: Page, gaps: Sequence[Gap]) -> tuple[Section, ...]:
    """Lay out what nobody said."""
    title, note = f"Not said ({len(gaps)})", "gaps that the texts leave"
    return (Section(title=title, note=note, blocks=gap_entries(page, gaps)),) if gaps else ()
