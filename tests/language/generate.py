"""Random agreements without mistakes: every declaration and clause of the reference, in any layout, with comments anywhere.

`agreement(chance)` gives the words of one, `written(words, chance)` writes them down as some author might.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

Words = list[str]

PARTIES = ("FRA", "GBR", "UKR", "RUS")
BODIES = ("commission", "council")
AREAS = ("airspace", "harbour")
BARE_EVENTS = ("begins", "ends", "request", "signed_by_all_who_take_part_in_the_meeting")
EVENTS = ("committed", "deposit", "attack", "helped_with_everything_that_it_deems_necessary")
BARE_STATES = ("ceasefire", "calm", "quiet", "peace_in_force_everywhere_in_the_area")
STATES = ("major", "in_force", "bound")
READINGS = ("strict", "wide_reading", "narrow")
MOMENTS = ("entry", "due")
FIRMNESS = ("envisaged", "ready", "promised", "intent_signed", "agreed", "approved", "ratified", "done")
COUNTS = ("at least", "at most", "more than", "fewer than")
COMMENTS = ("# why", "#", '# a longer word about what stands here, with (brackets), "quotes" and and or or', "#x")
NAMED = " ".join(f'party {name} "{name} itself"' for name in PARTIES)
HEAD = f"""agreement sample "A sample" dated 2026-01-06 dates run in "Europe/Paris" {NAMED}
area airspace area harbour "a harbour" group everybody is FRA , GBR , UKR , RUS group domains is land , air , sea
body commission body council "the council" seats everybody may find attack ( any ) , calm"""


class Writer:
    """Makes the words of one agreement; `chance` decides."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.number = 0

    def some(self, pool: Sequence[str]) -> str:
        return self.chance.choice(pool)

    def maybe(self, words: Words) -> Words:
        return words if self.chance.random() < 0.5 else []

    def fresh(self, stem: str) -> str:
        self.number += 1
        return f"{stem}_{self.number}"

    def text(self) -> str:
        return '"' + self.some(("a text", "a, b (c) and: d", "# no comment", "für 26 Länder", "x" * 60, "it is and or")) + '"'

    def listed(self, pool: Sequence[str]) -> Words:
        names = self.chance.sample(pool, self.chance.randint(1, len(pool)))
        return " , ".join(names).split()

    # references

    def event(self, who: str) -> Words:
        return [self.some(BARE_EVENTS)] if self.chance.random() < 0.4 else [self.some(EVENTS), "(", who, ")"]

    def duration(self) -> Words:
        return [str(self.chance.randint(1, 99)), self.some(("day", "days", "hours", "months", "years", "weeks", "minute"))]

    def condition(self, who: str, depth: int = 0) -> Words:
        def bracket() -> Words:
            return ["(", *self.condition(who, depth + 1), ")"]

        bound = f"v{depth}"
        asked = [self.some(STATES), "(", bound, ")"]  # each variable has to be asked about
        leaf: list[Callable[[], Words]] = [
            lambda: [self.some(BARE_STATES)],
            lambda: [self.some(STATES), "(", who, ")"],
            lambda: [*self.event(who), "happened"],
            lambda: ["not", "said", "criterion"],
            lambda: ["commission", "finds", "attack", "(", "any", ")"],
            lambda: ["offer", "(", "FRA", ",", "air", ")", "is", "at", "least", "announced"],
        ]
        if depth < 3:
            joined = self.some(("and", "or"))
            leaf += [
                lambda: [*bracket(), joined, *bracket(), joined, self.some(BARE_STATES)],
                lambda: [self.some(BARE_STATES), joined, *self.event(who), "happened", joined, "not", *bracket()],
                lambda: ["not", *bracket()],
                lambda: ["(", self.some(("some", "no")), bound, "in", "everybody", "with", *asked, ")"],
                lambda: ["(", "every", bound, "in", "everybody", "has", *asked, ")"],
                lambda: ["(", *self.some(COUNTS).split(), "2", bound, "in", "everybody", ")"],
            ]
        return self.chance.choice(leaf)()

    def moment(self, who: str, depth: int = 0) -> Words:
        leaf: list[Callable[[], Words]] = [
            lambda: self.event(who),
            lambda: ["2026-01-06"],
            lambda: ["2026-01-06T18:00+01:00"],
            lambda: ["3rd", self.some(EVENTS), "(", "any", ")"],
            lambda: ["latest", *self.event(who)],
            lambda: ["beginning", "of", self.some(BARE_STATES)],
            lambda: ["end", "of", "(", *self.condition(who, 2), ")"],
            lambda: ["once", self.some(BARE_STATES), "has", "held", *self.duration()],
            lambda: ["commission", "finds", "attack", "(", "RUS", ")"],
        ]
        if depth < 3:

            def inner() -> Words:
                return self.moment(who, depth + 1)

            leaf += [
                lambda: [*self.duration(), self.some(("after", "before")), *inner()],
                lambda: ["expiry", "of", *self.duration(), "after", *inner()],
                lambda: ["first day", "of", "the", *self.maybe(["6th"]), "month", "after", *inner()],
                lambda: ["the", self.some(("later", "earlier")), "of", *inner(), ",", "2026-02-01", "and", *inner()],
            ]
        return self.chance.choice(leaf)()

    # clauses

    def shared(self) -> Words:
        found = self.maybe(["not", "said", *self.listed(("votes", "quorum", "who_certifies"))])
        return found + self.maybe(["source", '"paris-declaration#P2"', *self.maybe([self.text()])])

    def accepted(self, who: str) -> Words:
        ways = [
            [who],
            ["at", "least", "2", "independent", "sources", "of", "grade", self.some(("low", "medium", "high"))],
            ["a finding", "of", self.some(BODIES)],
        ]
        chosen = self.chance.sample(ways, self.chance.randint(1, 3))
        words = ["accepted", "from", *chosen[0]]
        for way in chosen[1:]:
            words += ["or", *way]
        return self.maybe([*words, *self.maybe([",", "at", "least", self.some(FIRMNESS)])])

    def on_reading(self) -> Words:
        return self.maybe(["on", "reading", self.some(READINGS)])

    def whiles(self, who: str) -> Words:
        return [word for _ in range(self.chance.randint(1, 3)) for word in (*self.on_reading(), "while", *self.condition(who))]

    def guarded(self, kind: str, who: str) -> Words:
        guard = self.maybe([self.some(("if", "unless")), *self.condition(who, 1)])
        return [*self.on_reading(), kind, *self.moment(who), *guard]

    def changes(self, who: str) -> Words:
        words = [word for _ in range(self.chance.randint(1, 2)) for word in self.guarded("from", who)]
        return words + [word for _ in range(self.chance.randint(0, 2)) for word in self.guarded("until", who)]

    def binding(self) -> Words:
        return self.maybe(["binding", *self.some(("politically", "legally", "politically and legally")).split()])

    # declarations

    def declarations(self, size: int) -> list[Words]:
        makers = (self.a_state, self.a_moment, self.a_quantity, self.a_duty, self.a_power, self.a_group, self.an_event, self.a_process)
        made = [self.chance.choice(makers)() for _ in range(size)]
        made += [["event", name, *self.accepted("UKR"), *self.shared()] for name in BARE_EVENTS]
        made += [["event", name, "(", "p", ":", "everybody", ")", *self.maybe([self.text()]), *self.accepted("p")] for name in EVENTS]
        made += [["state", name, *self.maybe([self.text()]), *self.shared()] for name in BARE_STATES]
        made += [["state", name, "(", "p", ":", "everybody", ")", *self.accepted("p")] for name in STATES]
        made += [["moment", name, "is", *self.moment("FRA"), *self.shared()] for name in MOMENTS]
        made += [self.a_question(), self.a_contribution("FRA", "air"), self.a_contribution("GBR", "land")]
        self.chance.shuffle(made)
        return made

    def head(self, kind: str, param: str = "") -> Words:
        params = ["(", "g", ":", "everybody", ")"] if param else []
        return [kind, self.fresh(kind), *params, *self.maybe([self.text()])]

    def a_state(self) -> Words:
        who = self.some(("g", "FRA"))
        bare = self.chance.random() < 0.5  # a first value beside conditions alone has no effect, and is a mistake
        rule = self.whiles(who) if bare else self.changes(who)
        start = [] if bare else self.maybe(["starts", "as", self.some(("yes", "no", "open"))])
        return [*self.head("state", "g" if who == "g" else ""), *start, *self.binding(), *rule, *self.shared()]

    def a_moment(self) -> Words:
        return [*self.head("moment", "g"), "on", "reading", "strict", "means", *self.moment("g"), *self.shared()]

    def a_quantity(self) -> Words:
        return [*self.head("quantity"), "in", "persons", *self.accepted("UKR"), *self.shared()]

    def a_group(self) -> Words:
        size = ["(", "26", "in", "all", ")"]
        others = ["others", "not", "named", *self.maybe(["among", "everybody"]), *self.maybe(size)]
        members = self.chance.choice((self.listed(PARTIES), [*self.listed(PARTIES), "and", *others], others))
        return [*self.head("group"), "is", *members, *self.accepted("UKR"), *self.shared()]

    def an_event(self) -> Words:
        return [*self.head("event", "g"), *self.accepted("g"), *self.maybe(["legal", "act"]), *self.maybe(["constitutive"]), *self.shared()]

    def a_duty(self) -> Words:
        choice = self.maybe(["as", "g", "deems", "necessary"])
        menu = ["one", "or", "more", "of", "(", "committed", "(", "g", ")", ",", "begins", ")", *choice]
        deeds = menu if self.chance.random() < 0.5 else ["committed", "(", "g", ")"]
        when = self.guarded("when", "g")
        within = ["within", *self.duration()] if when[0] == "when" else []
        end = self.maybe(["no", "later", "than", *self.moment("g")]) + self.maybe(self.guarded("until", "g")) + self.maybe(["continuing"])
        found = self.maybe(["breach", "found", "by", "commission"])
        return [*self.head("duty", "g"), ":", "g", "owes", "UKR", *deeds, *when, *self.maybe(within), *self.whiles("g"), *end, *found]

    def a_power(self) -> Words:
        area = self.maybe(["in", self.some(AREAS)])
        return [*self.head("power", "g"), ":", "g", "may", "committed", "(", "g", ")", *area, *self.whiles("g"), *self.binding()]

    def a_contribution(self, party: str, domain: str) -> Words:
        area = self.maybe(["in", self.some(AREAS)])
        condition = [*self.on_reading(), "subject", "to", *self.condition("FRA")]
        return ["contribution", "offer", "(", party, ",", domain, ")", *self.maybe([self.text()]), *area, *condition, *self.shared()]

    def a_question(self) -> Words:
        words = ["question", "which", '"Which one?"', *self.shared()]
        for name in READINGS:
            words += ["reading", name, *self.maybe([self.text()]), *self.maybe(["held", "by", *self.listed(PARTIES)])]
            words += self.maybe(["source", '"paris-declaration#P2"', '"words"']) + self.maybe(["source", '"paris-declaration"'])
        return words

    def a_process(self) -> Words:
        words = self.head("process", "g")
        for _ in range(self.chance.randint(1, 3)):
            applies = self.maybe(["for", "FRA", *self.maybe(['"Assemblée"']), ",", "GBR"])
            words += ["step", self.fresh("step_of"), "(", "g", ")", *self.maybe([self.text()]), *applies]
            words += self.maybe(["source", '"paris-declaration"'])
        return [*words, *self.accepted("g"), *self.maybe(["complete", "for", *self.listed(PARTIES)]), *self.shared()]


