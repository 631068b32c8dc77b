"""One line of JSON, strictly (DESIGN 5, TRUST 0.5).

The standard parser takes NaN, floats, huge numbers and a key that stands twice. Its hooks are how it learns not to: each of them refuses,
and the depth is counted before the parser, which calls itself, sees the line. (msgspec would be no stricter, since it takes
keys that stand twice, and costs more to import than all statements of a case to read.)
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NoReturn

from aval.evidence.codes import lines as codes
from aval.evidence.complaint import Complaint
from aval.evidence.words import shown
from aval.model.problem import Code

MAX_DEPTH = 4
"""How deep brackets may nest: an object, a list in it, and some to name the mistake better."""
MAX_INTEGER = 2**53 - 1

_DIGITS = len(str(MAX_INTEGER)) + 1
_SPACE = re.compile(r"[ \t\r\n]*+")
_STRING = re.compile(r'"(?:[^"\\]++|\\.?)*+(?:"|\Z)', re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")


class _RefusedError(ValueError):
    """How a hook of the parser says no. It never leaves this file."""

    def __init__(self, code: Code, message: str, hint: str, literal: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.hint, self.literal = code, message, hint, literal


def read_object(line: str) -> dict[str, object] | Complaint:
    """Read one line as one JSON object; a complaint if it is none, or one that not all readers would understand alike."""
    offset = _too_deep(line)
    if offset is not None:
        hint = "A value is a text, a whole number or a list of texts."
        return Complaint(code=codes.TOO_DEEP, message=f"Brackets are nested more than {MAX_DEPTH} deep.", hint=hint, offset=offset)
    try:
        value = _PARSER.decode(line)
    except _RefusedError as refused:
        offset = _offset_of(line, refused)
        return Complaint(code=refused.code, message=refused.message, hint=refused.hint, offset=offset)
    except json.JSONDecodeError as error:
        hint = "Each line is one object: double quotes around names and texts, commas between fields, none after the last."
        message = f"This is not valid JSON: {error.msg[:1].lower()}{error.msg[1:]}."
        return Complaint(code=codes.NOT_JSON, message=message, hint=hint, offset=min(error.pos, len(line)))
    if not isinstance(value, dict):
        hint = "Write one object in braces on each line."
        return Complaint(code=codes.NOT_AN_OBJECT, message="This line is JSON, and no object.", hint=hint)
    return value


def fields_of(line: str) -> Iterator[tuple[str, int, int, int]]:
    """Yield each field of a flat object with the offsets of its name, its value and its end; as far as the line can be read."""
    at = _skip(line, 0) + 1
    try:
        while True:
            start = _skip(line, at)
            name, at = _LENIENT.raw_decode(line, start)
            value = _skip(line, _skip(line, at) + 1)
            _, at = _LENIENT.raw_decode(line, value)
            yield str(name), start, value, at
            at = _skip(line, at) + 1
    except json.JSONDecodeError:
        return


def _skip(line: str, at: int) -> int:
    match = _SPACE.match(line, at)
    return match.end() if match else at


def _too_deep(line: str) -> int | None:
    """Give the offset of the first bracket that is nested too deeply. Brackets in texts do not count."""
    if line.count("[") + line.count("{") <= MAX_DEPTH:
        return None
    bare = _STRING.sub(lambda match: " " * len(match[0]), line)
    depth = 0
    for match in _BRACKET.finditer(bare):
        depth += 1 if match[0] in "[{" else -1
        if depth > MAX_DEPTH:
            return match.start()
    return None


def _offset_of(line: str, refused: _RefusedError) -> int | None:
    """Give the offset of what a hook refused: the last field of that name, or the first value of that spelling."""
    if refused.code is codes.TWICE:
        return max((start for name, start, _, _ in fields_of(line) if name == refused.literal), default=None)
    spans = ((value, end) for _, _, value, end in fields_of(line))
    return next((start + line[start:end].find(refused.literal) for start, end in spans if refused.literal in line[start:end]), None)


def _no_float(literal: str) -> NoReturn:
    message = f"{literal[:40]} is a number with a point or an exponent."
    hint = f'Write it as text: "{literal}"' if len(literal) <= _DIGITS and "e" not in literal.lower() else "Write it as text, in quotes."
    raise _RefusedError(codes.FLOAT, message, hint, literal)


def _no_constant(literal: str) -> NoReturn:
    raise _RefusedError(codes.NOT_A_NUMBER, f"{literal} is no number.", "Leave out an end that nobody gave.", literal)


def _small_integer(literal: str) -> int:
    """Refuse before counting: Python would spend a long time on a million digits."""
    if len(literal) <= _DIGITS:
        number = int(literal)
        if abs(number) <= MAX_INTEGER:
            return number
    message = f"{literal[:40]}{'…' if len(literal) > 40 else ''} is too large for a number in JSON."  # noqa: PLR2004
    raise _RefusedError(codes.TOO_BIG, message, "Write it as text, in quotes.", literal)


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for at, name in enumerate(names) if name in names[:at])
        raise _RefusedError(codes.TWICE, f"{shown(twice)} stands twice in this line.", "Keep one of the two.", twice)
    return fields


# Control characters inside a text pass here (`strict=False`), so that they can be named where texts are read.
_PARSER = json.JSONDecoder(
    object_pairs_hook=_once_each, parse_float=_no_float, parse_int=_small_integer, parse_constant=_no_constant, strict=False
)
_LENIENT = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str, strict=False)
