"""`why` as a page: the clause, then a tree from the value down to the sentence in the source."""

from __future__ import annotations

import re

from rich.text import Text

from aval.answers.shapes import Why, WhyNode
from aval.render.blocks import Entry, Section, Sheet, Tree
from aval.render.claims import cited_entries
from aval.render.english import capital
from aval.render.groups import args_of, name_of
from aval.render.layout import joined, line
from aval.render.page import (
    FAINT,
    STRONG,
    Page,
    anchor_text,
    coordinates,
    gap_entries,
    guarded,
    readings_text,
    value_text,
)
from aval.render.refused import position_sections
from aval.render.safe import safe
from aval.render.signs import DEPENDS

ALLEGED = 2
"""how many statements that do not count a short page shows below one line"""

FORMAL, LONGEST = 32, 72
"""characters of formal text that a narrow page shows beside the words, and a wide one"""
OFFER, GROUP, EVENT = "contribution", "group", "event"
ANY_OF, ALL_OF = "any of", "all of"
CHANGES = ("from ", "until ", "when ")
_GUARDED = re.compile(r"(.+?) if (.+) just before")
_SAID = {ANY_OF: "one of these is enough", ALL_OF: "all of these are needed"}
_MODES = {
    "told": "told",
    "carried": "carried on",
    "projected": "carried on beyond what was known",
    "untold": "nobody has told it",
}


def why_sheet(page: Page, why: Why) -> Sheet:
    """Lay out the explanation; one tree where the readings agree, else one for each."""
    branches = tuple(_branch(page, reading, root) for reading, root in why.roots)
    gaps = (Section(title="Not said", blocks=gap_entries(page, why.gaps)),) if why.gaps else ()
    wanted = position_sections(page, why.positions)
    return Sheet(title=_title(page, why), view=_view(page, why), sections=(*branches, *_more(page, why), *wanted, *gaps))


def _title(page: Page, why: Why) -> Text:
    event = why.kind == EVENT
    return line(
        (safe(why.term), STRONG), " has " if event and why.value in ("yes", "no") else " is ", value_text(page, why.value, event=event)
    )


def _view(page: Page, why: Why) -> tuple[Entry, ...]:
    pieces = [
        Text(_in_words(page, why), STRONG),
        readings_text(page, why.by_reading) if why.value is None else Text(),
        coordinates(page, why.coordinates),
    ]
    lines = tuple(Entry(body=piece, hang=0) for piece in pieces if piece.plain)
    prose = (Entry(body=Text()), Entry(body=Text(safe(why.prose), "italic"), level=2, hang=0)) if why.prose else ()
    return (*lines, *prose)


def _in_words(page: Page, why: Why) -> str:
    """Say the term in words; of an offer also whose it is, and how far it stands: "The United States: land, refused"."""
    args = args_of(why.term)
    if why.kind == GROUP and args:
        return safe(capital(page.words.of(why.term)))
    if why.kind != OFFER or not args:
        return safe(capital(page.spoken(why.label, why.term)))
    what = why.label if why.label not in ("", why.term) else ", ".join(args[1:])
    return f"{capital(page.name(args[0]))}: {safe(what)}, {safe(why.value or DEPENDS)}"


def _branch(page: Page, reading: str, root: WhyNode) -> Section:
    title = (Entry(body=line(("on reading ", FAINT), (safe(reading), STRONG))),) if reading else ()
    return Section(blocks=(*title, _tree(page, root)))


def _more(page: Page, why: Why) -> tuple[Section, ...]:
    hidden = sum(_hidden(page, root) for _, root in why.roots)
    more = Text(f"{page.more(hidden, 'why', why.term, '--alleged')}" + (" (what does not count)" if page.case is None else ""), FAINT)
    return (Section(blocks=(Entry(body=more),)),) if hidden else ()


def _hidden(page: Page, node: WhyNode) -> int:
    here = 0 if page.everything else max(0, len(node.alleged) - ALLEGED)
    return here + sum(_hidden(page, part) for part in node.parts)


