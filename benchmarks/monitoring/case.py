"""A monitoring case of any size, as a file of columns: many voices, few sorts of terms, times told to the minute, hour or day.

Everything is invented. The same number of events and the same seed make the same statements.
"""

from __future__ import annotations

import math
import re
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from aval.language.read import read_agreements
from aval.model.agreement import Agreements
from aval.model.case import Text
from aval.model.claims import Book, Claims, Coded, Digests, K
from aval.model.columns import Ints
from aval.model.statement import Anchor, Firmness, Form, Grade, Says, Statement, Voice, When
from aval.model.term import Term

HERE = Path(__file__).resolve().parent
START, DAYS = date(2026, 1, 1), 730
SIDES, KINDS = ("NOR", "SOU"), ("gunfire", "shelling", "flight")
SHARES = {"heard": 0.75, "answered": 0.10, "calm": 0.15}
"""how much of what is told is about which term"""
TENTHS = (0.5, 0.3, 0.2)
"""how much is told to the tenth minute, to the hour, to the day"""
FIRES = 0.4
"""how much of what is told of calm says that it is none"""
VOICES = 400


def areas_of(events: int) -> int:
    """Give how many areas a case of so many events has: 2,000 for 100,000 and 20,000 for ten million."""
    return int(2_000 * math.sqrt(events / 100_000) + 0.5)


def agreement(areas: int) -> Agreements:
    """Read the agreement, with so many areas."""
    text = (HERE / "monitoring.md").read_text(encoding="utf-8")
    named = f"group areas is {', '.join(f'a{number}' for number in range(areas))}"
    found, problems = read_agreements(
        [Text(path="monitoring.md", content=re.sub(r"^group areas is .*$", named, text, flags=re.MULTILINE))], {}
    )
    if problems:
        raise ValueError([(str(one.span), one.message) for one in problems])
    return found


def _times() -> tuple[tuple[When, ...], tuple[int, int, int]]:
    """Give every time that can be told: each tenth minute, then each hour, then each day; and where each of the three begins."""
    days = [(START + timedelta(days=number)).isoformat() for number in range(DAYS)]
    minutes = [f"{day}T{hour:02}:{minute:02}Z" for day in days for hour in range(24) for minute in range(0, 60, 10)]
    hours = [(f"{day}T{hour:02}:00Z", f"{day}T{hour:02}:59Z") for day in days for hour in range(24)]
    told = (
        *(When(first=one, last=one) for one in minutes),
        *(When(first=low, last=high) for low, high in hours),
        *(When(first=day, last=day) for day in days),
    )
    return told, (0, len(minutes), len(minutes) + len(hours))


def _spread(chance: np.random.Generator, count: int) -> Ints:
    """Give a time for each: anywhere in the two years, told as exactly as `TENTHS` says."""
    (_, hour, day), each = _times()[1], chance.random(count)
    tenth = chance.integers(0, DAYS * 144, count)
    return np.where(each < TENTHS[0], tenth, np.where(each < TENTHS[0] + TENTHS[1], hour + tenth // 6, day + tenth // 144))


def draw(events: int, file: Path, seed: int = 1) -> None:
    """Write the columns of a case to a file: for each statement what term it is about, when, by whom, and whether it denies it."""
    chance, areas = np.random.default_rng(seed), areas_of(events)
    heard, answered = _parts(events)
    calm = events - heard - answered
    about = np.concatenate(
        (
            chance.integers(0, 6 * areas, heard),
            6 * areas + chance.integers(0, 2 * areas, answered),
            8 * areas + chance.integers(0, areas, calm),
        )
    )
    voice = chance.integers(0, VOICES, events)
    voice[heard : heard + answered] = VOICES + (about[heard : heard + answered] - 6 * areas) // areas
    denied = np.zeros(events, np.bool_)
    denied[heard + answered :] = chance.random(calm) < FIRES
    np.savez(file, about=about.astype(np.int32), voice=voice.astype(np.int16), when=_spread(chance, events).astype(np.int32), denied=denied)


def _parts(events: int) -> tuple[int, int]:
    return round(events * SHARES["heard"]), round(events * SHARES["answered"])


def claims(file: Path) -> Claims:
    """Read the statements of a case from its file."""
    with np.load(file) as columns:
        about, voice, when, denied = (columns[name].astype(np.int64) for name in ("about", "voice", "when", "denied"))
    events = len(about)
    areas, told = areas_of(events), sum(_parts(events))
    terms = [
        *(Term("heard", (side, f"a{area}", kind)) for side in SIDES for area in range(areas) for kind in KINDS),
        *(Term("answered", (side, f"a{area}")) for side in SIDES for area in range(areas)),
        *(Term("calm", (f"a{area}",)) for area in range(areas)),
    ]
    times, firsts = _times()
    day = np.where(when < firsts[1], when // 144, np.where(when < firsts[2], (when - firsts[1]) // 24, when - firsts[2]))
    voices = (
        *(Voice(name=f"observer {number}", speaks_for="MIS" if number % 4 == 0 else "") for number in range(VOICES)),
        *(Voice(name=f"the office of {side}", speaks_for=side) for side in SIDES),
    )
    says = np.zeros(events, np.int64)
    says[told:] = 1
    digests = np.zeros((events, 32), np.uint8)
    digests[:, 24:] = np.arange(events, dtype=">u8").view(np.uint8).reshape(-1, 8)
    return _book(
        digests,
        says,
        Coded(about, tuple(terms)),
        denied,
        Coded(voice, voices),
        Coded(day, tuple((START + timedelta(days=int(one))).isoformat() for one in range(DAYS))),
        Coded(when, times),
    ).all()


def _book(
    digests: Digests, says: Ints, term: Coded[Term], polarity: Ints, voice: Coded[Voice], said: Coded[str], when: Coded[When | None]
) -> Book:
    """Put the columns together; what is the same of all is kept once."""

    def same(value: K) -> Coded[K]:
        return Coded(np.broadcast_to(np.zeros(1, np.int64), (len(says),)), (value,))

    kinds, sides = (Says.HAPPENED, Says.HOLDS), (True, False)

    def make(row: int) -> Statement:
        return Statement(
            id=f"sha256:{digests[row].tobytes().hex()}",
            label=f"r{row}",
            says=kinds[says[row]],
            term=term.values[term.codes[row]],
            polarity=sides[polarity[row]],
            when=when.values[when.codes[row]],
            said=said.values[said.codes[row]],
            voice=voice.values[voice.codes[row]],
            form=Form.REPORTED,
            grade=Grade.HIGH,
            anchor=Anchor(source="log"),
        )

    return Book(
        digests=digests,
        says=Coded(says, kinds),
        term=term,
        polarity=Coded(polarity, sides),
        firmness=same(Firmness.DONE),
        grade=same(Grade.HIGH),
        form=same(Form.REPORTED),
        voice=voice,
        said=said,
        when=when,
        source=same("log"),
        withdraws={},
        make=make,
    )
