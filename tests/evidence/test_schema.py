"""The published schemas and the reader agree, on good samples and on bad ones."""

from __future__ import annotations

import json
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from aval.evidence.fields import FIELDS, MAX_ITEMS, MAX_LENGTHS, MAX_TEXT, REQUIRED
from aval.evidence.folder import open_folder
from aval.evidence.manifest import ENTRIES, SOURCE_ENTRIES, read_manifest
from aval.evidence.shape import BELONGS, NEEDS
from aval.model.statement import Firmness, Form, Grade, Rung, Says, Stance
from tests.evidence.shapes import STATEMENTS
from tests.evidence.world import fields, read


def schema(name: str) -> dict[str, Any]:
    loaded = json.loads(files("aval.evidence").joinpath("schema", name).read_text("utf-8"))
    assert isinstance(loaded, dict)
    return loaded


STATEMENT = schema("statement-1.json")
CASE = schema("case-1.json")
OF_STATEMENT = Draft202012Validator(STATEMENT)
OF_CASE = Draft202012Validator(CASE)

BAD: list[dict[str, object]] = [
    {"label": None},
    {"voice": " "},
    {"voice": 5},
    {"extra": "x"},
    {"recorded": "2026-01-06"},
    {"label": "a b"},
    {"label": "x" * 81},
    {"says": "hapened"},
    {"term": "in force"},
    {"term": "committed(FRA"},
    {"polarity": "maybe"},
    {"form": "rumour"},
    {"firmness": "agred"},
    {"grade": ""},
    {"said": "06.01.2026"},
    {"said": ""},
    {"when": None, "first": "2026-1"},
    {"first": "2026"},
    {"when": None, "wording": "long ago"},
    {"paragraph": "5"},
    {"paragraph": -1},
    {"through": "x"},
    {"through": [""]},
    {"through": [5]},
    {"through": ["x"] * 51},
    {"quote": "x" * 81},
    {"note": "x" * 2001},
    {"outlet": "x" * 401},
    {"note": None, "place": None, "outlet": None, "voice": "a\u202eb"},
    {"note": "a\x1bb"},
    {"conditions": ["a\u200bb"]},
    {"note": "\ud800"},
    {"rung": "announced"},
    {"stance": "supports"},
    {"throughout": "no"},
    {"low": "1", "unit": "x"},
    {"says": "amount", "term": "force_size"},
    {"says": "amount", "term": "force_size", "low": "1"},
    {"says": "amount", "term": "force_size", "low": "1,5", "unit": "persons"},
    {"says": "amount", "term": "force_size", "low": 2**53, "unit": "persons"},
    {"says": "amount", "term": "force_size", "unit": "persons"},
    {"says": "offers", "term": "offer(FRA, air)"},
    {"says": "offers", "term": "offer(FRA, air)", "rung": "announced", "polarity": "no"},
    {"says": "position", "term": "truce"},
    {"says": "position", "term": "truce", "stance": "supports", "firmness": "agreed"},
    {"says": "retracts", "when": None},
    {"says": "retracts", "withdraws": ["label:fra-1"]},
    {"withdraws": ["fra-1"]},
    {"withdraws": ["sha256:AB"]},
    {"form": "circles"},
    {"form": "editor"},
    {"value": "major"},
    {"visibility": "members"},
    {"visibility": None, "note": None, "outlet": None, "area": 7},
]


def test_both_are_schemas() -> None:
    for one in (STATEMENT, CASE):
        Draft202012Validator.check_schema(one)
        assert one["$id"].startswith("urn:aval:")
        assert one["additionalProperties"] is False


def test_the_schema_has_the_fields_and_words_of_the_reader() -> None:
    properties = STATEMENT["properties"]
    assert tuple(properties) == FIELDS
    assert tuple(STATEMENT["required"]) == REQUIRED
    kinds = {"says": Says, "form": Form, "firmness": Firmness, "grade": Grade, "rung": Rung, "stance": Stance}
    for key, kind in kinds.items():
        assert [word for word in properties[key]["enum"] if word] == [word.value for word in kind if word is not Form.SUPPOSED]
    lengths = {key: properties[key]["maxLength"] for key in MAX_LENGTHS if "maxLength" in properties[key]}
    assert lengths.items() <= MAX_LENGTHS.items()
    assert properties["voice"]["maxLength"] == MAX_TEXT
    assert properties["through"]["anyOf"][1]["maxItems"] == MAX_ITEMS
    assert tuple(CASE["properties"]) == tuple(sorted(ENTRIES, key=list(CASE["properties"]).index))
    assert set(CASE["$defs"]["source"]["properties"]) == set(SOURCE_ENTRIES)


