"""Names, conditions, moments and numbers in words."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from aval.language.say.tongue import EXACT, Tongue
from aval.language.words import PHASES
from aval.model import expression as ex
from aval.model.agreement import Agreements, Ban, Declaration, Duty, Group, Moment, Party, Power, Process, State, params_of
from aval.model.frozen import frozen
from aval.model.label import fill, has_place, in_sentence, with_article

_NORMS = {Duty: "duty", Ban: "ban", Power: "power"}
_SAME_WORD = frozenset({"discharged", "waived", "suspended"})


@frozen()
class Phrases:
    """What is needed to say an expression: the language, what names are declared as, and the words that groups are made of."""

    tongue: Tongue
    agreements: Agreements
    words: frozenset[str]

    @classmethod
    def of(cls, tongue: Tongue, agreements: Agreements) -> Phrases:
        """Prepare to say agreements in a language."""
        members = (member for group in agreements.of(Group) for member in group.members)
        return cls(tongue, agreements, frozenset(member for member in members if member not in agreements.declarations))

    # ---------------------------------------------------------------- names

    def name(self, code: str) -> str:
        """Give what is declared by its label, in quotes (a party without them in English), and a variable by itself."""
        declared = self.agreements.declarations.get(code)
        if isinstance(declared, Party):
            return self._party(declared)
        if declared is None:
            return self.tongue.gap(code) if code in self.words or "_" in code else code
        return self.titled(code)

    def names(self, codes: tuple[str, ...], word: str = "and") -> str:
        """Give several names."""
        return self.tongue.join((self.name(code) for code in codes), word)

    def _party(self, declared: Party) -> str:
        label = declared.meta.label or declared.meta.name
        return with_article(label) if self.tongue.english else self.tongue.quote(label)

    def people(self, codes: tuple[str, ...]) -> str:
        """Give several parties; a group stands for its members."""
        return self.tongue.join(
            self.tongue.phrase("members_of", g=self.titled(code)) if self.agreements.get(code, Group) else self.name(code) for code in codes
        )

    def actor(self, code: str, *, dative: bool = False) -> str:
        """Give who owes, may or must not, or to whom it is owed."""
        if self.agreements.get(code, Group) is None:
            return self.name(code)
        return self.tongue.phrase("the_group_dat" if dative else "the_group", g=self.titled(code))

    def titled(self, code: str) -> str:
        """Give something declared by its label in quotes, or by its bare name where it has none."""
        declared = self.agreements.declarations.get(code)
        return self.tongue.quote(declared.meta.label) if declared is not None and declared.meta.label else self.tongue.gap(code)

    def ref(self, ref: ex.Ref) -> str:
        """Give a term by its label with its arguments filled in; who may be anybody is said behind it."""
        declared = self.agreements.declarations.get(ref.name)
        params = [param.name for param in params_of(declared)] if declared is not None else []
        filled: dict[str, str] = {}
        after: list[tuple[str, str]] = []
        for param, arg in zip(params, ref.args, strict=False):
            if isinstance(arg, ex.Name):
                filled[param] = self._argument(arg.text)
            if not isinstance(arg, ex.Name) or isinstance(arg, ex.Some):
                after.append(("some" if isinstance(arg, ex.Some) else "anyone", filled.get(param, param)))
        if declared is None or not declared.meta.label:
            text = self.tongue.quote(self._bare(ref, params))
        else:
            text = self.tongue.quote(self._filled(declared.meta.label, filled, ref)) + self._unnamed(declared, filled)
        for key, param in after:
            text = self.tongue.phrase(key, x=text, p=param)
        return text

    def finding(self, ref: ex.Ref) -> str:
        """Give what a body finds: of a duty or a ban, that it was broken."""
        norm = isinstance(self.agreements.declarations.get(ref.name), Ban | Duty)
        return self.tongue.phrase("breach_of", x=self.ref(ref)) if norm else self.ref(ref)

    def _argument(self, code: str) -> str:
        """Give an argument as it stands inside a label."""
        declared = self.agreements.declarations.get(code)
        return (declared.meta.label or code) if declared is not None else code.replace("_", " ")

    def _filled(self, label: str, filled: dict[str, str], ref: ex.Ref) -> str:
        """Fill a label; parties have their articles in it, whatever language is said, since its words are the agreement's own."""
        codes = [arg.text for arg in ref.args if isinstance(arg, ex.Name) and self.agreements.get(arg.text, Party) is not None]
        return in_sentence(fill(label, filled), sorted(map(self._argument, codes), key=len, reverse=True))

    def _unnamed(self, declared: Declaration, filled: dict[str, str]) -> str:
        """Give the arguments that the label has no place for, so that nothing is left out."""
        lost = [value for param, value in filled.items() if not has_place(declared.meta.label, param)]
        return f" ({self.tongue.join(lost)})" if lost else ""

    def _bare(self, ref: ex.Ref, params: list[str]) -> str:
        """Write a term without a label: its name in words, and its arguments; a parameter stands for whoever."""
        words = ref.name.replace("_", " ")
        given = [*params, *([""] * len(ref.args))]
        args = [self._argument(arg.text) if isinstance(arg, ex.Name) else given[at] for at, arg in enumerate(ref.args)]
        return f"{words} ({', '.join(args)})" if args else words

    # ---------------------------------------------------------------- conditions

    def clause(self, node: ex.Expression, *, inner: bool = False) -> str:
        """Say a condition as a main clause behind a colon."""
        return self.tongue.opening(self.condition(node, inner=inner))

    def condition(self, node: ex.Expression, *, inner: bool = False) -> str:
        """Say a condition as a main clause. A chain inside another stands in parentheses."""
        match node:
            case ex.And() | ex.Or():
                word = "and_long" if isinstance(node, ex.And) else "or_long"
                text = self.tongue.join((self.condition(item, inner=True) for item in node.items), word)
                return f"({text})" if inner else text
            case ex.Not():
                return self._not(node.item, inner=inner)
            case ex.Count() | ex.Share() | ex.Weight():
                text = self._many(node)
                return f"({text})" if inner else text
            case ex.Ref() | ex.Happened() | ex.Finds() | ex.IsOneOf() | ex.MemberOf() | ex.NotSaid():
                return self._plain(node, "")
            case _:
                return self._measured(node)

    def _not(self, node: ex.Expression, *, inner: bool) -> str:
        match node:
            case ex.Ref() | ex.Happened() | ex.Finds() | ex.IsOneOf() | ex.MemberOf():
                return self._plain(node, "not_")
            case ex.Count(quantifier=ex.Quantifier.AT_LEAST):
                text = self._many(node, fewer=True)
            case _:
                text = self.tongue.phrase("not", c=self.clause(node, inner=True))
        return f"({text})" if inner else text

    def _plain(self, node: ex.Ref | ex.Happened | ex.Finds | ex.IsOneOf | ex.MemberOf | ex.NotSaid, no: str) -> str:
        tongue = self.tongue
        match node:
            case ex.Ref():
                process = isinstance(self.agreements.declarations.get(node.name), Process)
                return tongue.phrase(f"{no}process" if process else f"{no}holds", x=self.ref(node))
            case ex.Happened():
                item = node.item
                moment = not isinstance(item, ex.Ref) or isinstance(self.agreements.declarations.get(item.name), Moment | Power)
                if moment or not isinstance(item, ex.Ref):
                    return tongue.phrase(f"{no}come", x=self.moment(item))
                return tongue.phrase(f"{no}happened", x=self.ref(item))
            case ex.Finds():
                return tongue.phrase(f"{no}finds", body=self.titled(node.body), x=self.finding(node.what))
            case ex.IsOneOf():
                key = "is_none_of" if no else "is_one_of"
                names = tongue.join((self.name(option.text) for option in node.options), "or")
                return tongue.phrase(key, x=node.item.text, y=names)
            case ex.MemberOf():
                return tongue.phrase(f"{no}member", x=self.name(node.item.text), g=self.titled(node.group))
            case ex.NotSaid():
                return tongue.phrase("not_said_condition", x=tongue.gap(node.what))

    def _many(self, node: ex.Count | ex.Share | ex.Weight, *, fewer: bool = False) -> str:
        tongue, binding = self.tongue, node.binding
        group = self._over(binding)
        member = binding.condition is None
        asked = tongue.phrase("belongs", v=binding.variable) if binding.condition is None else self.clause(binding.condition, inner=True)
        match node:
            case ex.Share():
                bound = tongue.words[node.bound.value]
                return tongue.phrase("share", bound=bound, n=node.numerator, m=node.denominator, v=binding.variable, g=group, c=asked)
            case ex.Weight():
                bound, held = tongue.words[node.bound.value], self._part_held(node.part)
                return tongue.phrase("weight", bound=bound, n=held, q=self.titled(node.quantity), v=binding.variable, g=group, c=asked)
            case ex.Count():
                key = self._count_key(node, fewer=fewer) + ("_member" if member else "")
                if key == "every_of_member":
                    key = "every_of"
                return tongue.phrase(key, n=node.number, v=binding.variable, g=group, c=asked)

    def _part_held(self, part: Decimal | Fraction) -> str:
        return str(part) if isinstance(part, Fraction) else self.tongue.phrase("percent", n=self.tongue.number(part))

    def _count_key(self, node: ex.Count, *, fewer: bool) -> str:
        if node.quantifier is not ex.Quantifier.AT_LEAST:
            return "every_of" if node.quantifier is ex.Quantifier.EVERY else "none_of"
        if fewer:
            return "fewer"
        return "some_of" if node.number == 1 else "count"

    def _over(self, binding: ex.Binding) -> str:
        group = self.titled(binding.group)
        return self.tongue.phrase("fixed", g=group, d=self.tongue.date(binding.fixed_on)) if binding.fixed_on else group

    def _measured(self, node: ex.Expression) -> str:
        tongue = self.tongue
        match node:
            case ex.Rate():
                bound, what = tongue.words[node.bound.value], self.moment(node.item)
                return tongue.phrase("rate", x=what, bound=bound, n=node.number, **tongue.times(node.duration))
            case ex.Compare():
                return tongue.phrase("compare", a=self.number(node.left), bound=tongue.words[node.bound.value], b=self.number(node.right))
            case ex.Order():
                key = "order_after" if node.after else "order_before"
                return tongue.phrase(key, a=self.moment(node.left), b=self.moment(node.right, dative=True))
            case ex.HappenedIn():
                limits = [self.moment(limit, dative=True) for limit in node.limits]
                what = self.ref(node.item) if isinstance(node.item, ex.Ref) else self.moment(node.item)
                return tongue.phrase(f"window_{node.window.value}", x=what, m=limits[0], n=limits[-1])
            case ex.Stands():
                return self._stands(node)
            case ex.RungIs():
                party, domain = (arg.text for arg in node.item.args if isinstance(arg, ex.Name))
                return tongue.phrase("rung", p=self.name(party), d=tongue.gap(domain), w=tongue.quote(tongue.words[node.rung.value]))
            case _:
                raise TypeError(f"{node!r} is not a condition")

    def _stands(self, node: ex.Stands) -> str:
        declared = self.agreements.declarations.get(node.item.name)
        if isinstance(declared, State):
            return self.tongue.phrase("value", x=self.ref(node.item), w=self.tongue.join(map(self.tongue.gap, node.words), "or"))
        kind = next(word for norm, word in _NORMS.items() if isinstance(declared, norm))
        known = [word for word in node.words if word in PHASES[kind]]
        said = (self.tongue.words[f"{word}_word" if word in _SAME_WORD else word] for word in known)
        return self.tongue.phrase("stands", kind=self.tongue.words[f"the_{kind}"], x=self.ref(node.item), w=self.tongue.join(said, "or"))

    # ---------------------------------------------------------------- moments

    def moment(self, node: ex.Expression, *, dative: bool = False) -> str:
        """Say a moment as a noun; in the dative where the language has one and the place asks for it."""
        match node:
            case ex.Later() | ex.Earlier():
                parts = {"x": self._numbered([self.moment(item) for item in node.items])}
            case _:
                parts = self._parts(node)
        return self.tongue.phrase(f"m_{self._kind(node)}{'_dat' if dative else ''}", **parts)

    def _numbered(self, items: list[str]) -> str:
        """Write moments as a numbered list, parted by semicolons where one of them holds a sentence."""
        parts = [f"({at}) {item}" for at, item in enumerate(items, 1)]
        return "; ".join(parts) if any(":" in part for part in parts) else self.tongue.join(parts)

    def moved_to(self, node: ex.Expression) -> str:
        """Say a moment as that to which another is moved: in the accusative, which German has for masculine nouns only."""
        plain, dative = self.moment(node), self.moment(node, dative=True)
        return f"den {dative[4:]}" if plain.startswith("der ") and dative.startswith("dem ") else plain

    def when(self, node: ex.Expression) -> str:
        """Say when something changes at a moment."""
        kind = self._kind(node)
        if kind == "day" and isinstance(node, ex.Instant) and "T" in node.text:
            kind = "time"
        if f"w_{kind}" in self.tongue.words:
            return self.tongue.phrase(f"w_{kind}", **self._parts(node))
        return self.tongue.phrase("w_at", m=self.moment(node, dative=True))

    def _kind(self, node: ex.Expression) -> str:
        """Give the templates by which a moment is said."""
        match node:
            case ex.Ref():
                declared = self.agreements.declarations.get(node.name)
                return "power" if isinstance(declared, Power) else "moment" if isinstance(declared, Moment) else "event"
            case ex.MonthFirst():
                return "first" if node.number == 1 else "first_nth"
            case ex.Expiry() if node.duration.unit in EXACT:
                return "expiry_exact"
            case _:
                return _MOMENTS[type(node)]

    def _parts(self, node: ex.Expression) -> dict[str, str]:
        """Give what fills the templates of a moment."""
        tongue = self.tongue
        match node:
            case ex.Ref():
                return {"x": self.ref(node)}
            case ex.Finds():
                return {"body": self.titled(node.body), "x": self.finding(node.what)}
            case ex.Instant():
                return {"x": tongue.date(node.text)}
            case ex.Nth():
                return {"n": tongue.ordinal(node.number), "x": self.ref(node.item)}
            case ex.Latest():
                return {"x": self.ref(node.item)}
            case ex.Beginning() | ex.End():
                return {"c": self.clause(node.item)}
            case ex.Held():
                return {"c": self.clause(node.item), **tongue.times(node.duration)}
            case ex.After() | ex.Before() | ex.Expiry():
                return {"m": self.moment(node.item, dative=True), **tongue.times(node.duration)}
            case ex.AfterPaused():
                return {"m": self.moment(node.item, dative=True), "c": self.clause(node.pause), **tongue.times(node.duration)}
            case ex.MonthFirst():
                return {"m": self.moment(node.item, dative=True), "n": tongue.ordinal(node.number)}
            case ex.Midnight():
                return {"m": self.moment(node.item, dative=True)}
            case _:
                return {}

    # ---------------------------------------------------------------- numbers

    def number(self, node: ex.Expression) -> str:
        """Say a number."""
        tongue = self.tongue
        match node:
            case ex.Number():
                written = tongue.number(node.value)
                return tongue.phrase("percent", n=written) if node.percent else written
            case ex.PercentOf():
                return tongue.phrase("percent_of", n=tongue.number(node.percent), x=self.number(node.item))
            case ex.Total():
                binding = node.binding
                parts = {"x": self.ref(node.item), "v": binding.variable, "g": self._over(binding)}
                if binding.condition is None:
                    return tongue.phrase("total", **parts)
                return tongue.phrase("total_with", **parts, c=self.clause(binding.condition, inner=True))
            case ex.Ref():
                return self.ref(node)
            case _:
                raise TypeError(f"{node!r} is not a number")


_MOMENTS: dict[type[ex.Node], str] = {
    ex.Finds: "finds",
    ex.Instant: "day",
    ex.Later: "later",
    ex.Earlier: "earlier",
    ex.Nth: "nth",
    ex.Latest: "latest",
    ex.Beginning: "beginning",
    ex.End: "end",
    ex.Held: "held",
    ex.After: "after",
    ex.Before: "before",
    ex.Expiry: "expiry",
    ex.AfterPaused: "paused",
    ex.Midnight: "midnight",
    ex.ItsBeginning: "its_beginning",
    ex.ItsTrigger: "its_trigger",
}
"""The templates by which moments are said."""
