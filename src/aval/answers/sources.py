"""Originals and anchors, as plain values."""

from __future__ import annotations

from collections.abc import Mapping

from aval.model.frozen import frozen


@frozen(kw_only=True)
class AddedSource:
    """An original that was added: of which source, its hash, and the text that was read from it. `hidden` characters were left out."""

    title: str
    source: str
    source_title: str
    original: str
    bytes: int
    media: str
    encoding: str
    cleaned: str
    paragraphs: int
    hidden: int


@frozen(kw_only=True)
class AnchorLine:
    """One anchor: what rests on it and where that is written, the anchor, and where it leads.

    `verdict` is found, ambiguous, moved, missing, away (its original is not here) or redacted. `paragraphs` are those in which its words
    stand. `selectors` are W3C Web Annotation selectors of the place.
    """

    of: str
    place: str
    anchor: str
    quote: str
    verdict: str
    paragraphs: tuple[int, ...]
    selectors: tuple[Mapping[str, str | int], ...]


@frozen(kw_only=True)
class WaitingSource:
    """A source whose original is not here, and how many anchors wait for it. `sha256` is the hash that it has to have, if one is known."""

    source: str
    title: str
    publisher: str
    date: str
    sha256: str
    anchors: int


@frozen(kw_only=True)
class CheckedAnchors:
    """What became of every anchor of a case that names a paragraph or words."""

    title: str
    anchors: tuple[AnchorLine, ...]
    waiting: tuple[WaitingSource, ...]
    redacted: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether no quote is missing or elsewhere."""
        return not any(one.verdict in ("missing", "moved") for one in self.anchors)
