"""A claim is checked against the agreements and the sources."""

from __future__ import annotations

import pytest

from tests.evidence.world import one, wrong

FITS = [
    {"says": "happened", "term": "committed(FRA)"},
    {"says": "happened", "term": "committed( DEU )"},
    {"says": "happened", "term": "truce_begins"},
    {"says": "happened", "term": "truce_begins()"},
    {"says": "happened", "term": "joined(RUS)"},
    {"says": "holds", "term": "truce"},
    {"says": "holds", "term": "in_force(GBR)"},
    {"says": "holds", "term": "path(DEU)"},
    {"says": "member", "term": "coalition(DEU)"},
    {"says": "member", "term": "willing(UKR)", "polarity": "no"},
    {"says": "amount", "term": "force_size", "low": "15000", "high": "30000", "unit": "persons"},
    {"says": "offers", "term": "offer(FRA, air)", "rung": "announced", "low": "2", "unit": "brigades"},
    {"says": "offers", "term": "offer(FRA, air)", "rung": "refused", "firmness": "promised", "speaks_for": None, "form": "circles"},
    {"says": "position", "term": "offer(FRA, air)", "stance": "refuses"},
    *({"says": "position", "term": term, "stance": "refuses"} for term in ("trigger", "trigger(after_peace)", "assist(FRA)", "assist")),
    *({"says": "position", "term": term, "stance": "supports"} for term in ("pact", "rear", "coalition", "coalition(DEU)", "FRA")),
    *({"says": "position", "term": term, "stance": "expects"} for term in ("commission", "committed", "in_force(FRA)", "force_size")),
]


@pytest.mark.parametrize("changes", FITS, ids=lambda changes: f"{changes['says']} {changes['term']}")
def test_a_claim_that_fits(changes: dict[str, object]) -> None:
    assert one(**changes).id.startswith("sha256:")


@pytest.mark.parametrize(
    ("changes", "code", "part", "hint"),
    [
        ({"term": "in force: France"}, "AV330", "is no term", "in_force(FRA)"),
        ({"term": "comitted(FRA)"}, "AV331", '"comitted" is not declared', 'Did you mean "committed"?'),
        ({"term": "pact"}, "AV331", "is not declared", ""),
        ({"says": "position", "term": "after_peace", "stance": "supports"}, "AV331", "is not declared", "trigger(after_peace)"),
        ({"term": "truce"}, "AV332", '"truce" is a state, and does not fit `says` happened', "write holds"),
        ({"says": "holds", "term": "truce_begins"}, "AV332", '"truce_begins" is an event', "`happened`"),
        ({"says": "holds", "term": "assist(FRA)"}, "AV332", "is a duty", "position"),
        ({"says": "member", "term": "committed(FRA)"}, "AV332", "is an event", "`happened`"),
        ({"says": "offers", "term": "committed(FRA)", "rung": "announced"}, "AV332", "offer(PARTY, DOMAIN)", "offer(SWE, air)"),
        ({"term": "committed"}, "AV333", "has 1 argument, not 0", "Write committed(g: coalition)."),
        ({"term": "committed(FRA, GBR)"}, "AV333", "has 1 argument, not 2", "Write committed(g: coalition)."),
        ({"says": "member", "term": "coalition"}, "AV333", "has 1 argument, not 0", "Write coalition(member)."),
        ({"term": "truce_begins(FRA)"}, "AV333", "has no arguments, not 1", "Write truce_begins."),
        ({"says": "offers", "term": "offer(FRA)", "rung": "announced"}, "AV333", "has 2 arguments, not 1", "offer(SWE, air)"),
        ({"says": "position", "term": "trigger(a, b)", "stance": "supports"}, "AV333", "at most one argument", ""),
        ({"term": "committed(FRN)"}, "AV334", 'Nothing declares "FRN"', 'Did you mean "FRA"?'),
        ({"says": "offers", "term": "offer(FRN, air)", "rung": "announced"}, "AV334", 'no party "FRN"', 'Did you mean "FRA"?'),
        ({"says": "offers", "term": "offer(FRA, aer)", "rung": "announced"}, "AV334", 'no domain "aer"', 'Did you mean "air"?'),
        ({"says": "position", "term": "trigger(after_pease)", "stance": "supports"}, "AV334", "no reading of `trigger`", "after_peace"),
        ({"term": "committed(land)"}, "AV335", '"land" cannot be one of `coalition`', "It has: DEU, FRA, GBR."),
        ({"term": "committed(RUS)"}, "AV335", '"RUS" cannot be one of `coalition`', "It has: DEU, FRA, GBR."),
        ({"term": "joined(land)"}, "AV335", '"land" cannot be one of `willing`', "FRA"),
        ({"speaks_for": "France"}, "AV336", 'no party, group or body "France"', 'Did you mean "FRA"?'),
        ({"speaks_for": "rear"}, "AV336", "no party, group or body", ""),
        ({"source": "dpa2"}, "AV337", 'no source "dpa2"', 'Did you mean "dpa"?'),
        ({"paragraph": 13}, "AV338", "dpa has 12 paragraphs, and no paragraph 13", "Count the non-empty lines"),
        ({"area": "reer"}, "AV339", 'no area "reer"', 'Did you mean "rear"?'),
        ({"rung": "announced"}, "AV340", "`rung` does not belong", "It belongs to a claim that says offers."),
        ({"stance": "refuses"}, "AV340", "`stance` does not belong", "position"),
        ({"low": "1", "unit": "x"}, "AV340", "`low` does not belong", "amount or offers"),
        ({"throughout": "no"}, "AV340", "`throughout` does not belong", "holds"),
        ({"says": "position", "term": "truce", "stance": "refuses", "polarity": "no"}, "AV340", "`polarity`", "for or against"),
        ({"says": "offers", "term": "offer(FRA, air)"}, "AV341", "needs `rung`", ""),
        ({"says": "position", "term": "truce"}, "AV341", "needs `stance`", ""),
        ({"says": "amount", "term": "force_size"}, "AV341", "needs `low` or `high`", ""),
        ({"says": "retracts", "when": None}, "AV341", "needs `withdraws`", ""),
        ({"form": "circles"}, "AV343", "circles tell", "Leave `speaks_for` out"),
        ({"form": "editor"}, "AV343", "an editor tells", "Leave `speaks_for` out"),
        ({"value": "major"}, "AV344", "later version", "Leave `value` out"),
        ({"visibility": "members"}, "AV344", "for everybody", "every statement here is public"),
        ({"withdraws": ["fra-1"]}, "AV352", "names no statement", "label:"),
        ({"withdraws": ["sha256:12"]}, "AV352", "names no statement", "64 digits"),
    ],
)
def test_a_claim_that_does_not_fit(changes: dict[str, object], code: str, part: str, hint: str) -> None:
    problem = next(found for found in wrong(**changes) if found.code.code == code)
    assert part in problem.message
    assert hint in problem.hint
    assert problem.span.line == 1


def test_a_source_that_does_not_count_its_paragraphs_takes_any() -> None:
    assert str(one(source="page", paragraph=99).anchor) == "page#P99"


def test_a_promise_may_lie_ahead() -> None:
    assert one(when="2026-03-01", firmness="promised").when is not None
    assert one(when="2026-03-01", polarity="no").when is not None
