"""`why` as a page: the clause, then a tree from the value down to the sentence in the source."""

from __future__ import annotations

from rich.text import Text

from aval.answers.shapes import Why, WhyNode
from aval.render.blocks import Entry, Section, Sheet, Tree
from aval.render.layout import joined, line
from aval.render.open_ends import position_sections
from aval.render.page import (
    FAINT,
    STRONG,
    Page,
    anchor_text,
    cited_entries,
    coordinates,
    gap_entries,
    readings_text,
    value_text,
)
from aval.render.safe import safe

ALLEGED = 2
"""how many statements that do not count a short page shows below one line"""

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
    return Sheet(
        title=line((safe(why.term), STRONG), " is ", value_text(page, why.value)),
        view=_view(page, why),
        sections=(*branches, *_more(page, why), *wanted, *gaps),
    )


def _view(page: Page, why: Why) -> tuple[Entry, ...]:
    pieces = [
        Text(safe(why.label)),
        readings_text(page, why.by_reading) if why.value is None else Text(),
        coordinates(page, why.coordinates),
    ]
    lines = tuple(Entry(body=piece, hang=0) for piece in pieces if piece.plain)
    prose = (Entry(body=Text()), Entry(body=Text(safe(why.prose), "italic"), level=2, hang=0)) if why.prose else ()
    return (*lines, *prose)


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


def _tree(page: Page, node: WhyNode) -> Tree:
    alleged = node.alleged if page.everything else node.alleged[:ALLEGED]
    marked = [*((page.signs.bullet, cited) for cited in node.cited), *((page.signs.of("no"), cited) for cited in alleged)]
    cited = tuple(entry for mark, one in marked for entry in cited_entries(page, one, mark, full=page.everything))
    return Tree(
        value=value_text(page, node.value or None),
        body=_claim(node),
        details=(*_details(page, node), *cited),
        parts=tuple(_tree(page, part) for part in node.parts),
    )


def _claim(node: WhyNode) -> Text:
    text, term = safe(node.text), safe(node.term)
    return line((text or term, STRONG), *([(f"  {term}", FAINT)] if term and term not in text else []))


def _details(page: Page, node: WhyNode) -> tuple[Entry, ...]:
    pieces = (
        _MODES.get(node.mode, "") if node.mode != "untold" or not node.note else "",
        f"since {safe(node.since)}" if node.since else "",
        f"last told {safe(node.last_told)}" if node.last_told else "",
        f"only on reading {safe(node.question)}={safe(node.reading)}" if node.reading else "",
        safe(node.note),
    )
    how = Text(page.dot.join(piece for piece in pieces if piece))
    where = [Text(safe(node.clause), FAINT)] if node.clause else []
    where += [anchor_text(page, anchor, quote) for anchor, quote in node.anchors]
    return tuple(Entry(body=piece) for piece in (how, joined((page.dot, FAINT), where)) if piece.plain)
