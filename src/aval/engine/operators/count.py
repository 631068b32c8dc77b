"""`at least n`, `some`, `every` and `no` member of a group (semantics 2.5). Membership is part of the condition."""

from __future__ import annotations

from dataclasses import replace

from aval.engine.logic import negation
from aval.engine.protocol import Evaluation, Point, Relaxation, Scope, Wish
from aval.engine.relaxed import Formula, any_of, enough, every_of
from aval.engine.tally import explain_over, tally
from aval.model.columns import Timeline
from aval.model.expression import Count, Quantifier
from aval.model.reason import Reason


class _Count:
    node = Count

    def compute(self, node: Count, scope: Scope, evaluation: Evaluation) -> Timeline:
        found = tally(node.binding, scope, evaluation)
        if node.quantifier is Quantifier.EVERY:
            # every member has it: nobody is a member without it
            others = None if found.others is None else negation(found.others)
            return negation(replace(found, condition=negation(found.condition), others=others).at_least(1))
        enough = found.at_least(max(1, node.number))
        return negation(enough) if node.quantifier is Quantifier.NONE else enough

    def explain(self, node: Count, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        number = f"{node.quantifier.value} {node.number}" if node.quantifier is Quantifier.AT_LEAST else node.quantifier.value
        text = f"{number} {node.binding.variable} in {node.binding.group}"
        return explain_over(text, node, node.binding, scope, point, evaluation)

    def relax(self, node: Count, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        if node.quantifier is Quantifier.AT_LEAST:
            group = relaxing.each(node.binding, scope, wish, wish)
            pairs = [(every_of if wish.yes else any_of)([member, has]) for _, member, has in group]
            number = max(1, node.number)
            found = enough(number if wish.yes else len(pairs) - number + 1, [(1, pair) for pair in pairs])
            return relaxing.of_named(found, [node.binding.group], wish)
        every = node.quantifier is Quantifier.EVERY
        if not every:
            relaxing.beyond("not")
        elif not relaxing.evaluation.closed(node.binding.group):
            relaxing.beyond("every member of a group that others may belong to")
        group = relaxing.each(node.binding, scope, wish.turned, wish if every else wish.turned)
        pairs = [(any_of if wish.yes else every_of)([out, has]) for _, out, has in group]
        return (every_of if wish.yes else any_of)(pairs)


COUNT = _Count()
