"""`aval record`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aval.cli.options import Command, Look, find_case
from aval.cli.questions import Questions, command_of, number

if TYPE_CHECKING:
    from aval.answers.recorded import Import
    from aval.model.problem import Problem

HELP = """Record a statement: check it against the case, write it into one of its files, and take it into the ledger.

In a terminal Aval asks for what you leave out; --no-input keeps it from asking. With --xlsx it records the rows of a sheet, whose first row
names the fields.

\b
Examples:
  aval record cases/paris
  aval record cases/paris --file statements/timeline.jsonl --says happened --term ceasefire_begins \\
      --when 2026-11-20 --said 2026-11-20 --voice "A spokesman" --form spokesman --grade medium --source tass
  aval record cases/paris --xlsx statements.xlsx
"""

_TEXTS = {
    "label": "A short name of its own; one is made if you give none.",
    "says": "What kind of claim: happened, holds, member, amount, offers, position, retracts.",
    "term": "What the claim is about, such as in_force(FRA).",
    "polarity": "yes, or no where it denies.",
    "when": 'When in the world: a date, or a phrase such as "am Dienstag".',
    "first": "The first possible date, instead of --when.",
    "last": "The last possible date, instead of --when.",
    "wording": "The words that the dates were read from.",
    "throughout": "no: at some time in the span only.",
    "said": "The date by which the public had it.",
    "voice": "Who says it.",
    "speaks_for": "The party, group or body that the voice speaks for.",
    "outlet": "Who published it.",
    "form": "How it was put: document, quoted, reported, spokesman, unnamed official, circles, editor.",
    "firmness": "How firm it is: envisaged to done.",
    "grade": "How far the source can be relied on: high, medium, low.",
    "source": "The id of a source in aval.toml.",
    "paragraph": "The non-empty line of the source, from 1.",
    "quote": "A few words as they stand there.",
    "low": "The low end of an amount.",
    "high": "The high end of an amount.",
    "unit": "The unit of an amount.",
    "rung": "How far what is offered stands.",
    "stance": "How the voice stands to the term.",
    "area": "A declared area.",
    "place": "The place, in the voice's words.",
    "note": "Anything else a reader should know.",
}
_LISTS = {
    "through": "Through whom the voice reached us; repeat for more.",
    "conditions": "A condition, in the voice's words; repeat for more.",
    "withdraws": "What the same voice takes back: label:… or sha256:…; repeat for more.",
}


def with_fields(command: Command) -> Command:
    """Add an option for each field of a statement."""
    for name, text in reversed(_LISTS.items()):
        command = click.option(f"--{name}", name, metavar="TEXT", multiple=True, help=text)(command)
    for name, text in reversed(_TEXTS.items()):
        command = click.option(f"--{name.replace('_', '-')}", name, metavar="TEXT", help=text)(command)
    return command


@click.command(help=HELP, short_help="Write a statement into a case, and record it.")
@click.argument("case", required=False, metavar="[CASE]")
@with_fields
@click.option("--file", metavar="PATH", default="", help="The file of statements that it goes into, as aval.toml lists it.")
@click.option("--xlsx", metavar="FILE", help="Record the rows of this workbook instead.")
@click.option("--sheet", metavar="NAME", default="", help="The sheet of the workbook; the first one unless you say.")
@click.option("--no-input", is_flag=True, help="Never ask.")
@click.option("--json", "as_json", is_flag=True, help="One versioned JSON document on stdout.")
@click.option("--plain", is_flag=True, help="ASCII only: no colours, no symbols.")
def record(case: str | None, *, file: str, xlsx: str | None, sheet: str, no_input: bool, as_json: bool, plain: bool, **given: Any) -> None:  # noqa: ANN401
    """Record one statement, or the rows of a sheet."""
    from aval.cli.show import explained, show, show_problems

    look = Look(json=as_json, plain=plain)
    path = find_case(case)
    fields = fields_of(given)
    with explained(look):
        from aval.workspace.recording import record, record_book

        if xlsx is not None:
            done, problems = record_book(path, Path(xlsx), sheet=sheet, file=file)
        elif no_input or not sys.stdin.isatty():
            done, problems = record(path, [fields], file=file)
        else:
            done, problems = _asked(path, fields, file)
        show_problems(problems, look)
        show(done, None, case or "", look)


def fields_of(given: Mapping[str, Any]) -> dict[str, object]:
    """Give the fields of a statement that a user has typed."""
    fields: dict[str, object] = {name: list(value) if isinstance(value, tuple) else value for name, value in given.items() if value}
    if isinstance(paragraph := fields.get("paragraph"), str):
        fields["paragraph"] = number(paragraph)
    return fields


def _asked(path: str, fields: dict[str, object], file: str) -> tuple[Import, tuple[Problem, ...]]:
    """Ask for the rest, and record it. Who has typed it all keeps it, also where it does not fit together."""
    from aval.model.problem import Incorrect
    from aval.workspace.desk import open_desk
    from aval.workspace.recording import record

    file = Questions(open_desk(path), fields).ask(file)
    try:
        return record(path, [fields], file=file)
    except Incorrect:
        click.echo(f"Nothing was written. What you typed:\n  {command_of(path, fields, file)}\n", err=True)
        raise
