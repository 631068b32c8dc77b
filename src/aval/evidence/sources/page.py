"""The text of an HTML page, by the standard library's parser, which is kept from anything that would make it slow or loud."""

from __future__ import annotations

import io
from html.parser import HTMLParser

_CHUNK = 1 << 16
_MOST_PENDING = 1 << 20
"""How much of an unfinished tag, comment or script is held."""
_DROPPED = frozenset(("head", "script", "style", "template", "noscript", "svg", "math", "iframe", "object", "title", "textarea", "select"))
_INLINE = frozenset(
    (
        *(
            "a",
            "abbr",
            "acronym",
            "b",
            "bdi",
            "bdo",
            "big",
            "cite",
            "code",
            "data",
            "del",
            "dfn",
            "em",
            "font",
            "i",
            "img",
            "ins",
            "kbd",
            "label",
            "mark",
        ),
        *("nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    )
)
"""What stands inside a line; every other element begins and ends one."""
_OPEN_ENDED = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"])


class TooLongError(ValueError):
    """Something in the page has no end that could be waited for."""


class Page(HTMLParser):
    """Gathers the text of a page, with a line feed where a block begins or ends."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__(convert_charrefs=True)
        self._written = io.StringIO()
        self._dropping = ""
        self._deep = 0

    @classmethod
    def of(cls, html: str) -> str:
        """Give the text of a page. Raises `TooLongError`. What is unfinished at the end is left out, as a browser does."""
        page = cls()
        for start in range(0, len(html), _CHUNK):
            page.feed(html[start : start + _CHUNK].replace("\r", "\n"))
            if len(page.rawdata) > _MOST_PENDING:
                raise TooLongError
        page.feed("\n")
        return page._written.getvalue()

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """Take `<![…` for a comment, as browsers do; the parser's own way raises for what it does not know."""
        del report
        return self.parse_bogus_comment(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line where a block begins; leave out what is no text of the page."""
        del attrs
        if self._dropping:
            self._deep += tag == self._dropping
        elif tag in _DROPPED:
            self._dropping, self._deep = tag, 1
        elif tag == "body":
            self._dropping = ""
        if tag not in _INLINE:
            self._written.write("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take `<br/>` for `<br>`; of the others only those that need no end are ended."""
        self.handle_starttag(tag, attrs)
        if tag not in _OPEN_ENDED:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """End a line where a block ends."""
        if self._dropping == tag:
            self._deep -= 1
            self._dropping = self._dropping if self._deep else ""
        if tag not in _INLINE:
            self._written.write("\n")

    def handle_data(self, data: str) -> None:
        """Keep text. Line ends inside a paragraph of HTML are spaces."""
        if not self._dropping:
            self._written.write(data.replace("\n", " "))
