"""Cases that have a ledger: every answer comes from it, at the recorded time that is asked for (semantics 2.1).

Only this file and what it imports know of databases; a case without a ledger never loads it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from aval.answers.inquiry import Inquiry
from aval.evidence.claim import Frame
from aval.evidence.codes import stores as codes
from aval.evidence.codes.files import NO_FILE
from aval.evidence.folder import CaseFolder
from aval.evidence.ledger.entry import Entry, Kind
from aval.evidence.ledger.fits import check_fit
from aval.evidence.ledger.ledger import Clock, Ledger, clock, open_ledger
from aval.evidence.ledger.place import FOLDER
from aval.evidence.ledger.store import LedgerStore
from aval.evidence.ledger.taking import Taken, Texts, changed, data_id, take_in, text_id
from aval.evidence.manifest import manifest_of
from aval.evidence.vocabulary import Vocabulary
from aval.evidence.words import shown
from aval.model.case import MANIFEST, Manifest, Text
from aval.model.frozen import frozen
from aval.model.instant import Instant, show
from aval.model.problem import Fault, Incorrect, Problem, Span
from aval.workspace.aside import Aside
from aval.workspace.edition import Edition, Files, read_edition, read_files, sound_agreements
from aval.workspace.pause import without_collection
from aval.workspace.tables import tables_named

_REMEMBERED = 3
"""How many editions are kept at hand, beside that of now. One of a million statements takes a quarter of a gigabyte."""


@frozen(kw_only=True)
class TextIds:
    """The title of a case, and the ids of its text files by kind and path."""

    title: str
    ids: Mapping[Kind, Mapping[str, str]]


class Records:
    """The ledger of a case, and the editions that were asked for so far."""

    def __init__(self, folder: Path, ledger: Ledger, now: Clock = clock) -> None:
        """Stand at the end that the ledger has now; what others record later is not seen."""
        self.folder = folder
        self.ledger = ledger
        self._now = now
        self.upto = ledger.upto(None)
        self._editions: dict[int, Edition] = {}

    def edition(self, recorded: Instant | None, zone: str = "UTC") -> Edition:
        """Give the case as it was recorded. Raises `Incorrect` for a time before the first entry, or one that is not over."""
        if recorded is None:
            return self._at(self.upto)
        first, last = self.ledger.bounds() or (0, 0)
        upto = self.ledger.upto(recorded)
        if recorded > max(self._now(), last):
            message = f"{Inquiry.day(recorded, zone)} is not over, and what will be recorded until then nobody knows."
            hint = f"Leave it out for what is recorded now, or write a time that is over, such as {show(last, zone)}."
            raise _wrong(Problem(code=codes.NOT_OVER, message=message, span=Span("--recorded"), hint=hint))
        if not upto:
            message = f"The ledger held nothing yet: its first entry was recorded {show(first, zone)}."
            hint = "Leave it out for what is recorded now, or write a later time."
            raise _wrong(Problem(code=codes.BEFORE_THE_FIRST, message=message, span=Span("--recorded"), hint=hint))
        return self._at(upto)

    def last(self, recorded: Instant | None) -> int:
        """Give the last entry of an edition."""
        return self.upto if recorded is None else self.ledger.upto(recorded)

    def _at(self, upto: int) -> Edition:
        """Give the edition after an entry; the one that was asked for longest ago is let go, since each may be large."""
        edition = self._editions.pop(upto, None) or self._read(upto)
        self._editions[upto] = edition
        for other in list(self._editions)[:-_REMEMBERED]:
            del self._editions[other]
        return edition

    @property
    def editions(self) -> tuple[Edition, ...]:
        """The editions at hand."""
        return tuple(self._editions.values())

    def _read(self, upto: int) -> Edition:
        store = LedgerStore(self.ledger, upto)
        with without_collection():
            store.statements()
        manifest, problems = manifest_of(self._text(store, Kind.MANIFEST, MANIFEST))
        if manifest is None:
            raise Fault(problems)
        texts = [self._text(store, Kind.AGREEMENT, name) for name in manifest.agreements]
        agreements, mistakes = sound_agreements(texts, manifest, lambda name: self._table(store, name))
        frame = Frame(vocabulary=Vocabulary(agreements), sources=manifest.sources, zone=manifest.zone)
        check_fit(store.statements(), frame, self.ledger.place)
        return Edition(manifest=manifest, agreements=agreements, store=store, problems=mistakes, texts=tuple(texts))

    def _table(self, store: LedgerStore, name: str) -> Text | Problem:
        if (Kind.AGREEMENT, name) in store.scan.versions:
            return self._text(store, Kind.AGREEMENT, name)
        message = f"The ledger has no table {name}."
        return Problem(code=NO_FILE, message=message, span=Span(str(self.folder / name)), hint="Put it into the case, and import again.")

    def _text(self, store: LedgerStore, kind: Kind, name: str) -> Text:
        id_ = store.scan.versions.get((kind, name))
        if id_ is None:
            raise self.ledger.damaged(f"It has no {kind.value} {name}.")
        return Text(path=str(self.folder / name), content=self.ledger.text(kind, id_))

    def unrecorded(self, ids: Callable[[], TextIds]) -> tuple[Problem, ...]:
        """Say which text files are not what is recorded; nothing where all are. A file that cannot be read is not, either.

        `ids` gives those of the files, or raises `Incorrect`. Raises `Incorrect` where the ledger is of another case.
        """
        try:
            found = ids()
            refuse_other_case(self.ledger, found, self.folder, self.upto)
            paths = [path for _, path in changed(self.ledger, found.ids, self.upto)]
        except Incorrect as wrong:
            if any(problem.code is codes.OTHER_CASE for problem in wrong.problems):
                raise
            paths = sorted({problem.span.path for problem in wrong.problems})
        if not paths:
            return ()
        named = ", ".join(paths[:5]) + (f" and {len(paths) - 5} more" if len(paths) > 5 else "")  # noqa: PLR2004  a line's worth
        message = f"Answers come from the ledger, which does not hold what is now in {named}."
        hint = f"Record it: aval import {self.folder}"
        return (Problem(code=codes.UNRECORDED, message=message, span=Span(str(self.folder)), hint=hint),)

    def taken(self, ids: Iterable[str]) -> dict[str, Entry]:
        """Give the entry by which each statement first came in."""
        return self.ledger.taken(ids)


def texts_of(files: Files) -> Texts:
    """Give text files as the ledger takes them in."""
    return Texts(manifest={MANIFEST: files.manifest}, agreements=files.agreements | files.listed, files=files.statements)


def ids_of_files(folder: CaseFolder) -> TextIds:
    """Give the ids of the text files of a case, without reading them as text. Raises `Incorrect` where one cannot be read."""
    text = folder.read(MANIFEST)
    manifest, problems = (None, (text,)) if isinstance(text, Problem) else manifest_of(text)
    if manifest is None or isinstance(text, Problem):
        raise Incorrect(problems)
    listed = ((Kind.AGREEMENT, manifest.agreements), (Kind.FILE, manifest.statements))
    ids: dict[Kind, dict[str, str]] = {Kind.MANIFEST: {MANIFEST: text_id(text)}}
    for kind, names in listed:
        ids[kind] = {name: _data_id(folder, name) for name in names}
    agreements = [one for name in manifest.agreements if isinstance(one := folder.read(name), Text)]
    ids[Kind.AGREEMENT] |= {name: _data_id(folder, name) for name in tables_named(agreements) if isinstance(folder.read(name), Text)}
    return TextIds(title=manifest.title, ids=ids)


def _data_id(folder: CaseFolder, name: str) -> str:
    data = folder.data(name)
    if isinstance(data, Problem):
        raise Incorrect((data,))
    return data_id(data)


def refuse_other_case(ledger: Ledger, found: TextIds, folder: Path, upto: int) -> None:
    """Raise `Incorrect` where a ledger has nothing of a case: not its title, not its list of files, and no text that it ever had."""
    kinds = (Kind.AGREEMENT, Kind.FILE)
    theirs = {path for kind in kinds for path in ledger.versions(kind, upto)}
    mine = {path: id_ for kind in kinds for path, id_ in found.ids[kind].items()}
    title = manifest_at(ledger, upto).title
    if title == found.title or mine.keys() == theirs or set(mine.values()) & ledger.texts(kinds):
        return
    message = f"It was made for {shown(title)}, and this is {shown(found.title)}."
    hint = f"Move {folder / FOLDER} away and import anew. If it is this case after all, give it its old title for one import."
    raise _wrong(Problem(code=codes.OTHER_CASE, message=message, span=Span(str(folder / FOLDER)), hint=hint))


def check_own(folder: CaseFolder) -> None:
    """Raise `Incorrect` where a case has the ledger of another one, and `Fault` where it has one that cannot be used."""
    records = open_records(folder)
    if records is not None:
        refuse_other_case(records.ledger, ids_of_files(folder), folder.path, records.upto)
        records.ledger.close()


def manifest_at(ledger: Ledger, upto: int) -> Manifest:
    """Give the manifest as it was recorded, without reading all of the ledger."""
    id_ = ledger.versions(Kind.MANIFEST, upto).get(MANIFEST)
    if id_ is None:
        raise ledger.damaged("It has no manifest.")
    manifest, problems = manifest_of(Text(path=MANIFEST, content=ledger.text(Kind.MANIFEST, id_)))
    if manifest is None:
        raise Fault(problems)
    return manifest


def open_records(folder: CaseFolder, now: Clock = clock) -> Records | None:
    """Open the ledger of a case for reading; `None` where it holds nothing yet."""
    records = Records(folder.path, open_ledger(folder.path), now)
    if records.upto:
        return records
    records.ledger.close()
    return None


def open_recorded(folder: CaseFolder) -> tuple[Records, Edition, tuple[Problem, ...]] | None:
    """Open a case from its ledger; with its edition of now, and the note that its files are not what is recorded, if they are not.

    `None` where the ledger holds nothing yet.
    """
    records = open_records(folder)
    if records is None:
        return None
    ids = Aside(lambda: ids_of_files(folder))
    edition = records.edition(None)
    return records, edition, records.unrecorded(ids.result)


def import_case(folder: CaseFolder, now: Clock = clock) -> tuple[Taken, tuple[Problem, ...]]:
    """Take the text files of a case into its ledger, which is made where there is none. Raises `Incorrect` where a file is wrong.

    Gives what was done, and the problems in agreements that left the rest sound.
    """
    ids = ids_of_files(folder)
    ledger = open_ledger(folder.path, writing=True, now=now)
    try:
        if upto := ledger.upto(None):
            refuse_other_case(ledger, ids, folder.path, upto)
            if not changed(ledger, ids.ids, upto):
                return Taken(), ()
        files = read_files(folder)
        edition, statements = read_edition(files)
        with without_collection():
            return take_in(ledger, texts_of(files), statements), edition.problems
    finally:
        ledger.close()


def _wrong(problem: Problem) -> Incorrect:
    return Incorrect((problem,))
