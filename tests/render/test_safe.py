from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aval.render.safe import escaped, safe, spelt

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()), max_size=60)
HARMLESS_FORMATS = {"\u200c", "\u200d"}  # joiners, which some languages spell with


def dangerous(character: str) -> bool:
    tag = 0xE0000 <= ord(character) <= 0xE0FFF  # the block of tags, all of which a screen may ignore
    return tag or unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") or unicodedata.bidirectional(character) in (
        "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI",
    )  # fmt: skip


@given(ANY_TEXT)
def test_nothing_dangerous_is_left(text: str) -> None:
    assert not [character for character in safe(text) if dangerous(character)]


@given(ANY_TEXT)
def test_what_is_spelt_keeps_everything_else(text: str) -> None:
    harmless = "".join(character for character in text if not dangerous(character) and unicodedata.category(character) != "Cf")
    assert spelt(harmless).replace("<U+", "") == harmless.replace("<U+", "") or any(c in harmless for c in "\u115f\u1160\u3164\uffa0")


@given(st.dictionaries(ANY_TEXT, ANY_TEXT))
def test_escaping_does_not_change_a_document(document: dict[str, str]) -> None:
    written = escaped(json.dumps(document, ensure_ascii=False))
    assert json.loads(written) == json.loads(json.dumps(document))
    assert not [character for character in written if dangerous(character)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "<U+001B>[31mred"),
        ("a\u202eb", "a<U+202E>b"),
        ("a\nb\t c", "a b c"),
        ("\x9b31m", "<U+009B>31m"),
        ("Türkiye, Київ, 京都", "Türkiye, Київ, 京都"),
        ("z" + "\u0301" * 50, "z" + "\u0301" * 4),
        ("\ud800", "<U+D800>"),
    ],
)
def test_hidden_characters_are_spelt_out(text: str, shown: str) -> None:
    assert safe(text) == shown


def test_a_flood_is_cut_and_counted() -> None:
    assert safe("x" * 10_000, 10) == "xxxxxxxxxx … (9990 more characters)"
