"""`aval move`."""

from __future__ import annotations

import click

from aval.cli.kept import OWNER, TO, show_kept
from aval.cli.options import Look, find_case

HELP = """Move the ledger of a case to a PostgreSQL server, or back into the case; every number, instant, id and seal stays.

The case keeps the name of a service, in .aval/ledger.place, and nothing else: host, user and password are in your own pg_service.conf and
.pgpass. Everyday commands take a role that may read and append; the owner is a second one, named here once. Where the case has no ledger
yet, it will be there.

\b
Examples:
  aval move cases/paris --to postgresql:writer/paris --owner owner
  aval move cases/paris --to sqlite
"""


@click.command(help=HELP, short_help="Move a ledger to a server, or back into its case.")
@click.argument("case", required=False, metavar="[CASE]")
@click.option("--to", metavar="PLACE", required=True, help=TO)
@click.option("--owner", metavar="SERVICE", help=OWNER)
@click.option("--json", "as_json", is_flag=True, help="One versioned JSON document on stdout.")
def move(case: str | None, *, to: str, owner: str | None, as_json: bool) -> None:
    """Move."""
    from aval.cli.show import explained

    look = Look(json=as_json, plain=False)
    with explained(look):
        from aval.workspace import keeping

        show_kept(keeping.move(find_case(case), to, owner), look)
