"""What an expression comes to, as far as its own words tell: a condition, a moment or a number. A bare name can be any of them."""

from __future__ import annotations

from aval.model import expression as ex

CONDITIONS = (
    *(ex.Not, ex.And, ex.Or, ex.Happened, ex.IsOneOf, ex.MemberOf, ex.Count, ex.RungIs, ex.NotSaid),
    *(ex.Share, ex.Weight, ex.Rate, ex.Compare, ex.Order, ex.HappenedIn, ex.Stands),
)
MOMENTS = (
    *(ex.After, ex.Later, ex.Earlier, ex.Beginning, ex.End, ex.Instant, ex.Before, ex.Expiry, ex.MonthFirst, ex.Nth, ex.Latest, ex.Held),
    *(ex.AfterPaused, ex.Midnight, ex.ItsBeginning, ex.ItsTrigger),
)
NUMBERS = (ex.Number, ex.PercentOf, ex.Total)

NEEDS_CONDITION, NEEDS_MOMENT, NEEDS_NUMBER = "a condition", "a moment", "a number"


def sort_of(node: ex.Expression) -> str:
    """Give what a node comes to; `""` for a name, or a finding, which is a condition or a moment by its place."""
    if isinstance(node, CONDITIONS):
        return NEEDS_CONDITION
    if isinstance(node, MOMENTS):
        return NEEDS_MOMENT
    return NEEDS_NUMBER if isinstance(node, NUMBERS) else ""


def misplaced(node: ex.Expression, needed: str) -> bool:
    """Whether a node cannot stand where something of that sort must, whatever its names are declared as."""
    sort = sort_of(node) or (NEEDS_CONDITION if isinstance(node, ex.Finds) and needed == NEEDS_NUMBER else "")
    return bool(sort) and bool(needed) and sort != needed
