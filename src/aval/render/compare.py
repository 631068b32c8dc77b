"""A comparison of two drafts: for people in a terminal or a notebook, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from rich.console import Console
from rich.text import Text

from aval.render.blocks import Block, Entry, Section, Sheet
from aval.render.draw import sheet_lines
from aval.render.html import sheet_html
from aval.render.layout import Lines, joined, line
from aval.render.page import FAINT, STRONG, Page, faint_term, value_text
from aval.render.safe import safe
from aval.render.text import NARROWEST, WIDEST
from aval.study.shapes import Answers, Comparison, Decided, Difference, Point, Split, Supposed, Verdict

SCHEMA = "aval.compare/1"
HISTORIES = 6
"""histories that a short page shows"""
LINES = 5
"""answers that a short page shows of one history"""

SECTIONS: dict[Verdict, tuple[str, str]] = {
    Verdict.REMOVED: ("removed", ""),
    Verdict.ADDED: ("added", ""),
    Verdict.WEAKENED: ("weakened", "asks less, or holds or counts in fewer cases"),
    Verdict.STRENGTHENED: ("strengthened", "asks more, or holds or counts in more cases"),
    Verdict.BOTH: ("both", "weaker in one clause, stronger in another"),
    Verdict.CHANGED: ("changed", "neither clearly weaker nor stronger"),
    Verdict.RENAMED: ("renamed", "and nothing else"),
    Verdict.WORDING: ("wording", "words or sources alone: every answer stays"),
}
_COUNTED = {
    Verdict.BOTH: "weaker in one clause and stronger in another",
    Verdict.CHANGED: "changed without being clearly weaker or stronger",
    Verdict.WORDING: "in wording only",
}


def print_comparison(found: Comparison, console: Console, *, plain: bool = False, everything: bool = False) -> None:
    """Print a comparison, in the width of the console."""
    page = Page(width=min(max(console.width, NARROWEST), WIDEST), plain=plain, everything=everything)
    for made in comparison_lines(page, found):
        console.print(made, soft_wrap=True, highlight=False)


def comparison_lines(page: Page, found: Comparison) -> Lines:
    """Draw a comparison as styled lines."""
    return sheet_lines(page, comparison_sheet(page, found))


def comparison_html(found: Comparison, *, everything: bool = True) -> str:
    """Give a comparison as an HTML fragment."""
    return sheet_html(comparison_sheet(Page(width=WIDEST, everything=everything), found))


def comparison_document(found: Comparison) -> dict[str, Any]:
    """Give a comparison as plain values, the schema first."""
    made = {one.name: _plain(getattr(found, one.name)) for one in fields(found) if one.name != "versions"}
    versions = [{"path": path, "sha256": version.removeprefix("sha256:")} for path, version in found.versions]
    return {"schema": SCHEMA, "differs": found.differs, **made, "versions": versions}


def _plain(value: object) -> Any:  # noqa: ANN401  whatever JSON has
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def comparison_sheet(page: Page, found: Comparison) -> Sheet:
    """Lay a comparison out in blocks."""
    listed = {verdict: [one for one in found.differences if one.verdict is verdict] for verdict in SECTIONS}
    return Sheet(
        title=Text("Two drafts, clause by clause", STRONG),
        view=(
            Entry(lead=Text("before  ", FAINT), body=Text(safe(found.before))),
            Entry(lead=Text("after   ", FAINT), body=Text(safe(found.after))),
        ),
        headline=Text(_headline(found, listed)),
        sections=(*(_section(page, verdict, ones) for verdict, ones in listed.items() if ones), *_histories(page, found), *_unread(found)),
        foot=(Entry(body=Text(_tried(found), FAINT)),) if found.tried else (),
    )


def _headline(found: Comparison, listed: dict[Verdict, list[Difference]]) -> str:
    counts = [f"{len(ones)} {_COUNTED.get(verdict, verdict.value)}" for verdict, ones in listed.items() if ones]
    if not counts and not found.unread:
        return "No clause differs."
    clauses = f"{', '.join(counts)}." if counts else "No clause that could be read differs."
    if not found.tried:
        return clauses
    number = len(found.splits)
    if not number:
        return f"{clauses} No supposed history that was tried is decided differently."
    return f"{clauses} {number} supposed histor{'y is' if number == 1 else 'ies are'} decided differently."


def _tried(found: Comparison) -> str:
    given = found.tried - found.searched
    bound = " The search was bounded: others may be decided differently too." if found.cut else ""
    note = f" Not worked out: {', '.join(map(safe, found.unasked))}." if found.unasked else ""
    counts = f"{found.tried} histories tried: {given} given, {found.searched} made up."
    return f"Weaker and stronger are told of a clause by itself, all that it speaks of held equal. {counts}{bound}{note}"


def _section(page: Page, verdict: Verdict, differences: Sequence[Difference]) -> Section:
    title, note = SECTIONS[verdict]
    if verdict is Verdict.WORDING and not page.everything:
        names = ", ".join(safe(one.name) for one in differences)
        return Section(title=title, note=note, blocks=(Entry(body=Text(names), level=1),))
    return Section(title=title, note=note, blocks=tuple(block for one in differences for block in _difference(page, one)))


def _difference(page: Page, one: Difference) -> Iterator[Block]:
    place = one.after_at or one.before_at
    was = [line((page.dot, FAINT), f"was called {safe(one.was)}")] if one.was else []
    name = faint_term(page, one.label, one.name) if one.label else Text()
    head = line(f"{one.kind} ", (safe(one.label or one.name), STRONG), name, *was, (page.dot, FAINT), (safe(place), FAINT))
    yield Entry(body=head, level=1)
    for point in one.points:
        yield from _point(page, point)
    if one.reaches and one.verdict not in (Verdict.WORDING, Verdict.RENAMED):
        yield Entry(body=line(("what rests on it: ", FAINT), ", ".join(map(safe, one.reaches))), level=2)


def _point(page: Page, point: Point) -> Iterator[Block]:
    readings = f" (on {safe(point.readings)})" if point.readings else ""
    yield Entry(body=line((f"{safe(point.clause)}: ", STRONG), f"{safe(point.what)}{readings}"), level=2)
    for word, text, place in (("before", point.before, point.before_at), ("after ", point.after, point.after_at)):
        if text:
            where = line((page.dot, FAINT), (safe(place), FAINT)) if page.everything and place else Text()
            yield Entry(lead=Text(f"{word}  ", FAINT), body=line(safe(text), where), level=3)


def _histories(page: Page, found: Comparison) -> Iterator[Section]:
    if not found.splits:
        return
    splits = found.splits if page.everything else found.splits[:HISTORIES]
    blocks = [block for split in splits for block in _split(page, split)]
    if len(found.splits) > len(splits):
        blocks.append(Entry(body=Text(f"{page.signs.more} {len(found.splits) - len(splits)} more histories: --all", FAINT), level=1))
    yield Section(title="decided differently", note="supposed histories; nobody told any of this", blocks=tuple(blocks))


def _split(page: Page, split: Split) -> Iterator[Block]:
    name = (
        line("Supposing ", (safe(split.name), STRONG), (page.dot, FAINT), (safe(split.origin), FAINT)) if split.name else Text("Supposing")
    )
    yield Entry(body=name, level=1)
    for fact in _once(split.facts):
        yield Entry(body=_fact(page, *fact), level=2)
    shown = split.decided if page.everything else split.decided[:LINES]
    for one in shown:
        yield from _decided(page, one)
    if len(split.decided) > len(shown):
        yield Entry(body=Text(f"{page.signs.more} {len(split.decided) - len(shown)} more: --all", FAINT), level=2)


def _once(facts: Sequence[Supposed]) -> list[tuple[Supposed, int]]:
    """Tell a fact that several voices tell once."""
    return [(fact, facts.count(fact)) for fact in dict.fromkeys(facts)]


def _fact(page: Page, fact: Supposed, times: int) -> Text:
    only = f" (only the text {fact.only} can say it)" if fact.only else ""
    often = f" ({times} voices)" if times > 1 else ""
    return line(safe(fact.label), faint_term(page, fact.label, fact.given) if fact.label else safe(fact.given), often, only)


def _decided(page: Page, one: Decided) -> Iterator[Block]:
    start, end = (f"from {one.start}" if one.start else "from the start"), (f" until {one.end}" if one.end else "")
    more = f"; and in {one.others} other stretch{'' if one.others == 1 else 'es'} of time" if one.others else ""
    sign = "->" if page.plain else "→"
    head = line(f"{sign} ", (safe(one.label), STRONG), faint_term(page, one.label, one.term), f": {start}{end}{more}")
    yield Entry(body=head, level=2)
    for answers in one.answers:
        yield Entry(body=_answers(page, answers), level=3)


def _answers(page: Page, answers: Answers) -> Text:
    readings = [line(f"on {safe(answers.readings)}: ")] if answers.readings else []
    pieces = [
        line((f"{word} ", FAINT), value_text(page, value) if value is not None else "not in this text")
        for word, value in (("before", answers.before), ("after", answers.after))
    ]
    return line(*readings, joined((page.dot, FAINT), pieces))


def _unread(found: Comparison) -> Iterator[Section]:
    if found.unread:
        note = "a mistake, or one in what it rests on; see the problems"
        blocks = tuple(Entry(body=Text(f"{safe(one.name)} in the text {one.side}"), level=1) for one in found.unread)
        yield Section(title="not compared", note=note, blocks=blocks)
