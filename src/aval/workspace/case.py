"""The public Python API: open a case and ask it.

import aval

case = aval.open("cases/paris")
case.status(known="2026-01-07")
case.why("in_force(FRA)")
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, TypeVar, Unpack

from aval.answers.inquiry import Inquiry
from aval.answers.owed import owed
from aval.answers.parting import Divergence
from aval.answers.recorded import Blame, blame
from aval.answers.shapes import Changed, Owed, Status, Why
from aval.answers.status import status
from aval.answers.unlock.shapes import Unlock
from aval.answers.why import why
from aval.engine.codes import TOO_COSTLY
from aval.evidence.folder import CaseFolder, open_folder
from aval.evidence.ledger.place import has_ledger
from aval.evidence.store import Store
from aval.model.agreement import Agreements
from aval.model.case import REDACTIONS, Manifest, Text
from aval.model.problem import Incorrect, Problem, Span, Unsupported
from aval.model.statement import Statement
from aval.workspace import asking
from aval.workspace.asking import Moment
from aval.workspace.codes import BACKWARDS
from aval.workspace.edition import Edition, read_edition, read_files
from aval.workspace.pause import without_collection
from aval.workspace.shown import A, Shown

if TYPE_CHECKING:
    from aval.answers.calendar import Calendar
    from aval.answers.supposed import Supposed
    from aval.workspace.recorded import Records
    from aval.workspace.supposing import Supposing, Thoughts

Readings = Mapping[str, str]
Answer = TypeVar("Answer")


class GivenView(TypedDict, total=False):
    """Where an answer stands, as a user gives it (semantics 2.1); whatever is left out is now, open, and nothing supposed."""

    at: Moment
    known: Moment
    recorded: Moment
    readings: Readings | None
    suppositions: Supposing


class Case:
    """An opened case. Every method is a question; `problems` are mistakes in its agreements that left the rest askable.

    A case is a snapshot: it answers from what its files said, or its ledger held, when it was opened. What is edited or recorded later
    is seen by whoever opens it again. So what was worked out for one question can serve the next, and asking again costs little.

    Dates are civil texts (`2026-01-06`), `date` or aware `datetime` values; a day stands for its last instant in the case's zone.
    `at` is the instant in the world, `known` what had been said by then; `known` defaults to now and `at` to `known`. `recorded` other
    than now needs a ledger; a case that has one is answered from it alone. Questions raise `aval.model.problem.Incorrect` for what does
    not exist.
    """

    def __init__(
        self,
        manifest: Manifest,
        agreements: Agreements,
        store: Store,
        problems: tuple[Problem, ...],
        records: Records | None = None,
        texts: tuple[Text, ...] = (),
        viewer: str = "",
    ) -> None:
        """Hold what was read; `open_case` reads it."""
        self.manifest = manifest
        self.viewer = viewer
        self.agreements = agreements
        self.problems = problems
        self._store = store
        self._records = records
        self._edition = Edition(manifest=manifest, agreements=agreements, store=store, texts=texts)

    @property
    def statements(self) -> Sequence[Statement]:
        """Every statement of the case, withdrawn ones included."""
        return self._store.statements()

    def recorded_statements(self, recorded: Moment = None) -> Sequence[Statement]:
        """Every statement as it was recorded by then, withdrawn ones included. Raises `Unsupported` without a ledger."""
        return self._at(recorded).store.statements()

    @property
    def last_said(self) -> str:
        """The civil day by which the last statement had been said, as a coordinate for `known`."""
        zone = self.manifest.zone
        instants, order = self._store.statements().book.said_by(zone)
        return Inquiry.day(int(instants[order[-1]]) if len(order) else asking.now(), zone)

    def status(self, **view: Unpack[GivenView]) -> Shown[Status]:
        """What is in force, owed, open and refused."""

        def ask() -> Shown[Status]:
            inquiry = self._inquiry(**view)
            # what is supposed is worked out anew, and kept nowhere
            answer = status if view.get("suppositions") else self._at(view.get("recorded")).warm.status
            return Shown(answer(inquiry), inquiry.world.agreements)

        return self._bounded(ask)

    def why(self, term: str, **view: Unpack[GivenView]) -> Shown[Why]:
        """Why a term has the value it has, such as `in_force(FRA)`."""

        def ask() -> Shown[Why]:
            edition = self._at(view.get("recorded"))
            wanted = asking.term(term, edition.agreements, edition.store.statements())
            return Shown(why(wanted, self._inquiry(**view)), edition.agreements)

        return self._bounded(ask)

    def blame(self, term: str, **view: Unpack[GivenView]) -> Shown[Blame]:
        """Which statements, by whom, made a term what it is, and when that was learned: said, and recorded where there is a ledger."""
        return self._bounded(lambda: self._blame(term, self._inquiry(**view)))

    def _blame(self, term: str, inquiry: Inquiry) -> Shown[Blame]:
        agreements = inquiry.world.agreements
        found = why(asking.term(term, agreements, inquiry.world.claims), inquiry)
        plain = blame(found, inquiry, {}, {})
        if self._records is None:
            return Shown(plain, agreements)
        from aval.workspace.ledger import history_of

        ids = dict.fromkeys(line.cited.id for line in plain.statements)
        arrived = {id_: (entry.seq, entry.recorded) for id_, entry in self._records.taken(ids).items()}
        history = history_of(ids, self._records, self._records.last(inquiry.world.view.recorded), inquiry.manifest.zone)
        return Shown(blame(found, inquiry, arrived, history), agreements)

    def unlock(
        self,
        term: str,
        *,
        by: Moment = None,
        lose: bool = False,
        everything: bool = False,
        **view: Unpack[GivenView],
    ) -> Shown[Unlock]:
        """What it would take that a term is yes by a day, or with `lose` that it ceases to be: the smallest sets of acts, each run.

        `everything` looks for more than the first few sets. Raises `Unsupported` where the search takes too many steps.
        """
        from aval.answers.unlock.asking import ALL_WAYS, WAYS, unlock
        from aval.workspace import unlocking

        def ask() -> Shown[Unlock]:
            inquiry = self._inquiry(**view)
            goal = unlocking.goal(term, inquiry.world.agreements, inquiry.world.claims, lose=lose)
            found = unlock(goal, inquiry, unlocking.by(by, inquiry), ALL_WAYS if everything else WAYS)
            return Shown(found, inquiry.world.agreements)

        return self._bounded(ask)

    def owed(self, **view: Unpack[GivenView]) -> Shown[Owed]:
        """Who owes what to whom by when."""
        return self._ask(owed, self._inquiry(**view))

    def suppose(
        self,
        *suppositions: str | PathLike[str],
        at: Moment = None,
        known: Moment = None,
        recorded: Moment = None,
        readings: Readings | None = None,
    ) -> Shown[Supposed]:
        """What would be otherwise if that were so: a text is a fact (`"ceasefire_begins on 2027-03-01"`), a path a document."""
        from aval.answers.supposed import differing
        from aval.workspace.supposing import on_top

        edition = self._at(recorded)
        thoughts = self._thoughts(edition, suppositions)
        before = self._plain(at, known, recorded, readings, thoughts)
        after = on_top(before, thoughts, edition.store.statements())
        return self._ask(lambda inquiry: differing(before, inquiry, thoughts.names, thoughts.withdrawn), after)

    def changed(
        self,
        *,
        start: Moment,
        end: Moment,
        at: Moment = None,
        recorded: Moment = None,
        readings: Readings | None = None,
        suppositions: Supposing = (),
    ) -> Shown[Changed]:
        """What changed from what was known at `start` to what was known at `end`; `at` pins the world's date for both."""
        earlier, later = (
            self._inquiry(at=at or known, known=known, recorded=recorded, readings=readings, suppositions=suppositions)
            for known in (start, end)
        )
        if earlier.world.known > later.world.known:
            raise asking.wrong(BACKWARDS, "from", "the first date is after the second", "exchange --from and --to")
        from aval.answers.changed import changed

        return self._ask(lambda inquiry: changed(earlier, inquiry), later)

    def _bounded(self, answer: Callable[[], Answer]) -> Answer:
        """Tell rules that hang on each other deeper than can be followed as a problem of the case. Raises `Unsupported`."""
        try:
            with without_collection():
                return answer()
        except Incorrect:  # told before anything was worked out
            raise
        except RecursionError:
            self._forget()
            message = "rules hang on each other in a chain that is too long to follow"
            hint = "shorten the chain, or ask about a term further down"
            raise Unsupported((Problem(code=TOO_COSTLY, message=message, span=Span("agreements"), hint=hint),)) from None
        except BaseException:
            self._forget()
            raise

    def _forget(self) -> None:
        """Start afresh after a question that was broken off, also by its budget: no later answer may hang on where it was."""
        for edition in (self._edition, *(self._records.editions if self._records else ())):
            edition.warm.forget()

    def diverge(
        self,
        *,
        start: Moment = None,
        end: Moment = None,
        **view: Unpack[GivenView],
    ) -> Shown[Divergence]:
        """Where, when and for whom the readings part, from `start` to `end`, both included; without them, over all time."""
        first, last = asking.span(start, end, self.manifest.zone)
        from aval.answers.diverge import diverge

        return self._ask(lambda inquiry: diverge(inquiry, first, last), self._inquiry(**view))

    def calendar(
        self,
        *,
        party: str | None = None,
        start: Moment = None,
        end: Moment = None,
        **view: Unpack[GivenView],
    ) -> Shown[Calendar]:
        """Deadlines and moments, as exactly as they are known, of one party or of all, from `start` to `end`, both included."""
        from aval.answers.calendar import calendar

        whose = None if party is None else asking.party(party, self._at(view.get("recorded")).agreements)
        first, last = asking.span(start, end, self.manifest.zone)
        inquiry = self._inquiry(**view)
        return self._ask(lambda inquiry: calendar(inquiry, whose, first, last), inquiry)

    def _ask(self, make: Callable[[Inquiry], A], inquiry: Inquiry) -> Shown[A]:
        return self._bounded(lambda: Shown(make(inquiry), inquiry.world.agreements))

    def _inquiry(
        self,
        at: Moment = None,
        known: Moment = None,
        recorded: Moment = None,
        readings: Readings | None = None,
        suppositions: Supposing = (),
    ) -> Inquiry:
        if not suppositions:
            return self._plain(at, known, recorded, readings)
        from aval.workspace.supposing import on_top

        edition = self._at(recorded)
        thoughts = self._thoughts(edition, suppositions)
        return on_top(self._plain(at, known, recorded, readings, thoughts), thoughts, edition.store.statements())

    def _thoughts(self, edition: Edition, suppositions: Supposing) -> Thoughts:
        from aval.workspace.supposing import read_thoughts

        return read_thoughts(suppositions, edition.texts, edition.agreements, edition.store.statements())

    def _plain(self, at: Moment, known: Moment, recorded: Moment, readings: Readings | None, thoughts: Thoughts | None = None) -> Inquiry:
        """Ask without suppositions; with them at hand, at the last day that they speak of where no other is given."""
        edition = self._at(recorded)
        zone = edition.manifest.zone
        instant = asking.recorded(recorded, self.manifest.zone)
        view = asking.view(edition.agreements, zone, at=at, known=known, recorded=instant, readings=readings)
        if thoughts is not None:
            heard = max(view.known, thoughts.last_told(zone) or view.known) if known is None else view.known
            day = max(heard, thoughts.last_day(zone) or heard) if at is None else view.at
            view = replace(view, known=heard, at=day)
        if self.viewer and instant is None:
            view = replace(view, viewer=self.viewer)
        world = edition.world(view)
        manifest = edition.manifest
        if self.manifest.redactions:  # what is gone is gone, whatever was recorded by then
            manifest = replace(manifest, redactions=self.manifest.redactions)
        return Inquiry(world=world, manifest=manifest, statements=world.claims.by_id)

    def _at(self, recorded: Moment) -> Edition:
        """Give the case as it was recorded by then. Raises `Unsupported` where there is no ledger."""
        zone = self.manifest.zone
        instant = asking.recorded(recorded, zone)
        if instant is None:
            return self._edition
        if self._records is None:
            self._store.at(instant)
            return self._edition
        return self._records.edition(instant, zone)


