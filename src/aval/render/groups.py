"""Terms of one declaration, collapsed: what is equal for thirty parties is one line, and who differs is named."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from aval.model.label import in_sentence
from aval.model.term import Term


class Termed(Protocol):
    """Anything that is said of one term."""

    @property
    def term(self) -> str:
        """The term, in its one spelling."""


T = TypeVar("T")

ANY = "any party"
EACH = "each party"
ELSE = "…"
_HOLE = "\ue001"
_NOBODY = re.compile(rf" \((?:{ANY}|{EACH}|{ELSE})(?:, (?:{ANY}|{EACH}|{ELSE}))*\)$")
"""whom a label is about, where that is nobody by name"""
_WORD = re.compile(r"[A-Za-z_]\w*")


def grouped(things: Iterable[T], key: Callable[[T], Hashable]) -> list[list[T]]:
    """Gather things of one key, by first appearance."""
    found: dict[Hashable, list[T]] = {}
    for thing in things:
        found.setdefault(key(thing), []).append(thing)
    return list(found.values())


def args_of(term: str) -> tuple[str, ...]:
    """Give the arguments of a term; none where the text is no term."""
    parsed = Term.parse(term)
    return parsed.args if parsed else ()


def name_of(term: str) -> str:
    """Give the declared name of a term; the text itself where it is no term."""
    parsed = Term.parse(term)
    return parsed.name if parsed else term


def varying(terms: Sequence[str]) -> tuple[int, ...]:
    """Give the positions of the arguments that are not the same in all of them."""
    lists = [args_of(term) for term in terms]
    shortest = min((len(args) for args in lists), default=0)
    return tuple(place for place in range(shortest) if len({args[place] for args in lists}) > 1)


def picked(term: str, places: Sequence[int]) -> tuple[str, ...]:
    """Give the arguments of a term at these positions."""
    args = args_of(term)
    return tuple(args[place] for place in places if place < len(args))


def blanked(text: str, codes: Sequence[str], names: Mapping[str, str], blank: str = ELSE) -> str:
    """Replace these codes and their labels in a text, so that what was said of each of many can be compared and shown once."""
    for code in codes:
        label = names.get(code, "")
        text = text.replace(label, _HOLE) if label else text
    text = _WORD.sub(lambda word: _HOLE if word[0] in codes else word[0], text) if codes else text
    return text.replace(_HOLE, blank)


def common_term(terms: Sequence[str]) -> str:
    """Write the term of all of them, what varies left out: `in_force(…)`."""
    first, places = terms[0], varying(terms)
    args = [ELSE if place in places else arg for place, arg in enumerate(args_of(first))]
    return f"{name_of(first)}({', '.join(args)})" if args else first


def common_label(things: Sequence[Termed], labels: Sequence[str], names: Mapping[str, str], who: str = "", party: str = ANY) -> str:
    """Write the label of all of them: `who` in the place of what varies, else `party` where that are parties, else a gap."""
    terms = [thing.term for thing in things]
    places, fixed = varying(terms), args_of(terms[0])
    first = picked(terms[0], places)
    blank = who or (party if all(code.isupper() for code in first) else ELSE)
    kept = [names.get(code, "") for place, code in enumerate(fixed) if place not in places]
    return in_sentence(_NOBODY.sub("", blanked(labels[0], first, names, blank)), kept)
