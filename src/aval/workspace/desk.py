"""What somebody who records a statement by hand is asked, and whether an answer will do: checked at once, by the rules of intake."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path

from aval.evidence.claim import Claim, Frame, read_claim
from aval.evidence.folder import open_folder
from aval.evidence.rows import Row
from aval.evidence.vocabulary import Vocabulary
from aval.evidence.words import near_or
from aval.model.frozen import frozen
from aval.workspace.edition import read_edition, read_files

_UNSEEN = ("label", "says")
"""of the first what is wrong is found when the case is read; of the second, what it lacks is not asked yet"""


@frozen(kw_only=True)
class Desk:
    """The statement files and the sources of a case, and what its agreements let one say."""

    files: tuple[str, ...]
    sources: tuple[str, ...]
    _frame: Frame

    def fault(self, name: str, value: object, told: Mapping[str, object]) -> str:
        """Say what is wrong with a field, given what was told before; `""` for nothing. What is missing is not looked at."""
        row = Row(path="", line=1, content="", start=0, end=0, values={**told, name: value})
        read = read_claim(row, self._frame)
        found = [] if isinstance(read, Claim) or name in _UNSEEN else [one for one in read if one.key == name]
        return " ".join(part for one in found[:1] for part in (one.message, one.full_hint()) if part)


def pick(text: str, options: Sequence[str]) -> tuple[str, str]:
    """Give the option that a text names, whole or by a beginning that no other has, and what is wrong if there is none."""
    wanted = text.strip().lower()
    fitting = [option for option in options if option.lower().startswith(wanted)] if wanted else []
    whole = [option for option in fitting if option.lower() == wanted]
    if len(whole or fitting) == 1:
        return (whole or fitting)[0], ""
    if fitting:
        return "", f"That can be {', '.join(fitting[:8])}{' and others' if len(fitting) > 8 else ''}."  # noqa: PLR2004  a line's worth
    return "", near_or(text.strip(), options, "A question mark lists them all.")


def open_desk(path: str | PathLike[str]) -> Desk:
    """Open a case for recording. Raises `Incorrect` where it is not sound, so that nobody is asked in vain."""
    edition, _ = read_edition(read_files(open_folder(Path(path))))
    manifest = edition.manifest
    frame = Frame(vocabulary=Vocabulary(edition.agreements), sources=manifest.sources, zone=manifest.zone)
    return Desk(files=manifest.statements, sources=tuple(sorted(manifest.sources)), _frame=frame)
