"""Answers and problems as JSON: versioned, in one stable order, without floats. People may get another page; machines keep this one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from aval.answers.calendar import Calendar
from aval.answers.parting import Divergence, Side, Standing
from aval.answers.recorded import Blame, Import, Log
from aval.answers.shapes import Changed, Coordinates, Item, OpenQuestion, Owed, Status, Why, WhyNode
from aval.answers.supposed import Supposed
from aval.answers.unlock.shapes import Unlock
from aval.model.problem import Problem
from aval.render.problems import problem_json
from aval.render.properties import property_json
from aval.render.safe import escaped

if TYPE_CHECKING:
    from aval.answers.drafting.claims import Looked

Answer = Status | Why | Unlock | Owed | Changed | Divergence | Supposed | Calendar | Log | Blame | Import
Json = dict[str, Any]

SCHEMAS: Mapping[type, str] = {
    Status: "aval.status/1",
    Why: "aval.why/1",
    Owed: "aval.owed/1",
    Changed: "aval.changed/1",
    Divergence: "aval.diverge/1",
    Supposed: "aval.suppose/1",
    Calendar: "aval.calendar/1",
    Log: "aval.log/1",
    Blame: "aval.blame/1",
    Import: "aval.import/1",
    Unlock: "aval.unlock/1",
}
PROBLEMS = "aval.problems/1"

_FROM = ("agreements", "statements", "engine", "time_zone_data")


def document(answer: Answer) -> Json:
    """Give an answer as plain values, the schema first, then the view, then what it was computed from."""
    if isinstance(answer, Changed):
        head = {"title": answer.title, "earlier": _coordinates(answer.earlier), "later": _coordinates(answer.later)}
        return {"schema": SCHEMAS[Changed], **head, **_rest(answer, {"title", "earlier", "later"})}
    if isinstance(answer, Supposed):
        head = {**_coordinates(answer.coordinates), "without": _coordinates(answer.without)}
        return {"schema": SCHEMAS[Supposed], **head, **_rest(answer, {"coordinates", "without"})}
    if isinstance(answer, Log | Import):
        return {"schema": SCHEMAS[type(answer)], **_rest(answer, set())}
    return {"schema": SCHEMAS[type(answer)], **_coordinates(answer.coordinates), **_rest(answer, {"coordinates"})}


def schema_of(name: str) -> Json:
    """Give the JSON Schema of a kind of document, such as `aval.status/1`."""
    file = files("aval.render") / "schema" / f"{name.removeprefix('aval.').partition('/')[0]}.json"
    found: Json = json.loads(file.read_text("utf-8"))
    return found


def dumps(answer: Answer) -> bytes:
    """Write an answer as UTF-8 JSON."""
    return as_bytes(document(answer))


def problems_document(problems: Sequence[Problem], looked: Sequence[Looked] = ()) -> Json:
    """Give problems as plain values, in the order of the files, and what became of the properties that tests claim."""
    told = [problem_json(one) for one in sorted(problems, key=lambda one: one.sort_key)]
    return {"schema": PROBLEMS, "problems": told, "properties_claimed": [property_json(one) for one in looked]}


def as_bytes(made: Json) -> bytes:
    """Write a document as UTF-8 with a line end; characters that could steer a terminal are JSON escapes."""
    return f"{escaped(json.dumps(made, ensure_ascii=False, indent=2))}\n".encode()


def _coordinates(at: Coordinates) -> Json:
    values = _rest(at, set())
    view = {name: value for name, value in values.items() if name not in _FROM}
    return {"view": view, "computed_from": {name: values[name] for name in _FROM}}


def _rest(thing: Any, but: set[str]) -> Json:  # noqa: ANN401  any of our dataclasses
    return {field.name: _plain(thing, field.name) for field in fields(thing) if field.name not in but}


def _plain(thing: object, name: str) -> Any:  # noqa: ANN401  whatever JSON has
    """Give one field. Pairs and triples that mean something get names of their own; all else is as it is."""
    value = getattr(thing, name)
    match thing, name:
        case Item(), "bounds":
            return None if value is None else {"earliest": value[0], "latest": value[1]}
        case OpenQuestion(), "readings":
            return [{"name": one, "label": label, "anchors": list(anchors)} for one, label, anchors in value]
        case WhyNode() | Side() | Standing(), "anchors":
            return [{"anchor": anchor, "quote": quote} for anchor, quote in value]
        case Why(), "roots":
            return [{"reading": reading, "tree": _rest(tree, set())} for reading, tree in value]
        case Changed(), "reports":
            return None if value is None else {"earlier": value[0], "later": value[1]}
        case _:
            return _value(value)


def _value(value: object) -> Any:  # noqa: ANN401  whatever JSON has
    if isinstance(value, Mapping):
        return {str(key): _value(one) for key, one in value.items()}
    if value is None or isinstance(value, str | int):
        return value
    return [_value(one) for one in value] if isinstance(value, Sequence) else _rest(value, set())
