"""Anchors: `source "dpa-2025-09-04#P5" "a few words"`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from aval.language.syntax import Clause, Texts
from aval.model.statement import Anchor

PATTERN = re.compile(r"([a-z0-9][a-z0-9.-]{0,63})(?:#P([1-9][0-9]{0,5}))?", re.ASCII)
"""A source id, and perhaps a paragraph."""


def anchors_of(clauses: Iterable[Clause]) -> tuple[Anchor, ...]:
    """Give the anchors of the `source` clauses, leaving out any that is not well formed."""
    return tuple(anchor for clause in clauses if isinstance(clause, Texts) for anchor in _anchor(clause))


def _anchor(clause: Texts) -> Iterable[Anchor]:
    match = PATTERN.fullmatch(clause.texts[0].text)
    if match is not None:
        quote = clause.texts[1].text if len(clause.texts) > 1 else ""
        yield Anchor(source=match.group(1), paragraph=int(match.group(2) or 0), quote=quote)
