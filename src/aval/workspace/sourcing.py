"""Originals of sources: added, checked, redacted; and names that are concealed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import BinaryIO

from aval.answers.sources import AddedSource, AnchorLine, CheckedAnchors, WaitingSource
from aval.evidence.codes import files
from aval.evidence.codes import sources as codes
from aval.evidence.folder import CaseFolder, open_folder
from aval.evidence.sources.clean import ENCODINGS, MOST_BYTES, clean
from aval.evidence.sources.concealed import FORM, Opening, conceal, forget, opening_of
from aval.evidence.sources.redactions import Redaction, add_redactions, read_redactions
from aval.evidence.sources.selectors import Match, Selector, Verdict, find
from aval.evidence.sources.vault import Vault, sha256
from aval.evidence.words import either, near, near_or, shown
from aval.model.agreement import Agreements, Question
from aval.model.instant import show
from aval.model.problem import Code, Incorrect, Problem, Span
from aval.model.source import Source
from aval.model.statement import Anchor
from aval.workspace.asking import now
from aval.workspace.case import Case, open_case

Placed = tuple[str, Span, Anchor]
"""what rests on an anchor, where that is written, and the anchor"""


def add_source(path: str | PathLike[str], data: bytes, name: str, *, source: str = "", encoding: str = "") -> AddedSource:
    """Keep the original of a source. `name` is its file's, of which only the ending is used. Raises `Incorrect`: nothing was kept then."""
    case, folder = open_case(path), open_folder(Path(path))
    if encoding and encoding not in ENCODINGS:
        raise _wrong(
            codes.ENCODING,
            "--encoding",
            f"{shown(encoding)} is not known here.",
            near_or(encoding, ENCODINGS, f"It is {either(ENCODINGS)}."),
        )
    text = clean(data, name, encoding)
    if isinstance(text, Problem):
        raise Incorrect((text,))
    found = _source_of(case.manifest.sources, sha256(data), name, source)
    kept = Vault(folder.path).add(found.id, data, text)
    return AddedSource(
        title=case.manifest.title,
        source=found.id,
        source_title=found.title,
        original=kept.original,
        bytes=len(data),
        media=text.media.value,
        encoding=text.encoding,
        cleaned=kept.cleaned,
        paragraphs=len(text.paragraphs),
        hidden=text.hidden,
    )


