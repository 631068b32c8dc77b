"""`aval calendar`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from aval.cli.ends import Ended
from aval.cli.group import INPUT
from aval.cli.options import Asked, Look, find_case, with_look, with_view

HELP = """Deadlines and moments, as exactly as they are known: a range where they are imprecise, each reading where readings differ.

\b
Examples:
  aval calendar cases/ottawa
  aval calendar cases/paris --suppose cases/paris/suppositions/breach-grows.md
  aval calendar cases/uk-article-50 --from 2019-01-01 --to 2020-12-31 --ics dates.ics
"""


@click.command(help=HELP, short_help="Deadlines and moments, per party; as iCalendar too.")
@click.argument("case", required=False, metavar="[CASE]")
@click.option("--party", metavar="PARTY", help="Only what concerns this party: its own, what is owed to it, and what is for everybody.")
@click.option("--from", "start", metavar="DATE", help="Only from this date on. Default: from the beginning.")
@click.option("--to", "end", metavar="DATE", help="Only to this date, included. Default: without end.")
@click.option("--ics", metavar="FILE", help="Write iCalendar into this file; - is stdout.")
@with_view()
@with_look
def calendar(case: str | None, party: str | None, start: str | None, end: str | None, ics: str | None, asked: Asked, look: Look) -> None:
    """Show what falls when."""
    if ics is None:
        from aval.cli.show import answer

        answer(find_case(case), case, lambda opened: opened.calendar(party=party, start=start, end=end, **asked.view()), look, asked.viewer)
        return
    if ics != "-" and not ics.endswith(".ics"):
        raise click.UsageError("The name of an iCalendar file ends in .ics.")
    from aval.cli.show import explained, show_problems, write

    with explained(look):
        from aval.render.ics import ics as written
        from aval.workspace.case import open_case
        from aval.workspace.writing import write_new

        opened = open_case(find_case(case), viewer=asked.viewer)
        show_problems(opened.problems, look)
        found = opened.calendar(party=party, start=start, end=end, **asked.view()).answer
        data = written(found)
        if ics == "-":
            write(sys.stdout, data)
        else:
            write_new(Path(ics), data)
    if found.unanswered:
        raise Ended(INPUT)
