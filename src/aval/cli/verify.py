"""`aval verify`."""

from __future__ import annotations

from pathlib import Path

import click

from aval.cli.options import Look

HELP = """Judge a bundle offline: every byte of it against the checkpoint of its ledger, the signatures, and what you know yourself.

tools/verify.py says the same without a line of Aval.

\b
Examples:
  aval verify bundle
  aval verify bundle --trust known-keys --quorum 2
  aval verify bundle --seen checkpoint-of-last-month --json
"""
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command(help=HELP, short_help="Judge a bundle that somebody exported.")
@click.argument("bundle", metavar="BUNDLE", type=click.Path(path_type=Path))
@click.option("--trust", metavar="FILE", type=_FILE, help="Public keys that you know, one in each line: count only what goes back to them.")
@click.option("--quorum", metavar="N", type=click.IntRange(min=1), help="So many organisations have to have cosigned.")
@click.option("--seen", metavar="FILE", type=_FILE, help="A checkpoint that you saw before: the bundle has to have grown out of it.")
@click.option("--ca", metavar="FILE", type=_FILE, help="The certificate of an authority whose time stamps you trust.")
@click.option("--json", "as_json", is_flag=True, help="One versioned JSON document on stdout.")
@click.option("--plain", is_flag=True, help="ASCII only: no symbols.")
def verify(bundle: Path, *, trust: Path | None, quorum: int | None, seen: Path | None, ca: Path | None, **look: bool) -> None:
    """Judge a bundle."""
    from aval.cli.ends import Ended
    from aval.cli.proof import show_proof
    from aval.cli.show import explained, show_problems
    from aval.model.problem import Incorrect

    how = Look(json=look["as_json"], plain=look["plain"])
    with explained(how):
        from aval.workspace import proving

        try:
            found = proving.verify_bundle(bundle, proving.Demands(trust=trust, quorum=quorum, seen=seen, ca=ca))
        except Incorrect as refused:
            if not proving.judgement(refused):
                raise
            show_problems(refused.problems, how)
            raise Ended(1) from None
        show_proof(found, how)
