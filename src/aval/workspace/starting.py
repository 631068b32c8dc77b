"""Begin a case: a folder that runs from its first minute."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path

from aval.language.reserved import RESERVED
from aval.model.problem import Fault, Incorrect, Problem, Span
from aval.workspace.template import FILES
from aval.workspace.tool_codes import ALREADY_THERE, NOT_A_NAME, NOT_WRITTEN

LONGEST = 60


def begin(path: str) -> tuple[str, ...]:
    """Make the folder of a new case and give its files. Nothing is overwritten, and a case is there as a whole or not at all.

    Raises `Incorrect` where something stands there or the name is none, and `Fault` where the system refuses.
    """
    target = Path(path)
    name = _name(path, target.name)
    if os.path.lexists(target):
        hint = "Choose another name, or take away what stands there."
        raise Incorrect((Problem(code=ALREADY_THERE, message="Something already stands here.", span=Span(path), hint=hint),))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=target.parent, prefix=".aval-"))
        try:
            _fill(made, name, target.name)
            made.chmod(0o755)
            made.rename(target)
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)
            raise
    except OSError as error:
        message = f"It cannot be written: {error.strerror or 'the system refused'}."
        raise Fault((Problem(code=NOT_WRITTEN, message=message, span=Span(path), hint="Look at who may write here."),)) from None
    return tuple(file.format(name=name) for file in FILES)


def _fill(folder: Path, name: str, title: str) -> None:
    shown = title.replace("_", " ").replace("-", " ")
    for file, text in FILES.items():
        place = folder / file.format(name=name)
        place.parent.mkdir(exist_ok=True)
        place.write_text(text.replace("NAME", name).replace("TITLE", shown[:1].upper() + shown[1:]), "utf-8", newline="\n")


def _name(path: str, title: str) -> str:
    """Make a name of the language out of a folder's: `Berlin 2027` is `berlin_2027`."""
    name = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")
    hint = "Begin with a letter from a to z, and use letters, digits, - and _."
    if not re.fullmatch(r"[A-Za-z0-9 _.-]+", title) or not name[:1].isalpha() or len(name) > LONGEST:
        raise Incorrect((Problem(code=NOT_A_NAME, message="This cannot be the name of a case.", span=Span(path), hint=hint),))
    return f"{name}_pact" if name in RESERVED or name in _TAKEN else name


_TAKEN = frozenset(("signed", "bound", "everybody", "truce", "helps", "help", "truce_begins", "truce_ends", "attacked", "answer_due"))
"""Names that the agreement of a new case declares."""
