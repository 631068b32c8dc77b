"""The headline says how it stands with what the case puts first, whatever kind of thing that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from aval.answers.status import status
from tests.engine.support import Row, inquiry

TEXT = (
    'party P1 "Netherlands"\nparty P2 "France"\ngroup members is P1, P2\n'
    'question start_day "When?"\n  reading soon "soon"\n  reading late "late"\n'
    'event signed "the treaty is signed"\n  legal act\n'
    'event deposit(s: members) "s deposits its instrument"\n  constitutive\n'
    'event quarrel(by: members) "a quarrel is begun"\n  accepted from by\n'
    'moment adoption "Adoption Day" is 1 month after signed\n'
    'moment disputed "Opening Day"\n  on reading soon means 1 day after signed\n  on reading late means 1 year after signed\n'
    'state in_force "it is in force"\n  from adoption\n  until 1 year after signed\n'
    'state open_now "it is open"\n  from disputed\n'
    'state calm "it is calm"\n'
    'state bound(s: members) "s is bound"\n  from deposit(s)\n'
    'state quiet(by: members) "it is quiet"\n'
    'duty act(s: members) "s acts": s owes P2 deposit(s)\n  when signed\n'
)
SIGNED: Row = {"term": "signed", "when": "2026-01-10"}


def headline(first: str, rows: Sequence[Row], at: str) -> str:
    asked = inquiry(TEXT, rows, at=at, known="2027-12-31")
    return status(replace(asked, manifest=replace(asked.manifest, headlines=(first,)))).headline.partition(" Missing")[0]


def holds(term: str, *, polarity: str = "yes", voice: str = "one") -> Row:
    return {
        "says": "holds",
        "term": term,
        "first": "2026-01-01",
        "last": "2026-12-01",
        "said": "2026-12-02",
        "polarity": polarity,
        "voice": voice,
    }


@pytest.mark.parametrize(
    ("first", "rows", "at", "words"),
    [
        ("adoption", [SIGNED], "2026-01-20", "Adoption Day: 2026-02-10, which is still to come."),
        ("adoption", [SIGNED], "2026-03-01", "Adoption Day: 2026-02-10, which has come."),
        ("adoption", [], "2026-03-01", "Nothing that is told sets the day: Adoption Day."),
        ("disputed", [SIGNED], "2026-03-01", "It depends on a reading when it comes: Opening Day."),
        ("in_force", [SIGNED], "2026-03-01", "It is in force."),
        ("in_force", [SIGNED], "2027-03-01", "Not so since 2027-01-10: it is in force."),
        ("in_force", [], "2026-03-01", "Not told to hold: it is in force."),
        ("open_now", [SIGNED], "2026-03-01", "It depends on a reading whether it is open."),
        ("calm", [], "2026-03-01", "It is open whether it is calm."),
        ("calm", [holds("calm"), holds("calm", polarity="no", voice="two")], "2026-06-01", "It is contested whether it is calm."),
        ("signed", [SIGNED], "2026-03-01", "It has happened: the treaty is signed."),
        ("bound", [], "2026-03-01", "Nobody is bound."),
        (
            "bound",
            [{"term": "deposit(P2)", "when": "2026-01-10"}],
            "2026-03-01",
            "France is bound. Not told to hold: the Netherlands is bound.",
        ),
        ("bound(P2)", [{"term": "deposit(P2)", "when": "2026-01-10"}], "2026-03-01", "France is bound."),
        ("act(P1)", [SIGNED], "2026-03-01", "The Netherlands acts: owed."),
    ],
)
def test_the_headline_fits_what_it_is_about(first: str, rows: Sequence[Row], at: str, words: str) -> None:
    assert headline(first, rows, at) == words


def test_the_headline_says_whom_a_label_without_a_place_is_about() -> None:
    rows = [holds("quiet(P2)")]
    assert headline("quiet", rows, "2026-06-01") == "It is quiet (France)."


def test_many_are_one_sentence_and_members_stand_apart_from_those_who_could_be() -> None:
    codes = [f"P{number}" for number in range(1, 10)]
    parties = "".join(f'party {code} "Country {code}"\n' for code in codes)
    text = (
        f"{parties}group countries is {', '.join(codes)}\ngroup club is P1, P2 and others not named among countries\n"
        'event pledged(g: club) "g binds itself"\n'
        'state bound(g: club) "g is bound"\n  while pledged(g) happened\n'
    )
    asked = inquiry(text, [], at="2026-03-01", known="2027-12-31")
    said = status(replace(asked, manifest=replace(asked.manifest, headlines=("bound",)))).headline
    assert said == (
        "It is open for Country P1, Country P2 and 7 that could be members whether the party is bound."
        " Missing for each: the party binds itself (open)."
    )
