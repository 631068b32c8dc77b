"""`aval schema`."""

from __future__ import annotations

import sys

import click

from aval.cli.options import Look

HELP = """The JSON Schema of a kind of document that Aval reads or writes. Without a name: all names.

\b
Examples:
  aval schema
  aval schema statement
  aval schema status
"""


@click.command(help=HELP, short_help="The JSON Schemas of what Aval reads and writes.")
@click.argument("name", required=False)
def schema(name: str | None) -> None:
    """Print a schema."""
    from aval.cli.show import explained, write
    from aval.render.json import as_bytes

    with explained(Look(json=False, plain=False)):
        from aval.workspace import catalogue

        if name is None:
            write(sys.stdout, "".join(f"{one}\n" for one in catalogue.schemas()))
        else:
            write(sys.stdout, as_bytes(catalogue.schema(name)))
