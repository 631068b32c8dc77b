"""AV490 onwards: draft statements, which one party keeps to itself."""

from __future__ import annotations

from aval.model.problem import Code, Severity

NO_VIEWER = Code(
    code="AV490",
    title="Nobody is named who looks",
    what="Whoever looks (`--viewer`, or AVAL_VIEWER) is a party that the agreements of the case declare. Draft statements belong to one.",
    why="What one party keeps to itself is shown to it alone, so a name that is nobody's can be shown nothing more than the public.",
    bad="aval draft list cases/paris",
    good="aval draft list cases/paris --viewer FRA",
)
NO_DRAFT = Code(
    code="AV491",
    title="There is no such draft statement",
    what="A draft statement is named by its label, and only those of the party that looks are searched.",
    why="Publishing or dropping another one than was meant cannot be taken back.",
    bad="aval draft publish cases/paris no-such-label --viewer FRA",
    good="aval draft list cases/paris --viewer FRA, which shows the labels",
)
UNFIT = Code(
    code="AV492",
    title="A draft statement no longer fits the case",
    what="A draft statement follows the rules of every statement: its term, its source and its dates are those of the case as it is now.",
    why="The case has changed since it was written. It is left out of answers until it fits again; nothing else hangs on it.",
    bad="a draft statement about an event that the agreement does not have any more",
    good="the same claim about what the agreement now calls it, or aval draft drop",
    severity=Severity.WARNING,
)
BROKEN = Code(
    code="AV493",
    title="A file of draft statements cannot be read",
    what="`.aval/drafts/PARTY.jsonl` is an ordinary file that Aval writes: on each line when it was drafted, and what it says.",
    why="What cannot be read for certain is not used.",
    bad="a link in the place of the file",
    good="the file as Aval wrote it; or take it away, and draft anew",
)
LABEL_TAKEN = Code(
    code="AV494",
    title="The label of a draft statement is taken",
    what="A draft statement has a label that no statement of the case and no other draft of its party has.",
    why="It is named by it, and keeps it when it is published.",
    bad="aval draft add cases/paris --viewer FRA --label r1-p01-a …",
    good="the same without --label; one is made then",
)

CODES = (NO_VIEWER, NO_DRAFT, UNFIT, BROKEN, LABEL_TAKEN)
