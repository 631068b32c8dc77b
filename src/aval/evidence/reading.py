"""One row's fields, read one by one into typed values. What is wrong is collected; reading goes on, so that all of it is told at once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from aval.evidence.codes import files
from aval.evidence.codes import lines as codes
from aval.evidence.complaint import Complaint
from aval.evidence.fields import FIELDS, MAX_ITEMS, MAX_LENGTHS, MAX_TEXT, REQUIRED
from aval.evidence.hidden import find_hidden, is_half, name_of
from aval.evidence.rows import Row, is_empty
from aval.evidence.words import either, shown
from aval.model.instant import Range, read_civil

W = TypeVar("W", bound=StrEnum)

_KNOWN = frozenset(FIELDS)
_WHOLE = re.compile(r"\d{1,9}", re.ASCII)
_DECIMAL = re.compile(r"-?\d{1,30}(\.\d{1,30})?", re.ASCII)
_DATES = "Write 2026, 2026-01, 2026-01-06 or 2026-01-06T18:44+01:00."
_MOST_UNKNOWN = 10
"""How many unknown fields of one row are named."""
_YES_NO = {"": True, "yes": True, "no": False}


@dataclass(slots=True, kw_only=True)
class Reading:
    """The fields of one row on their way to a statement, and the complaints so far."""

    row: Row
    zone: str
    complaints: list[Complaint] = field(default_factory=list)

    def complain(self, complaint: Complaint) -> None:
        """Note what is wrong."""
        self.complaints.append(complaint)

    def given(self, key: str) -> bool:
        """Whether the row has a value there that is not empty."""
        return not is_empty(self.row.values.get(key, ""))

    def known_fields_only(self) -> None:
        """Refuse fields that the format does not have, `recorded` with a word of its own, and name those that are missing."""
        values = self.row.values
        unknown = [] if values.keys() <= _KNOWN else [key for key in values if key not in _KNOWN]
        for key in unknown[:_MOST_UNKNOWN]:
            if key == "recorded":
                hint = "Take it out. `said` is when the public had it; the ledger sets `recorded`."
                self.complain(Complaint(code=codes.RECORDED, message="A statement does not say when it was recorded.", key=key, hint=hint))
            else:
                self.complain(Complaint(code=codes.UNKNOWN_FIELD, message=f"There is no field {shown(key)}.", key=key, miss=(key, FIELDS)))
        for key in REQUIRED:
            value = values.get(key, "")
            if value.__class__ is not str or not value or value.isspace():  # the least that decides for most
                self._require(key, value)

    def _require(self, key: str, value: object) -> None:
        if is_empty(value):
            self.complain(Complaint(code=codes.MISSING_FIELD, message=f"`{key}` is missing.", hint=_MISSING[key]))

    def text(self, key: str) -> str:
        """Read a text: composed (Unicode NFC), without spaces at its ends, `""` where there is none."""
        value = self.row.values.get(key, "")
        if value == "":
            return ""
        if isinstance(value, str):
            return self._clean(key, value)
        self._wrong_type(key, "a text in quotes")
        return ""

    def texts(self, key: str) -> tuple[str, ...]:
        """Read a list of texts; in CSV they are separated by semicolons."""
        value = self.row.values.get(key, "")
        if value == "" or is_empty(value):
            return ()
        if self.row.is_csv and isinstance(value, str):
            value = [part for part in value.split(";") if part.strip()]
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            self._wrong_type(key, "a list of texts, such as " + '["a", "b"]')
            return ()
        if len(value) > MAX_ITEMS:
            self.complain(Complaint(code=codes.TOO_LONG, message=f"`{key}` has more than {MAX_ITEMS} entries.", key=key))
            return ()
        return tuple(self._clean(key, item) for item in value)

    def word(self, key: str, words: type[W], but: Collection[W] = ()) -> W | None:
        """Read one of the few words that a field takes, and none of `but`."""
        text = self.text(key)
        if not text:
            return None
        found = words._value2member_map_.get(text)
        if isinstance(found, words) and found not in but:
            return found
        self._unknown_word(key, text, [word.value for word in words if word not in but])
        return None

    def yes_or_no(self, key: str) -> bool:
        """Read `yes` (also where there is nothing) or `no`."""
        text = self.text(key)
        if text not in _YES_NO:
            self._unknown_word(key, text, ["yes", "no"])
        return _YES_NO.get(text, True)

    def whole(self, key: str) -> int:
        """Read a whole number from 0; 0 where there is none."""
        value = self.row.values.get(key, "")
        if is_empty(value):
            return 0
        if self.row.is_csv and isinstance(value, str) and _WHOLE.fullmatch(value.strip()):
            return int(value)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        self._wrong_type(key, "a whole number, such as 5" + ("" if self.row.is_csv else ", without quotes"))
        return 0

    def decimal(self, key: str) -> Decimal | None:
        """Read a decimal number: a text, or a whole number as it stands."""
        value = self.row.values.get(key, "")
        text = str(value) if isinstance(value, int) and not isinstance(value, bool) else self.text(key)
        if not text:
            return None
        if _DECIMAL.fullmatch(text) is None:
            hint = "Write digits only, with a point before a fraction, such as 15000 or 2.5."
            self.complain(Complaint(code=codes.BAD_DECIMAL, message=f"{shown(text)} is no decimal number.", key=key, hint=hint))
            return None
        return Decimal(text)

    def date(self, key: str) -> tuple[str, Range | None]:
        """Read a civil text, with the instants that it names in the zone of the case."""
        text = self.text(key)
        span = read_civil(text, self.zone) if text else None
        if text and span is None:
            self.complain(Complaint(code=codes.BAD_DATE, message=f"{shown(text)} is no date.", key=key, hint=_DATES))
        return text, span

    def _clean(self, key: str, text: str) -> str:
        at = find_hidden(text)
        if at is not None:
            self.complain(_hidden(key, text[at]))
            return ""
        clean = (text if text.isascii() else unicodedata.normalize("NFC", text)).strip()
        most = MAX_LENGTHS.get(key, MAX_TEXT)
        if len(clean) > most:
            self.complain(Complaint(code=codes.TOO_LONG, message=f"`{key}` has {len(clean)} characters; {most} are the most.", key=key))
            return ""
        return clean

    def _wrong_type(self, key: str, wanted: str) -> None:
        hint = "Leave the field out where there is nothing to say." if self.row.values.get(key) is None else ""
        self.complain(Complaint(code=codes.WRONG_TYPE, message=f"`{key}` is {wanted}.", key=key, hint=hint))

    def _unknown_word(self, key: str, text: str, options: list[str]) -> None:
        hint = f"`{key}` is {either(options)}."
        self.complain(
            Complaint(code=codes.UNKNOWN_WORD, message=f"`{key}` cannot be {shown(text)}.", key=key, hint=hint, miss=(text, options))
        )


def _hidden(key: str, character: str) -> Complaint:
    if is_half(character):
        message = f"`{key}` has half a character, U+{ord(character):04X}."
        return Complaint(code=codes.SURROGATE, message=message, key=key, hint="Write the whole character, or leave it out.")
    message = f"`{key}` has the character {name_of(character)}."
    return Complaint(code=files.HIDDEN, message=message, key=key, hint="Take it out; it is not seen, and can change what is.")


_MISSING = {
    "label": "Give the statement a short name of its own, such as macron-2025-09-04.",
    "says": "Write happened, holds, member, amount, offers, position or retracts.",
    "term": "Write what the claim is about, such as in_force(FRA).",
    "said": "Write the day by which the public had it.",
    "voice": "Write who says it.",
    "form": "Write document, quoted, reported, spokesman, unnamed official, circles or editor.",
    "grade": "Write high, medium or low.",
    "source": "Write the id of a source in aval.toml.",
}
