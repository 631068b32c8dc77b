"""The case: a million reports as columns, and new statements of many kinds. Everything is invented; the same seed makes the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from aval.language.read import read_agreements
from aval.model.agreement import Agreements
from aval.model.case import Text
from aval.model.claims import Book, Claims, Coded
from aval.model.source import Source, SourceKind
from aval.model.statement import Anchor, Form, Grade, Says, Statement, Voice, When
from aval.model.term import Term

HERE = Path(__file__).resolve().parent
ZONE = "Etc/UTC"
AREAS, VOICES, REPORTS, SPARE, DAYS, NEWS = 1_000, 12, 4, 50, 730, 300
TOLD = 0.02
"""how much of what is there is about posts that are manned, and about answers"""
TEAMS = [Voice(name=f"team {number}") for number in range(VOICES)]
START = np.datetime64("2026-01-01")
LAST = f"{START + DAYS - 1}"
SOURCE = Source(id="log", kind=SourceKind.DOCUMENT, title="The mission's log")


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One thing that is new: what kind it is of, what area it is about, and what is said or no longer counts."""

    kind: str
    area: str
    said: tuple[Statement, ...] = ()
    withdrawn: tuple[str, ...] = ()


def agreements(incidents: int) -> Agreements:
    """Read the agreement."""
    content = (HERE / "monitoring.md").read_text(encoding="utf-8")
    groups = (
        ('areas "the areas"', [f"area_{number}" for number in range(AREAS)]),
        ('numbers "the numbers of incidents"', [f"n{number}" for number in range(incidents + SPARE)]),
    )
    for head, names in groups:
        content = re.sub(rf"^group {head} is .*$", f"group {head} is {', '.join(names)}", content, flags=re.MULTILINE)
    found, problems = read_agreements([Text(path="monitoring.md", content=content)], {SOURCE.id: SOURCE})
    if problems:
        raise ValueError([(str(one.span), one.message) for one in problems])
    return found


def reports(count: int, incidents: int, seed: int) -> Claims:
    """Make what is there as columns, in the order in which it was said."""
    chance = np.random.default_rng(seed)
    areas = [f"area_{area}" for area in range(AREAS)]
    terms = (
        *(Term("shelling", (area, f"n{number}")) for area in areas for number in range(incidents)),
        *(Term("manned", (area,)) for area in areas),
        *(Term("answered", (area,)) for area in areas),
    )
    whens = tuple(When(first=hour, last=hour) for hour in _hours())
    said = tuple(one.first[:10] for one in whens[::24])
    digests = chance.integers(0, 256, (count, 32), np.uint8)
    digests = digests[np.argsort(np.ascontiguousarray(digests).view("S32").reshape(-1))]
    # each incident has its hour; its reports come on the day or the day after
    fires, others = AREAS * incidents, round(count * TOLD)
    term = chance.permutation(np.concatenate((np.arange(count - others) % fires, fires + np.arange(others) % (2 * AREAS))))
    hour = chance.integers(0, 24 * (DAYS - 3), fires)
    when = np.where(term < fires, hour[np.minimum(term, fires - 1)], chance.integers(0, 24 * (DAYS - 3), count))
    day = when // 24 + chance.integers(0, 2, count)
    voice = chance.integers(0, VOICES, count)
    says = ((term >= fires) & (term < fires + AREAS)).astype(np.int64)
    no = says * (chance.random(count) < 0.5)  # noqa: PLR2004  every other word about a post denies it
    one = np.zeros(count, np.int64)
    constant = {"firmness": (None,), "grade": (Grade.HIGH,), "form": (Form.REPORTED,), "source": ("log",)}
    kinds, sides = (Says.HAPPENED, Says.HOLDS), (True, False)

    def make(row: int) -> Statement:
        return Statement(
            id=book.id(row),
            label=f"r{row}",
            says=kinds[says[row]],
            term=terms[term[row]],
            polarity=sides[no[row]],
            when=whens[when[row]],
            said=said[day[row]],
            voice=TEAMS[voice[row]],
            form=Form.REPORTED,
            grade=Grade.HIGH,
            anchor=Anchor(source="log"),
        )

    book = Book(
        digests=digests,
        says=Coded(says, kinds),
        polarity=Coded(no, sides),
        term=Coded(term, terms),
        voice=Coded(voice, tuple(TEAMS)),
        said=Coded(day, said),
        when=Coded(when, whens),
        withdraws={},
        make=make,
        **{name: Coded(one, values) for name, values in constant.items()},  # type: ignore[arg-type]  # each of its own kind
    )
    return Claims(book, book.said_by(ZONE)[1])


