from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from aval.render.json import PROBLEMS as PROBLEMS_SCHEMA
from aval.render.json import SCHEMAS, as_bytes, document, dumps, problems_document, schema_of
from tests.render.samples import ANSWERS, PROBLEMS, STATUS

ROOT = Path(__file__).parents[2]
NAMES = [*SCHEMAS.values(), PROBLEMS_SCHEMA]


def properties(schema: Any) -> Iterator[str]:  # noqa: ANN401  whatever JSON has
    """Every property that a schema names, wherever."""
    if isinstance(schema, dict):
        found = schema.get("properties")
        yield from found if isinstance(found, dict) else ()
        yield from (name for part in schema.values() for name in properties(part))


def objects(schema: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401  whatever JSON has
    if isinstance(schema, dict):
        if "properties" in schema and "type" in schema:
            yield schema
        yield from (one for part in schema.values() for one in objects(part))


@pytest.mark.parametrize("name", ANSWERS)
def test_a_document_keeps_its_schema(name: str) -> None:
    made = document(ANSWERS[name])
    Draft202012Validator(schema_of(made["schema"])).validate(made)


def test_problems_keep_their_schema() -> None:
    made = problems_document(PROBLEMS)
    Draft202012Validator(schema_of(made["schema"])).validate(made)


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_a_schema_and_leaves_nothing_open(name: str) -> None:
    schema = schema_of(name)
    Draft202012Validator.check_schema(schema)
    for one in objects(schema):
        assert one["additionalProperties"] is False
        assert one["required"] == list(one["properties"])


@pytest.mark.parametrize("name", NAMES)
def test_every_field_is_documented(name: str) -> None:
    page = (ROOT / "docs" / "answers.md").read_text("utf-8")
    assert f"## {name}" in page
    assert [field for field in properties(schema_of(name)) if f"| `{field}` |" not in page] == []


def test_a_document_begins_with_its_schema_and_its_view() -> None:
    made = document(STATUS)
    assert list(made)[:3] == ["schema", "view", "computed_from"]
    assert list(made["view"])[:4] == ["at", "known", "recorded", "readings"]
    assert list(made["items"][0])[:2] == ["term", "kind"]


@pytest.mark.parametrize("name", ANSWERS)
def test_a_document_is_utf8_without_floats_and_the_same_every_time(name: str) -> None:
    def no_float(text: str) -> float:
        raise AssertionError(text)

    written = dumps(ANSWERS[name])
    assert json.loads(written.decode(), parse_float=no_float) == document(ANSWERS[name])
    assert written == dumps(ANSWERS[name])
    assert written.endswith(b"}\n")


def test_pairs_have_names() -> None:
    made = document(STATUS)
    bounded = next(item for item in made["items"] if item["bounds"])
    assert bounded["bounds"] == {"earliest": "2025-09-01", "latest": "2025-09-30"}
    assert made["questions"][0]["readings"][0] == {
        "name": "any_attack",
        "label": "in case of a renewed Russian attack",
        "anchors": ["report-2026-01-06#P6"],
    }


def test_a_range_is_shaped_as_an_editor_wants_it() -> None:
    made = problems_document(PROBLEMS)["problems"]
    assert made[0]["range"] is None
    assert made[2]["range"] == {"start": {"line": 11, "character": 8}, "end": {"line": 11, "character": 16}}
    assert made[2]["related"][0]["range"]["start"] == {"line": 3, "character": 6}


def test_letters_stay_letters() -> None:
    assert "Türkiye" in dumps(STATUS).decode()
    assert as_bytes({"a": "\u202e"}) == b'{\n  "a": "\\u202e"\n}\n'
