"""Fuzzing the language, for some seconds here and for ten minutes each in `make soak-language`."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
from collections import Counter
from importlib.util import find_spec
from math import inf
from pathlib import Path
from random import Random
from time import monotonic, time_ns

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from tests.language.judge import judge
from tests.language.sentences import changed, fenced, sentence, soup, swollen

ROOT = Path(__file__).parents[2]
SECONDS = float(os.environ.get("AVAL_FUZZ_SECONDS", "15"))
"""How long each of the two fuzzers may take."""
AT_ONCE = 100
"""How many texts one run of hypothesis makes; its own time has no bound."""
LONG = {"changed": changed, "swollen": swollen}
"""Kinds of texts that take more choices than hypothesis can make simpler again."""
KINDS = {"sentence": sentence, "soup": soup, **LONG}
ONE_IN = 40
"""One of so many texts is swollen."""


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, str]:
    kind = "swollen" if draw(st.integers(1, ONE_IN)) == ONE_IN else draw(st.sampled_from(["sentence", "soup", "changed"]))
    return kind, KINDS[kind](draw(st.randoms(use_true_random=kind in LONG)))


def test_no_text_breaks_the_language() -> None:
    """Sentences of the grammar, soups of its words, changed documents: only problems, in no time, and a layout that changes nothing."""
    tried: Counter[str] = Counter()
    end = monotonic() + SECONDS
    wanted = settings(max_examples=AT_ONCE, deadline=None, database=None, suppress_health_check=list(HealthCheck))

    @wanted
    @given(texts())
    def one(text: tuple[str, str]) -> None:
        nonlocal end
        if monotonic() < end:
            try:
                tried[text[0] if judge(text[1]) else f"{text[0]}, sound"] += 1
            except Exception:
                end = inf  # hypothesis now looks for a simpler text that fails too, and may take its time
                raise

    begun = time_ns()
    while monotonic() < end:
        begun += 1
        seed(begun)(one)()
    print(f"\nhypothesis: {sum(tried.values())} texts in {SECONDS:.0f} s: {dict(sorted(tried.items()))}")
    assert {"sentence", "soup", "changed"} <= {kind.removesuffix(", sound") for kind in tried}


@pytest.mark.skipif(
    find_spec("atheris") is None and not ("AVAL_CI" in os.environ and (sys.platform, platform.machine()) == ("linux", "x86_64")),
    reason="atheris is not installed; it has wheels for Linux on x86-64 only",
)
def test_no_text_that_coverage_leads_to_breaks_the_language(tmp_path: Path) -> None:
    """The same, where each text is made from those before that came to new lines of the code."""
    command = [sys.executable, "-m", "tests.language.with_coverage", str(tmp_path / "corpus")]
    options = [f"-max_total_time={SECONDS:.0f}", f"-artifact_prefix={tmp_path}/failed-"]
    paths = os.pathsep.join((str(ROOT / "src"), str(ROOT), os.environ.get("PYTHONPATH", "")))
    ran = subprocess.run(
        [*command, *options],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        check=False,
        timeout=20 * SECONDS + 300,
    )
    said = ran.stderr.decode("utf-8", "replace")
    failed = [path.read_bytes() for path in tmp_path.glob("failed-*")]
    assert (ran.returncode, failed) == (0, []), said[-4000:]
    done = re.search(r"Done (\d+) runs in (\d+) second", said)
    assert done is not None, said[-4000:]
    new = re.search(r"new_units_added: +(\d+)", said)
    print(f"\natheris: {done[1]} texts in {done[2]} s, {new[1] if new else '?'} of them led to new code")
    assert int(done[1]) > 1


def test_the_judge_sees_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fuzzer that cannot fail shows nothing."""
    monkeypatch.setattr("tests.language.judge.MOST", 0)
    with pytest.raises(AssertionError, match="characters took"):
        judge("x")


def test_some_sentences_of_the_grammar_are_sound() -> None:
    """Most have a name of the wrong kind; what of the grammar is never sound would be fuzzed no further than the parser."""
    texts = [sentence(Random(number)) for number in range(300)]
    told = [{problem.code.code for problem in judge(text)} for text in texts]
    assert sum(not codes & {"AV201", "AV202", "AV204", "AV208", "AV219", "AV220"} for codes in told) > len(texts) // 2
    assert judge(fenced("agreement x event e")) == ()
