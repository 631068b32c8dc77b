"""`aval say`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from aval.cli.options import MANIFEST, Look, find_case

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aval.language.say import Sentence
    from aval.model.agreement import Agreements
    from aval.model.problem import Problem

HELP = """An agreement in plain sentences, as the code has it, to be checked against its clauses.

CASE is a case, or one document with `aval` blocks.

\b
Examples:
  aval say cases/paris
  aval say cases/paris --lang de
  aval say cases/paris/agreements/ceasefire.md --json
"""


@click.command(help=HELP, short_help="An agreement in plain sentences, English or German.")
@click.argument("case", required=False, metavar="[CASE|FILE]")
@click.option("--lang", type=click.Choice(["en", "de"]), default="en", show_default=True, help="The language of the sentences.")
@click.option("--json", "as_json", is_flag=True, help="One versioned JSON document on stdout.")
def say(case: str | None, lang: str, *, as_json: bool) -> None:
    """Say an agreement."""
    import sys

    from aval.cli.show import explained, show_problems, write, writes_signs
    from aval.language.say import say as say_all

    look = Look(json=as_json, plain=False)
    with explained(look):
        agreements, problems = _read(find_case(case))
        show_problems(problems, look)
        sentences = say_all(agreements, lang)
    if look.json:
        from aval.render.json import as_bytes

        write(sys.stdout, as_bytes({"schema": "aval.say/1", "language": lang, "sentences": [_row(one) for one in sentences]}))
    else:
        from aval.render.text import console_for

        writes_signs(sys.stdout)
        write(sys.stdout, _text(sentences, console_for(sys.stdout).width))


def _read(path: str) -> tuple[Agreements, Sequence[Problem]]:
    """Read the agreements of a case, or of one document."""
    if not Path(path).is_file() or Path(path).name == MANIFEST:
        from aval.workspace.case import open_case

        opened = open_case(Path(path).parent if Path(path).name == MANIFEST else path)
        return opened.agreements, opened.problems
    from aval.evidence.decode import decode
    from aval.evidence.folder import MAX_FILE
    from aval.language.read import read_agreements
    from aval.model.case import Text
    from aval.model.problem import Incorrect

    with Path(path).open("rb") as file:
        text = decode(file.read(MAX_FILE), path)
    if not isinstance(text, Text):
        raise Incorrect((text,))
    return read_agreements([text])


def _row(one: Sentence) -> dict[str, object]:
    span = one.span
    return {"name": one.name, "text": one.text, "path": span.path, "line": span.line, "column": span.column}


def _text(sentences: Sequence[Sentence], width: int) -> str:
    """Write the sentences, nothing left out: each declaration opens a paragraph, and what is said of it stands below.

    Declarations of one sentence, such as parties, stand together.
    """
    from itertools import groupby

    from rich.text import Text

    from aval.render.layout import hung
    from aval.render.safe import safe

    lines: list[str] = []
    before = 0
    for _, found in groupby(sentences, lambda one: one.name):
        said = [safe(one.text, len(one.text)) for one in found]
        lines += [""] if lines and max(before, len(said)) > 1 else []
        for number, text in enumerate(said):
            lead, under = ("  ", "    ") if number else ("", "  ")
            lines += [made.plain for made in hung(lead, Text(text), width, under)]
        before = len(said)
    return "\n".join([*lines, ""]) if lines else ""