def read_original(path: Path) -> bytes:
    """Read a file that may be hostile, as far as an original may be large. Raises `Incorrect`."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        with os.fdopen(handle, "rb") as stream:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise _wrong(files.NOT_A_FILE, str(path), "This is no ordinary file.", "Name the file that the report stands in.")
            return read_bounded(stream)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", "") or "the system refused"
        raise _wrong(files.UNREADABLE, str(path), f"It cannot be read: {reason}.", "") from None


def read_bounded(stream: BinaryIO) -> bytes:
    """Read one byte more than an original may have, and no further."""
    return stream.read(MOST_BYTES + 1)


def _source_of(sources: Mapping[str, Source], original: str, name: str, wanted: str) -> Source:
    """Find the source that an original belongs to: the one that is named, or the one that has its hash."""
    by_hash = [one for one in sources.values() if one.sha256 == original]
    if not wanted and by_hash:
        return by_hash[0]
    if wanted not in sources:
        waiting = [one.id for one in sources.values() if one.sha256]
        message = f"aval.toml has no source {shown(wanted)}." if wanted else f"No source of aval.toml has the sha256 {original}."
        hint = near_or(wanted, list(sources), "Name one with --as SOURCE.") if wanted else "Name the source with --as SOURCE."
        more = f" Those with a sha256: {', '.join(waiting[:5])}." if waiting and not wanted else ""
        raise _wrong(codes.WHICH, name, message, hint + more)
    found = sources[wanted]
    if found.sha256 not in ("", original):
        hint = f"Did you mean --as {by_hash[0].id}?" if by_hash else "Look for the file as it was read."
        message = f"Its sha256 is {original}, and that of {wanted} is {found.sha256}."
        raise _wrong(codes.OTHER_ORIGINAL, name, message, hint)
    return found


def check_sources(path: str | PathLike[str]) -> tuple[CheckedAnchors, tuple[Problem, ...]]:
    """Look for every quote of a case in the original that it names. Raises `Incorrect` and `Fault` where the case cannot be used."""
    case, folder = open_case(path), open_folder(Path(path))
    vault = Vault(folder.path)
    by_source: dict[str, list[Placed]] = {}
    for each in _anchors(case):
        by_source.setdefault(each[2].source, []).append(each)
    lines: list[AnchorLine] = []
    problems: list[Problem] = []
    waiting: list[WaitingSource] = []
    redacted = {one.of: one for one in read_redactions(folder)}
    for id_, placed in sorted(by_source.items()):
        source, text = case.manifest.sources.get(id_), vault.text(id_)
        if text is None:
            gone = redacted.get(id_)
            lines += [_line(one, "redacted" if gone else "away", Match(verdict=Verdict.MISSING)) for one in placed]
            waiting += [] if gone or source is None else [_waiting(source, len(placed))]
            problems.append(_gone(id_, gone, len(placed), folder) if gone else _away(waiting[-1], folder) if source else _unknown(id_))
            continue
        before = vault.kept[id_].selectors
        matches = [(one, find(one[2], text, before.get(_key(one[2])))) for one in placed]
        lines += [_line(one, match.verdict.value, match) for one, match in matches]
        problems += [problem for one, match in matches for problem in _told(one, match)]
        vault.remember(id_, _found(before, matches))
    gone_ids = tuple(sorted(redacted.keys() & by_source.keys() - vault.kept.keys()))
    return CheckedAnchors(title=case.manifest.title, anchors=tuple(lines), waiting=tuple(waiting), redacted=gone_ids), tuple(problems)


def _anchors(case: Case) -> Iterator[Placed]:
    """Give every anchor of a case that names a paragraph or words; each once for what rests on it."""
    for statement in case.statements:
        yield from _of(statement.label, statement.span, (statement.anchor,))
    yield from _declared(case.agreements)


def _declared(agreements: Agreements) -> Iterator[Placed]:
    for one in (*agreements.documents, *agreements.declarations.values()):
        yield from _of(one.meta.name, one.meta.span, one.meta.anchors)
        if isinstance(one, Question):
            for reading in one.readings:
                yield from _of(f"{one.meta.name}={reading.name}", reading.span, reading.anchors)


def _of(name: str, span: Span, anchors: Sequence[Anchor]) -> Iterator[Placed]:
    return ((name, span, anchor) for anchor in anchors if anchor.paragraph or anchor.quote)


def _key(anchor: Anchor) -> str:
    return f"{anchor.paragraph}\n{anchor.quote}"


def _found(before: Mapping[str, Selector], matches: Sequence[tuple[Placed, Match]]) -> dict[str, Selector]:
    """Keep where quotes were found; a place that is lost is kept too, since a later version of the source may have it again."""
    found = {_key(one[2]): match.selector for one, match in matches if match.verdict is Verdict.FOUND and match.selector and one[2].quote}
    return {**before, **found}


def _line(placed: Placed, verdict: str, match: Match) -> AnchorLine:
    name, span, anchor = placed
    selectors = tuple(match.selector.w3c()) if match.selector else ()
    return AnchorLine(
        of=name,
        place=_short(span),
        anchor=str(anchor),
        quote=anchor.quote,
        verdict=verdict,
        paragraphs=match.paragraphs,
        selectors=selectors,
    )


def _short(span: Span) -> str:
    return f"{span.path}:{span.line}" if span.line else span.path


def _told(placed: Placed, found: Match) -> Iterator[Problem]:
    """Say what is wrong with one anchor."""
    name, span, anchor = placed
    named = f"{shown(anchor.quote)} of {shown(name)}" if anchor.quote else f"{anchor} of {shown(name)}"
    where = f"paragraph {anchor.paragraph} of {anchor.source}" if anchor.paragraph else anchor.source
    match found.verdict:
        case Verdict.FOUND:
            return
        case Verdict.AMBIGUOUS:
            code, message, hint = codes.AMBIGUOUS, f"{named} stands more than once in {where}.", "Quote a few words more."
        case Verdict.MOVED:
            numbers = either([str(number) for number in found.paragraphs[:8]])
            code, message, hint = codes.MOVED, f"{named} does not stand in {where}.", f"It stands in paragraph {numbers}."
        case Verdict.MISSING:
            message = f"{named} does not stand in {where}, nor anywhere else in it."
            code, hint = codes.MISSING, "Look it up in the original."
    yield Problem(code=code, message=message, span=Span(span.path, span.line), hint=hint)


def _waiting(source: Source, anchors: int) -> WaitingSource:
    about = {name: getattr(source, name) for name in ("title", "publisher", "date", "sha256")}
    return WaitingSource(source=source.id, **about, anchors=anchors)


def _away(source: WaitingSource, folder: CaseFolder) -> Problem:
    about = ", ".join(part for part in (f'"{source.title}"', source.publisher, source.date) if part)
    known = f" Its sha256 is {source.sha256}." if source.sha256 else ""
    message = f"{_counted(source.anchors)} of {source.source} cannot be checked: its original is not here."
    hint = f"If you have {about}, add it: aval source add {folder.path} FILE --as {source.source}.{known}"
    return Problem(code=codes.AWAY, message=message, span=Span(str(folder.path / "aval.toml")), hint=hint)


def _counted(number: int) -> str:
    return f"{number} anchor{'' if number == 1 else 's'}"


def _gone(id_: str, redaction: Redaction, number: int, folder: CaseFolder) -> Problem:
    message = f"{_counted(number)} of {id_} cannot be checked: its original was {redaction}."
    hint = f"Why: {redaction.why}" if redaction.why else ""
    return Problem(code=codes.REDACTED, message=message, span=Span(str(folder.path / "redactions.jsonl")), hint=hint)


def _unknown(id_: str) -> Problem:
    return Problem(code=codes.WHICH, message=f"aval.toml has no source {shown(id_)}.", span=Span("aval.toml"))


def conceal_text(path: str | PathLike[str], text: str) -> Opening:
    """Commit to a text, such as a witness's name, and keep the opening in this copy of the case. Raises `Incorrect`."""
    plain = text.strip()
    if not plain or not plain.isprintable():
        raise _wrong(codes.NOTHING, "stdin", "There is no text to conceal, or it has a hidden character.", "Write the name on one line.")
    return conceal(open_folder(Path(path)).path, plain)


