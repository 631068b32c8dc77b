"""Variables that are asked for and not used, or bound where the sentence could be read twice."""

from __future__ import annotations

from collections.abc import Iterator

from aval.language.case import Case
from aval.language.problems import Finding, problem, quote
from aval.language.syntax import Clause, Declaration
from aval.language.variables import names_in
from aval.model import expression as ex
from aval.model.problem import Code, Problem

CODE = Code(
    code="AV229",
    title="A variable that holds nothing together",
    what="A condition over a group does not speak of the group's variable, a quantity held by members is not one for each member, or "
    "`some c` stands where two readings are possible.",
    why="`some s in members with ceasefire` asks nothing of s, and `not attacked(some c)` could mean nobody or somebody.",
    bad="state enough\n  while at least 2 s in members with ceasefire",
    good="state enough\n  while at least 2 s in members with joined(s) happened",
)


def check(case: Case) -> Iterator[Finding]:
    """Yield a finding for each binding whose variable is not used, and each `some c` that could be read twice."""
    for node, declaration, clause in case.uses.many:
        for found in _wrong(case, node):
            yield Finding(found, declaration, clause)
    for some in case.uses.somes:
        if some.narrow:
            word = quote(f"some {some.arg.text}")
            message = f"{word} could be read in two ways here, inside `not`, `or`, a count, or outside a clause."
            hint = f"Say it over the group: `some {some.arg.text} in GROUP with …`, `no {some.arg.text} in GROUP with …`."
            yield Finding(problem(CODE, message, some.arg.span, hint), some.declaration, some.clause)
    for its, declaration, clause in case.uses.its:
        if (lost := _its(its, declaration, clause)) is not None:
            yield Finding(lost, declaration, clause)


def _wrong(case: Case, node: ex.Count | ex.Share | ex.Weight | ex.Total) -> Iterator[Problem]:
    binding = node.binding
    variable = quote(binding.variable)
    if binding.condition is not None and binding.variable not in names_in(binding.condition):
        message = f"What is asked of each {variable} does not speak of {variable}."
        yield problem(CODE, message, binding.condition.span, f"Name {variable} in it, or ask it apart, joined by `and`.")
    if isinstance(node, ex.Total) and binding.variable not in names_in(node.item):
        yield problem(
            CODE, f"What is added up is not a number for each {variable}.", node.span, f"Write `{node.item.name}({binding.variable})`."
        )
    if isinstance(node, ex.Weight):
        held = case.named.get(node.quantity)
        if held is not None and held.kind == "quantity" and len(held.params) != 1:
            message = f"{quote(node.quantity)} is not a number for each member of {quote(binding.group)}."
            yield problem(CODE, message, node.span, f"Declare it as `quantity {node.quantity}({binding.variable}: {binding.group})`.")


def _its(node: ex.Expression, declaration: Declaration, clause: Clause | None) -> Problem | None:
    if declaration.kind in ("state", "ban") and clause is not None and clause.kind == "until":
        return None
    message = "`its` means the very state or ban that this clause ends, and stands only in its `until`."
    return problem(CODE, message, node.span, "Name the state: `beginning of STATE`.")
