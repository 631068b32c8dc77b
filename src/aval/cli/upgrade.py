"""`aval upgrade`."""

from __future__ import annotations

import click

from aval.cli.kept import OWNER, show_kept
from aval.cli.options import Look, find_case

HELP = """Bring the tables of a ledger up to what this Aval writes, all at once or not at all. No entry is changed.

A ledger in its case is also brought up when something is recorded in it. On a server only its owner may do it.

\b
Examples:
  aval upgrade cases/paris
  aval upgrade cases/paris --owner owner
"""


@click.command(help=HELP, short_help="Bring the tables of a ledger up to this Aval.")
@click.argument("case", required=False, metavar="[CASE]")
@click.option("--owner", metavar="SERVICE", help=OWNER)
@click.option("--json", "as_json", is_flag=True, help="One versioned JSON document on stdout.")
def upgrade(case: str | None, *, owner: str | None, as_json: bool) -> None:
    """Bring up."""
    from aval.cli.show import explained

    look = Look(json=as_json, plain=False)
    with explained(look):
        from aval.workspace import keeping

        show_kept(keeping.upgrade(find_case(case), owner), look)
