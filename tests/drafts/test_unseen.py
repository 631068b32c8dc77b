"""Non-interference (TRUST T18): with and without another party's drafts, every byte that one can get is the same. Time is not looked at."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some

from aval.cli.main import main
from aval.evidence.drafts.papers import Paper, place_of, read_papers, write_papers
from aval.workspace import draft_statements, viewer
from aval.workspace.draft_statements import draft, drop, publish
from aval.workspace.ledger import take as import_
from aval.workspace.proving import export_bundle, sign_checkpoint
from aval.workspace.recording import record
from aval.workspace.signing import add_key, new_key, sign
from tests.drafts.inside import Done, listening, run
from tests.ledger.cases import Watch, bytes_of, make, row, take, write

STATES = int(os.environ.get("AVAL_STATES", "300"))
HIDDEN = "zzz-hidden"
DUTY = """# A pact

```aval
agreement pact "A pact"
  dates run in "Europe/Paris"
party FRA "France"
party GBR "the United Kingdom"
group coalition "those who take part" is FRA and others not named
event committed(g: coalition) "g has committed itself"
event truce_begins "a truce begins"
event truce_ends "a truce ends"
state truce "a truce holds"
  from truce_begins
  until truce_ends
```
"""
Rows = Sequence[Mapping[str, object]]

labels = some.sampled_from(["a", "b", "c", "d", HIDDEN])
terms: some.SearchStrategy[dict[str, str]] = some.one_of(
    some.fixed_dictionaries({"term": some.sampled_from(["truce_begins", "truce_ends", "committed(FRA)", "committed(GBR)"])}),
    some.just({"term": "coalition(GBR)", "says": "member", "when": ""}),
)
days = some.sampled_from(["2026-01-02", "2026-01-06", "2026-01-20"])


@some.composite
def rows(drawn: some.DrawFn, most: int) -> list[dict[str, object]]:
    """Some statements with different labels."""
    names = drawn(some.lists(labels, max_size=most, unique=True))
    return [one_row(drawn, name) for name in names]


def one_row(drawn: some.DrawFn, name: str) -> dict[str, object]:
    day = drawn(days)
    changes: dict[str, Any] = {"when": day, "said": day, "polarity": drawn(some.sampled_from(["yes", "no"])), "note": name}
    changes |= {"voice": drawn(some.sampled_from(["A reporter", "An envoy", HIDDEN])), **drawn(terms)}
    return {key: value for key, value in row(name, **changes).items() if value != ""}


@some.composite
def drafts_of_another(drawn: some.DrawFn) -> list[dict[str, object]]:
    """Drafts of which some do not fit, and some take back what is public, or what is not there."""
    found = drawn(rows(3))
    for one in found:
        spoil: dict[str, object] = drawn(
            some.sampled_from([{}, {}, {"term": HIDDEN}, {"source": HIDDEN}, {"withdraws": ["label:a"]}, {"withdraws": ["label:no"]}])
        )
        one.update(spoil)
    return [*found, one_row(drawn, "always")]


COMMANDS: Sequence[tuple[str, ...]] = [
    ("status", "CASE"),
    ("status", "CASE", "--json", "--all"),
    ("status", "CASE", "--known", HIDDEN),
    ("why", "CASE", "truce"),
    ("why", "CASE", "truce", "--json"),
    ("why", "CASE", "committed(GBR)", "--alleged"),
    ("why", "CASE", "hidden"),
    ("why", "CASE", "coalition(GBR)"),
    ("blame", "CASE", "truce"),
    ("blame", "CASE", "truce", "--json"),
    ("owed", "CASE", "--json"),
    ("changed", "CASE", "--from", "2026-01-01", "--to", "2026-01-21"),
    ("diverge", "CASE"),
    ("suppose", "CASE", "--that", "truce_ends on 2026-01-21"),
    ("suppose", "CASE", "--that", f"without {HIDDEN}", "--json"),
    ("calendar", "CASE"),
    ("calendar", "CASE", "--ics", "-"),
    ("say", "CASE"),
    ("log", "CASE", "--all"),
    ("log", "CASE", "--json", "--label", HIDDEN),
    ("check", "CASE"),
    ("check", "CASE", "--json"),
    ("test", "CASE"),
    ("export", "CASE", "--csv", "-"),
    ("source", "check", "CASE"),
    ("source", "check", "CASE", "--json"),
    ("source", "reveal", "CASE", "concealed:" + "0" * 64),
    ("redact", "CASE", "paper", "--by", "FRA", "--yes"),
    ("status", "CASE", "--recorded", "2026-01-01"),
    ("unlock", "CASE", "truce"),
    ("key", "list", "CASE"),
    ("checkpoint", "CASE"),
    ("draft", "list", "CASE"),
    ("draft", "list", "CASE", "--json"),
    ("draft", "drop", "CASE", HIDDEN + "-"),
    ("draft", "publish", "CASE", HIDDEN + "-"),
]
KNOWN = {"status", "why", "unlock", "blame", "owed", "diverge", "suppose", "calendar"}
LOOKS = {*KNOWN, "changed", "draft"}
ELSEWHERE = {
    "import": "below, under a clock of its own",
    "record": "below, under a clock of its own",
    **dict.fromkeys(("sign", "witness", "verify"), "reads a ledger or a bundle alone, in which no draft is: below"),
    **dict.fromkeys(("backup", "restore", "move", "upgrade"), "copies a ledger alone, in which no draft is: below"),
    **dict.fromkeys(("demo", "compare", "new", "explain", "format", "schema", "completion"), "asks no record of a case"),
}


def ask(case: Path, command: Sequence[str], viewer: str) -> Done:
    """Run a command as a party, or as the public."""
    words = [str(case) if word == "CASE" else word for word in command]
    words += ["--known", "2026-01-31"] if command[0] in KNOWN and "--known" not in command else []
    words += ["--viewer", viewer] if command[0] in LOOKS else []
    return run(*words, AVAL_VIEWER="")


def put(case: Path, party: str, found: Rows) -> None:
    """Write drafts as they stand, fit or not."""
    place_of(case, party).parent.mkdir(parents=True, exist_ok=True)
    write_papers(case, party, [Paper(drafted=number, fields=one) for number, one in enumerate(found, 1)])


def test_every_command_is_asked() -> None:
    assert {command[0] for command in COMMANDS} | ELSEWHERE.keys() >= set(main.commands)


@given(
    public=rows(4),
    mine=rows(2),
    theirs=drafts_of_another(),
    recorded=some.booleans(),
    viewer=some.sampled_from(["", "FRA"]),
    asked=some.lists(some.sampled_from(COMMANDS), min_size=3, max_size=3, unique=True),
)
@settings(
    max_examples=STATES,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_what_another_party_drafts_changes_no_byte(
    tmp_path: Path, public: Rows, mine: Rows, theirs: Rows, *, recorded: bool, viewer: str, asked: Sequence[Sequence[str]]
) -> None:
    shutil.rmtree(tmp_path / "case", ignore_errors=True)
    case = make(tmp_path / "case", *public, pact=DUTY)
    if recorded:
        take(case)
    put(case, "FRA", mine)
    without = [ask(case, command, viewer) for command in asked]
    put(case, "GBR", theirs)
    with listening() as opened:
        beside = [ask(case, command, viewer) for command in asked]
    assert beside == without
    assert "GBR.jsonl" not in opened
    assert all(one.code != 70 for one in beside)


def rich(folder: Path) -> Path:
    """A case in which a leak would show: a ledger, own drafts, and another's that say more."""
    case = make(folder, row("a"), pact=DUTY)
    take(case)
    put(case, "FRA", [row("mine", term="committed(FRA)")])
    return case


