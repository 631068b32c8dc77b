"""Two drafts side by side: what differs clause by clause, and which supposed histories they decide differently."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass

from aval.engine.order import ways_of
from aval.model.agreement import Agreements, Declaration, Group, params_of
from aval.model.case import Manifest
from aval.model.expression import Binding, MemberOf
from aval.model.release import __version__
from aval.study.deciding import Judge, Key, keys, telling
from aval.study.declarations import Draft, Matched, compared, match
from aval.study.search import Leaf, Search, search
from aval.study.shapes import Comparison, Decided, Difference, Split, Unread, Verdict
from aval.study.supposed import History, shown

MOST_RUNS = 240
"""histories that are made up and run, at most"""


def compare(
    before: Draft,
    after: Draft,
    histories: Callable[[], Sequence[History]],
    manifest: Manifest,
    versions: Sequence[tuple[str, str]],
    tries: int = MOST_RUNS,
) -> Comparison:
    """Compare two drafts. `histories` gives those to try besides the made-up ones, where anything differs.

    At most `tries` histories are made up.
    """
    matched = match(before, after)
    differences = tuple(compared(matched))
    trial = _Trial(matched, manifest, differences)
    given = [split for history in (histories() if trial.judge.names else ()) for split in trial.run(history)]
    made = list(trial.searched(tries)) if trial.judge.names and tries else []
    return Comparison(
        before=before.title,
        after=after.title,
        versions=tuple(versions),
        differences=differences,
        splits=(*given, *made),
        tried=trial.tried,
        searched=trial.made,
        cut=trial.cut,
        unread=tuple(_unread(before, after)),
        unasked=tuple(trial.judge.unasked),
        engine=__version__,
    )


def _unread(before: Draft, after: Draft) -> Iterator[Unread]:
    for side, draft, other in (("before", before, after), ("after", after, before)):
        yield from (Unread(name=name, side=side) for name in sorted(draft.broken) if name in other.declared or name not in other.broken)


class _Trial:
    """Runs histories on both drafts, and remembers which differences have been shown."""

    def __init__(self, matched: Matched, manifest: Manifest, differences: Sequence[Difference]) -> None:
        self.matched = matched
        self.changed = [one.name for one in differences if one.verdict not in (Verdict.WORDING, Verdict.RENAMED)]
        self.judge = Judge(matched=matched, manifest=manifest, names=_asked(self.changed, matched))
        self.tried = self.made = 0
        self.cut = False
        self._shown: set[Key] = set()

    def run(self, history: History) -> Iterator[Split]:
        """Run one history that was given; nothing where both decide it alike."""
        self.tried += 1
        found = self.judge.decided(history) if self.judge.names else []
        if found:
            self._shown.update(key for one in found for key in keys(one))
            yield self._split(history, found)

    def searched(self, tries: int) -> Iterator[Split]:
        """Make histories up, and yield each that shows a difference not shown yet, as short as it can be made."""
        plan = search(self.matched, self.judge.names)
        self.cut = plan.cut
        for chosen in plan.tries():
            if self.made >= tries:
                self.cut = True
                return
            fresh = self._fresh(plan, chosen)
            if not fresh:
                continue
            least = self._least(plan, chosen, {key for one in fresh for key in keys(one)} - self._shown)
            found = self._fresh(plan, least)
            self._shown.update(key for one in found for key in keys(one))
            yield self._split(plan.history(least), found)

    def _fresh(self, plan: Search, chosen: Sequence[Leaf]) -> list[Decided]:
        self.tried, self.made = self.tried + 1, self.made + 1
        found = self.judge.decided(plan.history(chosen))
        return [one for one in found if telling(one) and not self._shown.issuperset(keys(one))]

    def _least(self, plan: Search, chosen: Sequence[Leaf], wanted: set[Key]) -> Sequence[Leaf]:
        """Leave out one fact after the other as long as all that was new is still there."""
        for leaf in list(chosen):
            fewer = [one for one in chosen if one is not leaf]
            if fewer and wanted <= {key for one in self._fresh(plan, fewer) for key in keys(one)}:
                chosen = fewer
        return chosen

    def _split(self, history: History, found: Sequence[Decided]) -> Split:
        sides = dict(zip(("before", "after"), self.matched.both, strict=True))
        return Split(name=history.name, origin=history.origin, facts=shown(history, sides, self.matched.either), decided=tuple(found))


def _asked(changed: Sequence[str], matched: Matched) -> list[str]:
    """Give what is asked about: what differs, and what reads it in either text."""
    found = dict.fromkeys(changed)
    for draft, renames in ((matched.after, {}), (matched.before, matched.names)):
        agreements = draft.agreements
        own = {matched.backwards.get(name, name) if renames is matched.names else name for name in changed}
        found |= dict.fromkeys(renames.get(name, name) for name in _readers(own, agreements))
    later = matched.after.agreements.declarations
    earlier = matched.before.agreements.declarations
    return [name for name in found if name in later or matched.backwards.get(name, name) in earlier]


def _readers(names: set[str], agreements: Agreements) -> list[str]:
    ways = ways_of(agreements)
    read = {name: {*ways.get(name, ()), *_groups(declared)} for name, declared in agreements.declarations.items()}
    found, more = set(names), {""}
    while more:
        more = {name for name, others in read.items() if name not in found and others & found}
        found |= more
    return [name for name in agreements.declarations if name in found]


def _groups(declared: Declaration) -> set[str]:
    """Give the groups that a declaration ranges over."""
    return {param.group for param in params_of(declared)} | set(_counted(declared))


def _counted(thing: object) -> Iterator[str]:
    if isinstance(thing, Binding | MemberOf):
        yield thing.group
    if isinstance(thing, tuple):
        for one in thing:
            yield from _counted(one)
    elif is_dataclass(thing) and not isinstance(thing, type | Group):
        for one in fields(thing):
            if one.name not in ("span", "meta"):
                yield from _counted(getattr(thing, one.name))
