"""Small drafts for the tests of the checks: a prelude that declares the names of the pages' examples, and what is found in a draft."""

from __future__ import annotations

import re

from aval.answers.drafting.checks import weaknesses
from aval.answers.drafting.desk import Desk
from aval.language.read import read_agreements, read_scenarios
from aval.model.agreement import Agreements
from aval.model.case import Text
from aval.model.problem import Problem

PRELUDE = {
    "parties": 'party FRA "France"\nparty GBR "United Kingdom"\nparty UKR "Ukraine"\nparty RUS "Russia"\nparty CHE "Switzerland"',
    "coalition": "group coalition is FRA, GBR",
    "members": "group members is FRA, GBR",
    "neutral": "group neutral is CHE",
    "everybody": "group everybody is FRA, GBR, UKR, RUS",
    "ceasefire_begins": "event ceasefire_begins",
    "ceasefire_ends": "event ceasefire_ends",
    "ceasefire": "state ceasefire\n  from ceasefire_begins\n  until ceasefire_ends",
    "peace_begins": "event peace_begins",
    "peace": "state peace\n  from peace_begins",
    "attack": "event attack(p: everybody)",
    "committed": "event committed(g: coalition)\n  accepted from g",
    "in_force": "state in_force(g: coalition)\n  while committed(g) happened and ceasefire",
    "helped": "event helped(g: coalition)\n  accepted from UKR",
    "commission": "body commission\n  seats neutral",
    "paid": "event paid",
    "paid_late": "event paid_late",
    "penalty_paid": "event penalty_paid",
    "delivered": "event delivered",
    "ordered": "event ordered",
    "answered": "event answered\n  constitutive",
    "hold_back": "event hold_back",
    "resume": "event resume",
    "deployed": "event deployed",
    "patrols": "event patrols(g: coalition)",
    "request": "event request\n  constitutive",
    "notice": "event notice(p: members)\n  accepted from p",
    "joined": "event joined(p: members)",
    "settled": "state settled(p: members)\n  starts as no",
    "major": "state major(p: everybody)\n  accepted from a finding of commission",
    "force_trigger": "question force_trigger\n  reading after_ceasefire\n  reading after_peace",
}
"""Each declaration that an example may leave out, under its name."""
DECLARED = re.compile(r"^(?:agreement|party|group|body|event|state|moment|duty|ban|power|question) (\w+)", re.MULTILINE)


def text_of(example: str) -> str:
    """Give the block of an example, with the declarations that it names and leaves out."""
    own = set(DECLARED.findall(example))
    head = "" if example.startswith("agreement") else 'agreement draft "A draft"\n  dated 2026-01-06\n'
    body = [PRELUDE["parties"], *(text for name, text in PRELUDE.items() if name not in own and name != "parties")]
    wanted = _named(example, [one for one in body if DECLARED.findall(one)[0] not in own])
    return f"{head}{example}\n" + "\n".join(wanted)


def _named(example: str, declared: list[str]) -> list[str]:
    """Keep the declarations that the example names, directly or by way of others."""
    by_name = {DECLARED.findall(one)[-1] if one.startswith("party") else DECLARED.findall(one)[0]: one for one in declared}
    ahead, kept = re.findall(r"\w+", example), dict[str, str]()
    while ahead:
        name = ahead.pop()
        if name in by_name and name not in kept:
            kept[name] = by_name[name]
            ahead += re.findall(r"\w+", by_name[name])
    return [PRELUDE["parties"], *(one for name, one in by_name.items() if name in kept and not one.startswith("party"))]


def draft(example: str) -> tuple[Agreements, str]:
    """Read an example; there is no problem in it. Gives its document, too."""
    page = _page(text_of(example))
    agreements, problems = read_agreements([Text(path="draft.md", content=page)])
    assert not problems, [(str(one.span), one.message) for one in problems]
    return agreements, page


def page_of(claim: str) -> str:
    """Give a document with all of the prelude, and a test that claims a property."""
    block = 'agreement draft "A draft"\n  dated 2026-01-06\n' + "\n".join(PRELUDE.values())
    return f"{_page(block)}\n```aval-test\n{claim}\n```\n"


def _page(block: str) -> str:
    return f"# A draft\n\nA clause.\n\n```aval\n{block}\n```\n"


def found(example: str) -> tuple[Problem, ...]:
    """Give what is found in an example."""
    return weaknesses(Desk.of(draft(example)[0], "Etc/UTC"))


def with_example(page: str, problem: Problem, *, alone: bool = True) -> str:
    """Give a document with the example of a finding in it; it can be read."""
    whole = page + "\n```aval-test\n" + "\n".join(problem.example) + "\n```\n"
    text = [Text(path="draft.md", content=whole)]
    agreements, problems = read_agreements(text)
    assert not problems
    scenarios, wrong = read_scenarios(text, agreements)
    assert not wrong, [one.message for one in wrong]
    assert len(scenarios) == (1 if alone else 2)
    return whole
