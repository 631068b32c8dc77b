"""What there is to compare in each kind of declaration, and which way is weaker. One table; a new clause needs a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aval.model import agreement as model
from aval.model import expression as ex
from aval.model.expression import Duration
from aval.model.four import Value
from aval.study.clauses import Role, Words, at
from aval.study.direction import same_length, shorter
from aval.study.normal import Naming, normal
from aval.study.shapes import Effect, Point

WEAKER, STRONGER, UNCLEAR, WORDS = Effect.WEAKER, Effect.STRONGER, Effect.UNCLEAR, Effect.WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A declaration with what it takes to name and to write what stands in it. `members` gives a group that is known whole."""

    declared: Any
    naming: Naming
    words: Words
    members: Callable[[str], frozenset[str] | None]


Facet = Callable[[Side, Side], Iterator[Point]]
Told = tuple[str, Effect]
Texts = tuple[str, str]


def _point(clause: str, told: Told, texts: Texts, sides: tuple[Side, Side]) -> Point:
    before, after = texts
    places = [at(side.declared.meta.span) for side in sides]
    return Point(clause=clause, what=told[0], effect=told[1], before=before, after=after, before_at=places[0], after_at=places[1])


def _texts(attribute: str, before: Side, after: Side) -> Texts:
    return _text(getattr(before.declared, attribute)), _text(getattr(after.declared, attribute))


# ---------------------------------------------------------------- how things are compared


def _plain(attribute: str, clause: str, what: str = "says something else", effect: Effect = UNCLEAR) -> Facet:
    """Compare one thing that has no direction."""

    def facet(before: Side, after: Side) -> Iterator[Point]:
        one, other = (_value(getattr(side.declared, attribute), side.naming) for side in (before, after))
        if one != other:
            texts = _texts(attribute, before, after)
            yield _point(clause, (what, effect), texts, (before, after))

    return facet


def _gained(attribute: str, clause: str, came: Told, went: Told) -> Facet:
    """Compare something that is there or not; there in both and different has no direction."""

    def facet(before: Side, after: Side) -> Iterator[Point]:
        one, other = (_value(getattr(side.declared, attribute), side.naming) for side in (before, after))
        if one != other:
            told = came if not one else went if not other else ("says something else", UNCLEAR)
            texts = _texts(attribute, before, after)
            yield _point(clause, told, texts, (before, after))

    return facet


def _many(attribute: str, clause: str, more: Told, fewer: Told) -> Facet:
    """Compare several things: more of them, fewer, or others."""

    def facet(before: Side, after: Side) -> Iterator[Point]:
        one, other = ({_value(item, side.naming) for item in getattr(side.declared, attribute)} for side in (before, after))
        if one != other:
            told = more if one < other else fewer if other < one else ("others", UNCLEAR)
            texts = _texts(attribute, before, after)
            yield _point(clause, told, texts, (before, after))

    return facet


def _value(value: object, naming: Naming) -> Any:  # noqa: ANN401  anything that can be compared
    if isinstance(value, ex.Node):
        return normal(value, naming)
    if isinstance(value, tuple):
        return tuple(_value(one, naming) for one in value)
    return naming.declared(value) if isinstance(value, str) else value


def _text(value: object) -> str:
    """Write a thing as the language has it."""
    match value:
        case bool():
            return "yes" if value else "no"
        case None:
            return ""
        case ex.Ref():
            args = ", ".join("any" if isinstance(arg, ex.Any) else arg.text for arg in value.args)
            return f"{value.name}({args})" if args else value.name
        case ex.Name():
            return value.text
        case tuple():
            return ", ".join(map(_text, value))
        case model.Step():
            return value.event + (f" for {', '.join(party for party, _ in value.applies_to)}" if value.applies_to else "")
        case model.Amount():
            return f"{value.number}/{value.denominator}" if value.denominator else str(value.number)
        case _:
            return str(value)


# ---------------------------------------------------------------- what has rules of its own


def _deeds(before: Side, after: Side) -> Iterator[Point]:
    """A menu lets whoever is bound choose; of a ban, more deeds are more that is forbidden."""
    ban = isinstance(before.declared, model.Ban)
    one, other = ({_value(deed, side.naming) for deed in side.declared.deeds} for side in (before, after))
    if one == other:
        return
    texts = _menu(before.declared), _menu(after.declared)
    if one < other:
        what = ("more is forbidden", STRONGER) if ban else ("a menu: any one is enough" if len(one) == 1 else "a longer menu", WEAKER)
    elif other < one:
        what = ("less is forbidden", WEAKER) if ban else ("no choice any more" if len(other) == 1 else "a shorter menu", STRONGER)
    else:
        what = ("another deed", UNCLEAR)
    yield _point("must not" if ban else "owes", what, texts, (before, after))


