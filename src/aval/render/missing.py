"""MISSING: what stands in the way of what the case puts first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.text import Text

from aval.answers.shapes import Item, Status
from aval.render.blocks import Row, Section
from aval.render.groups import ELSE, blanked, common_term, grouped, name_of
from aval.render.layout import joined, line
from aval.render.page import FAINT, Page, value_text, words_of
from aval.render.safe import safe
from aval.render.sections import section

FIRST, EACH = "what the first line waits for", ", for each party by itself"
MEMBERSHIP = re.compile(r"\S+ in (\w+): open")
SHOWN = 8
CONDITION = re.compile(r"(.+): ([a-z ]+?)(?: \(on reading (\w+)\))?")
"""a condition as answers write it: the condition, its value, the reading on which alone it is asked for"""

Condition = tuple[str, str, str]
"""the condition, its value, the reading on which alone it is asked for"""


def missing_sections(page: Page, status: Status) -> tuple[Section, ...]:
    """Lay out what stands in the way: on a short board of the first headline, else of everything, what most waits for first."""
    first = [item for item in status.items if _named(item, status.headlines[:1])]
    board = status.items if page.everything or not first else first
    waiting = [
        (taken(condition, item, page), item)
        for item in board
        if item.kind != "contribution"
        for condition in item.missing
        if page.everything or not MEMBERSHIP.match(condition)
    ]
    pools = grouped(waiting, lambda one: one[0] if page.everything else (one[0][0], one[0][2]))
    pools.sort(key=lambda pool: (not any(_named(item, status.headlines) for _, item in pool), bool(pool[0][0][2]), -len(pool)))
    rows = [_row(page, status, pool) for pool in pools]
    rows += [] if page.everything or not rows else _membership(page, first)
    note = (
        "what would have to become yes"
        if page.everything or not first
        else f"{FIRST}{EACH if any(ELSE in pool[0][0][0] for pool in pools) else ''}"
    )
    return section(page, "Missing", note, rows, SHOWN)


def _membership(page: Page, first: Sequence[Item]) -> list[Row]:
    """Say of how many it is not even known if they are meant: that is no condition that somebody could meet."""
    pools = grouped([(hit[1], item) for item in first for text in item.missing if (hit := MEMBERSHIP.match(text))], lambda one: one[0])
    return [
        Row(
            label=line(
                f"which of {len(pool)}{' others' if len(pool) < len(first) else ''} belong to {page.name(pool[0][0])}",
                (f"{page.dot}not a condition", FAINT),
            ),
            value=value_text(page, "open"),
        )
        for pool in pools
    ]


def _named(item: Item, headlines: Sequence[str]) -> bool:
    return item.name in headlines or item.term in headlines


def taken(condition: str, item: Item, page: Page) -> Condition:
    """Take `committed(FRA) happened: open` apart, and leave out whose it is: it is the same for each of many."""
    hit = CONDITION.fullmatch(condition)
    text, value, reading = (hit[1], hit[2], hit[3] or "") if hit else (condition, "", "")
    return blanked(text, item.args, page.names), value, reading


def _row(page: Page, status: Status, pool: Sequence[tuple[Condition, Item]]) -> Row:
    """One row for one condition: its value, mostly, the condition in words, and for whom it is missing."""
    values = sorted(grouped(pool, lambda one: one[0][1]), key=len, reverse=True)
    (text, value, reading), items = values[0][0][0], [item for _, item in pool]
    words = page.worded(text)
    pieces = [Text(safe(words))]
    pieces += [line(("only if ", FAINT), (reading_words(page, status, reading), FAINT))] if reading else []
    whom = _waiting(items) if page.everything else _whom(status, values)
    pieces += [Text(safe(whom), FAINT)] if whom else []
    term = Text(page.dot + safe(text), FAINT) if words != text and page.everything else Text()
    return Row(label=joined((page.dot, FAINT), pieces), value=value_text(page, value) if value else Text("missing"), term=term)


def _waiting(items: Sequence[Item]) -> str:
    """Name what waits for a condition, declaration by declaration."""
    pools = grouped(dict.fromkeys(item.term for item in items), name_of)
    return "needed by " + ", ".join(f"{len(pool)} {common_term(pool)}" if len(pool) > 1 else pool[0] for pool in pools)


def _whom(status: Status, values: Sequence[Sequence[tuple[Condition, Item]]]) -> str:
    """Say of how many it is missing; nothing where it is missing for all, with one value."""
    whole = sum(item.name == values[0][0][1].name for item in status.items)
    if len(values) == 1:
        return f"for {len(values[0])} of {whole}" if len(values[0]) < whole else ""
    return ", ".join(f"{same[0][0][1]} for {len(same)}" for same in values) + f" of {whole}"


def reading_words(page: Page, status: Status, reading: str) -> str:
    """Write what a reading says, in quotation marks; its name where nobody has words for it."""
    labels = (label for question in status.questions for name, label, _ in question.readings if name == reading)
    return words_of(page, next(labels, "")) or safe(reading)
