"""The one-line reason: what a value hangs on, read off the explanation tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aval.answers.shapes import Cited
from aval.model.four import Value
from aval.model.reason import Mode, Reason

_SHOWN = 4
_BETWEEN = {
    "any of": ("", " or "),
    "all of": ("", " and "),
    "the later of": ("the later of ", " and "),
    "the earlier of": ("the earlier of ", " and "),
}
"""lines that only gather others: what opens them in one line, and what stands between their parts"""


def conditions(reason: Reason) -> Iterator[Reason]:
    """Yield the conditions that a value directly needs, looking through "all of"."""
    for part in reason.parts:
        if part.text == "all of":
            yield from conditions(part)
        else:
            yield part


def missing(reason: Reason) -> tuple[str, ...]:
    """Name the conditions that are not yes, each with its value."""
    if reason.value is Value.YES:
        return ()
    wanted = [part for part in conditions(reason) if part.value is not Value.YES and not part.ends]
    return tuple(dict.fromkeys(f"{short(part)}: {part.value.value}{_on(part)}" for part in wanted))


def _on(reason: Reason) -> str:
    return f" (on reading {reason.reading})" if reason.reading else ""


def because(reason: Reason, cited: Sequence[Cited] = ()) -> str:
    """Say in one line why the value is what it is; `cited` are the statements that it rests on directly."""
    parts = list(conditions(reason))
    if not parts or (reason.mode is Mode.CARRIED and reason.note):
        return _told(cited) if cited else reason.note or reason.mode.value
    parts = [part for part in parts if not (part.ends and (reason.value is Value.YES or not part.value.told_yes))] or parts
    deciding = [part for part in parts if part.value is reason.value and not part.reading] or parts
    if reason.value is Value.YES:
        return "; ".join(dict.fromkeys(short(part) for part in deciding[:_SHOWN]))
    return "; ".join(dict.fromkeys(f"{short(part)} is {part.value.value}{_how(part)}" for part in deciding[:_SHOWN]))


def on_record(reason: Reason) -> str:
    """Say in one line what ended, suspended or broke a norm, or who claims so; empty where nothing did."""
    parts = [part for part in reason.parts if part.ends and (part.value.told_yes or part.statements or part.alleged)]
    return "; ".join(dict.fromkeys(f"{short(part)}{f' ({part.note})' if part.note else ''}" for part in parts[:_SHOWN]))


def _told(cited: Sequence[Cited]) -> str:
    """Name the first to say it, how and when; and how many say it too."""
    first, more = cited[0], len(cited) - 1
    said = ", ".join(dict.fromkeys((first.voice, first.form, first.said[:10])))
    return said + (f"; and {more} more" if more else "")


def short(reason: Reason) -> str:
    """Write one condition in a line."""
    between = _BETWEEN.get(reason.text)
    if between is None:
        return reason.text
    opening, word = between
    return opening + word.join(short(part) for part in reason.parts)


def _how(reason: Reason) -> str:
    if reason.mode is Mode.CARRIED and reason.note:
        return f" ({reason.note})"
    return f" ({reason.note})" if reason.mode is Mode.UNTOLD and reason.note else ""


def evidence(reason: Reason) -> Iterator[Sequence[str]]:
    """Yield the ids of the statements that count, for every line of the tree that has any. Parts that are shared are walked once."""
    seen: set[int] = set()
    ahead = [reason]
    while ahead:
        here = ahead.pop()
        if id(here) not in seen:
            seen.add(id(here))
            if len(here.statements):
                yield here.statements
            ahead += reversed(here.parts)
