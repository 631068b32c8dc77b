"""The problems of writing an answer in a form that needs more than Aval brings along."""

from __future__ import annotations

from aval.model.problem import Code

NO_ICALENDAR = Code(
    code="AV640",
    title="Calendars for other programs need one more package",
    what="icalendar is installed, which writes iCalendar files.",
    why="Most people never need it, so Aval does not bring it along.",
    bad="aval calendar cases/paris --ics dates.ics, without icalendar",
    good='python -m pip install "aval[ics]"',
)

CODES = (NO_ICALENDAR,)
