"""Hostile sizes: memory and time stay bounded. A limit on the address space of a process of its own is what shows it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from aval.evidence.hidden import find_hidden
from tests.evidence.world import fields, line, read

MEMORY = 200 * 1024**2

READ = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]), int(sys.argv[2])))
from pathlib import Path
from aval.evidence.folder import open_folder
from aval.model.problem import Problem
result = open_folder(Path(sys.argv[1])).read("statements.jsonl")
assert isinstance(result, Problem), type(result)
peak = [line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(result.code.code, result.span.line, int(peak[0]) // 1024)
"""


def test_a_line_of_100_mb_costs_no_memory(tmp_path: Path) -> None:
    (tmp_path / "aval.toml").touch()
    with (tmp_path / "statements.jsonl").open("w") as file:
        file.write(line() + '\n{"note": "')
        for _ in range(100):
            file.write("x" * 1024**2)
        file.write('"}\n')
    run = subprocess.run([sys.executable, "-c", READ, str(tmp_path), str(MEMORY)], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    code, number, megabytes = run.stdout.split()
    assert (code, number) == ("AV110", "2")
    assert int(megabytes) < 40


def test_the_limit_would_see_a_line_that_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "line").write_bytes(b"x" * 100 * 1024**2)
    whole = READ.split("from pathlib", maxsplit=1)[0] + "text = open(sys.argv[1], 'rb').read().decode()\n"
    run = subprocess.run([sys.executable, "-c", whole, str(tmp_path / "line"), str(MEMORY)], capture_output=True, text=True, check=False)
    assert "MemoryError" in run.stderr


@pytest.mark.parametrize(
    "content",
    [
        "[" * 10_000,
        '{"a":' * 10_000,
        "[" * 1_000_000,
        "]" * 1_000_000,
        '{"a": "' + "[" * 900_000 + '"',
        '"' + '\\"' * 500_000,
        '"' + "\\" * 999_999,
        '{"a": ' + "1" * 1_000_000 + "}",
        '{"a": ' + "1" * 1_000_000 + ".5}",
        "{" + ",".join(f'"k{n}": 1' for n in range(70_000)) + "}",
        '{"' + "a" * 1_000_000 + '": 1}',
        '{"says": "' + "x" * 1_000_000 + '"}',
        '{"through": [' + ",".join(['"x"'] * 100_000) + "]}",
        '{"term": "' + "a(" * 100_000 + '"}',
        '{"when": "' + "since " * 100_000 + '"}',
        " " * 1_000_000 + "x",
        "\ud800" * 10_000,
    ],
    ids=lambda content: content[:12] + "…",
)
def test_a_hostile_line_is_refused_soon(content: str) -> None:
    start = time.process_time()
    statements, problems = read(content)
    assert statements == ()
    assert problems
    assert all(len(problem.message) < 1000 for problem in problems)
    assert time.process_time() - start < 2


def test_many_hostile_lines_are_refused_soon() -> None:
    start = time.process_time()
    read("\n".join(line(label=f"s{n}", term="comitted(FRN)", source="dpx", form="rumour") for n in range(3000)))
    assert time.process_time() - start < 5


def test_250_statements_are_read_in_60_ms() -> None:
    content = "\n".join(
        json.dumps(fields(label=f"s{n}", note=f"{n} ä", through=["a"], when="am Dienstag", area="rear")) for n in range(250)
    )
    read(content)  # what is compiled at first use is not what is measured
    times = []
    for _ in range(5):
        start = time.process_time()
        statements, _ = read(content)
        times.append(time.process_time() - start)
        assert len(statements) == 250
    assert min(times) < 0.06


def test_looking_for_hidden_characters_is_linear() -> None:
    start = time.process_time()
    assert find_hidden("\u00a0" * 10_000_000) is None
    assert time.process_time() - start < 2
