"""What is open: DEPENDS ON A READING, and NOT SAID."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.text import Text

from aval.answers.shapes import OpenQuestion, Status
from aval.render.blocks import Block, Entry, Section
from aval.render.groups import common_term, grouped, name_of
from aval.render.layout import glued, joined, line
from aval.render.page import FAINT, STRONG, Page, gap_entries
from aval.render.safe import safe
from aval.render.sections import section

GAPS = 6
"""how many declarations a short board names of which something was not said"""
_WORD = re.compile(r"\w+")


def question_sections(page: Page, questions: Sequence[OpenQuestion]) -> tuple[Section, ...]:
    """Lay out the questions of the agreements with their rival readings, and what each moves; the idle ones by name on a short page."""
    idle = [question for question in questions if not (question.moves or question.chosen or page.everything)]
    shown = [question for question in questions if question not in idle]
    blocks: list[Block] = [block for question in shown for block in (_question if page.everything else _brief)(page, question)]
    if not page.everything:
        blocks += [Entry(body=Text(_rest(page, len(idle)), FAINT), level=1)] if idle or page.case is not None else []
    note = "the texts can be read in more than one way"
    return (Section(title="Depends on a reading", note=note, blocks=tuple(blocks)),) if questions else ()


def _rest(page: Page, idle: int) -> str:
    """Say how many questions make no difference in this view, and where to read how to choose."""
    pieces = [f"{page.signs.more} {idle} more that make no difference here"] if idle else []
    pieces += [f"how to choose: {page.command('status', '--all')}"] if page.case is not None else []
    return "; ".join(pieces)


def _brief(page: Page, question: OpenQuestion) -> list[Block]:
    """Put a question with its readings; how to choose one stands in the last line of the section."""
    readings = [_reading(question, name, label) for name, label, _ in question.readings]
    body = line(
        (safe(question.label or question.name), STRONG), "  ", joined((page.dot, FAINT), readings), (f"  [{safe(question.name)}]", FAINT)
    )
    return [Entry(body=body, level=1)]


def _reading(question: OpenQuestion, name: str, label: str) -> Text:
    return line(safe(label or name), (" (chosen)", "green") if question.chosen == name else "")


def _question(page: Page, question: OpenQuestion) -> list[Block]:
    pools = grouped(dict.fromkeys(question.moves), name_of)
    moves = ", ".join(safe(f"{len(pool)} {common_term(pool)}" if len(pool) > 1 else pool[0]) for pool in pools)
    note = (f"{page.dot}moves {moves}" if moves else f"{page.dot}moves nothing in this view", FAINT)
    option = "--reading " if page.case is not None else ""
    blocks: list[Block] = [Entry(body=line((safe(question.label or question.name), STRONG), note), level=1)]
    for name, label, anchors in question.readings:
        chosen = line((f"{page.dot}chosen", "green")) if question.chosen == name else Text()
        where = (f"  {', '.join(map(safe, anchors))}" if anchors else "", FAINT)
        words = line(safe(label), chosen, "  ", (glued(f"{option}{safe(question.name)}={safe(name)}"), "cyan"), where)
        blocks.append(Entry(lead=line(f"{page.signs.bullet} "), body=words, level=2))
    return blocks


def unsaid_sections(page: Page, status: Status) -> tuple[Section, ...]:
    """Lay out what nobody said: of the headlines first, then of what they wait for, then of the agreements themselves."""
    wanted = " ".join(condition for item in status.items if item.name in status.headlines for condition in item.missing)
    near: list[Sequence[str]] = [status.headlines, _WORD.findall(wanted), list(status.coordinates.agreements)]
    gaps = sorted(status.gaps, key=lambda gap: next((place for place, names in enumerate(near) if gap.of in names), len(near)))
    entries = gap_entries(page, gaps)
    count = f"first {GAPS} of {len(entries)}" if len(entries) > GAPS and not page.everything else f"{len(gaps)}"
    return section(page, f"Not said ({count})", "gaps that the texts leave", entries, GAPS)
