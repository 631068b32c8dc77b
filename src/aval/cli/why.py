"""`aval why`."""

from __future__ import annotations

from dataclasses import replace

import click

from aval.cli.options import Asked, Look, case_and_term, find_case, with_look, with_view

HELP = """Why a term has the value it has, down to the clause and the words in the source.

TERM is what a line of the board is about, such as ceasefire or "in_force(FRA)".

\b
Examples:
  aval why cases/paris "in_force(FRA)"
  aval why cases/paris "offer(DEU, land)" --known 2025-09-05 --alleged
"""


@click.command(help=HELP, short_help="Why a term has its value, down to the source.")
@click.argument("words", nargs=-1, metavar="[CASE] TERM")
@with_view()
@click.option("--alleged", is_flag=True, help="Show every statement that does not count, and why it does not. The same as --all.")
@with_look
def why(words: tuple[str, ...], asked: Asked, look: Look, *, alleged: bool) -> None:
    """Explain a term."""
    from aval.cli.show import answer

    case, term = case_and_term(words, "why")
    full = replace(look, everything=look.everything or alleged)
    answer(find_case(case), case, lambda opened: opened.why(term, **asked.view()), full, asked.viewer)
