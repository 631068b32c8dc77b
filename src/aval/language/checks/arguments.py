"""Arguments that do not match the parameters."""

from __future__ import annotations

from collections.abc import Iterator

from aval.language import roles
from aval.language.case import Case
from aval.language.problems import Finding, listed, problem, quote
from aval.language.syntax import Declaration, Named
from aval.language.uses import Use
from aval.model.expression import Any, Ref
from aval.model.problem import Code, Problem

CODE = Code(
    code="AV206",
    title="Arguments that do not match",
    what="Something is named with too many or too few arguments, with an argument it does not have, or with `any` where one must be named.",
    why="`committed` and `committed(FRA)` are different facts.",
    bad="event committed(g: coalition)\nstate in_force(g: coalition)\n  while committed happened",
    good="event committed(g: coalition)\nstate in_force(g: coalition)\n  while committed(g) happened",
)


def check(case: Case) -> Iterator[Finding]:
    """Yield a finding for each reference whose arguments do not match the declaration."""
    for use in case.uses.names:
        declared = case.named.get(use.name)
        if use.ref is None or declared is None or declared.kind not in roles.WITH_PARAMS:
            continue
        if (found := _mismatch(case, use, use.ref, declared)) is not None:
            yield Finding(found, use.declaration, use.clause)


def _mismatch(case: Case, use: Use, ref: Ref, declared: Declaration) -> Problem | None:
    params = [param.name.text for param in declared.params]
    positional = [arg for arg in ref.args if not isinstance(arg, Named)]
    given = set(params[: len(positional)])
    named = [arg for arg in ref.args if isinstance(arg, Named)]
    shown = f"`{declared.name.text}({', '.join(params)})`" if params else f"`{declared.name.text}`"
    for arg in named:
        if arg.param not in params:
            hint = case.hints.near(arg.param, params) or f"It is declared as {shown}."
            return problem(CODE, f"{quote(ref.name)} has no argument named {quote(arg.param)}.", arg.span, hint)
        if arg.param in given:
            return problem(CODE, f"The argument {quote(arg.param)} is given twice.", arg.span, f"It is declared as {shown}.")
        given.add(arg.param)
    if len(ref.args) != len(params) or any(isinstance(arg, Named) for arg in ref.args[: len(positional)]):
        return problem(CODE, _number(ref, len(params)), use.span, f"It is declared as {shown}.")
    if declared.kind not in roles.TAKES_ANY and any(isinstance(arg, Any) or (isinstance(arg, Named) and arg.anything) for arg in ref.args):
        kinds = listed(sorted(roles.SPOKEN[kind] for kind in roles.TAKES_ANY))
        return problem(CODE, f"`any` stands only in {kinds}; {quote(ref.name)} is {roles.SPOKEN[declared.kind]}.", use.span, "Name one.")
    return None


def _number(ref: Ref, wanted: int) -> str:
    def many(number: int) -> str:
        return f"{number or 'no'} argument{'' if number == 1 else 's'}"

    if len(ref.args) == wanted:
        return f"In {quote(ref.name)}, arguments without a name come first."
    return f"{quote(ref.name)} takes {many(wanted)}, and is given {len(ref.args) or 'none'} here."
