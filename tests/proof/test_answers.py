"""What proofs say, on the screen and as JSON: every field described, nothing hostile shown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from aval.answers.proof import Keys, Signing, Verified
from aval.render.json import schema_of
from aval.render.proof import SCHEMAS, proof_document, proof_text
from aval.workspace import signing
from aval.workspace.proving import Demands, verify_bundle
from tests.cli.run import ROOT
from tests.proof.world import World, whole_world

PAGE = (ROOT / "docs" / "answers.md").read_text("utf-8")
COMMANDS = (ROOT / "docs" / "commands.md").read_text("utf-8")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return whole_world(tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="module")
def answers(world: World) -> dict[type, Keys | Signing | Verified]:
    seen = world.root / "first" / "checkpoint"
    return {
        Keys: signing.keys(world.case),
        Signing: signing.sign(world.case, world.key("FRA"), ["s1"], now=world.watch),
        Verified: verify_bundle(world.root / "bundle", Demands(trust=world.public("FRA"), seen=seen)),
    }


def objects(schema: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401  whatever JSON has
    if isinstance(schema, dict):
        if "properties" in schema:
            yield schema
        yield from (one for part in schema.values() for one in objects(part))


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_document_keeps_its_schema_and_every_field_is_told(kind: type, answers: dict[type, Keys | Signing | Verified]) -> None:
    made = proof_document(answers[kind])
    schema = schema_of(SCHEMAS[kind])
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(made)
    assert json.loads(json.dumps(made)) == made
    assert f"## {SCHEMAS[kind]}" in PAGE
    for one in objects(schema):
        assert one["additionalProperties"] is False
        assert one["required"] == list(one["properties"])
        assert [name for name in one["properties"] if f"| `{name}` |" not in PAGE] == []


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_page_is_narrow_and_plain(kind: type, answers: dict[type, Keys | Signing | Verified]) -> None:
    page = proof_text(answers[kind], plain=True)
    assert page.isascii()
    long = [line for line in page.splitlines() if len(line) > 80]
    assert all("aval.ledger/" in line or "+" in line for line in long)
    assert proof_text(answers[kind])


def test_the_pages(answers: dict[type, Keys | Signing | Verified]) -> None:
    page = proof_text(answers[Verified])
    assert "Cosigned by 1 organisation that you know: FRA." in page
    assert "(you do not know its key)" in page
    assert "each grown out of the one before" in page
    assert "not that it is\ntrue." in page
    assert "replaced by another key" in proof_text(answers[Keys])
    assert "Signed by FRA: 1 statement." in proof_text(answers[Signing])


def test_without_a_known_key_the_page_says_so(world: World) -> None:
    page = proof_text(verify_bundle(world.root / "bundle", Demands()))
    assert "No key was compared with one that you know" in page
    assert "Cosigned by 2 organisations: FRA, GBR." in page


def test_no_bundle_steers_a_terminal(tmp_path: Path) -> None:
    """A message shows what somebody wrote only as escapes."""
    from aval.evidence.proof.folder import open_bundle
    from aval.model.problem import Incorrect

    (tmp_path / "\x1b[31mred").write_text("x")
    with pytest.raises(Incorrect) as wrong:
        open_bundle(tmp_path)
    assert "\x1b" not in wrong.value.problems[0].message


@pytest.mark.parametrize("command", ["key", "sign", "checkpoint", "witness", "verify"])
def test_every_command_is_told(command: str) -> None:
    assert f"## aval {command}\n" in COMMANDS
