"""What was acknowledged is there: after kill -9, on a full disk, with several writers (TRUST R1, R4)."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import apsw
import pytest

import aval
from aval.evidence.ledger.sqlite import database
from aval.model.problem import Fault
from tests.cli.run import ROOT, environ
from tests.ledger.cases import entries, ledger_of, make, row, take, whole, write

KILLS = int(os.environ.get("AVAL_KILLS", "50"))
ENVIRONMENT = environ(PYTHONPATH=f"{ROOT / 'src'}{os.pathsep}{ROOT}")


def test_a_killed_recorder_leaves_the_ledger_whole(tmp_path: Path) -> None:
    random = Random(11)
    folder = make(tmp_path)
    acknowledged = 0
    command = [sys.executable, "-m", "tests.ledger.recorder", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as recorder:
        for _ in range(KILLS):
            acknowledged = max(acknowledged, killed(recorder, random.uniform(0.001, 0.15)))
            labels = {name for kind, name in entries(folder) if kind == "statement"} if ledger_of(folder).exists() else set()
            assert {f"s{number}" for number in range(acknowledged)} <= labels
            assert not labels or whole(folder)
            assert not labels or len(aval.open(folder).statements) == len(labels)
    assert acknowledged
    print(f"{KILLS} kills, {acknowledged} acknowledged, none lost")


def killed(recorder: subprocess.Popen[str], wait: float) -> int:
    """Start a child, kill it after a while, and give the last number that it said."""
    assert recorder.stdin is not None
    assert recorder.stdout is not None
    recorder.stdin.write("go\n")
    recorder.stdin.flush()
    said = [recorder.stdout.readline()]
    while not said[-1].startswith("child"):
        said.append(recorder.stdout.readline())
    time.sleep(wait)
    os.kill(int(said[-1].split()[1]), signal.SIGKILL)
    while said[-1] != "dead\n":
        said.append(recorder.stdout.readline())
    return max((int(line) for line in said if line.strip().isdigit()), default=0)


def test_a_full_disk_leaves_the_ledger_as_it_was(tmp_path: Path) -> None:
    folder = make(tmp_path, row("a"))
    take(folder)
    before = entries(folder, "*")
    write(folder, row("a"), *(row(f"s{number}", note="x" * 1500 + str(number)) for number in range(400)))
    full = "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    full += "resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000)); "
    full += "from aval.cli.main import main; main()"
    run = subprocess.run(
        [sys.executable, "-c", full, "import", str(folder)], cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 4, run.stderr
    assert "AV406" in run.stderr
    assert whole(folder)
    assert entries(folder, "*") == before
    assert take(folder).new == 400


def test_a_full_disk_while_the_ledger_is_made(tmp_path: Path) -> None:
    folder = make(tmp_path, row("a"))
    code = "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    code += "resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000)); from aval.cli.main import main; main()"
    run = subprocess.run(
        [sys.executable, "-c", code, "import", str(folder)], cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 4, run.stderr
    assert not ledger_of(folder).exists()
    assert take(folder).new == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    folder = make(tmp_path, row("a"))
    folder.chmod(0o500)
    with pytest.raises(Fault):
        take(folder)
    folder.chmod(0o700)


def test_several_writers_take_turns(tmp_path: Path) -> None:
    folder = make(tmp_path, *(row(f"s{number}", note=str(number)) for number in range(200)))
    runs = [
        subprocess.Popen([sys.executable, "-m", "aval", "import", str(folder)], cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.DEVNULL)
        for _ in range(6)
    ]
    assert [run.wait() for run in runs] == [0] * 6
    assert whole(folder)
    assert len([one for one in entries(folder) if one[0] == "statement"]) == 200


def test_a_command_that_waits_too_long_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PATIENCE", 50)
    folder = make(tmp_path, row("a"))
    take(folder)
    other = apsw.Connection(str(ledger_of(folder)))
    other.execute("BEGIN IMMEDIATE")
    write(folder, row("a"), row("b", note="x"))
    with pytest.raises(Fault) as wrong:
        take(folder)
    other.close()
    assert wrong.value.problems[0].code.code == "AV407"
    assert take(folder).new == 1


def test_the_limit_that_the_tests_use_is_there() -> None:
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 0
