"""Whatever stands in a text is found in it, and a selector points at what it says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from aval.evidence.sources.clean import Clean, clean
from aval.evidence.sources.selectors import AROUND, Verdict, find
from aval.model.statement import Anchor

lines = some.lists(some.text("ab äÄ\u0308.", min_size=1, max_size=12), min_size=1, max_size=6)


def text_of(written: list[str]) -> Clean:
    found = clean("\n".join(written).encode(), "a.txt")
    assert isinstance(found, Clean)
    return found


@given(lines, some.data())
def test_what_stands_there_is_found_there(written: list[str], data: some.DataObject) -> None:
    text = text_of(written)
    if not text.paragraphs:
        return
    number = data.draw(some.integers(1, len(text.paragraphs)))
    paragraph = text.paragraphs[number - 1]
    start = data.draw(some.integers(0, len(paragraph) - 1))
    quote = paragraph[start : data.draw(some.integers(start + 1, len(paragraph)))].strip()
    if not quote:
        return
    match = find(Anchor(source="a", paragraph=number, quote=quote), text)
    assert match.verdict is (Verdict.FOUND if _times(quote, paragraph) == 1 else Verdict.AMBIGUOUS)
    assert match.paragraphs == (number,)
    place = match.selector
    assert place is not None
    assert text.text[place.start : place.end] == place.exact == quote
    assert text.text[max(0, place.start - AROUND) : place.start] == place.prefix
    assert text.text[place.end : place.end + AROUND] == place.suffix


@given(lines, some.text("abÄ.", min_size=1, max_size=4), some.integers(0, 8))
def test_every_verdict_is_what_a_plain_search_says(written: list[str], quote: str, number: int) -> None:
    text = text_of(written)
    found = find(Anchor(source="a", paragraph=number, quote=quote), text)
    inside = text.text if not number else text.paragraphs[number - 1] if number <= len(text.paragraphs) else ""
    times, others = _times(quote, inside), _times(quote, text.text)
    wanted = Verdict.FOUND if times == 1 else Verdict.AMBIGUOUS if times else Verdict.MOVED if others else Verdict.MISSING
    assert found.verdict is wanted
    if wanted is Verdict.MOVED:
        assert found.paragraphs == tuple(at for at, one in enumerate(text.paragraphs, 1) if quote in one)


def _times(quote: str, text: str) -> int:
    return sum(text.startswith(quote, at) for at in range(len(text)))
