"""A small case from text, for tests of the engine: agreements and statements as an author would write them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from aval.answers.inquiry import Inquiry
from aval.answers.items import item
from aval.answers.shapes import Item
from aval.engine.world import World
from aval.evidence.intake import read_statements
from aval.evidence.live import live
from aval.language.read import read_agreements
from aval.model.agreement import Agreements
from aval.model.case import Manifest, Text
from aval.model.instant import read_civil
from aval.model.source import Source, SourceKind
from aval.model.statement import Statement
from aval.model.term import Term
from aval.model.view import View

ZONE = "Etc/UTC"
SOURCES = {name: Source(id=name, kind=SourceKind.PAGE, title=name) for name in ("paper", "gazette", "wire")}

Row = Mapping[str, object]


def agreements(body: str) -> Agreements:
    """Read one block; there may be no problem in it."""
    text = f'# A test\n\nA clause.\n\n```aval\nagreement test "A test"\n  dates run in "{ZONE}"\n{body}\n```\n'
    found, problems = read_agreements([Text(path="test.md", content=text)], SOURCES)
    assert not problems, [(str(one.span), one.message) for one in problems]
    return found


def statements(found: Agreements, rows: Sequence[Row]) -> tuple[Statement, ...]:
    """Read rows; what a row does not say is filled in: a named reporter of grade high, on the day it happened."""
    lines = []
    for number, row in enumerate(rows):
        base = {"label": f"s{number}", "says": "happened", "said": row.get("when", "2026-01-01"), "voice": f"voice {number}"}
        lines.append(json.dumps({**base, "form": "reported", "grade": "high", "source": "paper", **row}))
    told, problems = read_statements([Text(path="test.jsonl", content="\n".join(lines))], agreements=found, sources=SOURCES, zone=ZONE)
    assert not problems, [(str(one.span), one.message) for one in problems]
    return told


def inquiry(
    body: str | Agreements, rows: Sequence[Row] = (), *, at: str, known: str | None = None, readings: Mapping[str, str] | None = None
) -> Inquiry:
    """Evaluate a small case at a view."""
    found = agreements(body) if isinstance(body, str) else body
    at_range, known_range = (read_civil(text, ZONE) for text in (at, known or at))
    assert at_range is not None
    assert known_range is not None
    view = View(at=at_range.hi, known=known_range.hi, readings=tuple(sorted((readings or {}).items())))
    in_view = live(statements(found, rows), view.known, ZONE)
    world = World(found, in_view, view, ZONE)
    manifest = Manifest(title="A test", zone=ZONE, sources=SOURCES)
    return Inquiry(world=world, manifest=manifest, statements={one.id: one for one in in_view})


def line(
    body: str | Agreements,
    rows: Sequence[Row],
    term: str,
    *,
    at: str,
    known: str | None = None,
    readings: Mapping[str, str] | None = None,
) -> Item:
    """Give the board's line of one term."""
    asked = inquiry(body, rows, at=at, known=known, readings=readings)
    parsed = Term.parse(term)
    assert parsed is not None
    return item(asked.world.agreements.declarations[parsed.name], parsed, asked)


def value(body: str | Agreements, rows: Sequence[Row], term: str, at: str, **view: str) -> str | None:
    """Give the value of one term."""
    return line(body, rows, term, at=at, **view).value  # type: ignore[arg-type]  # only `known` is passed on
