from __future__ import annotations

import re

import pytest

from aval.render.html import html
from tests.render.samples import ANSWERS, STATUS, WHY


@pytest.mark.parametrize("name", ANSWERS)
def test_a_fragment_needs_nothing_from_elsewhere(name: str) -> None:
    fragment = html(ANSWERS[name])
    assert not re.search(r"https?:|url\(|@import|<script|\son\w+=", fragment)
    assert fragment.startswith('<div class="aval">')
    assert fragment.endswith("</div>")


@pytest.mark.parametrize("name", ANSWERS)
def test_every_rule_of_the_style_is_scoped(name: str) -> None:
    style = re.search(r"<style>(.*?)</style>", html(ANSWERS[name]))
    assert style
    selectors = re.findall(r"([^{}]+)\{", style[1])
    assert all(part.strip().startswith((".aval", "@")) for selector in selectors for part in selector.split(","))


def test_a_board_in_a_notebook_says_what_the_terminal_says() -> None:
    fragment = html(STATUS)
    for words in (
        "Nothing is in force.",
        "any party&#x27;s guarantee to Ukraine is in force",
        "Refused",
        "who certifies",
        "never added up",
    ):
        assert words in fragment


def test_a_notebook_is_told_no_commands() -> None:
    assert "aval status" not in html(STATUS)


def test_an_explanation_is_a_nested_list() -> None:
    assert html(WHY).count("<ul>") >= 4


def test_light_and_dark_and_narrow_are_provided_for() -> None:
    fragment = html(STATUS)
    assert "prefers-color-scheme: dark" in fragment
    assert "@container (max-width: 640px)" in fragment


@pytest.mark.parametrize("name", ANSWERS)
def test_no_private_character_reaches_a_notebook(name: str) -> None:
    assert not re.search("[\ue000-\uf8ff]", html(ANSWERS[name]))
