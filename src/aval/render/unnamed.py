"""SAID WITHOUT A NAME, and LOW CONFIDENCE: what rests on nobody's name or on low-grade sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from rich.text import Text

from aval.answers.shapes import Cited, Status
from aval.model.claims import Listed
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
_Content = tuple[str, str, bool]
"""term, kind of claim, whether it denies"""


def unnamed_sections(page: Page, status: Status) -> tuple[Section, ...]:
    """Lay out what rests on voices without a name: what no named voice says so that it counts, then what one does."""
    named = _also_named(status)
    alone = [cited for cited in status.anonymous if _content(cited) not in named]
    also = [cited for cited in status.anonymous if _content(cited) in named]
    title = f"Said without a name {page.signs.anonymous}"
    parts = (("no named voice says it so that it counts", alone), ("also said by name", also))
    blocks = [block for note, pool in parts if pool for block in (_head(note), *_by_voice(page, pool))]
    return section(page, title, "nobody stands behind these words by name", blocks)


def _head(note: str) -> Entry:
    return Entry(body=Text(note, FAINT), level=1)


def _content(cited: Cited) -> _Content:
    return cited.term, cited.says, " not " in claim(cited)


def _also_named(status: Status) -> set[_Content]:
    """Give what is said without a name and by a named voice too. A search ends as soon as it can: a term may have a million voices."""
    by_term: dict[str, set[_Content]] = {}
    for cited in status.anonymous:
        by_term.setdefault(cited.term, set()).add(_content(cited))
    named: set[_Content] = set()
    for item in status.items:
        if item.term in by_term:
            named |= _named(item.cited, by_term[item.term])
    left = {content for contents in by_term.values() for content in contents} - named
    return named | _named(chain(status.refusals, status.positions, status.low), left)


def _named(statements: Iterable[Cited], wanted: set[_Content]) -> set[_Content]:
    """Give which of these a named voice says."""
    found: set[_Content] = set()
    for cited in statements:
        if found == wanted:
            break
        if not nameless(cited) and (content := _content(cited)) in wanted:
            found.add(content)
    return found


def low_sections(page: Page, low: Sequence[Cited]) -> tuple[Section, ...]:
    """Lay out what only low-grade sources say."""
    return section(page, f"Low confidence {page.signs.low}", "moves nothing above", _by_voice(page, low), LOW)


def _by_voice(page: Page, statements: Sequence[Cited]) -> Sequence[Block]:
    """Give one line for each voice and paragraph: all that it says there. It is drawn when it is shown; a short page shows few."""
    pools = grouped(statements, lambda cited: cited.id if page.everything else (cited.voice, cited.anchor))

    def drawn(place: int) -> Block:
        return Pair(left=Text(safe(pools[place][0].voice)), right=_sayings(page, pools[place]), width=_VOICE)

    return Listed(len(pools), drawn)


def _sayings(page: Page, pool: Sequence[Cited]) -> Text:
    first, full = pool[0], page.wide or page.everything
    claims = [line((spoken_claim(page, cited), STRONG if full else "")) for cited in pool]
    where = [anchor_text(page, first.anchor, first.quote)] if full else []
    terms = [Text(safe(first.term), FAINT)] if page.everything else []
    return joined((page.dot, FAINT), [*claims, *terms, Text(f"{safe(first.form)}, {told(first)}", FAINT), *where])
