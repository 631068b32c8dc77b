"""Naughty texts in every field of a statement: refused or kept to the letter, shown safely, and the same when they come back."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import aval
from aval.evidence.hidden import find_hidden
from aval.model.problem import Incorrect, Problem
from aval.model.statement import Statement
from aval.render.text import text as page_of
from aval.workspace.ledger import Filter, log, take
from aval.workspace.recording import export, record, record_book
from tests.language.naughty import strings
from tests.ledger.cases import MANIFEST, make, row

BLNS = Path(__file__).parents[2].parent / "shared" / "vectors" / "blns" / "blns.json"
TEXTS = ("voice", "outlet", "quote", "place", "note")
LISTS = ("through", "conditions")
EXTRA = (
    *("=1+1", "+49 30", "-1", "@home", "'=x", "''", "'", '=HYPERLINK("x")', "\t=1", "=", "-", "+1e5", "1e5", "007", "1,5", "TRUE", "#N/A"),
    *(
        "2026-01-06",
        "44927",
        "01/02/2026",
        "1/2",
        "a,b",
        'say "no"',
        '"',
        '""',
        "a;b",
        ";",
        "null",
        "None",
        "{}",
        "[]",
        "\\",
        "\\u0041",
        "%s",
    ),
    *(
        "label:a",
        "sha256:00",
        "<b>x</b>",
        "[bold]x[/bold]",
        "[/]",
        "_x000D_",
        "_x0041_",
        "e\u0301",
        "\u00e9",
        "\u2126",
        "\ufb01",
        "\u0130",
        "\u200d",
    ),
    *(
        "\U0001f469\u200d\U0001f680",
        "\u0646\u0645\u06cc\u200c\u062f\u0627\u0646\u0645",
        "x" * 500,
        " padded ",
        "a  b",
        "\u00a0x\u00a0",
        "\u3000",
    ),
)


@cache
def every() -> tuple[str, ...]:
    """Our own, and the public list where it lies beside the repository; two halves that JSON would join are left out."""
    public = json.loads(BLNS.read_text("utf-8")) if BLNS.is_file() else []
    return tuple(text for text in dict.fromkeys((*EXTRA, *strings(), *public)) if json.loads(json.dumps(text)) == text)


def fields(text: str, label: str) -> dict[str, object]:
    """A statement with the text in every field that takes one."""
    told: dict[str, object] = dict.fromkeys(TEXTS, text)
    if ";" not in text:
        told |= {name: [text, "and another"] for name in LISTS}
    return row(label, **told, grade="low")


def refused(text: str) -> bool:
    """Whether the door refuses it, and by a problem that itself is fit to be seen."""
    from aval.evidence.intake import read_statements
    from aval.language.read import read_agreements
    from aval.model.case import Text
    from aval.model.source import Source, SourceKind
    from tests.ledger.cases import PACT

    agreements, _ = read_agreements([Text(path="pact.md", content=PACT)])
    sources = {"paper": Source(id="paper", kind=SourceKind.PAGE, title="A paper")}
    line = Text(path="a.jsonl", content=json.dumps(fields(text, "a")))
    found, problems = read_statements([line], agreements=agreements, sources=sources, zone="Europe/Paris")
    assert bool(found) is not bool(problems)
    assert all(fit(problem) for problem in problems), text
    return not found


def fit(problem: Problem) -> bool:
    return find_hidden(problem.message) is None and find_hidden(problem.hint) is None


@cache
def accepted() -> tuple[str, ...]:
    """The texts that are taken; of those that are read as the same one is kept."""
    found = {unicodedata.normalize("NFC", text).strip(): text for text in every() if text.strip() and not refused(text)}
    return tuple(found.values())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A recorded case in which every text that is taken stands in every field."""
    made = make(tmp_path_factory.mktemp("naughty"), *(fields(text, f"s{number}") for number, text in enumerate(accepted())))
    take(made)
    return made


def held(folder: Path) -> dict[str, Statement]:
    return {one.label: one for one in aval.open(folder).statements}


def ids(folder: Path) -> set[str]:
    return {one.id for one in held(folder).values()}


def test_there_is_enough_of_both_kinds() -> None:
    assert len(accepted()) > 100
    assert len([text for text in every() if refused(text)]) > 20


