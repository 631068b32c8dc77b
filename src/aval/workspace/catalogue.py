"""Everything that Aval can tell of itself: the problems it finds, and the schemas of what it reads and writes."""

from __future__ import annotations

import json
from difflib import get_close_matches
from importlib import import_module
from importlib.resources import files
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import Any

import aval
from aval.model.problem import Code, Incorrect, Problem, Span
from aval.workspace.tool_codes import NO_SUCH_CODE, NO_SUCH_SCHEMA


def codes() -> dict[str, tuple[Code, str]]:
    """Give every code with the stage that finds it: the `CODES` of each stage that has a module `codes`."""
    found: dict[str, tuple[Code, str]] = {}
    for stage in sorted(module.name for module in iter_modules(aval.__path__) if module.ispkg):
        name = f"aval.{stage}.codes"
        if find_spec(name):
            found |= {code.code: (code, stage) for code in import_module(name).CODES}
    return {key: found[key] for key in sorted(found)}


def code(text: str) -> tuple[Code, str]:
    """Give the code of that name, and its stage; capitals do not matter, nor does a missing AV. Raises `Incorrect`."""
    known = codes()
    name = text.strip().upper()
    name = f"AV{name}" if name.isdigit() else name
    if name not in known:
        slip = name[:2] + name[2:].translate(str.maketrans("OIL", "011"))  # letters that look like digits
        raise _unknown(text, slip, list(known), Problem(code=NO_SUCH_CODE, message=f'no problem is called "{text}"', span=Span("code")))
    return known[name]


def schemas() -> dict[str, str]:
    """Give the published schemas: their names, such as `statement`, and the packages and files that hold them."""
    found = {}
    for package in ("aval.evidence", "aval.render"):
        for file in (files(package) / "schema").iterdir():
            if file.name.endswith(".json"):
                found[file.name.removesuffix(".json").partition("-")[0]] = f"{package}/{file.name}"
    return {name: found[name] for name in sorted(found)}


def schema(name: str) -> dict[str, Any]:
    """Give a schema by its name, such as `statement`, `aval.status` or `aval.status/1`. Raises `Incorrect`."""
    known = schemas()
    bare = name.strip().lower().removeprefix("aval.").partition("/")[0]
    if bare not in known:
        raise _unknown(name, bare, list(known), Problem(code=NO_SUCH_SCHEMA, message=f'no schema is called "{name}"', span=Span("schema")))
    package, _, file = known[bare].partition("/")
    made: dict[str, Any] = json.loads((files(package) / "schema" / file).read_text("utf-8"))
    return made


def _unknown(text: str, name: str, known: list[str], problem: Problem) -> Incorrect:
    close = get_close_matches(name, known, n=1, cutoff=0.5) if len(text) < 40 else []  # noqa: PLR2004 (longer is no slip)
    hint = f'did you mean "{close[0]}"?' if close else f"there are: {', '.join(known[:12])}{' …' if len(known) > 12 else ''}"  # noqa: PLR2004
    return Incorrect((Problem(code=problem.code, message=problem.message, span=problem.span, hint=hint),))
