"""`aval unlock`."""

from __future__ import annotations

import click

from aval.cli.options import Asked, Look, case_and_term, find_case, with_look, with_view

HELP = """What it would take that a term is yes: the smallest sets of acts, who holds the key to each, and who has said no.

Each set that is shown has been run. "deployed(SWE, air)" asks for a contribution on a rung, with all that it depends on.

\b
Examples:
  aval unlock cases/paris "in_force(FRA)"
  aval unlock cases/paris "deployed(SWE, air)" --by 2027-06-30
  aval unlock cases/ctbt in_force --reading taken_back=given_once
  aval unlock cases/paris "coalition_led_by(FRA)" --lose
"""


@click.command(help=HELP, short_help="What it would take, and who holds each key.")
@click.argument("words", nargs=-1, metavar="[CASE] TERM")
@click.option("--by", metavar="DATE", help="By this date. Default: a year on, or later where delays ask for more.")
@click.option("--lose", is_flag=True, help="What would end it, or keep it from being so.")
@with_view()
@with_look
def unlock(words: tuple[str, ...], by: str | None, asked: Asked, look: Look, *, lose: bool) -> None:
    """Show the keys."""
    from aval.cli.show import answer

    case, term = case_and_term(words, "unlock")
    view = {"by": by, "lose": lose, "everything": look.everything, **asked.view()}
    answer(find_case(case), case, lambda opened: opened.unlock(term, **view), look, asked.viewer)
