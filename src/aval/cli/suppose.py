"""`aval suppose`."""

from __future__ import annotations

from pathlib import Path

import click

from aval.cli.options import Asked, Look, find_case, is_folder, with_look, with_view

HELP = """What would be otherwise if something were so: what comes into force, what becomes owed and by when, what is open no longer.

FILE is a document of suppositions. Nothing of it is stored, and nothing is forecast. What is supposed counts as evidence in full,
whatever the agreement asks for; with `told by FRA` it is only what France would say. `without LABEL` takes a statement back.

\b
Examples:
  aval suppose cases/paris --that "ceasefire_begins on 2027-03-01"
  aval suppose cases/paris cases/paris/suppositions/ceasefire.md
  aval suppose cases/paris --that "us_backstop from 2027-03-01" --at 2027-04-01
"""


@click.command(help=HELP, short_help="What would be otherwise if something were so.")
@click.argument("words", nargs=-1, metavar="[CASE] [FILE]...")
@with_view()
@with_look
def suppose(words: tuple[str, ...], asked: Asked, look: Look) -> None:
    """Compare the answer without and with suppositions."""
    from aval.cli.show import answer

    case, files = (words[0], words[1:]) if words and is_folder(words[0]) else (None, words)
    view = asked.view()
    supposed = (*map(Path, files), *view.pop("suppositions", ()))
    if not supposed:
        raise click.UsageError('Suppose what? Name a document, or write --that "TERM on DATE".')
    answer(find_case(case), case, lambda opened: opened.suppose(*supposed, **view), look, asked.viewer)
