"""What agreements can say and this engine does not run yet: said plainly, never passed over (AV503).

A clause that were passed over would make an answer look sounder than it is. Whoever gives the engine a further operator or clause takes
its line out here.
"""

from __future__ import annotations

from typing import NoReturn

from aval.engine.codes import NOT_RUN_YET
from aval.model.agreement import Declaration, Incident
from aval.model.problem import Problem, Span, Unsupported


def refuse_declaration(declared: Declaration) -> None:
    """Raise `Unsupported` for a declaration that is not run yet."""
    if isinstance(declared, Incident):
        refuse(declared.meta.span, f"the incident `{declared.meta.name}`")


def refuse(span: Span, what: str) -> NoReturn:
    """Raise `Unsupported`, with the place of what is not run yet."""
    message = f"{what} is understood, and not run yet"
    hint = "Leave it out, or say it in other words, to get answers now; `aval say` takes it as it is."
    raise Unsupported((Problem(code=NOT_RUN_YET, message=message, span=span, hint=hint),))
