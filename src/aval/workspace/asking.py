"""From what a user typed to a view and a term; every mistake is a problem with a hint."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from difflib import get_close_matches

from aval.engine.rules.offer import OFFER
from aval.model.agreement import Agreements, Area, Body, Group, Party, Question, params_of
from aval.model.instant import Instant, from_datetime, read_civil
from aval.model.problem import Code, Incorrect, Problem, Span
from aval.model.term import Term
from aval.model.view import View
from aval.workspace.codes import BAD_DATE, UNKNOWN_READING, UNKNOWN_TERM

Moment = str | date | datetime | None


def now() -> Instant:
    """Give the present instant. The only place where an answer's default meets a clock."""
    return from_datetime(datetime.now(UTC))


def instant(given: Moment, zone: str, name: str) -> Instant | None:
    """Read a coordinate; a day, month or year stands for its last instant. Raises `Incorrect`."""
    if given is None:
        return None
    if isinstance(given, datetime):
        if given.tzinfo is None:
            raise wrong(BAD_DATE, name, f"{given!r} has no time zone", "give an aware datetime")
        return from_datetime(given)
    text = given.isoformat() if isinstance(given, date) else given
    found = read_civil(text.strip(), zone)
    if found is None:
        raise wrong(BAD_DATE, name, f'"{text}" is not a date', "write it as 2026-01-06, 2026-01 or 2026-01-06T18:44+01:00")
    return found.hi


def start(given: Moment, zone: str, name: str) -> Instant | None:
    """Read the beginning of a span; a day, month or year stands for its first instant. Raises `Incorrect`."""
    if isinstance(given, str | date) and not isinstance(given, datetime):
        found = read_civil(str(given).strip(), zone)
        return found.lo if found else instant(given, zone, name)
    return instant(given, zone, name)


def view(
    agreements: Agreements,
    zone: str,
    *,
    at: Moment = None,
    known: Moment = None,
    recorded: Instant | None = None,
    readings: Mapping[str, str] | None = None,
) -> View:
    """Make the view of a question: `known` defaults to now, `at` to `known` (semantics 2.1). Raises `Incorrect`."""
    known_at = instant(known, zone, "known")
    known_at = now() if known_at is None else known_at
    world_at = instant(at, zone, "at")
    chosen = tuple(sorted((question, _reading(agreements, question, reading)) for question, reading in (readings or {}).items()))
    return View(at=known_at if world_at is None else world_at, known=known_at, recorded=recorded, readings=chosen)


def _reading(agreements: Agreements, question: str, reading: str) -> str:
    found = agreements.get(question, Question)
    if found is None:
        names = [one.meta.name for one in agreements.of(Question)]
        raise wrong(UNKNOWN_READING, "reading", f'no question is called "{question}"', closest(question, names))
    names = [one.name for one in found.readings]
    if reading not in names:
        raise wrong(UNKNOWN_READING, "reading", f'"{question}" has no reading "{reading}"', closest(reading, names))
    return reading


def term(text: str, agreements: Agreements) -> Term:
    """Read a term and check that it can be asked about. Raises `Incorrect`."""
    found = Term.parse(text)
    if found is None:
        raise wrong(UNKNOWN_TERM, "term", f'"{text}" is not a term', "write a name with its arguments, such as in_force(FRA)")
    if found.name == OFFER:
        return _offer(found, agreements)
    declared = agreements.declarations.get(found.name)
    if declared is None or isinstance(declared, Party | Body | Area | Question):
        askable = [name for name, one in agreements.declarations.items() if not isinstance(one, Party | Body | Area | Question)]
        raise wrong(UNKNOWN_TERM, "term", f'nothing that can be asked about is called "{found.name}"', closest(found.name, askable))
    wanted = [param.name for param in params_of(declared)]
    if isinstance(declared, Group):
        wanted = ["member"]
    if len(found.args) != len(wanted):
        example = Term(found.name, tuple(_example(param.group, agreements) for param in params_of(declared)) if wanted else ())
        message = f"{found.name} takes {len(wanted)} argument{'' if len(wanted) == 1 else 's'}"
        raise wrong(UNKNOWN_TERM, "term", message, f"write {example}")
    for arg in found.args:
        _known_name(arg, agreements)
    return found


def _example(group: str, agreements: Agreements) -> str:
    """Give a name that an argument could have."""
    declared = agreements.get(group, Group)
    if declared is None:
        return "FRA"
    return declared.members[0] if declared.members else _example(declared.among, agreements)


def _offer(found: Term, agreements: Agreements) -> Term:
    if len(found.args) != len(("party", "domain")):
        raise wrong(UNKNOWN_TERM, "term", "offer takes a party and a domain", "write offer(SWE, air)")
    for arg in found.args:
        _known_name(arg, agreements)
    return found


def _known_name(name: str, agreements: Agreements) -> None:
    names = dict.fromkeys(agreements.declarations)
    for group in agreements.of(Group):
        names.update(dict.fromkeys(group.members))
    if name not in names:
        labelled = [one.meta.name for one in agreements.of(Party) if one.meta.label.lower() == name.lower()]
        hint = f'did you mean "{labelled[0]}"?' if labelled else closest(name, list(names))
        raise wrong(UNKNOWN_TERM, "term", f'nobody and nothing is called "{name}"', hint)


def closest(name: str, names: list[str]) -> str:
    """Suggest the likeliest of the names that exist."""
    found = (
        get_close_matches(name, names, n=1) or get_close_matches(name.lower(), names, n=1) or get_close_matches(name.upper(), names, n=1)
    )
    if found:
        return f'did you mean "{found[0]}"?'
    return f"there are: {', '.join(names[:12])}" if names else "there are none"


def wrong(code: Code, name: str, message: str, hint: str) -> Incorrect:
    """Make the exception for one mistake in a question."""
    return Incorrect((Problem(code=code, message=message, span=Span(name), hint=hint),))