def _hours() -> list[str]:
    return [f"{START.astype('datetime64[h]') + hour}:00+00:00" for hour in np.arange(24 * DAYS)]


def news(claims: Claims, incidents: int, seed: int) -> Iterator[News]:
    """Yield what is new, of all kinds in turn: of the last day and late, told, denied, corrected, taken back and found."""
    chance = Random(seed)  # noqa: S311  an invented case is no secret
    made: list[Statement] = []
    for turn in range(NEWS):
        area = f"area_{chance.randrange(AREAS)}"
        match turn % 10:
            case 0 | 1:
                found = _report("a first report", area, Term("shelling", (area, f"n{incidents + chance.randrange(SPARE)}")), chance)
            case 2 | 3:  # a second voice about what the first one said: now it counts
                area = made[-2].term.args[0]
                found = _report("a second report", area, made[-2].term, chance, **_second(made[-2], chance))
            case 4:  # two voices at once about what was long ago
                late = Term("shelling", (area, f"n{incidents + chance.randrange(SPARE)}"))
                first = _report("", area, late, chance, when=_when(chance.randrange(DAYS - 3), chance)).said[0]
                found = News(kind="late reports", area=area, said=(first, *_report("", area, late, chance, **_second(first, chance)).said))
            case 5:
                found = _report("an answer", area, Term("answered", (area,)), chance)
            case 6:
                found = _report("a state", area, Term("manned", (area,)), chance, says=Says.HOLDS, polarity=chance.random() < 0.5)  # noqa: PLR2004
            case 7:
                old = claims.book.statement(chance.randrange(len(claims)))
                found = News(kind="a retraction", area=old.term.args[0], withdrawn=(old.id,))
            case 8:
                old = claims.book.statement(chance.randrange(len(claims)))
                corrected = replace(old, id=_id(chance), label=f"corrected {turn}", grade=Grade.LOW)  # it no longer counts
                found = News(kind="a correction", area=old.term.args[0], said=(corrected,), withdrawn=(old.id,))
            case _:
                panel = Voice(name="panel", speaks_for="panel")
                found = _report("a finding", area, Term("hold_fire", (area,)), chance, voice=panel)
        made += found.said
        yield found


def _report(kind: str, area: str, term: Term, chance: Random, **other: Any) -> News:  # noqa: ANN401  fields of a statement
    """Make a report by one of the teams, of the last day where nothing else is said."""
    fields: dict[str, Any] = {"says": Says.HAPPENED, "when": _when(DAYS - 1, chance), "voice": chance.choice(TEAMS), **other}
    fields |= {"said": LAST, "form": Form.REPORTED, "grade": Grade.HIGH, "anchor": Anchor(source="log")}
    told = Statement(id=_id(chance), label=f"new {chance.randrange(10**9)}", term=term, **fields)
    return News(kind=kind, area=area, said=(told,))


def _second(first: Statement, chance: Random) -> dict[str, Any]:
    """Give what another team says of the same incident."""
    return {"when": first.when, "voice": chance.choice([one for one in TEAMS if one != first.voice])}


def _id(chance: Random) -> str:
    return "sha256:" + chance.randbytes(32).hex()


def _when(day: int, chance: Random) -> When:
    text = f"{START + day}T{chance.randrange(20):02}:{chance.randrange(60):02}+00:00"
    return When(first=text, last=text)