def _menu(declared: Any) -> str:  # noqa: ANN401  a duty or a ban
    deeds = ", ".join(map(_text, declared.deeds))
    several = len(declared.deeds) > 1 and isinstance(declared, model.Duty)
    return f"one or more of ({deeds})" if several else deeds


def _params(before: Side, after: Side) -> Iterator[Point]:
    """Whom it is for: a smaller group that is known whole is fewer."""
    groups = [[side.naming.declared(param.group) for param in model.params_of(side.declared)] for side in (before, after)]
    if groups[0] == groups[1]:
        return
    texts = _groups(before.declared), _groups(after.declared)
    yield _point("for", _people(before, after), texts, (before, after))


def _groups(declared: model.Declaration) -> str:
    return ", ".join(param.group for param in model.params_of(declared))


def _people(before: Side, after: Side) -> Told:
    here, there = (model.params_of(side.declared) for side in (before, after))
    sets = [(before.members(a.group), after.members(b.group)) for a, b in zip(here, there, strict=False)]
    known = [(a, b) for a, b in sets if a is not None and b is not None]
    if len(here) != len(there) or len(known) < len(sets):
        return "for others", UNCLEAR
    if all(b <= a for a, b in known):
        return "for fewer", WEAKER
    return ("for more", STRONGER) if all(a <= b for a, b in known) else ("for others", UNCLEAR)


def _acceptance(before: Side, after: Side) -> Iterator[Point]:
    """Who has to say it, and how firmly. A softer word that is enough is a softer promise, though it counts sooner."""
    sides = (before, after)
    one, other = (side.declared.acceptance for side in sides)
    was, now = ([_way(way, side.naming) for way in accepted.ways] for accepted, side in ((one, before), (other, after)))
    easier, harder = _ways_within(was, now), _ways_within(now, was)
    if not (easier and harder):
        told = ("easier to accept", STRONGER) if easier else ("harder to accept", WEAKER) if harder else ("accepted from others", UNCLEAR)
        yield _point("accepted from", told, (_accepted(one), _accepted(other)), sides)
    if one.firmness is not other.firmness:
        softer = other.firmness.step < one.firmness.step
        told = ("a softer word is enough", WEAKER) if softer else ("only a firmer word counts", STRONGER)
        yield _point("at least", told, (one.firmness.value, other.firmness.value), sides)


def _way(way: object, naming: Naming) -> object:
    match way:
        case model.FromVoice():
            return ("voice", naming.argument(way.who.text))
        case model.FromFinding():
            return ("finding", naming.declared(way.body))
        case _:
            return way


def _ways_within(these: Sequence[object], those: Sequence[object]) -> bool:
    """Whether each way of the first counts by some way of the second too."""
    return all(any(_counts(one, other) for other in those) for one in these)


def _counts(one: object, other: object) -> bool:
    if isinstance(one, model.FromSources) and isinstance(other, model.FromSources):
        return one.number >= other.number and one.grade.step >= other.grade.step
    return one == other


def _accepted(accepted: model.Acceptance) -> str:
    if not accepted.declared:
        return "(nothing said: one named voice of grade medium)"
    return " or ".join(map(_accepted_way, accepted.ways))


def _accepted_way(way: model.FromVoice | model.FromSources | model.FromFinding) -> str:
    match way:
        case model.FromVoice():
            return way.who.text
        case model.FromSources():
            return f"at least {way.number} independent source{'' if way.number == 1 else 's'} of grade {way.grade.value}"
        case model.FromFinding():
            return f"a finding of {way.body}"


_TRUTH = {Value.NO: 0, Value.OPEN: 1, Value.YES: 2}


def _initial(before: Side, after: Side) -> Iterator[Point]:
    one, other = before.declared.initial, after.declared.initial
    if one is not other:
        told = ("it starts as more", STRONGER) if _TRUTH[other] > _TRUTH[one] else ("it starts as less", WEAKER)
        yield _point("starts as", told, (one.value, other.value), (before, after))


def _members(before: Side, after: Side) -> Iterator[Point]:
    one, other = (frozenset(map(side.naming.declared, side.declared.members)) for side in (before, after))
    if one != other:
        gone, come = sorted(one - other), sorted(other - one)
        told = (f"{', '.join(come)} in it", STRONGER) if not gone else (f"without {', '.join(gone)}", WEAKER) if not come else None
        told = told or (f"without {', '.join(gone)}; {', '.join(come)} in it", UNCLEAR)
        yield _point("is", told, _texts("members", before, after), (before, after))


