"""What a drafter points at: a document, or a case. A document of a case is seen with the rest of it, since they share their names."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from aval.evidence.folder import CaseFolder, open_folder
from aval.evidence.manifest import read_manifest
from aval.model.case import MANIFEST, Manifest, Text
from aval.model.frozen import frozen
from aval.model.problem import Incorrect, Problem, Span
from aval.workspace.tool_codes import NOT_A_DOCUMENT

DOCUMENT = ".md"
DEEP = 3
"""How many folders down cases are looked for in a folder that is none itself."""
STATEMENTS = (".jsonl", ".csv")
SUPPOSITIONS = "suppositions"
"""The folder of a case in which documents of suppositions stand."""


@frozen(kw_only=True)
class Documents:
    """The agreements of a case, or one document that belongs to none (`manifest` is `None`).

    `suppositions` are the documents of suppositions in the case, or the one that the user pointed at. `meant` is the path of the one file
    that the user pointed at; `""` is all of them. `problems` are those of files that could not be read.
    """

    folder: CaseFolder
    manifest: Manifest | None
    texts: tuple[Text, ...]
    problems: tuple[Problem, ...] = ()
    suppositions: tuple[Text, ...] = ()
    meant: str = ""

    @property
    def wanted(self) -> tuple[Text, ...]:
        """The documents that the user pointed at."""
        return tuple(text for text in self.texts if self.meant in ("", text.path))

    @property
    def supposed(self) -> tuple[Text, ...]:
        """The documents of suppositions that the user pointed at."""
        return tuple(text for text in self.suppositions if self.meant in ("", text.path))

    @property
    def zone(self) -> str:
        """The time zone in which dates given to a view are read."""
        return self.manifest.zone if self.manifest else "Etc/UTC"

    def statement_files(self) -> tuple[list[Text], list[Problem]]:
        """Read the statement files of the case."""
        read = [self.folder.read(name) for name in (self.manifest.statements if self.manifest else ())]
        return [one for one in read if isinstance(one, Text)], [one for one in read if isinstance(one, Problem)]


def open_documents(path: str, *, statements: bool = False) -> Documents:
    """Open what a user points at: a case, its `aval.toml`, a document, or with `statements` a statement file of a case.

    Raises `Incorrect` where it cannot be read at all.
    """
    given = Path(path)
    if given.name == MANIFEST:
        return _case(given.parent)
    if given.is_dir() or not given.exists():
        return _case(given)
    if given.suffix not in (DOCUMENT, *(STATEMENTS if statements else ())):
        message, hint = "This is no Markdown document.", "Name a document (.md) with `aval` blocks, or the folder of a case."
        raise Incorrect((Problem(code=NOT_A_DOCUMENT, message=message, span=Span(path), hint=hint),))
    return _case_of(given) or _alone(given)


def open_all(paths: Sequence[str], *, statements: bool = False) -> tuple[list[Documents], tuple[Problem, ...]]:
    """Open several paths, each thing once; of a folder that holds cases every one. Gives what could not be read as problems.

    Raises `Incorrect` where nothing could be read.
    """
    found: dict[tuple[Path, str], Documents] = {}
    failed: dict[Problem, None] = {}
    for path in (one for given in paths for one in _cases_in(given) or [given]):
        try:
            documents = open_documents(path, statements=statements)
        except Incorrect as error:
            failed |= dict.fromkeys(error.problems)
            continue
        meant = Path(documents.meant).name if documents.meant else ""
        found.setdefault(((Path(documents.meant).parent if meant else documents.folder.path).resolve(), meant), documents)
    if not found:
        raise Incorrect(tuple(failed))
    return list(found.values()), tuple(failed)


def _cases_in(given: str) -> list[str]:
    """Give the cases in a folder that is none itself, in the order of their names. Links are not followed, hidden folders not entered."""
    found: list[str] = []
    top = Path(given)
    if not top.is_dir() or os.path.lexists(top / MANIFEST):
        return found
    for folder, names, files in os.walk(top):
        here = Path(folder)
        if MANIFEST in files:
            found.append(folder)
        inside = MANIFEST in files or len(here.relative_to(top).parts) == DEEP
        names[:] = [] if inside else sorted(name for name in names if not name.startswith("."))
    return found


def _case(path: Path) -> Documents:
    folder = open_folder(path)
    manifest, problems = read_manifest(folder)
    if manifest is None:
        raise Incorrect(problems)
    texts, failed = _read(folder, manifest.agreements)
    supposed, unread = _read(folder, [f"{SUPPOSITIONS}/{name}" for name in _documents_in(path / SUPPOSITIONS)])
    return Documents(folder=folder, manifest=manifest, texts=texts, problems=(*problems, *failed, *unread), suppositions=supposed)


def _documents_in(folder: Path) -> list[str]:
    """Give the names of the documents in a folder; none where there is none, or where it is a link, which leads out of a case."""
    if folder.is_symlink() or not folder.is_dir():
        return []
    return sorted(one.name for one in folder.iterdir() if one.suffix == DOCUMENT and not one.name.startswith("."))


def _read(folder: CaseFolder, names: Sequence[str]) -> tuple[tuple[Text, ...], tuple[Problem, ...]]:
    read = [folder.read(name) for name in names]
    return tuple(one for one in read if isinstance(one, Text)), tuple(one for one in read if isinstance(one, Problem))


def _case_of(path: Path) -> Documents | None:
    """Open the case that lists a file, if one of the folders above does."""
    whole = Path(os.path.abspath(path))  # noqa: PTH100  links stay as they are: a case is the folder that one sees
    for above in whole.parents:
        if not (above / MANIFEST).is_file():
            continue
        folder = above if path.is_absolute() else Path(os.path.relpath(above))
        manifest, _ = read_manifest(CaseFolder(path=folder))
        inside = whole.relative_to(above).as_posix()
        supposed = [inside] if inside.startswith(f"{SUPPOSITIONS}/") and whole.suffix == DOCUMENT else []
        if manifest is not None and inside in (*manifest.agreements, *manifest.statements, *supposed):
            texts, failed = _read(CaseFolder(path=folder), manifest.agreements)
            thought, unread = _read(CaseFolder(path=folder), supposed)
            meant, problems = str(folder / inside), (*failed, *unread)
            return Documents(
                folder=CaseFolder(path=folder), manifest=manifest, texts=texts, problems=problems, suppositions=thought, meant=meant
            )
    return None


def _alone(path: Path) -> Documents:
    folder = CaseFolder(path=path.parent)
    text = folder.read(path.name)
    if isinstance(text, Problem):
        raise Incorrect((text,))
    if path.suffix != DOCUMENT:
        message, hint = "This statement file belongs to no case.", "List it in the aval.toml of a case, and check it there."
        raise Incorrect((Problem(code=NOT_A_DOCUMENT, message=message, span=Span(str(path)), hint=hint),))
    return Documents(folder=folder, manifest=None, texts=(text,), meant=text.path)
