"""Originals and anchors, as text and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from textwrap import wrap
from typing import Any

from aval.answers.sources import AddedSource, AnchorLine, CheckedAnchors, WaitingSource
from aval.render.safe import safe

SCHEMAS: Mapping[type, str] = {AddedSource: "aval.source/1", CheckedAnchors: "aval.anchors/1"}
WIDTH = 80
_WORDS = {
    "found": "found where they are said to stand",
    "ambiguous": "found more than once",
    "moved": "found elsewhere",
    "missing": "not found",
    "away": "not checked: the original is not here",
    "redacted": "not checked: the original was redacted",
}


def sources_document(found: AddedSource | CheckedAnchors) -> dict[str, Any]:
    """Give an answer as plain values, the schema first."""
    return {"schema": SCHEMAS[type(found)], **_rest(found)}


def _rest(thing: AddedSource | CheckedAnchors | AnchorLine | WaitingSource) -> dict[str, Any]:
    return {field.name: _plain(getattr(thing, field.name)) for field in fields(thing)}


def _plain(value: Any) -> Any:  # noqa: ANN401  whatever JSON has
    if isinstance(value, str | int):
        return value
    if isinstance(value, Mapping):
        return dict(value)
    return [_plain(one) for one in value] if isinstance(value, Sequence) else _rest(value)


def sources_text(found: AddedSource | CheckedAnchors, *, plain: bool = False) -> str:
    """Write an answer for people."""
    lines = _added(found) if isinstance(found, AddedSource) else _checked(found, plain=plain)
    return "".join(f"{line}\n" for line in lines)


def _added(found: AddedSource) -> Iterator[str]:
    yield safe(found.title)
    yield from wrap(f"{safe(found.source)}: {safe(found.source_title)}", WIDTH)
    yield f"  original  {found.bytes} bytes of {found.media}, {found.encoding}"
    yield f"            sha256 {found.original}"
    yield f"  text      {found.paragraphs} paragraphs{f', {found.hidden} hidden characters left out' if found.hidden else ''}"
    yield f"            sha256 {found.cleaned}"


def _checked(found: CheckedAnchors, *, plain: bool) -> Iterator[str]:
    yield safe(found.title)
    if not found.anchors:
        yield "No anchor names a paragraph or words, so there is nothing to look for."
    counts = Counter(one.verdict for one in found.anchors)
    yield from (f"{counts[verdict]:>6} {words}" for verdict, words in _WORDS.items() if counts[verdict])
    for one in found.anchors:
        if one.verdict in ("moved", "missing", "ambiguous"):
            yield ""
            yield from wrap(f"{one.verdict}: {_named(one, plain=plain)} ({safe(one.of)}, {safe(one.place)})", WIDTH, subsequent_indent="  ")


def _named(one: AnchorLine, *, plain: bool) -> str:
    before, after = ('"', '"') if plain else ("“", "”")
    return f"{safe(one.anchor)} {before}{safe(one.quote)}{after}" if one.quote else safe(one.anchor)
