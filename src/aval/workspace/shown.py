"""An answer that shows itself: as text in a terminal, as HTML in a notebook, as JSON for a program."""

from __future__ import annotations

from typing import Generic, TypeVar

from aval.answers.calendar import Calendar
from aval.answers.parting import Divergence
from aval.answers.recorded import Blame, Import, Log
from aval.answers.shapes import Changed, Owed, Status, Why
from aval.answers.supposed import Supposed
from aval.answers.unlock.shapes import Unlock
from aval.model.agreement import Agreements
from aval.model.frozen import frozen

A = TypeVar("A", Status, Why, Unlock, Owed, Changed, Divergence, Supposed, Calendar, Log, Blame, Import)


@frozen()
class Shown(Generic[A]):
    """An answer with its renderings. `answer` holds the plain values; `agreements` lend their words to what is written for people."""

    answer: A
    agreements: Agreements

    def __str__(self) -> str:
        """Render as plain text."""
        from aval.render.text import text

        return text(self.answer, agreements=self.agreements)

    def _repr_html_(self) -> str:
        """Render for a notebook."""
        from aval.render.html import html

        return html(self.answer, agreements=self.agreements)

    def json(self) -> bytes:
        """Render as the versioned answer JSON, UTF-8."""
        from aval.render.json import dumps

        return dumps(self.answer)