def _tree(page: Page, node: WhyNode, note: str = "") -> Tree:
    alleged = node.alleged if page.everything else node.alleged[:ALLEGED]
    marked = [*((page.signs.bullet, cited) for cited in node.cited), *((page.signs.of("no") or "x", cited) for cited in alleged)]
    cited = tuple(entry for mark, one in marked for entry in cited_entries(page, one, mark, full=page.everything))
    parts = sorted(node.parts, key=lambda part: (_ends(part), not _decides(node, part)))
    return Tree(
        value=value_text(page, node.value or None, event=_happens(page, node)),
        body=_claim(page, node),
        details=(*_details(page, node, note), *cited),
        parts=tuple(_tree(page, part, _role(node, part)) for part in parts),
    )


def _happens(page: Page, node: WhyNode) -> bool:
    """Whether a line is that something has happened."""
    return name_of(node.term) in page.words.events and node.text in (node.term, f"{node.term} happened")


def _ends(part: WhyNode) -> bool:
    """Whether a line is no condition, but what would end the thing."""
    return part.text.startswith("until ")


def _decides(node: WhyNode, part: WhyNode) -> bool:
    """Whether a line by itself makes the one above it what it is: one no among needed conditions, one yes among alternatives."""
    if part.reading or part.text.startswith(CHANGES):
        return False
    if node.text == ANY_OF:
        return node.value == part.value == "yes"
    return node.text in (ALL_OF, node.term) and node.value == part.value == "no"


def _role(node: WhyNode, part: WhyNode) -> str:
    """Say what a line does to the one above it, where that is not just to be one of its conditions."""
    if _ends(part):
        return "this would end it; it is not a condition"
    guard = _GUARDED.fullmatch(node.text)
    if guard and part.text == guard[2]:
        return "the condition, as it stands just before"
    return f"this alone makes it {node.value}" if _decides(node, part) else ""


def _claim(page: Page, node: WhyNode) -> Text:
    """Write what a line claims: in words, then faintly as the agreement has it."""
    text, term = safe(_SAID.get(node.text, node.text)), safe(node.term)
    words = safe(_words(page, node)) if node.text not in _SAID else text
    formal = text if words != text else term if term and term not in text else ""
    formal = formal if page.everything or len(formal) <= (LONGEST if page.wide else FORMAL) else ""
    return line((words or text or term, STRONG), *([(f"  {f'[{formal}]' if page.plain else formal}", FAINT)] if formal else []))


def _words(page: Page, node: WhyNode) -> str:
    """Write a line's text in words; on a short page what the lines below it say in full is not said twice."""
    text = node.text.removesuffix(f" stands at {node.value}")
    below = [part.text for part in node.parts]
    hit = _GUARDED.fullmatch(text)
    if page.everything or not hit:
        return "not so: what stands below" if below == [text.removeprefix("not ")] and not page.everything else page.worded(text)
    if hit[2] in below:
        return f"{page.worded(hit[1])}, on a condition"
    return guarded(page, hit[1], hit[2])


def _details(page: Page, node: WhyNode, role: str) -> tuple[Entry, ...]:
    pieces = (
        _mode(node),
        f"since {safe(node.since)}" if node.since else "",
        f"begun by {safe(node.by)}" if node.by and not node.since else "",
        f"last told {safe(node.last_told)}" if node.last_told else "",
        f"only on reading {safe(node.question)}={safe(node.reading)}" if node.reading else "",
        safe(node.note),
    )
    how = line((role, STRONG), page.dot if role and any(pieces) else "", page.dot.join(piece for piece in pieces if piece))
    where = [Text(safe(node.clause), FAINT)] if node.clause else []
    where += [anchor_text(page, anchor, quote) for anchor, quote in node.anchors]
    return tuple(Entry(body=piece) for piece in (how, joined((page.dot, FAINT), where)) if piece.plain)


def _mode(node: WhyNode) -> str:
    """Say how a value came about; a starting value has not been carried from anywhere."""
    if node.mode == "untold" and node.note:
        return ""
    started = node.mode == "carried" and not (node.since or node.by or node.last_told or node.cited)
    return ("" if node.note or node.parts else f"starts as {safe(node.value)}") if started else _MODES.get(node.mode, "")
