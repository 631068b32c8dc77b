"""`aval backup`."""

from __future__ import annotations

from pathlib import Path

import click

from aval.cli.kept import show_kept
from aval.cli.options import Look, find_case

HELP = """Write all that the ledger of a case holds into a new file, while others go on recording.

The file is a ledger itself, with every number, instant and seal: aval restore brings it back, on either backend. Drafts are not in it.

\b
Examples:
  aval backup cases/paris paris.backup
"""


@click.command(help=HELP, short_help="Write all that a ledger holds into a new file.")
@click.argument("case", metavar="CASE")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One versioned JSON document on stdout.")
def backup(case: str, file: Path, *, as_json: bool) -> None:
    """Back up."""
    from aval.cli.show import explained

    look = Look(json=as_json, plain=False)
    with explained(look):
        from aval.workspace import keeping

        show_kept(keeping.backup(find_case(case), file), look)
