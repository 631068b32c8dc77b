"""From the fields of one row to a claim: a statement that does not yet have its content id, because that may hang on others."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import field, replace
from functools import partial
from typing import Any, TypeVar

from aval.evidence.codes import claims
from aval.evidence.codes import lines as codes
from aval.evidence.complaint import Complaint
from aval.evidence.reading import Reading
from aval.evidence.rows import Row
from aval.evidence.shape import SPANS, WORLD, shape_complaints
from aval.evidence.vocabulary import Vocabulary
from aval.evidence.wording import EXAMPLES, read_wording
from aval.evidence.words import shown
from aval.model.frozen import frozen
from aval.model.instant import Range, read_civil
from aval.model.source import Source
from aval.model.statement import Amount, Anchor, Firmness, Form, Grade, Rung, Says, Stance, Statement, Voice, When
from aval.model.term import Term

_LABEL = re.compile(r"[A-Za-z0-9._-]{1,80}")
_REFERENCE = re.compile(r"label:[A-Za-z0-9._-]{1,80}|sha256:[0-9a-f]{64}")
_OF_AMOUNTS = frozenset({"low", "high", "unit"})
_OF_SPANS = frozenset({"first", "last", "wording"})
_NOTHING = Term("")
_REMEMBERED = 20_000
"""How many values are remembered while a case is read."""
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
_NAMELESS = (Form.CIRCLES, Form.EDITOR)


@frozen(kw_only=True)
class Frame:
    """What a claim is read against: the agreements' words, the sources, the zone of the case."""

    vocabulary: Vocabulary
    sources: Mapping[str, Source]
    zone: str
    terms: dict[str, Term] = field(default_factory=dict, compare=False, repr=False)
    memory: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, value: K) -> K:
        """Give the first value that was equal to this one: what a million statements share is held once."""
        if len(self.memory) > _REMEMBERED:
            self.memory.clear()
        kept: K = self.memory.setdefault(value, value)
        return kept

    def misfits(self, says: Says, term: Term) -> tuple[Complaint, ...]:
        """Give what is wrong with a term as the subject of a kind of claim, looked up once for each pair."""
        if (says, term) not in self.memory:
            self.once(term)
            self.memory[(says, term)] = tuple(self.vocabulary.complaints(says, term))
        found: tuple[Complaint, ...] = self.memory[(says, term)]
        return found

    def read_once(self, key: tuple[object, ...], fields: Reading, read: Callable[[Reading, Frame], V]) -> V:
        """Read some fields of a row, of which `key` holds the values as they came; what was sound is read once for all rows alike."""
        try:
            found: V | None = self.memory.get(key)
        except TypeError:  # a list, where there should be a text
            return read(fields, self)
        if found is None:
            before = len(fields.complaints)
            found = read(fields, self)
            if len(fields.complaints) == before:
                self.once(key)
                self.memory[key] = found
        return found


@frozen(kw_only=True)
class Claim:
    """A statement without its id, its row, and what it withdraws as it was written."""

    statement: Statement
    row: Row
    withdraws: tuple[str, ...]


