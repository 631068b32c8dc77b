"""`aval status`."""

from __future__ import annotations

import click

from aval.cli.options import Asked, Look, find_case, with_look, with_view

HELP = """What is in force, what is missing, who refuses, and what nobody said.

\b
Examples:
  aval status cases/paris
  aval status cases/paris --known 2026-01-07
  aval status cases/paris --reading attack_size=any_attack --json
"""


@click.command(help=HELP, short_help="What is in force, missing, refused and not said.")
@click.argument("case", required=False, metavar="[CASE]")
@with_view()
@with_look
def status(case: str | None, asked: Asked, look: Look) -> None:
    """Show the board."""
    from aval.cli.show import answer

    answer(find_case(case), case, lambda opened: opened.status(**asked.view()), look, asked.viewer)
