"""`aval why`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from aval.cli.options import Asked, Look, find_case, with_look, with_view

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

    case, term = _case_and_term(words)
    full = replace(look, everything=look.everything or alleged)
    answer(find_case(case), case, lambda opened: opened.why(term, **asked.view()), full)


def _case_and_term(words: tuple[str, ...]) -> tuple[str | None, str]:
    """Tell the case from the term: the last word is the term. Raises `click.UsageError`."""
    match words:
        case (term,) if not _is_folder(term):
            return None, term
        case (term, case) if _is_folder(case) and not _is_folder(term):
            return case, term
        case (case, term):
            return case, term
        case words if any(word.count("(") != word.count(")") for word in words):
            raise click.UsageError('A term with a space needs quotes: aval why CASE "offer(DEU, land)".')
        case _:
            raise click.UsageError('Why what? Name one term: aval why CASE "in_force(FRA)". `aval status` lists them.')


def _is_folder(word: str) -> bool:
    try:
        return Path(word).is_dir()
    except OSError:  # too long for a name, say
        return False
