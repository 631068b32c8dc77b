"""`aval source` and `aval redact`: originals are kept as they are, every quote is looked for, names and originals go visibly."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
from pathlib import Path
from unittest.mock import patch

import pytest
from jsonschema import Draft202012Validator

import aval
from aval.evidence.sources.concealed import Opening
from aval.evidence.sources.vault import Vault
from aval.model.problem import AvalError
from aval.render.json import schema_of
from aval.workspace.recording import export
from aval.workspace.sourcing import add_source, check_sources, conceal_text, redact, reveal
from tests.cli.run import ROOT
from tests.drafts.inside import run
from tests.ledger.cases import MANIFEST, bytes_of, make, row, take
from tests.sources.cases import PAPER, quote, quoting

REPORTS = Path(ROOT).parent / "shared" / "sources"
HASHED = MANIFEST + f'sha256 = "{hashlib.sha256(PAPER.encode()).hexdigest()}"\n'


def codes(case: Path) -> list[str]:
    return sorted(one.code.code for one in check_sources(case)[1])


def wrong(error: pytest.ExceptionInfo[AvalError]) -> str:
    return error.value.problems[0].code.code


def test_the_original_is_kept_byte_for_byte_for_its_owner_alone(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbfA truce begins\r\n"
    case = quoting(tmp_path, row("a"))
    found = add_source(case, data, "x.txt", source="paper")
    kept = case / ".aval" / "sources" / f"sha256-{hashlib.sha256(data).hexdigest()}"
    assert kept.read_bytes() == data
    assert found.original == hashlib.sha256(data).hexdigest()
    assert found.cleaned == hashlib.sha256(b"A truce begins").hexdigest()
    assert {stat.S_IMODE(one.stat().st_mode) for one in kept.parent.iterdir()} == {0o600}
    assert (kept.parent / ".gitignore").read_text("utf-8") == "*\n"


def test_each_anchor_is_told(tmp_path: Path) -> None:
    rows = [
        quote("found", "said an envoy", 2),
        quote("moved", "said an envoy", 3),
        quote("beyond", "said an envoy", 9),
        quote("missing", "said nobody", 2),
        quote("twice", "truce", 3),
        quote("anywhere", "Nobody said when"),
    ]
    case = quoting(tmp_path, *rows)
    add_source(case, PAPER.encode(), "x.txt", source="paper")
    found, problems = check_sources(case)
    verdicts = {one.of: one.verdict for one in found.anchors}
    assert verdicts == {
        "found": "found", "moved": "moved", "beyond": "moved", "missing": "missing", "twice": "ambiguous", "anywhere": "found",
        "truce_begins": "found",
    }  # fmt: skip
    assert sorted(one.code.code for one in problems) == ["AV475", "AV476", "AV476", "AV477"]
    assert {one.span.line for one in problems} == {2, 3, 4, 5}
    assert not found.sound
    moved = next(one for one in problems if one.code.code == "AV476")
    assert moved.hint == "It stands in paragraph 2."


def test_selectors_are_those_of_the_web_annotation_model(tmp_path: Path) -> None:
    case = quoting(tmp_path, quote("a", "said an envoy", 2))
    add_source(case, PAPER.encode(), "x.txt", source="paper")
    found, _ = check_sources(case)
    exact, place = next(one.selectors for one in found.anchors if one.of == "a")
    text = Vault(case).text("paper")
    assert text is not None
    assert exact == {
        "type": "TextQuoteSelector",
        "exact": "said an envoy",
        "prefix": "itle\nA truce begins on Tuesday, ",
        "suffix": exact["suffix"],
    }
    assert str(exact["suffix"]).startswith(".\nA truce is a truce.")
    assert text.text[int(place["start"]) : int(place["end"])] == "said an envoy"


def test_what_stood_around_a_quote_tells_it_apart_later(tmp_path: Path) -> None:
    case = quoting(tmp_path, quote("a", "the envoy", 2))
    add_source(case, b"x\nA truce begins. On Tuesday the envoy spoke.", "x.txt", source="paper")
    assert codes(case) == []
    add_source(case, b"x\nLong before the envoy had gone. A truce begins. On Tuesday the envoy spoke.", "x.txt", source="paper")
    assert codes(case) == ["AV477"]
    other = quoting(tmp_path / "b", quote("a", "the envoy", 2))
    around = "A truce begins, as all had long expected. On Tuesday, the envoy spoke and then he left for home again."
    add_source(other, f"x\n{around}".encode(), "x.txt", source="paper")
    assert codes(other) == []
    add_source(other, f"x\nBefore that the envoy had gone. {around}".encode(), "x.txt", source="paper")
    found, problems = check_sources(other)
    assert problems == ()
    assert next(one for one in found.anchors if one.of == "a").verdict == "found"


def test_a_case_without_originals_says_which_to_add(tmp_path: Path) -> None:
    case = quoting(tmp_path, quote("a", "said an envoy", 2), manifest=HASHED)
    found, (problem,) = check_sources(case)
    assert problem.code.code == "AV478"
    assert hashlib.sha256(PAPER.encode()).hexdigest() in problem.hint
    assert '"A paper"' in problem.hint
    assert found.waiting[0].anchors == 2
    assert found.sound
    add_source(case, PAPER.encode(), "x.txt")
    assert codes(case) == []


@pytest.mark.parametrize(
    ("named", "data", "code"),
    [("", b"other", "AV473"), ("papers", b"other", "AV473"), ("paper", b"other", "AV474"), ("paper", b"\0", "AV470")],
)
def test_what_is_not_the_original_is_refused(tmp_path: Path, named: str, data: bytes, code: str) -> None:
    case = quoting(tmp_path, row("a"), manifest=HASHED)
    before = bytes_of(case)
    with pytest.raises(AvalError) as error:
        add_source(case, data, "x.txt", source=named)
    assert wrong(error) == code
    assert bytes_of(case) == before


@pytest.mark.parametrize("what", ["original", "index", "link"])
def test_what_somebody_changed_is_told(tmp_path: Path, what: str) -> None:
    case = quoting(tmp_path, row("a"))
    added = add_source(case, PAPER.encode(), "x.txt", source="paper")
    folder = case / ".aval" / "sources"
    if what == "original":
        (folder / f"sha256-{added.original}").write_bytes(PAPER.replace("Tuesday", "Thursday").encode())
    elif what == "index":
        (folder / "index.json").write_text('{"paper": {"original": "../../etc/passwd"}}', "utf-8")
    else:
        shutil.move(folder, tmp_path / "elsewhere")
        folder.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(AvalError) as error:
        check_sources(case)
    assert wrong(error) == "AV479"


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    case = quoting(tmp_path / "case", row("a"))
    (tmp_path / "out").mkdir()
    (case / ".aval").mkdir()
    (case / ".aval" / "sources").symlink_to(tmp_path / "out")
    with pytest.raises(AvalError) as error:
        add_source(case, PAPER.encode(), "x.txt", source="paper")
    assert wrong(error) in ("AV479", "AV482")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    case = quoting(tmp_path, row("a"))
    with patch("aval.evidence.private.os.fsync", side_effect=OSError(28, "No space left on device")), pytest.raises(AvalError) as error:
        add_source(case, PAPER.encode(), "x.txt", source="paper")
    assert wrong(error) == "AV482"
    assert not [path for path in bytes_of(case) if path.startswith(".aval")]


def test_another_original_takes_the_place_of_the_first(tmp_path: Path) -> None:
    case = quoting(tmp_path, row("a"))
    first = add_source(case, b"A truce begins. One.", "x.Zacharias Quill", source="paper")
    add_source(case, b"A truce begins. Two.", "x", source="paper")
    assert first.original not in "".join(bytes_of(case))
    redact(case, "paper", by="FRA", why="")
    assert b"A truce begins. " not in b"".join(data for name, data in bytes_of(case).items() if name.startswith(".aval"))


@pytest.mark.parametrize("what", ["fifo", "folder", "nothing", "device"])
def test_nothing_but_a_file_is_read(tmp_path: Path, what: str) -> None:
    case = quoting(tmp_path / "case", row("a"))
    place = Path("/dev/zero") if what == "device" else tmp_path / "x"
    if what == "fifo":
        os.mkfifo(place)
    elif what == "folder":
        place.mkdir()
    before = bytes_of(case)
    done = run("source", "add", str(case), str(place), "--as", "paper")
    assert (done.code, b"AV1" in done.err) == (3, True)
    assert bytes_of(case) == before


def test_names_cannot_be_tried_out(tmp_path: Path) -> None:
    case = make(tmp_path, row("a"))
    names = [f"Witness {number}" for number in range(10_000)]
    made = {conceal_text(case, names[77]).commitment for _ in range(3)}
    assert len(made) == 3
    tried = {Opening(salt=b"", text=name).commitment for name in names} | {Opening(salt=bytes(16), text=name).commitment for name in names}
    tried |= {"concealed:" + hashlib.sha256(name.encode()).hexdigest() for name in names}
    assert not made & tried
    assert {reveal(case, one).text for one in made} == {names[77]}
    assert {stat.S_IMODE(one.stat().st_mode) for one in (case / ".aval" / "openings").iterdir()} == {0o600}


def test_a_concealed_name_is_nowhere_and_its_redaction_everywhere(tmp_path: Path) -> None:
    name = "Zacharias Quill"
    case = make(tmp_path, row("a"))
    voice = conceal_text(case, f" {name}\n").commitment
    make(case, row("a"), row("b", voice=voice, note="b"))
    take(case)
    assert voice in str(aval.open(case).why("truce_begins"))
    assert name.encode() not in b"".join(data for path, data in bytes_of(case).items() if "openings" not in path)
    redact(case, voice, by="FRA", why="a promise")
    for shown in (str(aval.open(case).why("truce_begins")), aval.open(case).why("truce_begins").json().decode()):
        assert "redacted on 20" in shown.replace("\n", " ")
        assert "by FRA, commitment" in " ".join(shown.split())
    assert name.encode() not in b"".join(bytes_of(case).values())
    with pytest.raises(AvalError) as error:
        reveal(case, voice)
    assert wrong(error) == "AV481"
    assert "redacted on" in error.value.problems[0].hint


def test_a_redacted_original_is_gone_and_told(tmp_path: Path) -> None:
    case = quoting(tmp_path, quote("a", "said an envoy", 2))
    added = add_source(case, PAPER.encode(), "x.txt", source="paper")
    assert codes(case) == []
    with pytest.raises(AvalError) as error:
        redact(case, "papers", by="FRA", why="")
    assert wrong(error) == "AV481"
    redact(case, "paper", by="FRA", why="they asked")
    left = b"".join(data for path, data in bytes_of(case).items() if path.startswith(".aval"))
    assert b"on Tuesday" not in left
    assert codes(case) == ["AV480"]
    why = aval.open(case).why("truce_begins").json().decode()
    assert "original redacted on" in why
    assert added.original in why
    add_source(case, PAPER.encode(), "x.txt", source="paper")
    assert codes(case) == []


@pytest.mark.parametrize("line", ["{}", '{"of": 1}', "[", '{"of":"a","commitment":"b","date":"c","by":"\\u202e","why":""}'])
def test_a_forged_redaction_is_refused(tmp_path: Path, line: str) -> None:
    case = make(tmp_path, row("a"))
    (case / "redactions.jsonl").write_text(f"{line}\n", "utf-8")
    done = run("status", str(case))
    assert (done.code, b"AV479" in done.err) == (3, True)


def test_no_metadata_gets_into_any_exported_byte(tmp_path: Path) -> None:
    canary = "CANARY-GPS-48.85N-author-Quill"
    head = f"<meta name=author content='{canary}'><title>{canary}</title>"
    page = f"<html><head>{head}</head><body><!--{canary}--><p>x<p>A truce begins<img alt='{canary}'>"
    case = quoting(tmp_path / canary[:6], quote("a", "A truce begins", 2))
    add_source(case, page.encode(), f"{canary}.html", source="paper")
    take(case)
    check_sources(case)
    answers = [
        run(*words, str(case), *more) for words, more in ((["status"], ["--json"]), (["source", "check"], ["--json"]), (["log"], []))
    ]
    exported = [done.out + done.err for done in answers] + [export(case, Path("a.csv")), aval.open(case).status()._repr_html_().encode()]
    inside = [data for path, data in bytes_of(case).items() if not path.startswith(".aval/sources/sha256-") or path.endswith(".txt")]
    assert canary.encode() not in b"".join(exported + inside)


@pytest.mark.parametrize("words", [["source", "add", "CASE", "FILE", "--as", "paper"], ["source", "check", "CASE"]])
def test_the_json_is_what_its_schema_says(tmp_path: Path, words: list[str]) -> None:
    case = quoting(tmp_path, quote("a", "said an envoy", 2), quote("b", "no", 2))
    file = tmp_path / "x.txt"
    file.write_text(PAPER, "utf-8")
    if words[1] == "check":
        add_source(case, PAPER.encode(), "x.txt", source="paper")
    done = run(*(str({"CASE": case, "FILE": file}.get(word, word)) for word in words), "--json")
    made = json.loads(done.out)
    Draft202012Validator(schema_of(made["schema"])).validate(made)
    assert done.code == (1 if words[1] == "check" else 0)


def test_every_quote_of_the_paris_case_stands_in_the_two_reports(tmp_path: Path) -> None:
    reports = sorted(REPORTS.glob("*.txt")) if REPORTS.is_dir() else []
    if len(reports) != 2:
        pytest.skip("the two reports are under their publishers' copyright, and not here")
    case = Path(shutil.copytree(Path(ROOT) / "cases" / "paris", tmp_path / "paris", ignore=shutil.ignore_patterns(".aval")))
    added = [add_source(case, report.read_bytes(), report.name) for report in reports]
    assert {one.source: one.paragraphs for one in added} == {"dpa-2025-09-04": 12, "report-2026-01-06": 20}
    found, problems = check_sources(case)
    verdicts = [one.verdict for one in found.anchors]
    assert set(verdicts) == {"found", "away"}
    assert verdicts.count("found") >= 199
    assert verdicts.count("away") == sum(one.anchors for one in found.waiting)
    assert {problem.code.code for problem in problems} == {"AV478"}
    assert not {one.source for one in found.waiting} & {one.source for one in added}
