"""Whatever stands in a file, the reader answers with statements or with problems, never with an exception."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from aval.evidence.decode import decode
from aval.evidence.folder import open_folder, path_fault
from aval.evidence.manifest import read_manifest
from aval.model.case import Text
from tests.evidence.test_csv import HEADER, ROW
from tests.evidence.test_manifest import GOOD
from tests.evidence.world import line, read

PIECES = some.sampled_from(
    [
        *"{}[]\",:;=#\n\t \\'",
        "\ud800",
        "\u202e",
        "\x1b",
        '\\"',
        "\\u0000",
        "null",
        "1e5",
        "NaN",
        "true",
        "-0",
        "2026-13-40",
        '"""',
        "withdraws",
    ]
)


@some.composite
def damaged(draw: some.DrawFn, whole: str) -> str:
    """A good text with a few places overwritten, or cut out."""
    for _ in range(draw(some.integers(1, 4))):
        at, cut = draw(some.integers(0, len(whole))), draw(some.integers(0, 6))
        whole = whole[:at] + draw(some.one_of(PIECES, some.text(max_size=3))) + whole[at + cut :]
    return whole


@given(damaged("\n".join([line(label="a"), line(label="b", note="x", withdraws=["label:a"], through=["a"])])))
def test_damaged_jsonl(content: str) -> None:
    statements, problems = read(content)
    assert problems or statements or not content.strip()
    assert all(problem.message.isprintable() for problem in problems)


@given(damaged(f"{HEADER},through,note\n{ROW},a; b,x\n{ROW},,"))
def test_damaged_csv(content: str) -> None:
    statements, problems = read(content, path="{}.csv")
    assert problems or statements or "\n" not in content.strip()
    assert all(problem.message.isprintable() for problem in problems)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=damaged(GOOD))
def test_damaged_manifest(tmp_path: Path, content: str) -> None:
    (tmp_path / "aval.toml").write_bytes(content.encode("utf-8", "surrogatepass"))
    manifest, problems = read_manifest(open_folder(tmp_path))
    assert (manifest is None) is bool(problems)
    assert all(problem.message.isprintable() for problem in problems)


@given(some.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    text = decode(data, "x.jsonl")
    if isinstance(text, Text):
        assert "\r\n" not in text.content
        read(text.content)
        read(text.content, path="{}.csv")


@given(some.text(max_size=30))
def test_any_path(relative: str) -> None:
    assert isinstance(path_fault(relative), str)
