"""`status` as a page: the two clocks, the answer in a sentence, the board in the order of the text, then what is missing and not said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rich.text import Text

from aval.answers.shapes import Item, Status
from aval.model.four import Value
from aval.render.blocks import Block, Entry, Row, Section, Sheet
from aval.render.groups import grouped
from aval.render.missing import missing_sections
from aval.render.offers import offer_sections
from aval.render.open_ends import question_sections, unsaid_sections
from aval.render.page import FAINT, STRONG, Page, coordinates
from aval.render.refused import position_sections, refusal_sections
from aval.render.rows import pool_rows
from aval.render.safe import safe
from aval.render.signs import DEPENDS
from aval.render.tail import legend, next_steps
from aval.render.unanswered import unanswered_sections
from aval.render.unnamed import low_sections, unnamed_sections

OFFER = "contribution"
ACTS = ("duty", "ban", "power")
"""what parties must, must not or may do stands before what merely is so"""
SHOWN = 12
"""how many other declarations a short and narrow board shows"""


def status_sheet(page: Page, status: Status) -> Sheet:
    """Lay out the whole board."""
    return Sheet(
        title=Text(safe(status.title), STRONG),
        view=(Entry(body=coordinates(page, status.coordinates), hang=0),),
        headline=Text(safe(status.headline), STRONG),
        notes=tuple(Entry(body=Text(safe(note), FAINT)) for note in status.notes),
        captions=True,
        sections=_sections(page, status),
        foot=(*legend(page, status.items), Entry(body=_numbers(page, status)), Entry(body=Text()), *next_steps(page, _example(status))),
    )


def _numbers(page: Page, status: Status) -> Text:
    """Write what was counted; of the values only those that mean the same for every kind of line."""
    values = {f"value {value}": value for value in (*Value, DEPENDS)}
    words = {name: safe(values.get(name, name)) for name in status.counts if name in values or not name.startswith("value ")}
    counted = [
        (status.counts[name], word.removesuffix("s") if status.counts[name] == 1 and word == name else word) for name, word in words.items()
    ]
    return Text(page.dot.join(f"{number} {word}" for number, word in counted), FAINT)


def _sections(page: Page, status: Status) -> tuple[Section, ...]:
    board = [item for item in status.items if item.kind != OFFER]
    return (
        *_headlines(page, status, [item for item in board if _is_headline(status, item)]),
        *unanswered_sections(page, status.unanswered),
        *missing_sections(page, status),
        *refusal_sections(page, status.refusals),
        *question_sections(page, status.questions),
        *offer_sections(page, [item for item in status.items if item.kind == OFFER]),
        *_by_heading(page, status, [item for item in board if not _is_headline(status, item)]),
        *position_sections(page, status.positions),
        *unnamed_sections(page, status),
        *low_sections(page, status.low),
        *unsaid_sections(page, status),
    )


def _is_headline(status: Status, item: Item) -> bool:
    return item.name in status.headlines or item.term in status.headlines


def _headlines(page: Page, status: Status, items: Sequence[Item]) -> tuple[Section, ...]:
    rank = {name: place for place, name in enumerate(status.headlines)}
    first = sorted(items, key=lambda item: min(rank.get(item.name, len(rank)), rank.get(item.term, len(rank))))
    return (Section(title="At a glance", blocks=_pools(page, first)),) if first else ()


def _by_heading(page: Page, status: Status, items: Sequence[Item]) -> tuple[Section, ...]:
    """One section for each heading of the text; a short board has one for all, and says how much it leaves out."""
    if page.everything:
        headings = grouped(items, lambda item: (item.agreement, item.heading))
        return tuple(Section(title=pool[0].heading or pool[0].agreement, blocks=_pools(page, pool)) for pool in headings)
    near = {item.agreement for item in status.items if _is_headline(status, item)}
    telling = [item for item in items if _tells(item) and (item.agreement in near or not near)]
    pools = sorted(grouped(telling, lambda item: (item.kind, item.name)), key=lambda pool: pool[0].kind not in ACTS)
    shown = [item for pool in (pools if page.wide else pools[:SHOWN]) for item in pool]
    left = page.more(len(items) - len(shown), "status", "--all") if len(shown) < len(items) else ""
    more = (
        (Entry(body=Text(f"{left}{'  ' if page.case is not None else ': '}what is open, events, members, background", FAINT), level=1),)
        if left
        else ()
    )
    blocks = (*_untermed(page, _pools(page, shown)), *more)
    return (Section(title="The rest of the texts", blocks=blocks),) if blocks else ()


def _untermed(page: Page, blocks: Sequence[Block]) -> Sequence[Block]:
    """Leave dates and formal names out where there is no room for them; `--all` and `why` have them."""
    return blocks if page.wide else [replace(block, term=Text(), since="") if isinstance(block, Row) else block for block in blocks]


def _tells(item: Item) -> bool:
    return item.kind not in ("event", "group") and item.value not in ("open", "not set")


def _pools(page: Page, items: Sequence[Item]) -> tuple[Block, ...]:
    pools = grouped(items, lambda item: (item.kind, item.name))
    return tuple(row for pool in pools for row in pool_rows(page, pool, reasons=False))


def _example(status: Status) -> str:
    """Choose a term to be curious about: of the first headline that has any, the one that is least far from a yes."""
    pools = [[item for item in status.items if name in (item.name, item.term)] for name in status.headlines]
    pool = next((pool for pool in pools if pool), status.items)
    return min(pool, key=lambda item: len(item.missing)).term if pool else ""
