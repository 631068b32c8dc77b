"""A vote is a position to `vote(MEMBER, BODY, WHAT)`, checked against what the body may find."""

from __future__ import annotations

import json

import pytest

from aval.evidence.intake import read_statements
from aval.language.read import read_agreements
from aval.model.case import Text
from aval.model.problem import Problem
from aval.model.source import Source, SourceKind

SOURCES = {"un": Source(id="un", kind=SourceKind.PAGE, title="un")}
AGREEMENT = """# A council

```aval
agreement a "A"
party FRA "France"
party GBR "United Kingdom"
group members is FRA, GBR
body council
  seats members
  may find extension, broke(any)
  decides by majority
body silent
  may find extension
event extension
event broke(p: members)
event other
```
"""


def read(**fields: str) -> tuple[Problem, ...]:
    row = {"label": "a", "says": "position", "stance": "supports", "said": "2026-01-01", "voice": "v"}
    row |= {"form": "document", "grade": "high", "source": "un"}
    agreements, problems = read_agreements([Text(path="a.md", content=AGREEMENT)], SOURCES)
    assert not problems
    text = Text(path="a.jsonl", content=json.dumps(row | fields))
    return read_statements([text], agreements=agreements, sources=SOURCES, zone="Etc/UTC")[1]


@pytest.mark.parametrize("term", ["vote(FRA, council, extension)", "vote(FRA, council, broke, GBR)"])
@pytest.mark.parametrize("stance", ["supports", "objects", "undecided"])
def test_a_vote_fits(term: str, stance: str) -> None:
    assert read(term=term, stance=stance) == ()


@pytest.mark.parametrize(
    ("term", "code", "part"),
    [
        ("vote(FRA, council)", "AV333", "at least 3 arguments, not 2"),
        ("vote(FRN, council, extension)", "AV334", 'no party "FRN"'),
        ("vote(FRA, counsil, extension)", "AV334", 'no body "counsil"'),
        ("vote(FRA, council, other)", "AV334", '"council" does not vote on "other"'),
        ("vote(FRA, silent, extension)", "AV334", '"silent" does not vote on "extension"'),
        ("vote(FRA, council, broke)", "AV333", "has 1 argument, not 0"),
        ("vote(FRA, council, broke, council)", "AV335", "cannot be one of `members`"),
    ],
)
def test_a_vote_that_cannot_be_one_is_told(term: str, code: str, part: str) -> None:
    (problem,) = read(term=term)
    assert problem.code.code == code
    assert part in problem.message
