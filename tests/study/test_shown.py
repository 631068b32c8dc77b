"""A comparison as people and programs see it."""

from __future__ import annotations

import json
from pathlib import Path

from jsonschema import Draft202012Validator

from aval.render.compare import comparison_document, comparison_html, comparison_lines
from aval.render.json import schema_of
from aval.render.page import Page
from tests.cli.run import ROOT, aval
from tests.study.drafts import PACT, compared, edited

DRAFT, FINAL = (f"cases/paris/drafts/declaration-{name}.md" for name in ("draft", "final"))
TEXT = edited("when attack(g)", "when attack(g) if major", edited("within 48 hours", "within 24 hours"))


def test_the_document_keeps_its_schema_and_every_field_is_documented(tmp_path: Path) -> None:
    made = comparison_document(compared(tmp_path, PACT, TEXT, tries=80).comparison)
    schema = schema_of("aval.compare/1")
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(made)
    assert made["splits"]
    assert list(made)[:2] == ["schema", "differs"]
    page = (ROOT / "docs" / "answers.md").read_text("utf-8")
    parts = [schema, *schema["$defs"].values()]
    assert [name for part in parts for name in part["properties"] if f"| `{name}` |" not in page] == []
    assert all(part["required"] == list(part["properties"]) and part["additionalProperties"] is False for part in parts)


def test_lines_fit_the_page_and_plain_ones_are_ascii(tmp_path: Path) -> None:
    found = compared(tmp_path, PACT, TEXT, tries=80).comparison
    for width, plain in ((60, True), (80, False), (120, True)):
        lines = [made.plain for made in comparison_lines(Page(width=width, plain=plain, everything=True), found)]
        assert [one for one in lines if len(one) > width] == []
        assert not plain or all(one.isascii() for one in lines)
    assert "BOTH" in "\n".join(lines)


def test_what_a_text_says_cannot_steer_a_screen(tmp_path: Path) -> None:
    text = PACT.replace('"g is to help"', '"g is to <b>help</b>"').replace("before.md", "")
    found = compared(tmp_path, PACT, text).comparison
    assert "<b>" not in comparison_html(found)


def test_the_command_shows_the_point_of_paris() -> None:
    done = aval("compare", DRAFT, FINAL, COLUMNS="80")
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 removed, 1 changed without being clearly weaker or stronger." in done.stdout
    assert "duty support the force if it is attacked" in done.stdout
    assert "before ! owed · after not in this text" in done.stdout


def test_exit_codes(tmp_path: Path) -> None:
    paths = [tmp_path / "before.md", tmp_path / "after.md"]
    for path, text in zip(paths, (PACT, TEXT), strict=True):
        path.write_text(text, "utf-8")
    before, after = map(str, paths)
    assert aval("compare", before, after, "--tries", "0").returncode == 0
    assert aval("compare", before, after, "--tries", "0", "--exit-code").returncode == 1
    assert aval("compare", before, before, "--exit-code").returncode == 0
    assert aval("compare", before).returncode == 2
    done = aval("compare", before, str(tmp_path / "gone.md"), "--json")
    assert done.returncode == 3
    assert json.loads(done.stderr)["schema"] == "aval.problems/1"
    done = aval("compare", before, "README.md")
    assert (done.returncode, "AV617" in done.stderr) == (3, True)


def test_json_on_stdout() -> None:
    made = json.loads(aval("compare", DRAFT, FINAL, "--json").stdout)
    Draft202012Validator(schema_of("aval.compare/1")).validate(made)
    assert [one["verdict"] for one in made["differences"]] == ["changed", "removed"]
