"""`aval source`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aval.cli.options import Command, Look, find_case

if TYPE_CHECKING:
    from aval.answers.sources import AddedSource, CheckedAnchors

HELP = """The originals of sources: kept sealed in this copy of the case, and searched for the quotes that rest on them.

Originals lie in .aval/sources, readable by their owner. They are part of no answer and no export, and no repository takes them in. Nothing
is fetched from the network.

\b
Examples:
  aval source add cases/paris report.txt
  aval source add cases/paris page.html --as fico-unn-2025-02-17
  aval source check cases/paris
  aval source conceal cases/paris
"""


@click.group(help=HELP, short_help="Originals of sources, and names: add, check, conceal, reveal.")
def source() -> None:
    """Gather the commands about sources."""


def _with_look(command: Command) -> Command:
    command = click.option("--plain", is_flag=True, help="ASCII only: no colours, no symbols.")(command)
    return click.option("--json", "as_json", is_flag=True, help="One versioned JSON document on stdout.")(command)


_ADD = """Keep the original of a source, byte for byte, and read its text.

FILE is plain text, Markdown or HTML; - is stdin. The source is the one of aval.toml that has its sha256, or the one that is named.
"""


@source.command(short_help="Keep an original.", help=_ADD)
@click.argument("words", nargs=-1, metavar="[CASE] FILE")
@click.option("--text", metavar="TEXT", help="The original itself, instead of FILE.")
@click.option("--as", "named", metavar="SOURCE", default="", help="The source of aval.toml that it is.")
@click.option("--encoding", metavar="NAME", default="", help="What it is written in, where it is not UTF-8, such as windows-1252.")
@_with_look
def add(words: tuple[str, ...], *, text: str | None, named: str, encoding: str, as_json: bool, plain: bool) -> None:
    """Add an original."""
    from aval.cli.show import explained

    if len(words) > (1 if text is not None else 2) or (text is None and not words):
        raise click.UsageError("Add what? aval source add CASE FILE")
    case = words[0] if text is not None and words else words[0] if len(words) > 1 else None
    look = Look(json=as_json, plain=plain)
    with explained(look):
        from aval.workspace.sourcing import add_source, read_bounded, read_original

        if text is not None:
            data, name = text.encode(), "text"
        elif words[-1] == "-":
            data, name = read_bounded(sys.stdin.buffer), "stdin"
        else:
            data, name = read_original(Path(words[-1])), words[-1]
        _show(add_source(find_case(case), data, name, source=named, encoding=encoding), look)


@source.command(
    short_help="Look for every quote in its original.", help="Look for every quote of a case in its original. Warnings do not fail."
)
@click.argument("case", required=False, metavar="[CASE]")
@_with_look
def check(case: str | None, *, as_json: bool, plain: bool) -> None:
    """Check anchors."""
    from aval.cli.ends import Ended
    from aval.cli.show import explained, show_problems

    look = Look(json=as_json, plain=plain)
    with explained(look):
        from aval.workspace.sourcing import check_sources

        found, problems = check_sources(find_case(case))
        show_problems(problems, look)
        _show(found, look)
    if not found.sound:
        raise Ended(1)


_CONCEAL = """Put a salted commitment in the place of a name that nobody is to read, such as a witness's.

The name is asked for, or read from stdin, so that no history of commands has it. What is written stands for the name in a statement, as
--voice; the name itself stays in .aval/openings of this copy of the case.
"""


@source.command(short_help="Put a commitment in the place of a name.", help=_CONCEAL)
@click.argument("case", required=False, metavar="[CASE]")
def conceal(case: str | None) -> None:
    """Conceal a name."""
    from aval.cli.show import explained

    path = find_case(case)
    text = click.prompt("The name", hide_input=True, err=True) if sys.stdin.isatty() else sys.stdin.read(4096)
    with explained(Look(json=False, plain=False)):
        from aval.workspace.sourcing import conceal_text

        click.echo(conceal_text(path, text).commitment)


@source.command(short_help="Show what a commitment stands for.", help="Show what a commitment stands for, and its salt, which proves it.")
@click.argument("words", nargs=-1, metavar="[CASE] COMMITMENT")
def reveal(words: tuple[str, ...]) -> None:
    """Reveal a name."""
    from aval.cli.show import explained

    match words:
        case (commitment,):
            case_ = None
        case (case_, commitment):
            pass
        case _:
            raise click.UsageError("Reveal what? Name one commitment: aval source reveal CASE concealed:…")
    with explained(Look(json=False, plain=False)):
        from aval.render.safe import safe
        from aval.workspace.sourcing import reveal as revealed

        found = revealed(find_case(case_), commitment)
        click.echo(f"{safe(found.text)}\nsalt {found.salt.hex()}")


def _show(found: AddedSource | CheckedAnchors, look: Look) -> None:
    from aval.cli.show import write, writes_signs
    from aval.render.json import as_bytes
    from aval.render.sources import sources_document, sources_text

    if look.json:
        write(sys.stdout, as_bytes(sources_document(found)))
    else:
        write(sys.stdout, sources_text(found, plain=look.plain or not writes_signs(sys.stdout)))
