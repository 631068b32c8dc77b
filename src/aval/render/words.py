"""The words for terms: what an answer or the agreements call a thing, so that a page speaks before it shows the formal name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from aval.answers.calendar import Calendar
from aval.answers.naming import ITSELF, blanks
from aval.answers.parting import Divergence
from aval.answers.recorded import Blame, Import, Log
from aval.answers.shapes import Changed, Owed, Status, Why
from aval.answers.supposed import Supposed
from aval.answers.unlock.shapes import Unlock
from aval.model.agreement import Agreements, Area, Body, Event, Group, Party, Power, params_of
from aval.model.expression import Name
from aval.model.frozen import frozen
from aval.model.label import has_place, in_sentence, named, with_article
from aval.model.term import Term

Answer = Status | Why | Unlock | Owed | Changed | Divergence | Supposed | Calendar | Log | Blame | Import

ANY = "any party"
ELSE = "…"
_OFFER = "offer"
_CALL = re.compile(r"\b[A-Za-z_]\w*\([^()]*\)")
_SNAKE = re.compile(r"\b[A-Za-z]\w*_\w*\b(?!\()")
_ALONE = re.compile(r"^((?:(?:not|from|until|when|while) )?)([A-Za-z][A-Za-z0-9]*)(?= is | or | and | happened|$)")
_MEMBER = re.compile(rf"([A-Z_]{{2,}}|{ELSE}|{ANY}) in ([a-z]\w*)")
_EXERCISE = re.compile(r"\bvalid exercise of ([A-Za-z]\w*(?:\([^()]*\))?)")
_SAME = re.compile(rf"(?<!\w)(not )?([A-Z]{{2,}}|{ELSE}|{ANY}) is ([A-Z]{{2,}}|{ELSE}|{ANY})(?!\w)")
_START, _END = "\ue003", "\ue002"
"""stand around a sentence that was put in the place of a term, while the rest of a text is looked at"""
_BEFORE = re.compile(f"\\b(from|until|when|while|not|valid exercise of|finds) {_START}")
_FINDS = re.compile(f"\\b([A-Za-z_]\\w*) finds(?= {_START})")
_TIMES = re.compile(f"(\\d(?:st|nd|rd|th)|\\blatest) {_START}")
_IS = re.compile(f"{_END} is (yes|no|open|contested)\\b")


@frozen(kw_only=True)
class Words:
    """Labels by term, label and parameters by declared name, and the names of parties, groups and areas by code.

    `blanks` are the words for parameters that are left open, by declared name; `deeds` the declared name and the arguments of a power's
    deed; `events` the names of what happens.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    forms: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    blanks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    deeds: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    events: frozenset[str] = frozenset()

    def name(self, code: str) -> str:
        """Give a party, group or area in words; the code itself where it has none."""
        return self.names.get(code) or code

    def spoken(self, label: str, codes: Iterable[str]) -> str:
        """Write a label whose parties are filled in as English has it."""
        return in_sentence(label, sorted((self.names.get(code, "") for code in codes), key=len, reverse=True))

    def of(self, term: str) -> str:
        """Give a term in words; empty where nobody has words for it."""
        parsed = Term.parse(term) if ELSE not in term else _holed(term)
        if parsed is None:
            return ""
        if term in self.labels:
            return self.spoken(self.labels[term], parsed.args)
        if parsed.name == _OFFER and len(parsed.args) > 1:
            return f"{self._filled(parsed.args[0])}: {', '.join(map(self.name, parsed.args[1:]))}"
        if parsed.args and parsed.name in self.names:
            return f"{self._member(parsed.args[0])} belongs to {self._group(parsed.name)}"
        label, params = self.forms.get(parsed.name, ("", ()))
        return self._fill(label, params, parsed) if label and len(params) == len(parsed.args) else ""

    def _fill(self, label: str, params: tuple[str, ...], term: Term) -> str:
        if not params:
            return label
        blanks = self.blanks.get(term.name) or (ITSELF,) * len(params)
        filled = {param: self._filled(arg, blank) for param, arg, blank in zip(params, term.args, blanks, strict=True)}
        unsaid = {ANY, *blanks}
        placed = {param: words for param, words in filled.items() if words not in unsaid or has_place(label, param)}
        return self.spoken(named(label, placed), term.args)

    def _filled(self, arg: str, blank: str = ITSELF) -> str:
        """Name an argument: *any party* where the text says so, *the party* where it is left open because it is each one's own."""
        return ANY if arg == "any" and blank != ELSE else blank if arg in (ELSE, "any") else self.name(arg)

    def worded(self, text: str) -> str:
        """Write the terms in a condition, a claim or a list of reasons in words, and leave the rest of it."""
        return "; ".join(map(self._worded, text.split("; ")))

    def _worded(self, text: str) -> str:
        text = _EXERCISE.sub(lambda hit: self._deed(hit[1]) or hit[0], text)
        made = _MEMBER.sub(lambda hit: f"{self._member(hit[1])} belongs to {self._group(hit[2])}{_END}", text)
        made = _SAME.sub(lambda hit: f"{self._member(hit[2])} is {hit[1] or ''}{self._other(hit[3])}{_END}", made)
        made = _ALONE.sub(lambda hit: f"{hit[1]}{self._sentence(hit[2])}", made)
        for pattern in (_CALL, _SNAKE):
            made = pattern.sub(lambda hit: self._sentence(hit[0]), made)
        made = _FINDS.sub(lambda hit: f"{with_article(self.name(hit[1]))} finds", made)
        made = _BEFORE.sub(r"\1: ", made.replace(f"{_END} happened", _END))
        return _IS.sub(r": \1", _TIMES.sub(r"\1 time that ", made)).replace(_START, "").replace(_END, "")

    def _deed(self, term: str) -> str:
        """Say the valid exercise of a power by what is done: "China gives notice (validly)"; empty where nobody has words for it."""
        power = Term.parse(term) if ELSE not in term else _holed(term)
        deed, places = self.deeds.get(power.name, ("", ())) if power else ("", ())
        if power is None or not deed or len(self.forms.get(power.name, ("", ()))[1]) != len(power.args):
            return ""
        given = dict(zip(self.forms[power.name][1], power.args, strict=True))
        words = self.of(str(Term(deed, tuple(given.get(place, place) for place in places))))
        return f"{_START}{words} (validly){_END}" if words else ""

    def _sentence(self, term: str) -> str:
        """The words for a term, marked; a name that has none by itself may still be that of a place or party."""
        words = self.of(term)
        return f"{_START}{words}{_END}" if words else self.name(term)

    def _member(self, code: str) -> str:
        return self.spoken(self._filled(code), (code,))

    def _other(self, code: str) -> str:
        return "the other" if code in (ELSE, ANY) else with_article(self.name(code))

    def _group(self, name: str) -> str:
        return with_article(self.name(name))


