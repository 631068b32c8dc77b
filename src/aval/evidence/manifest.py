"""The manifest `aval.toml`, strictly: the format `aval.case/1`."""

from __future__ import annotations

import re
from types import MappingProxyType

from aval.evidence.codes import files
from aval.evidence.codes import manifest as codes
from aval.evidence.entries import Entries
from aval.evidence.folder import CaseFolder, path_fault
from aval.evidence.toml import read_toml
from aval.evidence.words import either, near, near_or, shown
from aval.model.case import CASE_SCHEMA, MANIFEST, Manifest, Text
from aval.model.instant import is_machines, read_civil, zone
from aval.model.problem import Code, Problem
from aval.model.source import Source, SourceKind
from aval.model.term import Term

ENTRIES = ("schema", "title", "zone", "language", "summary", "agreements", "statements", "headlines", "sources")
"""The entries of a manifest."""
SOURCE_ENTRIES = ("kind", "title", "publisher", "date", "url", "sha256", "paragraphs", "series", "language", "note")
"""The entries of each source."""
SOURCE_ID = re.compile(r"[a-z0-9][a-z0-9.-]{0,63}")
"""How a source id looks."""

_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,2}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_URL = re.compile(r"https?://[^\s\"<>\\]+")
_DATES = "Write 2026, 2026-01, 2026-01-06 or 2026-01-06T18:44+01:00."


def read_manifest(folder: CaseFolder) -> tuple[Manifest | None, tuple[Problem, ...]]:
    """Read the manifest of a case; no manifest if anything is wrong with it, and all that is."""
    text = folder.read(MANIFEST)
    return (None, (text,)) if isinstance(text, Problem) else manifest_of(text)


def manifest_of(text: Text) -> tuple[Manifest | None, tuple[Problem, ...]]:
    """Read the text of a manifest; no manifest if anything is wrong with it, and all that is."""
    values = read_toml(text)
    if isinstance(values, Problem):
        return None, (values,)
    entries = Entries(text=text, values=values)
    manifest = _manifest(entries)
    problems = tuple(sorted(entries.problems, key=lambda problem: problem.sort_key))
    return (None, problems) if problems else (manifest, ())


def _manifest(entries: Entries) -> Manifest:
    _schema(entries)
    entries.only(ENTRIES)
    entries.need("title", "Give the case a title.")
    entries.need("zone", 'Write the time zone in which dates are read, such as zone = "Europe/Paris".')
    return Manifest(
        title=entries.text_of("title"),
        zone=_zone(entries),
        language=_language(entries) or "en",
        summary=entries.text_of("summary"),
        agreements=_files(entries, "agreements", (".md",)),
        statements=_files(entries, "statements", (".jsonl", ".csv")),
        headlines=_headlines(entries),
        sources=MappingProxyType(_sources(entries)),
    )


def _schema(entries: Entries) -> None:
    hint = f'Write schema = "{CASE_SCHEMA}".'
    entries.need("schema", hint)
    schema = entries.text_of("schema")
    if schema and schema != CASE_SCHEMA:
        entries.complain(codes.UNKNOWN_SCHEMA, "schema", f"This Aval reads {CASE_SCHEMA}, and this is {shown(schema)}.", hint)


def _zone(entries: Entries) -> str:
    name = entries.text_of("zone")
    if name and not _is_zone(name):
        import zoneinfo  # noqa: PLC0415  only a mistake needs the list

        known = {each.rpartition("/")[2]: each for each in sorted(zoneinfo.available_timezones()) if not is_machines(each)}
        city = known.get(name.replace(" ", "_"))
        hint = f"Did you mean {shown(city)}?" if city else near(name, sorted(known.values()))
        entries.complain(codes.UNKNOWN_ZONE, "zone", f"There is no time zone {shown(name)}.", hint or "Write a name such as Europe/Paris.")
    return name


