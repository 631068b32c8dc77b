"""What was acknowledged is there, on PostgreSQL as on SQLite: clients that are killed, servers that crash, writers at once (TRUST R1, R8).

`tests/ledger/test_durable.py` kills on SQLite.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest

import aval
from aval.evidence.ledger.entry import Act, Kind
from aval.evidence.ledger.ledger import open_ledger
from aval.evidence.ledger.place import Pointer
from aval.model.problem import Fault
from tests.cli.run import ROOT, environ
from tests.ledger.cases import make, row, take, write
from tests.ledger.test_durable import killed
from tests.stores.lodging import BACKENDS, labels, lodge, rows, sound
from tests.stores.server import Server

KILLS = int(os.environ.get("AVAL_KILLS", "10"))
CRASHES = max(2, KILLS // 5)
WRITERS, TURNS = 8, 12


def environment() -> dict[str, str]:
    return environ(PYTHONPATH=f"{ROOT / 'src'}{os.pathsep}{ROOT}")


def test_a_killed_client_leaves_the_ledger_whole(tmp_path: Path, server: Server, pointer: Pointer) -> None:
    random = Random(12)
    folder = lodge(make(tmp_path), pointer)
    acknowledged = 0
    command = [sys.executable, "-m", "tests.ledger.recorder", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as recorder:
        for _ in range(KILLS):
            acknowledged = max(acknowledged, killed(recorder, random.uniform(0.1, 1.0)))
            there = labels(folder, server)
            assert {f"s{number}" for number in range(acknowledged)} <= there
            assert sound(folder, server)
            assert not there or len(aval.open(folder).statements) == len(labels(folder, server))
    assert acknowledged
    print(f"{KILLS} kills of a client, {acknowledged} acknowledged, none lost")


def test_a_server_that_crashes_has_what_it_acknowledged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The postmaster and its children end at once, as on SIGQUIT, and come back by the write-ahead log alone."""
    random, server = Random(13), Server()
    try:
        monkeypatch.setenv("PGSERVICEFILE", str(server.services))
        folder = lodge(make(tmp_path), Pointer("writer", "crashing"))
        acknowledged, refused = 0, 0
        for _ in range(CRASHES):
            with ThreadPoolExecutor(1) as pool:
                told = pool.submit(_record_until_it_fails, folder, acknowledged)
                time.sleep(random.uniform(0.2, 1.0))
                server.stop(signal.SIGQUIT)
                acknowledged, code = told.result()
            refused += code in ("AV451", "AV452", "AV458")
            server.start()
            assert {f"s{number}" for number in range(acknowledged)} <= labels(folder, server)
            assert sound(folder, server)
        assert acknowledged
        assert refused == CRASHES
    finally:
        server.remove()
    print(f"{CRASHES} crashes of a server, {acknowledged} acknowledged, none lost")


def _record_until_it_fails(folder: Path, known: int) -> tuple[int, str]:
    told = [row(f"s{number}", note=str(number)) for number in range(known)]
    while True:
        number = len(told)
        told.append(row(f"s{number}", note=str(number)))
        write(folder, *told)
        try:
            take(folder)
        except Fault as wrong:
            return number, wrong.problems[0].code.code


@pytest.mark.parametrize("backend", BACKENDS)
def test_writers_at_once_leave_no_gap(tmp_path: Path, request: pytest.FixtureRequest, backend: str) -> None:
    server: Server | None = request.getfixturevalue("server") if backend == "postgresql" else None
    folder = lodge(make(tmp_path, row("a")), request.getfixturevalue("pointer") if server else None)
    take(folder)
    start = len(rows(folder, server))

    def append(writer: int) -> list[tuple[int, int]]:
        ledger = open_ledger(folder, writing=True)
        receipts = []
        try:
            for turn in range(TURNS):
                with ledger.writing() as pen:
                    receipts.append(pen.next)
                    pen.write([Act(kind=Kind.FILE, id=f"sha256:{writer:032x}{turn:032x}", name=f"{writer} {turn} {n}") for n in range(3)])
        finally:
            ledger.close()
        return receipts

    with ThreadPoolExecutor(WRITERS) as pool:
        receipts = [receipt for found in pool.map(append, range(WRITERS)) for receipt in found]
    assert sound(folder, server)
    assert sorted(seq for seq, _ in receipts) == list(range(start + 1, start + 1 + 3 * WRITERS * TURNS, 3))
    assert set(receipts) <= set(rows(folder, server, what="seq, recorded"))


def test_several_imports_take_turns(tmp_path: Path, server: Server, pointer: Pointer) -> None:
    folder = lodge(make(tmp_path, *(row(f"s{number}", note=str(number)) for number in range(100))), pointer)
    runs = [
        subprocess.Popen([sys.executable, "-m", "aval", "import", str(folder)], cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL)
        for _ in range(4)
    ]
    assert [run.wait() for run in runs] == [0] * 4
    assert sound(folder, server)
    assert len([one for one in rows(folder, server, what="kind, name") if one[0] == "statement"]) == 100
