"""Editions: what a case says at one recorded time, from its text files or from its ledger. An answer comes from one edition alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from aval.engine.sound import without_turns
from aval.engine.world import World
from aval.evidence.folder import CaseFolder
from aval.evidence.intake import read_statements
from aval.evidence.live import live
from aval.evidence.manifest import manifest_of
from aval.evidence.store import Store, TextStore
from aval.language.read import read_agreements
from aval.model.agreement import Agreements
from aval.model.case import MANIFEST, Manifest, Text
from aval.model.frozen import frozen
from aval.model.problem import Incorrect, Problem
from aval.model.statement import Statement
from aval.model.view import View
from aval.workspace.pause import without_collection
from aval.workspace.tables import tables_named, with_tables
from aval.workspace.warm import Warm


@dataclass(frozen=True, kw_only=True)
class Edition:
    """The manifest, the agreements and the statements of a case, and the problems that left the rest askable."""

    manifest: Manifest
    agreements: Agreements
    store: Store
    problems: tuple[Problem, ...] = ()
    texts: tuple[Text, ...] = ()
    """the documents that the agreements were read from"""
    warm: Warm = field(default_factory=Warm)

    def world(self, view: View) -> World:
        """Evaluate a view of it."""
        zone = self.manifest.zone
        return self.warm.world(self.agreements, lambda: live(self.store.statements(), view.known, zone), view, zone)


@frozen(kw_only=True)
class Files:
    """The text files of a case as they were read, by their paths in it."""

    manifest: Text
    agreements: dict[str, Text]
    statements: dict[str, Text]
    tables: dict[str, Text | Problem]
    read: Manifest

    @property
    def listed(self) -> dict[str, Text]:
        """The tables that can be read."""
        return {name: text for name, text in self.tables.items() if isinstance(text, Text)}


def read_files(folder: CaseFolder) -> Files:
    """Read every text file that the manifest lists. Raises `Incorrect`: nothing is half-loaded."""
    text = folder.read(MANIFEST)
    if isinstance(text, Problem):
        raise Incorrect((text,))
    manifest, problems = manifest_of(text)
    if manifest is None:
        raise Incorrect(problems)
    found = {name: folder.read(name) for name in (*manifest.agreements, *manifest.statements)}
    failed = tuple(one for one in found.values() if isinstance(one, Problem))
    if failed:
        raise Incorrect(problems + failed)
    texts = {name: one for name, one in found.items() if isinstance(one, Text)}
    agreements = {name: texts[name] for name in manifest.agreements}
    statements = {name: texts[name] for name in manifest.statements}
    tables = {name: folder.read(name) for name in tables_named(agreements.values())}
    return Files(manifest=text, agreements=agreements, statements=statements, tables=tables, read=manifest)


def sound_agreements(
    texts: Sequence[Text], manifest: Manifest, table: Callable[[str], Text | Problem]
) -> tuple[Agreements, tuple[Problem, ...]]:
    """Read agreements and the tables they name; give what can be asked of them, and every mistake."""
    agreements, mistakes = read_agreements(texts, manifest.sources)
    listed, wrong = with_tables(agreements, table)
    sound, turns = without_turns(listed)
    return sound, mistakes + wrong + turns


def read_edition(files: Files) -> tuple[Edition, Sequence[Statement]]:
    """Read the text files; give the edition, and the statements in the order of the files. Raises `Incorrect` for a wrong one."""
    manifest = files.read
    agreements, mistakes = sound_agreements(list(files.agreements.values()), manifest, files.tables.__getitem__)
    texts = list(files.statements.values())
    with without_collection():
        statements, wrong = read_statements(texts, agreements=agreements, sources=manifest.sources, zone=manifest.zone)
    if wrong:
        raise Incorrect(mistakes + wrong)
    return Edition(
        manifest=manifest, agreements=agreements, store=TextStore(statements), problems=mistakes, texts=tuple(files.agreements.values())
    ), statements
