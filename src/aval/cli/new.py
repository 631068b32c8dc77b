"""`aval new`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from aval.cli.options import Look

HELP = """Begin a case: a folder with an agreement, a test of it, a statement and a source, all of which run.

\b
Examples:
  aval new berlin
  aval new cases/berlin_2027
"""


@click.command(help=HELP, short_help="Begin a case that runs.")
@click.argument("name")
@click.option("--plain", is_flag=True, help="ASCII only in messages.")
def new(name: str, *, plain: bool) -> None:
    """Make a case."""
    from aval.cli.show import explained, write
    from aval.render.page import quoted
    from aval.render.safe import safe

    with explained(Look(json=False, plain=plain)):
        from aval.workspace.starting import begin

        made = begin(name)
    case = quoted(safe(name))
    write(sys.stdout, "".join(f"{safe(str(Path(name) / file))}\n" for file in made))
    click.echo(f"Go on with: aval status {case}, aval test {case}", err=True)
