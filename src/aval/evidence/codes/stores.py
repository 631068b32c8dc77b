"""AV401 onwards: stores."""

from __future__ import annotations

from aval.model.problem import Code, Severity

NO_LEDGER = Code(
    code="AV401",
    title="The recorded clock needs the ledger",
    what="A view asks for what was recorded by an earlier time, and the case has no ledger. Text files do not keep when each statement was "
    "taken in.",
    why="An answer for an earlier recorded time would be a guess.",
    bad="aval status cases/paris --recorded 2026-01-01",
    good="aval import cases/paris, once; from then on the ledger keeps that time",
)
UNSAFE_SQLITE = Code(
    code="AV402",
    title="This SQLite can lose what it has acknowledged",
    what="The ledger runs on SQLite 3.51.3 or newer.",
    why="From 3.7.0 to 3.51.2 SQLite could silently lose committed entries when two programs wrote at once (the WAL-reset bug).",
    bad="apsw 3.46.0.0",
    good="python -m pip install --upgrade apsw",
)
NOT_A_LEDGER = Code(
    code="AV403",
    title="This is no ledger of Aval",
    what="`.aval/ledger.sqlite` is a database that Aval made, in a version that this Aval knows.",
    why="What another program wrote means something else, and is not to be trusted.",
    bad="cp bookmarks.sqlite cases/paris/.aval/ledger.sqlite",
    good="aval import cases/paris, in a case without a ledger",
)
NOT_OURS = Code(
    code="AV404",
    title="The ledger has parts that Aval did not make",
    what="A ledger has exactly the tables, indexes and triggers that its version has, and no rollback journal beside it.",
    why="A trigger, a view or a journal that somebody added can act on your machine when it is opened. Nothing of it was run.",
    bad="CREATE TRIGGER t AFTER INSERT ON entry BEGIN … END",
    good="the ledger as Aval wrote it, from a backup",
)
DAMAGED = Code(
    code="AV405",
    title="The ledger is damaged",
    what="Every page of the ledger can be read, its entries rise without a gap, and each content is what its id says.",
    why="A damaged ledger could give an answer that nobody ever recorded.",
    bad="one byte that a failing disk changed",
    good="the ledger from a backup; the text files of the case are untouched",
)
NOT_WRITTEN = Code(
    code="AV406",
    title="The ledger could not be written",
    what="The system lets Aval write in the folder `.aval` of the case, and there is room on the disk.",
    why="What cannot be written to the disk for certain is not recorded. The ledger is as it was before.",
    bad="aval import cases/paris, on a full disk",
    good="the same, after making room",
)
BUSY = Code(
    code="AV407",
    title="Another command is writing to the ledger",
    what="One command writes at a time; others wait for a while.",
    why="Entries have one order, and each has its own instant.",
    bad="two imports of a very large case at once",
    good="the second one, after the first",
)
BEFORE_THE_FIRST = Code(
    code="AV408",
    title="Nothing had been recorded by then",
    what="`--recorded` is not before the first entry of the ledger.",
    why="Before its first entry the ledger held nothing, not even the agreements.",
    bad="aval status cases/paris --recorded 1999",
    good="aval log cases/paris, which shows when the first entry was recorded",
)
NOT_OVER = Code(
    code="AV409",
    title="That time is not over",
    what="`--recorded` is not later than now. A day, and a minute too, stands for its last instant.",
    why="As recorded at a time is a fixed answer. What will be recorded until then nobody knows.",
    bad="aval status cases/paris --recorded 2099",
    good="aval status cases/paris",
)
UNRECORDED = Code(
    code="AV410",
    title="The files of the case are not what is recorded",
    what="With a ledger, answers come from the ledger. A file has changed since it was last taken in.",
    why="You would look for what you have just written, and not find it.",
    bad="a line added to statements/reports.jsonl, and no import",
    good="aval import cases/paris",
    severity=Severity.WARNING,
)
NEWER = Code(
    code="AV411",
    title="A newer Aval wrote this ledger",
    what="The ledger is of a version that this Aval knows.",
    why="A newer version may hold what this one would overlook.",
    bad="a ledger of version 9",
    good="python -m pip install --upgrade aval",
)
MISFIT = Code(
    code="AV412",
    title="The ledger holds a statement that does not fit its agreements",
    what="Each statement in the ledger fits the agreements and sources that were recorded with it.",
    why="Aval records nothing that does not fit; so somebody else wrote it, or the ledger is damaged.",
    bad="a statement about a name that no agreement declares",
    good="the ledger from a backup",
)

OTHER_CASE = Code(
    code="AV413",
    title="The ledger is of another case",
    what="The ledger in `.aval` was made from the files of this case: it has its title, its list of files, or a text that it had once.",
    why="Answers come from the ledger. With that of another case they would be about something else, and an import would mix the two.",
    bad="the folder `.aval` of cases/ottawa, copied into cases/paris",
    good="mv cases/paris/.aval elsewhere, and then: aval import cases/paris",
)

CODES: tuple[Code, ...] = (
    NO_LEDGER,
    UNSAFE_SQLITE,
    NOT_A_LEDGER,
    NOT_OURS,
    DAMAGED,
    NOT_WRITTEN,
    BUSY,
    BEFORE_THE_FIRST,
    NOT_OVER,
    UNRECORDED,
    NEWER,
    MISFIT,
    OTHER_CASE,
)
