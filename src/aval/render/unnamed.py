"""SAID WITHOUT A NAME, and LOW CONFIDENCE: what rests on nobody's name or on low-grade sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from aval.answers.shapes import Cited, Status
from aval.render.blocks import Block, Entry, Pair, Section
from aval.render.claims import claim, nameless, spoken_claim, told
from aval.render.groups import grouped
from aval.render.layout import joined, line
from aval.render.page import FAINT, STRONG, Page, anchor_text
from aval.render.safe import safe
from aval.render.sections import section

LOW = 3
"""how many low-grade voices a short board lets speak"""
_VOICE = 18
"""cells for the name of a voice"""


def unnamed_sections(page: Page, status: Status) -> tuple[Section, ...]:
    """Lay out what rests on voices without a name: what no named voice says so that it counts, then what one does."""
    named = {_content(cited) for cited in _all(status) if not nameless(cited)}
    alone = [cited for cited in status.anonymous if _content(cited) not in named]
    also = [cited for cited in status.anonymous if _content(cited) in named]
    title = f"Said without a name {page.signs.anonymous}"
    parts = (("no named voice says it so that it counts", alone), ("also said by name", also))
    blocks = [block for note, pool in parts if pool for block in (_head(note), *_by_voice(page, pool))]
    return section(page, title, "nobody stands behind these words by name", blocks)


def _head(note: str) -> Entry:
    return Entry(body=Text(note, FAINT), level=1)


def _content(cited: Cited) -> tuple[str, str, bool]:
    return cited.term, cited.says, " not " in claim(cited)


def _all(status: Status) -> Iterator[Cited]:
    """Every statement that the board brings along."""
    for item in status.items:
        yield from item.cited
    yield from (*status.refusals, *status.positions, *status.low)


def low_sections(page: Page, low: Sequence[Cited]) -> tuple[Section, ...]:
    """Lay out what only low-grade sources say."""
    return section(page, f"Low confidence {page.signs.low}", "moves nothing above", _by_voice(page, low), LOW)


def _by_voice(page: Page, statements: Sequence[Cited]) -> list[Block]:
    """Give one line for each voice and paragraph: all that it says there."""
    pools = grouped(statements, lambda cited: cited.id if page.everything else (cited.voice, cited.anchor))
    return [Pair(left=Text(safe(pool[0].voice)), right=_sayings(page, pool), width=_VOICE) for pool in pools]


def _sayings(page: Page, pool: Sequence[Cited]) -> Text:
    first, full = pool[0], page.wide or page.everything
    claims = [line((spoken_claim(page, cited), STRONG if full else "")) for cited in pool]
    where = [anchor_text(page, first.anchor, first.quote)] if full else []
    terms = [Text(safe(first.term), FAINT)] if page.everything else []
    return joined((page.dot, FAINT), [*claims, *terms, Text(f"{safe(first.form)}, {told(first)}", FAINT), *where])
