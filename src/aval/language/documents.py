"""The opening of each document: its one `agreement` line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from aval.language.parse import Parsed
from aval.language.problems import problem
from aval.language.syntax import Declaration
from aval.model.expression import Name
from aval.model.problem import Code, Problem, Span

CODE = Code(
    code="AV222",
    title="Not one agreement to a document",
    what="A document with `aval` blocks has no `agreement` line, or has two.",
    why="Every answer names the agreement it comes from, so each document must say its name once.",
    bad="state ceasefire",
    good='agreement paris_2026 "Robust Security Guarantees"\nstate ceasefire',
)


def openings(parsed: list[Parsed], problems: list[Problem]) -> list[Declaration]:
    """Give the agreement line of each document. Where there is none, or it is broken, one is made up from the name of the file."""
    taken: set[str] = set()
    found = []
    for number, page in enumerate(parsed):
        pairs = zip(page.declarations, page.above, strict=True)
        lines = [(declaration, block) for declaration, block in pairs if declaration.kind == "agreement"]
        for extra, _ in lines[1:]:
            note = ((lines[0][0].name.span, "The first one is here."),)
            problems.append(problem(CODE, "This document names a second agreement.", extra.name.span, "Begin a new document for it.", note))
        opening = replace(lines[0][0], heading=lines[0][1].heading, prose=lines[0][1].prose) if lines else _made_up(page, problems)
        if opening.name.text in taken:
            problems.append(problem(CODE, f"Two documents are named `{opening.name.text}`.", opening.name.span, "Give each its own name."))
            opening = replace(opening, name=replace(opening.name, text=_free(opening.name.text, taken)))
        taken.add(opening.name.text)
        found.append(replace(opening, page=number, agreement=opening.name.text))
    return found


def _made_up(page: Parsed, problems: list[Problem]) -> Declaration:
    """Make an opening for a document without one, so that its rest can be asked. A broken line has been reported already."""
    stem = "".join(c if c.isascii() and c.isalnum() else "_" for c in PurePosixPath(page.page.path).stem) or "agreement"
    name = stem if stem[0].isalpha() else f"agreement_{stem}"
    span = Span(page.page.path, 1, 1, 1, 1)
    if page.declarations and not page.problems:
        hint = f'Open the first block with `agreement {name} "…"`.'
        problems.append(problem(CODE, "This document does not name its agreement.", span, hint))
    return Declaration(kind="agreement", name=Name(name, span=span), span=span)


def _free(name: str, taken: set[str]) -> str:
    return next(free for number in range(2, len(taken) + 3) if (free := f"{name}_{number}") not in taken)
