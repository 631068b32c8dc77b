"""Write the generated pages: `docs/problems/`, one page for each problem code, and their index.

`python tools/docs.py` writes, `python tools/docs.py --check` only says what is stale (exit 1). Never edit the pages: edit the codes.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules

import aval
from aval.model.problem import Code

ROOT = Path(__file__).parent.parent
PROBLEMS = ROOT / "docs" / "problems"
MARK = "<!-- Written by `make docs` from the code; do not edit. -->"


@dataclass(frozen=True, slots=True)
class Entry:
    """A code, and the stage that finds it."""

    code: Code
    stage: str


def entries() -> list[Entry]:
    """Collect `CODES` of every stage that has a module `codes`, by code; one number used twice is an error."""
    found: dict[str, Entry] = {}
    for stage in sorted(module.name for module in iter_modules(aval.__path__) if module.ispkg):
        name = f"aval.{stage}.codes"
        for code in import_module(name).CODES if find_spec(name) else ():
            if code.code in found:
                sys.exit(f"{code.code} is used twice: in {found[code.code].stage} and in {stage}")
            found[code.code] = Entry(code, stage)
    return [found[key] for key in sorted(found)]


def fenced(text: str, stage: str) -> str:
    """Put an example in a fence that is longer than any inside it."""
    fence = "```"
    while fence in text:
        fence += "`"
    body = text.strip("\n")
    return f"{fence}{'aval' if stage == 'language' else 'text'}\n{body}\n{fence}"


def page(entry: Entry) -> str:
    """Write the page of one code."""
    code = entry.code
    parts = [
        MARK,
        f"# {code.code}: {code.title}",
        f"*{code.severity}*, found by `{entry.stage}` · [all problems](README.md)",
        "## What it checks",
        code.what.strip(),
        "## Why it matters",
        code.why.strip(),
    ]
    parts += ["## Example", fenced(code.bad, entry.stage)] if code.bad else []
    parts += ["## Instead", fenced(code.good, entry.stage)] if code.good else []
    return "\n\n".join(parts) + "\n"


def row(entry: Entry) -> str:
    """Write the line of one code in the index."""
    code = entry.code
    title = code.title.replace("|", "\\|")
    return f"| [{code.code}]({code.code}.md) | {title} | {code.severity} | {entry.stage} |"


def index(listed: list[Entry]) -> str:
    """Write the index of all codes."""
    table = ["| code | problem | severity | found by |", "|---|---|---|---|", *map(row, listed)]
    intro = "A problem is a mistake in what a user wrote. It never hides the sound rest. Codes are stable: a number is never used twice."
    return "\n\n".join([MARK, "# Problems", intro, "\n".join(table)]) + "\n"


def wanted() -> dict[Path, str]:
    """Give every generated page, by its path."""
    listed = entries()
    pages = {PROBLEMS / f"{entry.code.code}.md": page(entry) for entry in listed}
    return {PROBLEMS / "README.md": index(listed)} | pages


def stale() -> list[Path]:
    """Give the pages that differ from the code: changed, missing, or of a code that is gone."""
    pages = wanted()
    differ = [path for path, text in pages.items() if not path.is_file() or path.read_text("utf-8") != text]
    return sorted(differ + [path for path in PROBLEMS.glob("*.md") if path not in pages])


def write() -> None:
    """Write all pages, and remove those of codes that are gone."""
    PROBLEMS.mkdir(parents=True, exist_ok=True)
    pages = wanted()
    for path in stale():
        if path in pages:
            path.write_text(pages[path], "utf-8", newline="\n")
        else:
            path.unlink()


def main(arguments: list[str] | None = None) -> int:
    """Write, or with `--check` only compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a page is stale")
    check = parser.parse_args(arguments).check
    for path in stale():
        print(f"{'stale' if check else 'wrote'}: {path.relative_to(ROOT).as_posix()}", file=sys.stderr)
    if check:
        return 1 if stale() else 0
    write()
    return 0


if __name__ == "__main__":
    sys.exit(main())
