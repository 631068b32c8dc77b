"""`status` as a page: the two clocks, the answer in a sentence, the board in the order of the text, then what is missing and not said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rich.text import Text

from aval.answers.shapes import Item, Status
from aval.model.four import Value
from aval.render.blocks import Block, Entry, Section, Sheet
from aval.render.groups import grouped
from aval.render.offers import offer_sections
from aval.render.open_ends import (
    low_sections,
    missing_sections,
    position_sections,
    question_sections,
    refusal_sections,
    unnamed_sections,
    unsaid_sections,
)
from aval.render.page import FAINT, STRONG, Page, coordinates
from aval.render.rows import brief_row, pool_rows
from aval.render.safe import safe
from aval.render.signs import DEPENDS
from aval.render.tail import legend, next_steps

OFFER = "contribution"


def status_sheet(page: Page, status: Status) -> Sheet:
    """Lay out the whole board."""
    return Sheet(
        title=Text(safe(status.title), STRONG),
        view=(Entry(body=coordinates(page, status.coordinates), hang=0),),
        headline=Text(safe(status.headline), STRONG),
        numbers=_numbers(page, status),
        captions=True,
        sections=_sections(page, status),
        foot=(*legend(page), Entry(body=Text()), *next_steps(page, _example(status))),
    )


def _numbers(page: Page, status: Status) -> Text:
    """Write what was counted; of the values only those that mean the same for every kind of line."""
    values = {f"value {value}": value for value in (*Value, DEPENDS)}
    words = {name: safe(values.get(name, name)) for name in status.counts if name in values or not name.startswith("value ")}
    return Text(page.dot.join(f"{status.counts[name]} {word}" for name, word in words.items()), FAINT)


def _sections(page: Page, status: Status) -> tuple[Section, ...]:
    board = [item for item in status.items if item.kind != OFFER]
    return (
        *_headlines(page, status, [item for item in board if _is_headline(status, item)]),
        *missing_sections(page, status),
        *offer_sections(page, [item for item in status.items if item.kind == OFFER]),
        *refusal_sections(page, status.refusals),
        *_by_heading(page, [item for item in board if not _is_headline(status, item)]),
        *position_sections(page, status.positions),
        *question_sections(page, status.questions),
        *unnamed_sections(page, status.anonymous),
        *low_sections(page, status.low),
        *unsaid_sections(page, status),
    )


def _is_headline(status: Status, item: Item) -> bool:
    return item.name in status.headlines or item.term in status.headlines


def _headlines(page: Page, status: Status, items: Sequence[Item]) -> tuple[Section, ...]:
    rank = {name: place for place, name in enumerate(status.headlines)}
    first = sorted(items, key=lambda item: min(rank.get(item.name, len(rank)), rank.get(item.term, len(rank))))
    return (Section(title="At a glance", blocks=_pools(page, first)),) if first else ()


def _by_heading(page: Page, items: Sequence[Item]) -> tuple[Section, ...]:
    """One section for each heading of the text; a short board leaves out what is history or simply open, and says so."""
    shown = items if page.everything else [item for item in items if _tells(item)]
    headings = grouped(shown, lambda item: (item.agreement, item.heading))
    sections = tuple(Section(title=pool[0].heading or pool[0].agreement, blocks=_brief(page, pool)) for pool in headings)
    left = len(items) - len(shown)
    more = Text(f"{page.more(left, 'status', '--all')}  what is open, events, members of groups", FAINT)
    return (*sections, *((Section(blocks=(Entry(body=more, level=1),)),) if left else ()))


def _tells(item: Item) -> bool:
    return item.kind not in ("event", "group") and item.value not in ("open", "not set")


def _brief(page: Page, items: Sequence[Item]) -> tuple[Block, ...]:
    if page.everything:
        return _pools(page, items)
    rows = (brief_row(page, pool) for pool in grouped(items, lambda item: (item.kind, item.name)))
    return tuple(row if page.wide else replace(row, why=Text()) for row in rows)


def _pools(page: Page, items: Sequence[Item]) -> tuple[Block, ...]:
    return tuple(row for pool in grouped(items, lambda item: (item.kind, item.name)) for row in pool_rows(page, pool))


def _example(status: Status) -> str:
    """Choose a term to be curious about: of the first headline that has any, the one with most to tell."""
    pools = [[item for item in status.items if name in (item.name, item.term)] for name in status.headlines]
    pool = next((pool for pool in pools if pool), status.items)
    return max(pool, key=lambda item: len(item.because)).term if pool else ""
