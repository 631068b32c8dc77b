"""A question asked with statements on top that nobody made (semantics 2.9): they are in view, and stored nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from aval.answers.inquiry import Inquiry
from aval.engine.later import going_on
from aval.model.grown import grown
from aval.model.statement import Statement


def supposing(
    inquiry: Inquiry, statements: Iterable[Statement], withdrawn: Iterable[str] = (), only: Iterable[str] | None = None
) -> Inquiry:
    """Give the inquiry of the same view with these statements in it, and without those of the ids `withdrawn`.

    Only what the statements can reach is worked out again. They are heard whenever they were said; the view names them, or with `only`
    those of these ids: the others are of the record and count again.
    """
    world = inquiry.world
    added, gone = [one for one in statements if one.id not in inquiry.statements], [id_ for id_ in withdrawn if id_ in inquiry.statements]
    view = replace(
        world.view, suppositions=tuple(sorted({*world.view.suppositions, *([one.id for one in added] if only is None else only)}))
    )
    claims = grown(world.claims, world.case_zone, added, gone)
    changed = [*added, *(inquiry.statements[id_] for id_ in gone)]
    return replace(inquiry, world=going_on(world, claims, changed, view), statements=claims.by_id)
