"""What a page is made of, before it is drawn: sections of rows, entries and trees. The terminal and the notebook draw the same blocks.

A `Text` in here is styled, already safe to show, and not yet broken into lines.
"""

from __future__ import annotations

from dataclasses import field

from rich.text import Text

from aval.model.frozen import frozen


@frozen(kw_only=True)
class Row:
    """A row of the board: what it is, its value, since when, because of what (may be empty). `level` is how far it is indented.

    `term` is the formal name, set faintly after the words.
    """

    label: Text
    value: Text
    term: Text = field(default_factory=Text)
    since: str = ""
    why: Text = field(default_factory=Text)
    level: int = 0


@frozen(kw_only=True)
class Pair:
    """A name and what belongs to it, in two columns; `width` is how many cells the first needs at least."""

    left: Text
    right: Text
    width: int = 24


@frozen(kw_only=True)
class Entry:
    """A paragraph after a short lead; what goes on is indented by `hang` levels more."""

    body: Text
    lead: Text = field(default_factory=Text)
    level: int = 0
    hang: int = 1


@frozen(kw_only=True)
class Tree:
    """A line of an explanation: its value, what is claimed, what it rests on, and the lines below it."""

    value: Text
    body: Text
    details: tuple[Entry, ...] = ()
    parts: tuple[Tree, ...] = ()


Block = Row | Pair | Entry | Tree


@frozen(kw_only=True)
class Section:
    """A heading, a word beside it, and what stands below; a section without a title just goes on."""

    title: str = ""
    note: str = ""
    blocks: tuple[Block, ...]


@frozen(kw_only=True)
class Sheet:
    """A whole page: its title, the coordinates, the answer in a sentence, notes on the view, sections, the small print."""

    title: Text
    view: tuple[Entry, ...]
    headline: Text = field(default_factory=Text)
    notes: tuple[Entry, ...] = ()
    captions: bool = False
    sections: tuple[Section, ...] = ()
    foot: tuple[Block, ...] = ()