def agreement(chance: Random, size: int = 6) -> list[Words]:
    """Give the words of a whole agreement, declaration by declaration."""
    return [re.findall(r'"[^"]*"|\S+', HEAD), *Writer(chance).declarations(size)]


def written(declarations: list[Words], chance: Random, *, comments: bool = True) -> str:
    """Write words down in some layout: spaces or none where they are not needed, line ends, comments, empty lines."""
    wild = chance.random()
    parts: list[str] = []
    for words in declarations:
        parts.append(chance.choice(("\n", "\n\n", " ", "\n\n\n\n  ")))
        for word in words:
            glued = chance.random() < 0.5 and (word in "(),:" or (parts and parts[-1] in "(),:"))
            parts.append("" if glued else chance.choice((" ", "  ", "\t", "\n", "\n   ", "\n\n")) if chance.random() < wild else " ")
            parts.append(word)
            if comments and chance.random() < 0.04:
                parts.append(chance.choice((" ", "", "\n", "\n\n  ")) + chance.choice(COMMENTS) + chance.choice(("\n", " \n", "\n\n")))
    return "".join(parts).strip(" \n\t") + "\n"


def document(seed: int, size: int = 6, *, comments: bool = True) -> str:
    """Give a document with one random agreement."""
    chance = Random(seed)
    body = written(agreement(chance, size), chance, comments=comments)
    return f"# Sample {seed}\n\nProse *with* `words`.\n\n```aval\n{body}```\n\n  The   end.\n"
