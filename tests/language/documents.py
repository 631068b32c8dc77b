"""Literate tests: a Markdown document with `aval` blocks, and in a `problems` block what Aval should say of them.

A line of a `problems` block is `AV203 4:9 message`, and under it, indented, a hint (`? …`) and notes (`> LINE:COLUMN …`), and a line for
each declaration that is left: `left: NAME, NAME`. Set AVAL_REWRITE=1 to write down what Aval says now; the difference in version control
is then what there is to review.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from aval.language.read import read_agreements
from aval.model.agreement import Agreements
from aval.model.case import Text
from aval.model.problem import Problem

HERE = Path(__file__).parent
REWRITE = "AVAL_REWRITE" in os.environ
SOURCES = ("paris-declaration", "dpa-2025-09-04")
_BLOCK = re.compile(r"^```problems\n(.*?)^```\n?", re.MULTILINE | re.DOTALL)


def documents(folder: str) -> list[Path]:
    """Give the documents of a folder."""
    return sorted((HERE / folder).glob("*.md"))


def read(path: Path) -> tuple[Agreements, tuple[Problem, ...]]:
    """Read one document as a case of its own."""
    return read_agreements([Text(path=path.name, content=path.read_text("utf-8"))], SOURCES)


def expected(path: Path) -> str:
    """Give what stands in the `problems` block."""
    match = _BLOCK.search(path.read_text("utf-8"))
    return match.group(1) if match else ""


def told(agreements: Agreements, problems: tuple[Problem, ...]) -> str:
    """Write problems, and what is left, in the form of a `problems` block."""
    lines = []
    for found in problems:
        lines.append(f"{found.code.code} {found.span.line}:{found.span.column} {found.message}")
        lines.extend([f"    ? {found.hint}"] if found.hint else [])
        lines.extend(f"    > {span.line}:{span.column} {note}" for span, note in found.notes)
    lines.append(f"left: {', '.join(agreements.declarations)}")
    return "\n".join(lines) + "\n"


def rewrite(path: Path, text: str) -> None:
    """Put a new `problems` block into a document, at its end where there was none."""
    content = path.read_text("utf-8")
    block = f"```problems\n{text}```\n"
    new = _BLOCK.sub(lambda _: block, content) if _BLOCK.search(content) else f"{content.rstrip()}\n\n{block}"
    path.write_text(new, "utf-8")
