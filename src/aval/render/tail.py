"""The foot of a page: what the signs mean, and where to go next."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from aval.answers.shapes import Item
from aval.render.blocks import Block, Entry
from aval.render.layout import joined, line
from aval.render.page import FAINT, Page, value_text

_MEANINGS = (
    ("open", "nobody knows"),
    ("contested", "accepted evidence for both"),
    (None, "rival readings differ"),
)


def legend(page: Page, items: Sequence[Item]) -> tuple[Block, ...]:
    """Say what the signs and words on this board mean; of the rarer ones those that it has."""
    seen = {item.value for item in items}
    pieces = [line(value_text(page, value), (f": {meaning}", FAINT)) for value, meaning in _MEANINGS if value in seen]
    pieces += [Text("projected: carried on beyond what was known", FAINT)] if any(item.mode == "projected" for item in items) else []
    return tuple(Entry(body=made) for made in (joined((page.dot, FAINT), pieces), voices(page)) if made.plain)


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
