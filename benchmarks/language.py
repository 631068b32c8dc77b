"""Declarations a second, beside what was asked: read and checked, and laid out. `make bench` runs it.

One-line declarations of five sorts, CPU time of this process, the median of several runs after one that warms up. "Laid out" begins with
words apart by two spaces and all declarations on one line, so that every block is laid out and proved anew.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable
from time import process_time

from aval.language.layout.blocks import format_text
from aval.language.read import read_agreements
from aval.model.case import Text

COUNT = 3000
RUNS = 7
ASKED = 9000
HEAD = 'agreement x "A sample" party FRA "France" party GBR group g is FRA, GBR event e(p: g) state a state b'
SORTS = (
    'event e{0} "something happens"',
    'event e{0}(p: g) "p does it" accepted from p',
    "state s{0} while a and b",
    "state s{0}(p: g) while a and not e(p) happened",
    "moment m{0} is 90 days after e(FRA)",
)


def declarations(first: int) -> str:
    """Give one-line declarations; `first` is the sort to begin with, `-1` for all in turn."""
    return "\n".join((SORTS[first] if first >= 0 else SORTS[number % len(SORTS)]).format(number) for number in range(COUNT))


def document(body: str) -> Text:
    """Put declarations into a document."""
    return Text(path="x.md", content=f"```aval\n{HEAD}\n{body}\n```\n")


def per_second(work: Callable[[], object]) -> float:
    """Give how many declarations a second some work does."""
    work()
    times = []
    for _ in range(RUNS):
        start = process_time()
        work()
        times.append(process_time() - start)
    return COUNT / statistics.median(times)


def main() -> int:
    """Print a line for each sort of declaration and one for all in turn; exit 1 if less was reached than asked."""
    print(f"{'one-line declarations a second':48} {'read, checked':>14} {'laid out':>14}   asked {ASKED} each; medians of {RUNS}, CPU time")
    least = float("inf")
    for sort in range(-1, len(SORTS)):
        tidy = declarations(sort)
        good, bad = document(tidy), document(tidy.replace(" ", "  ").replace("\n", "  "))
        if read_agreements([good])[1] or not format_text(bad).edits:
            raise AssertionError(SORTS[sort])
        rates = [per_second(lambda text=good: read_agreements([text])), per_second(lambda text=bad: format_text(text))]  # type: ignore[misc]
        print(f"{SORTS[sort] if sort >= 0 else 'all in turn':48} {rates[0]:14,.0f} {rates[1]:14,.0f}", flush=True)
        least = min(least, *rates)
    return 0 if least >= ASKED else 1


if __name__ == "__main__":
    sys.exit(main())
