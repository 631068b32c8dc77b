"""Labels: an agreement's own words for a term, with its arguments filled in, and names as a sentence has them.

A label is written once and spoken of many: `g's guarantee` becomes `the Netherlands' guarantee`. The words are the agreement's; that a
country takes an article is English, and touches no name that is not written in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_ARTICLE = re.compile(
    r"^(?:United|Coalition|Commission|Democratic Republic|Holy See$|Republic of|Secretary-General|State of)"
    r"|^(?:Bahamas|Comoros|Gambia|Maldives|Netherlands|Philippines|Seychelles)$"
    r"|(?:Emirates|Federation|Islands|Kingdom|Republic|States|Union)$"
)
_ALSO_WORDS = re.compile(r"an?|as|at|be|by|do|el|e[rs]|he|i[fmnst]|l[ae]|m[ey]|no|o[fnr]|so|to|u[nps]|w[eo]|y|zu")
"""Parameters of these names are not filled in: in a label they are words of a language."""


def with_article(name: str) -> str:
    """Write a country as it stands inside a sentence: `the United Kingdom`, `France`."""
    return f"the {name}" if _ARTICLE.search(name) else name


def in_sentence(text: str, names: Iterable[str]) -> str:
    """Give each of these names its article and its genitive: "Netherlands's guarantee" is "the Netherlands' guarantee"."""
    for name in filter(None, dict.fromkeys(names)):
        text = _inflected(text, name)
    return text


def _inflected(text: str, name: str) -> str:
    written = with_article(name)
    owner = f"{written}'" if name.endswith("s") else f"{written}'s"
    text = re.sub(rf"(?:\bthe )?(?<!\w){re.escape(name)}'s(?!\w)", lambda _: owner, text)
    return re.sub(rf"(?:\bthe )?(?<!\w){re.escape(name)}(?![\w'])", lambda _: written, text)


def has_place(label: str, param: str) -> bool:
    """Whether a label has a place for a parameter."""
    return _ALSO_WORDS.fullmatch(param) is None and re.search(_place(param), label) is not None


def fill(label: str, filled: Mapping[str, str]) -> str:
    """Put arguments in the places of the parameters of a label."""
    placed = [param for param in filled if has_place(label, param)]
    if not placed:
        return label
    return re.sub(_place(*placed), lambda hit: filled[hit[0]], label)


def named(label: str, filled: Mapping[str, str]) -> str:
    """Fill a label, and name behind it, in parentheses, whom it has no place for: it must not leave open whom it is about."""
    lost = [value for param, value in filled.items() if not has_place(label, param)]
    return fill(label, filled) + (f" ({', '.join(lost)})" if lost else "")


def _place(*params: str) -> str:
    """Give the pattern of these parameters in a label; the s of a genitive is none."""
    return rf"(?<!['\u2019])\b(?:{'|'.join(map(re.escape, params))})\b"