def read_claim(row: Row, frame: Frame) -> Claim | list[Complaint]:
    """Read one row; everything that is wrong with it if it is not sound."""
    fields = Reading(row=row, zone=frame.zone)
    fields.known_fields_only()
    value, given = row.values.get, row.values.keys()
    kind = ("kind", value("says"), value("term"), value("form"), value("grade"), value("polarity"), value("firmness"))
    sort = frame.read_once(kind, fields, _sort)
    if sort.says is not None:
        fields.complaints += shape_complaints(sort.says, row.values)
    times = ("times", *kind, value("said"), value("when"), value("first"), value("last"), value("wording"), value("throughout"))
    said, when = frame.read_once(times, fields, partial(_times, sort))
    spoken = ("voice", sort.form, sort.says in WORLD, value("voice"), value("speaks_for"))
    number = value("paragraph")
    placed = ("anchor", row.is_csv, value("source"), number, number.__class__, value("quote"))  # since True is 1
    statement = Statement(
        id="",
        label=_label(fields),
        says=sort.says or Says.HAPPENED,
        term=sort.term or _NOTHING,
        polarity=sort.polarity,
        when=when,
        said=said,
        voice=frame.read_once(spoken, fields, partial(_voice, sort.form if sort.says in WORLD else None)),
        through=fields.texts("through") if "through" in given else (),
        outlet=fields.text("outlet") if "outlet" in given else "",
        form=sort.form or Form.EDITOR,
        firmness=sort.firmness,
        grade=sort.grade or Grade.LOW,
        anchor=frame.read_once(placed, fields, _anchor),
        amount=None if given.isdisjoint(_OF_AMOUNTS) else _amount(fields, sort.says, sort.term, frame.vocabulary),
        rung=fields.word("rung", Rung) if "rung" in given else None,
        stance=fields.word("stance", Stance) if "stance" in given else None,
        area=_area(fields, frame.vocabulary) if "area" in given else "",
        place=fields.text("place") if "place" in given else "",
        conditions=fields.texts("conditions") if "conditions" in given else (),
        note=fields.text("note") if "note" in given else "",
        span=row.span(),
    )
    if "value" in given or "visibility" in given:
        _not_yet(fields)
    withdraws = _withdraws(fields) if "withdraws" in given else ()
    # What stood in above for a field that could not be read has its complaint, so that it never leaves this function.
    return fields.complaints or Claim(statement=statement, row=row.emptied(), withdraws=withdraws)


@frozen(kw_only=True)
class _Sort:
    """What sort of claim a row is; many rows are of one sort."""

    says: Says | None
    term: Term | None
    form: Form | None
    grade: Grade | None
    polarity: bool
    firmness: Firmness | None


def _sort(fields: Reading, frame: Frame) -> _Sort:
    says, term = fields.word("says", Says), _term(fields, frame)
    if says is not None and term is not None:
        fields.complaints += frame.misfits(says, term)
    return _Sort(
        says=says,
        term=frame.once(term),
        form=fields.word("form", Form, (Form.SUPPOSED,)),
        grade=fields.word("grade", Grade),
        polarity=fields.yes_or_no("polarity"),
        firmness=fields.word("firmness", Firmness),
    )


def _times(sort: _Sort, fields: Reading, frame: Frame) -> tuple[str, When | None]:
    """Read when it was said, and of when."""
    said, span = fields.date("said")
    when = _when(fields, sort.says, said)
    _not_foretold(fields, sort, when, span)
    return frame.once(said), frame.once(when)


def _label(fields: Reading) -> str:
    label = fields.text("label")
    if label and _LABEL.fullmatch(label) is None:
        hint = "Use letters (a to z), digits, point, underscore and hyphen."
        fields.complain(Complaint(code=codes.BAD_LABEL, message=f"{shown(label)} cannot be a label.", key="label", hint=hint))
    return label


def _term(fields: Reading, frame: Frame) -> Term | None:
    text = fields.text("term")
    if text in frame.terms:
        return frame.terms[text]
    term = Term.parse(text) if text else None
    if term is not None and len(frame.terms) < _REMEMBERED:
        frame.terms[text] = term
    if text and term is None:
        hint = "Write a name and its arguments in brackets, such as in_force(FRA)."
        fields.complain(Complaint(code=claims.BAD_TERM, message=f"{shown(text)} is no term.", key="term", hint=hint))
    return term


