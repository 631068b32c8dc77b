"""Answers as HTML for a notebook: one fragment with its own small style, no script, nothing from elsewhere, everything escaped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

from rich.text import Text

from aval.model.agreement import Agreements
from aval.render.blocks import Block, Entry, Pair, Row, Section, Sheet, Tree
from aval.render.html_style import STYLE
from aval.render.layout import GLUE
from aval.render.safe import safe
from aval.render.text import WIDEST, Style, page_for, sheet_for
from aval.render.words import Answer


def html(answer: Answer, *, everything: bool = False, agreements: Agreements | None = None) -> str:
    """Give an answer as an HTML fragment; the agreements lend their words to its terms."""
    page = page_for(answer, Style(everything=everything, agreements=agreements), WIDEST)
    return sheet_html(sheet_for(answer, page))


def sheet_html(sheet: Sheet) -> str:
    """Write a page as one `div`."""
    parts = [
        f'<div class="aval"><style>{STYLE}</style>',
        f"<h2>{marked(sheet.title)}</h2>",
        *(block_html(entry) for entry in sheet.view),
        f'<p class="headline">{marked(sheet.headline)}</p>' if sheet.headline.plain else "",
        *(block_html(note) for note in sheet.notes),
        *(section_html(section) for section in sheet.sections),
        f"<footer>{''.join(map(block_html, sheet.foot))}</footer>" if sheet.foot else "",
        "</div>",
    ]
    return "".join(parts)


def section_html(section: Section) -> str:
    """Write a section: runs of rows as one table, the rest block by block."""
    words = escape(section.note.replace(GLUE, " "))
    note = f" <small>{words}</small>" if words else ""
    title = f"<h3>{escape(safe(section.title))}{note}</h3>" if section.title else ""
    return f"<section>{title}{''.join(_blocks(section.blocks))}</section>"


def _blocks(blocks: Sequence[Block]) -> Iterator[str]:
    rows: list[Row] = []
    for block in blocks:
        if isinstance(block, Row):
            rows.append(block)
            continue
        yield from _table(rows)
        rows = []
        yield block_html(block)
    yield from _table(rows)


def _table(rows: Sequence[Row]) -> Iterator[str]:
    if rows:
        head = "<thead><tr><th>what</th><th>value</th><th>since / how</th><th>because</th></tr></thead>"
        yield f"<table><colgroup><col><col><col><col></colgroup>{head}<tbody>{''.join(map(_row, rows))}</tbody></table>"


def _row(row: Row) -> str:
    cells = f"<td>{marked(row.value)}</td><td>{escape(row.since)}</td><td>{marked(row.why)}</td>"
    return f'<tr class="l{row.level}"><th scope="row">{marked(row.label)}{marked(row.term)}</th>{cells}</tr>'


def block_html(block: Block) -> str:
    """Write one block."""
    match block:
        case Row():
            return "".join(_table([block]))
        case Pair():
            return f'<p class="pair"><span>{marked(block.left)}</span><span>{marked(block.right)}</span></p>'
        case Entry():
            return f'<p class="l{min(block.level, 3)}">{marked(block.lead)}{marked(block.body)}</p>' if block.body.plain else ""
        case Tree():
            return f"<ul>{_tree(block)}</ul>"


def _tree(tree: Tree) -> str:
    below = "".join(map(_tree, tree.parts))
    parts = f"<ul>{below}</ul>" if below else ""
    return f"<li>{marked(tree.value)} {marked(tree.body)}{''.join(map(block_html, tree.details))}{parts}</li>"


def marked(text: Text) -> str:
    """Write styled text as spans; a style is a class, and there are no other attributes."""
    plain = text.plain
    edges = sorted({0, len(plain), *(place for span in text.spans for place in (span.start, span.end))})
    return "".join(_piece(plain[start:end], _classes(text, start, end)) for start, end in pairwise(edges) if start < end <= len(plain))


def _classes(text: Text, start: int, end: int) -> str:
    styles = [str(text.style), *(str(span.style) for span in text.spans if span.start <= start and end <= span.end)]
    return " ".join(dict.fromkeys(word for style in styles for word in style.split()))


def _piece(plain: str, classes: str) -> str:
    shown = escape(plain.replace(GLUE, "\u00a0"))
    return f'<span class="{classes}">{shown}</span>' if classes else shown
