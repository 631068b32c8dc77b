from __future__ import annotations

from pathlib import Path

import pytest

from aval.evidence.decode import decode
from aval.language.edits import Edit, edited
from aval.model.case import Text
from aval.model.problem import Incorrect
from aval.workspace.writing import rewrite


def text_of(path: Path) -> Text:
    found = decode(path.read_bytes(), str(path))
    assert isinstance(found, Text)
    return found


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b"a\nbb\nccc\n", b"a\nX\nY\nccc\n"),
        (b"a\r\nbb\r\nccc\r\n", b"a\r\nX\r\nY\r\nccc\r\n"),
        (b"a\r\nbb\nccc", b"a\r\nX\nY\nccc"),
        ("ä\r\nbb\r\nß".encode(), "ä\r\nX\r\nY\r\nß".encode()),
    ],
)
def test_line_ends_and_the_byte_order_mark_stay(tmp_path: Path, mark: bytes, data: bytes, wanted: bytes) -> None:
    path = tmp_path / "x.md"
    path.write_bytes(mark + data)
    rewrite(text_of(path), [Edit(2, 4, "X\nY")])
    assert path.read_bytes() == mark + wanted


def test_rights_stay_and_nothing_is_left_behind(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_text("abc")
    path.chmod(0o640)
    rewrite(text_of(path), [Edit(0, 1, "x")])
    assert path.stat().st_mode & 0o777 == 0o640
    assert [one.name for one in tmp_path.iterdir()] == ["x.md"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_text("abc")
    link = tmp_path / "x.md"
    link.symlink_to("real.md")
    rewrite(text_of(link), [Edit(0, 1, "x")])
    assert link.is_symlink()
    assert (tmp_path / "real.md").read_text() == "xbc"


def test_a_file_that_has_changed_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_text("abc")
    text = text_of(path)
    path.write_text("other")
    with pytest.raises(Incorrect, match="AV613"):
        rewrite(text, [Edit(0, 1, "x")])
    assert path.read_text() == "other"


def test_edits_that_overlap_are_not_both_made() -> None:
    assert edited("abcdef", [Edit(3, 5, "Y"), Edit(0, 2, "X"), Edit(1, 4, "Z")]) == "XcYf"
    assert edited("abc", [Edit(1, 1, "+"), Edit(3, 3, "!")]) == "a+bc!"
