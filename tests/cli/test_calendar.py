"""`aval calendar` as a user meets it."""

from __future__ import annotations

from pathlib import Path

import icalendar
import pytest

from tests.cli.run import PARIS, ROOT, aval

OTTAWA = str(ROOT / "cases" / "ottawa")
BREACH = f"{PARIS}/suppositions/breach-grows.md"
KNOWN = ("--known", "2026-02-28")


def test_what_falls_when_comes_with_its_reading_and_what_it_supposes() -> None:
    run = aval("calendar", PARIS, "--suppose", BREACH, *KNOWN, "--plain", COLUMNS="80")
    assert (run.returncode, run.stderr) == (0, "")
    drawn = " ".join(run.stdout.split())
    assert "supposing: ceasefire_begins on 2027-03-01;" in drawn
    assert "2027-06-13 a joint answer to a breach that has grown would follow | only on response_times=press_times" in drawn
    assert "No date is set for: monitor, support, assist and cooperate" in drawn
    assert max(map(len, run.stdout.splitlines())) <= 80


def test_a_file_is_written_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "ottawa.ics"
    run = aval("calendar", OTTAWA, *KNOWN, "--ics", str(path))
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    titles = [str(one["summary"]) for one in icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")]
    assert titles == ["the fortieth instrument is deposited", "it enters into force"]
    assert aval("calendar", OTTAWA, *KNOWN, "--ics", "-").stdout.encode() == path.read_bytes().replace(b"\r\n", b"\n")


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--ics", "dates.txt"], 2, "ends in .ics"),
        (["--party", "AAB"], 3, "no party is called"),
        (["--from", "2030-01-01", "--to", "2020-01-01"], 3, "AV604"),
        (["--that", "nothing on 2030-01-01"], 3, "AV203"),
        (["--ics", "/none/such/dates.ics"], 4, "It cannot be written"),
    ],
)
def test_what_is_wrong_is_told(arguments: list[str], code: int, says: str) -> None:
    run = aval("calendar", OTTAWA, *arguments)
    assert (run.returncode, run.stdout) == (code, "")
    assert says in " ".join(run.stderr.split())
    assert "Traceback" not in run.stderr
