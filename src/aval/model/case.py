"""A case: a folder of agreements, sources and statements with a versioned `aval.toml`, as one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from aval.model.frozen import frozen
from aval.model.source import Source

MANIFEST = "aval.toml"
CASE_SCHEMA = "aval.case/1"
REDACTIONS = "redactions.jsonl"


@frozen(kw_only=True)
class Text:
    """A text file of a case: its path as the user sees it, and its content with LF line ends and no byte-order mark."""

    path: str
    content: str


@frozen(kw_only=True)
class Manifest:
    """What `aval.toml` says.

    `zone` is the time zone in which dates given to a view are read; `headlines` are the terms that a board names first, in their order.
    """

    title: str
    zone: str
    language: str = "en"
    summary: str = ""
    agreements: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    sources: Mapping[str, Source]
    headlines: tuple[str, ...] = ()
    redactions: Mapping[str, str] = field(default_factory=dict)
    """what was redacted in this case (no part of `aval.toml`): source ids and commitments, each with a sentence that says so"""