def test_the_schema_has_the_rules_of_each_kind_of_claim() -> None:
    ruled = {
        key: rule["if"]["properties"]["says"]["enum"] for rule in STATEMENT["allOf"][: len(BELONGS)] for key in rule["then"]["properties"]
    }
    assert ruled == {key: [says.value for says in Says if says not in kinds] for key, kinds in BELONGS.items()}
    needed = STATEMENT["allOf"][len(BELONGS) : len(BELONGS) + len(NEEDS)]
    assert {rule["if"]["properties"]["says"]["const"] for rule in needed} == {says.value for says in NEEDS}


@given(STATEMENTS)
def test_what_is_good_is_good_for_both(values: dict[str, object]) -> None:
    assert list(OF_STATEMENT.iter_errors(values)) == []
    assert read(json.dumps(values))[1] == ()


@pytest.mark.parametrize("changes", BAD, ids=repr)
def test_what_is_bad_is_bad_for_both(changes: dict[str, object]) -> None:
    values = fields(**changes)
    assert not OF_STATEMENT.is_valid(values)
    assert read(json.dumps(values))[0] == ()


GOOD_CASE = """
schema = "aval.case/1"
title = "Paris"
zone = "Europe/Paris"
agreements = ["agreements/a.md"]
statements = ["statements/a.jsonl", "statements/b.csv"]
headlines = ["in_force", "in_force(FRA)"]

[sources.dpa-2025-09-04]
kind = "report"
title = "A report"
date = "2025-09-04"
url = "https://example.org/a"
paragraphs = 12
"""


def both_say(tmp_path: Path, content: str) -> bool:
    """What schema and reader say of a manifest, which must be the same."""
    (tmp_path / "aval.toml").write_text(content, "utf-8")
    manifest, problems = read_manifest(open_folder(tmp_path))
    assert (manifest is None) is bool(problems)
    assert OF_CASE.is_valid(tomllib.loads(content)) is (manifest is not None)
    return manifest is not None


def test_a_good_manifest_is_good_for_both(tmp_path: Path) -> None:
    assert both_say(tmp_path, GOOD_CASE)
    assert both_say(tmp_path, 'schema = "aval.case/1"\ntitle = "T"\nzone = "UTC"\n')


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("aval.case/1", "aval.case/2"),
        ('title = "Paris"', ""),
        ('title = "Paris"', 'title = " "'),
        ('title = "Paris"', "title = 5"),
        ('title = "Paris"', 'titel = "Paris"'),
        ('"agreements/a.md"', '"../a.md"'),
        ('"agreements/a.md"', '"/a.md"'),
        ('"agreements/a.md"', '"C:/a.md"'),
        ('"agreements/a.md"', '"a//b.md"'),
        ('"agreements/a.md"', '"./a.md"'),
        ('"agreements/a.md"', "'a\\b.md'"),
        ('"agreements/a.md"', '"a.txt"'),
        ('"agreements/a.md"', '"a.md", "a.md"'),
        ('["agreements/a.md"]', '"agreements/a.md"'),
        ("b.csv", "b.json"),
        ("in_force(FRA)", "in force"),
        ("dpa-2025-09-04", "DPA"),
        ('"report"', '"article"'),
        ('title = "A report"', ""),
        ("2025-09-04", "4.9.2025"),
        ("https:", "javascript:"),
        ("paragraphs = 12", "paragraphs = -1"),
        ("paragraphs = 12", 'paragraphs = "12"'),
        ("paragraphs = 12", 'sha256 = "ab"'),
        ("paragraphs = 12", 'colour = "red"'),
        ("paragraphs = 12", 'note = "a\\u202eb"'),
        ("paragraphs = 12", 'language = "deutsch!"'),
    ],
)
def test_a_bad_manifest_is_bad_for_both(tmp_path: Path, old: str, new: str) -> None:
    assert old in GOOD_CASE
    assert not both_say(tmp_path, GOOD_CASE.replace(old, new))
