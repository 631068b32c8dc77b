"""Taking in what the text files of a case say: the difference to what the ledger holds becomes acts of its keeper (semantics 2.1).

What is already held makes no entry. A label that now stands for another content is a correction: the old content is withdrawn from that
recorded instant on, and stays in the ledger. A content that no file has any more is removed; one that comes back is held again.
"""

from __future__ import annotations

import hashlib
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from aval.evidence.canonical import canonical_bytes
from aval.evidence.ledger.entry import PREFIX, Act, Kind, packed, written
from aval.evidence.ledger.ledger import Ledger, Pen
from aval.model.case import Text
from aval.model.frozen import frozen
from aval.model.statement import Statement


@dataclass(slots=True, kw_only=True)
class Taken:
    """What one import did. `acts` are its entries without bodies, `behind` how many microseconds the clock stood behind the ledger."""

    new: int = 0
    corrected: int = 0
    removed: int = 0
    again: int = 0
    renamed: int = 0
    texts: int = 0
    same: int = 0
    behind: int = 0
    acts: list[Act] = field(default_factory=list)

    def note(self, act: Act) -> None:
        """Count an act."""
        corrects = act.withdraws and act.kind is not Kind.REMOVAL
        self.corrected += bool(corrects)
        self.new += act.kind is Kind.STATEMENT and not corrects
        self.again += act.kind is Kind.AGAIN and not corrects
        self.removed += act.kind is Kind.REMOVAL
        self.renamed += act.kind is Kind.NAME
        self.texts += act.kind in (Kind.AGREEMENT, Kind.MANIFEST, Kind.FILE)

    @property
    def written(self) -> int:
        """How many entries were written."""
        return self.new + self.corrected + self.removed + self.again + self.renamed + self.texts


def text_id(text: Text) -> str:
    """Give the id of a text: the SHA-256 of its UTF-8 with LF line ends, as of an agreement's version (decision 2)."""
    return data_id(text.content.encode())


def data_id(data: bytes) -> str:
    """Give the id of the text that some bytes are; of bytes that are none it is no text's id."""
    data = data.removeprefix(BOM_UTF8)
    return PREFIX + hashlib.sha256(data.replace(b"\r\n", b"\n") if b"\r\n" in data else data).hexdigest()


@frozen(kw_only=True)
class Texts:
    """The text files of a case, by their paths in it."""

    manifest: Mapping[str, Text]
    agreements: Mapping[str, Text]
    files: Mapping[str, Text]

    def by_kind(self) -> Iterator[tuple[Kind, Mapping[str, Text]]]:
        """Yield the kinds of text."""
        yield Kind.MANIFEST, self.manifest
        yield Kind.AGREEMENT, self.agreements
        yield Kind.FILE, self.files


def changed(ledger: Ledger, ids: Mapping[Kind, Mapping[str, str]], upto: int) -> list[tuple[Kind, str]]:
    """Give the texts, by kind and path, whose ids are not those that the ledger has of them."""
    versions = {kind: ledger.versions(kind, upto) for kind in ids}
    return [(kind, path) for kind, by_path in ids.items() for path, id_ in by_path.items() if versions[kind].get(path) != id_]


def take_in(ledger: Ledger, texts: Texts, statements: Sequence[Statement], *, most_told: int = 1000) -> Taken:
    """Record the difference between the files of a case and its ledger, all in one transaction. Raises `Fault`: nothing was recorded."""
    taken = Taken()
    with ledger.writing() as pen:
        upto = ledger.upto(None)
        taken.behind = pen.behind
        paths = {text.path: path for path, text in texts.files.items()}
        pen.write(_told(_new_bodies(_text_acts(ledger, texts, upto), texts, pen), taken, most_told))
        pen.write(_told(_statement_acts(ledger, statements, paths, upto), taken, most_told))
        taken.same = len(statements) - taken.new - taken.again - taken.corrected - taken.renamed
    return taken


def _told(acts: Iterable[Act], taken: Taken, most: int) -> Iterator[Act]:
    for act in acts:
        taken.note(act)
        if len(taken.acts) < most:
            taken.acts.append(replace(act, body=None))
        yield act


def _text_acts(ledger: Ledger, texts: Texts, upto: int) -> Iterator[Act]:
    ids = {kind: {path: text_id(text) for path, text in by_path.items()} for kind, by_path in texts.by_kind()}
    return (Act(kind=kind, id=ids[kind][path], name=path) for kind, path in changed(ledger, ids, upto))


def _new_bodies(acts: Iterable[Act], texts: Texts, pen: Pen) -> Iterator[Act]:
    """Give each text its content the first time that it comes in."""
    bodies = dict(texts.by_kind())
    for act in acts:
        known = act.kind is Kind.FILE or pen.knows(act.kind, act.id)
        yield act if known else replace(act, body=bodies[act.kind][act.name].content.encode())


def _statement_acts(ledger: Ledger, statements: Sequence[Statement], paths: Mapping[str, str], upto: int) -> Iterator[Act]:
    held, gone = ledger.labels(upto), ledger.held(upto).gone
    now = {packed(statement.id) for statement in statements} if held else set()
    leaving = {label: digest for digest, (label, _) in held.items() if digest not in now}
    for statement in statements:
        digest, path = packed(statement.id), paths[statement.span.path]
        before = held.get(digest)
        if before is not None:
            if before != (statement.label, path):
                yield Act(kind=Kind.NAME, id=statement.id, name=statement.label, path=path)
            continue
        old = leaving.pop(statement.label, None)
        known = digest in gone
        yield Act(
            kind=Kind.AGAIN if known else Kind.STATEMENT,
            id=statement.id,
            name=statement.label,
            path=path,
            withdraws=written(old) if old else "",
            body=None if known else canonical_bytes(statement),
        )
    for label, digest in sorted(leaving.items()):
        yield Act(kind=Kind.REMOVAL, id=written(digest), name=label, path=held[digest][1], withdraws=written(digest))
