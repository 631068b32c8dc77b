"""`aval diverge`."""

from __future__ import annotations

import click

from aval.cli.options import Asked, Look, find_case, with_look, with_view

HELP = """Where, when and for whom the rival readings of a text give different answers, and what separates them.

It takes no side: readings stand in the order of the text. Without --from and --to it looks at all of time.

\b
Examples:
  aval diverge cases/paris
  aval diverge cases/paris --known 2026-01-07 --from 2026-01-01 --to 2027-12-31
  aval diverge cases/paris --reading backstop=with_backstop --json
"""


@click.command(help=HELP, short_help="Where, when and for whom the readings part.")
@click.argument("case", required=False, metavar="[CASE]")
@click.option("--from", "start", metavar="DATE", help="Only from this date on. Default: from the beginning.")
@click.option("--to", "end", metavar="DATE", help="Only to this date, included. Default: without end.")
@with_view()
@with_look
def diverge(case: str | None, start: str | None, end: str | None, asked: Asked, look: Look) -> None:
    """Show where readings part."""
    from aval.cli.show import answer

    answer(find_case(case), case, lambda opened: opened.diverge(start=start, end=end, **asked.view()), look, asked.viewer)
