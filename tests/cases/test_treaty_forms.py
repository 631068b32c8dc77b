"""Forms of decision that treaties use, each as a document that tests itself; dates as they were (semantics 2.5, 2.7)."""

from __future__ import annotations

from pathlib import Path

import pytest

from aval.workspace.testing import run_tests

SNAPBACK = """
agreement res_2231 "Security Council resolution 2231 (2015), paragraphs 11 and 12"
  dates run in "Etc/GMT"
party CHN "China"
party DEU "Germany"
party FRA "France"
party GBR "United Kingdom"
party IRN "Iran"
party RUS "Russia"
party USA "United States"
group participants is CHN, DEU, FRA, GBR, IRN, RUS, USA
group permanent is CHN, FRA, GBR, RUS, USA
body council "the Security Council"
  decides by at least 4 of 15 votes without veto of permanent
  may find continuation
event continuation "the termination goes on"
  constitutive
  accepted from a finding of council
event notification(s: participants) "s notifies significant non-performance"
  legal act
event participation_ended(s: participants)
state participant(s: participants)
  starts as yes
  until participation_ended(s)
power notify(s: participants): s may notification(s)
  while participant(s)
state snapped_back(s: participants) "the earlier resolutions apply again"
  from midnight after 30 days after notify(s) unless council finds continuation
"""
SNAPBACK_TESTS = """
test "2025: nobody has to vote for it, and who votes against the continuation stops it"
  given notification(FRA) on 2025-08-28 told by FRA
  given council finds continuation on 2025-09-19 told by CHN
  given council finds continuation on 2025-09-19 told by RUS
  given not council finds continuation on 2025-09-19 told by FRA
  given not council finds continuation on 2025-09-19 told by GBR
  given not council finds continuation on 2025-09-19 told by USA
  expect (council finds continuation) is no at 2025-09-27
  expect snapped_back(FRA) is no at 2025-09-27T23:59Z
  expect beginning of snapped_back(FRA) is 2025-09-28T00:00Z
test "had four voted for it and nobody of the permanent against it, it would have gone on"
  given notification(FRA) on 2025-08-28 told by FRA
  given council finds continuation on 2025-09-19 told by CHN
  given council finds continuation on 2025-09-19 told by RUS
  given council finds continuation on 2025-09-19 told by DEU
  given council finds continuation on 2025-09-19 told by IRN
  expect (council finds continuation) is 2025-09-19
  expect snapped_back(FRA) is no at 2025-10-15
test "2020: no longer a participant, so no power"
  given participation_ended(USA) on 2018-05-08
  given notification(USA) on 2020-08-20
  expect notify(USA) is void at 2020-08-21
  expect snapped_back(USA) is no at 2020-10-01
"""

NATO = """
agreement nato "North Atlantic Treaty, Article 5, September 2001"
  dates run in "Europe/Brussels"
party CAN "Canada"
party USA "United States"
party FRA "France"
group members is CAN, USA, FRA
group attacks is nine_eleven
body nac "North Atlantic Council"
  seats members
  decides by consensus
  may find directed_from_abroad(any), conditional_decision(any)
event armed_attack(a: attacks, victim: members)
event directed_from_abroad(a: attacks)
  accepted from a finding of nac
event conditional_decision(a: attacks)
state provisional(a: attacks)
  from  nac finds conditional_decision(a)
  until nac finds directed_from_abroad(a)
state covered(a: attacks)
  from nac finds directed_from_abroad(a) if nac finds conditional_decision(a)
"""
NATO_TESTS = """
test "three dates"
  given armed_attack(nine_eleven, victim: USA) on 2001-09-11
  given nac finds conditional_decision(nine_eleven) on 2001-09-12
  given nac finds directed_from_abroad(nine_eleven) on 2001-10-02
  expect covered(nine_eleven) is no at 2001-09-20
  expect provisional(nine_eleven) is yes at 2001-09-20
  expect beginning of covered(nine_eleven) is 2001-10-02
  expect provisional(nine_eleven) is no at 2001-10-03
test "by consensus: one who objects stops it"
  given nac finds conditional_decision(nine_eleven) on 2001-09-12
  given nac finds directed_from_abroad(nine_eleven) on 2001-10-02 told by USA
  given nac finds directed_from_abroad(nine_eleven) on 2001-10-02 told by CAN
  given not nac finds directed_from_abroad(nine_eleven) on 2001-10-02 told by FRA
  expect covered(nine_eleven) is no at 2001-10-03
test "by consensus: nobody objects"
  given nac finds conditional_decision(nine_eleven) on 2001-09-12
  given nac finds directed_from_abroad(nine_eleven) on 2001-10-02 told by USA
  given nac finds directed_from_abroad(nine_eleven) on 2001-10-02 told by CAN
  expect beginning of covered(nine_eleven) is 2001-10-02
  expect directed_from_abroad(nine_eleven) is yes at 2001-10-03
"""

