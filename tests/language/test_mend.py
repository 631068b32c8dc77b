from __future__ import annotations

from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from aval.language.layout.proof import same
from aval.language.mend import mend
from aval.language.read import read_agreements
from aval.language.sure import sure
from aval.model.case import Text
from tests.language.documents import SOURCES, documents
from tests.language.generate import document

HEAD = 'agreement sample "A sample"\nparty FRA "France"\nparty GBR "United Kingdom"\n'


def mended(body: str) -> tuple[str, int]:
    """Mend one block; give its text, and how many fixes were made."""
    made = mend([Text(path="x.md", content=f"```aval\n{HEAD}{body}\n```\n")], SOURCES)
    return made.texts[0].content.split(HEAD)[1].removesuffix("\n```\n"), len(made.fixed)


@pytest.mark.parametrize(
    ("word", "known", "found"),
    [
        ("ceasefyre", ["ceasefire", "peace"], "ceasefire"),
        ("colition", ["coalition"], "coalition"),
        ("coaltiion", ["coalition"], "coalition"),
        ("Ceasefire", ["ceasefire"], "ceasefire"),
        ("fra", ["FRA", "GBR"], "FRA"),
        ("cease_fire", ["ceasefire"], "ceasefire"),
        ("GRB", ["GBR"], ""),
        ("phase_2", ["phase_1"], ""),
        ("phase_12", ["phase_1"], ""),
        ("unlawful", ["lawful"], ""),
        ("atypical_case", ["typical_case"], ""),
        ("adapt", ["adopt"], ""),
        ("ending", ["sending", "mending"], ""),
        ("commited", ["committed", "commuted"], ""),
        ("ceasefire", ["ceasefire", "ceasefyre"], ""),
        ("x", ["y"], ""),
    ],
)
def test_what_is_certain(word: str, known: list[str], found: str) -> None:
    assert sure(word, known) == found


def test_a_closed_list_allows_short_words() -> None:
    assert sure("hihg", ["low", "medium", "high"], closed=True) == "high"
    assert sure("lo", ["low", "medium", "high"], closed=True) == ""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("state ceasefire\nstate s while ceasefyre", "state ceasefire\nstate s while ceasefire"),
        ("evnt signed\n  acepted from FRA, at least agred", "event signed\n  accepted from FRA, at least agreed"),
        ("event a “A text”", 'event a "A text"'),
        ("event a\nevent b\nstate s while a happened & b happened;", "event a\nevent b\nstate s while a happened  and  b happened"),
        ("state peace\nstate s while peace holds", "state peace\nstate s while peace "),
        ("group g is FRA, gbr", "group g is FRA, GBR"),
        ('event a\n  source "paris-declaraton#P2" "x"', 'event a\n  source "paris-declaration#P2" "x"'),
        ("event a\u00a0accepted from FRA", "event a accepted from FRA"),
        ('question q "?"\n  reading strict\nstate s on reading stritc while a', None),
        ("group domains is land\nstate s while offer(FRA, land) is at least anounced", None),
    ],
)
def test_what_can_only_have_been_meant_in_one_way_is_mended(before: str, after: str | None) -> None:
    found, number = mended(before)
    assert number
    assert found == (after or before.replace("stritc", "strict").replace("anounced", "announced"))


@pytest.mark.parametrize(
    "body",
    [
        "state phase_1\nstate s while phase_2",
        "state s while GRB",
        "event e(p: FRA)",
        "event a\nstate attacked\nstate s while attackd happened",  # the nearest name is a state, and an event should stand here
        'event a "not closed',
        "event until",
        "state peace \u202e\nstate s while peace",
    ],
)
def test_what_people_have_to_decide_is_left(body: str) -> None:
    assert mended(body) == (body, 0)


@pytest.mark.parametrize("path", documents("bad"), ids=lambda path: path.stem)
def test_no_fix_changes_a_sound_declaration_of_a_bad_document(path: object) -> None:
    unharmed(path.read_text("utf-8"))  # type: ignore[attr-defined]  # a path


@settings(max_examples=40, deadline=None)
@example(seed=3649671, slips=2)
@given(st.integers(0, 2**32), st.integers(1, 4))
def test_no_fix_changes_a_sound_declaration(seed: int, slips: int) -> None:
    chance = Random(seed)
    text = document(seed, comments=False)
    for _ in range(slips):
        at = chance.randrange(text.index("```aval") + 8, text.rindex("```") - 2)
        text = text[:at] + chance.choice((text[at + 1] + text[at], "", text[at] * 2, "e" + text[at], ";", "&")) + text[at + 2 :]
    unharmed(text)


def unharmed(content: str) -> None:
    """What was sound before mending says the same after it, unless a fix stands in it; and mending ends."""
    before = Text(path="x.md", content=content)
    made = mend([before], SOURCES)
    lines = {one.fix.span.line for one in made.fixed if one.fix}
    old, told = read_agreements([before], SOURCES)
    new, left = read_agreements(made.texts, SOURCES)
    for name, declared in old.declarations.items():
        assert name in new.declarations
        inside = lines & set(range(declared.meta.span.line, declared.meta.span.end_line + 1))
        assert inside or same(declared, new.declarations[name])
    assert bool(made.fixed) == (made.texts != (before,))
    places = {(one.message, one.span) for one in left}  # the same slip can stand in two places, one of them beyond mending
    assert not made.fixed or places != {(one.message, one.span) for one in told}


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32))
def test_a_sound_document_is_left_alone(seed: int) -> None:
    text = Text(path="x.md", content=document(seed))
    assert mend([text], ("paris-declaration",)).texts == (text,)


@given(st.text("abB_1", min_size=1, max_size=6), st.lists(st.text("abB_1", min_size=1, max_size=7), max_size=20))
def test_one_slip_is_found_among_many_words_as_among_few(word: str, known: list[str]) -> None:
    others = {f"{'z' * 20}{number}" for number in range(300)}
    for closed in (False, True):
        assert sure(word, {*known}, closed=closed) == sure(word, {*known, *others}, closed=closed)


def test_only_the_documents_that_are_meant_are_mended() -> None:
    texts = [Text(path=name, content=f"```aval\nagreement {name[0]}\nevnt e{name[0]}\n```\n") for name in ("a.md", "b.md")]
    made = mend(texts, only=["b.md"])
    assert [text.content.count("evnt") for text in made.texts] == [1, 0]


def test_many_mistakes_take_no_time() -> None:
    body = "\n".join(f"evnt event_{number} acepted from FRA" for number in range(400))
    assert mended(body)[1] == 800
