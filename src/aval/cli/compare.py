"""`aval compare`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from aval.cli.options import Look, with_look

if TYPE_CHECKING:
    from aval.study.shapes import Comparison

HELP = """Two drafts clause by clause, and which supposed histories they decide differently.

BEFORE and AFTER are documents, or whole cases. What was added, removed, weakened or strengthened is told only where it is sure;
all else is called changed. Histories are the tests in both, the suppositions of their case, what --suppose names, and some made up.

\b
Examples:
  aval compare drafts/pact.md agreements/pact.md
  aval compare cases/paris/drafts/declaration-draft.md cases/paris/drafts/declaration-final.md
  aval compare old_case new_case --suppose crisis.md --json
"""


@click.command(help=HELP, short_help="Two drafts clause by clause, and what they decide differently.")
@click.argument("before", metavar="BEFORE")
@click.argument("after", metavar="AFTER")
@click.option("--suppose", multiple=True, metavar="FILE", help="Try what this document supposes or tests, too; repeat for more.")
@click.option("--tries", type=click.IntRange(0, 100_000), default=240, show_default=True, help="Make up at most so many histories.")
@click.option("--exit-code", is_flag=True, help="End with 1 where the two differ in more than words.")
@with_look
def compare(before: str, after: str, suppose: tuple[str, ...], tries: int, *, exit_code: bool, look: Look) -> None:
    """Compare two drafts."""
    import os

    from aval.cli.ends import Ended
    from aval.cli.show import explained, show_problems

    with explained(look):
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy's threads only cost here
        from aval.workspace.comparing import compare_texts

        found = compare_texts(before, after, suppose, tries)
        show_problems(found.problems, look)
        _show(found.comparison, look)
    if exit_code and found.comparison.differs:
        raise Ended(1)


def _show(found: Comparison, look: Look) -> None:
    from aval.cli.show import write, writes_signs
    from aval.render.compare import comparison_document, print_comparison

    if look.json:
        from aval.render.json import as_bytes

        write(sys.stdout, as_bytes(comparison_document(found)))
        return
    from aval.render.text import console_for

    plain = look.plain or not writes_signs(sys.stdout)
    console = console_for(sys.stdout, plain=plain)
    with console.capture() as drawn:
        print_comparison(found, console, plain=plain, everything=look.everything)
    write(sys.stdout, drawn.get())
