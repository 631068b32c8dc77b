"""Changed: what two views see differently, and what the later report of a series no longer mentions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from aval.answers.citing import cite, in_order
from aval.answers.inquiry import Inquiry
from aval.answers.items import board
from aval.answers.naming import label_of, names
from aval.answers.shapes import Changed, Cited, Difference, Item
from aval.model.instant import read_civil
from aval.model.source import Source, SourceKind
from aval.model.statement import Firmness, Says, Statement
from aval.model.term import Term

ORDER = ("new", "moved", "firmer", "softer", "gone", "said")


def changed(earlier: Inquiry, later: Inquiry) -> Changed:
    """Compare the boards and the statements of two views."""
    (first, missing), (second, lacking) = board(earlier), board(later)
    unanswered = {one.name: one for one in (*missing, *lacking)}
    before, after = (by_term(item for item in items if item.name not in unanswered) for items in (first, second))
    fresh = freshly_said(earlier, later)
    reports = _reports(earlier, later)
    found = [*moves(before, after, fresh, later), *_promises(earlier, later, fresh)]
    found += _spoken(before, after, fresh, earlier, later, {one.term for one in found})
    found += _gone(reports, later) if reports else []
    return Changed(
        title=later.manifest.title,
        names=names(later),
        earlier=earlier.coordinates(),
        later=later.coordinates(),
        differences=tuple(sorted(found, key=lambda one: (ORDER.index(one.kind), _rank(one, later)))),
        reports=(reports[0].title, reports[1].title) if reports else None,
        unanswered=tuple(unanswered.values()),
    )


def _rank(difference: Difference, later: Inquiry) -> int:
    """What the case puts first comes first."""
    term = Term.parse(difference.term)
    names = later.manifest.headlines
    return names.index(term.name) if term is not None and term.name in names else len(names)


def by_term(board: Iterable[Item]) -> dict[str, Item]:
    """Give the lines of a board by their terms."""
    return {item.term: item for item in board}


def freshly_said(earlier: Inquiry, later: Inquiry) -> dict[Term, list[Statement]]:
    """What was said between the two views, by term, in order."""
    found: dict[Term, list[Statement]] = {}
    for statement in in_order(later.statements.values(), later):
        if statement.id not in earlier.statements:
            found.setdefault(statement.term, []).append(statement)
    return found


def moves(before: Mapping[str, Item], after: Mapping[str, Item], fresh: Mapping[Term, list[Statement]], later: Inquiry) -> list[Difference]:
    """Terms whose value differs, and terms that only the later board has with a value of its own."""
    found = []
    for term, item in after.items():
        old = before.get(term)
        if old is None and item.value == "open":
            continue
        if old is None or _value(old) != _value(item):
            kind = "new" if old is None or old.value == "open" else "moved"
            found.append(_difference(kind, item, _value(old) if old else None, _value(item), fresh, later))
    return found


def _value(item: Item) -> str:
    return item.value if item.value is not None else "; ".join(f"{words}: {value}" for words, value in item.by_reading.items())


def _difference(kind: str, item: Item, was: str | None, now: str, fresh: Mapping[Term, list[Statement]], later: Inquiry) -> Difference:
    term = Term.parse(item.term)
    said = fresh.get(term, []) if term else []
    cited = tuple(cite(one, later) for one in said) or item.cited
    return Difference(
        kind=kind,
        term=item.term,
        label=item.label,
        before=was,
        after=now,
        because=item.because,
        source=item.source,
        anonymous=_all_anonymous(cited) if cited else item.anonymous,
        low=_all_low(cited) if cited else item.low,
        cited=cited,
    )


def _all_anonymous(cited: Sequence[Cited]) -> bool:
    return all(one.form in ("circles", "unnamed official") for one in cited)


def _all_low(cited: Sequence[Cited]) -> bool:
    return all(one.grade == "low" for one in cited)


def _promises(earlier: Inquiry, later: Inquiry, fresh: Mapping[Term, list[Statement]]) -> list[Difference]:
    """The same promise by the same voice, put more or less firmly than before. Low-grade sources move nothing."""
    found = []
    for term, said in fresh.items():
        voices = {_voice(one) for one in said}
        before = [one for one in earlier.statements.values() if one.term == term and _voice(one) in voices]
        old = _firmest(before)
        new = _firmest(one for one in said if _voice(one) in {_voice(other) for other in before})
        if old is None or new is None or old is new:
            continue
        kind = "firmer" if new.step > old.step else "softer"
        found.append(_from_statements(kind, term, old.value, new.value, said, later))
    return found


def _voice(statement: Statement) -> str:
    return statement.voice.speaks_for or statement.voice.name


def _firmest(statements: Iterable[Statement]) -> Firmness | None:
    steps = [one.firmness for one in statements if one.firmness is not None and one.polarity and one.grade.value != "low"]
    return max(steps, key=lambda firmness: firmness.step, default=None)


def _spoken(
    before: Mapping[str, Item],
    after: Mapping[str, Item],
    fresh: Mapping[Term, list[Statement]],
    earlier: Inquiry,
    later: Inquiry,
    told: set[str],
) -> list[Difference]:
    """Terms that somebody spoke of between the views without moving their value: for the first time, or again."""
    known = {one.term for one in earlier.statements.values()}
    found = []
    for term, said in fresh.items():
        if str(term) in told:
            continue
        kind = "said" if term in known else "new"
        was, now = (_value(board[str(term)]) if str(term) in board else None for board in (before, after))
        found.append(_from_statements(kind, term, was if kind == "said" else None, now, said, later))
    return found


def _from_statements(kind: str, term: Term, was: str | None, now: str | None, said: Sequence[Statement], later: Inquiry) -> Difference:
    declared = later.world.agreements.declarations.get(term.name)
    cited = tuple(cite(one, later) for one in said)
    return Difference(
        kind=kind,
        term=str(term),
        label=label_of(declared, term, later),
        before=was,
        after=now,
        because=cited[-1].summary,
        source=cited[-1].anchor,
        anonymous=_all_anonymous(cited),
        low=_all_low(cited),
        cited=cited,
    )


def _reports(earlier: Inquiry, later: Inquiry) -> tuple[Source, Source] | None:
    """The latest report of a series at each view, where they differ."""
    first, second = _latest(earlier), _latest(later)
    pairs = [(first[series], second[series]) for series in first if series in second and first[series].id != second[series].id]
    return pairs[0] if pairs else None


def _latest(inquiry: Inquiry) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for source in inquiry.manifest.sources.values():
        date = read_civil(source.date, inquiry.manifest.zone)
        if source.kind is SourceKind.REPORT and source.series and date is not None and date.hi <= inquiry.world.known:
            last = found.get(source.series)
            if last is None or source.date > last.date:
                found[source.series] = source
    return found


def _gone(reports: tuple[Source, Source], later: Inquiry) -> list[Difference]:
    """Terms that the earlier report speaks of and the later one does not. What is done and past need not be told again."""
    by_source: dict[str, dict[Term, list[Statement]]] = {report.id: {} for report in reports}
    for statement in in_order(later.statements.values(), later):
        past = statement.says is Says.HAPPENED and statement.firmness in (None, Firmness.DONE)
        if statement.anchor.source in by_source and not past:
            by_source[statement.anchor.source].setdefault(statement.term, []).append(statement)
    old, new = (by_source[report.id] for report in reports)
    return [_from_statements("gone", term, None, None, said, later) for term, said in old.items() if term not in new]
