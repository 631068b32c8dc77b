"""The operators, one file each; the tuple is the whole list."""

from __future__ import annotations

from aval.engine.not_yet import refuse
from aval.engine.operators.choose import EARLIER, LATER
from aval.engine.operators.civil import EXPIRY, MIDNIGHT, MONTH_FIRST
from aval.engine.operators.compare import COMPARE
from aval.engine.operators.connectives import AND, NOT, OR
from aval.engine.operators.count import COUNT
from aval.engine.operators.date import DATE
from aval.engine.operators.delay import AFTER, BEFORE
from aval.engine.operators.edges import BEGINNING, END
from aval.engine.operators.finds import FINDS
from aval.engine.operators.gap import NOT_SAID
from aval.engine.operators.happened import HAPPENED
from aval.engine.operators.held import HELD
from aval.engine.operators.its import ITS_BEGINNING, ITS_TRIGGER
from aval.engine.operators.names import IS_ONE_OF, MEMBER_OF
from aval.engine.operators.number import NUMBER, PERCENT_OF
from aval.engine.operators.ordinal import LATEST, NTH
from aval.engine.operators.paused import AFTER_PAUSED
from aval.engine.operators.rate import RATE
from aval.engine.operators.reference import REFERENCE
from aval.engine.operators.rung import RUNG_IS
from aval.engine.operators.sequence import ORDER
from aval.engine.operators.share import SHARE
from aval.engine.operators.stands import STANDS
from aval.engine.operators.total import TOTAL
from aval.engine.operators.weight import WEIGHT
from aval.engine.operators.window import HAPPENED_IN
from aval.engine.protocol import Operator
from aval.model.expression import Expression

OPERATORS: tuple[Operator, ...] = (
    REFERENCE,
    FINDS,
    AND,
    OR,
    NOT,
    HAPPENED,
    HAPPENED_IN,
    ORDER,
    STANDS,
    COUNT,
    SHARE,
    WEIGHT,
    RATE,
    NUMBER,
    PERCENT_OF,
    TOTAL,
    COMPARE,
    IS_ONE_OF,
    MEMBER_OF,
    NOT_SAID,
    RUNG_IS,
    DATE,
    AFTER,
    BEFORE,
    EXPIRY,
    MONTH_FIRST,
    MIDNIGHT,
    AFTER_PAUSED,
    NTH,
    LATEST,
    HELD,
    LATER,
    EARLIER,
    BEGINNING,
    END,
    ITS_BEGINNING,
    ITS_TRIGGER,
)

_BY_NODE = {operator.node: operator for operator in OPERATORS}


def operator_of(node: Expression) -> Operator:
    """Give the operator of a node; one that no operator is written for yet is refused with its place."""
    operator = _BY_NODE.get(type(node))
    if operator is None:
        refuse(node.span, "this expression")
    return operator
