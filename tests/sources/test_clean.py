"""From originals to the text that is read: the same everywhere, and nothing hostile gets in or takes room."""

from __future__ import annotations

import gzip
import hashlib
import io
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from aval.evidence.sources.clean import MOST_BYTES, Clean, Media, clean
from aval.model.problem import Problem
from tests.cli.run import environ
from tests.ledger.cases import bytes_of, make, row

CANARY = "CANARY-52.5200N"


def read(data: bytes, name: str = "a.txt", encoding: str = "") -> Clean:
    found = clean(data, name, encoding)
    assert isinstance(found, Clean)
    return found


def refused(data: bytes, name: str = "a.txt", encoding: str = "") -> str:
    found = clean(data, name, encoding)
    assert isinstance(found, Problem)
    return found.code.code


def test_a_paragraph_is_a_line_that_has_something() -> None:
    found = read("\ufeff Erste\u00a0Zeile \r\n\r\n\tzweite   Zeile\rdritte\u2028vierte\n \n".encode())
    assert found.paragraphs == ["Erste Zeile", "zweite Zeile", "dritte", "vierte"]


def test_letters_are_composed_and_hidden_ones_left_out() -> None:
    found = read("a\u0308b\u202ec\u200bd\u00ade\x1b[2J".encode())
    assert (found.text, found.hidden) == ("äbcde[2J", 4)


def test_of_a_page_its_text_is_left_and_nothing_else() -> None:
    page = f"""<!DOCTYPE html><html><head><title>{CANARY}</title><meta name="author" content="{CANARY}"></head>
    <body><!-- {CANARY} --><script>var a = "{CANARY}";</script><style>{CANARY}</style>
    <h1>Ein   Titel</h1><p>Erster <b>Satz</b>,
    zweiter &amp; dritter.<br>Neue Zeile</p><img alt="{CANARY}" src="x"><![if IE]>da<svg><text>{CANARY}</text></svg>
    <noscript>{CANARY}</noscript>
    <ul><li>eins<li>zwei</ul><a href="{CANARY}">ein Verweis</a></body></html>"""
    found = read(page.encode(), "page.html")
    assert found.media is Media.HTML
    assert CANARY not in found.text
    assert found.paragraphs == ["Ein Titel", "Erster Satz, zweiter & dritter.", "Neue Zeile", "da", "eins", "zwei", "ein Verweis"]


def test_markdown_stays_as_it_is_written() -> None:
    assert read(b"# A *title*\n\n- one", "a.md").paragraphs == ["# A *title*", "- one"]


def test_an_encoding_is_told_and_never_guessed() -> None:
    data = "Köln, Düsseldorf".encode("windows-1252")
    assert refused(data) == "AV471"
    assert read(data, encoding="windows-1252").text == "Köln, Düsseldorf"
    assert read("Київ".encode("utf-16")).text == "Київ"
    assert refused(b"\xff\xfea\xd8", "a.txt") == "AV471"


def bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", bytes(20_000_000))
    return made.getvalue()


HOSTILE = {
    "zip bomb": (bomb(), "AV470"),
    "gzip bomb": (gzip.compress(bytes(20_000_000)), "AV470"),
    "pdf": (b"%PDF-1.7\n/Author (x)", "AV470"),
    "office": (b"\xd0\xcf\x11\xe0" + bytes(100), "AV470"),
    "picture": (b"\x89PNG\r\n", "AV470"),
    "binary": (bytes(range(256)) * 10, "AV470"),
    "one long line": (b"a" * (MOST_BYTES - 1), "AV472"),
    "too large": (b"a\n" * MOST_BYTES, "AV472"),
    "too many tags": (b"<html>" + b"<p>" * 400_001, "AV472"),
    "marks on one letter": (("a" + "\u0300\u0316" * 100_000).encode(), "AV470"),
    "overlong utf-8": (b"\xc0\xaf", "AV471"),
    "half a character": (b"\xed\xa0\x80", "AV471"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_text_is_refused(name: str) -> None:
    data, code = HOSTILE[name]
    assert refused(data) == code


@pytest.mark.parametrize("piece", ["<a ", "<!--", "<", "</", "<![", "<?", "&", "<a b='", "<script>", "<a b", "<p>", "<svg><svg>", "&#"])
def test_no_page_takes_long(piece: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    clean(b"<html>" + piece.encode() * (500_000 // len(piece)), "a.html")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_utime - before < 5


@pytest.mark.parametrize(
    "kind",
    [
        "b'ab\\n' * 20_000_000",
        "b'a' * 60_000_000",
        "'\\U0001f600ab\\n'.encode() * 1_190_000",
        "b'<html>' + b'abcdefghijklmno<p>' * 399_000",
    ],
)
def test_a_large_file_takes_little_room_and_leaves_nothing(tmp_path: Path, kind: str) -> None:
    case = make(tmp_path / "case", row("a"))
    before = bytes_of(case)
    file = tmp_path / "huge.txt"
    measure = (
        "import resource, subprocess, sys\n"
        f"subprocess.run([sys.executable, '-m', 'aval', 'source', 'add', {str(case)!r}, {str(file)!r}], check=False)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
    )
    subprocess.run([sys.executable, "-c", f"import pathlib; pathlib.Path({str(file)!r}).write_bytes({kind})"], check=True)
    done = subprocess.run([sys.executable, "-c", measure], env=environ(), capture_output=True, text=True, check=True)
    assert int(done.stdout.split()[-1]) < 200 * 1024
    assert "AV47" in done.stderr
    assert bytes_of(case) == before


@given(some.binary(max_size=400), some.sampled_from(["a.txt", "a.html", "a.md"]), some.sampled_from(["", "windows-1252", "utf-16"]))
def test_any_bytes_give_a_text_or_a_problem_and_the_same_again(data: bytes, name: str, encoding: str) -> None:
    found = clean(data, name, encoding)
    assert found == clean(data, name, encoding)
    if isinstance(found, Clean):
        again = clean(found.text.encode(), "a.txt")
        if isinstance(again, Clean) and found.media is not Media.HTML:
            assert again.text == found.text
        assert all(line and line == line.strip() for line in found.paragraphs)


def test_the_same_text_comes_out_of_this_and_every_later_version() -> None:
    found = read("<html><p>Übung &mdash; a\u0308 <br>b".encode(), "a.html")
    assert hashlib.sha256(found.text.encode()).hexdigest() == "9ffb6faa33138313993295fe097469d55a8f297268edd22aa1246aaf19db60e8"
