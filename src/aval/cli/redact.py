"""`aval redact`."""

from __future__ import annotations

import click

from aval.cli.options import Look, find_case

HELP = """Take the original of a source, or what a commitment stands for, away for good, and say so where everybody sees it.

WHAT is the id of a source whose original is here, or concealed:… . The hash stays: whoever has a copy can still show that it is the one.
Who did it, when and why goes into redactions.jsonl, and answers say it. Copies elsewhere, and backups, are out of reach.

\b
Examples:
  aval redact cases/paris dpa-2025-09-04 --by FRA --why "the agency asked for it" --yes
"""


@click.command(help=HELP, short_help="Take an original or a name away for good, visibly.")
@click.argument("words", nargs=-1, metavar="[CASE] WHAT")
@click.option("--by", metavar="KEEPER", required=True, help="Who redacts.")
@click.option("--why", metavar="TEXT", default="", help="Why.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def redact(words: tuple[str, ...], *, by: str, why: str, yes: bool) -> None:
    """Redact."""
    import sys

    from aval.cli.show import explained

    if len(words) not in (1, 2):
        raise click.UsageError("Redact what? Name a source or a commitment: aval redact CASE dpa-2025-09-04 --by FRA")
    path = find_case(words[0] if len(words) > 1 else None)
    if not yes:
        if not sys.stdin.isatty():
            raise click.UsageError("This cannot be taken back. Say --yes.")
        click.confirm(f"Take {words[-1]} away for good?", abort=True, err=True)
    with explained(Look(json=False, plain=False)):
        from aval.render.safe import safe
        from aval.workspace.sourcing import redact as redacted

        for one in redacted(path, words[-1], by=by, why=why):
            click.echo(f"{safe(one.of)}: {safe(str(one))}")
