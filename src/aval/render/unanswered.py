"""NOT ANSWERED: what could not be worked out, and why; everything else was."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from aval.answers.shapes import Unanswered
from aval.render.blocks import Row, Section
from aval.render.layout import line
from aval.render.page import FAINT, Page, faint_term
from aval.render.safe import safe


def unanswered_sections(page: Page, unanswered: Sequence[Unanswered]) -> tuple[Section, ...]:
    """Lay out what could not be answered; a short page leaves none of it out."""
    rows = tuple(_row(page, one) for one in unanswered)
    return (Section(title="Not answered", note="left out here; everything else is answered", blocks=rows),) if rows else ()


def _row(page: Page, one: Unanswered) -> Row:
    why = line(f"{safe(one.code)}: {safe(one.message)}", (f"  {safe(one.place)}", FAINT))
    label = one.label or one.name
    return Row(label=Text(safe(label)), value=Text("not answered"), since="", why=why, term=faint_term(page, label, one.name))
