"""Sources: the documents that statements rest on. Originals under somebody's copyright are not in a case, only their hash."""

from __future__ import annotations

from enum import StrEnum

from aval.model.frozen import frozen


class SourceKind(StrEnum):
    """What a source is."""

    REPORT = "report"
    """a news report that was read as a whole, paragraph by paragraph"""
    DOCUMENT = "document"
    """an official text"""
    PAGE = "page"
    """a page from which one claim was taken"""


@frozen(kw_only=True)
class Source:
    """One source: `id` in its case, title, publisher, civil date, where it was found, the SHA-256 of the text that was read.

    `series` joins reports of one kind that a reader compares with each other; `paragraphs` is how many a report has.
    """

    id: str
    kind: SourceKind
    title: str
    publisher: str = ""
    date: str = ""
    url: str = ""
    sha256: str = ""
    paragraphs: int = 0
    series: str = ""
    language: str = ""
    note: str = ""
