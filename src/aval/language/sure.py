"""Fixes that are certain: what somebody wrote can only have been one thing.

A slip of the finger is certain where one known word is nearest by far: the same but for capitals, or one letter too many, too few or two
changed over; in a long word also one letter for another. Never certain are digits (`phase_2` is no slip for `phase_1`), a first letter
(`unlawful`), and short codes (`GRB`). Whether a fix harms anything is proved again when it is applied: see `mend`.
"""

from __future__ import annotations

from collections.abc import Collection

from aval.model.problem import Fix, Span

SHORT = 4
"""Words of fewer letters are too like each other."""
LONG = 8
"""From so many letters on, one letter may stand for another."""
_MANY = 5000
_FEW = 200


def sure(word: str, known: Collection[str], *, closed: bool = False) -> str:
    """Give the one known word that a word must have been, or `""`. A `closed` list is all there can be, so its words may be short."""
    if word in known or len(known) > _MANY:
        return ""
    lower = word.lower()
    alike = [other for other in known if other.lower() == lower]
    if alike:
        return alike[0] if len(alike) == 1 else ""
    if len(word) < (SHORT - 1 if closed else SHORT) or (not closed and word.isupper()):
        return ""
    near = [other for other in _within_a_slip(lower, known) if _slip(lower, other.lower(), closed=closed)]
    return near[0] if len(near) == 1 else ""


def _within_a_slip(word: str, known: Collection[str]) -> list[str]:
    """Give the known words that one slip may have made into this one, perhaps others too: of many words by making all slips."""
    if len(known) < _FEW:
        return list(known)
    by_lower: dict[str, list[str]] = {}
    for other in known:
        by_lower.setdefault(other.lower(), []).append(other)
    letters = [letter for letter in set("".join(by_lower)) if not letter.isdigit()]
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    slips = {before + after[1:] for before, after in cuts if after}
    slips.update(before + after[1] + after[0] + after[2:] for before, after in cuts if len(after) > 1)
    slips.update(before + letter + after for before, after in cuts for letter in letters)
    slips.update(before + letter + after[1:] for before, after in cuts if after for letter in letters)
    return [other for slip in slips & by_lower.keys() for other in by_lower[slip]]


def _slip(word: str, other: str, *, closed: bool) -> bool:
    """Whether the words differ by one slip of the finger."""
    if abs(len(word) - len(other)) > 1 or word[:1] != other[:1]:
        return False
    start = next((index for index, (one, two) in enumerate(zip(word, other, strict=False)) if one != two), min(len(word), len(other)))
    changed = word[start : start + 2] + other[start : start + 2]
    if any(letter.isdigit() for letter in changed):
        return False
    if len(word) != len(other):
        longer, shorter = sorted((word, other), key=len, reverse=True)
        return longer[start + 1 :] == shorter[start:]
    if word[start : start + 2] == other[start : start + 2][::-1] and word[start + 2 :] == other[start + 2 :]:
        return True
    return (closed or len(word) >= LONG) and word[start + 1 :] == other[start + 1 :]


def instead(span: Span, old: str, new: str, *, quoted: bool = False) -> Fix | None:
    """Make the fix that writes one word instead of another; none where there is nothing to write."""
    if not new:
        return None
    return Fix(span=span, replacement=f'"{new}"' if quoted else new, title=f"Write `{new}` instead of `{old}`.")