def _size(before: Side, after: Side) -> Iterator[Point]:
    one, other = before.declared.size, after.declared.size
    if one != other:
        told = (
            ("says something else", UNCLEAR) if one is None or other is None else ("more", STRONGER) if one < other else ("fewer", WEAKER)
        )
        yield _point("in all", told, (_text(one), _text(other)), (before, after))


def _decides(before: Side, after: Side) -> Iterator[Point]:
    """How a body decides: what makes it decide in fewer cases is weaker."""
    one, other = before.declared.decides, after.declared.decides
    if one is None or other is None:
        if one is not other:
            yield _point(
                "decides by",
                ("how it decides is said" if other else "how it decides is not said any more", UNCLEAR),
                ("", ""),
                (before, after),
            )
        return
    sides = (before, after)
    if one.rule is not other.rule or (one.objectors, one.seats) != (other.objectors, other.seats):
        yield _point("decides by", ("another rule", UNCLEAR), (one.rule.value, other.rule.value), sides)
    elif one.votes != other.votes:
        yield _point("decides by", _threshold(one.votes, other.votes), (_text(one.votes), _text(other.votes)), sides)
    if (_value(one.veto, before.naming)) != (_value(other.veto, after.naming)):
        told = ("a veto", WEAKER) if not one.veto else ("no veto any more", STRONGER) if not other.veto else ("the veto of others", UNCLEAR)
        yield _point("without veto of", told, (one.veto, other.veto), sides)
    if one.quorum != other.quorum:
        quorum = ("a quorum", WEAKER) if one.quorum is None else ("no quorum any more", STRONGER) if other.quorum is None else None
        yield _point("with quorum of", quorum or _threshold(one.quorum, other.quorum), (_text(one.quorum), _text(other.quorum)), sides)
    if one.silence != other.silence and one.silence and other.silence and not same_length(one.silence, other.silence):
        told = _silence(one.silence, other.silence)
        yield _point("silence of", told, (str(one.silence), str(other.silence)), sides)


def _silence(one: Duration, other: Duration) -> Told:
    if shorter(one, other):
        return "a longer time to object", WEAKER
    return ("a shorter time to object", STRONGER) if shorter(other, one) else ("another time to object", UNCLEAR)


def _threshold(one: model.Amount | None, other: model.Amount | None) -> Told:
    if one is None or other is None or bool(one.denominator) != bool(other.denominator):
        return "says something else", UNCLEAR
    more = other.number * (one.denominator or 1) - one.number * (other.denominator or 1)
    return ("a higher threshold", WEAKER) if more > 0 else ("a lower threshold", STRONGER)


def _reading(name: str, side: Mapping[str, model.Reading]) -> str:
    return f"{name} “{side[name].label}”" if name in side else ""


def _readings(before: Side, after: Side) -> Iterator[Point]:
    one, other = ({reading.name: reading for reading in side.declared.readings} for side in (before, after))
    for name in dict.fromkeys((*one, *other)):
        texts = _reading(name, one), _reading(name, other)
        if not all(texts):
            told = ("one more reading" if name in other else "a reading less", UNCLEAR)
            yield _point("reading", told, texts, (before, after))
        elif (one[name].label, one[name].held_by, one[name].anchors) != (other[name].label, other[name].held_by, other[name].anchors):
            yield _point("reading", ("other words or sources", WORDS), texts, (before, after))


def _sources(meta: model.Meta) -> str:
    return "; ".join(f"{anchor} {anchor.quote}".strip() for anchor in meta.anchors)


def meta(before: Side, after: Side) -> Iterator[Point]:
    """Compare what every declaration carries: its label, its sources, and what it says is not said."""
    one, other = before.declared.meta, after.declared.meta
    sides = (before, after)
    if one.label != other.label:
        yield _point("label", ("other words", WORDS), (one.label, other.label), sides)
    if one.anchors != other.anchors:
        texts = _sources(one), _sources(other)
        yield _point("source", ("other sources", WORDS), texts, sides)
    for gap in sorted({*one.not_said} ^ {*other.not_said}):
        told = ("is not said now" if gap in other.not_said else "is no longer called not said", UNCLEAR)
        words = gap.replace("_", " ")
        texts = (words if gap in one.not_said else "", words if gap in other.not_said else "")
        yield _point("not said", told, texts, sides)


# ---------------------------------------------------------------- the table

_FORCE = _many("force", "binding", ("binds in one more way", STRONGER), ("binds in one way less", WEAKER))
_FOUND_BY = _gained("found_by", "breach found by", ("a body can find it broken", STRONGER), ("no body finds it broken any more", WEAKER))
_AREA = _gained("area", "in", ("only there", WEAKER), ("everywhere", STRONGER))
_BEARER = _plain("bearer", "who", "another bears it")
_TABLE = _plain("table", "table", "another table")