def open_case(path: str | PathLike[str], *, viewer: str = "") -> Case:
    """Open the case in a folder. Raises `Incorrect` where it is no case, or a statement file is wrong: nothing is half-loaded.

    A case that has a ledger is read from it; its text files are then only looked at, to say which of them are not recorded as they stand.
    `viewer` is the party who looks: it sees its own draft statements too, except on the recorded clock; the public sees none.
    """
    folder = open_folder(Path(path))
    if has_ledger(folder.path):
        from aval.workspace.recorded import open_recorded

        found = open_recorded(folder)
        if found is not None:
            records, edition, notes = found
            return _case(edition, folder, viewer, records, notes)
    edition, _ = read_edition(read_files(folder))
    return _case(edition, folder, viewer)


def _case(edition: Edition, folder: CaseFolder, viewer: str, records: Records | None = None, notes: tuple[Problem, ...] = ()) -> Case:
    if viewer:
        from aval.workspace.viewer import seen_by

        viewer, edition = seen_by(edition, folder.path, viewer)
    manifest = edition.manifest
    if os.path.lexists(folder.path / REDACTIONS):
        from aval.evidence.sources.redactions import redactions_of

        manifest = replace(manifest, redactions=redactions_of(folder))
    return Case(manifest, edition.agreements, edition.store, notes + edition.problems, records, edition.texts, viewer)
