"""How the facts of history (`../shared/facts/treaties`) become statements of a case, and how their expected entries are asked of it.

Nothing here knows an answer: an act names the statement that it is, an expected entry names the term whose date or count it tells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Fact = Mapping[str, Any]
Row = dict[str, str]
ORDINALS = ("first", "second", "third")


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """The event that an act of the facts is, and who tells it. Texts may name fields of the fact, such as `{actor}`, and `{nth}`."""

    term: str
    speaks_for: str = "{actor}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How an expected entry is asked: the term, and the view. `zone` is the time zone in whose calendar the entry is written."""

    subject: str
    at: str = ""
    known: str = ""
    reading: str = ""
    zone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Each:
    """An entry that counts or lists: for which members of a group a condition has this value at a date."""

    condition: str
    group: str
    value: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Treaty:
    """A file of facts and the case that it is told in."""

    case: str
    acts: Mapping[str, Act | Callable[[Fact], list[Row]]]
    asked: Mapping[str, Asked | Each]
    codes: Mapping[str, str] = field(default_factory=dict)
    """what an actor of the facts is called in the case; several acting together are separated by `/`"""
    file: str = "facts"

    @property
    def statements(self) -> str:
        """The file of the case that holds the facts, and nothing else."""
        return f"statements/{self.file}.csv"


def rows(treaty: Treaty, facts: Sequence[Fact]) -> list[Row]:
    """Give the statements that facts are: what they claim, for whom, and when. Raises `KeyError` for an act that has no mapping."""
    found: list[Row] = []
    counted: Counter[str] = Counter()
    for fact in facts:
        counted[fact["act"]] += 1
        act = treaty.acts[fact["act"]]
        for actor in treaty.codes.get(fact["actor"], fact["actor"]).split("/"):
            known = {**fact, "actor": actor, "nth": ORDINALS[min(counted[fact["act"]], len(ORDINALS)) - 1]}
            found += act(known) if callable(act) else [_row(act, known)]
    return found


def _row(act: Act, fact: Fact) -> Row:
    when = fact["time"].split(" / ")[-1] if "time" in fact else fact["date"]
    told = {"term": act.term.format_map(fact), "speaks_for": act.speaks_for.format_map(fact)}
    return {"says": "happened", **told, "said": when, "when": when}


def state_of_play(fact: Fact) -> list[Row]:
    """Give the three sums of the recycling convention as told; "met" or "unmet" without a number is one side of the threshold."""
    tonnage = fact["tonnage"]
    rows = [_amount(fact, "contracting", fact["count"], fact["count"], "countries")]
    rows += [_amount(fact, "fleet_share", tonnage or "", tonnage or BELOW_FORTY, "percent")]
    return [*rows, _amount(fact, "recycling_share", 3, "", "percent")] if fact["recycling"] else rows


BELOW_FORTY = "39.99"
"""Forty percent not reached, in the two decimals in which the share is published."""


def objections(fact: Fact) -> list[Row]:
    """Give the number of objections as it was told."""
    return [_amount(fact, "objections_received", fact["count"], fact["count"], "objections")]


def _amount(fact: Fact, term: str, low: object, high: object, unit: str, body: str = "IMO") -> Row:
    ends = {name: str(end) for name, end in (("low", low), ("high", high)) if end != ""}
    return {"says": "amount", "term": term, "speaks_for": body, "said": fact["date"], "when": fact["date"], **ends, "unit": unit}


def vote(fact: Fact) -> list[Row]:
    """A vote, its numbers, and the decision that it led to, if it carried."""
    draft, council = fact["nth"], "UNSC"
    rows = [_row(Act(term=f"vote({draft})", speaks_for=council), fact)]
    rows += [_amount(fact, f"{term}({draft})", fact[name], fact[name], "votes", council) for name, term in VOTES.items()]
    return [*rows, _row(Act(term="continuation", speaks_for=council), fact)] if fact["adopted"] else rows


VOTES = {"yes": "votes_for", "no": "votes_against", "abstain": "abstentions"}


def withdrawal_completed(fact: Fact) -> list[Row]:
    """Both entities have withdrawn."""
    return [_row(Act(term=f"withdrawn({entity})", speaks_for=""), fact) for entity in ("FBIH", "RS")]


