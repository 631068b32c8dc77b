"""What everything leans on stays as it is: versions, ids, schema names, one spelling (docs/decisions 1 to 11)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from pathlib import Path

import aval
from aval.engine.budget import DEFAULT_STEPS
from aval.engine.operators import OPERATORS
from aval.language.read import read_agreements
from aval.model.case import Text
from aval.model.columns import Frame, Moments, Spans
from aval.model.view import View
from tests.engine.support import agreements, statements

ROOT = Path(__file__).resolve().parents[2]
PARIS = ROOT / "cases" / "paris"


def test_an_agreements_version_is_the_hash_of_its_whole_text() -> None:
    case = aval.open(PARIS)
    by_path = {document.meta.span.path: document.version for document in case.agreements.documents}
    assert len(by_path) == len(case.manifest.agreements)
    for path, version in by_path.items():
        assert version == "sha256:" + hashlib.sha256(Path(path).read_bytes()).hexdigest()


def test_line_ends_do_not_change_a_version_and_a_comma_does() -> None:
    text = '# T\n\nProse, here.\n\n```aval\nagreement t "T"\n```\n'
    versions = []
    for content in (text, text.replace(", ", " ")):
        found, problems = read_agreements([Text(path="t.md", content=content)])
        assert not problems
        versions.append(found.documents[0].version)
    assert versions[0] != versions[1]
    assert versions[0] == "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def test_a_claim_has_the_id_it_always_had() -> None:
    found = agreements('event begins "it begins"')
    row = {"term": "begins", "when": "2026-01-06", "said": "2026-01-06", "voice": "A voice", "form": "quoted", "grade": "high"}
    (told,) = statements(found, [row])
    written = (
        '{"first":"2026-01-06","form":"quoted","grade":"high","last":"2026-01-06","said":"2026-01-06","says":"happened",'
        '"source":"paper","term":"begins","voice":"A voice"}'
    )
    assert told.id == "sha256:" + hashlib.sha256(b"aval.statement/1\n" + written.encode()).hexdigest()


def test_the_coordinates_of_a_view_are_these() -> None:
    assert [field.name for field in fields(View)] == ["at", "known", "recorded", "readings", "suppositions", "viewer"]


def test_answers_name_their_schema() -> None:
    case = aval.open(PARIS)
    answers = {
        "aval.status/1": case.status(known="2026-01-07").json(),
        "aval.why/1": case.why("ceasefire", known="2026-01-07").json(),
        "aval.owed/1": case.owed(known="2026-01-07").json(),
        "aval.diverge/1": case.diverge(known="2026-01-07").json(),
        "aval.changed/1": case.changed(start="2025-09-05", end="2026-01-07").json(),
    }
    for schema, document in answers.items():
        assert json.loads(document)["schema"] == schema


def test_an_item_has_the_fields_that_programs_were_promised() -> None:
    document = json.loads(aval.open(PARIS).status(known="2026-01-07").json())
    item = next(one for one in document["items"] if one["term"] == "in_force(FRA)")
    assert {"term", "kind", "value", "since", "bounds", "because", "source"} <= set(item)
    assert (item["kind"], item["value"]) == ("state", "no")
    assert {"at", "known", "recorded", "readings"} <= set(document["view"])


def test_columns_have_a_run_axis_and_provenance() -> None:
    assert Frame((), runs=3).size == 3
    assert [field.name for field in fields(Spans)] == ["key", "start", "end"]
    assert [field.name for field in fields(Moments)] == ["frame", "key", "lo", "hi", "cause"]


def test_every_operator_computes_and_explains() -> None:
    assert len({operator.node for operator in OPERATORS}) == len(OPERATORS)
    for operator in OPERATORS:
        assert callable(operator.compute)
        assert callable(operator.explain)


def test_the_default_budget_is_a_number_of_steps() -> None:
    assert DEFAULT_STEPS == 200_000_000
