"""RTEC's examples on Aval: its events as columns of statements, its fluents read off the engine's columns.

One tick is one minute. An event at tick T is told to have happened at that minute; RTEC's (T + 1, U + 1) is our [T, U). Nothing in here
decides anything: the rules stand in the agreements beside this file.
"""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from sys import intern
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from aval.engine.world import World
from aval.language.read import read_agreements
from aval.model.agreement import Agreements
from aval.model.case import Text
from aval.model.claims import Book, Claims, Coded
from aval.model.columns import Ints, Timeline
from aval.model.instant import from_datetime
from aval.model.statement import Amount, Anchor, Firmness, Form, Grade, Says, Statement, Voice, When
from aval.model.term import Term
from aval.model.view import View

HERE = Path(__file__).resolve().parent
START = datetime(2026, 1, 1, tzinfo=UTC)
MINUTE = 60_000_000
ZONE = "Etc/UTC"
_ONE = Decimal(1)


class Row(NamedTuple):
    """What an event of a file is: its name and its arguments."""

    name: str
    args: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """The events of a file as columns: `kind` is the place among the different `rows`; `told` and `happened` are ticks."""

    rows: list[Row]
    kind: Ints
    told: Ints
    happened: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """How a protocol's files speak: its groups, which event of ours a row is, and which value of ours a fluent of RTEC's is.

    `term` gives `None` for a row that the protocol does not know. A fluent is (name, value of RTEC's) to (our state, our value or `""`),
    with how its arguments are written (`None` for what RTEC does not know).
    """

    name: str
    groups: Callable[[Iterable[Row]], dict[str, list[str]]]
    term: Callable[[Row], Term | None]
    fluents: dict[tuple[str, str], tuple[str, str]]
    shown: Callable[[str, tuple[str, ...]], tuple[str, str] | None]
    weights: tuple[str, str] = ("", "")


def log_of(path: Path) -> Log:
    """Read a file of events, `name|told|happened|argument…`. What happened at 0 is before the first window, and left out as RTEC does."""
    data = np.frombuffer(_content_of(path).replace(b"\r\n", b"\n").rstrip() + b"\n", np.uint8)
    marks = np.flatnonzero((data == ord("\n")) | (data == ord("|")))
    line_ends = np.flatnonzero(data[marks] == ord("\n"))
    ends, opening = marks[line_ends], np.concatenate((np.zeros(1, np.int64), line_ends[:-1] + 1))
    starts = np.concatenate((np.zeros(1, np.int64), ends[:-1] + 1))
    first, second, third = (marks[opening + place] for place in range(3))
    told, happened = _numbers(data, first + 1, second), _numbers(data, second + 1, third)
    kept = happened > 0
    # a line without its two numbers says what happened; there are far fewer of those than lines
    cut = np.zeros(len(data) + 1, np.int8)
    cut[np.concatenate((first[kept], starts[~kept]))] += 1
    cut[np.concatenate((third[kept], ends[~kept] + 1))] -= 1
    lines = data[np.cumsum(cut[:-1], dtype=np.int8) == 0].tobytes().split(b"\n")[:-1]
    number: defaultdict[bytes, int] = defaultdict(count().__next__)
    kind = np.fromiter(map(number.__getitem__, lines), np.int64, len(lines))
    split = (line.split("|") for line in b"\n".join(number).decode().split("\n"))
    return Log(rows=[Row(intern(name), tuple(args)) for name, *args in split if name], kind=kind, told=told[kept], happened=happened[kept])


def _numbers(data: npt.NDArray[np.uint8], start: Ints, stop: Ints) -> Ints:
    """Read the digits between two places of each line."""
    found = np.zeros(len(start), np.int64)
    for place in range(int((stop - start).max(initial=0))):
        inside = start + place < stop
        found[inside] = found[inside] * 10 + data[start[inside] + place] - ord("0")
    return found


def _content_of(path: Path) -> bytes:
    content = path.read_bytes()
    return gzip.decompress(content) if path.suffix == ".gz" else content


