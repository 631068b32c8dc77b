"""`aval log`."""

from __future__ import annotations

import click

from aval.cli.options import Look, find_case, with_look

KINDS = ("statement", "correction", "removal", "again", "name", "agreement", "manifest", "file", "key", "signature")

HELP = """What the ledger of a case took in and when, the newest first.

\b
Examples:
  aval log cases/paris
  aval log cases/paris --term "in_force(FRA)" --since 2026-01-01
  aval log cases/paris --kind correction --all
"""


@click.command(help=HELP, short_help="What was recorded when, the newest first.")
@click.argument("case", required=False, metavar="[CASE]")
@click.option("--term", metavar="TERM", default="", help="Only what is about this term, or about every term of this name.")
@click.option("--voice", metavar="NAME", default="", help="Only what this voice says.")
@click.option("--label", metavar="LABEL", default="", help="Only the statement of this label, or the text of this path.")
@click.option("--kind", type=click.Choice(KINDS), default=None, help="Only entries of this kind.")
@click.option("--since", metavar="DATE", help="Recorded from the beginning of this date on.")
@click.option("--until", metavar="DATE", help="Recorded by the end of this date.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", default=50, help="At most so many entries; 50 unless you say.")
@with_look
def log(case: str | None, *, limit: int, look: Look, kind: str | None, **wanted: str) -> None:
    """Show what was recorded."""
    from aval.cli.show import explained, show

    with explained(look):
        from aval.workspace.ledger import Filter
        from aval.workspace.ledger import log as ask

        found = ask(find_case(case), Filter(kind=kind or "", **wanted), most=None if look.everything else limit)
        show(found, None, case or "", look)
