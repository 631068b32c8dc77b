"""One language: its templates, and what lists, dates, numbers and times look like in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from aval.model.agreement import Amount
from aval.model.expression import Duration, Unit
from aval.model.frozen import frozen

_CIVIL = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2})(?:T(.+))?)?")
EXACT = (Unit.HOUR, Unit.MINUTE)
"""The units that are counted exactly, and not by the calendar."""
_UNITS = {Unit.MONTH: "month_unit", Unit.DAY: "day_unit"}
_INNER = str.maketrans({"\u201c": "\u2018", "\u201d": "\u2019", "\u201e": "\u201a"})
"""Quotation marks inside quotation marks become single ones."""
_SMALL = ("A", "As", "At", "Each", "It", "Its", "Only", "The", "What")
_TEENS = range(11, 14)


@frozen()
class Tongue:
    """A language."""

    words: Mapping[str, str]
    months: tuple[str, ...]
    english: bool

    def phrase(self, key: str, **parts: object) -> str:
        """Fill a template."""
        return self.words[key].format(**parts)

    def quote(self, text: str) -> str:
        """Put a text into quotes."""
        return self.phrase("quote", x=text.translate(_INNER))

    def join(self, items: Iterable[str], word: str = "and") -> str:
        """Write `a`, `a and b`, `a, b and c`."""
        found = list(items)
        if len(found) < 2:  # noqa: PLR2004 (one, or none)
            return "".join(found)
        return self.words["comma"].join(found[:-1]) + self.words[word] + found[-1]

    def opening(self, text: str) -> str:
        """Begin a whole sentence behind a colon: German writes it with a capital letter."""
        return text if self.english else self.capital(text)

    def capital(self, text: str) -> str:
        """Begin a sentence with a capital letter, unless it begins with a variable of one letter."""
        return text if text[1:2] == " " else text[:1].upper() + text[1:]

    def after_colon(self, text: str) -> str:
        """Write a sentence behind a colon: small in English, where it does not begin with a name."""
        first = text.split(" ", 1)[0]
        return text[:1].lower() + text[1:] if self.english and first in _SMALL else text

    def duration(self, duration: Duration, form: int = 0) -> str:
        """Write a time; `form` 1 is the dative of the plural."""
        one, many, dative = self.words[_UNITS.get(duration.unit, duration.unit.value)].split("/")
        unit = one if duration.number == 1 else (many, dative)[form]
        return self.phrase("duration", n=duration.number, u=unit)

    def times(self, duration: Duration) -> dict[str, str]:
        """Give a time in both its forms, as templates have them."""
        return {"d": self.duration(duration), "dd": self.duration(duration, 1)}

    def ordinal(self, number: int) -> str:
        """Write `50th`."""
        if not self.english:
            return self.phrase("ordinal", n=number)
        ending = "th" if number % 100 in _TEENS else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return f"{number}{ending}"

    def date(self, text: str) -> str:
        """Write a civil date."""
        match = _CIVIL.fullmatch(text)
        if match is None:
            return text
        year, month, day, time = match.groups()
        name = self.months[int(month) - 1] if 0 < int(month) <= len(self.months) else month
        if day is None:
            return self.phrase("month", m=name, y=year)
        written = self.phrase("day", d=int(day), m=name, y=year)
        return written if time is None else self.phrase("time", day=written, time=time)

    def number(self, value: Decimal) -> str:
        """Write a number, with the language's own decimal sign."""
        text = f"{value:f}"
        return text if self.english else text.replace(".", ",")

    def amount(self, amount: Amount) -> str:
        """Write so many, or such a share."""
        return f"{amount.number}/{amount.denominator}" if amount.denominator else str(amount.number)

    def gap(self, name: str) -> str:
        """Write a name that stands for words, such as a gap."""
        return self.quote(name.replace("_", " "))
