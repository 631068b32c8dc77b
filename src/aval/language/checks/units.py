"""Numbers that cannot be compared: different units, or shares of a whole beside plain numbers."""

from __future__ import annotations

from collections.abc import Iterator

from aval.language import syntax
from aval.language.case import Case
from aval.language.problems import Finding, problem, quote
from aval.model import expression as ex
from aval.model.problem import Code

CODE = Code(
    code="AV228",
    title="Units that do not match",
    what="Two numbers are compared whose quantities are in different units, or a percentage is compared with a number that is none.",
    why="Persons are not tonnes; the comparison would have an answer and no meaning.",
    bad="quantity soldiers in persons\nquantity tonnage in tonnes\nstate enough\n  while soldiers is at least tonnage",
    good="quantity soldiers in persons\nstate enough\n  while soldiers is at least 10000",
)
PERCENT = "percent"


def check(case: Case) -> Iterator[Finding]:
    """Yield a finding for each comparison of numbers in different units."""
    for node, declaration, clause in case.uses.pairs:
        if isinstance(node, ex.Compare):
            left, right = unit_of(case, node.left), unit_of(case, node.right)
            if left and right and left != right:
                message = f"On the left stand {quote(left)}, on the right {quote(right)}."
                yield Finding(problem(CODE, message, node.span, "Compare what is counted in the same unit."), declaration, clause)
            elif {left, right} == {PERCENT, ""} and not (_plain(node.left) or _plain(node.right)):
                message = "A percentage is compared with a number in no unit."
                yield Finding(problem(CODE, message, node.span, "Say of what: `5 percent of price`."), declaration, clause)


def _plain(node: ex.Expression) -> bool:
    return isinstance(node, ex.Number) and not node.percent


def unit_of(case: Case, node: ex.Expression) -> str:
    """Give the unit of a number; `""` where it has none."""
    match node:
        case ex.Number():
            return PERCENT if node.percent else ""
        case ex.PercentOf():
            return unit_of(case, node.item)
        case ex.Total():
            return unit_of(case, node.item)
        case ex.Ref():
            declared = case.named.get(node.name)
            found = (c for c in declared.clauses if isinstance(c, syntax.Names) and c.kind == "in") if declared else ()
            return next((clause.names[0].text for clause in found), "")
        case _:
            return ""