MARPOL = """
agreement marpol "MARPOL Article 16(2)"
  dates run in "Europe/London"
party P1
party P2
party P3
party P4
party IMO
group fleet is P1, P2, P3, P4
quantity tonnage(s: fleet) in percent
  table "tables/tonnage.csv"
event objection(s: fleet)
  constitutive
state blocked
  while many or heavy
state many
  while at least 1/3 of s in fleet with objection(s) happened
state heavy
  while at least 50 percent of tonnage held by s in fleet with objection(s) happened
state tacit
  from 2022-05-01 unless blocked
state amendment
  from 6 months after beginning of tacit
"""
MARPOL_TESTS = """
test "nobody objected"
  expect beginning of tacit is 2022-05-01
  expect beginning of amendment is 2022-11-01
test "one of four is too few, unless it has half of the tonnage"
  given objection(P2) on 2022-03-01
  expect tacit is yes at 2022-05-02
test "the largest fleet alone"
  given objection(P1) on 2022-03-01
  expect tacit is no at 2022-06-02
test "two of four"
  given objection(P2) on 2022-03-01
  given objection(P3) on 2022-03-02
  expect tacit is no at 2022-06-02
test "too late"
  given objection(P1) on 2022-05-02
  expect tacit is yes at 2022-06-02
"""
TONNAGE = "s,value\nP1,60\nP2,10\nP3,10\nP4,10\n"

HONG_KONG = """
agreement hong_kong "Hong Kong Convention, Article 17"
  dates run in "Europe/London"
party LBR "Liberia"
party BGD "Bangladesh"
party OLD "those who were parties before"
party REST "all others"
group flags is OLD, LBR, BGD, REST
quantity tonnage(s: flags) in tonnes
  table "tables/tonnage.csv"
quantity recycling(s: flags) in tonnes
  table "tables/recycling.csv"
event joined(s: flags)
  constitutive
  legal act
state ready
  while at least 2 s in flags with joined(s) happened
  while at least 40 percent of tonnage held by s in flags with joined(s) happened
  while the total of recycling(s) for (s in flags with joined(s) happened) is at least 3 percent of
        the total of tonnage(s) for (s in flags with joined(s) happened)
moment start is 24 months after beginning of ready
"""
HONG_KONG_TESTS = """
test "the two that joined on one day"
  given joined(OLD) on 2020-01-01
  given joined(LBR) on 2023-06-26
  given joined(BGD) on 2023-06-26
  expect start is 2025-06-26
test "a great flag alone raises the tonnage and lowers the ratio"
  given joined(OLD) on 2020-01-01
  given joined(LBR) on 2023-06-26
  expect ready is no at 2024-01-01
test "had the one that recycles left it at that, the tonnage would be missing"
  given joined(OLD) on 2020-01-01
  given joined(BGD) on 2023-06-26
  expect ready is no at 2024-01-01
"""
HONG_KONG_TABLES = {
    "tonnage.csv": "s,value\nOLD,300\nLBR,200\nBGD,50\nREST,800\n",
    "recycling.csv": "s,value\nOLD,9\nLBR,0\nBGD,25\nREST,90\n",
}


def run(folder: Path, block: str, tests: str, tables: dict[str, str]) -> None:
    (folder / "tables").mkdir()
    for name, text in tables.items():
        (folder / "tables" / name).write_text(text, encoding="utf-8")
    manifest = 'schema = "aval.case/1"\ntitle = "Forms"\nzone = "Etc/UTC"\nagreements = ["form.md"]\nstatements = []\n'
    (folder / "aval.toml").write_text(manifest, encoding="utf-8")
    document = f"# A form\n\nA clause.\n\n```aval\n{block.strip()}\n```\n\n```aval-test\n{tests.strip()}\n```\n"
    (folder / "form.md").write_text(document, encoding="utf-8")
    tested = run_tests([str(folder)])
    assert [(one.message, str(one.span)) for one in tested.problems] == []
    wrong = [(one.scenario.name, one.expectation.subject_text, one.error or (one.verdict and one.verdict.got)) for one in tested.outcomes]
    assert [line for line, one in zip(wrong, tested.outcomes, strict=True) if not one.passed] == []
    assert tested.outcomes


@pytest.mark.parametrize(
    ("block", "tests", "tables"),
    [
        pytest.param(SNAPBACK, SNAPBACK_TESTS, {}, id="snapback: a reversed veto"),
        pytest.param(NATO, NATO_TESTS, {}, id="Article 5: consensus, three dates"),
        pytest.param(MARPOL, MARPOL_TESTS, {"tonnage.csv": TONNAGE}, id="MARPOL: silence accepts"),
        pytest.param(HONG_KONG, HONG_KONG_TESTS, HONG_KONG_TABLES, id="Hong Kong: a ratio that can fall"),
    ],
)
def test_a_form_of_decision_comes_out_right(tmp_path: Path, block: str, tests: str, tables: dict[str, str]) -> None:
    run(tmp_path, block, tests, tables)
