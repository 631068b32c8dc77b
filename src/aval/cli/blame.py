"""`aval blame`."""

from __future__ import annotations

import click

from aval.cli.options import Asked, Look, case_and_term, find_case, with_look, with_view

HELP = """Which statements, by whom, made a term what it is, and when that was learned: said, and recorded where there is a ledger.

\b
Examples:
  aval blame cases/paris "in_force(FRA)"
  aval blame cases/paris ceasefire --known 2026-01-07 --json
"""


@click.command(help=HELP, short_help="Which statements made it so, and when we learned it.")
@click.argument("words", nargs=-1, metavar="[CASE] TERM")
@with_view()
@with_look
def blame(words: tuple[str, ...], asked: Asked, look: Look) -> None:
    """Show what a value rests on."""
    from aval.cli.show import answer

    case, term = case_and_term(words, "blame")
    answer(find_case(case), case, lambda opened: opened.blame(term, **asked.view()), look, asked.viewer)
