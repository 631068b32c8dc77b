"""From what a user typed to a view and a term; every mistake is a problem with a hint."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from difflib import get_close_matches

from aval.engine.rules.offer import OFFER
from aval.evidence.vocabulary import DOMAINS
from aval.evidence.words import shown
from aval.model.agreement import Agreements, Area, Body, Group, Party, Question, params_of
from aval.model.instant import FIRST_DAY, LAST_DAY, Instant, from_datetime, read_civil
from aval.model.problem import Code, Incorrect, Problem, Span
from aval.model.statement import Statement
from aval.model.term import Term
from aval.model.view import View
from aval.workspace.codes import BACKWARDS, BAD_DATE, UNKNOWN_READING, UNKNOWN_TERM
from aval.workspace.names import Names

Moment = str | date | datetime | None

_CLOCK = re.compile(r"([\d-]{10}T\d\d:\d\d)(:\d\d)?((?<=:\d\d)\.\d{1,6})?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_CALENDAR = f"a day can be written from {FIRST_DAY} to {LAST_DAY}"


def now() -> Instant:
    """Give the present instant. The only place where an answer's default meets a clock."""
    return from_datetime(datetime.now(UTC))


def instant(given: Moment, zone: str, name: str) -> Instant | None:
    """Read a coordinate; a day, month or year stands for its last instant. Raises `Incorrect`."""
    if given is None:
        return None
    if isinstance(given, datetime):
        if given.utcoffset() is None:
            raise wrong(BAD_DATE, name, f"{given!r} has no time zone", "give an aware datetime")
        if not FIRST_DAY <= given.date() <= LAST_DAY:
            raise wrong(BAD_DATE, name, f"{shown(given.isoformat())} is at the end of the calendar", _CALENDAR)
        return from_datetime(given)
    text = given.isoformat() if isinstance(given, date) else given.strip()
    found = read_civil(text, zone)
    if found is None and text[:4] in ("0001", "9999"):
        raise wrong(BAD_DATE, name, f"{shown(text)} is no date, or at the end of the calendar", _CALENDAR)
    if found is None:
        raise wrong(BAD_DATE, name, f"{shown(text)} is not a date", "write it as 2026-01-06, 2026-01 or 2026-01-06T18:44+01:00")
    return found.hi


def recorded(given: Moment, zone: str, name: str = "recorded") -> Instant | None:
    """Read a recorded time. A second, like a day, stands for its last instant, since a log shows seconds; a fraction is exact.

    Raises `Incorrect`.
    """
    if not isinstance(given, str) or (match := _CLOCK.fullmatch(given.strip())) is None:
        return instant(given, zone, name)
    minute, second, fraction, offset = match.groups(default="")
    found = instant(minute + second + offset, zone, name)
    if found is None or fraction:
        return None if found is None else found + int(fraction[1:].ljust(6, "0"))
    return found + (1_000_000 if second else 60_000_000) - 1


def start(given: Moment, zone: str, name: str) -> Instant | None:
    """Read the beginning of a span; a day, month or year stands for its first instant. Raises `Incorrect`."""
    if isinstance(given, str | date) and not isinstance(given, datetime):
        found = read_civil(str(given).strip(), zone)
        return found.lo if found else instant(given, zone, name)
    return instant(given, zone, name)


def span(first: Moment, last: Moment, zone: str) -> tuple[Instant | None, Instant | None]:
    """Read a span of time, the days at both of its ends included. Raises `Incorrect` where it ends before it begins."""
    begins, ends = start(first, zone, "from"), instant(last, zone, "to")
    if begins is not None and ends is not None and begins > ends:
        raise wrong(BACKWARDS, "from", "the first date is after the second", "exchange --from and --to")
    return begins, ends


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


