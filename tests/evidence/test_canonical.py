"""The canonical form and the content id: one claim, one id, however it was written."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from dataclasses import replace
from decimal import Decimal

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as some

from aval.evidence.canonical import canonical, canonical_bytes, content_id, plain
from aval.evidence.fields import FIELDS, LISTS
from aval.evidence.rows import guarded
from aval.model.problem import Span
from tests.evidence.shapes import STATEMENTS
from tests.evidence.world import fields, line, one, read, sound

GOLDEN = (
    b'{"first":"2026-01-06","form":"quoted","grade":"high","last":"2026-01-06","paragraph":5,"said":"2026-01-06","says":"happened",'
    b'"source":"dpa","speaks_for":"FRA","term":"committed(FRA)","voice":"Emmanuel Macron"}'
)


def test_the_bytes_and_the_id_of_one_statement_are_fixed_for_ever() -> None:
    assert canonical_bytes(one()) == GOLDEN
    assert one().id == "sha256:" + hashlib.sha256(b"aval.statement/1\n" + GOLDEN).hexdigest()
    assert one().id == "sha256:f4663c0cc7bf5658a3c831e3b790116dba61226db87482a9fef40962cae868fb"


def test_what_says_nothing_or_the_default_is_left_out() -> None:
    bare = one(polarity=None)
    changes: list[dict[str, object]] = [
        {"polarity": "yes"},
        {"note": ""},
        {"through": []},
        {"visibility": "public"},
        {"outlet": " "},
        {"area": ""},
    ]
    for empty in changes:
        assert one(**empty).id == bare.id


def test_label_and_place_are_no_part_of_the_claim() -> None:
    statement = one()
    assert content_id(replace(statement, label="other", span=Span("elsewhere", 9))) == statement.id
    assert one(label="other").id == statement.id


@pytest.mark.parametrize(
    "change",
    [
        {"polarity": "no"},
        {"when": "2026-01"},
        {"when": "am Dienstag"},
        {"when": None},
        {"said": "2026-01-07"},
        {"voice": "Macron"},
        {"speaks_for": None},
        {"through": ["x"]},
        {"outlet": "x"},
        {"form": "reported"},
        {"firmness": "done"},
        {"grade": "low"},
        {"source": "page"},
        {"paragraph": 6},
        {"quote": "x"},
        {"area": "rear"},
        {"place": "x"},
        {"conditions": ["x"]},
        {"note": "x"},
        {"term": "committed(GBR)"},
    ],
)
def test_any_other_change_is_another_claim(change: dict[str, object]) -> None:
    assert one(**change).id != one().id


def test_loose_spelling_is_the_same_claim() -> None:
    assert one(term=" committed( FRA )").id == one().id
    assert one(voice="E\u0301lyse\u0301e").id == one(voice="Élysée").id
    spread = json.dumps(fields(), indent=None, separators=(" , ", " : "))
    assert sound(spread)[0].id == one().id


def test_a_phrase_and_its_bounds_are_the_same_claim() -> None:
    by_hand = one(when=None, first="2026-01-06", last="2026-01-06", wording="am Dienstag")
    assert by_hand.id == one(when="am Dienstag").id


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("10", "10"),
        ("10.00", "10"),
        ("0010", "10"),
        ("-0", "0"),
        ("-0.00", "0"),
        ("00.50", "0.5"),
        ("-2.5", "-2.5"),
        ("1" + "0" * 29, "1" + "0" * 29),
    ],
)
def test_a_decimal_has_one_spelling(number: str, text: str) -> None:
    assert plain(Decimal(number)) == text


@given(some.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_the_one_spelling_keeps_the_number(number: Decimal) -> None:
    assert Decimal(plain(number)) == number
    assert plain(Decimal(plain(number))) == plain(number)


@given(STATEMENTS)
def test_a_statement_comes_back_from_its_canonical_form(values: dict[str, object]) -> None:
    statement = sound(json.dumps(values, ensure_ascii=False))[0]
    again = sound(json.dumps({"label": "again", **canonical(statement)}))[0]
    assert again.id == statement.id
    assert replace(again, label=statement.label, span=statement.span) == statement


@given(STATEMENTS)
def test_csv_says_the_same_as_jsonl(values: dict[str, object]) -> None:
    out = io.StringIO()
    writer = csv.DictWriter(out, FIELDS, lineterminator="\n")
    writer.writeheader()
    cells = {key: "; ".join(value) if key in LISTS and isinstance(value, list) else str(value) for key, value in values.items()}
    writer.writerow({key: guarded(cell) for key, cell in cells.items()})
    (from_csv,), problems = read(out.getvalue(), path="statements/{}.csv")
    assert problems == ()
    assert from_csv.id == sound(json.dumps(values))[0].id


@given(STATEMENTS)
def test_the_canonical_form_is_flat_and_says_something_everywhere(values: dict[str, object]) -> None:
    form = canonical(sound(json.dumps(values))[0])
    assert set(form) <= set(FIELDS) - {"when", "label"}
    assert all(form.values())
    assert json.loads(rfc8785.dumps(form)) == form
    assert canonical_bytes(sound(json.dumps(values))[0]) == rfc8785.dumps(form)


def test_the_order_of_fields_makes_no_difference() -> None:
    backwards = json.dumps(dict(reversed(fields().items())))
    assert sound(backwards)[0].id == sound(line())[0].id
