"""`aval export`."""

from __future__ import annotations

from pathlib import Path

import click

from aval.cli.options import Look, find_case

HELP = """Write every statement of a case as CSV or as a spreadsheet, with the columns that `aval record --xlsx` reads.

No cell is a formula: a text that begins with = + - or @ stays a text. Read back, each statement is the one that it was.

\b
Examples:
  aval export cases/paris --csv statements.csv
  aval export cases/paris --xlsx statements.xlsx --recorded 2026-12-01
"""


@click.command(help=HELP, short_help="Write the statements as CSV or as a spreadsheet.")
@click.argument("case", required=False, metavar="[CASE]")
@click.option("--csv", "as_csv", metavar="FILE", help="Write CSV into this file; - is stdout.")
@click.option("--xlsx", metavar="FILE", help="Write a workbook into this file.")
@click.option("--recorded", metavar="DATE", help="As recorded on this date. Default: now.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def export(case: str | None, *, as_csv: str | None, xlsx: str | None, recorded: str | None, force: bool) -> None:
    """Write the statements out."""
    import sys

    from aval.cli.show import explained, write

    if (as_csv is None) == (xlsx is None):
        raise click.UsageError("Export as what? Name one of --csv FILE and --xlsx FILE.")
    out = Path(as_csv or xlsx or "")
    path = find_case(case)
    if xlsx is not None and out.suffix.lower() != ".xlsx":
        raise click.UsageError("The name of a workbook ends in .xlsx.")
    if as_csv != "-" and out.exists() and not force:
        raise click.UsageError(f"{out} is there already; --force writes over it.")
    with explained(Look(json=False, plain=False)):
        from aval.workspace.recording import export as made
        from aval.workspace.writing import write_new

        data = made(path, out if xlsx else Path("statements.csv"), recorded=recorded)
        if as_csv == "-":
            write(sys.stdout, data)
        else:
            write_new(out, data)
