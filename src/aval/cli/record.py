"""`aval record`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from aval.cli.options import Command, Look, find_case

SAYS = ("happened", "holds", "member", "amount", "offers", "position", "retracts")
FORMS = ("document", "quoted", "reported", "spokesman", "unnamed official", "circles", "editor")
GRADES = ("high", "medium", "low")
RUNGS = ("refused", "undecided", "signalled", "announced", "intent signed", "approved", "committed", "deployed", "withdrawn")
STANCES = ("supports", "undecided", "demands", "expects", "reserves", "objects", "refuses", "threatens")

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


def _with_fields(command: Command) -> Command:
    for name, text in reversed(_LISTS.items()):
        command = click.option(f"--{name}", name, metavar="TEXT", multiple=True, help=text)(command)
    for name, text in reversed(_TEXTS.items()):
        command = click.option(f"--{name.replace('_', '-')}", name, metavar="TEXT", help=text)(command)
    return command


@click.command(help=HELP, short_help="Write a statement into a case, and record it.")
@click.argument("case", required=False, metavar="[CASE]")
@_with_fields
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
    fields: dict[str, object] = {name: list(value) if isinstance(value, tuple) else value for name, value in given.items() if value}
    if isinstance(number := fields.get("paragraph"), str) and number.isdecimal():
        fields["paragraph"] = int(number)
    with explained(look):
        from aval.workspace.recording import choices, record, record_book

        if xlsx is not None:
            done, problems = record_book(path, Path(xlsx), sheet=sheet, file=file)
        else:
            if not no_input and sys.stdin.isatty():
                file = _ask(fields, file, choices(path))
            done, problems = record(path, [fields], file=file)
        show_problems(problems, look)
        show(done, None, case or "", look)


def _ask(fields: dict[str, object], file: str, choices: tuple[tuple[str, ...], tuple[str, ...]]) -> str:
    """Ask for what is needed and was left out; give the file."""
    files, sources = choices
    _need(fields, "says", lambda: click.prompt("What kind of claim", type=click.Choice(SAYS), err=True))
    _need(fields, "term", lambda: click.prompt("About what, such as in_force(FRA)", err=True))
    says = fields["says"]
    if says not in ("position", "retracts") and not fields.keys() & {"when", "first", "last"}:
        _want(fields, "when", "When in the world (empty: not said)")
    if says == "offers":
        _need(fields, "rung", lambda: click.prompt("How far it stands", type=click.Choice(RUNGS), err=True))
    if says == "position":
        _need(fields, "stance", lambda: click.prompt("How the voice stands to it", type=click.Choice(STANCES), err=True))
    if says == "amount" and not fields.keys() & {"low", "high"}:
        for name in ("low", "high", "unit"):
            _want(fields, name, f"The {name} end (empty: not said)" if name != "unit" else "In which unit")
    if says == "retracts" and "withdraws" not in fields:
        fields["withdraws"] = [click.prompt("What does it take back (label:…)", err=True)]
    today = datetime.now(UTC).astimezone().date().isoformat()
    _need(fields, "said", lambda: click.prompt("By when had the public had it", default=today, err=True))
    _need(fields, "voice", lambda: click.prompt("Who says it", err=True))
    _want(fields, "speaks_for", "For which party, group or body (empty: none)")
    _need(fields, "form", lambda: click.prompt("How was it put", type=click.Choice(FORMS), err=True))
    _need(fields, "grade", lambda: click.prompt("How far can the source be relied on", type=click.Choice(GRADES), err=True))
    _need(fields, "source", lambda: click.prompt("In which source", type=click.Choice(sources), show_choices=len(sources) < 20, err=True))  # noqa: PLR2004
    _want(fields, "paragraph", "In which paragraph (empty: none)")
    if isinstance(number := fields.get("paragraph"), str) and number.isdecimal():
        fields["paragraph"] = int(number)
    _want(fields, "quote", "A few words as they stand there (empty: none)")
    if not file and len(files) > 1:
        return str(click.prompt("Into which file", type=click.Choice(files), err=True))
    return file


def _need(fields: dict[str, object], name: str, ask: Callable[[], object]) -> None:
    if name not in fields:
        fields[name] = ask()


def _want(fields: dict[str, object], name: str, question: str) -> None:
    if name not in fields:
        told = str(click.prompt(question, default="", show_default=False, err=True)).strip()
        if told:
            fields[name] = told
