"""Anchors in a text, as selectors of the W3C Web Annotation Data Model: by quote with what stands before and after it, and by position.

Offsets count characters (Unicode code points) of the cleaned text, from 0, the end exclusive, as the model has it.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from enum import StrEnum

from aval.evidence.sources.clean import Clean
from aval.model.frozen import frozen
from aval.model.statement import Anchor

AROUND = 32
"""How many characters before and after a quote are kept."""
_MOST = 1000
"""places of one quote that are looked at"""


@frozen(kw_only=True)
class Selector:
    """A place: `TextQuoteSelector` (exact, prefix, suffix) and `TextPositionSelector` (start, end) in one."""

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int

    def w3c(self) -> list[dict[str, str | int]]:
        """Give the two selectors as the model writes them."""
        return [
            {"type": "TextQuoteSelector", "exact": self.exact, "prefix": self.prefix, "suffix": self.suffix},
            {"type": "TextPositionSelector", "start": self.start, "end": self.end},
        ]


class Verdict(StrEnum):
    """What became of an anchor in a text."""

    FOUND = "found"
    MOVED = "moved"
    AMBIGUOUS = "ambiguous"
    MISSING = "missing"


@frozen(kw_only=True)
class Match:
    """Where an anchor leads: the verdict, the place if there is one, and the paragraphs in which its words stand."""

    verdict: Verdict
    selector: Selector | None = None
    paragraphs: tuple[int, ...] = ()


def find(anchor: Anchor, text: Clean, before: Selector | None = None) -> Match:
    """Look for an anchor. `before` is where it was found in an earlier version of the text: it tells places of the same words apart."""
    lines = _bounds(text.text)
    if anchor.paragraph > len(lines):
        return _elsewhere(anchor, text, lines)
    inside = lines[anchor.paragraph - 1] if anchor.paragraph else (0, len(text.text))
    if not anchor.quote:
        return Match(verdict=Verdict.FOUND, selector=_selector(text.text, *inside), paragraphs=(anchor.paragraph,) * bool(anchor.paragraph))
    quote = " ".join(unicodedata.normalize("NFC", anchor.quote).split())
    places = _places(quote, text.text, *inside)
    if not places:
        return _elsewhere(anchor, text, lines)
    selectors = [_selector(text.text, start, start + len(quote)) for start in places]
    same = [one for one in selectors if before and (one.prefix, one.suffix) == (before.prefix, before.suffix)]
    chosen = selectors if len(selectors) == 1 else same
    verdict = Verdict.FOUND if len(chosen) == 1 else Verdict.AMBIGUOUS
    return Match(
        verdict=verdict, selector=(chosen or selectors)[0], paragraphs=tuple(sorted({_number(one.start, lines) for one in selectors}))
    )


def _elsewhere(anchor: Anchor, text: Clean, lines: list[tuple[int, int]]) -> Match:
    quote = " ".join(unicodedata.normalize("NFC", anchor.quote).split())
    places = _places(quote, text.text, 0, len(text.text)) if quote else []
    if not places:
        return Match(verdict=Verdict.MISSING)
    first = _selector(text.text, places[0], places[0] + len(quote))
    return Match(verdict=Verdict.MOVED, selector=first, paragraphs=tuple(sorted({_number(place, lines) for place in places})))


def _places(quote: str, text: str, start: int, end: int) -> list[int]:
    found: list[int] = []
    while len(found) < _MOST and (start := text.find(quote, start, end)) >= 0:
        found.append(start)
        start += 1
    return found


def _bounds(text: str) -> list[tuple[int, int]]:
    bounds, start = [], 0
    for line in text.split("\n") if text else []:
        bounds.append((start, start + len(line)))
        start += len(line) + 1
    return bounds


def _number(offset: int, lines: list[tuple[int, int]]) -> int:
    """Give the paragraph in which an offset stands."""
    return bisect_right(lines, offset, key=lambda line: line[0])


def _selector(text: str, start: int, end: int) -> Selector:
    return Selector(
        exact=text[start:end], prefix=text[max(0, start - AROUND) : start], suffix=text[end : end + AROUND], start=start, end=end
    )
