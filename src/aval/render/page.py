"""What every page of terminal text shares: its width and signs, the coordinates, values, marks, and statements as they are cited."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import field

from rich.text import Text

from aval.answers.shapes import Cited, Coordinates, Gap
from aval.model.frozen import frozen
from aval.model.label import with_article
from aval.render.blocks import Entry
from aval.render.groups import args_of, grouped
from aval.render.layout import GLUE, glued, joined, line
from aval.render.safe import safe
from aval.render.signs import DEPENDS, PLAIN, PRETTY, Signs, style_of
from aval.render.words import Words

_SECONDS = re.compile(r"(T\d\d:\d\d):[\d.]+")
FAINT = "dim"
STRONG = "bold"
HEAD = "bold"
_OF_EVENTS = {"yes": "happened", "no": "not happened"}
SUPPOSED = 6
"""how many suppositions a short page names beside the clocks"""
WIDE = 128
"""from so many cells on, reasons stand in a column of their own"""


@frozen(kw_only=True)
class Page:
    """How a page is drawn: cells per line, ASCII only or not, every line or the short form, the case as the user named it.

    `case` is empty where the command line finds it by itself, and `None` where there is no command line to speak of, as in a notebook.
    """

    width: int = 100
    plain: bool = False
    everything: bool = False
    case: str | None = None
    words: Words = field(default_factory=Words)

    @property
    def names(self) -> Mapping[str, str]:
        """The names of parties, groups and areas by code."""
        return self.words.names

    @property
    def signs(self) -> Signs:
        """The signs of this page."""
        return PLAIN if self.plain else PRETTY

    @property
    def dot(self) -> str:
        """What separates pieces on a line."""
        return f" {self.signs.dot}{GLUE}"

    @property
    def wide(self) -> bool:
        """Whether there is room for a column of reasons."""
        return self.width >= WIDE

    def full_name(self, code: str) -> str:
        """Write a party with its label, where it has one: `France (FRA)`."""
        label = self.names.get(code, "")
        return safe(f"{label} ({code})" if label and label != code else code)

    def name(self, code: str) -> str:
        """Write a party, group or area in words, as it stands inside a sentence."""
        return safe(with_article(self.words.name(code)))

    def spoken(self, label: str, term: str) -> str:
        """Write a label in English: what its parties are called, with articles and genitives."""
        return self.words.spoken(label, args_of(term))

    def worded(self, text: str) -> str:
        """Write the terms in a condition or a claim in words."""
        return self.words.worded(text)

    def command(self, verb: str, *rest: str) -> str:
        """Write a command that can be copied into a shell."""
        words = [*([safe(self.case)] if self.case else []), *map(safe, rest)]
        return " ".join(["aval", verb, *map(quoted, words)])

    def more(self, number: int, verb: str, *rest: str) -> str:
        """Say how many lines a short page leaves out, and the command that shows them."""
        return f"{self.signs.more} {number} more" + (f": {self.command(verb, *rest)}" if self.case is not None else "")


def quoted(word: str) -> str:
    """Quote a word for a shell, in double quotes where they are enough."""
    plain = shlex.quote(word)
    return f'"{word}"' if plain != word and not set(word) & set('"$`\\!') else plain


def coordinates(page: Page, at: Coordinates) -> Text:
    """Write the clocks and the readings of a view (2.1): the first two clocks always, the third where it is not now."""
    chosen = ", ".join(f"{question}={reading}" for question, reading in at.readings.items())
    pieces = [
        line("true on ", (_minute(at.at), STRONG)),
        line("as known on ", (_minute(at.known), STRONG)),
        *([line("as recorded on ", (safe(at.recorded), STRONG))] if at.recorded else []),
        line(f"readings: {safe(chosen) or 'none chosen'}"),
        *([line("seen by ", (safe(at.viewer), STRONG), ", its draft statements included")] if at.viewer else []),
        *([line(("supposing: ", STRONG), safe(_supposing(page, at)))] if at.suppositions else []),
    ]
    return joined((page.dot, FAINT), pieces)


def _supposing(page: Page, at: Coordinates) -> str:
    """Name what is supposed, so that nobody takes the answer for one about the world."""
    shown = at.supposed if page.everything else at.supposed[:SUPPOSED]
    return "; ".join([*shown, *([f"{len(at.supposed) - len(shown)} more"] if len(shown) < len(at.supposed) else [])])


def faint_term(page: Page, label: str, term: str) -> Text:
    """Write the term that a label belongs to; nothing where the label is the term."""
    if label in ("", term):
        return Text()
    return Text(f" {glued(f'[{safe(term)}]')}" if page.plain else page.dot + glued(safe(term)), FAINT)


def _minute(instant: str) -> str:
    """Write an instant to the minute; the answer's JSON has it exactly."""
    return safe(_SECONDS.sub(r"\1", instant))


def value_text(page: Page, value: str | None, note: str = "", *, event: bool = False) -> Text:
    """Write a value with its sign; `None` is *depends on reading*. Of an event, yes says that it happened: its label is in the present."""
    word = DEPENDS if value is None else safe(value)
    sign = page.signs.of(word)
    style = style_of(word)
    word = _OF_EVENTS.get(word, word) if event else word
    return line((f"{sign}{GLUE}{word}" if sign else word, style), *([(f" {glued(note)}", FAINT)] if note else []))


def readings_text(page: Page, by_reading: Mapping[str, str]) -> Text:
    """Write the value on each reading."""
    pieces = [line(f"{safe(reading)}: ", value_text(page, value)) for reading, value in by_reading.items()]
    return joined((page.dot, FAINT), pieces)


def marks(page: Page, *, anonymous: bool, low: bool) -> str:
    """Write the marks of what rests on nobody's name or on low-grade sources, with a space before."""
    return (f" {page.signs.anonymous}" if anonymous else "") + (f" {page.signs.low}" if low else "")


def marks_of(page: Page, cited: Cited) -> str:
    """Write the marks of one statement."""
    drafted = " (draft)" if cited.visibility != "public" else ""
    return marks(page, anonymous=cited.form in ("unnamed official", "circles"), low=cited.grade == "low") + drafted


def guarded(page: Page, moment: str, guard: str | None) -> str:
    """Write a moment in words, and what must hold just before it, or must not."""
    words = page.worded(moment)
    if not guard:
        return words
    negated = guard.startswith("not ")
    return f"{words}, {'unless' if negated else 'provided that'} {page.worded(guard.removeprefix('not '))}"


def words_of(page: Page, quote: str) -> str:
    """Write a few words as they stand in a source, in quotation marks; nothing for none."""
    before, after = page.signs.quote
    return f"{before}{safe(quote)}{after}" if quote else ""


def anchor_text(page: Page, anchor: str, quote: str) -> Text:
    """Write where in a source something stands, and its few words."""
    return line((safe(anchor), FAINT), *([" ", words_of(page, quote)] if quote else []))


def gap_entries(page: Page, gaps: Sequence[Gap]) -> tuple[Entry, ...]:
    """Write what nobody said, one line for each thing of which it was not said."""
    return tuple(_gaps(page, of) for of in grouped(gaps, lambda gap: (gap.agreement, gap.of)))


def _gaps(page: Page, gaps: Sequence[Gap]) -> Entry:
    missing = [line((safe(gap.what).replace("_", " "), STRONG)) for gap in gaps]
    return Entry(body=line(f"{safe(gaps[0].label or gaps[0].of)}: ", joined((page.dot, FAINT), missing)), level=1)
