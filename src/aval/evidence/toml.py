"""The TOML of a manifest: read with bounds, and with a way to find the line of an entry, which the standard parser does not tell."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence

from aval.evidence.codes import manifest as codes
from aval.model.case import Text
from aval.model.problem import Problem, Span

MAX_SIZE = 1024 * 1024
"""The largest manifest, in characters."""

_PART = r"""(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')"""
_DEEP_NAME = re.compile(rf"(?<![A-Za-z0-9_-])(?:{_PART}[ \t]*+\.[ \t]*+){{16}}")
_PLACE = re.compile(r" \(at line (\d+), column (\d+)\)$")
_HEADER = re.compile(rf"\s*\[\[?\s*({_PART}(?:\s*\.\s*{_PART})*)\s*\]")
_NAME = re.compile(_PART)


def read_toml(text: Text) -> dict[str, object] | Problem:
    """Read a manifest as TOML; a problem if it is none, or larger or deeper than the parser reads in reasonable time."""
    if len(text.content) > MAX_SIZE or _DEEP_NAME.search(text.content):
        return _problem(text, "It is larger or more deeply nested than any manifest.", Span(text.path))
    try:
        return tomllib.loads(text.content)
    except ValueError as error:  # the parser's own, or that of a number with very many digits
        message = str(error)
        place = _PLACE.search(message)
        span = Span(text.path, int(place[1]), int(place[2])) if place else Span(text.path, text.content.count("\n") + 1)
        return _problem(text, f"This is not valid TOML: {_PLACE.sub('', message)}.", span)
    except RecursionError:  # the parser is plain Python, so that this is safe to catch
        return _problem(text, "It is nested too deeply.", Span(text.path))


def find_entry(text: Text, path: Sequence[str]) -> Span:
    """Give the line of an entry, such as `("sources", "dpa", "kind")`; of the table it is missing from; or the file."""
    table: tuple[str, ...] = ()
    best, depth = Span(text.path), 0
    for number, line in enumerate(text.content.split("\n"), 1):
        header = _HEADER.match(line)
        table = _names(header[1]) if header else table
        here = table if header else (*table, *_names(line.partition("=")[0]))
        if "=" not in line and not header:
            continue
        common = len(here) if here == tuple(path[: len(here)]) else 0
        if common > depth:
            start = len(line) - len(line.lstrip()) + 1
            best, depth = Span(text.path, number, start, number, len(line.rstrip()) + 1), common
    return best


def excerpt(text: Text, span: Span) -> str:
    """Give the line that a span starts on."""
    lines = text.content.split("\n")
    return lines[span.line - 1] if 0 < span.line <= len(lines) else ""


def _names(dotted: str) -> tuple[str, ...]:
    return tuple(name.strip("\"'") for name in _NAME.findall(dotted))


def _problem(text: Text, message: str, span: Span) -> Problem:
    hint = "Texts stand in quotes, lists in square brackets, and each entry on a line of its own."
    return Problem(code=codes.NOT_TOML, message=message, span=span, hint=hint, excerpt=excerpt(text, span))
