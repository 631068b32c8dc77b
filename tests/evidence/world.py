"""A small world to read statements against: agreements made by hand, two sources, and ways to write lines."""

from __future__ import annotations

import json
from types import MappingProxyType

from aval.evidence.intake import read_statements
from aval.model.agreement import (
    Agreements,
    Area,
    Body,
    Declaration,
    Document,
    Duty,
    Event,
    Group,
    Meta,
    Param,
    Party,
    Process,
    Quantity,
    Question,
    Reading,
    State,
)
from aval.model.case import Text
from aval.model.expression import Name, Ref
from aval.model.problem import Problem, Span
from aval.model.source import Source, SourceKind
from aval.model.statement import Statement

ZONE = "Europe/Paris"
WHERE = Span("agreements/pact.md", 1)


def meta(name: str) -> Meta:
    return Meta(name=name, span=WHERE)


G = (Param(name="g", group="coalition"),)
PARTIES = tuple(Party(meta=meta(code)) for code in ("FRA", "GBR", "DEU", "UKR", "RUS"))
REST: tuple[Declaration, ...] = (
    Group(meta=meta("countries"), members=("FRA", "GBR", "DEU")),
    Group(meta=meta("coalition"), members=("FRA", "GBR"), others=True, among="countries"),
    Group(meta=meta("willing"), members=("FRA",), size=26),
    Group(meta=meta("domains"), members=("land", "air", "sea")),
    Body(meta=meta("commission"), seats=("coalition",)),
    Area(meta=meta("rear")),
    Question(
        meta=meta("trigger"),
        readings=(Reading(name="after_peace", label="", span=WHERE), Reading(name="after_truce", label="", span=WHERE)),
    ),
    Event(meta=meta("committed"), params=G),
    Event(meta=meta("truce_begins")),
    Event(meta=meta("joined"), params=(Param(name="w", group="willing"),)),
    State(meta=meta("truce")),
    State(meta=meta("in_force"), params=G),
    Process(meta=meta("path"), params=G, steps=()),
    Quantity(meta=meta("force_size"), unit="persons"),
    Duty(meta=meta("assist"), params=G, bearer=Name("g"), counterparty=Name("UKR"), deeds=(Ref("committed"),)),
)
AGREEMENTS = Agreements(
    documents=(Document(meta=meta("pact"), version=""),),
    declarations=MappingProxyType({item.meta.name: item for item in (*PARTIES, *REST)}),
)
SOURCES = {
    "dpa": Source(id="dpa", kind=SourceKind.REPORT, title="A report", paragraphs=12),
    "page": Source(id="page", kind=SourceKind.PAGE, title="A page"),
}

GOOD: dict[str, object] = {
    "label": "fra-1",
    "says": "happened",
    "term": "committed(FRA)",
    "when": "2026-01-06",
    "said": "2026-01-06",
    "voice": "Emmanuel Macron",
    "speaks_for": "FRA",
    "form": "quoted",
    "grade": "high",
    "source": "dpa",
    "paragraph": 5,
}


def fields(**changes: object) -> dict[str, object]:
    """The good statement with changes; `None` takes a field out."""
    return {key: value for key, value in {**GOOD, **changes}.items() if value is not None}


def line(**changes: object) -> str:
    return json.dumps(fields(**changes), ensure_ascii=False)


def read(*contents: str, path: str = "statements/{}.jsonl") -> tuple[tuple[Statement, ...], tuple[Problem, ...]]:
    """Read contents as the statement files `0`, `1` and so on of a case."""
    texts = [Text(path=path.format(number), content=content) for number, content in enumerate(contents)]
    return read_statements(texts, agreements=AGREEMENTS, sources=SOURCES, zone=ZONE)


def one(**changes: object) -> Statement:
    """Read one line that is sound."""
    statements, problems = read(line(**changes))
    assert problems == ()
    return statements[0]


def wrong(**changes: object) -> tuple[Problem, ...]:
    """Read one line that is not."""
    statements, problems = read(line(**changes))
    assert statements == ()
    return problems


def sound(*lines: str) -> tuple[Statement, ...]:
    statements, problems = read("\n".join(lines))
    assert problems == ()
    return statements


def codes(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.code.code for problem in problems]
