"""What every answer starts from: an evaluated world, and what is needed to cite and date what it rests on."""

from __future__ import annotations

from collections.abc import Mapping

import tzdata

from aval.answers.shapes import Coordinates, Gap
from aval.engine.world import World
from aval.model.agreement import Agreements, Declaration, Document, Group, Party, params_of
from aval.model.case import Manifest
from aval.model.frozen import frozen
from aval.model.instant import ALWAYS, NEVER, Instant, show, to_datetime
from aval.model.label import fill
from aval.model.problem import Span
from aval.model.release import __version__
from aval.model.statement import Statement

_ENDED = {"minutes": 60_000_000, "seconds": 1_000_000}
ANYBODY = "any party"
"""What stands in a label for a party that nobody names."""
BLANK = "…"
"""What stands in it for something else that nothing fills, such as one of several drafts."""


@frozen(kw_only=True)
class Inquiry:
    """One question to a case at one view. `statements` are the live ones in view, by id."""

    world: World
    manifest: Manifest
    statements: Mapping[str, Statement]

    @property
    def supposed(self) -> list[Statement]:
        """What is supposed, in the order in which it was put."""
        found = [self.statements[id_] for id_ in self.world.view.suppositions]
        return sorted(found, key=lambda one: (len(one.label), one.label, one.id))

    @property
    def at(self) -> Instant:
        """The instant in the world."""
        return self.world.view.at

    def date(self, instant: Instant | None) -> str | None:
        """Write an instant in the case's zone, the last instant of a day as that day; `None` stays."""
        return None if instant is None else _day(instant, self.manifest.zone)

    @staticmethod
    def day(instant: Instant, zone: str) -> str:
        """Write an instant in a zone, the last instant of a day as that day."""
        return _day(instant, zone)

    def clause(self, span: Span | None) -> str:
        """Write a place in an agreement as `path:line`."""
        return f"{span.path}:{span.line}" if span is not None and span.path else ""

    def gaps_of(self, declared: Declaration | Document) -> tuple[Gap, ...]:
        """Give what the text says that nobody said of this declaration, whoever it is about."""
        meta, clause = declared.meta, self.clause(declared.meta.span)
        label = self.general(declared)
        return tuple(Gap(what=what, of=meta.name, label=label, agreement=meta.agreement, clause=clause) for what in meta.not_said)

    def general(self, declared: Declaration | Document) -> str:
        """Give a declaration in words, whoever it is about: "any party binds itself"."""
        label = declared.meta.label or declared.meta.name.replace("_", " ")
        if isinstance(declared, Document):
            return label
        return fill(label, {one.name: ANYBODY if of_parties(one.group, self.world.agreements) else BLANK for one in params_of(declared)})

    def coordinates(self) -> Coordinates:
        """Name the view and everything the answer is a function of (semantics 2.10)."""
        view, agreements = self.world.view, self.world.agreements
        return Coordinates(
            at=_day(view.at, self.manifest.zone),
            known=_day(view.known, self.manifest.zone),
            recorded=None if view.recorded is None else _recorded(view.recorded, self.manifest.zone),
            readings=dict(view.readings),
            suppositions=view.suppositions,
            supposed=tuple(one.note or str(one.term) for one in self.supposed),
            viewer=view.viewer,
            zone=self.manifest.zone,
            agreements={document.meta.name: document.version for document in agreements.documents}
            | {table.path: table.version for table in agreements.tables.values()},
            statements="sha256:" + self.world.claims.hashed,
            engine=__version__,
            time_zone_data=tzdata.IANA_VERSION,
        )


def of_parties(group: str, agreements: Agreements) -> bool:
    """Whether a group has parties as its members, and not plain words such as `first, second`."""
    declared = agreements.get(group, Group)
    return declared is None or all(isinstance(agreements.declarations.get(member), Party) for member in declared.members)


def _day(instant: Instant, zone: str) -> str:
    """Write an instant; the last one of a day is that day."""
    written = show(instant, zone)
    ends_day = ALWAYS < instant < NEVER and len(show(instant + 1, zone)) == len("2026-01-06")
    return written[:10] if ends_day else written


def _recorded(instant: Instant, zone: str) -> str:
    """Write a recorded time so that it is read as the same: the last instant of a day, minute or second as that, any other exactly."""
    written = _day(instant, zone)
    if len(written) == len("2026-01-06"):
        return written
    ended = next((name for name, length in _ENDED.items() if (instant + 1) % length == 0), "microseconds")
    return to_datetime(instant, zone).isoformat(timespec=ended)