def _when(fields: Reading, says: Says | None, said: str) -> When | None:
    throughout = fields.yes_or_no("throughout")
    phrase = fields.text("when")
    if phrase and fields.row.values.keys().isdisjoint(_OF_SPANS) and read_civil(phrase, fields.zone) is not None:
        return When(first=phrase, last=phrase, throughout=throughout)
    wording = fields.text("wording")
    (first, first_span), (last, last_span) = fields.date("first"), fields.date("last")
    if phrase and (first or last or wording):
        message = "The time is given by `when`, and again by `first`, `last` or `wording`."
        fields.complain(Complaint(code=codes.TWO_TIMES, message=message, key="when", hint="Keep one of the two."))
        return None
    if phrase and read_civil(phrase, fields.zone) is not None:
        return When(first=phrase, last=phrase, throughout=throughout)
    if phrase:
        return _worded(fields, phrase, said, throughout=throughout, sure=throughout and says in SPANS)
    if not (first or last):
        if wording:
            message = "`wording` stands without `first` or `last`."
            fields.complain(
                Complaint(code=codes.UNKNOWN_WORDING, message=message, key="wording", hint="Write the words into `when` instead.")
            )
        return None
    if first_span and last_span and first_span.lo > last_span.hi:
        fields.complain(Complaint(code=codes.BACKWARDS, message=f"{first} is after {last}.", key="first", hint="Change them over."))
    return When(first=first, last=last, throughout=throughout, wording=wording)


def _worded(fields: Reading, phrase: str, said: str, *, throughout: bool, sure: bool) -> When | None:
    """Read a phrase. The result says `throughout` where the field does: of what only happened there is nothing to say."""
    when = read_wording(phrase, said, fields.zone, throughout=sure)
    if when is not None:
        return replace(when, throughout=throughout)
    if not said or read_civil(said, fields.zone) is None:
        return None  # `said` has its own complaint
    message, hint = (
        f"{shown(phrase)} is not understood.",
        f"Write a date, or a phrase such as {EXAMPLES}; or give `first`, `last` and `wording`.",
    )
    if read_wording(f"{phrase} 2000", said, fields.zone) is not None:
        hint = f"It can mean an earlier or a later one: write the year too. {hint}"
    if sure and read_wording(phrase, said, fields.zone) is not None:
        message = f"{shown(phrase)} names no span for certain that something can hold throughout."
        hint = 'Add "throughout": "no" if it held at some time in it; or give `first`, `last` and `wording`.'
    fields.complain(Complaint(code=codes.UNKNOWN_WORDING, message=message, key="when", hint=hint))
    return None


def _not_foretold(fields: Reading, sort: _Sort, when: When | None, said: Range | None) -> None:
    """Refuse what happened, for sure, after it was said. A promise or a plan says by its firmness that it is one."""
    done = sort.says in (None, Says.HAPPENED) and sort.polarity and sort.firmness in (None, Firmness.DONE)
    if not done or said is None or when is None or not when.first:
        return
    start = read_civil(when.first, fields.zone)
    if start is not None and start.lo > said.hi:
        message = f"It happened {when.first} at the earliest, and was said {fields.text('said')}."
        hint = "Look at the years. If it was only promised or planned, say so with `firmness`."
        key = "when" if fields.given("when") else "first"
        fields.complain(Complaint(code=codes.FORETOLD, message=message, key=key, hint=hint))


def _voice(form: Form | None, fields: Reading, frame: Frame) -> Voice:
    """Read who says it. `form` is that of a claim about the world, which an anonymous circle or an editor never makes for a party."""
    speaks_for = fields.text("speaks_for")
    if speaks_for and form in _NAMELESS:
        who = "circles tell" if form is Form.CIRCLES else "an editor tells"
        message = f"What {who} of the world is said for nobody."
        hint = "Leave `speaks_for` out, or give the form in which the party itself spoke."
        fields.complain(Complaint(code=claims.SPEAKS_FOR_NONE, message=message, key="speaks_for", hint=hint))
    elif speaks_for and speaks_for not in frame.vocabulary.speakers:
        message = f"The agreements declare no party, group or body {shown(speaks_for)}."
        miss = (speaks_for, sorted(frame.vocabulary.speakers))
        hint = "Leave it out if the voice speaks for none of them."
        fields.complain(Complaint(code=claims.UNKNOWN_VOICE, message=message, key="speaks_for", hint=hint, miss=miss))
    return frame.once(Voice(name=fields.text("voice"), speaks_for=speaks_for))


