"""`aval changed`."""

from __future__ import annotations

import click

from aval.cli.options import Asked, Look, find_case, with_look, with_view

HELP = """What changed from what was known on one day to what was known on another, and what is no longer mentioned.

\b
Examples:
  aval changed cases/paris --from 2025-09-05 --to 2026-01-07
  aval changed cases/paris --from 2025-09-05 --to 2026-01-07 --at 2026-01-07
"""


@click.command(help=HELP, short_help="What changed between two days of knowledge.")
@click.argument("case", required=False, metavar="[CASE]")
@click.option("--from", "start", metavar="DATE", required=True, help="As known on this date.")
@click.option("--to", "end", metavar="DATE", required=True, help="Against what was known on this date.")
@with_view(known=False)
@with_look
def changed(case: str | None, start: str, end: str, asked: Asked, look: Look) -> None:
    """Compare two views."""
    from aval.cli.show import answer

    view = {name: value for name, value in asked.view().items() if name != "known"}
    answer(find_case(case), case, lambda opened: opened.changed(start=start, end=end, **view), look, asked.viewer)
