"""`its beginning`, `its latest trigger`: the clocks of the very state that a clause ends (semantics 2.2, 2.5).

From the beginning of its present run nothing is restarted: the state reads itself, earlier. From the latest trigger each new moment that a
`from` names starts the clock anew, whether or not the state holds already; one at the very instant at which the clock runs out does so too.
"""

from __future__ import annotations

from aval.engine.operators.delay import moment_value
from aval.engine.operators.edges import anywhere, beginnings, timeless
from aval.engine.protocol import Evaluation, Point, Relaxation, Scope, Wish
from aval.engine.relaxed import Formula
from aval.model.agreement import State
from aval.model.columns import Moments
from aval.model.expression import ItsBeginning, ItsTrigger
from aval.model.reason import Mode, Reason


class _ItsBeginning:
    node = ItsBeginning

    def compute(self, node: ItsBeginning, scope: Scope, evaluation: Evaluation) -> Moments:
        declared = evaluation.agreements.get(scope.owner, State)
        if declared is None:
            return beginnings(evaluation.itself(scope), lambda: evaluation.triggers(scope))
        whiles = [clause.item for clause in declared.whiles]
        return beginnings(
            evaluation.itself(scope),
            lambda: evaluation.turns_of(declared),
            always=lambda frame: anywhere((timeless(one, frame, scope, evaluation) for one in whiles), frame),
        )

    def explain(self, node: ItsBeginning, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        return _explain("its beginning", node, scope, point, evaluation)

    def relax(self, node: ItsBeginning, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        return relaxing.obstacle("its own beginning is not searched for", wish)


class _ItsTrigger:
    node = ItsTrigger

    def compute(self, node: ItsTrigger, scope: Scope, evaluation: Evaluation) -> Moments:
        # every trigger is the latest from its own instant on; what is counted from it is not (`delay.counted`)
        return evaluation.triggers(scope)

    def explain(self, node: ItsTrigger, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        return _explain("its latest trigger", node, scope, point, evaluation)

    def relax(self, node: ItsTrigger, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        return relaxing.obstacle("its own trigger is not searched for", wish)


def _explain(text: str, node: ItsBeginning | ItsTrigger, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
    column = evaluation.moments(node, scope)
    value, _ = moment_value(column, point)
    key = column.frame.key(point.values)
    come = [hi for _, hi in column.of(key) if hi <= point.at] if key is not None else []
    return Reason(text=text, value=value, mode=Mode.DERIVED, since=max(come, default=None), span=node.span)


ITS_BEGINNING, ITS_TRIGGER = _ItsBeginning(), _ItsTrigger()
