"""A section of a list: on a short page its head, with the number of lines left out."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from aval.render.blocks import Block, Entry, Section
from aval.render.page import FAINT, Page

SHORT = 6
"""how many lines of a list a short board shows"""


def section(page: Page, title: str, note: str, blocks: Sequence[Block], short: int = SHORT) -> tuple[Section, ...]:
    """Make a section of a list; none where the list is empty."""
    shown = blocks if page.everything else blocks[:short]
    rest = len(blocks) - len(shown)
    more = [Entry(body=Text(page.more(rest, "status", "--all"), FAINT), level=1)] if rest else []
    return (Section(title=title, note=note, blocks=(*shown, *more)),) if blocks else ()
