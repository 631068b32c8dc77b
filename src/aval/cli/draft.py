"""`aval draft`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from aval.cli.options import Command, Look, find_case, with_viewer
from aval.cli.record import fields_of, with_fields

if TYPE_CHECKING:
    from aval.answers.drafts import Drafts

HELP = """The draft statements of one party: what it keeps to itself until it publishes it.

With --viewer an answer counts them; without it, and for every other party, nothing of them is there. They are never recorded, exported or
part of a proof. They lie in .aval/drafts of this copy of the case, readable by its owner.

\b
Examples:
  aval draft add cases/paris --viewer FRA --says happened --term ceasefire_begins \\
      --when 2026-11-20 --said 2026-11-20 --voice "An envoy" --form spokesman --grade medium --source tass
  aval draft list cases/paris --viewer FRA
  aval status cases/paris --viewer FRA
  aval draft publish cases/paris FRA-2026-11-20 --viewer FRA --file statements/timeline.jsonl
"""


@click.group(help=HELP, short_help="What one party keeps to itself: add, list, publish, drop.")
def draft() -> None:
    """Gather the commands about drafts."""


def _with_look(command: Command) -> Command:
    command = click.option("--plain", is_flag=True, help="ASCII only: no colours, no symbols.")(command)
    return click.option("--json", "as_json", is_flag=True, help="One versioned JSON document on stdout.")(command)


@draft.command(
    short_help="Add a draft statement.", help="Add a draft statement, checked like any statement. Its fields are those of aval record."
)
@click.argument("case", required=False, metavar="[CASE]")
@with_fields
@with_viewer
@_with_look
def add(case: str | None, *, viewer: str, as_json: bool, plain: bool, **given: Any) -> None:  # noqa: ANN401
    """Add a draft."""
    from aval.cli.show import explained

    look = Look(json=as_json, plain=plain)
    with explained(look):
        from aval.workspace.draft_statements import draft as made

        _show(made(find_case(case), viewer, fields_of(given)), look)


@draft.command("list", short_help="Show the draft statements of a party.", help="Show the draft statements of the party that looks.")
@click.argument("case", required=False, metavar="[CASE]")
@with_viewer
@_with_look
def list_(case: str | None, *, viewer: str, as_json: bool, plain: bool) -> None:
    """Show drafts."""
    from aval.cli.show import explained

    look = Look(json=as_json, plain=plain)
    with explained(look):
        from aval.workspace.draft_statements import drafts

        _show(drafts(find_case(case), viewer), look)


@draft.command(short_help="Take a draft statement away.", help="Take a draft statement away, for good.")
@click.argument("words", nargs=-1, metavar="[CASE] LABEL")
@with_viewer
@_with_look
def drop(words: tuple[str, ...], *, viewer: str, as_json: bool, plain: bool) -> None:
    """Take a draft away."""
    from aval.cli.show import explained

    look = Look(json=as_json, plain=plain)
    case, label = _case_and_label(words, "drop")
    with explained(look):
        from aval.workspace.draft_statements import drop as dropped

        _show(dropped(find_case(case), viewer, label), look)


@draft.command(short_help="Make a draft statement public.", help="Write a draft statement into a file of the case, and record it now.")
@click.argument("words", nargs=-1, metavar="[CASE] LABEL")
@with_viewer
@click.option("--file", metavar="PATH", default="", help="The file of statements that it goes into, as aval.toml lists it.")
@_with_look
def publish(words: tuple[str, ...], *, viewer: str, file: str, as_json: bool, plain: bool) -> None:
    """Publish a draft."""
    from aval.cli.show import explained, show, show_problems

    look = Look(json=as_json, plain=plain)
    case, label = _case_and_label(words, "publish")
    with explained(look):
        from aval.workspace.draft_statements import publish as published

        done, problems = published(find_case(case), viewer, label, file=file)
        show_problems(problems, look)
        show(done, None, case or "", look)


def _case_and_label(words: tuple[str, ...], verb: str) -> tuple[str | None, str]:
    match words:
        case (label,):
            return None, label
        case (folder, label):
            return folder, label
        case _:
            raise click.UsageError(f"{verb.capitalize()} what? Name one draft statement by its label; aval draft list shows them.")


def _show(found: Drafts, look: Look) -> None:
    from aval.cli.show import write, writes_signs
    from aval.render.drafts import drafts_document, drafts_text
    from aval.render.json import as_bytes

    if look.json:
        write(sys.stdout, as_bytes(drafts_document(found)))
    else:
        write(sys.stdout, drafts_text(found, plain=look.plain or not writes_signs(sys.stdout)))
