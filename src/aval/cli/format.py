"""`aval format`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from aval.cli.options import Look, find_case

if TYPE_CHECKING:
    from aval.workspace.layout import LaidOut

HELP = """Lay out the `aval` and `aval-test` blocks of documents; the prose around them stays as it is.

A document with a mistake in its syntax is left alone, and the mistake is shown. Before anything is written, Aval proves that the layout
changes no word, no comment and no meaning, and that a second run would change nothing more.

\b
Examples:
  aval format cases/paris
  aval format pact.md --diff
  aval format cases/paris --check
"""


@click.command(name="format", help=HELP, short_help="Lay out the blocks of documents.")
@click.argument("paths", nargs=-1, metavar="[DOCUMENT|CASE|FOLDER]...")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if a document is not laid out.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change.")
@click.option("--plain", is_flag=True, help="ASCII only in messages.")
def layout(paths: tuple[str, ...], *, check: bool, diff: bool, plain: bool) -> None:
    """Lay documents out."""
    from aval.cli.ends import Ended
    from aval.cli.group import INPUT
    from aval.cli.show import explained, show_problems

    look = Look(json=False, plain=plain)
    with explained(look):
        from aval.workspace.layout import lay_out

        found, failed = lay_out(paths or (find_case(None),))
        problems = (*failed, *(problem for one in found for problem in one.problems))
        show_problems(problems, look)
        differing = [one for one in found if one.differs]
        if not (check or diff):
            for one in differing:
                one.write()
        _tell(differing, diff=diff, would=check or diff)
    if problems:
        raise Ended(INPUT)
    if check and differing:
        raise Ended(1)


def _tell(differing: Sequence[LaidOut], *, diff: bool, would: bool) -> None:
    from aval.cli.show import write
    from aval.render.safe import safe, spelt

    for one in differing:
        if diff:
            write(sys.stdout, "\n".join(map(spelt, one.diff().split("\n"))))
        else:
            write(sys.stdout, f"{'would lay out' if would else 'laid out'} {safe(one.text.path)}\n")
