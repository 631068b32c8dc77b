"""`log`, `blame` and `import` as pages: what was recorded when, and which statements made a term what it is."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rich.text import Text

from aval.answers.recorded import Blame, Blamed, Import, Log, LogEntry
from aval.render.blocks import Block, Entry, Section, Sheet
from aval.render.claims import SUPPOSED
from aval.render.layout import joined, line
from aval.render.page import (
    FAINT,
    STRONG,
    Page,
    anchor_text,
    coordinates,
    faint_term,
    marks_of,
    readings_text,
    value_text,
)
from aval.render.safe import safe

_FRACTION = re.compile(r"\.\d+")
_DID = {
    "statement": "recorded",
    "correction": "corrected",
    "removal": "removed",
    "again": "held again",
    "name": "renamed",
    "agreement": "agreement",
    "manifest": "manifest",
    "file": "file taken in",
    "key": "signing key of",
    "signature": "signed by",
}
_COUNTS = {
    "new": "new statement",
    "corrected": "corrected",
    "removed": "removed",
    "again": "held again",
    "renamed": "renamed",
    "texts": "file",
    "same": "unchanged",
}
_COUNTED = ("new", "texts")
_TOLD = 12
"""how many entries an import shows"""
_SHORT = 12
"""digits of a hash that tell apart what one ledger holds"""


def log_sheet(page: Page, log: Log) -> Sheet:
    """Lay out a log, the newest entry first."""
    more = log.found - len(log.entries)
    foot = (Entry(body=Text(f"{page.signs.more} {more} more: --all shows every entry", FAINT), hang=0),) if more else ()
    return Sheet(
        title=Text(safe(log.title), STRONG),
        view=(),
        headline=Text(_found(log), STRONG),
        sections=(Section(blocks=tuple(_entries(page, log.entries))),) if log.entries else (),
        foot=foot,
    )


def _found(log: Log) -> str:
    if not log.found:
        return f"None of the {_many(log.of, 'entry', 'entries')} in the ledger is of that sort."
    return f"{_many(log.found, 'entry', 'entries')} of {log.of} in the ledger, the newest first."


def import_sheet(page: Page, done: Import) -> Sheet:
    """Lay out what an import did."""
    told = [
        f"{number} {_COUNTS[name]}{'s' if name in _COUNTED and number != 1 else ''}"
        for name, number in done.counts.items()
        if number and name in _COUNTS
    ]
    changed = sum(number for name, number in done.counts.items() if name != "same")
    shown = done.entries if page.everything else done.entries[:_TOLD]
    rest = changed - len(shown)
    more = Text(page.more(rest, "log", "--all"), FAINT)
    behind = Text(f"The clock of this machine stands {done.behind} seconds behind the last entry of the ledger.", "bold magenta")
    return Sheet(
        title=Text(safe(done.title), STRONG),
        view=(),
        headline=Text(f"Recorded: {', '.join(told)}." if changed else "Nothing to record: the ledger holds what the files say.", STRONG),
        sections=(Section(blocks=tuple(_entries(page, shown))),) if shown else (),
        foot=(*([Entry(body=more, hang=0)] if rest > 0 else []), *([Entry(body=behind, hang=0)] if done.behind else [])),
    )


def blame_sheet(page: Page, blame: Blame) -> Sheet:
    """Lay out the statements behind a value, those that count first."""
    counting = [one for one in blame.statements if one.counts]
    others = [one for one in blame.statements if not one.counts]
    value = readings_text(page, blame.by_reading) if blame.value is None else value_text(page, blame.value)
    sections = (_blamed(page, "rests on", counting), _blamed(page, "said, and does not count", others))
    return Sheet(
        title=line((safe(blame.label or blame.term), STRONG), faint_term(page, blame.label, blame.term)),
        view=(Entry(body=coordinates(page, blame.coordinates), hang=0),),
        headline=line(value, Text(page.dot), Text(_sentence(counting, alleged=bool(others)))),
        sections=tuple(section for section in sections if section.blocks),
    )


def _sentence(counting: list[Blamed], *, alleged: bool) -> str:
    if not counting:
        return "no statement that counts made it so" if alleged else "no statement made it so"
    return f"it rests on {_many(len(counting), 'statement', 'statements')}"


def _blamed(page: Page, title: str, lines: list[Blamed]) -> Section:
    return Section(title=title, blocks=tuple(entry for one in lines for entry in _one(page, one)))


def _one(page: Page, one: Blamed) -> list[Block]:
    cited = one.cited
    recorded = f"recorded {_minute(one.recorded)}" if one.recorded else "not recorded: this case has no ledger"
    number = f"entry {one.number}" if one.number else ""
    pieces = ("nobody said it: it is supposed",) if cited.form == SUPPOSED else (f"said {safe(cited.said)}", recorded, number)
    learned = joined((page.dot, FAINT), [Text(piece) for piece in pieces if piece])
    why_not = [Entry(body=line(("does not count: ", "red"), safe(cited.why_not)), level=1)] if cited.why_not else []
    return [
        Entry(lead=Text(f"{page.signs.bullet} "), body=line((safe(cited.summary), STRONG), marks_of(page, cited))),
        Entry(body=learned, level=1),
        Entry(body=line(f"for {safe(one.about)}", page.dot, _origin(page, one)), level=1),
        Entry(body=anchor_text(page, cited.anchor, cited.quote), level=1),
        *why_not,
        *(Entry(body=_short(page, entry), level=2) for entry in one.history),
    ]


def _origin(page: Page, one: Blamed) -> Text:
    """Write how a statement reached us: form, through whom, outlet, grade, firmness."""
    cited = one.cited
    via = [f"through {safe(name)}" for name in cited.through] + ([f"in {safe(cited.outlet)}"] if cited.outlet else [])
    firm = [f"firmness {safe(cited.firmness)}"] if cited.firmness else []
    return Text(page.dot.join([safe(cited.form), *via, f"grade {safe(cited.grade)}", *firm]))


def _entries(page: Page, entries: Iterable[LogEntry]) -> list[Block]:
    return [Entry(body=_full(page, entry), hang=2) for entry in entries]


def _full(page: Page, entry: LogEntry) -> Text:
    said = [Text(safe(entry.summary)), Text(f"said {safe(entry.said)}", FAINT)] if entry.summary else []
    where = [Text(safe(entry.file), FAINT)] if entry.file else []
    return line(_short(page, entry), *([(page.dot, FAINT)] if said else []), joined((page.dot, FAINT), [*said, *where]))


def _short(page: Page, entry: LogEntry) -> Text:
    other = entry.withdraws if entry.withdraws != entry.id else ""  # what is removed is named by its own id
    withdraws = f"withdraws {other.removeprefix('sha256:')[:_SHORT]}" if other else ""
    pieces = [
        Text(f"{entry.number}  {_minute(entry.recorded)}", FAINT),
        line((_DID.get(entry.kind, safe(entry.kind)), STRONG), f" {safe(entry.name)}"),
        Text(safe(entry.id).removeprefix("sha256:")[:_SHORT], FAINT),
        *([Text(withdraws, FAINT)] if withdraws else []),
    ]
    return joined((page.dot, FAINT), pieces)


def _minute(recorded: str) -> str:
    return safe(_FRACTION.sub("", recorded))


def _many(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
