"""Fuzzing that is led by coverage: `python -m tests.language.with_coverage FOLDER -max_total_time=15`. Linux on x86-64, with atheris.

The folder gets texts to begin with, and what is found on the way. libFuzzer's own options go after it. A text that fails is written to the
folder that `-artifact_prefix=` names, and the exit code is not 0.
"""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

import atheris

LOOPS = ("lalr", "tokens", "page", "tables", "layout.proof", "edits")
"""Modules that run the same few lines for every token: to watch them costs much and shows nothing."""

with atheris.instrument_imports(include=["aval.language"], exclude=[f"aval.language.{name}" for name in LOOPS]):
    from tests.language.judge import judge
    from tests.language.sentences import SHORT, WORDS, corpus, fenced


def try_one(data: bytes) -> None:
    """Judge a document that the fuzzer made: the first byte says what stands around it."""
    text = data[1:].decode("utf-8", "surrogateescape" if data[:1] > b"\xf0" else "replace")
    way = data[0] % 4 if data else 0
    judge(text if way == 0 else fenced(text, "aval-test") if way == 1 else fenced((SHORT if way == 2 else "agreement x\n") + text))


def begin(folder: Path) -> Path:
    """Write texts to begin with into a folder, and the words of the language as a dictionary beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = Random(1)
    for number, text in enumerate(corpus()):
        (folder / f"seed_{number}").write_bytes(bytes([chance.choice((2, 3))]) + text.encode("utf-8", "replace"))
    words = folder.with_name(f"{folder.name}.dict")
    escaped = ("".join(f"\\x{byte:02x}" for byte in f" {word} ".encode("utf-8", "replace")) for word in dict.fromkeys(WORDS))
    words.write_text("".join(f'"{word}"\n' for word in escaped), "utf-8")
    return words


def main() -> None:
    """Fuzz until the time is up. Ends the process."""
    folder = Path(sys.argv[1])
    words = begin(folder)
    options = [f"-dict={words}", "-max_len=4096", "-timeout=20", "-rss_limit_mb=3000", "-print_final_stats=1", "-verbosity=1"]
    atheris.Setup([sys.argv[0], str(folder), *options, *sys.argv[2:]], try_one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