FACETS: Mapping[type, tuple[Facet, ...]] = {
    model.Document: (
        _many("parties", "parties", ("more parties", STRONGER), ("fewer parties", WEAKER)),
        _FORCE,
        _plain("dated", "dated", "another day"),
        _plain("zone", "dates run in", "another time zone"),
        _plain("depositary", "depositary", "another depositary"),
    ),
    model.Party: (_plain("organisation", "party"), _plain("counted", "counted", "counted in another way")),
    model.Group: (_members, _size, _plain("others", "others not named"), _plain("among", "among"), _TABLE, _acceptance),
    model.Body: (
        _many("seats", "seats", ("more seats", UNCLEAR), ("fewer seats", UNCLEAR)),
        _many("may_find", "may find", ("it may find more", STRONGER), ("it may find less", WEAKER)),
        _decides,
    ),
    model.Area: (_plain("drawn_by", "drawn by"),),
    model.Question: (_readings,),
    model.Event: (
        _acceptance,
        _plain("legal_act", "legal act"),
        _plain("constitutive", "constitutive"),
        _plain("repeats", "repeats"),
        _plain("complete_until", "complete until"),
        _plain("step_of", "step of"),
    ),
    model.Incident: (_acceptance, _plain("kinds", "seen in reports of kind"), _plain("area", "in"), _plain("apart", "counted once within")),
    model.State: (
        _initial,
        _acceptance,
        _FORCE,
        _plain("values", "one of"),
        _plain("initial_value", "starts as"),
        _plain("provisional_for", "provisional for"),
        _gained("renews", "renews", ("it goes on where it would have ended", STRONGER), ("it ends where it went on", WEAKER)),
    ),
    model.Moment: (),
    model.Quantity: (_plain("unit", "in"), _TABLE, _plain("fixed_on", "fixed on"), _acceptance),
    model.Duty: (
        _BEARER,
        _plain("counterparty", "to whom", "owed to another"),
        _deeds,
        _gained("discretion", "as … deems necessary", ("discretion", WEAKER), ("no discretion any more", STRONGER)),
        _gained("continuing", "continuing", ("one deed does not end it", STRONGER), ("one deed ends it", WEAKER)),
        _FOUND_BY,
        _FORCE,
        _plain("replaces", "replaces"),
    ),
    model.Ban: (
        _BEARER,
        _deeds,
        _AREA,
        _many("proposed_by", "breach proposed by", ("more proposes a breach", STRONGER), ("less proposes a breach", WEAKER)),
        _FOUND_BY,
        _FORCE,
    ),
    model.Power: (_BEARER, _plain("deed", "may", "another deed"), _AREA, _FORCE),
    model.Contribution: (_plain("party", "whose"), _plain("domain", "domain"), _plain("area", "in", "elsewhere")),
    model.Process: (
        _many("steps", "step", ("more steps", WEAKER), ("fewer steps", STRONGER)),
        _plain("complete_for", "complete for"),
    ),
}
"""what is compared at once, whatever the reading"""

EVERY: tuple[Facet, ...] = (_params,)
"""what is compared in declarations of every kind"""

LISTS: Mapping[type, tuple[tuple[str, str, Role], ...]] = {
    model.State: (
        ("whiles", "while", Role.ALL),
        ("froms", "from", Role.BEGINS),
        ("untils", "until", Role.ENDS),
        ("becomes", "becomes", Role.MOMENT),
    ),
    model.Moment: (("means", "is", Role.MOMENT), ("becomes", "becomes", Role.MOMENT)),
    model.Duty: (
        ("whens", "when", Role.BEGINS),
        ("whiles", "while", Role.ALL),
        ("untils", "until", Role.ENDS),
        ("withins", "within", Role.DEADLINE),
        ("no_laters", "no later than", Role.DEADLINE),
        ("excepts", "except", Role.EXCEPT),
        ("pauseds", "paused while", Role.EXCEPT),
        ("suspendeds", "suspended while", Role.EXCEPT),
        ("waivers", "waived when", Role.ENDS),
        ("amounts", "amounting to", Role.AMOUNT),
    ),
    model.Ban: (
        ("froms", "from", Role.BEGINS),
        ("untils", "until", Role.ENDS),
        ("whiles", "while", Role.ALL),
        ("excepts", "except", Role.EXCEPT),
    ),
    model.Power: (("whiles", "while", Role.ALL),),
    model.Contribution: (("conditions", "subject to", Role.ALL),),
}
"""the clauses that can stand on a reading, and what a list of them means"""
