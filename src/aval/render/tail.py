"""The foot of a page: what the signs mean, and where to go next."""

from __future__ import annotations

from rich.text import Text

from aval.render.blocks import Block, Entry
from aval.render.layout import joined, line
from aval.render.page import FAINT, Page, value_text

_MEANINGS = (
    ("yes", "told, or it follows"),
    ("no", "told, or the starting value"),
    ("open", "nobody knows"),
    ("contested", "accepted evidence for both"),
)


def legend(page: Page) -> tuple[Block, ...]:
    """Say what the signs mean."""
    values = [line(value_text(page, value), (f" {meaning}", FAINT)) for value, meaning in _MEANINGS]
    values.append(line(value_text(page, None), (" the rival readings differ", FAINT)))
    modes = ("carried: told earlier, nothing has changed it since", "projected: carried on beyond what was known")
    lines = ([*values], [Text(text, FAINT) for text in modes], [voices(page)])
    return tuple(Entry(body=joined((page.dot, FAINT), pieces)) for pieces in lines)


def voices(page: Page) -> Text:
    """Say what the marks of voices and sources mean."""
    return Text(f"{page.signs.anonymous} no name behind it{page.dot}{page.signs.low} low-grade source", FAINT)


def next_steps(page: Page, term: str) -> tuple[Block, ...]:
    """Say what can be asked next, as commands to copy; nothing where there is no command line."""
    if page.case is None or not term:
        return ()
    steps = (
        ("why any line", page.command("why", term)),
        ("every line", page.command("status", "--all")),
        ("who owes what", page.command("owed")),
    )
    return tuple(Entry(lead=line((f"{title:14}", FAINT)), body=line((command, "cyan"))) for title, command in steps)