def reveal(path: str | PathLike[str], commitment: str) -> Opening:
    """Give the opening of a commitment that is kept in this copy of the case. Raises `Incorrect` where it is not here."""
    folder = open_folder(Path(path))
    found = opening_of(folder.path, commitment) if FORM.fullmatch(commitment) else None
    if found is None:
        gone = next((one for one in read_redactions(folder) if one.commitment == commitment), None)
        hint = f"It was {gone}." if gone else "Only the copy of the case in which it was concealed has the opening."
        raise _wrong(codes.NOTHING, shown(commitment), "The opening of this commitment is not here.", hint)
    return found


def redact(path: str | PathLike[str], target: str, *, by: str, why: str) -> tuple[Redaction, ...]:
    """Take the original of a source, or the opening of a commitment, away for good, and say so in the case.

    It is said first, so that a command that dies in between leaves something to repeat, and nothing hidden. Raises `Incorrect` where there
    is nothing of this name.
    """
    folder = open_folder(Path(path))
    case, vault = open_case(path), Vault(folder.path)
    day = show(now(), case.manifest.zone)[:10]
    if FORM.fullmatch(target):
        if opening_of(folder.path, target) is None:
            raise _wrong(codes.NOTHING, shown(target), "The opening of this commitment is not here.", "")
        made = [Redaction(of="a concealed name", commitment=target, date=day, by=by, why=why)]
        add_redactions(folder, made)
        forget(folder.path, target)
        return tuple(made)
    kept = vault.kept.get(target)
    if kept is None:
        hint = near(target, list(vault.kept)) or f"Here are: {', '.join(vault.kept) or 'none'}."
        raise _wrong(codes.NOTHING, shown(target), "There is no original of this source here.", hint)
    same = [id_ for id_, one in vault.kept.items() if one.original == kept.original]
    made = [Redaction(of=id_, commitment=f"sha256:{kept.original}", date=day, by=by, why=why) for id_ in same]
    add_redactions(folder, made)
    vault.remove(kept.original)
    return tuple(made)


def _wrong(code: Code, place: str, message: str, hint: str) -> Incorrect:
    return Incorrect((Problem(code=code, message=message, span=Span(place), hint=hint),))
