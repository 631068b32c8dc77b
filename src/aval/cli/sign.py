"""`aval sign`."""

from __future__ import annotations

from pathlib import Path

import click

from aval.cli.options import Look, find_case

HELP = """Sign statements for an organisation, votes among them, so that nobody can say later that it had said something else.

The statements are named by their labels or ids, and shown as they are signed. With --output the signature is written into a file, for the
keeper of the ledger to take in with --take.

\b
Examples:
  aval sign cases/paris --key FRA.key --own
  aval sign cases/paris --key FRA.key fra-commits fra-consents
  aval sign cases/paris --key FRA.key --own --output FRA.sig
  aval sign cases/paris --take FRA.sig
"""
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command(help=HELP, short_help="Sign statements for an organisation.")
@click.argument("case", metavar="CASE")
@click.argument("statements", nargs=-1, metavar="[LABEL|ID]...")
@click.option("--key", "file", metavar="FILE", type=_FILE, help="The signing key.")
@click.option("--own", is_flag=True, help="All statements that speak for the organisation and are not signed by it yet.")
@click.option("--output", "out", metavar="FILE", type=_FILE, help="Record nothing; write the signature into this file.")
@click.option("--take", metavar="FILE", type=_FILE, help="Record what was signed elsewhere.")
@click.option("--json", "as_json", is_flag=True, help="One versioned JSON document on stdout.")
@click.option("--plain", is_flag=True, help="ASCII only: no symbols.")
def sign(
    case: str, statements: tuple[str, ...], *, file: Path | None, own: bool, out: Path | None, take: Path | None, **look: bool
) -> None:
    """Sign."""
    from aval.cli.proof import show_proof
    from aval.cli.show import explained

    if (file is None) is (take is None):
        raise click.UsageError("Sign with --key FILE, or take in what was signed elsewhere with --take FILE.")
    if take is not None and (statements or own or out):
        raise click.UsageError("With --take the file says what is signed.")
    if statements and own:
        raise click.UsageError("Name statements, or write --own: not both.")
    shown = Look(json=look["as_json"], plain=look["plain"])
    with explained(shown):
        from aval.workspace import signing

        if file is not None:
            show_proof(signing.sign(find_case(case), file, statements, own=own, out=out), shown)
        elif take is not None:
            for one in signing.take_signatures(find_case(case), take):
                show_proof(one, shown)
