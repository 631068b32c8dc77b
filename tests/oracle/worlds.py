"""Random small agreements and statements, written as an author would write them; the same seed gives the same world."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from random import Random

from tests.engine.support import Row
from tests.oracle.norms import BAN, DUTY, POWER

PARTIES = ("RED", "BLU", "GRN", "YEL")
HEAD = """
party RED "Red"
party BLU "Blue"
party GRN "Green"
party YEL "Yellow"
organisation ORG "the organisation"
  not counted
group all_of_them "all" is RED, BLU, GRN, YEL
group pair "two" is RED, BLU
group club "a club" is RED and others not named among trio
group trio "three" is RED, BLU, GRN
group crew "a crew" is RED, ORG and others not named among trio (3 in all)
"""
QUESTIONS = """question q1 "?"
  reading a1 "a"
  reading b1 "b"
question q2 "?"
  reading a2 "a"
  reading b2 "b"
"""
GROUPS = ("pair", "trio", "club", "crew")
MEMBERS = {"pair": ("RED", "BLU"), "trio": PARTIES[:3], "club": ("RED", "BLU"), "crew": ("RED", "ORG")}
PLAIN_CONDITIONS = ("reference", "happened", "stands", "finds")
CONDITIONS = (
    *PLAIN_CONDITIONS,
    *("and", "or", "not", "some", "no", "every", "at least", "at most", "share", "rate", "compare"),
    *("moment happened", "by", "before it", "after it", "between", "order", "member", "is", "not said"),
)
PLAIN_MOMENTS = ("event", "date", "nth", "latest", "found")
MOMENTS = (
    *PLAIN_MOMENTS,
    *("after", "before", "expiry", "first of month", "midnight", "not counting", "later", "earlier"),
    *("beginning", "end", "held", "moment", "exercise"),
)
ITS = ("its beginning", "its latest trigger")
ITS_PLACES = ("until", "after", "expiry", "first of month", "midnight", "later", "earlier")
MOMENT_PLACES = (
    *("from", "until", "when", "waived when", "moment", "becomes", "no later than", "shifts"),
    *("after", "before", "expiry", "first of month", "midnight", "not counting", "later", "earlier"),
    *("moment happened", "by", "before it", "after it", "order"),
)
CONDITION_PLACES = (
    *("while", "guard", "except", "suspended while", "paused while", "pause"),
    *("and", "or", "not", "some", "no", "every", "at least", "at most", "share", "beginning", "end", "held"),
)
POSSIBLE = frozenset(
    {(above, kind) for above in MOMENT_PLACES for kind in MOMENTS}
    | {(above, kind) for above in CONDITION_PLACES for kind in CONDITIONS}
    | {(above, kind) for above in ITS_PLACES for kind in ITS}
)
"""Each construct in each place where it can stand: a place that takes moments takes every one, one that takes conditions likewise."""
ACCEPTED = (
    "",
    "",
    "",
    "",
    "",
    "",
    "\n  accepted from {p}",
    "\n  accepted from at least 2 independent sources of grade medium",
    "\n  accepted from RED or a finding of court",
)


class Author:
    """Writes one agreement and what was said of it.

    `used` names the pairs of constructs that stand one inside the other; pairs that are not yet in `seen` are preferred.
    """

    def __init__(self, seed: int, seen: Collection[tuple[str, str]] = ()) -> None:
        self.random, self.seen = Random(seed), seen
        self.events: list[tuple[str, str]] = []
        self.repeating: list[tuple[str, str]] = []
        self.reported: list[tuple[str, str]] = []
        self.conditions: list[tuple[str, str]] = []
        self.moments: list[tuple[str, str]] = []
        self.powers: list[tuple[str, str]] = []
        self.norms: list[tuple[str, str, Sequence[str]]] = []
        self.found: list[tuple[str, str]] = []
        self.used: set[tuple[str, str]] = set()
        self.variables: list[tuple[str, str]] = []
        self.breaches: list[tuple[str, str]] = []
        self.own = False
        self.asked = self.random.random() < 0.3
        self.text = HEAD + (QUESTIONS if self.asked else "") + "\n".join(self._declarations())

    # declarations

    def _declarations(self) -> list[str]:
        lines = [self._event(f"e{number}", self._param()) for number in range(2)]
        lines.append(self._event("f0", "pair", "\n  accepted from a finding of court"))
        lines.append(self._repeating())
        lines += [self._reported(f"r{number}") for number in range(2)]
        self.found = [("f0", "pair"), self.reported[0]]
        lines.append("quantity n0 in units")
        lines.append(f"quantity n1(p: {(group := self.random.choice(('pair', 'trio')))}) in units")
        self.amounts = group
        makers = [self._state, self._state, self._state, self._moment, self._duty, self._ban, self._power, self._process, self._valued]
        for number in range(self.random.randint(3, 6)):
            lines.append(self.random.choice(makers)(f"x{number}"))
        if self.random.random() < 0.2:
            lines.append(self._knot())
        if self.random.random() < 0.3:
            lines.append(self._knot_in_time())
        name, group = self.reported[0]
        finds = [f"f0(any), {name}{'(any)' if group else ''}", *(f"{one}{'(any)' if over else ''}" for one, over in self.breaches)]
        return [f"body court\n  may find {', '.join(finds)}", *lines]

    def _param(self) -> str:
        return self.random.choice(("", "", *GROUPS))

    def _head(self, word: str, name: str, group: str) -> str:
        self.variables = [("p", group)] if group else []
        return f"{word} {name}(p: {group})" if group else f"{word} {name}"

    def _event(self, name: str, group: str, accepted: str = "") -> str:
        text = self._head("event", name, group) + (accepted or self.random.choice(ACCEPTED).format(p="p" if group else "BLU"))
        text += self.random.choice(("", "", "\n  constitutive")) + self.random.choice(("", "\n  legal act"))
        text += self.random.choice(("", "", "", "\n  complete until 2026-04-01")) if "constitutive" not in text else ""
        self.events.append((name, group))
        return text

    def _repeating(self) -> str:
        group = self.random.choice(("", "pair"))
        self.repeating.append(("g0", group))
        self.events.append(("g0", group))
        return self._head("event", "g0", group) + "\n  repeats" + self.random.choice(("", "\n  constitutive")) + "\n  legal act"

    def _reported(self, name: str) -> str:
        group = self._param()
        text = self._head("state", name, group) + self.random.choice(ACCEPTED).format(p="p" if group else "BLU")
        text += self.random.choice(("", "", "\n  starts as yes", "\n  starts as no"))
        self.reported.append((name, group))
        self.conditions.append((name, group))
        return text

    def _on(self) -> str:
        if self.asked and self.random.random() < 0.3:
            return "on reading " + self.random.choice(("a1", "b1", "a2", "b2")) + " "
        return ""

    def _change(self, word: str, guarded: float = 0.4) -> str:
        if word == "from" and self.random.random() < 0.1:
            return self._some()
        clause = f"\n  {self._on()}{word} {self.moment(word, 2)}"
        if self.random.random() < guarded:
            clause += f" {self.random.choice(('if', 'unless'))} {self.condition('guard', 1)}"
        return clause

    def _some(self) -> str:
        pairs = [(one, two, over) for one, over in self.events for two, group in self.reported if over == group and over]
        if not pairs:
            return f"\n  from {self._reference(self.events)}"
        one, two, _ = self.random.choice(pairs)
        return f"\n  from {one}(some c) if {two}(c)"

    def _condition_of(self, word: str) -> str:
        return f"\n  {self._on()}{word} {self.condition(word, 2)}"

    def _state(self, name: str) -> str:
        group = self._param()
        text = self._head("state", name, group)
        shape = self.random.randint(0, 3)
        if shape:
            text += "".join(self._change("from") for _ in range(self.random.randint(1, 2)))
            self.own = True
            text += "".join(self._change("until") for _ in range(self.random.randint(0, 2)))
            self.own = False
            text += self.random.choice(("", "", "\n  renews"))
            others = [one for one, over in self.conditions if not over]
            text += f"\n  provisional for {self.random.choice(others)}" if others and self.random.random() < 0.15 else ""
        if shape in (0, 3):
            text += "".join(self._condition_of("while") for _ in range(self.random.randint(1, 2)))
        first = self.random.choice(("", "", "", "\n  starts as yes", "\n  starts as open"))
        text += first if shape else ""  # beside `while` alone it has no effect, and is reported
        self.conditions.append((name, group))
        return text

    def _valued(self, name: str) -> str:
        group = self._param()
        words = (f"{name}_a", f"{name}_b", f"{name}_c")
        text = f"{self._head('state', name, group)} one of {', '.join(words)}" + self.random.choice(("", f"\n  starts as {words[0]}"))
        text += "".join(self._change(f"becomes {word} at").replace("becomes at", "") for word in self.random.choices(words, k=3))
        self.norms.append((name, group, words))
        return text

    def _moment(self, name: str) -> str:
        group = self._param()
        text = f"{self._head('moment', name, group)} is {self.moment('moment', 2)}"
        if self.random.random() < 0.15:
            text = f"{self._head('moment', name, group)} is 2026-03-10\n  becomes 2026-06-20 at {self.moment('shifts', 1)}"
        self.moments.append((name, group))
        return text

    def _duty(self, name: str) -> str:
        group = self._param()
        text = f"{self._head('duty', name, group)}: {'p' if group else 'RED'} owes GRN {self._reference(self.events)}"
        whens = "".join(self._change("when") for _ in range(self.random.randint(0, 2)))
        text += whens
        if whens and self.chance(0.6):
            text += f"\n  within {self.random.randint(1, 40)} {self.random.choice(('days', 'hours', 'weeks'))}"
        text += f"\n  no later than {self.moment('no later than', 1)}" if self.chance(0.2) else ""
        text += self._change("until") if self.chance(0.3) else ""
        text += self._change("waived when") if self.chance(0.25) else ""
        text += self._condition_of("while") if self.chance(0.5) or not whens else ""
        for word, often in (("except", 0.25), ("suspended while", 0.25), ("paused while", 0.15)):
            text += self._condition_of(word) if self.chance(often) else ""
        text += "\n  breach found by court" if self.chance(0.4) else ""
        self.breaches += [(name, group)] if "breach" in text else []
        text += self.random.choice(("", "", "\n  continuing"))
        others = [one for one, over, words in self.norms if words is DUTY and over == group and not over]
        text += f"\n  replaces {self.random.choice(others)}" if others and self.chance(0.5) else ""
        self.norms.append((name, group, DUTY))
        return text

    def _ban(self, name: str) -> str:
        group = self._param()
        text = f"{self._head('ban', name, group)}: {'p' if group else 'RED'} must not {self._reference(self.events)}"
        text += "".join(self._change("from") for _ in range(self.random.randint(0, 1)))
        text += self._change("until") if self.chance(0.3) else ""
        text += self._condition_of("while") if self.chance(0.5) else ""
        text += self._condition_of("except") if self.chance(0.3) else ""
        text += f"\n  breach proposed by {self._reference(self.events)}" if self.chance(0.5) else ""
        text += "\n  breach found by court" if self.chance(0.6) else ""
        self.breaches += [(name, group)] if "breach found" in text else []
        self.norms.append((name, group, BAN))
        return text

    def _power(self, name: str) -> str:
        group = self._param()
        who = "p" if group else "RED"
        text = f"{self._head('power', name, group)}: {who} may {self._reference(self.events)}{self._condition_of('while')}"
        self.powers.append((name, group))
        self.norms.append((name, group, POWER))
        return text

    def _process(self, name: str) -> str:
        group = self.random.choice(("pair", "trio"))
        text = self._head("process", name, group) + f'\n  step {name}_s(p) "one"\n  step {name}_t(p) "two" for RED, BLU\n  complete for RED'
        self.events += [(f"{name}_s", group), (f"{name}_t", group)]
        self.conditions.append((name, group))
        return text

    def _knot(self) -> str:
        self.variables = []
        one, two = self.condition("while", 1), self.condition("while", 1)
        return f"state k1\n  while k2 or ({one})\nstate k2\n  while k1 or (k2 and {self.random.choice(('k1', 'k2'))}) or ({two})"

    def _knot_in_time(self) -> str:
        """A state whose end begins another, which keeps the first from beginning."""
        self.variables = []
        event, other = self._reference(self.events), self._reference(self.events)
        guard = self.random.choice(("t2", "(t2 or not t1)", "(t2 and t3)"))
        return (
            f"state t1\n  from {event} unless {guard}\n  until {self.random.randint(1, 30)} days after {self.random.choice(ITS)}\n"
            f"state t2\n  from end of t1 if t3\n  until {self.random.randint(1, 20)} days after its latest trigger\n"
            f"state t3\n  from {event}{self.random.choice((' unless t2', ''))}\n  until {other}"
        )

    # expressions

    def chance(self, often: float) -> bool:
        return self.random.random() < often

    def _choose(self, above: str, kinds: Sequence[str]) -> str:
        fresh = [kind for kind in kinds if (above, kind) in POSSIBLE and (above, kind) not in self.seen and (above, kind) not in self.used]
        kind = self.random.choice(fresh if fresh and self.chance(0.7) else kinds)
        self.used.add((above, kind))
        return kind

    def _argument(self, group: str) -> str:
        fitting = [name for name, over in self.variables if over == group]
        if fitting and self.random.random() < 0.7:
            return self.random.choice(fitting)
        return self.random.choice(MEMBERS[group])

    def _reference(self, among: Sequence[tuple[str, str]], *, some: bool = False) -> str:
        name, group = self.random.choice(among)
        if not group:
            return name
        return f"{name}(any)" if some and self.random.random() < 0.3 else f"{name}({self._argument(group)})"

    def condition(self, above: str, depth: int) -> str:
        """Write a condition, in parentheses where it is more than a name."""
        missing = {"member", "is"} if not self.variables else set()
        missing |= set() if self.norms else {"stands"}
        kind = self._choose(above, [one for one in (CONDITIONS if depth > 0 else PLAIN_CONDITIONS) if one not in missing])
        match kind:
            case "reference":
                return self._reference(self.conditions, some=True)
            case "happened":
                return f"{self._reference(self.events, some=True)} happened"
            case "stands":
                name, group, words = self.random.choice(self.norms)
                return f"({self._reference([(name, group)])} is {self.random.choice(words)})"
            case "finds":
                return f"(court finds {self._reference(self.found, some=True)})"
            case "not":
                return f"not {self._wrapped(kind, depth)}"
            case "and" | "or":
                return f" {kind} ".join(self._wrapped(kind, depth) for _ in range(self.random.randint(2, 3)))
            case "member":
                return f"{self.random.choice(self.variables)[0]} in {self.random.choice(GROUPS)}"
            case "is":
                return f"{self.random.choice(self.variables)[0]} is {self.random.choice(('RED', 'not BLU', 'one of (RED, BLU)'))}"
            case "not said":
                return "not said something"
            case "some" | "no" | "every" | "at least" | "at most" | "share":
                return f"({self._count(kind, depth)})"
            case _:
                return f"({self._in_time(kind, depth)})"

    def _in_time(self, kind: str, depth: int) -> str:
        match kind:
            case "moment happened":
                return f"{self.moment(kind, depth - 1)} happened"
            case "by" | "before it" | "after it":
                return f"{self._reference(self.events, some=True)} happened {kind.split(maxsplit=1)[0]} {self.moment(kind, depth - 1)}"
            case "between":
                return f"{self._reference(self.events)} happened between 2026-02-10 and {self.random.choice(('2026-03-05', '2026-05-01'))}"
            case "order":
                return f"{self.moment(kind, depth - 1)} is {self.random.choice(('before', 'after'))} {self.moment(kind, depth - 1)}"
            case "rate":
                what = self._reference(self.repeating + self.events, some=True)
                bound = self.random.choice(("at least", "more than", "at most", "less than"))
                return f"{bound} {self.random.randint(1, 3)} times {what} within {self.random.randint(10, 60)} days"
            case _:
                bound = self.random.choice(("at least", "more than", "at most", "less than"))
                return f"{self._number()} is {bound} {self.random.choice((self._number(), '10', '20'))}"

    def _number(self) -> str:
        total = f"the total of n1(w) for (w in {self.amounts} with ({self._reference(self.reported)} and w is not BLU))"
        return self.random.choice(("n0", f"n1({self._argument(self.amounts)})", "50 percent of n0", total))

    def _wrapped(self, above: str, depth: int) -> str:
        return f"({self.condition(above, depth - 1)})"

    def _count(self, kind: str, depth: int) -> str:
        group, kept = self.random.choice(GROUPS), self.variables
        variable = f"v{len(kept)}"
        self.variables = [*kept, (variable, group)]
        inner, number = self._wrapped(kind, depth), self.random.randint(1, 3)
        self.variables = kept
        if variable not in inner:
            inner = f"({inner} and {variable} is not RED)"  # a condition asked of each has to speak of each
        if kind == "share":
            bound = self.random.choice(("at least", "more than", "at most", "less than"))
            part = self.random.choice(("1/2", "2/3", "1/3", "3/4"))
            fixed = self.random.choice(("", "", " fixed on 2026-02-20"))
            return f"{bound} {part} of {variable} in {group}{fixed} with {inner}"
        how = {"at least": ("at least", "more than"), "at most": ("at most", "fewer than")}.get(kind)
        word = f"{self.random.choice(how)} {number}" if how else kind
        return f"{word} {variable} in {group} {'has' if kind == 'every' else 'with'} {inner}"

    def moment(self, above: str, depth: int) -> str:
        """Write a moment."""
        missing = {"moment"} if not self.moments else set()
        missing |= set() if self.powers else {"exercise"}
        kinds = [one for one in (MOMENTS if depth > 0 else PLAIN_MOMENTS) if one not in missing]
        place = "becomes" if above.startswith("becomes") else above
        kind = self._choose(place, [*kinds, *(ITS if self.own and depth > 0 and above in ITS_PLACES else ())])
        length = f"{self.random.randint(1, 40)} {self.random.choice(('days', 'hours', 'weeks', 'months'))}"
        match kind:
            case "event":
                return self._reference(self.events, some=True)
            case "moment":
                return self._reference(self.moments)
            case "exercise":
                return self._reference(self.powers)
            case "found":
                return f"court finds {self._reference(self.found)}"
            case "date":
                return self.random.choice(("2026-02-10", "2026-03-05T12:00+01:00"))
            case "nth":
                return f"{self.random.choice(('1st', '2nd', '3rd'))} {self._reference(self.events, some=True)}"
            case "latest":
                return f"latest {self._reference(self.events, some=True)}"
            case "its beginning" | "its latest trigger":
                return f"{self.random.randint(1, 20)} days after {kind}" if above in ("until", "later", "earlier") else kind
            case _:
                inner = self._wrapped(kind, depth) if kind in ("beginning", "end", "held") else self.moment(kind, depth - 1)
                return self._around(kind, length, inner, depth)

    def _around(self, kind: str, length: str, inner: str, depth: int) -> str:
        match kind:
            case "after" | "before":
                return f"{length} {kind} {inner}"
            case "expiry":
                return f"expiry of {length.replace('hours', 'days')} after {inner}"
            case "first of month":
                return f"first day of the month after {inner}"
            case "midnight":
                return f"midnight after {inner}"
            case "not counting":
                return f"{length} (not counting {self.condition('pause', 1)}) after {inner}"
            case "held":
                return f"once {inner} has held {length}"
            case "later" | "earlier":
                return f"the {kind} of {inner} and {self.moment(kind, depth - 1)}"
            case _:
                return f"{kind} of {inner}"

    # statements

    def rows(self) -> list[Row]:
        """Say some things of what the agreement names."""
        return [self._row(number) for number in range(self.random.randint(4, 24))]

    def _day(self, first: int = 1) -> str:
        return f"2026-{self.random.randint(first, 5):02}-{self.random.randint(1, 28):02}"

    def _row(self, number: int) -> Row:
        kind = self.random.choice(("event",) * 5 + ("state", "state", "member", "finding", "finding", "amount"))
        voice, said = self.random.choice((*PARTIES, "court", f"paper {number}")), self._day()
        voice = "court" if kind == "finding" else voice
        row: dict[str, object] = {"label": f"s{number}", "voice": voice, "grade": self.random.choice(("high",) * 6 + ("medium", "low"))}
        row["form"] = self.random.choice(("reported",) * 7 + ("unnamed official",))
        if not voice.startswith("paper"):
            row["speaks_for"] = voice
        row["polarity"] = self.random.choice(("yes", "yes", "no"))
        self.variables = []
        day, other = sorted((self._day(), self._day()))
        when = self.random.choice(({"when": day}, {"first": day, "last": other}, {"first": day}, {"last": day}, {"when": day[:7]}, {}))
        among = self.events if kind == "event" else self.reported
        if kind == "finding":
            among = [*self.found, *self.breaches]
        name, group = self.random.choice(among)
        says = "holds" if (name, group) in self.reported else "happened"
        row |= {"says": says, "term": self._reference([(name, group)])}
        if kind == "member":
            row |= {"says": "member", "term": self.random.choice(("club", "crew")) + f"({self.random.choice(PARTIES[:3])})"}
        if kind == "amount":
            low, high = sorted((self.random.randint(0, 40), self.random.randint(0, 40)))
            del row["polarity"]
            row |= {"says": "amount", "term": self.random.choice(("n0", f"n1({self._argument(self.amounts)})")), "unit": "units"}
            ends = {"low": str(low), "high": str(high)}
            row |= self.random.choice((ends, {"low": str(low)}, {"high": str(high)}, {"low": "15", "high": "15"}))
        if says == "happened" and name == "g0" and kind in ("event", "finding"):
            when = {"when": day}
        happened = row["says"] == "happened"
        if not happened:
            row["throughout"] = self.random.choice(("yes", "yes", "no"))
        start = str(when.get("when") or when.get("first") or "2026-01")
        return {**row, **when, "said": max(said, f"{start[:7]}-28" if happened else said)}


DRAFTS = 200
"""So many drafts are written of each world, of which the one that puts most new constructs into each other is taken."""


def worlds(number: int) -> Iterator[Author]:
    """Write so many worlds, each of which looks for pairs of constructs that none before had; the same every time."""
    seen: set[tuple[str, str]] = set()
    for world in range(number):
        drafts = (Author(world * DRAFTS + draft, seen) for draft in range(DRAFTS))
        author = max(drafts, key=lambda one: len(one.used - seen))
        seen |= author.used
        yield author
