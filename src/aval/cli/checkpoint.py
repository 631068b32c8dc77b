"""`aval checkpoint`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from aval.cli.options import Look, find_case

HELP = """The newest checkpoint of a ledger: what its keeper has committed to, and who has cosigned it.

With --key it signs what is recorded now.

A checkpoint is a C2SP signed note: the name of the ledger, the number of its entries, the root of the tree over them, and signatures.

\b
Examples:
  aval checkpoint cases/paris --key keeper.key
  aval checkpoint cases/paris --take cosigned-by-GBR
  aval checkpoint cases/paris --stamp-request request.tsq
  aval checkpoint cases/paris --stamp response.tsr --ca authority.pem
  aval checkpoint cases/paris
"""
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command(help=HELP, short_help="Sign what a ledger holds, or show what was signed.")
@click.argument("case", required=False, metavar="[CASE]")
@click.option("--key", "file", metavar="FILE", type=_FILE, help="A key of the keeper of the ledger: sign what is recorded now.")
@click.option("--take", metavar="FILE", type=_FILE, multiple=True, help="Take in cosignatures of others; repeat for more.")
@click.option("--stamp-request", "request", metavar="FILE", type=_FILE, help="Write the request for a time stamp (RFC 3161).")
@click.option("--stamp", metavar="FILE", type=_FILE, help="Take in a time stamp of the newest checkpoint.")
@click.option("--ca", metavar="FILE", type=_FILE, help="With --stamp: the certificate of the authority that you trust.")
def checkpoint(
    case: str | None, *, file: Path | None, take: tuple[Path, ...], request: Path | None, stamp: Path | None, ca: Path | None
) -> None:
    """Sign, take in or show a checkpoint."""
    from aval.cli.show import explained, write

    if (stamp is None) is not (ca is None):
        raise click.UsageError("A time stamp is taken in with --stamp FILE and --ca FILE.")
    if file is not None and take:
        raise click.UsageError("Sign first, then take in what others have cosigned.")
    path = find_case(case)
    with explained(Look(json=False, plain=False)):
        from aval.workspace import proving

        if file is not None:
            proving.sign_checkpoint(path, file)
        for one in take:
            proving.take_cosigned(path, one)
        if stamp is not None and ca is not None:
            proving.take_stamp(path, stamp, ca)
        if request is not None:
            proving.ask_for_stamp(path, request)
        write(sys.stdout, bytes(proving.newest_checkpoint(path).note))
