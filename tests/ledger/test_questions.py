"""`aval record` in a terminal: each answer is checked when it is given, and nobody types twice."""

from __future__ import annotations

import json
import os
import pty
import select
import sys
from pathlib import Path

import pytest

from aval.workspace.desk import open_desk, pick
from tests.cli.run import ROOT, environ
from tests.ledger.cases import BASE, MANIFEST, make, row


def talk(folder: Path, answers: list[str], *flags: str) -> tuple[str, int]:
    """Sit at a terminal and answer each question once it stands there; give what was on the screen, and the exit code."""
    child, screen = pty.fork()
    if child == 0:
        os.chdir(ROOT)
        command = [sys.executable, "-m", "aval", "record", str(folder), "--plain", *flags]
        os.execve(sys.executable, command, environ(COLUMNS="80"))  # noqa: S606  no shell
    told, left = b"", list(answers)
    while True:
        ready, _, _ = select.select([screen], [], [], 20)
        assert ready, told.decode()
        try:
            piece = os.read(screen, 4096)
        except OSError:  # the other end has gone
            break
        told += piece
        if left and told.endswith(b": "):
            os.write(screen, f"{left.pop(0)}\n".encode())
    os.close(screen)
    return told.decode().replace("\r\n", "\n"), os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def last(folder: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((folder / "statements" / "a.jsonl").read_text("utf-8").splitlines()[-1])
    return found


def test_a_person_is_asked_for_what_is_needed(tmp_path: Path) -> None:
    folder = make(tmp_path, row("a"))
    answers = ["hap", "truce_begins", "2026-01-08", "2026-01-09", "Jane Doe", "FRA", "unn", "high", "paper", "3", "it's so"]
    screen, code = talk(folder, answers)
    assert code == 0, screen
    assert "new statement" in screen
    told = {"says": "happened", "term": "truce_begins", "when": "2026-01-08", "said": "2026-01-09", "voice": "Jane Doe"}
    told |= {"speaks_for": "FRA", "form": "unnamed official", "grade": "high", "source": "paper", "quote": "it's so"}
    assert {**told, "label": "FRA-2026-01-09", "paragraph": 3} == last(folder)


def test_a_wrong_answer_is_asked_again_at_once(tmp_path: Path) -> None:
    folder = make(tmp_path, row("a"))
    answers = ["h", "happened", "truce_begin", "truce_begins", "", "tomorow", "2026-01-09", "", "Jane", "FRB", "FRA"]
    answers += ["reported", "top", "medium", "?", "paper", "x", "", ""]
    screen, code = talk(folder, answers)
    assert code == 0, screen
    assert "That can be happened, holds." in screen
    assert 'Did you mean "truce_begins"?' in screen
    assert '"tomorow" is no date.' in screen
    assert 'Did you mean "FRA"?' in screen
    assert "A question mark lists them all." in screen
    assert "  paper\n" in screen
    assert "`paragraph` is a whole number" in screen
    assert last(folder)["speaks_for"] == "FRA"


def test_what_was_typed_is_not_lost_where_it_does_not_fit_together(tmp_path: Path) -> None:
    folder = make(tmp_path, row("a"))
    before = (folder / "statements" / "a.jsonl").read_bytes()
    flags = [f"--{name.replace('_', '-')}={value}" for name, value in BASE.items() if name not in ("when", "said")]
    screen, code = talk(folder, ["2027-01-01", "2026-01-09", "", "", "it's"], *flags)
    assert code == 3
    assert "AV323" in screen
    assert "--when 2027-01-01 --said 2026-01-09 --quote 'it'\"'\"'s'" in screen
    assert (folder / "statements" / "a.jsonl").read_bytes() == before


def test_nobody_is_asked_in_vain(tmp_path: Path) -> None:
    screen, code = talk(make(tmp_path, row("a", grade="great")), [])
    assert (code, "AV" in screen, "What kind" in screen) == (3, True, False)


@pytest.mark.parametrize(
    ("text", "found"),
    [("report", "reported"), ("REPORTED", "reported"), ("in", "in"), ("r", ""), ("", ""), ("zzz", "")],
)
def test_a_beginning_is_enough(text: str, found: str) -> None:
    options = ("reported", "refused", "in", "intent signed")
    assert pick(text, options)[0] == found
    assert bool(pick(text, options)[1]) is (not found)


def test_the_desk_looks_at_one_field_at_a_time(tmp_path: Path) -> None:
    desk = open_desk(make(tmp_path, row("a"), manifest=MANIFEST))
    assert (desk.files, desk.sources) == (("statements/a.jsonl",), ("paper",))
    assert desk.fault("term", "truce", {"says": "happened"}) != ""
    assert desk.fault("term", "truce", {"says": "holds"}) == ""
    assert desk.fault("voice", "a\x1b[31mb", {}) != ""
    assert desk.fault("paragraph", 1, {"source": "paper"}) == ""
