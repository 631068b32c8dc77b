"""How a command can end: every exit code, on the right stream, without a traceback."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import click
import pytest

from aval.cli.group import Commands
from aval.cli.main import main
from aval.model.problem import Fault, Incorrect, Unsupported
from tests.cli.run import PARIS, ROOT, aval, environ
from tests.render.samples import PROBLEMS

CLOSED_PIPE_LINES = 3


def ended(error: BaseException, *arguments: str) -> int:
    """Run a command that raises, and give its exit code."""

    @click.command()
    def fails() -> None:
        raise error

    group = Commands("aval", commands={"fails": fails})
    with pytest.raises(SystemExit) as end:
        group.main(["fails", *arguments])
    return int(str(end.value.code))


def test_an_answer_is_0_and_data_on_stdout() -> None:
    run = aval("why", PARIS, "in_force(FRA)")
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith("in_force(FRA) is")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["statsu"], 'Did you mean "status"?'),
        (["xyzzy"], "There are: status, why, unlock, owed, changed, diverge, suppose, compare, calendar, demo, "),
        (["status", "--knwon", "2026"], "--known"),
        (["why", PARIS], "Why what?"),
        (["why", PARIS, "offer(DEU,", "land)"], "needs quotes"),
        (["changed", PARIS], "--from"),
        (["status", PARIS, "--reading", "backstop"], "is not a question and a reading"),
        (["status", PARIS, "--reading", "a=b", "--reading", "a=c"], "two readings"),
    ],
)
def test_wrong_usage_is_2(arguments: list[str], says: str) -> None:
    run = aval(*arguments)
    assert (run.returncode, run.stdout) == (2, "")
    assert says in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["status", "nowhere"], "AV1"),
        (["status", PARIS, "--known", "06.01.2026"], "AV601"),
        (["why", PARIS, "in_forse(FRA)"], "AV602"),
        (["status", PARIS, "--reading", "backstop=maybe"], "AV603"),
        (["status", PARIS, "--recorded", "2025-01-01"], "AV"),
        (["changed", PARIS, "--from", "2026-01-07", "--to", "2025-09-05"], "AV604"),
    ],
)
def test_wrong_input_is_3(arguments: list[str], code: str) -> None:
    run = aval(*arguments)
    assert (run.returncode, run.stdout) == (3, "")
    assert code in run.stderr
    assert "1 error" in run.stderr


def test_what_cannot_be_worked_out_is_3_and_the_rest_is_shown(tmp_path: Path) -> None:
    (tmp_path / "agreements").mkdir()
    text = '```aval\nagreement x "X"\nevent a\nstate calm\n  from a\n'
    text += 'incident shots\n  seen in reports of kind "shelling"\nstate noisy\n  while shots happened\n```\n'
    (tmp_path / "agreements" / "x.md").write_text(text, encoding="utf-8")
    lines = ['schema = "aval.case/1"', 'title = "X"', 'zone = "Etc/UTC"', 'agreements = ["agreements/x.md"]', "statements = []"]
    (tmp_path / "aval.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    run = aval("status", str(tmp_path), "--all")
    assert (run.returncode, run.stderr) == (3, "")
    assert "not answered" in run.stdout
    assert "AV503" in run.stdout
    assert "calm" in run.stdout
    assert aval("why", str(tmp_path), "calm").returncode == 0


def test_with_json_problems_are_json_on_stderr() -> None:
    run = aval("status", PARIS, "--known", "yesterday", "--json")
    assert (run.returncode, run.stdout) == (3, "")
    assert json.loads(run.stderr)["problems"][0]["code"] == "AV601"


@pytest.mark.parametrize(("kind", "code"), [(Incorrect, 3), (Unsupported, 3), (Fault, 4)])
def test_what_aval_raises_on_purpose_has_its_code(kind: type[Incorrect], code: int, capfd: pytest.CaptureFixture[str]) -> None:
    from aval.cli.ends import Ended
    from aval.cli.options import Look
    from aval.cli.show import explained

    with pytest.raises(Ended) as end, explained(Look(json=False, plain=True)):
        raise kind(PROBLEMS)
    assert end.value.code == code
    assert "2 errors, 1 warning" in capfd.readouterr().err


def test_our_mistake_is_70_and_an_apology(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AVAL_DEBUG", raising=False)
    assert ended(ZeroDivisionError("\x1b[2Joops")) == 70
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "a mistake of ours: ZeroDivisionError: <U+001B>[2Joops" in shown.err
    assert "Traceback" not in shown.err


def test_our_mistake_shows_itself_where_that_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AVAL_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        ended(ZeroDivisionError("oops"))


def test_an_interruption_is_130() -> None:
    assert ended(KeyboardInterrupt()) == 130


def test_a_closed_pipe_is_no_error() -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "aval", "status", PARIS, "--all", "--json"],
        cwd=ROOT,
        env=environ(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert child.stdout
    assert child.stderr
    for _ in range(CLOSED_PIPE_LINES):
        child.stdout.readline()
    child.stdout.close()
    with child.stderr:
        assert child.stderr.read() == b""
    assert child.wait(timeout=30) == 0


def test_no_command_shows_the_help() -> None:
    run = aval()
    assert run.returncode == 2
    assert "Examples:" in run.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["status", "-h"], ["--version"]])
def test_help_and_version_are_0(arguments: list[str]) -> None:
    run = aval(*arguments)
    assert run.returncode == 0
    assert run.stdout
    assert run.stderr == ""


def test_every_command_has_help_with_an_example() -> None:
    for name in main.list_commands(click.Context(main)):
        assert f"aval {name}" in aval(name, "--help").stdout.split("Examples:")[1]


def test_help_is_quick() -> None:
    def cost() -> float:
        before = os.times()
        assert aval.__wrapped__("--help").returncode == 0
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system

    assert min(cost() for _ in range(5)) < 0.15


def test_the_case_is_found_from_inside_it(tmp_path: Path) -> None:
    inside = aval("why", "ceasefire", cwd=Path(PARIS) / "agreements")
    assert inside.returncode == 0
    assert "../agreements/ceasefire.md" in inside.stdout
    outside = aval("status", cwd=tmp_path)
    assert outside.returncode == 2
    assert "Which case?" in outside.stderr


def test_the_case_may_come_last() -> None:
    day = ("--known", "2026-01-07")  # not now: a minute may pass between the two
    assert aval("why", "ceasefire", PARIS, *day).stdout == aval("why", PARIS, "ceasefire", *day).stdout


def in_a_terminal(*arguments: str, **environment: str) -> str:
    """Run a command in a terminal of 90 columns and give what appears there."""
    parent, terminal = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "aval", *arguments],
        cwd=ROOT,
        env=environ(COLUMNS="90", TERM="xterm-256color", **environment),
        stdout=terminal,
        stderr=terminal,
    )
    os.close(terminal)
    shown = b""
    while True:
        try:
            shown += os.read(parent, 65536)
        except OSError:  # the terminal's other end is gone
            break
    os.close(parent)
    assert child.wait(timeout=30) == 0
    return shown.decode()


def test_a_terminal_has_colours_unless_they_are_unwanted() -> None:
    assert "\x1b[" in in_a_terminal("why", PARIS, "ceasefire")
    assert "\x1b" not in in_a_terminal("why", PARIS, "ceasefire", NO_COLOR="1")
    assert "\x1b" not in in_a_terminal("why", PARIS, "ceasefire", "--plain")


def test_colours_are_the_terminals_own() -> None:
    import re

    codes = {code for found in re.findall(r"\x1b\[([\d;]*)m", in_a_terminal("status", PARIS)) for code in found.split(";")}
    assert codes <= {"0", "1", "2", "3", "31", "32", "33", "34", "35", "36"}


def test_a_pipe_has_no_colours_and_a_fixed_width() -> None:
    shown = aval("status", PARIS).stdout
    assert "\x1b" not in shown
    assert 90 < max(map(len, shown.splitlines())) <= 100
    assert max(map(len, aval("status", PARIS, COLUMNS="60").stdout.splitlines())) <= 60


def test_where_only_ascii_can_be_written_the_page_is_plain() -> None:
    run = aval("why", PARIS, "ceasefire", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert run.returncode == 0
    assert "|" in run.stdout
    assert run.stdout.isascii()


def test_json_is_one_document() -> None:
    run = aval("changed", PARIS, "--from", "2025-09-05", "--to", "2026-01-07", "--json")
    made = json.loads(run.stdout)
    assert made["schema"] == "aval.changed/1"
    assert made["earlier"]["view"]["known"] == "2025-09-05"


def test_known_alone_also_sets_at() -> None:
    view = json.loads(aval("status", PARIS, "--known", "2026-01-07", "--json").stdout)["view"]
    assert (view["at"], view["known"]) == ("2026-01-07", "2026-01-07")
    pinned = json.loads(aval("status", PARIS, "--known", "2026-01-07", "--at", "2027-01-01", "--json").stdout)["view"]
    assert (pinned["at"], pinned["known"]) == ("2027-01-01", "2026-01-07")


def test_demo_is_the_shipped_board() -> None:
    run = aval("demo")
    assert run.returncode == 0
    assert run.stdout.splitlines()[0] == "Paris framework of security guarantees for Ukraine"
    assert 'aval why cases/paris "in_force(' in run.stdout