def test_what_is_taken_is_kept_to_the_letter(folder: Path) -> None:
    found = held(folder)
    for number, text in enumerate(accepted()):
        one, kept = found[f"s{number}"], unicodedata.normalize("NFC", text).strip()
        assert (one.voice.name, one.outlet, one.anchor.quote, one.place, one.note) == (kept,) * 5
        if ";" not in text:
            assert one.through == one.conditions == (kept, "and another")


def test_what_is_refused_writes_nothing(tmp_path: Path) -> None:
    folder = make(tmp_path, row("a"))
    take(folder)
    before = (folder / "statements" / "a.jsonl").read_bytes()
    for text in [text for text in every() if refused(text)][:40]:
        with pytest.raises(Incorrect):
            record(folder, [{name: value for name, value in fields(text, "b").items() if name != "label"}])
    assert (folder / "statements" / "a.jsonl").read_bytes() == before


def test_one_recorded_by_hand_is_the_one_from_a_file(folder: Path, tmp_path: Path) -> None:
    other = make(tmp_path)
    record(other, [fields(text, f"s{number}") for number, text in enumerate(accepted())])
    assert ids(other) == ids(folder)


def test_the_command_takes_them_from_flags(tmp_path: Path) -> None:
    from tests.cli.run import aval as run

    folder = make(tmp_path)
    for text in ("--note", "\u0646\u0645\u06cc\u200c\u062f\u0627\u0646\u0645 '[bold]", "a\x1b[31mb"):
        told = {**row("x"), "label": f"s{len(held(folder))}", "note": text}
        done = run("record", str(folder), *(f"--{name}={value}" for name, value in told.items()))
        assert done.returncode == (3 if "\x1b" in text else 0), done.stderr
        assert "\x1b" not in done.stdout + done.stderr
    assert len(held(folder)) == 2


def test_jsonl_written_anew_is_the_same(folder: Path, tmp_path: Path) -> None:
    lines = [json.loads(line) for line in (folder / "statements" / "a.jsonl").read_text("utf-8").split("\n") if line]
    other = make(tmp_path)
    text = "".join(json.dumps(dict(reversed(one.items())), ensure_ascii=False) + "\n" for one in lines)
    (other / "statements" / "a.jsonl").write_text(text, "utf-8")
    assert ids(other) == ids(folder)


def test_csv_gives_every_id_back_and_runs_nothing(folder: Path, tmp_path: Path) -> None:
    out = export(folder, Path("x.csv"))
    for cells in csv.reader(io.StringIO(out.decode(), newline="")):
        assert all(cell[:1] not in ("=", "@", "+", "-") or cell.lstrip("+-").replace(".", "", 1).isdecimal() for cell in cells)
    other = make(tmp_path, manifest=MANIFEST.replace("a.jsonl", "a.csv"))
    (other / "statements" / "a.csv").write_bytes(out)
    assert ids(other) == ids(folder)
    take(other)
    assert ids(other) == ids(folder)


def test_a_workbook_gives_every_id_back_and_runs_nothing(folder: Path, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    out = tmp_path / "x.xlsx"
    out.write_bytes(export(folder, out))
    book = openpyxl.load_workbook(out)
    assert all(cell.data_type != "f" for line in book.active.iter_rows() for cell in line)
    other = make(tmp_path / "other")
    record_book(other, out)
    assert ids(other) == ids(folder)


def inert(page: str) -> bool:
    return all(find_hidden(line) is None for line in page.split("\n"))


def test_every_screen_is_inert(folder: Path) -> None:
    case = aval.open(folder)
    view = {"known": "2026-02-01"}
    answers: list[Any] = [case.status(**view), case.why("truce", **view), case.blame("truce_begins", **view)]  # type: ignore[arg-type]
    for answer in answers:
        assert inert(str(answer))
        json.loads(answer.json())
        assert find_hidden(answer.json().decode().replace("\n", "")) is None
        tags: set[str] = set()
        parser = HTMLParser()
        parser.handle_starttag = lambda tag, _, tags=tags: tags.add(tag)  # type: ignore[method-assign, misc]
        parser.feed(answer._repr_html_())
        assert not tags & {"script", "b", "img", "a", "svg", "iframe", "body", "object", "embed", "video"}
    for one in (log(folder, Filter(), most=None), take(folder)[0]):
        assert inert(page_of(one))


def test_the_log_finds_each_by_its_voice(folder: Path) -> None:
    for text in accepted()[::7]:
        kept = unicodedata.normalize("NFC", text).strip()
        assert log(folder, Filter(voice=kept)).found == 1, text
