"""The sets of `unlock` are those of brute force, on generated agreements: all of them, and no others."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aval.engine.relaxed import Act, Sort
from aval.model.problem import AvalError
from aval.model.term import Term
from tests.answers.unlocked import asked, brute, parties, sets_of
from tests.engine.support import agreements, inquiry

CODES = ("AAA", "BBB", "CCC")
HEAD = parties(*CODES) + (
    "event sign(p: ps)\n  accepted from p\n  legal act\n  constitutive\n"
    "event go\n  constitutive\n  legal act\n"
    'quantity w(p: ps) "w" in votes\n'
)
ROWS = [
    {"says": "amount", "term": f"w({code})", "low": weight, "high": weight, "unit": "votes", "said": "2025-01-01"}
    for code, weight in zip(CODES, ("5", "3", "2"), strict=True)
]
ATOMS = [*(f"sign({code}) happened" for code in CODES), "go happened"]
MOMENTS = [
    *("sign(AAA)", "sign(BBB)", "10 days after sign(CCC)", "2nd sign(any)", "the later of go and sign(AAA)"),
    *("the earlier of sign(BBB) and sign(CCC)", "beginning of s0", "5 days after 2nd sign(any)", "use(BBB)"),
]
ACTS = [*(Act(Sort.HAPPENS, Term("sign", (code,))) for code in CODES), Act(Sort.HAPPENS, Term("go"))]
DAYS = [date(2026, 2, 1), date(2026, 2, 2), date(2026, 6, 1)]
BY = "2026-12-31"


@st.composite
def conditions(draw: st.DrawFn, names: list[str], depth: int = 2) -> str:
    kind = draw(st.integers(0, 7 if depth else 1))
    if kind <= 1:
        return draw(st.sampled_from([*ATOMS, *names]))
    if kind == 2:
        return f"(at least {draw(st.integers(1, 3))} s in ps with sign(s) happened)"
    if kind == 3:
        return f"(at least {draw(st.sampled_from(['40', '55', '70']))} percent of w held by s in ps with sign(s) happened)"
    if kind == 4:
        return "(every s in ps has (s is AAA or sign(s) happened))"
    joined = draw(st.sampled_from([" and ", " or "])).join(draw(conditions(names, depth - 1)) for _ in range(2))
    return f"({joined})"


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, str]:
    """Make an agreement, and name its last state."""
    states = [
        f"state s0\n  while {draw(conditions([]))}",
        f"power use(p: ps): p may sign(p)\n  while {draw(st.sampled_from([*ATOMS, 's0']))}",
    ]
    names = ["s0"]
    for number in range(1, draw(st.integers(1, 3)) + 1):
        rules = []
        if draw(st.booleans()):
            guard = draw(st.sampled_from(["", *names, *ATOMS]))
            rules.append(f"\n  from {draw(st.sampled_from(MOMENTS))}{f' if {guard}' if guard else ''}")
        if not rules or draw(st.booleans()):
            rules.append(f"\n  while {draw(conditions(names))}")
        states.append(f"state s{number}{''.join(rules)}")
        names.append(f"s{number}")
    return HEAD + "\n".join(states), names[-1]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(texts())
def test_the_sets_are_those_of_brute_force(made: tuple[str, str]) -> None:
    body, term = made
    asking = inquiry(agreements(body), ROWS, at="2026-01-15")
    try:
        answer = asked(asking, term, BY)
    except AvalError:  # rules that wait for each other's change: refused for every answer alike
        return
    wanted = brute(asking, term, BY, ACTS, DAYS)
    assert sets_of(answer) == wanted - {frozenset()}
    assert (answer.branches[0].value == "yes") == (frozenset() in wanted)


LEAVING = HEAD + (
    "event leave(p: ps)\n  accepted from p\n  legal act\n  constitutive\nstate bound(p: ps)\n  from  sign(p)\n  until leave(p)\n"
)
SIGNED = [{"term": f"sign({code})", "voice": code, "speaks_for": code, "when": "2026-01-05"} for code in CODES]
LEAVES = [Act(Sort.HAPPENS, Term("leave", (code,))) for code in CODES]


@st.composite
def memberships(draw: st.DrawFn, depth: int = 2) -> str:
    kind = draw(st.integers(0, 4 if depth else 0))
    if kind == 0:
        return f"bound({draw(st.sampled_from(CODES))})"
    if kind == 1:
        return f"(at least {draw(st.integers(1, 3))} s in ps with bound(s))"
    if kind == 2:
        return f"(at least {draw(st.sampled_from(['40', '55', '70']))} percent of w held by s in ps with bound(s))"
    joined = draw(st.sampled_from([" and ", " or "])).join(draw(memberships(depth - 1)) for _ in range(2))
    return f"({joined})"


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(memberships())
def test_what_would_end_it_is_what_brute_force_finds(condition: str) -> None:
    asking = inquiry(agreements(f"{LEAVING}state force\n  while {condition}\n"), [*ROWS, *SIGNED], at="2026-01-15")
    answer = asked(asking, "force", BY, lose=True)
    assert sets_of(answer) == brute(asking, "force", BY, LEAVES, DAYS[:1], lose=True)