THEIRS = [
    row(HIDDEN, term="truce_ends", when="2026-01-20", said="2026-01-20", voice=HIDDEN),
    {key: value for key, value in row("m", says="member", term="coalition(GBR)").items() if key != "when"},
]


@pytest.mark.parametrize("viewer", ["", "FRA"])
def test_no_command_shows_anothers_drafts(tmp_path: Path, viewer: str) -> None:
    case = rich(tmp_path)
    without = [ask(case, command, viewer) for command in COMMANDS]
    put(case, "GBR", THEIRS)
    assert [ask(case, command, viewer) for command in COMMANDS] == without


def test_the_test_would_see_a_leak(tmp_path: Path) -> None:
    case = rich(tmp_path)
    without = [ask(case, command, "FRA") for command in COMMANDS]
    put(case, "GBR", THEIRS)

    def leaking(folder: Path, party: str) -> tuple[Paper, ...]:
        return (*read_papers(folder, party), *(read_papers(folder, "GBR") if party == "FRA" else ()))

    with patch.object(draft_statements, "read_papers", leaking), patch.object(viewer, "read_papers", leaking):
        beside = [ask(case, command, "FRA") for command in COMMANDS]
    differing = {command[0] for command, one, other in zip(COMMANDS, without, beside, strict=True) if one != other}
    assert differing >= {"status", "why", "blame", "changed", "draft"}


