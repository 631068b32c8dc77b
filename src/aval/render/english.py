"""English for names and lists: articles, genitives, "A, B and C"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_ARTICLE = re.compile(
    r"^(?:United|Coalition|Commission|Netherlands$|Philippines$|Bahamas$|Gambia$|Comoros$|Maldives$|Seychelles$)"
    r"|(?:Union|Republic|Kingdom|States|Islands|Emirates)$"
)


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


def listed(things: Sequence[str], last: str = "and") -> str:
    """Join a list: `A`, `A and B`, `A, B and C`."""
    return f"{', '.join(things[:-1])} {last} {things[-1]}" if len(things) > 1 else "".join(things)


def first_sentence(text: str) -> str:
    """Give a note's first sentence, without its full stop."""
    return re.split(r"(?<=[.;])\s", text.strip(), maxsplit=1)[0].rstrip(".;")


def capital(text: str) -> str:
    """Begin with a capital letter."""
    return text[:1].upper() + text[1:]
