"""The public Python API: open a case and ask it.

import aval

case = aval.open("cases/paris")
case.status(known="2026-01-07")
case.why("in_force(FRA)")
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path

from aval.answers.changed import changed
from aval.answers.inquiry import Inquiry
from aval.answers.owed import owed
from aval.answers.shapes import Changed, Owed, Status, Why
from aval.answers.status import status
from aval.answers.why import why
from aval.engine.sound import without_turns
from aval.engine.world import World
from aval.evidence.folder import open_folder
from aval.evidence.intake import read_statements
from aval.evidence.live import live
from aval.evidence.manifest import read_manifest
from aval.evidence.store import TextStore
from aval.language.read import read_agreements
from aval.model.agreement import Agreements
from aval.model.case import Manifest, Text
from aval.model.instant import read_civil
from aval.model.problem import Incorrect, Problem
from aval.model.statement import Statement
from aval.model.view import View
from aval.workspace import asking
from aval.workspace.asking import Moment
from aval.workspace.codes import BACKWARDS
from aval.workspace.shown import Shown

Readings = Mapping[str, str]


class Case:
    """An opened case. Every method is a question; `problems` are mistakes in its agreements that left the rest askable.

    Dates are civil texts (`2026-01-06`), `date` or aware `datetime` values; a day stands for its last instant in the case's zone.
    `at` is the instant in the world, `known` what had been said by then; `known` defaults to now and `at` to `known`. `recorded` other
    than now
    needs a ledger. Questions raise `aval.model.problem.Incorrect` for what does not exist.
    """

    def __init__(self, manifest: Manifest, agreements: Agreements, store: TextStore, problems: tuple[Problem, ...]) -> None:
        """Hold what was read; `open_case` reads it."""
        self.manifest = manifest
        self.agreements = agreements
        self.problems = problems
        self._store = store

    @property
    def statements(self) -> Sequence[Statement]:
        """Every statement of the case, withdrawn ones included."""
        return self._store.statements()

    @property
    def last_said(self) -> str:
        """The civil day by which the last statement had been said, as a coordinate for `known`."""
        days = [found.hi for one in self.statements if (found := read_civil(one.said, self.manifest.zone))]
        return Inquiry.day(max(days, default=asking.now()), self.manifest.zone)

    def status(
        self, *, at: Moment = None, known: Moment = None, recorded: Moment = None, readings: Readings | None = None
    ) -> Shown[Status]:
        """What is in force, owed, open and refused."""
        return Shown(status(self._inquiry(at, known, recorded, readings)))

    def why(
        self, term: str, *, at: Moment = None, known: Moment = None, recorded: Moment = None, readings: Readings | None = None
    ) -> Shown[Why]:
        """Why a term has the value it has, such as `in_force(FRA)`."""
        return Shown(why(asking.term(term, self.agreements), self._inquiry(at, known, recorded, readings)))

    def owed(self, *, at: Moment = None, known: Moment = None, recorded: Moment = None, readings: Readings | None = None) -> Shown[Owed]:
        """Who owes what to whom by when."""
        return Shown(owed(self._inquiry(at, known, recorded, readings)))

    def changed(
        self, *, start: Moment, end: Moment, at: Moment = None, recorded: Moment = None, readings: Readings | None = None
    ) -> Shown[Changed]:
        """What changed from what was known at `start` to what was known at `end`; `at` pins the world's date for both."""
        earlier, later = (self._inquiry(at, known, recorded, readings) for known in (start, end))
        if earlier.world.known > later.world.known:
            raise asking.wrong(BACKWARDS, "from", "the first date is after the second", "exchange --from and --to")
        return Shown(changed(earlier, later))

    def _inquiry(self, at: Moment, known: Moment, recorded: Moment, readings: Readings | None) -> Inquiry:
        zone = self.manifest.zone
        view = asking.view(self.agreements, zone, at=at, known=known, readings=readings)
        statements = live(self._store.at(asking.instant(recorded, zone, "recorded")).statements(), view.known, zone)
        return Inquiry(world=self._world(statements, view), manifest=self.manifest, statements={one.id: one for one in statements})

    def _world(self, statements: Sequence[Statement], view: View) -> World:
        return World(self.agreements, statements, view, self.manifest.zone)


def open_case(path: str | PathLike[str]) -> Case:
    """Open the case in a folder. Raises `Incorrect` where it is no case, or a statement file is wrong: nothing is half-loaded."""
    folder = open_folder(Path(path))
    manifest, problems = read_manifest(folder)
    if manifest is None:
        raise Incorrect(problems)
    read = [folder.read(name) for name in (*manifest.agreements, *manifest.statements)]
    failed = tuple(one for one in read if isinstance(one, Problem))
    if failed:
        raise Incorrect(problems + failed)
    texts = [one for one in read if isinstance(one, Text)]
    count = len(manifest.agreements)
    agreements, mistakes = read_agreements(texts[:count], manifest.sources)
    statements, wrong = read_statements(texts[count:], agreements=agreements, sources=manifest.sources, zone=manifest.zone)
    if wrong:
        raise Incorrect(mistakes + wrong)
    sound, turns = without_turns(agreements)
    return Case(manifest, sound, TextStore(statements), problems + mistakes + turns)
