"""What was redacted: `redactions.jsonl` in the folder of a case, a line for each, which travels with the case so that everybody sees it."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from aval.evidence.codes import files
from aval.evidence.codes import sources as codes
from aval.evidence.folder import CaseFolder
from aval.evidence.hidden import find_hidden
from aval.evidence.private import write_private
from aval.evidence.sources.vault import not_kept
from aval.evidence.strict import read_object
from aval.model.case import REDACTIONS, Text
from aval.model.frozen import frozen
from aval.model.problem import Incorrect, Problem, Span

_FIELDS = ("of", "commitment", "date", "by", "why")


@frozen(kw_only=True)
class Redaction:
    """One redaction: of which source's original or which concealed name, the hash that is left, on which day, by whom and why."""

    of: str
    commitment: str
    date: str
    by: str
    why: str

    def __str__(self) -> str:
        """Say it as answers do."""
        return f"redacted on {self.date} by {self.by}, commitment {self.commitment}"


def read_redactions(folder: CaseFolder) -> tuple[Redaction, ...]:
    """Read what was redacted in a case. Raises `Incorrect` where a line is none."""
    if not os.path.lexists(folder.path / REDACTIONS):
        return ()
    text = folder.read(REDACTIONS)
    if isinstance(text, Problem):
        raise Incorrect((text,))
    return tuple(_read(line, number, text) for number, line in enumerate(text.content.split("\n"), 1) if line)


def redactions_of(folder: CaseFolder) -> dict[str, str]:
    """Give what was redacted by source id and by commitment of a name, as a sentence. Raises `Incorrect`."""
    return {one.commitment if one.commitment.startswith("concealed:") else one.of: str(one) for one in read_redactions(folder)}


def _read(line: str, number: int, text: Text) -> Redaction:
    made = read_object(line)
    values = [made.get(name) for name in _FIELDS] if isinstance(made, dict) and made.keys() == set(_FIELDS) else []
    words = [one for one in values if isinstance(one, str) and find_hidden(one) is None]
    if len(words) != len(_FIELDS):
        message, hint = "This line is no redaction.", "Write what aval redact writes: of, commitment, date, by and why, as texts."
        raise Incorrect((Problem(code=codes.DAMAGED, message=message, span=Span(text.path, number), hint=hint),))
    return Redaction(**dict(zip(_FIELDS, words, strict=True)))


def add_redactions(folder: CaseFolder, found: Sequence[Redaction]) -> None:
    """Write redactions below those that are there, durably. Raises `Fault`, and `Incorrect` where a name has characters that hide."""
    for text in (part for one in found for part in (one.by, one.why)):
        if not text.isprintable() or find_hidden(text) is not None:
            raise Incorrect(
                (Problem(code=files.HIDDEN, message="It has a hidden character.", span=Span("--by, --why"), hint="Take it out."),)
            )
    lines = [{name: getattr(one, name) for name in _FIELDS} for one in (*read_redactions(folder), *found)]
    place = Path(os.path.realpath(folder.path)) / REDACTIONS
    try:
        write_private(place, "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode())
        place.chmod(0o644)
    except OSError as error:
        raise not_kept(place, error) from None