def _anchor(fields: Reading, frame: Frame) -> Anchor:
    name, paragraph = fields.text("source"), fields.whole("paragraph")
    source = frame.sources.get(name)
    if name and source is None:
        message = f"aval.toml has no source {shown(name)}."
        fields.complain(Complaint(code=claims.UNKNOWN_SOURCE, message=message, key="source", miss=(name, sorted(frame.sources))))
    if source is not None and source.paragraphs and paragraph > source.paragraphs:
        message = f"{name} has {source.paragraphs} paragraphs, and no paragraph {paragraph}."
        hint = "Count the non-empty lines from 1."
        fields.complain(Complaint(code=claims.NO_PARAGRAPH, message=message, key="paragraph", hint=hint))
    return frame.once(Anchor(source=name, paragraph=paragraph, quote=fields.text("quote")))


def _amount(fields: Reading, says: Says | None, term: Term | None, vocabulary: Vocabulary) -> Amount | None:
    low, high, unit = fields.decimal("low"), fields.decimal("high"), fields.text("unit")
    if low is None and high is None and not unit:
        return None
    if low is not None and high is not None and low > high:
        hint = "Change them over, or leave out an end that nobody gave."
        fields.complain(Complaint(code=codes.BAD_RANGE, message=f"`low` is {low}, and `high` is only {high}.", key="low", hint=hint))
    wanted = vocabulary.unit_of(term) if says is Says.AMOUNT and term is not None else ""
    if not unit and not (fields.given("low") or fields.given("high")):
        return None
    if not unit or not (fields.given("low") or fields.given("high")):
        message = "The amount has no unit." if not unit else "The unit stands without `low` or `high`."
        hint = f"Write {shown(wanted)}." if wanted and not unit else ""
        fields.complain(Complaint(code=codes.BAD_RANGE, message=message, key="unit", hint=hint))
    elif wanted and unit != wanted:
        message = f"The agreements count `{term}` in {wanted}, not in {unit}."
        fields.complain(Complaint(code=claims.WRONG_UNIT, message=message, key="unit", hint="Give the amount in that unit, or not at all."))
    return Amount(low=low, high=high, unit=unit)


def _area(fields: Reading, vocabulary: Vocabulary) -> str:
    area = fields.text("area")
    if area and area not in vocabulary.areas:
        hint = "Put the voice's own words into `place`."
        miss = (area, sorted(vocabulary.areas))
        fields.complain(Complaint(code=claims.UNKNOWN_AREA, message=f"There is no area {shown(area)}.", key="area", hint=hint, miss=miss))
    return area


def _not_yet(fields: Reading) -> None:
    value, visibility = fields.text("value"), fields.text("visibility")
    if value:
        message = "States with several values come with a later version."
        fields.complain(Complaint(code=claims.NOT_YET, message=message, key="value", hint="Leave `value` out."))
    if visibility not in ("", "public"):
        message = f"A file of the case is for everybody, and {shown(visibility)} is not."
        hint = "Leave it out; every statement here is public. What a party keeps to itself is made with: aval draft add"
        fields.complain(Complaint(code=claims.NOT_YET, message=message, key="visibility", hint=hint))


def _withdraws(fields: Reading) -> tuple[str, ...]:
    references = fields.texts("withdraws")
    for reference in references:
        if _REFERENCE.fullmatch(reference) is None:
            hint = "Write label: and a label of this case, or sha256: and 64 digits."
            message = f"{shown(reference)} names no statement."
            fields.complain(Complaint(code=claims.BAD_REFERENCE, message=message, key="withdraws", hint=hint))
    return tuple(dict.fromkeys(references))