def test_its_own_party_sees_it(tmp_path: Path) -> None:
    case = rich(tmp_path)
    put(case, "GBR", THEIRS)
    assert HIDDEN.encode() in ask(case, ("why", "CASE", "truce"), "GBR").out
    assert b"seen by GBR" in ask(case, ("why", "CASE", "truce"), "GBR").out
    assert b'"viewer": "GBR"' in ask(case, ("status", "CASE", "--json"), "GBR").out
    assert HIDDEN.encode() in ask(case, ("draft", "list", "CASE"), "GBR").out


def written(folder: Path, key: Path, *, theirs: bool) -> dict[str, bytes]:
    """Let others write beside drafts; give every byte of the case but the drafts of that party, with the instants of one clock."""
    shutil.rmtree(folder, ignore_errors=True)
    case = make(folder, row("a"), pact=DUTY)
    if theirs:
        put(case, "GBR", THEIRS)
    watch = Watch()
    import_(case, watch)
    record(case, [row(HIDDEN, note="of another label space")], now=watch)
    draft(case, "FRA", row("m", note="mine"), watch)
    draft(case, "FRA", row("n", note="mine too"), watch)
    drop(case, "FRA", "n")
    publish(case, "FRA", "m", now=watch)
    write(case, row("a", note="edited"))
    import_(case, watch)
    add_key(case, key, now=watch)
    sign(case, key, ["a"], now=watch)
    sign_checkpoint(case, key, now=watch)
    shutil.rmtree(folder.parent / "bundle", ignore_errors=True)
    export_bundle(case, folder.parent / "bundle")
    shown = {name: data for name, data in bytes_of(case).items() if "GBR" not in name and "sqlite" not in name}
    bundle = {f"bundle/{name}": data for name, data in bytes_of(folder.parent / "bundle").items()}
    return shown | bundle | {"log": ask(case, ("log", "CASE", "--json"), "").out}


def test_what_others_write_beside_drafts_is_the_same(tmp_path: Path) -> None:
    new_key("FRA", tmp_path / "key")
    beside = written(tmp_path / "case", tmp_path / "key", theirs=True)
    assert beside == written(tmp_path / "case", tmp_path / "key", theirs=False)
    assert len([name for name in beside if name.startswith("bundle")]) > 3


def test_a_backup_and_what_is_restored_of_it_hold_no_draft(tmp_path: Path) -> None:
    case = make(tmp_path / "case", row("a"), pact=DUTY)
    import_(case, Watch())
    put(case, "GBR", [row("kept", note="canary")])
    assert run("backup", str(case), str(tmp_path / "kept")).code == 0
    restored = make(tmp_path / "restored", row("a"), pact=DUTY)
    assert run("restore", str(tmp_path / "kept"), str(restored)).code == 0
    assert b"canary" not in (tmp_path / "kept").read_bytes()
    assert not [name for name, data in bytes_of(restored).items() if b"canary" in data]
    assert [name for name, data in bytes_of(case).items() if b"canary" in data] == [place_of(case, "GBR").relative_to(case).as_posix()]
