"""`aval explain`."""

from __future__ import annotations

import sys

import click

from aval.cli.options import Look

HELP = """What a problem means, why it matters, and how it looks when it is mended. Without a code: all of them.

\b
Examples:
  aval explain AV203
  aval explain
"""


@click.command(help=HELP, short_help="What a problem means, and how to mend it.")
@click.argument("code", required=False)
@click.option("--json", "as_json", is_flag=True, help="One versioned JSON document on stdout.")
@click.option("--plain", is_flag=True, help="No colours.")
def explain(code: str | None, *, as_json: bool, plain: bool) -> None:
    """Show the page of a code."""
    from aval.cli.show import explained, write, writes_signs
    from aval.render.explained import codes_document, print_list, print_page
    from aval.render.json import as_bytes
    from aval.render.text import console_for

    with explained(Look(json=as_json, plain=plain)):
        from aval.workspace import catalogue

        found = catalogue.codes() if code is None else {"": catalogue.code(code)}
    if as_json:
        write(sys.stdout, as_bytes(codes_document(found)))
        return
    console = console_for(sys.stdout, plain=plain or not writes_signs(sys.stdout))
    with console.capture() as drawn:
        if code is None:
            print_list(found, console)
        else:
            print_page(*found[""], console)
    write(sys.stdout, drawn.get())
