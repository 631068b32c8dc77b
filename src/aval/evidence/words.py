"""Small words for messages: a value shown safely, a list, a near miss."""

from __future__ import annotations

from collections.abc import Collection

_LONGEST = 60


def shown(value: str) -> str:
    """Give a value that a user wrote in quotation marks: shortened, and with every character that cannot be seen as an escape."""
    short = value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…"
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in short) + '"'


def either(words: Collection[str]) -> str:
    """Write `a, b or c`."""
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


def near(word: str, options: Collection[str]) -> str:
    """Ask `Did you mean "x"?` for the option that is nearest to a word; `""` if none is near."""
    import difflib  # noqa: PLC0415  only a mistake needs it

    folded = {option.casefold(): option for option in options}
    found = difflib.get_close_matches(word[:_LONGEST].casefold(), folded, n=1, cutoff=0.6)
    return f"Did you mean {shown(folded[found[0]])}?" if found else ""


def near_or(word: str, options: Collection[str], otherwise: str) -> str:
    """Give the near miss, and the sentence that helps in any case."""
    return " ".join(part for part in (near(word, options), otherwise) if part)
