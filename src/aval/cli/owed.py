"""`aval owed`."""

from __future__ import annotations

import click

from aval.cli.options import Asked, Look, find_case, with_look, with_view

HELP = """Who owes what to whom by when, what is overdue, and what would wake the rest.

\b
Examples:
  aval owed cases/paris
  aval owed cases/paris --at 2027-03-02 --reading backstop=with_backstop
"""


@click.command(help=HELP, short_help="Who owes what to whom by when.")
@click.argument("case", required=False, metavar="[CASE]")
@with_view()
@with_look
def owed(case: str | None, asked: Asked, look: Look) -> None:
    """Show duties and powers."""
    from aval.cli.show import answer

    answer(find_case(case), case, lambda opened: opened.owed(**asked.view()), look, asked.viewer)
