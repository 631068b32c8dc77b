"""Random small agreements and statements, written as an author would write them; the same seed gives the same world."""

from __future__ import annotations

from random import Random

from tests.engine.support import Row

PARTIES = ("RED", "BLU", "GRN", "YEL")
HEAD = """
party RED "Red"
party BLU "Blue"
party GRN "Green"
party YEL "Yellow"
body court "the court"
  may find f0(RED)
group all_of_them "all" is RED, BLU, GRN, YEL
group pair "two" is RED, BLU
group club "a club" is RED and others not named among trio
group trio "three" is RED, BLU, GRN
question q1 "?"
  reading a1 "a"
  reading b1 "b"
question q2 "?"
  reading a2 "a"
  reading b2 "b"
"""
GROUPS = ("pair", "trio", "club")
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
    """Writes one agreement and what was said of it. `used` names the pairs of constructs that stand one inside the other."""

    def __init__(self, seed: int, without: frozenset[str] = frozenset()) -> None:
        self.random, self.without = Random(seed), without
        self.events: list[tuple[str, str]] = []
        self.reported: list[tuple[str, str]] = []
        self.conditions: list[tuple[str, str]] = []
        self.moments: list[tuple[str, str]] = []
        self.used: set[tuple[str, str]] = set()
        self.variables: list[tuple[str, str]] = []
        self.text = HEAD + "\n".join(self._declarations())

    # declarations

    def _declarations(self) -> list[str]:
        lines = [self._event(f"e{number}", self._param()) for number in range(2)]
        lines.append(self._event("f0", "pair", "\n  accepted from a finding of court"))
        lines += [self._reported(f"r{number}") for number in range(2)]
        for number in range(self.random.randint(3, 7)):
            make = self.random.choice([self._state, self._state, self._state, self._moment, self._duty, self._power, self._process])
            lines.append(make(f"x{number}"))
        if self.random.random() < 0.25:
            lines.append(self._knot())
        return lines

    def _param(self) -> str:
        return self.random.choice(("", "", *GROUPS))

    def _head(self, word: str, name: str, group: str) -> str:
        self.variables = [("p", group)] if group else []
        return f"{word} {name}(p: {group})" if group else f"{word} {name}"

    def _event(self, name: str, group: str, accepted: str = "") -> str:
        text = self._head("event", name, group) + (accepted or self.random.choice(ACCEPTED).format(p="p" if group else "BLU"))
        text += self.random.choice(("", "", "\n  constitutive")) + self.random.choice(("", "\n  legal act"))
        self.events.append((name, group))
        return text

    def _reported(self, name: str) -> str:
        group = self._param()
        text = self._head("state", name, group) + self.random.choice(ACCEPTED).format(p="p" if group else "BLU")
        text += self.random.choice(("", "", "\n  starts as yes", "\n  starts as no"))
        self.reported.append((name, group))
        self.conditions.append((name, group))
        return text

    def _on(self) -> str:
        if self.random.random() < 0.2:
            return "on reading " + self.random.choice(("a1", "b1", "a2", "b2")) + " "
        return ""

    def _change(self, word: str) -> str:
        clause = f"\n  {self._on()}{word} {self.moment(word, 2)}"
        if self.random.random() < 0.4:
            clause += f" {self.random.choice(('if', 'unless'))} {self.condition('guard', 1)}"
        return clause

    def _while(self) -> str:
        return f"\n  {self._on()}while {self.condition('while', 2)}"

    def _state(self, name: str) -> str:
        group = self._param()
        text = self._head("state", name, group)
        shape = self.random.randint(0, 3)
        if shape:
            text += "".join(self._change("from") for _ in range(self.random.randint(1, 2)))
            text += "".join(self._change("until") for _ in range(self.random.randint(0, 2)))
        if shape in (0, 3):
            text += "".join(self._while() for _ in range(self.random.randint(1, 2)))
        first = self.random.choice(("", "", "", "\n  starts as yes", "\n  starts as open"))
        text += first if shape else ""  # beside `while` alone it has no effect, and is reported
        self.conditions.append((name, group))
        return text

    def _moment(self, name: str) -> str:
        group = self._param()
        text = f"{self._head('moment', name, group)} is {self.moment('moment', 2)}"
        self.moments.append((name, group))
        return text

    def _duty(self, name: str) -> str:
        group = self._param()
        text = f"{self._head('duty', name, group)}: {'p' if group else 'RED'} owes GRN {self._reference(self.events)}"
        text += "".join(self._change("when") for _ in range(self.random.randint(0, 2)))
        text += self._change("until") if self.random.random() < 0.3 else ""
        text += self._while() if self.random.random() < 0.5 or "when" not in text else ""
        text += self.random.choice(("", "", "\n  continuing"))
        return text

    def _power(self, name: str) -> str:
        group = self._param()
        return f"{self._head('power', name, group)}: {'p' if group else 'RED'} may {self._reference(self.events)}{self._while()}"

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

    # expressions

    def _use(self, above: str, name: str) -> str:
        self.used.add((above, name))
        return name

    def _argument(self, group: str) -> str:
        fitting = [name for name, over in self.variables if over == group]
        if fitting and self.random.random() < 0.7:
            return self.random.choice(fitting)
        return self.random.choice({"pair": ("RED", "BLU"), "trio": PARTIES[:3], "club": ("RED", "BLU")}[group])

    def _reference(self, among: list[tuple[str, str]], *, some: bool = False) -> str:
        name, group = self.random.choice(among)
        if not group:
            return name
        return f"{name}(any)" if some and self.random.random() < 0.3 else f"{name}({self._argument(group)})"

    def condition(self, above: str, depth: int) -> str:
        """Write a condition, in parentheses where it is more than a name."""
        kinds = ["reference", "reference", "happened", "happened"]
        if depth > 0:
            kinds += ["and", "or", "not", "count", "moment happened", "member", "is", "not said"]
        kind = self.random.choice([one for one in kinds if one not in self.without])
        self._use(above, kind)
        match kind:
            case "reference":
                return self._reference(self.conditions, some=True)
            case "happened":
                return f"{self._reference(self.events, some=True)} happened"
            case "moment happened":
                return f"{self.moment(kind, depth - 1)} happened"
            case "not":
                return f"not {self._wrapped(kind, depth)}"
            case "count":
                return f"({self._count(depth)})"
            case "member" if self.variables:
                return f"{self.random.choice(self.variables)[0]} in {self.random.choice(GROUPS)}"
            case "is" if self.variables:
                return f"{self.random.choice(self.variables)[0]} is {self.random.choice(('RED', 'not BLU', 'one of (RED, BLU)'))}"
            case "not said":
                return "not said something"
            case "and" | "or":
                return f" {kind} ".join(self._wrapped(kind, depth) for _ in range(self.random.randint(2, 3)))
            case _:
                return f"{self._reference(self.events)} happened"

    def _wrapped(self, above: str, depth: int) -> str:
        return f"({self.condition(above, depth - 1)})"

    def _count(self, depth: int) -> str:
        group, kept = self.random.choice(GROUPS), self.variables
        variable = f"v{len(kept)}"
        self.variables = [*kept, (variable, group)]
        inner, number = self._wrapped("count", depth), self.random.randint(1, 3)
        self.variables = kept
        how = self.random.choice(
            ("some", "no", "every", f"at least {number}", f"at most {number}", f"more than {number}", f"fewer than {number}")
        )
        self._use("count", how.split()[0])
        if variable not in inner:
            inner = f"({inner} and {variable} is not RED)"  # a condition asked of each has to speak of each
        return f"{how} {variable} in {group} {'has' if how == 'every' else 'with'} {inner}"

    def moment(self, above: str, depth: int) -> str:
        """Write a moment."""
        kinds = ["event", "event", "event"]
        if depth > 0:
            kinds += [
                "after",
                "before",
                "expiry",
                "first of month",
                "later",
                "earlier",
                "nth",
                "latest",
                "beginning",
                "end",
                "held",
                "date",
            ]
            kinds += ["moment", "moment"] if self.moments else []
        kind = self.random.choice([one for one in kinds if one not in self.without])
        self._use(above, kind)
        length = f"{self.random.randint(1, 40)} {self.random.choice(('days', 'hours', 'weeks', 'months'))}"
        inner = "" if kind in ("event", "nth", "latest", "date", "moment") else self._inner(kind, depth)
        match kind:
            case "event":
                return self._reference(self.events, some=True)
            case "moment":
                return self._reference(self.moments)
            case "date":
                return self.random.choice(("2026-02-10", "2026-03-05T12:00+01:00"))
            case "nth":
                return f"{self.random.choice(('1st', '2nd', '3rd'))} {self._reference(self.events, some=True)}"
            case "latest":
                return f"latest {self._reference(self.events, some=True)}"
            case _:
                return self._around(kind, length, inner, depth)

    def _inner(self, kind: str, depth: int) -> str:
        return self._wrapped(kind, depth) if kind in ("beginning", "end", "held") else self.moment(kind, depth - 1)

    def _around(self, kind: str, length: str, inner: str, depth: int) -> str:
        match kind:
            case "after" | "before":
                return f"{length} {kind} {inner}"
            case "expiry":
                return f"expiry of {length.replace('hours', 'days')} after {inner}"
            case "first of month":
                return f"first day of the month after {inner}"
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
        kind = self.random.choice(("event",) * 5 + ("state", "state", "member"))
        voice, said = self.random.choice((*PARTIES, "court", f"paper {number}")), self._day()
        row: dict[str, object] = {"label": f"s{number}", "voice": voice, "grade": self.random.choice(("high",) * 6 + ("medium", "low"))}
        row["form"] = self.random.choice(("reported",) * 7 + ("unnamed official",))
        if not voice.startswith("paper"):
            row["speaks_for"] = voice
        row["polarity"] = self.random.choice(("yes", "yes", "no"))
        self.variables = []
        day, other = sorted((self._day(), self._day()))
        when = self.random.choice(({"when": day}, {"first": day, "last": other}, {"first": day}, {"last": day}, {"when": day[:7]}, {}))
        if kind == "member":
            row |= {"says": "member", "term": f"club({self.random.choice(PARTIES[:3])})"}
        else:
            row |= {"says": "happened" if kind == "event" else "holds"}
            row["term"] = self._reference(self.events if kind == "event" else self.reported)
        if kind != "event":
            row["throughout"] = self.random.choice(("yes", "yes", "no"))
        start = str(when.get("when") or when.get("first") or "2026-01")
        return {**row, **when, "said": max(said, f"{start[:7]}-28" if kind == "event" else said)}
