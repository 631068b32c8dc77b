"""Terms in words, and names in English."""

from __future__ import annotations

import pytest

from aval.model.label import in_sentence, with_article
from aval.render.english import first_sentence, listed
from aval.render.words import Words

WORDS = Words(
    names={"FRA": "France", "USA": "United States", "NLD": "Netherlands", "coalition": "Coalition of the Willing", "paris": "Paris"},
    labels={"in_force(NLD)": "Netherlands's guarantee is in force"},
    forms={
        "committed": ("g binds itself", ("g",)),
        "ceasefire": ("a ceasefire is in force", ()),
        "start": ("it enters into force", ()),
        "deposit": ("s deposits its instrument", ("s",)),
        "us_backstop": ("the United States back the guarantees", ()),
        "attended": ("p takes part in m", ("p", "m")),
    },
)


@pytest.mark.parametrize(
    ("formal", "words"),
    [
        ("committed(USA) happened", "the United States binds itself"),
        ("committed(…) happened", "any party binds itself"),
        ("in_force(NLD)", "the Netherlands' guarantee is in force"),
        ("ceasefire", "a ceasefire is in force"),
        ("ceasefire is no (no from the start; never told)", "a ceasefire is in force: no (no from the start; never told)"),
        ("no from the start; never told to have begun", "no from the start; never told to have begun"),
        ("not us_backstop", "not: the United States back the guarantees"),
        ("from start", "from: it enters into force"),
        ("50th deposit(any)", "50th time that any party deposits its instrument"),
        ("FRA in coalition", "France belongs to the Coalition of the Willing"),
        ("… in coalition", "any party belongs to the Coalition of the Willing"),
        ("attended(FRA, paris)", "France takes part in Paris"),
        ("offer(USA, land) refused", "United States: land refused"),
        ("nobody knows this_term(FRA)", "nobody knows this_term(FRA)"),
    ],
)
def test_a_condition_is_put_in_words(formal: str, words: str) -> None:
    assert WORDS.worded(formal) == words


def test_a_name_gets_its_article_and_its_genitive_once() -> None:
    assert in_sentence("Netherlands's part and the Netherlands", ["Netherlands"]) == "the Netherlands' part and the Netherlands"
    assert in_sentence("France's part", ["France"]) == "France's part"
    assert [with_article(name) for name in ("United Kingdom", "Ukraine", "European Union")] == [
        "the United Kingdom",
        "Ukraine",
        "the European Union",
    ]


def test_lists_and_notes() -> None:
    assert listed([]) == ""
    assert listed(["A"]) == "A"
    assert listed(["A", "B", "C"]) == "A, B and C"
    assert first_sentence("A force only. The day is approximate.") == "A force only"
