"""`aval witness`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from aval.cli.options import Look

HELP = """Cosign the checkpoint of somebody else's ledger, if it grew out of all that this witness has seen of it.

It takes a bundle, or one of the files in its folder proofs, and gives the checkpoint with one more line. What it has seen is on the disk
before the line leaves. A ledger is known by the public key of its keeper, which you name once with --accept.

\b
Examples:
  aval witness bundle --key GBR.key --accept keeper.key.pub > cosigned-by-GBR
  aval witness bundle --key GBR.key > cosigned-by-GBR
  aval witness bundle/proofs/120 --key GBR.key
"""


@click.command(help=HELP, short_help="Cosign a checkpoint that grew out of what was seen before.")
@click.argument("given", metavar="BUNDLE|FILE", type=click.Path(path_type=Path))
@click.option("--key", "file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Your signing key.")
@click.option("--state", metavar="FOLDER", type=click.Path(path_type=Path), help="Where this witness remembers what it has seen.")
@click.option("--accept", metavar="KEY|FILE", default="", help="The keeper's public key, which you have from the keeper.")
@click.option("--output", "out", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Write into this file.")
def witness(given: Path, *, file: Path, state: Path | None, accept: str, out: Path | None) -> None:
    """Cosign."""
    from aval.cli.ends import Ended
    from aval.cli.show import explained, show_problems, write
    from aval.model.problem import Incorrect

    look = Look(json=False, plain=False)
    with explained(look):
        from aval.workspace import proving

        try:
            note = bytes(proving.witness(given, file, state or proving.state_folder(), accept).note)
        except Incorrect as refused:
            if not proving.judgement(refused):
                raise
            show_problems(refused.problems, look)
            raise Ended(1) from None
        if out is None:
            write(sys.stdout, note)
        else:
            proving.write_note(out, note)
