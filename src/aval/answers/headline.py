"""The headline: in a few sentences, what the case puts first, and what is missing for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from aval.answers.inquiry import Inquiry
from aval.answers.items import NOT_SET, may_belong
from aval.answers.naming import ITSELF, name_of, of_each
from aval.answers.shapes import Item
from aval.engine.order import reads_of
from aval.model.agreement import Declaration, Party, params_of
from aval.model.four import Value
from aval.model.instant import read_civil
from aval.model.label import fill, has_place, in_sentence, with_article

_CONDITION = re.compile(r"(\w+)(?:\(.*\))?(?: happened)?: (\w+)")
_SHOWN = 6
"""how many of many are named"""
_HAPPENED = {"yes": "It has happened: {}.", "no": "It has not happened: {}.", "open": "Nobody has told whether it has happened: {}."}
_SAID = {
    "no": "Not so: {}.",
    "open": "It is open whether {}.",
    "contested": "It is contested whether {}.",
    None: "It depends on a reading whether {}.",
}

_OF_MANY = {
    "yes": "So for {who}: {words}.",
    "no": "Not so for {who}: {words}.",
    "open": "It is open for {who} whether {words}.",
    "contested": "It is contested for {who} whether {words}.",
    None: "For {who} it depends on a reading whether {words}.",
}


def headline(board: Iterable[Item], inquiry: Inquiry) -> str:
    """Say in a few sentences how it stands with what the case puts first, and what is missing for all of it."""
    names, board = inquiry.manifest.headlines[:1], [*board]
    first = [item for item in board if item.name in names or item.term in names]
    if not first:
        return ""
    sentences = [_moment(item, inquiry) for item in first] if first[0].kind == "moment" else _sentences(first, inquiry)
    waits = first[0].kind != "moment" and not any(item.value == Value.YES for item in first)
    missing = _missing(first, board, inquiry) if waits else []
    return " ".join([*sentences[:_SHOWN], *missing])


def what_is_missing(board: Sequence[Item], inquiry: Inquiry) -> list[str]:
    """Say what is missing for what the case puts first, where none of it holds."""
    names = inquiry.manifest.headlines[:1]
    first = [item for item in board if item.name in names or item.term in names]
    if not first or first[0].kind == "moment" or any(item.value == Value.YES for item in first):
        return []
    return _missing(first, board, inquiry)


def _sentences(first: Sequence[Item], inquiry: Inquiry) -> list[str]:
    """One sentence for each value: those that are yes first."""
    if len(first) > 1 and all(item.value == Value.NO for item in first) and (nobody := _nobody(first[0], inquiry)):
        return [f"{nobody}."]
    pools: dict[str | None, list[Item]] = {}
    for item in sorted(first, key=lambda item: item.value != Value.YES):
        pools.setdefault(item.value, []).append(item)
    return [(_of_many if len(pool) > _SHOWN else _sentence)(value, pool, inquiry) for value, pool in pools.items()]


def _of_many(value: str | None, pool: Sequence[Item], inquiry: Inquiry) -> str:
    """Say of many at once what holds for each of them, and who they are as far as that is known."""
    words = of_each(inquiry.world.agreements.declarations[pool[0].name], inquiry)
    said = _OF_MANY.get(value, f"For {{who}}, {{words}}: {value}.")
    return said.format(who=_who(pool, inquiry), words=words)


def _who(pool: Sequence[Item], inquiry: Inquiry) -> str:
    """Name those who are known to be meant, or count them; count those who may be."""
    known = [item for item in pool if not may_belong(item)]
    few = len(known) <= _SHOWN and all(len(item.args) == 1 for item in known)
    named = [with_article(name_of(item.args[0], inquiry)) for item in known] if few else [str(len(known))]
    named += [f"{len(pool) - len(known)} that could be members"] if len(known) < len(pool) else []
    return ", ".join(named[:-1]) + (" and " if len(named) > 1 else "") + named[-1]


def _sentence(value: str | None, pool: Sequence[Item], inquiry: Inquiry) -> str:
    words = _listed([_label(item, inquiry) for item in pool])
    if pool[0].kind == "event" and value in _HAPPENED:
        made = _HAPPENED[value].format(words)
    elif value == Value.YES:
        made = f"{words}."
    elif value == Value.NO and len(pool) == 1:
        made = f"{_not_so(pool[0])}: {words}."
    else:
        made = _SAID[value].format(words) if value in _SAID else f"{words}: {value}."
    return made[:1].upper() + made[1:]


def _not_so(item: Item) -> str:
    """Deny something, with the day since when it is not so, where there is one."""
    if item.since_by_reading:
        return "Not so, since a day that depends on a reading"
    if item.since:
        return f"Not so since {item.since[:10]}"
    latest = (item.bounds[1] or "") if item.bounds else ""
    return f"Not so since {latest[:10]} at the latest" if latest else "Not told to hold"


def _moment(item: Item, inquiry: Inquiry) -> str:
    """Say when a moment comes, or has come."""
    label, value = _label(item, inquiry), item.value
    if value is None:
        made = f"It depends on a reading when it comes: {label}."
    elif value == NOT_SET:
        made = f"Nothing that is told sets the day: {label}."
    elif value == Value.CONTESTED:
        made = f"It is contested when it comes: {label}."
    else:
        last = read_civil(value.rpartition(" ")[2], inquiry.manifest.zone)
        come = last is not None and last.lo <= inquiry.at and not value.startswith("not before")
        made = f"{label}: {value}, which {'has come' if come else 'is still to come'}."
    return made[:1].upper() + made[1:]


def _label(item: Item, inquiry: Inquiry) -> str:
    """Give the words of a line as a sentence has them."""
    declared = inquiry.world.agreements.declarations
    names = (declared[arg].meta.label for arg in item.args if isinstance(declared.get(arg), Party))
    return in_sentence(item.label, sorted(names, key=len, reverse=True))


def _listed(labels: Sequence[str]) -> str:
    """Join a list; a long one ends with a count."""
    return "; ".join(labels[:_SHOWN]) + (f"; and {len(labels) - _SHOWN} more" if len(labels) > _SHOWN else "")


def _nobody(item: Item, inquiry: Inquiry) -> str:
    """Turn "g's guarantee is in force" into "Nobody's guarantee is in force"; nothing for a label that does not begin with a party."""
    declared = inquiry.world.agreements.declarations[item.name]
    param, label = params_of(declared)[0].name, declared.meta.label
    begins = has_place(label, param) and re.match(rf"{param}\b", label)
    rest = {other.name: "any party" for other in params_of(declared)[1:]}
    return fill("Nobody" + label.removeprefix(param), rest) if begins else ""


def _missing(first: list[Item], board: Sequence[Item], inquiry: Inquiry) -> list[str]:
    """What is missing for every one of them, in the words of the agreements, with what nobody said of it."""
    common = [line for line in _general(first[0]) if all(line in _general(item) for item in first)]
    modes = {item.term: item.mode for item in board}
    words, gaps = [], []
    for name, value in common:
        declared = inquiry.world.agreements.declarations.get(name)
        label = of_each(declared, inquiry) if declared else name.replace("_", " ")
        assumed = value == "no" and modes.get(name) in ("carried", "projected")
        words.append(f"{label} ({'no until told' if assumed else value})")
        if value == "no":
            gaps += [gap.replace("_", " ") for one in _sources_of(declared, inquiry) for gap in one.meta.not_said]
    whose = f" for {'each' if any(ITSELF in one for one in words) else 'all'}" if len(first) > 1 else ""
    sentences = [f"Missing{whose}: {'; '.join(words)}."] if words else []
    return sentences + ([f"Nobody has said: {', '.join(dict.fromkeys(gaps))}."] if gaps else [])


def _general(item: Item) -> list[tuple[str, str]]:
    """The conditions of an item that stand on every reading, as (declared name, value): the same for each party."""
    found = [_CONDITION.fullmatch(line) for line in item.missing if "(on reading " not in line]
    return [(match.group(1), match.group(2)) for match in found if match]


def _sources_of(declared: Declaration | None, inquiry: Inquiry) -> list[Declaration]:
    """A condition and whatever it directly reads."""
    if declared is None:
        return []
    declarations = inquiry.world.agreements.declarations
    return [declared, *(declarations[name] for name in reads_of(declared) if name in declarations)]
