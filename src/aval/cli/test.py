"""`aval test`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aval.cli.options import Look, find_case

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aval.answers.tested import Check
    from aval.model.problem import Problem
    from aval.workspace.testing import Results

HELP = """Run the tests that stand in documents: facts in, answers out.

A test is written in an `aval-test` block. A wrong answer fails, and so does a run that finds no test. Of a folder that holds cases
every one is run.

\b
Examples:
  aval test cases/paris
  aval test cases
  aval test pact.md treaty.md --junit report.xml
  aval test pact.md --update
"""


@click.command(help=HELP, short_help="Run the tests that stand in documents.")
@click.argument("paths", nargs=-1, metavar="[DOCUMENT|CASE|FOLDER]...")
@click.option("--update", is_flag=True, help="Write the answers that came out into the documents, for you to review.")
@click.option("--junit", metavar="FILE", type=click.Path(dir_okay=False), help="Write JUnit XML to this file too.")
@click.option("--json", "as_json", is_flag=True, help="One versioned JSON document on stdout.")
@click.option("--plain", is_flag=True, help="ASCII only: no colours, no symbols.")
@click.option("--all", "everything", is_flag=True, help="Show the answers that were as expected, too.")
def test(paths: tuple[str, ...], *, update: bool, junit: str | None, as_json: bool, plain: bool, everything: bool) -> None:
    """Run tests."""
    from aval.cli.ends import Ended
    from aval.cli.group import INPUT
    from aval.cli.show import explained, show_problems

    look = Look(json=as_json, plain=plain, everything=everything)
    with explained(look):
        from aval.workspace import testing

        tested = testing.run_tests(paths or (find_case(None),))
        show_problems((*tested.unread, *tested.problems, *testing.nothing(tested, paths)), look)
        checks = testing.checks(tested)
        _show(checks, look, passed=tested.passed)
        if junit is not None:
            _write_junit(junit, checks, (*tested.unread, *tested.problems))
        if update:
            _update(tested)
    if not tested.passed:
        raise Ended(INPUT if tested.unread else 1)


def _show(checks: Sequence[Check], look: Look, *, passed: bool) -> None:
    from aval.cli.show import write, writes_signs
    from aval.render.json import as_bytes
    from aval.render.tested import outcome_document, print_checks
    from aval.render.text import console_for

    if look.json:
        write(sys.stdout, as_bytes(outcome_document(checks, passed=passed)))
        return
    if not checks:
        return
    plain = look.plain or not writes_signs(sys.stdout)
    console = console_for(sys.stdout, plain=plain)
    with console.capture() as drawn:
        print_checks(checks, console, plain=plain, everything=look.everything)
    write(sys.stdout, drawn.get())


def _write_junit(path: str, checks: Sequence[Check], problems: Sequence[Problem]) -> None:
    from aval.render.tested import junit
    from aval.workspace.writing import write_new

    write_new(Path(path), junit(checks, problems))


def _update(tested: Results) -> None:
    from aval.workspace.testing import update

    number = update(tested)
    click.echo(f"{number} expected answer{'' if number == 1 else 's'} rewritten; review the difference before you keep it.", err=True)
