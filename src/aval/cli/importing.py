"""`aval import`."""

from __future__ import annotations

import click

from aval.cli.options import Look, find_case

HELP = """Take what the text files of a case say into its ledger, which is made the first time.

What is already there makes no entry. An edited statement becomes a correction, one that was taken out a removal, one that comes back is
held again; nothing in the ledger is ever changed. From then on answers come from the ledger.

\b
Examples:
  aval import cases/paris
  aval log cases/paris
"""


@click.command("import", help=HELP, short_help="Take the text files of a case into its ledger.")
@click.argument("case", required=False, metavar="[CASE]")
@click.option("--json", "as_json", is_flag=True, help="One versioned JSON document on stdout.")
@click.option("--plain", is_flag=True, help="ASCII only: no colours, no symbols.")
def import_(case: str | None, *, as_json: bool, plain: bool) -> None:
    """Record the difference between the files and the ledger."""
    from aval.cli.show import explained, show, show_problems

    look = Look(json=as_json, plain=plain)
    with explained(look):
        from aval.workspace.ledger import take

        took, problems = take(find_case(case))
        show_problems(problems, look)
        show(took, None, case or "", look)
