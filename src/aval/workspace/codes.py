"""The problems of asking (AV6xx)."""

from __future__ import annotations

from aval.model.problem import Code
from aval.workspace import tool_codes

BAD_DATE = Code(
    code="AV601",
    title="not a date",
    what="A coordinate of the view is not a real date, month, year or time.",
    why="An answer stands at an instant. A day stands for its last instant, so that what was said that day is known.",
    bad="aval status cases/paris --known 06.01.2026",
    good="aval status cases/paris --known 2026-01-06",
)
UNKNOWN_TERM = Code(
    code="AV602",
    title="no such term",
    what="Nothing in the agreements has this name, or not with these arguments.",
    why="Every answer is about a declared name with its arguments, such as in_force(FRA).",
    bad='aval why cases/paris "inforce(FRA)"',
    good='aval why cases/paris "in_force(FRA)"',
)
UNKNOWN_READING = Code(
    code="AV603",
    title="no such reading",
    what="A chosen reading names a question or a reading that the agreements do not have.",
    why="A reading is one of the written answers to a question that the text leaves open.",
    bad="aval status cases/paris --reading trigger=later",
    good="aval status cases/paris --reading force_trigger=after_peace",
)
BACKWARDS = Code(
    code="AV604",
    title="the later date comes first",
    what="The first date of a comparison is after the second.",
    why="A comparison goes from what was known earlier to what was known later.",
    bad="aval changed cases/paris --from 2026-01-07 --to 2025-09-05",
    good="aval changed cases/paris --from 2025-09-05 --to 2026-01-07",
)

NO_GOAL = Code(
    code="AV607",
    title="neither yes nor no",
    what="`unlock` was asked about something that cannot be yes or no: a number, an offer, a group, a state with values.",
    why="What it would take is asked of a condition: that it is yes by a day, or ceases to be.",
    bad='aval unlock cases/paris "offer(SWE, air)"',
    good='aval unlock cases/paris "deployed(SWE, air)"',
)
PAST = Code(
    code="AV608",
    title="a day in the past",
    what="The day by which something is wanted has passed by the day on which it is asked.",
    why="A key is an act that is still to come. What it would have taken is asked as of an earlier day, with --known.",
    bad='aval unlock cases/paris "in_force(FRA)" --known 2026-01-07 --by 2025-01-01',
    good='aval unlock cases/paris "in_force(FRA)" --known 2026-01-07 --by 2026-12-31',
)

NOTHING_SUPPOSED = Code(
    code="AV605",
    title="nothing is supposed",
    what="A question asks what follows from suppositions, and there is none.",
    why="Without a supposition there is nothing to compare.",
    bad="aval suppose cases/paris",
    good='aval suppose cases/paris --that "ceasefire_begins on 2027-03-01"',
)
NO_SUCH_LABEL = Code(
    code="AV606",
    title="no statement with this label",
    what="It is supposed that a statement is taken back, and the case has none with this label or content id.",
    why="Only what was said can be taken back.",
    bad="aval suppose cases/paris --that 'without \"obj-2026\"'",
    good="aval suppose cases/paris --that 'without \"obj-2026-01-06-RUS-a\"'",
)

CODES = (BAD_DATE, UNKNOWN_TERM, UNKNOWN_READING, BACKWARDS, NOTHING_SUPPOSED, NO_SUCH_LABEL, NO_GOAL, PAST, *tool_codes.CODES)
