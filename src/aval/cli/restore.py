"""`aval restore`."""

from __future__ import annotations

from pathlib import Path

import click

from aval.cli.kept import OWNER, TO, show_kept
from aval.cli.options import Look, find_case

HELP = """Bring a backup into a case that has no ledger, or one that is the beginning of the backup.

The backup is read to its last byte first. A newer ledger is never written over.

\b
Examples:
  aval restore paris.backup cases/paris
  aval restore paris.backup cases/paris --to postgresql:writer/paris --owner owner
"""


@click.command(help=HELP, short_help="Bring a backup of a ledger back into its case.")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.argument("case", metavar="CASE")
@click.option("--to", metavar="PLACE", default="", help=f"{TO} Default: where the ledger of the case is.")
@click.option("--owner", metavar="SERVICE", help=OWNER)
@click.option("--json", "as_json", is_flag=True, help="One versioned JSON document on stdout.")
def restore(file: Path, case: str, *, to: str, owner: str | None, as_json: bool) -> None:
    """Restore."""
    from aval.cli.show import explained

    look = Look(json=as_json, plain=False)
    with explained(look):
        from aval.workspace import keeping

        show_kept(keeping.restore(file, find_case(case), to=to, owner=owner), look)
