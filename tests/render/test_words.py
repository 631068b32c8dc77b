"""Terms in words, and names in English."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aval.model.label import in_sentence, named, with_article
from aval.render.blocks import Row
from aval.render.english import first_sentence, listed
from aval.render.groups import common_label
from aval.render.layout import GLUE
from aval.render.page import Page, guarded, value_text
from aval.render.rows import pool_rows
from aval.render.words import Words
from tests.render import samples

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
        ("committed(…) happened", "the party binds itself"),
        ("in_force(NLD)", "the Netherlands' guarantee is in force"),
        ("ceasefire", "a ceasefire is in force"),
        ("ceasefire is no (not begun: starts as no)", "a ceasefire is in force: no (not begun: starts as no)"),
        ("not begun: starts as no", "not begun: starts as no"),
        ("not us_backstop", "not: the United States back the guarantees"),
        ("from start", "from: it enters into force"),
        ("50th deposit(any)", "50th time that any party deposits its instrument"),
        ("3 months after latest deposit(FRA)", "3 months after latest time that France deposits its instrument"),
        ("FRA in coalition", "France belongs to the Coalition of the Willing"),
        ("… in coalition", "the party belongs to the Coalition of the Willing"),
        ("attended(FRA, paris)", "France takes part in Paris"),
        ("offer(USA, land) refused", "United States: land refused"),
        ("nobody knows this_term(FRA)", "nobody knows this_term(FRA)"),
    ],
)
def test_a_condition_is_put_in_words(formal: str, words: str) -> None:
    assert WORDS.worded(formal) == words


@pytest.mark.parametrize(
    ("label", "filled", "words"),
    [
        ("s's share of the world's emissions", {"s": "Afghanistan"}, "Afghanistan's share of the world's emissions"),
        ("share of the world’s emissions", {"s": "Afghanistan"}, "share of the world’s emissions (Afghanistan)"),
        ("an attack by land", {"by": "Russia"}, "an attack by land (Russia)"),
        ("a attacks a town", {"a": "Russia"}, "a attacks a town (Russia)"),
        ("p pays q", {"p": "France", "q": "Spain"}, "France pays Spain"),
        ("p pays", {"p": "France", "q": "Spain"}, "France pays (Spain)"),
        ("they talk", {"p": "France", "q": "Spain"}, "they talk (France, Spain)"),
        ("a ceasefire", {}, "a ceasefire"),
    ],
)
def test_a_label_says_whom_it_is_about(label: str, filled: dict[str, str], words: str) -> None:
    assert named(label, filled) == words


def test_terms_of_one_label_that_has_no_place_for_them_are_told_apart() -> None:
    page = Page(width=100, words=Words(names={"FRA": "France", "GBR": "United Kingdom"}))
    items = [
        replace(samples.STATUS.items[0], term=f"joins({code})", args=(code,), label=f"take part ({page.names[code]})", value=value)
        for code, value in (("FRA", "yes"), ("GBR", "no"))
    ]
    labels = [row.label.plain for row in pool_rows(page, items) if isinstance(row, Row)]
    assert labels == ["take part (France)", "take part (the United Kingdom)"]
    assert common_label(items, [item.label for item in items], page.names) == "take part"


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


def test_terms_of_two_parties_are_told_apart_by_what_differs_among_those_of_one_value() -> None:
    names = {"FRA": "France", "GBR": "United Kingdom", "USA": "United States", "NLD": "Netherlands"}
    page = Page(width=100, words=Words(names=names))
    items = [
        replace(
            samples.STATUS.items[0],
            term=f"helps({one}, {other})",
            args=(one, other),
            label=f"{names[one]} helps {names[other]}",
            value="owed" if other == "FRA" and one != "FRA" else "dormant",
        )
        for one in names
        for other in names
    ]
    rows = [(row.label.plain, row.value.plain.replace(GLUE, " ")) for row in pool_rows(page, items) if isinstance(row, Row)]
    assert rows == [
        ("any party helps any party", "· dormant (13 of 16)"),
        ("each of the United Kingdom, the United States and the Netherlands helps France", "! owed"),
    ]


def test_whoever_is_the_same_is_named_and_a_body_finds_by_its_name() -> None:
    words = Words(names={"FRA": "France", "UKR": "Ukraine", "NAC": "the Council"}, forms={"attacked": ("s is attacked", ("s",))})
    assert words.worded("not FRA is UKR") == "France is not Ukraine"
    assert words.worded("… is FRA") == "the party is France"
    assert words.worded("from NAC finds attacked(FRA)") == "from the Council finds: France is attacked"


def test_what_is_left_open_is_the_party_itself_and_another_one_the_other() -> None:
    words = Words(
        forms={"helps": ("m helps s", ("m", "s")), "ready": ("the d draft is ready", ("d",))},
        blanks={"helps": ("the party", "the other party"), "ready": ("…",)},
    )
    assert words.worded("helps(…, …) happened") == "the party helps the other party"
    assert words.worded("helps(any, …)") == "any party helps the other party"
    assert words.worded("ready(…)") == words.worded("ready(any)") == "the … draft is ready"


def test_the_valid_exercise_of_a_power_is_said_by_what_is_done() -> None:
    words = Words(
        names={"FRA": "France"},
        forms={"leave": ("s may leave", ("s",)), "notice": ("s gives notice", ("s",))},
        deeds={"leave": ("notice", ("s",))},
    )
    assert words.worded("from 30 days after valid exercise of leave(FRA)") == "from 30 days after France gives notice (validly)"
    assert words.worded("valid exercise of other(FRA)") == "valid exercise of other(FRA)"


def test_members_stand_apart_from_those_who_could_be() -> None:
    names = {"FRA": "France", "GBR": "United Kingdom", "ESP": "Spain"}
    items = [
        replace(
            samples.STATUS.items[0],
            term=f"in_force({code})",
            args=(code,),
            label=f"{name}'s guarantee is in force",
            value="no",
            missing=() if code == "FRA" else (f"{code} in coalition: open",),
        )
        for code, name in names.items()
    ]
    (row,) = [block for block in pool_rows(Page(width=100, words=Words(names=names)), items) if isinstance(block, Row)]
    assert row.label.plain.replace(GLUE, " ") == "any party's guarantee is in force · 1 member, 2 more that could be"
    assert row.value.plain.replace(GLUE, " ") == "✗ no"


def test_an_event_has_happened_and_a_trigger_names_its_condition() -> None:
    page = Page(width=100, words=Words(forms={"attack": ("an attack begins", ()), "major": ("it is a major one", ())}))
    assert value_text(page, "yes", event=True).plain.replace(GLUE, " ") == "✓ happened"
    assert value_text(page, "no", event=True).plain.replace(GLUE, " ") == "✗ not happened"
    assert value_text(page, "open", event=True).plain.replace(GLUE, " ") == "? open"
    assert guarded(page, "attack", "major") == "an attack begins, provided that it is a major one"
    assert guarded(page, "attack", "not major") == "an attack begins, unless it is a major one"
    assert guarded(page, "attack", None) == "an attack begins"