def _is_zone(name: str) -> bool:
    if _ZONE.fullmatch(name) is None:
        return False
    try:
        zone(name)
    except (KeyError, ValueError, OSError):  # a folder of zones, such as Europe, is no zone
        return False
    return True


def _language(entries: Entries) -> str:
    language = entries.text_of("language")
    if language and _LANGUAGE.fullmatch(language) is None:
        entries.complain(codes.WRONG_ENTRY, "language", f"{shown(language)} is no language.", "Write a code such as en, de or uk.")
    return language


def _files(entries: Entries, key: str, endings: tuple[str, ...]) -> tuple[str, ...]:
    listed = entries.texts_of(key)
    for at, name in enumerate(listed):
        fault = path_fault(name)
        if fault:
            hint = "Write the path from the folder of the case, such as statements/reports.jsonl."
            entries.complain(files.BAD_PATH, key, f"The path {shown(name)} is not accepted. {fault}", hint)
        elif not name.endswith(endings):
            entries.complain(codes.BAD_LISTING, key, f"{shown(name)} does not end in {either(endings)}.")
        elif name in listed[:at]:
            entries.complain(codes.BAD_LISTING, key, f"{shown(name)} is listed twice.", "Keep one of the two.")
    return listed


def _headlines(entries: Entries) -> tuple[str, ...]:
    listed = entries.texts_of("headlines")
    for name in listed:
        if Term.parse(name) is None:
            entries.complain(codes.WRONG_ENTRY, "headlines", f"{shown(name)} is no term.", "Write in_force or in_force(FRA).")
    return listed


def _sources(entries: Entries) -> dict[str, Source]:
    found: dict[str, Source] = {}
    tables = entries.table_of("sources")
    for name in tables:
        if SOURCE_ID.fullmatch(name) is None:
            hint = "Use small letters, digits, point and hyphen, at most 64, and a letter or digit first."
            entries.complain(codes.BAD_SOURCE_ID, "sources", f"{shown(name)} cannot be a source id.", hint)
            continue
        below = Entries(text=entries.text, values=tables, path=("sources",), problems=entries.problems)
        table = Entries(text=entries.text, values=below.table_of(name), path=("sources", name), problems=entries.problems)
        found[name] = _source(name, table)
    return found


def _source(name: str, entries: Entries) -> Source:
    entries.only(SOURCE_ENTRIES)
    entries.need("kind", "Write report, document or page.")
    entries.need("title", "Give the source its title.")
    language, date = _language(entries), entries.text_of("date")
    if date and read_civil(date, "UTC") is None:
        entries.complain(codes.BAD_DATE, "date", f"{shown(date)} is no date.", _DATES)
    return Source(
        id=name,
        kind=_kind(entries),
        title=entries.text_of("title"),
        publisher=entries.text_of("publisher"),
        date=date,
        url=_matching(entries, "url", _URL, codes.BAD_URL, "Write the address from https:// on."),
        sha256=_matching(entries, "sha256", _SHA256, codes.BAD_HASH, "Write the 64 small hexadecimal digits that `sha256sum` prints."),
        paragraphs=entries.whole_of("paragraphs"),
        series=entries.text_of("series"),
        language=language,
        note=entries.text_of("note"),
    )


def _kind(entries: Entries) -> SourceKind:
    word = entries.text_of("kind")
    kinds = [kind.value for kind in SourceKind]
    if word in kinds:
        return SourceKind(word)
    if word:
        entries.complain(codes.UNKNOWN_WORD, "kind", f"`kind` cannot be {shown(word)}.", near_or(word, kinds, f"It is {either(kinds)}."))
    return SourceKind.PAGE


def _matching(entries: Entries, key: str, pattern: re.Pattern[str], code: Code, hint: str) -> str:
    value = entries.text_of(key)
    if value and pattern.fullmatch(value) is None:
        entries.complain(code, key, f"{shown(value)} cannot be the `{key}` of a source.", hint)
    return value
