"""`aval export`."""

from __future__ import annotations

from pathlib import Path

import click

from aval.cli.options import Look, find_case

HELP = """Write every statement of a case as CSV or as a spreadsheet, with the columns that `aval record --xlsx` reads; or write a bundle.

No cell is a formula: a text that begins with = + - or @ stays a text. Read back, each statement is the one that it was.

With --output: a bundle, a folder with all that the ledger holds and what proves it, for `aval verify`.

\b
Examples:
  aval export cases/paris --csv statements.csv
  aval export cases/paris --xlsx statements.xlsx --recorded 2026-12-01
  aval export cases/paris --output bundle
"""


@click.command(help=HELP, short_help="Write the statements as CSV or as a spreadsheet, or a bundle with proofs.")
@click.argument("case", required=False, metavar="[CASE]")
@click.option("--csv", "as_csv", metavar="FILE", help="Write CSV into this file; - is stdout.")
@click.option("--xlsx", metavar="FILE", help="Write a workbook into this file.")
@click.option("--output", "folder", metavar="FOLDER", help="Write a bundle into this folder, which must not be there.")
@click.option("--recorded", metavar="DATE", help="As recorded on this date. Default: now.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def export(case: str | None, *, as_csv: str | None, xlsx: str | None, folder: str | None, recorded: str | None, force: bool) -> None:
    """Write the statements, or a bundle."""
    import sys

    from aval.cli.show import explained, write

    if sum(one is not None for one in (as_csv, xlsx, folder)) != 1:
        raise click.UsageError("Export as what? Name one of --csv FILE, --xlsx FILE and --output FOLDER.")
    if folder is not None:
        if recorded is not None or force:
            raise click.UsageError("A bundle has all that was recorded, and is never written over.")
        _bundle(find_case(case), Path(folder))
        return
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


def _bundle(path: str, out: Path) -> None:
    from aval.cli.show import explained

    with explained(Look(json=False, plain=False)):
        from aval.workspace.proving import export_bundle

        made = export_bundle(path, out)
        click.echo(f"{out}: {made.size} entries, signed by {len(made.note.signatures)}. Check it with: aval verify {out}")
