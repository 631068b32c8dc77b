"""`aval check`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from aval.cli.options import Look, find_case

if TYPE_CHECKING:
    from aval.workspace.checking import Checked

HELP = """All mistakes in a case or a document, each with its place and what to do.

A document of a case is read with the rest of the case, and only its own mistakes are shown. Of a folder that holds cases every one is
checked. Warnings do not fail.

Without mistakes, the draft is looked over: would it work? A weakness comes with a test that shows it. A property that a test claims (`must
always`, `can`, `never ... before`) is looked into by running short sequences of acts.

\b
Examples:
  aval check cases/paris
  aval check cases
  aval check cases/paris/agreements/ceasefire.md --json
  aval check pact.md --fix
"""


@click.command(help=HELP, short_help="All mistakes in a case or a document.")
@click.argument("paths", nargs=-1, metavar="[FILE|CASE|FOLDER]...")
@click.option("--fix", is_flag=True, help="Mend what can only have been meant in one way, and show what is left.")
@click.option("--json", "as_json", is_flag=True, help="One versioned JSON document on stdout, for editors.")
@click.option("--plain", is_flag=True, help="ASCII only: no colours, no symbols, no lines drawn.")
def check(paths: tuple[str, ...], *, fix: bool, as_json: bool, plain: bool) -> None:
    """Show problems."""
    from aval.cli.ends import Ended
    from aval.cli.group import INPUT
    from aval.cli.show import explained, show_problems

    look = Look(json=as_json, plain=plain)
    with explained(look):
        from aval.workspace.checking import check as checked

        found = checked(*(paths or (find_case(None),)), fix=fix)
    show_problems(found.unread, look)
    _show(found, look)
    if not found.sound:
        raise Ended(INPUT if found.unread else 1)


def _show(found: Checked, look: Look) -> None:
    from aval.cli.show import write, writes_signs
    from aval.render.json import as_bytes, problems_document

    if look.json:
        write(sys.stdout, as_bytes(problems_document(found.problems, found.looked)))
        return
    from aval.render.problems import print_problems
    from aval.render.properties import property_lines
    from aval.render.text import console_for

    plain = look.plain or not writes_signs(sys.stdout)
    console = console_for(sys.stdout, plain=plain)
    with console.capture() as drawn:
        print_problems(found.problems, console, plain=plain)
    write(sys.stdout, _fixed(found) + (drawn.get() or f"No problems in {_looked_at(found)}.\n") + property_lines(found.looked))


def _fixed(found: Checked) -> str:
    from aval.render.safe import safe

    return "".join(f"fixed {safe(str(one.span))}: {safe(one.fix.title)}\n" for one in found.fixed if one.fix)


def _looked_at(found: Checked) -> str:
    kinds = [(found.documents, "document"), (found.statement_files, "statement file")]
    return " and ".join(f"{number} {kind}{'' if number == 1 else 's'}" for number, kind in kinds if number)
