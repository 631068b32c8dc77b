"""One table of a manifest, read entry by entry into typed values. What is wrong is collected; reading goes on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from aval.evidence.codes import files
from aval.evidence.codes import manifest as codes
from aval.evidence.hidden import find_hidden, name_of
from aval.evidence.toml import excerpt, find_entry
from aval.evidence.words import near, shown
from aval.model.case import Text
from aval.model.problem import Code, Problem

MAX_WHOLE = 1_000_000


@dataclass(slots=True, kw_only=True)
class Entries:
    """A table, where it stands in the manifest (`path`), and the problems so far."""

    text: Text
    values: Mapping[str, object]
    path: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)

    def complain(self, code: Code, key: str, message: str, hint: str = "") -> None:
        """Note what is wrong with an entry."""
        span = find_entry(self.text, (*self.path, key) if key else self.path)
        self.problems.append(Problem(code=code, message=message, span=span, hint=hint, excerpt=excerpt(self.text, span)))

    def only(self, known: Collection[str]) -> None:
        """Refuse entries that the format does not have."""
        where = f" of {'.'.join(self.path)}" if self.path else ""
        for key in self.values:
            if key not in known:
                self.complain(codes.UNKNOWN_ENTRY, key, f"There is no entry {shown(key)}{where}.", near(key, known))

    def need(self, key: str, hint: str) -> None:
        """Ask for an entry that is not there, or is empty."""
        value = self.values.get(key, "")
        if isinstance(value, str) and not value.strip():
            where = f" in {'.'.join(self.path)}" if self.path else ""
            self.complain(codes.MISSING_ENTRY, key, f"`{key}` is missing{where}.", hint)

    def text_of(self, key: str) -> str:
        """Read a text; `""` where there is none. A date may stand without quotes."""
        value = self.values.get(key, "")
        if isinstance(value, date) and not isinstance(value, datetime):
            return value.isoformat()
        if not isinstance(value, str):
            self.complain(codes.WRONG_ENTRY, key, f"`{key}` is a text in quotes.")
            return ""
        return self._clean(key, value)

    def texts_of(self, key: str) -> tuple[str, ...]:
        """Read a list of texts; empty where there is none."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.complain(codes.WRONG_ENTRY, key, f"`{key}` is a list of texts in square brackets.", f'Write {key} = ["…", "…"].')
            return ()
        return tuple(self._clean(key, item) for item in value)

    def whole_of(self, key: str) -> int:
        """Read a whole number; 0 where there is none."""
        value = self.values.get(key, 0)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_WHOLE:
            return value
        self.complain(codes.WRONG_ENTRY, key, f"`{key}` is a whole number from 0 to {MAX_WHOLE}.")
        return 0

    def table_of(self, key: str) -> Mapping[str, object]:
        """Read a table; empty where there is none."""
        value = self.values.get(key, {})
        if isinstance(value, dict):
            return value
        self.complain(codes.WRONG_ENTRY, key, f"`{key}` is a table.", f"Write [{'.'.join((*self.path, key))}] on a line of its own.")
        return {}

    def _clean(self, key: str, value: str) -> str:
        at = find_hidden(value)
        if at is None:
            return value.strip()
        self.complain(files.HIDDEN, key, f"`{key}` has the character {name_of(value[at])}.", "Take it out; write a long text on one line.")
        return ""
