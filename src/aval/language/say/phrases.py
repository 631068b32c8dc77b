"""Names, conditions, moments and numbers in words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from aval.language.say.tongue import Tongue
from aval.language.words import PHASES
from aval.model import expression as ex
from aval.model.agreement import Agreements, Ban, Declaration, Duty, Moment, Power, Process, State, params_of

_NORMS = {Duty: "duty", Ban: "ban", Power: "power"}
_SAME_WORD = frozenset({"discharged", "waived", "suspended"})


@dataclass(frozen=True, slots=True)
class Phrases:
    """What is needed to say an expression: the language, and what names are declared as."""

    tongue: Tongue
    agreements: Agreements

    # ---------------------------------------------------------------- names

    def name(self, code: str) -> str:
        """Give a party, group, body or area by its label, a variable or a plain word by itself."""
        declared = self.agreements.declarations.get(code)
        if declared is None or not declared.meta.label:
            return self.tongue.gap(code) if "_" in code else code
        return declared.meta.label

    def names(self, codes: tuple[str, ...], word: str = "and") -> str:
        """Give several names."""
        return self.tongue.join((self.name(code) for code in codes), word)

    def group(self, code: str) -> str:
        """Give a group by its label, in quotes."""
        return self.titled(code)

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
                filled[param] = self.name(arg.text)
            if not isinstance(arg, ex.Name) or isinstance(arg, ex.Some):
                after.append(("some" if isinstance(arg, ex.Some) else "anyone", filled.get(param, param)))
        if declared is None or not declared.meta.label:
            text = self.tongue.quote(_bare(ref, params, self))
        else:
            text = self.tongue.quote(_fill(declared.meta.label, filled)) + self._unnamed(declared, filled)
        for key, param in after:
            text = self.tongue.phrase(key, x=text, p=param)
        return text

    def _unnamed(self, declared: Declaration, filled: dict[str, str]) -> str:
        """Give the arguments that the label has no place for, so that nothing is left out."""
        lost = [value for param, value in filled.items() if not re.search(rf"\b{re.escape(param)}\b", declared.meta.label)]
        return f" ({self.tongue.join(lost)})" if lost else ""

    # ---------------------------------------------------------------- conditions

    def condition(self, node: ex.Expression, *, inner: bool = False) -> str:
        """Say a condition as a main clause. A chain inside another stands in parentheses."""
        match node:
            case ex.And() | ex.Or():
                word = "and_long" if isinstance(node, ex.And) else "or_long"
                if isinstance(node, ex.Or) and (narrowed := self._for_party(node)):
                    return narrowed
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

    def _for_party(self, node: ex.Or) -> str:
        """Say a condition that is asked of some parties alone; `""` for any other."""
        if len(node.items) != 2:  # noqa: PLR2004 (who is outside, and what is asked of the others)
            return ""
        outside, asked = node.items
        if isinstance(outside, ex.Not) and isinstance(outside.item, ex.IsOneOf):
            names = self.tongue.join((self.name(option.text) for option in outside.item.options), "or")
            return self.tongue.phrase("for_party", x=outside.item.item.text, y=names, c=self.condition(asked, inner=True))
        return ""

    def _not(self, node: ex.Expression, *, inner: bool) -> str:
        match node:
            case ex.Ref() | ex.Happened() | ex.Finds() | ex.IsOneOf() | ex.MemberOf():
                return self._plain(node, "not_")
            case ex.Count(quantifier=ex.Quantifier.AT_LEAST):
                text = self._many(node, fewer=True)
            case _:
                text = self.tongue.phrase("not", c=self.condition(node, inner=True))
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
                return tongue.phrase(f"{no}finds", body=self.titled(node.body), x=self.ref(node.what))
            case ex.IsOneOf():
                key = "is_none_of" if no else "is_one_of"
                names = tongue.join((self.name(option.text) for option in node.options), "or")
                return tongue.phrase(key, x=node.item.text, y=names)
            case ex.MemberOf():
                return tongue.phrase(f"{no}member", x=self.name(node.item.text), g=self.group(node.group))
            case ex.NotSaid():
                return tongue.phrase("not_said_condition", x=tongue.gap(node.what))

    def _many(self, node: ex.Count | ex.Share | ex.Weight, *, fewer: bool = False) -> str:
        tongue, binding = self.tongue, node.binding
        group = self._over(binding)
        member = binding.condition is None
        asked = tongue.phrase("belongs", v=binding.variable) if binding.condition is None else self.condition(binding.condition, inner=True)
        match node:
            case ex.Share():
                bound = tongue.words[node.bound.value]
                return tongue.phrase("share", bound=bound, n=node.numerator, m=node.denominator, v=binding.variable, g=group, c=asked)
            case ex.Weight():
                bound, held = tongue.words[node.bound.value], tongue.number(node.percent)
                return tongue.phrase("weight", bound=bound, n=held, q=self.titled(node.quantity), v=binding.variable, g=group, c=asked)
            case ex.Count():
                key = self._count_key(node, fewer=fewer) + ("_member" if member else "")
                if key == "every_of_member":
                    key = "every_of"
                return tongue.phrase(key, n=node.number, v=binding.variable, g=group, c=asked)

    def _count_key(self, node: ex.Count, *, fewer: bool) -> str:
        if node.quantifier is not ex.Quantifier.AT_LEAST:
            return "every_of" if node.quantifier is ex.Quantifier.EVERY else "none_of"
        if fewer:
            return "fewer"
        return "some_of" if node.number == 1 else "count"

    def _over(self, binding: ex.Binding) -> str:
        group = self.group(binding.group)
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
                return tongue.phrase("rung", p=self.name(party), d=domain, w=tongue.words[node.rung.value])
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
        case = "_dat" if dative else ""
        tongue = self.tongue
        match node:
            case ex.Ref():
                declared = self.agreements.declarations.get(node.name)
                kind = "power" if isinstance(declared, Power) else "moment" if isinstance(declared, Moment) else "event"
                return tongue.phrase(f"m_{kind}{case}", x=self.ref(node))
            case ex.Finds():
                return tongue.phrase(f"m_finds{case}", body=self.titled(node.body), x=self.ref(node.what))
            case ex.Instant():
                return tongue.phrase(f"m_day{case}", x=tongue.date(node.text))
            case ex.Later() | ex.Earlier():
                items = tongue.join(self.moment(item) for item in node.items)
                return tongue.phrase(f"m_{type(node).__name__.lower()}{case}", x=items)
            case ex.Nth():
                return tongue.phrase(f"m_nth{case}", n=tongue.ordinal(node.number), x=self.ref(node.item))
            case ex.Latest():
                return tongue.phrase(f"m_latest{case}", x=self.ref(node.item))
            case ex.Beginning() | ex.End() | ex.Held():
                key = f"m_{type(node).__name__.lower()}{case}"
                times = tongue.times(node.duration) if isinstance(node, ex.Held) else {}
                return tongue.phrase(key, c=self.condition(node.item), **times)
            case _:
                return self._counted(node, case)

    def _counted(self, node: ex.Expression, case: str) -> str:
        tongue = self.tongue
        match node:
            case ex.After() | ex.Before() | ex.Expiry():
                times = tongue.times(node.duration)
                return tongue.phrase(f"m_{type(node).__name__.lower()}{case}", m=self.moment(node.item, dative=True), **times)
            case ex.AfterPaused():
                pause = self.condition(node.pause)
                return tongue.phrase(f"m_paused{case}", m=self.moment(node.item, dative=True), c=pause, **tongue.times(node.duration))
            case ex.MonthFirst():
                key = "m_first" if node.number == 1 else "m_first_nth"
                return tongue.phrase(f"{key}{case}", n=tongue.ordinal(node.number), m=self.moment(node.item, dative=True))
            case ex.Midnight():
                return tongue.phrase(f"m_midnight{case}", m=self.moment(node.item, dative=True))
            case ex.ItsBeginning():
                return tongue.phrase(f"m_its_beginning{case}")
            case ex.ItsTrigger():
                return tongue.phrase(f"m_its_trigger{case}")
            case _:
                raise TypeError(f"{node!r} is not a moment")

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
                return tongue.phrase("total_with", **parts, c=self.condition(binding.condition, inner=True))
            case ex.Ref():
                return self.ref(node)
            case _:
                raise TypeError(f"{node!r} is not a number")


def _fill(label: str, filled: dict[str, str]) -> str:
    """Put arguments in the place of the parameters of a label."""
    if not filled:
        return label
    return re.sub(rf"\b({'|'.join(map(re.escape, filled))})\b", lambda match: filled[match.group()], label)


def _bare(ref: ex.Ref, params: list[str], phrases: Phrases) -> str:
    """Write a term without a label: its name in words, and its arguments; a parameter stands for whoever."""
    words = ref.name.replace("_", " ")
    given = [*params, *([""] * len(ref.args))]
    args = [phrases.name(arg.text) if isinstance(arg, ex.Name) else given[at] for at, arg in enumerate(ref.args)]
    return f"{words} ({', '.join(args)})" if args else words