def expected_of(path: Path) -> set[tuple[str, str, str, int, int]]:
    """Read what RTEC recognised, as (fluent, arguments, value, from, to)."""
    found = set()
    for line in _content_of(path).decode().splitlines():
        fluent, args, value, spans = line.split("\t")
        for span in spans.split():
            first, last = span.split("-")
            found.add((fluent, args, value, int(first), int(last)))
    return found


def agreement_of(protocol: Protocol, groups: dict[str, list[str]]) -> Agreements:
    """Read the protocol's agreement, with the members that a file names in the place of those in the text."""
    text = (HERE / f"{protocol.name}.md").read_text(encoding="utf-8")
    for group, members in groups.items():
        text = re.sub(rf"^group {group} is .*$", f"group {group} is {', '.join(members)}", text, flags=re.MULTILINE)
    found, problems = read_agreements([Text(path=f"{protocol.name}.md", content=text)], {})
    if problems:
        raise ValueError([(str(one.span), one.message) for one in problems])
    return found


def _minute(tick: int) -> str:
    return (START + timedelta(minutes=tick)).strftime("%Y-%m-%dT%H:%MZ")


def claims_of(protocol: Protocol, log: Log, weighted: Iterable[str] = ()) -> Claims:
    """Put the events that a protocol knows into columns of statements; each of those in `weighted` has the weight 1 from the start."""
    quantity, unit = protocol.weights
    weights = [Term(quantity, (name,)) for name in weighted] if quantity else []
    kinds = Coded.of([None, *map(protocol.term, log.rows), *weights])
    code = kinds.codes[1:] - 1  # `None` comes first, and is what a protocol does not know
    known = code[log.kind] >= 0
    terms = Coded(np.concatenate((code[log.kind[known]], code[len(log.rows) :])), tuple(filter(None, kinds.values)))
    ticks = range(max(log.told.max(initial=0), log.happened.max(initial=0)) + 1)
    times = tuple(_minute(tick) for tick in ticks)
    count = int(known.sum())
    size = count + len(weights)
    digests = np.zeros((size, 32), np.uint8)
    digests[:, 28:] = np.arange(size, dtype=">u4").view(np.uint8).reshape(-1, 4)
    said = np.concatenate((log.told[known], np.zeros(len(weights), np.int64)))
    when = np.concatenate((log.happened[known], np.full(len(weights), len(ticks))))
    whens: tuple[When | None, ...] = (*(When(first=time, last=time) for time in times), None)
    voice = Voice(name="the log")
    one = Amount(low=_ONE, high=_ONE, unit=unit)
    says = (Says.HAPPENED, Says.AMOUNT)

    def make(row: int) -> Statement:
        weight = row >= count
        return Statement(
            id=f"sha256:{digests[row].tobytes().hex()}",
            label=f"r{row}",
            says=says[weight],
            term=terms.values[terms.codes[row]],
            when=whens[int(when[row])],
            said=times[int(said[row])],
            voice=voice,
            form=Form.DOCUMENT,
            grade=Grade.HIGH,
            anchor=Anchor(source="log"),
            amount=one if weight else None,
        )

    def same(value: object) -> Coded:  # type: ignore[type-arg]
        return Coded(np.zeros(size, np.int64), (value,))

    book = Book(
        digests=digests,
        says=Coded((np.arange(size) >= count).astype(np.int64), says),
        term=terms,
        polarity=same(True),  # noqa: FBT003
        firmness=Coded(np.zeros(size, np.int64), (Firmness.DONE,)),
        grade=same(Grade.HIGH),
        form=same(Form.DOCUMENT),
        voice=same(voice),
        said=Coded(said, times),
        when=Coded(when, whens),
        source=same("log"),
        withdraws={},
        make=make,
    )
    return book.all()


