"""What a ledger says of itself, as plain values: what was recorded when, and which statements made a term what it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from aval.answers.citing import summary
from aval.answers.inquiry import Inquiry
from aval.answers.shapes import Cited, Coordinates, Why, WhyNode
from aval.model.frozen import frozen
from aval.model.instant import Instant, to_datetime
from aval.model.statement import Statement


@frozen(kw_only=True)
class LogEntry:
    """One entry of a ledger: something that came in, or an act of its keeper.

    `kind` is statement, correction, removal, again, name, agreement, manifest, file, key or signature. `name` is a statement's label, a
    text's path or an organisation, `withdraws` the content that the keeper withdraws by it. What a statement says stands from `term` on.
    """

    number: int
    recorded: str
    kind: str
    name: str
    id: str
    file: str
    withdraws: str | None
    term: str = ""
    says: str = ""
    voice: str = ""
    said: str = ""
    summary: str = ""


@frozen(kw_only=True)
class Log:
    """What was recorded when, the newest first. `shown` of `found` entries are listed; `of` is how many the ledger has."""

    title: str
    zone: str
    entries: tuple[LogEntry, ...]
    found: int
    of: int


@frozen(kw_only=True)
class Import:
    """What taking in the text files did: how many of each kind, and the entries, the first thousand of them."""

    title: str
    zone: str
    counts: Mapping[str, int]
    entries: tuple[LogEntry, ...]
    behind: int = 0
    """how many seconds the clock stood behind the last entry"""


@frozen(kw_only=True)
class Blamed:
    """One statement behind a value: for which condition, whether it counts there, and when the ledger took it in.

    `recorded` is `None` without a ledger. `history` is what the keeper did to it and to those it took the place of.
    """

    about: str
    counts: bool
    recorded: str | None
    number: int | None
    cited: Cited
    history: tuple[LogEntry, ...] = ()


@frozen(kw_only=True)
class Blame:
    """Which statements, by whom, made a term what it is, and when that was learned. In the order in which they were learned."""

    term: str
    label: str
    kind: str
    value: str | None
    by_reading: Mapping[str, str]
    coordinates: Coordinates
    statements: tuple[Blamed, ...]


Arrived = Mapping[str, tuple[int, Instant]]
"""content id to the number and the instant of the entry by which it came in"""


def exact(instant: Instant, zone: str) -> str:
    """Write an instant to the microsecond."""
    return to_datetime(instant, zone).isoformat(timespec="microseconds")


def about(entry: LogEntry, statement: Statement) -> LogEntry:
    """Add to the line of an entry what its statement says."""
    return replace(
        entry,
        term=str(statement.term),
        says=statement.says.value,
        voice=statement.voice.name,
        said=statement.said,
        summary=summary(statement),
    )


def blame(why: Why, inquiry: Inquiry, arrived: Arrived, history: Mapping[str, tuple[LogEntry, ...]]) -> Blame:
    """Read off an explanation which statements it rests on, each once for what it is about."""
    found: dict[tuple[str, str, bool], Cited] = {}
    for _, root in why.roots:
        _collect(root, why.term, found)
    zone = inquiry.manifest.zone
    lines = [
        Blamed(
            about=about,
            counts=counts,
            recorded=exact(arrived[id_][1], zone) if id_ in arrived else None,
            number=arrived[id_][0] if id_ in arrived else None,
            cited=cited,
            history=history.get(id_, ()),
        )
        for (id_, about, counts), cited in found.items()
    ]
    lines.sort(key=lambda line: (not line.counts, line.number or 0, line.cited.said, line.cited.id))
    return Blame(
        term=why.term,
        label=why.label,
        kind=why.kind,
        value=why.value,
        by_reading=why.by_reading,
        coordinates=why.coordinates,
        statements=tuple(lines),
    )


def _collect(node: WhyNode, about: str, found: dict[tuple[str, str, bool], Cited]) -> None:
    below = node.term or about
    for counts, cited in ((True, node.cited), (False, node.alleged)):
        for one in cited:
            found.setdefault((one.id, below, counts), one)
    for part in node.parts:
        _collect(part, below, found)
