"""Variables: parameters, and those of `some s in …`."""

from __future__ import annotations

from collections.abc import Iterator

from aval.language import roles
from aval.language.case import Case
from aval.language.problems import Finding, problem, quote
from aval.language.roles import SPOKEN
from aval.language.syntax import Declaration, Named, Step
from aval.model.expression import Name
from aval.model.problem import Code

CODE = Code(
    code="AV224",
    title="A variable in the wrong place",
    what="A variable has the name of something else, a name stands where a variable must, or a step has other arguments than its process.",
    why="A name that means two things at once could be read twice.",
    bad="state major(FRA: countries)\nstate in_force(g: coalition)\n  while x is FRA",
    good="state major(p: countries)\nstate in_force(g: coalition)\n  while g is FRA",
)


def check(case: Case) -> Iterator[Finding]:
    """Yield a finding for each variable that clashes, and each name that should be a variable and is none."""
    for bound in case.uses.bound:
        if bound.clashes:
            message = f"{quote(bound.name)} is already a variable here."
        elif bound.name in case.named:
            message = f"{quote(bound.name)} is {SPOKEN[case.named[bound.name].kind]}, so it cannot be a variable too."
        elif bound.name in case.members:
            message = f"{quote(bound.name)} is a member of a group, so it cannot be a variable too."
        else:
            continue
        yield Finding(problem(CODE, message, bound.span, "Choose another letter or word."), bound.declaration, bound.clause)
    for use in case.uses.names:
        if use.role is roles.VARIABLE and use.name not in use.variables:
            hint = case.hints.near(use.name, use.variables) or "`is` asks which one a variable stands for."
            yield Finding(problem(CODE, f"{quote(use.name)} is not a variable here.", use.span, hint), use.declaration, use.clause)
    for declaration in case.declarations:
        for clause in declaration.clauses if declaration.kind == "process" else ():
            if isinstance(clause, Step):
                yield from _step(declaration, clause)


def _step(process: Declaration, step: Step) -> Iterator[Finding]:
    params = [param.name.text for param in process.params]
    args = [arg.text if isinstance(arg, Name) and not isinstance(arg, Named) else "" for arg in step.event.args]
    if len(set(args)) != len(args) or not set(args) <= set(params):
        shown = f"({', '.join(params)})" if params else " without arguments"
        message = f"The step {quote(step.event.name)} must take its arguments from {quote(process.name.text)}."
        yield Finding(problem(CODE, message, step.event.span, f"Write `step {step.event.name}{shown}`."), process, step)