class Prefixed(dict[str, str]):
    """Names with a letter in front, each made once."""

    def __init__(self, letter: str) -> None:
        self.letter = letter

    def __missing__(self, name: str) -> str:
        made = self[name] = f"{self.letter}{name}"
        return made


def recognise(protocol: Protocol, path: Path, end: int) -> tuple[World, set[tuple[str, str, str, int, int]]]:
    """Evaluate a file with all that was ever told of it, and give what RTEC would print of the ticks from 1 to `end`."""
    world = evaluated(protocol, path, end)
    found = instances(world, protocol, end)
    return world, {(name, args, value, first, last) for name, args, value, spans in found for first, last in spans}


def evaluated(protocol: Protocol, path: Path, end: int) -> World:
    """Read a file, and make ready to evaluate all that was ever told of it, as of the tick `end`."""
    log = log_of(path)
    groups = protocol.groups(log.rows)
    agreements = agreement_of(protocol, groups)
    claims = claims_of(protocol, log, groups.get("voters", ()))
    latest = int(log.told.max(initial=0))
    at = from_datetime(START + timedelta(minutes=end))
    view = View(at=at, known=max(at, from_datetime(START + timedelta(minutes=latest))))
    return World(agreements, claims, view, ZONE)


def instances(world: World, protocol: Protocol, end: int) -> Iterator[tuple[str, str, str, list[tuple[int, int]]]]:
    """Read the fluents of a protocol off the columns: fluent, arguments, value, and the half-open spans of ticks."""
    for (fluent, value), (state, word) in protocol.fluents.items():
        column = world.words(state)[word] if word else world.state(state)
        for args, spans in _ticks(column, end):
            if (found := protocol.shown(state, args)) is not None:
                name, shown = found[0] or fluent.strip(), found[1]
                yield name, shown, value, spans


def _ticks(column: Timeline, end: int) -> Iterator[tuple[tuple[str, ...], list[tuple[int, int]]]]:
    """Give for each instance the half-open spans of ticks at which it holds."""
    frame, zero = column.frame, from_datetime(START)

    def tick(times: Ints) -> Ints:
        ends = (-MINUTE, (end + 2) * MINUTE)
        return (np.clip(times, ends[0] + zero, ends[1] + zero) - zero) // MINUTE + 1

    first, last = np.maximum(tick(column.yes.start), 1), np.minimum(tick(column.yes.end), end + 1)
    held = first < last
    key, spans = column.yes.key[held], list(zip(first[held].tolist(), last[held].tolist(), strict=True))
    starts = np.flatnonzero(np.concatenate((np.ones(min(1, len(key)), np.bool_), key[1:] != key[:-1]))).tolist()
    places = np.unravel_index(key[starts], frame.shape)[1:]
    names = [[axis.values[place] for place in found.tolist()] for axis, found in zip(frame.axes, places, strict=True)]
    args = zip(*names, strict=True) if names else iter([()] * len(starts))
    return ((one, spans[start:stop]) for one, start, stop in zip(args, starts, [*starts, len(key)][1:], strict=True))


def points(spans: Iterable[tuple[str, str, str, int, int]]) -> dict[tuple[str, str, str], int]:
    """Give the ticks at which each fluent holds, as the bits of a number: which ticks count, not how they are cut into spans."""
    found: dict[tuple[str, str, str], int] = {}
    for fluent, args, value, first, last in spans:
        found[fluent, args, value] = found.get((fluent, args, value), 0) | ((1 << last) - (1 << first))
    return found


def difference(mine: Iterable[tuple[str, str, str, int, int]], theirs: Iterable[tuple[str, str, str, int, int]]) -> tuple[int, int, int]:
    """Count the time-points that both have, that only we have, and that only the other has."""
    ours, others = points(mine), points(theirs)
    both = only = missed = 0
    for key in ours.keys() | others.keys():
        one, other = ours.get(key, 0), others.get(key, 0)
        both += (one & other).bit_count()
        only += (one & ~other).bit_count()
        missed += (other & ~one).bit_count()
    return both, only, missed
