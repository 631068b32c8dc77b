"""Answers as terminal text: one function to print, one to get a string. Colours only where the console has them."""

from __future__ import annotations

import os
from io import StringIO
from typing import Literal, TextIO

from rich.console import Console

from aval.answers.calendar import Calendar
from aval.answers.parting import Divergence
from aval.answers.recorded import Blame, Import, Log
from aval.answers.shapes import Changed, Owed, Status, Why
from aval.answers.supposed import Supposed
from aval.answers.unlock.shapes import Unlock
from aval.model.agreement import Agreements
from aval.model.frozen import frozen
from aval.render.blocks import Sheet
from aval.render.draw import sheet_lines
from aval.render.layout import Lines
from aval.render.page import Page
from aval.render.words import Answer, words_of

PIPED = 100
"""cells per line where nobody says how wide the screen is"""
WIDEST = 160
NARROWEST = 40


def sheet_for(answer: Answer, page: Page) -> Sheet:
    """Lay an answer out in blocks."""
    match answer:
        case Status():
            from aval.render.status import status_sheet

            return status_sheet(page, answer)
        case Why():
            from aval.render.why import why_sheet

            return why_sheet(page, answer)
        case Owed():
            from aval.render.owed import owed_sheet

            return owed_sheet(page, answer)
        case Changed():
            from aval.render.changed import changed_sheet

            return changed_sheet(page, answer)
        case Divergence():
            from aval.render.diverge import divergence_sheet

            return divergence_sheet(page, answer)
        case Supposed():
            from aval.render.suppose import supposed_sheet

            return supposed_sheet(page, answer)
        case Calendar():
            from aval.render.calendar import calendar_sheet

            return calendar_sheet(page, answer)
        case Unlock():
            from aval.render.unlock import unlock_sheet

            return unlock_sheet(page, answer)
        case Log() | Blame() | Import():
            return _recorded_sheet(page, answer)


def _recorded_sheet(page: Page, answer: Log | Blame | Import) -> Sheet:
    from aval.render.recorded import blame_sheet, import_sheet, log_sheet

    match answer:
        case Log():
            return log_sheet(page, answer)
        case Blame():
            return blame_sheet(page, answer)
        case Import():
            return import_sheet(page, answer)


def answer_lines(answer: Answer, page: Page) -> Lines:
    """Draw an answer as styled lines, none wider than the page where words allow."""
    return sheet_lines(page, sheet_for(answer, page))


@frozen(kw_only=True)
class Style:
    """How an answer is drawn: ASCII only, every line, the case as the user named it, and the agreements whose words name its terms."""

    plain: bool = False
    everything: bool = False
    case: str | None = None
    agreements: Agreements | None = None


def page_for(answer: Answer, style: Style, width: int = PIPED) -> Page:
    """Choose how an answer is drawn; a width outside what can be read is brought inside."""
    words = words_of(answer, style.agreements)
    return Page(width=min(max(width, NARROWEST), WIDEST), plain=style.plain, everything=style.everything, case=style.case, words=words)


def print_answer(answer: Answer, console: Console, style: Style) -> None:
    """Print an answer on a console, in its width and with the colours that it has."""
    for made in answer_lines(answer, page_for(answer, style, console.width)):
        console.print(made, soft_wrap=True, highlight=False)


def text(
    answer: Answer,
    *,
    width: int = PIPED,
    plain: bool = False,
    everything: bool = False,
    case: str | None = None,
    agreements: Agreements | None = None,
) -> str:
    """Give an answer as text without colours."""
    stream = StringIO()
    console = Console(file=stream, width=width, color_system=None, legacy_windows=False)
    print_answer(answer, console, Style(plain=plain, everything=everything, case=case, agreements=agreements))
    return stream.getvalue()


def console_for(stream: TextIO, *, plain: bool = False) -> Console:
    """Make the console of a stream: a terminal's own width; `COLUMNS` where that is set; 100 where it goes into a pipe or file.

    Without colours and other escapes where it is plain, no terminal, or `NO_COLOR` is set.
    """
    asked = os.environ.get("COLUMNS", "")
    width = int(asked) if asked.isascii() and asked.isdigit() and int(asked) else None if stream.isatty() else PIPED
    colours: Literal["auto"] | None = None if plain or os.environ.get("NO_COLOR") else "auto"
    return Console(file=stream, width=width, color_system=colours, highlight=False, markup=False, emoji=False, soft_wrap=True)
