"""A small case whose statements and agreement quote a paper, and the paper."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.ledger.cases import MANIFEST, PACT, make, row

PAPER = "The title\n\nA truce begins on Tuesday, said an envoy.\n\nA truce is a truce. Nobody said when it ends.\n"
QUOTED = PACT.replace('event truce_begins "a truce begins"', 'event truce_begins "a truce begins"\n  source "paper#P2" "A truce begins"')


def quoting(folder: Path, *rows: Mapping[str, object], manifest: str = MANIFEST) -> Path:
    """Write a case; each row quotes as it says."""
    return make(folder, *rows, pact=QUOTED, manifest=manifest)


def quote(label: str, words: str, paragraph: int = 0, **more: object) -> dict[str, object]:
    """Make a statement that rests on some words."""
    anchor = {"quote": words} | ({"paragraph": paragraph} if paragraph else {})
    return row(label, note=label, **anchor, **more)
