"""`aval key`: signing keys."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from aval.cli.options import Look, find_case

if TYPE_CHECKING:
    from aval.answers.proof import Keys

HELP = """The signing keys of organisations: who has which, since when, and until when.

A key is a file on its owner's machine, outside of any case. The ledger has its public half, with a signature that shows who has it. Who
enrols the first key of a ledger keeps it. With --output an act is written into a file, for the keeper to take in.

\b
Examples:
  aval key new FRA --output FRA.key
  aval key add cases/paris --key FRA.key
  aval key rotate cases/paris --key FRA-2027.key --with FRA.key
  aval key revoke cases/paris --key FRA.key --since 2026-12-01
  aval key list cases/paris
"""
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group(help=HELP, short_help="Signing keys of organisations: new, add, rotate, revoke, list.")
def key() -> None:
    """Gather the commands about keys."""


@key.command(short_help="Make a signing key.", help="Make a signing key: FILE, which nobody else may read, and FILE.pub, to hand out.")
@click.argument("organisation")
@click.option("--output", "out", metavar="FILE", type=_FILE, required=True, help="Where to write it, outside of any case.")
def new(organisation: str, *, out: Path) -> None:
    """Make a key."""
    from aval.cli.show import explained

    with explained(Look(json=False, plain=False)):
        from aval.workspace.signing import new_key

        click.echo(str(new_key(organisation, out)))


@key.command(short_help="Enrol a key.", help="Enrol a key. Where the organisation has keys that count, one of them vouches for it.")
@click.argument("case", required=False, metavar="[CASE]")
@click.option("--key", "file", metavar="FILE", type=_FILE, required=True, help="The new key.")
@click.option("--with", "voucher", metavar="FILE", type=_FILE, help="A key of the organisation that counts.")
@click.option("--output", "out", metavar="FILE", type=_FILE, help="Record nothing; write the act into this file.")
def add(case: str | None, *, file: Path, voucher: Path | None, out: Path | None) -> None:
    """Enrol a key."""
    from aval.cli.show import explained

    with explained(Look(json=False, plain=False)):
        from aval.workspace.signing import add_key

        _tell(add_key(find_case(case), file, voucher=voucher, out=out), out)


@key.command(short_help="Replace a key.", help="Replace a key that counts by a new one, which counts from then on.")
@click.argument("case", required=False, metavar="[CASE]")
@click.option("--key", "file", metavar="FILE", type=_FILE, required=True, help="The new key.")
@click.option("--with", "voucher", metavar="FILE", type=_FILE, required=True, help="The key that it replaces.")
@click.option("--output", "out", metavar="FILE", type=_FILE, help="Record nothing; write the act into this file.")
def rotate(case: str | None, *, file: Path, voucher: Path, out: Path | None) -> None:
    """Replace a key."""
    from aval.cli.show import explained

    with explained(Look(json=False, plain=False)):
        from aval.workspace.signing import add_key

        _tell(add_key(find_case(case), file, voucher=voucher, replace=True, out=out), out)


@key.command(short_help="End a key.", help="End a key. What it signed before still counts, unless --since says that it was in other hands.")
@click.argument("case", required=False, metavar="[CASE]")
@click.option("--key", "file", metavar="FILE", type=_FILE, required=True, help="A key of the organisation, or of the keeper.")
@click.option("--public", "named", metavar="KEY", default="", help="The key to end; without it the one of --key.")
@click.option("--since", metavar="DATE", help="Nothing that it signed from this date on counts.")
@click.option("--output", "out", metavar="FILE", type=_FILE, help="Record nothing; write the act into this file.")
def revoke(case: str | None, *, file: Path, named: str, since: str | None, out: Path | None) -> None:
    """End a key."""
    from aval.cli.show import explained

    with explained(Look(json=False, plain=False)):
        from aval.workspace.signing import revoke_key

        _tell(revoke_key(find_case(case), file, named=named, since=since, out=out), out)


@key.command(short_help="Record an act that was made elsewhere.", help="Record an act about a key that its owner wrote with --output.")
@click.argument("case", metavar="CASE")
@click.argument("file", metavar="FILE", type=_FILE)
def take(case: str, *, file: Path) -> None:
    """Record an act."""
    from aval.cli.show import explained

    with explained(Look(json=False, plain=False)):
        from aval.workspace.signing import take_key_act

        _tell(take_key_act(case, file), None)


@key.command("list", short_help="Show the keys of a ledger.", help="Show the keys of a ledger: whose, since when, until when.")
@click.argument("case", required=False, metavar="[CASE]")
@click.option("--json", "as_json", is_flag=True, help="One versioned JSON document on stdout.")
@click.option("--plain", is_flag=True, help="ASCII only: no symbols.")
def list_(case: str | None, *, as_json: bool, plain: bool) -> None:
    """Show keys."""
    from aval.cli.proof import show_proof
    from aval.cli.show import explained

    look = Look(json=as_json, plain=plain)
    with explained(look):
        from aval.workspace.signing import keys

        show_proof(keys(find_case(case)), look)


def _tell(found: Keys, out: Path | None) -> None:
    from aval.cli.proof import show_proof

    if out is None:
        show_proof(found, Look(json=False, plain=False))
    else:
        click.echo(f"{out}: hand it to the keeper of the ledger, who records it with: aval key take CASE {out.name}")