def _holed(term: str) -> Term | None:
    """Read a term with what varies left out: `in_force(…)`."""
    name, _, rest = term.partition("(")
    return Term(name, tuple(part.strip() for part in rest.rstrip(")").split(",")) if rest else ())


def words_of(answer: Answer, agreements: Agreements | None = None) -> Words:
    """Collect the words that an answer brings along, and those of the agreements where they are at hand."""
    names = {} if isinstance(answer, Why | Log | Blame | Import) else dict(answer.names)
    labels = {term: label for term, label in _labels(answer) if label and label != term}
    declared = agreements.declarations.values() if agreements else ()
    return Words(
        names={**_names(agreements), **names},
        labels=labels,
        forms={**_gaps(answer), **_forms(agreements)},
        blanks={one.meta.name: blanks(one, agreements) for one in declared if agreements and params_of(one)},
        deeds={
            one.meta.name: (one.deed.name, tuple(arg.text if isinstance(arg, Name) else "any" for arg in one.deed.args))
            for one in declared
            if isinstance(one, Power)
        },
        events=frozenset(one.meta.name for one in declared if isinstance(one, Event)),
    )


def _labels(answer: Answer) -> Iterator[tuple[str, str]]:
    match answer:
        case Status():
            yield from ((item.term, item.label) for item in answer.items if item.kind not in ("contribution", "group"))
        case Why():
            yield from ((answer.term, answer.label),) if answer.kind not in ("contribution", "group") else ()
        case Blame():
            yield from ((answer.term, answer.label),) if answer.kind not in ("contribution", "group") else ()
        case Unlock():
            yield answer.term, answer.label
        case Log() | Import():
            pass  # they are about statements, whose terms the agreements name
        case Owed():
            yield from ((debt.term, debt.label) for debt in answer.debts)
            yield from ((one.term, one.label) for one in (*answer.bans, *answer.powers))
        case Divergence():
            partings = [parting for question in answer.questions for parting in question.partings if parting.kind != "contribution"]
            yield from (pair for parting in partings for pair in zip(parting.terms, parting.labels, strict=True))
        case Supposed():
            yield from ((one.term, one.label) for one in answer.turns if not one.term.startswith(f"{_OFFER}("))
        case Calendar():
            yield from ((one.term, one.label) for one in answer.entries)
        case Changed():
            named = (one for one in answer.differences if not one.term.startswith(f"{_OFFER}("))
            yield from ((one.term, one.label) for one in named if one.label != answer.names.get(one.term.partition("(")[0]))


def _gaps(answer: Answer) -> dict[str, tuple[str, tuple[str, ...]]]:
    gaps = answer.gaps if isinstance(answer, Status | Why) else ()
    return {gap.of: (gap.label, ()) for gap in gaps if gap.label and ANY not in gap.label and ELSE not in gap.label}


def _names(agreements: Agreements | None) -> dict[str, str]:
    declared = agreements.declarations.values() if agreements else ()
    return {one.meta.name: one.meta.label for one in declared if isinstance(one, Party | Area | Body | Group) and one.meta.label}


def _forms(agreements: Agreements | None) -> dict[str, tuple[str, tuple[str, ...]]]:
    declared = agreements.declarations.values() if agreements else ()
    return {
        one.meta.name: (one.meta.label, tuple(param.name for param in params_of(one)))
        for one in declared
        if one.meta.label and not isinstance(one, Party | Area | Body | Group)
    }
