"""Blocks as lines of a terminal, as wide as the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar, cast

from rich.text import Text

from aval.render.blocks import Block, Entry, Pair, Row, Section, Sheet, Tree
from aval.render.layout import Cell, Lines, columns, hung, line, unglued, wrapped
from aval.render.page import FAINT, HEAD, Page
from aval.render.safe import safe

STEP = 2
"""cells of one level"""
SINCE = 14
VALUE = 24
"""cells of the columns for since and value on a wide page"""
FRONT = 22
"""cells for the value on a narrow page, where it stands first"""


def sheet_lines(page: Page, sheet: Sheet) -> Lines:
    """Draw a page."""
    sheet = _plainly(sheet) if page.plain else sheet
    made = wrapped(sheet.title, page.width) + blocks_lines(page, sheet.view)
    made += [Text(), *wrapped(sheet.headline, page.width)] if sheet.headline.plain else []
    made += blocks_lines(page, sheet.notes)
    made += [Text(), *_captions(page)] if sheet.captions and page.wide else []
    for section in sheet.sections:
        made += [Text(), *_section(page, section)]
    made += [Text(), *blocks_lines(page, sheet.foot)] if sheet.foot else []
    return [unglued(one) for one in made]


def _captions(page: Page) -> Lines:
    """Name the columns, once at the top of a board."""
    return _row(page, Row(label=Text(), value=Text("value", FAINT), since="since / how", why=Text("because", FAINT)))


def _section(page: Page, section: Section) -> Lines:
    note = [("  " + section.note, FAINT)] if section.note else []
    title = wrapped(line((safe(section.title).upper(), HEAD), *note), page.width) if section.title else []
    return title + blocks_lines(page, section.blocks)


def blocks_lines(page: Page, blocks: Sequence[Block]) -> Lines:
    """Draw blocks one below the other."""
    return [made for block in blocks for made in _block(page, block)]


def _block(page: Page, block: Block) -> Lines:
    match block:
        case Row():
            return _row(page, block)
        case Pair():
            left = min(block.width, page.width // 3)
            return columns([Cell(block.left, left), Cell(block.right, page.width - left - 2 * STEP)], STEP)
        case Entry():
            return _entry(page, block)
        case Tree():
            return _tree(page, block)


def _entry(page: Page, entry: Entry, under: Text | None = None) -> Lines:
    """Draw a paragraph: under its body where the lead is short, else under its beginning."""
    start = line(*([under] if under else []), " " * (STEP * entry.level))
    if entry.lead.cell_len > page.width // 3:
        return hung(start, line(entry.lead, entry.body), page.width, line(start, " " * (STEP * entry.hang)))
    return hung(line(start, entry.lead), entry.body, page.width, line(start, " " * max(entry.lead.cell_len, STEP * entry.hang)))


def _row(page: Page, row: Row) -> Lines:
    """Draw a row: in columns where there is room, else the value first and the words after it, which are then hardly ever broken."""
    return _columns(page, row) if page.wide else _stacked(page, row)


def _stacked(page: Page, row: Row) -> Lines:
    indent = " " * (STEP * (row.level + 1))
    lead = line(indent, row.value, " " * max(STEP, FRONT - row.value.cell_len)) if row.value.plain else line(indent)
    since = line((f"{page.dot}{row.since}", FAINT)) if row.since else Text()
    under = indent + " " * (FRONT if row.value.plain else STEP)
    why = hung(under, row.why, page.width) if row.why.plain else []
    return hung(lead, line(row.label, since, row.term), page.width, under) + why


def _columns(page: Page, row: Row) -> Lines:
    indent, first = STEP * (row.level + 1), min(46, page.width * 3 // 10)
    cells = [Cell(line(row.label, row.term), first + STEP - indent), Cell(row.value, VALUE), Cell(Text(row.since, FAINT), SINCE)]
    return columns([*cells, Cell(row.why, page.width - first - VALUE - SINCE - 4 * STEP)], indent)


def _tree(page: Page, tree: Tree, first: str = "", below: str = "") -> Lines:
    """Draw a line of an explanation and all below it; `first` and `below` are the guides before its first line and the others."""
    fork, last, bar, blank = page.signs.branch
    under = line((below + (bar if tree.parts else blank), FAINT))
    lead = line((first, FAINT), tree.value, " " * max(1, 8 - tree.value.cell_len))
    made = hung(lead, tree.body, page.width, under)
    for detail in tree.details:
        made += _entry(page, detail, under)
    for number, part in enumerate(tree.parts, start=1):
        end = number == len(tree.parts)
        made += _tree(page, part, below + (last if end else fork), below + (blank if end else bar))
    return made


T = TypeVar("T")


def _plainly(part: T) -> T:
    """Write our own dots as ASCII in a part of a page, before its lines are broken; letters of a case stay as they are."""
    made: object = part
    if isinstance(part, Text):
        made = Text(part.plain.replace("…", "..."))
    elif isinstance(part, tuple):
        made = tuple(map(_plainly, part))
    elif is_dataclass(part) and not isinstance(part, type):
        made = replace(part, **{field.name: _plainly(getattr(part, field.name)) for field in fields(part)})
    return cast("T", made)
