"""Public vectors: JSONTestSuite, naughty strings, RFC 8785. They lie beside the repository, and are never copied into it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import rfc8785

from aval.evidence.decode import decode
from aval.evidence.hidden import find_hidden
from aval.evidence.strict import read_object
from aval.model.case import Text
from tests.evidence.world import fields, line, read

VECTORS = Path(__file__).parents[2].parent / "shared" / "vectors"
pytestmark = pytest.mark.skipif(not VECTORS.is_dir(), reason="the public vectors do not lie beside the repository, in ../shared/vectors")


def found(pattern: str) -> list[Path]:
    return sorted(VECTORS.glob(pattern))


@pytest.mark.parametrize("path", found("JSONTestSuite/*/*.json"), ids=lambda path: path.name)
def test_no_json_breaks_the_reader(path: Path) -> None:
    text = decode(path.read_bytes(), path.name)
    if not isinstance(text, Text):
        assert text.code.code in ("AV111", "AV112")
        assert not path.name.startswith("y_")
        return
    for each in text.content.split("\n"):
        result = read_object(each)
        if path.name.startswith("n_") and "\n" not in text.content.strip():
            assert not isinstance(result, dict), each
    statements, problems = read(text.content)
    assert statements == ()
    assert problems or not text.content.strip()


def naughty() -> list[str]:
    path = VECTORS / "blns" / "blns.json"
    loaded = json.loads(path.read_text("utf-8")) if path.is_file() else []
    return [str(text) for text in loaded]


@pytest.mark.parametrize(
    "key", ["voice", "note", "label", "term", "when", "said", "source", "speaks_for", "through", "withdraws", "low", "form"]
)
def test_no_naughty_string_breaks_a_field(key: str) -> None:
    for text in naughty():
        value: object = [text] if key in ("through", "withdraws") else text
        statements, problems = read(line(**{key: value}))
        assert bool(statements) is not bool(problems)
        assert all(problem.message.isprintable() for problem in problems), text
        assert all(find_hidden(problem.hint) is None for problem in problems), text


def test_what_is_taken_of_the_naughty_strings_hides_nothing() -> None:
    taken = [statements[0].note for text in naughty() if (statements := read(line(note=text))[0])]
    assert len(taken) > 300
    assert all(find_hidden(text) is None for text in taken)


def test_no_naughty_string_breaks_csv_or_a_name() -> None:
    for text in naughty():
        assert read(text, path="{}.csv")[0] == ()
        read(json.dumps({**fields(), text: "x"}))
        read(text)


@pytest.mark.parametrize("path", found("jcs-rfc8785/testdata/input/*.json"), ids=lambda path: path.name)
def test_the_canonical_bytes_are_those_of_the_rfc(path: Path) -> None:
    wanted = path.parents[1] / "output" / path.name
    assert rfc8785.dumps(json.loads(path.read_text("utf-8"))) == wanted.read_bytes()
