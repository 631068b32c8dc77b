"""Change (semantics 2.3): a state from its beginnings and ends, each of which may be imprecise, disputed or only possible.

With every beginning i in [a_i, b_i] and every end j in [a_j, b_j]:
(1) an undisputed beginning sets yes at b_i and clears no at a_i; an end does the reverse;
(2) a disputed one (told by some, denied by others) sets its side at b and clears nothing;
(3) a possible one (b is never) sets nothing and clears the other side at a;
(4) so yes stands from b_i to the least a_j of the ends that were not told to lie before a_i; an end beats a beginning of the same instant,
    or, where the state renews, a beginning beats an end.
"""

from __future__ import annotations

import numpy as np

from aval.engine.algebra import Rest, Scale, laid_out, put_off, union
from aval.model.columns import EMPTY, Bools, Frame, Ints, Moments, Spans, Timeline
from aval.model.four import Value
from aval.model.instant import NEVER


def change(begins: Moments, ends: Moments, initial: Value, *, renews: bool = False) -> Timeline:
    """Give the state that these beginnings and ends make of its initial value."""
    frame = begins.frame
    yes = _stands(begins, ends, tie_clears=not renews)
    no = _stands(ends, begins, tie_clears=renews)
    untouched_no = _until_first(frame, begins) if initial is Value.NO else EMPTY
    untouched_yes = _until_first(frame, ends) if initial is Value.YES else EMPTY
    carried = put_off(lambda: union(untouched_yes, untouched_no), frame)
    return Timeline(frame, union(yes, untouched_yes), union(no, untouched_no), carried)


def disputed(column: Moments) -> Bools:
    """Which occurrences are told by some and denied by others."""
    return column.hi < column.lo


def _stands(setters: Moments, clearers: Moments, *, tie_clears: bool) -> Spans:
    """From each setter's `hi` to the first instant at which a clearer may undo it."""
    sets = setters.hi < NEVER
    key, lo, hi = setters.key[sets], np.minimum(setters.lo, setters.hi)[sets], setters.hi[sets]
    return laid_out([(key, hi, _first_clearing(key, lo, clearers, tie_clears=tie_clears))])


def _first_clearing(key: Ints, after: Ints, clearers: Moments, *, tie_clears: bool) -> Ints:
    """For each (key, instant), the least `lo` among the undisputed clearers that are not told to lie before that instant."""
    clear = ~disputed(clearers)
    keys, lo, hi = clearers.key[clear], clearers.lo[clear], clearers.hi[clear]
    found = np.full(len(key), NEVER)
    if not len(keys):
        return found
    scale = Scale.of(np.append(keys[-1:], key.max(initial=0)), lo, hi, after)
    # occurrences are sorted by key and `hi` already
    least = np.minimum.accumulate(scale.place(keys, lo)[::-1])[::-1]
    place = np.searchsorted(scale.place(keys, hi), scale.place(key, after), side="left" if tie_clears else "right")
    inside = place < len(keys)
    hit = np.where(inside, least[np.minimum(place, len(keys) - 1)], -1)
    same_key = inside & (hit // scale.width == key)
    found[same_key] = scale.time(hit[same_key])
    return found


def _until_first(frame: Frame, changes: Moments) -> Spans:
    """The initial value: until the first instant at which an undisputed change may have come."""
    clear = ~disputed(changes)
    key, lo = changes.key[clear], changes.lo[clear]
    opens = np.ones(len(key), np.bool_)
    opens[1:] = key[1:] != key[:-1]
    places = np.flatnonzero(opens)
    first = np.minimum.reduceat(lo, places) if len(places) else lo
    some = first < NEVER
    return Rest(Spans(key[places][some], first[some], np.full(int(some.sum()), NEVER)), frame.size)