def term(text: str, agreements: Agreements, statements: Iterable[Statement] = ()) -> Term:
    """Read a term and check that it can be asked about. Whom one of the statements puts into a group can be. Raises `Incorrect`."""
    found = Term.parse(text)
    if found is None:
        raise wrong(UNKNOWN_TERM, "term", f"{shown(text)} is not a term", "write a name with its arguments, such as in_force(FRA)")
    names = Names(agreements, statements)
    if found.name == OFFER:
        if len(found.args) != len(("party", "domain")):
            raise wrong(UNKNOWN_TERM, "term", "offer takes a party and a domain", "write offer(SWE, air)")
        return _fitting(found, [("parties", names.parties), (DOMAINS, names.domains)], agreements)
    declared = agreements.declarations.get(found.name)
    if declared is None or isinstance(declared, Party | Body | Area | Question):
        askable = [name for name, one in agreements.declarations.items() if not isinstance(one, Party | Body | Area | Question)]
        raise wrong(UNKNOWN_TERM, "term", f'nothing that can be asked about is called "{found.name}"', closest(found.name, askable))
    groups = [found.name] if isinstance(declared, Group) else [param.group for param in params_of(declared)]
    possible = [(group, names.may_join(declared) if isinstance(declared, Group) else names.may_be(group)) for group in groups]
    if len(found.args) != len(possible):
        example = Term(found.name, tuple(next(iter(options), "FRA") for _, options in possible))
        message = f"{found.name} takes {len(possible)} argument{'' if len(possible) == 1 else 's'}"
        raise wrong(UNKNOWN_TERM, "term", message, f"write {example}")
    return _fitting(found, possible, agreements)


def party(text: str, agreements: Agreements) -> str:
    """Read a party by its code or its name. Raises `Incorrect` where there is none."""
    known = {one.meta.name: one.meta.name for one in agreements.of(Party)}
    known |= {one.meta.label: one.meta.name for one in agreements.of(Party) if one.meta.label}
    if text not in known:
        raise wrong(UNKNOWN_TERM, "party", f"no party is called {shown(text)}", closest(text, list(known)))
    return known[text]


def _fitting(found: Term, possible: Sequence[tuple[str, Sequence[str]]], agreements: Agreements) -> Term:
    """Give the term back if each of its arguments can belong to the group it stands for. Raises `Incorrect`."""
    misfit = next(((arg, *wanted) for arg, wanted in zip(found.args, possible, strict=True) if arg not in wanted[1]), None)
    if misfit is None:
        return found
    arg, group, options = misfit
    turned = Term(found.name, found.args[::-1])
    labelled = [name for name in options if _label(name, agreements) == arg.lower()]
    known = arg in agreements.declarations or any(arg in each.members for each in agreements.of(Group))
    if all(other in names for other, (_, names) in zip(turned.args, possible, strict=True)):
        hint = f'did you mean "{turned}"?'
    elif labelled:
        hint = f'did you mean "{labelled[0]}"?'
    else:
        hint = _listed(options) if known else closest(arg, list(options))
    message = f'"{arg}" cannot be one of "{group}"' if known else f'nobody and nothing is called "{arg}"'
    raise wrong(UNKNOWN_TERM, "term", message, hint)


def _label(name: str, agreements: Agreements) -> str:
    declared = agreements.declarations.get(name)
    return declared.meta.label.lower() if declared else ""


def closest(name: str, names: list[str]) -> str:
    """Suggest the likeliest of the names that exist."""
    found = (
        get_close_matches(name, names, n=1) or get_close_matches(name.lower(), names, n=1) or get_close_matches(name.upper(), names, n=1)
    )
    if found:
        return f'did you mean "{found[0]}"?'
    return _listed(names)


def _listed(names: Sequence[str]) -> str:
    return f"there are: {', '.join(names[:12])}{', …' if len(names) > 12 else ''}" if names else "there are none"  # noqa: PLR2004  a line


def wrong(code: Code, name: str, message: str, hint: str) -> Incorrect:
    """Make the exception for one mistake in a question."""
    return Incorrect((Problem(code=code, message=message, span=Span(name), hint=hint),))