DEPOSIT = Act(term="deposit({actor})", speaks_for="UN_SG")
DEPOSITS = dict.fromkeys(("ratification", "accession", "acceptance", "approval", "succession"), DEPOSIT)
START = Asked(subject="start")


def joined(*names: str, **labels: str) -> dict[str, Asked]:
    """Ask when a treaty begins to bind each of these; `labels` has the words of the entry where they say more than the name."""
    plain = {f"in force for {name}": Asked(subject=f"beginning of bound({name})") for name in names}
    return plain | {text: Asked(subject=f"beginning of bound({name})") for name, text in labels.items()}


def own(*acts: str, term: str = "") -> dict[str, Act]:
    """Make acts that the actor tells itself; the event has the name of the act, or of `term`."""
    return {act: Act(term=(term or act) + "({actor})") for act in acts}


TREATIES: Mapping[str, Treaty] = {
    "tpnw": Treaty(
        case="tpnw",
        file="deposits",
        acts=DEPOSITS,
        asked={"50th instrument reached": Asked(subject="fiftieth_deposit"), "treaty enters into force": START, **joined("BEN")},
    ),
    "crpd": Treaty(
        case="crpd",
        file="deposits",
        acts=DEPOSITS,
        asked={"20th instrument reached": Asked(subject="twentieth_deposit"), "treaty enters into force": START},
    ),
    "unfccc": Treaty(
        case="unfccc",
        file="deposits",
        acts=DEPOSITS,
        asked={"50th instrument reached": Asked(subject="fiftieth_deposit"), "treaty enters into force": START},
    ),
    "icc-rome-statute": Treaty(
        case="rome",
        file="deposits",
        acts=DEPOSITS,
        asked={
            "60th instrument reached": Asked(subject="sixtieth_deposit"),
            "treaty enters into force": START,
            **joined(
                "COL",
                "TLS",
                "AFG",
                "BRA",
                "KOR",
                "GEO",
                AUS="in force for AUS (deposit 2002-07-01)",
                GRC="in force for GRC (deposit 2002-05-15: after the 60th deposit, before entry into force)",
            ),
        },
    ),
    "att": Treaty(
        case="att",
        file="deposits",
        acts={**DEPOSITS, "provisional_application": Act(term="provisional_application({actor})", speaks_for="UN_SG")},
        asked={
            "50th instrument reached": Asked(subject="fiftieth_deposit"),
            "treaty enters into force": START,
            **joined("BLZ", "BRB", "BEN", "AFG", "AND"),
        },
    ),
    "ottawa-mine-ban": Treaty(
        case="ottawa",
        file="deposits",
        acts=DEPOSITS,
        asked={"40th instrument reached": Asked(subject="fortieth_deposit"), "treaty enters into force": START},
    ),
    "paris-agreement": Treaty(
        case="paris-agreement",
        acts=DEPOSITS,
        asked={
            "count 55 reached": Asked(subject="beginning of enough_countries"),
            "both thresholds reached": Asked(subject="beginning of enough"),
            "agreement enters into force": START,
            **joined("RWA", "POL", AUS="in force for AUS (2016-11-09)"),
        },
    ),
    "paris-us-withdrawal": Treaty(
        case="paris-us-withdrawal",
        acts={
            "acceptance": DEPOSIT,
            "communication_of_intent_to_withdraw": Act(term="communication({actor})", speaks_for="UN_SG"),
            "withdrawal_notification": Act(term="notification({actor})", speaks_for="UN_SG"),
        },
        asked={
            "USA becomes party": Asked(subject="beginning of bound(USA)"),
            "earliest valid notification": Asked(subject="earliest_notification(USA)"),
            "USA ceases to be party": Asked(subject="end of bound(USA)"),
            "USA party again": Asked(subject="beginning of bound_again(USA)"),
            "USA ceases to be party again": Asked(subject="end of bound_again(USA)"),
        },
    ),
    "doha-amendment": Treaty(
        case="doha-amendment",
        acts={"acceptance": Act(term="acceptance({actor})", speaks_for="UN_SG")},
        asked={
            "three-fourths reached": Asked(subject="beginning of enough"),
            "amendment enters into force": START,
            **joined(ALB="in force for ALB (2020-10-22)"),
        },
    ),
    "ctbt": Treaty(
        case="ctbt",
        acts={
            "ratification": DEPOSIT,
            "revocation_of_ratification": Act(term="revocation({actor})", speaks_for="{actor}"),
        },
        asked={
            "treaty enters into force": START,
            "Annex 2 ratifications standing on 2023-11-01": Each(condition="ratified({})", group="annex_2", value="yes", at="2023-11-01"),
            "Annex 2 ratifications standing on 2023-11-03": Each(condition="ratified({})", group="annex_2", value="yes", at="2023-11-03"),
            "missing on 2023-11-01": Each(condition="ratified({})", group="annex_2", value="no", at="2023-11-01"),
        },
    ),
    "nato-1949": Treaty(
        case="nato-1949",
        acts={"ratification": Act(term="deposit({actor})", speaks_for="USA")},
        asked={
            "majority (7 of 12) reached": Asked(subject="beginning of majority"),
            "treaty enters into force": START,
        },
    ),
    "nato-article5-2001": Treaty(
        case="nato-article5-2001",
        codes={"non-state": "september_11"},
        acts={
            "armed_attack": Act(term="armed_attack({actor}, {on})", speaks_for="{on}"),
            "conditional_decision": Act(term="conditional_decision(september_11)", speaks_for="NAC"),
            "determination": Act(term="directed_from_abroad(september_11)", speaks_for="NAC"),
            "briefing_of_evidence": Act(term="briefing({actor})"),
        },
        asked={
            "guarantee conditionally invoked": Asked(subject="beginning of covered_if_from_abroad(september_11)"),
            "guarantee operative": Asked(subject="beginning of covered(september_11)"),
        },
    ),
    "eu-42-7-2015": Treaty(
        case="eu-42-7-2015",
        acts={
            "attack": Act(term="armed_aggression({on})", speaks_for="{on}"),
            "announcement": Act(term="announcement({actor})"),
            "invocation": Act(term="request({actor})"),
            "unanimous_support": Act(term="support", speaks_for="COUNCIL"),
        },
        codes={"non-state": "none"},
        asked={"mutual assistance clause invoked": Asked(subject="beginning of invoked(FRA)")},
    ),
    "icc-withdrawals": Treaty(
        case="icc-withdrawals",
        acts={
            "withdrawal_notification": Act(term="notification({actor})", speaks_for="UN_SG"),
            "revocation_of_notification": Act(term="revocation({actor})", speaks_for="UN_SG"),
            "announcement": Act(term="announcement({actor})"),
        },
        asked={
            "BDI ceases to be party": Asked(subject="end of bound(BDI)"),
            "PHL ceases to be party": Asked(subject="end of bound(PHL)"),
            "GMB withdrawal effective": Asked(subject="end of bound(GMB)"),
            "ZAF withdrawal effective": Asked(subject="end of bound(ZAF)"),
        },
    ),
    "coe-russia-echr": Treaty(
        case="coe-russia-echr",
        acts={
            "suspension_of_RUS": Act(term="suspension(RUS)", speaks_for="CM"),
            "notice_of_withdrawal_from_CoE": Act(term="notice({actor})"),
            "expulsion_of_RUS": Act(term="expulsion(RUS)", speaks_for="CM"),
        },
        asked={
            "RUS ceases to be member": Asked(subject="end of member(RUS)"),
            "RUS ceases to be party to ECHR": Asked(subject="end of bound(RUS)"),
        },
    ),
    "dayton-annex1a": Treaty(
        case="dayton-annex1a",
        codes={"parties": "FBIH", "UNPROFOR/IFOR": "IFOR"},
        acts={
            "initialling": Act(term="initialling", speaks_for=""),
            "signature": Act(term="signature", speaks_for=""),
            "transfer_of_authority": Act(term="transfer_of_authority", speaks_for=""),
            "withdrawal_completed": withdrawal_completed,
        },
        asked={
            "foreign forces out": Asked(subject="foreign_forces_due"),
            "behind zone of separation": Asked(subject="behind_zone_due"),
            "vacate transferred areas": Asked(subject="vacate_due"),
            "new holder may enter": Asked(subject="entry_opens"),
            "cantonment": Asked(subject="cantonment_due"),
        },
    ),
    "inf-2019": Treaty(
        case="inf-2019",
        acts={
            **own("ultimatum", "announcement", "suspension"),
            "withdrawal_notification": Act(term="notification({actor})"),
        },
        asked={
            "60-day ultimatum expires": Asked(subject="ultimatum_expires"),
            "treaty terminates / US withdrawal effective": Asked(subject="end of in_force"),
        },
    ),
    "jcpoa-days": Treaty(
        case="jcpoa-days",
        codes={"E3/EU+3,IRN": "IRN"},
        acts={
            "agreement": Act(term="agreement_reached", speaks_for=""),
            "endorsement": Act(term="endorsement", speaks_for="UNSC"),
            "verification_report": Act(term="verification_report", speaks_for="IAEA"),
            "withdrawal": Act(term="leaves_the_plan({actor})"),
            "snapback_effective": Act(term="earlier_resolutions_apply_again", speaks_for="UN_SG"),
        },
        asked={
            "Adoption Day": Asked(subject="adoption_day"),
            "Implementation Day": Asked(subject="implementation_day"),
            "Transition Day": Asked(subject="transition_day"),
            "Termination Day (schedule)": Asked(subject="termination_day"),
        },
    ),
    "unscr2231-snapback": Treaty(
        case="unscr2231-snapback",
        acts={
            "notification_of_non_performance": Act(term="notification({actor})"),
            "vote": vote,
        },
        asked={
            "30th day": Asked(subject="thirtieth_day"),
            "sanctions reapplied (UTC)": Asked(subject="beginning of sanctions", reading="valid", zone="UTC"),
            "sanctions reapplied (New York local date)": Asked(subject="beginning of sanctions", reading="valid", zone="America/New_York"),
        },
    ),
    "uk-article-50": Treaty(
        case="uk-article-50",
        codes={"GBR/EU": "GBR"},
        acts={
            "withdrawal_notification": Act(term="notification"),
            "extension": Act(term="extension({nth})", speaks_for="EUCO"),
            "commons_rejects_agreement": Act(term="commons_reject"),
            "holds_EP_elections": Act(term="elections"),
            "withdrawal_agreement_in_force": Act(term="withdrawal_agreement_in_force"),
        },
        asked={
            "deadline known on 2017-03-30": Asked(subject="deadline", known="2017-03-30"),
            "deadline known on 2019-03-23 (conditional)": Asked(subject="deadline", known="2019-03-23"),
            "deadline known on 2019-03-30": Asked(subject="deadline", known="2019-03-30"),
            "deadline known on 2019-04-12": Asked(subject="deadline", known="2019-04-12"),
            "deadline known on 2019-10-30": Asked(subject="deadline", known="2019-10-30"),
            "UK ceases to be a member": Asked(subject="end of member", zone="Europe/London"),
        },
    ),
    "dprk-npt": Treaty(
        case="dprk-npt",
        acts={
            "withdrawal_notification": Act(term="notification({actor})"),
            "suspension_of_notice": Act(term="suspension({actor})"),
        },
        asked={
            "first notice would take effect": Asked(subject="withdrawal_takes_effect(PRK)", known="1993-06-01"),
            "effective on the DPRK reading (one remaining day)": Asked(subject="end of bound(PRK)", reading="resumes"),
            "effective on the common reading (new three months)": Asked(subject="end of bound(PRK)", reading="restarts"),
            "depositaries' determination": Asked(subject="depositaries finds withdrawal(PRK)"),
        },
    ),
    "imo-hong-kong": Treaty(
        case="imo-hong-kong",
        acts={
            "accession": Act(term="deposit({actor})", speaks_for="IMO"),
            "state_of_play": state_of_play,
        },
        asked={
            "all conditions met": Asked(subject="beginning of all_met"),
            "convention enters into force": START,
        },
    ),
    "imo-tacit-marpol": Treaty(
        case="imo-tacit-marpol",
        acts={
            "adoption": Act(term="adoption", speaks_for="MEPC"),
            "objections": objections,
        },
        asked={
            "deemed accepted": Asked(subject="beginning of accepted_in_silence"),
            "amendment enters into force": START,
        },
    ),
}
