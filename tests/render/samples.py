"""Answers written by hand after the Paris facts, as large and as uneven as the real ones."""

from __future__ import annotations

from aval.answers.parting import Disputed, Divergence, Held, Parting, Side, Standing, Stretch
from aval.answers.shapes import (
    Changed,
    Cited,
    Coordinates,
    Debt,
    Difference,
    Gap,
    Item,
    OpenQuestion,
    Owed,
    Status,
    Why,
    WhyNode,
)
from aval.answers.unlock.shapes import Branch, Need, Unlock, UnlockChoice, UnlockKey, Way
from aval.model.problem import Code, Problem, Severity, Span

NAMES = {
    "AUS": "Australia", "BEL": "Belgium", "BGR": "Bulgaria", "CAN": "Canada", "CZE": "Czechia", "DEU": "Germany", "DNK": "Denmark",
    "ESP": "Spain", "EST": "Estonia", "FIN": "Finland", "FRA": "France", "GBR": "United Kingdom", "GRC": "Greece", "HRV": "Croatia",
    "HUN": "Hungary", "IRL": "Ireland", "ITA": "Italy", "JPN": "Japan", "LTU": "Lithuania", "LVA": "Latvia", "NLD": "Netherlands",
    "NOR": "Norway", "POL": "Poland", "PRT": "Portugal", "ROU": "Romania", "SVK": "Slovakia", "SWE": "Sweden", "TUR": "Türkiye",
    "EUE": "European Union", "NATO": "NATO",
}  # fmt: skip
PARTIES = tuple(NAMES)
NAMES |= {"RUS": "Russia", "USA": "United States", "UKR": "Ukraine"}
LIVE = "sha256:4b1f0d1c8f0e6f0b6c1a7e6f0c2d9f7a5b3e1d8c4f6a9b2e7d0c5f8a1b4e6d3c"


def coordinates(day: str = "2026-01-07", **more: str) -> Coordinates:
    return Coordinates(
        at=day,
        known=day,
        recorded=None,
        readings=more,
        zone="Europe/Paris",
        agreements={"paris_2026": "sha256:0d1c", "ceasefire_instrument": "sha256:77ab"},
        statements=LIVE,
        engine="0.1.0",
        time_zone_data="2026f",
    )


def cited(summary: str, *, voice: str, speaks_for: str = "", form: str = "reported", said: str = "2026-01-06", **more: object) -> Cited:
    known: dict[str, object] = {
        "id": LIVE,
        "label": "r-1",
        "says": "position",
        "term": "ceasefire",
        "through": (),
        "outlet": "",
        "firmness": None,
        "grade": "high",
        "happened": "",
        "anchor": "report-2026-01-06#P5",
        "quote": "",
        "source_title": "Report on the Paris talks of 6 January 2026",
    }
    return Cited(**{**known, **more, "summary": summary, "voice": voice, "speaks_for": speaks_for, "form": form, "said": said})  # type: ignore[arg-type]  # built from a table


def item(term: str, label: str, value: str | None, because: str = "", **more: object) -> Item:
    name, _, rest = term.partition("(")
    args = tuple(part.strip() for part in rest.rstrip(")").split(",")) if rest else ()
    known: dict[str, object] = {
        "kind": "state",
        "mode": "derived",
        "since": None,
        "source": "",
        "clause": "agreements/framework.md:41",
        "agreement": "paris_2026",
        "heading": "When a guarantee is in force",
    }
    return Item(**{**known, **more, "term": term, "label": label, "name": name, "args": args, "value": value, "because": because})  # type: ignore[arg-type]  # built from a table


def in_force(code: str) -> Item:
    path = f"national_path({code}): open; " if code in ("DEU", "FRA", "GBR") else ""
    return item(
        f"in_force({code})",
        f"{NAMES[code]}'s guarantee to Ukraine is in force",
        "no",
        f"committed({code}): open; {path}ceasefire: no",
        source="report-2026-01-06#P5",
        firmness="ready" if code == "GBR" else None,
        force=("politically", "legally"),
        missing=(f"committed({code}) happened: open", f"national_path({code}): open", "ceasefire: no"),
        mode="carried",
    )


PARIS_TALKS = cited(
    "Costa, for EUE: coalition_committed happened",
    voice="António Costa",
    speaks_for="EUE",
    form="quoted",
    firmness="ready",
    quote="Wir sind bereit",
    happened="2026-01-06",
)
CIRCLES = cited(
    "negotiating circles: planned_lead(european) holds",
    voice="negotiating circles",
    form="circles",
    grade="medium",
    anchor="report-2026-01-06#P9",
    quote="unter europäischer Führung",
)
PRESS = cited(
    "press reports: force_size is 10 000 to 30 000 persons",
    voice="press reports",
    form="circles",
    grade="low",
    anchor="press-force-size",
    amount="10 000 to 30 000 persons",
    said="2026-01",
)


def offer(party: str, domain: str, rung: str, **more: object) -> Item:
    conditions = tuple(str(more.pop("conditions", "")).split("; ")) if "conditions" in more else ()
    amount = str(more.pop("amount", ""))
    said = cited(
        f"{NAMES[party]}: offer({party}, {domain}) {rung}",
        voice=NAMES[party],
        speaks_for=party,
        form="quoted",
        conditions=conditions,
        amount=amount,
        says="offers",
    )
    return item(
        f"offer({party}, {domain})",
        "",
        rung,
        f"{NAMES[party]} said so on 2026-01-06",
        kind="contribution",
        mode="told",
        since="2026-01-06",
        cited=(said,),
        source=said.anchor,
        heading="",
        **more,
    )


OFFERS = (
    offer("GBR", "finance", "approved", amount="200 GBP million"),
    offer("FRA", "land", "intent signed", conditions="ceasefire or peace agreement; request of Ukraine; legal framework"),
    offer("GBR", "land", "intent signed", conditions="ceasefire or peace agreement; House of Commons vote; legal instrument"),
    offer("BEL", "air", "announced", conditions="end of hostilities; strong US support"),
    offer("BEL", "sea", "announced", conditions="end of hostilities; strong US support"),
    offer("BEL", "training", "announced", conditions="end of hostilities; strong US support"),
    offer("SWE", "air", "announced", conditions="peace; clear rules; US guarantee spelt out; government and Riksdag"),
    offer("SWE", "sea", "announced", conditions="peace; clear rules; US guarantee spelt out; government and Riksdag"),
    offer("USA", "intelligence", "signalled", anonymous=True),
    offer("USA", "logistics", "signalled", anonymous=True),
    offer("EST", "land", "signalled", amount="100 to 200 persons", conditions="Riigikogu mandate"),
    offer("EST", "sea", "signalled", amount="1 vessel", low=True),
    offer("DEU", "land", "signalled", conditions="ceasefire; American guarantee that binds in law; decision of government and Bundestag"),
    offer("AUS", "land", "undecided"),
    offer("CAN", "land", "undecided"),
    *(offer(code, "land", "refused") for code in ("BGR", "CZE", "FIN", "GRC", "HRV", "HUN", "IRL", "ITA", "POL", "ROU", "SVK", "USA")),
)

ITEMS = (
    item(
        "ceasefire",
        "a ceasefire is in force",
        "no",
        "never told to have begun",
        agreement="ceasefire_instrument",
        heading="Beginning and end",
        mode="carried",
        clause="agreements/ceasefire.md:37",
        missing=("from ceasefire_begins: open",),
    ),
    *(in_force(code) for code in PARTIES),
    *(
        item(
            f"national_path({code})",
            f"the steps that {NAMES[code]}'s own law asks for",
            "open",
            "not said: steps",
            heading="Each in its own way",
            mode="untold",
        )
        for code in PARTIES
    ),
    item(
        "us_backstop",
        "the United States back the guarantees",
        "open",
        "demanded 2025-09-04; never told to be given",
        heading="The part of the United States",
        mode="untold",
        source="dpa-2025-09-04#P12",
    ),
    *(
        item(
            f"monitor({code})",
            f"{NAMES[code]}: take part in the monitoring",
            "dormant",
            f"in_force({code}): no",
            kind="duty",
            heading="Component 1. Monitoring",
            missing=(f"in_force({code}): no",),
        )
        for code in PARTIES
    ),
    *(
        item(
            f"assist({code})",
            f"{NAMES[code]}: help after an attack",
            None,
            "",
            kind="duty",
            heading="Component 4. After an attack",
            by_reading={"any_attack": "dormant", "major_attack": "open"},
        )
        for code in PARTIES
    ),
    item(
        "force_size",
        "soldiers of the multinational force",
        "open",
        "not said; only the press gives numbers",
        kind="quantity",
        heading="Component 3. The multinational force",
        low=True,
        mode="untold",
        source="press-force-size",
    ),
    item(
        "headquarters_in(paris)",
        "the headquarters is in Paris",
        "yes",
        "France and the United Kingdom announced it",
        heading="Component 3. The multinational force",
        mode="told",
        since="2025-07-10",
        source="unn-2025-07-10",
    ),
    item(
        "response_due",
        "the response to a breach is due",
        "open",
        kind="moment",
        heading="Component 3. The multinational force",
        bounds=("2025-09-01", "2025-09-30"),
        mode="told",
        since="2025-09-01T00:00+02:00",
    ),
    item(
        "deploy(FRA)",
        "France may send forces behind the front",
        "open",
        "request: open; credible_cessation: open",
        kind="power",
        heading="Component 3. The multinational force",
        missing=("request happened: open", "credible_cessation: open"),
    ),
    item(
        "clear_rules",
        "there are clear rules for the force",
        "contested",
        "Sweden says no, the declaration yes",
        heading="Component 3. The multinational force",
        mode="told",
        since="2026-01-06",
        anonymous=True,
    ),
    *OFFERS,
)

QUESTIONS = (
    OpenQuestion(
        name="attack_size",
        label="How much aggression counts?",
        chosen=None,
        clause="agreements/parties.md:120",
        readings=(
            ("any_attack", "in case of a renewed Russian attack", ("report-2026-01-06#P6",)),
            ("major_attack", "any new major aggression", ("dpa-2025-09-04#P9", "report-2026-01-06#P13")),
        ),
        moves=tuple(f"assist({code})" for code in PARTIES),
    ),
    OpenQuestion(
        name="backstop",
        label="Does the guarantee wait for an American one?",
        chosen="with_backstop",
        clause="agreements/parties.md:131",
        readings=(
            ("no_backstop", "the final text: the proposed support of the United States", ("paris-declaration",)),
            ("with_backstop", "not without a reassurance by the United States", ("dpa-2025-09-04#P12",)),
        ),
        moves=(),
    ),
)

REFUSALS = (
    cited("Russia: foreign_troops_in_ukraine refused", voice="Russia", speaks_for="RUS", anchor="report-2026-01-06#P19", quote="strikt"),
    cited(
        "Zakharova, for RUS: foreign_troops_in_ukraine threatened, “legitimate combat targets”",
        voice="Zakharova",
        speaks_for="RUS",
        form="quoted",
        said="2026-01-08",
        anchor="tass-2026-01-08",
    ),
    cited(
        "an official, for USA: offer(USA, land) refused",
        voice="a senior US official",
        speaks_for="USA",
        form="unnamed official",
        anchor="report-2026-01-06#P15",
    ),
    cited("Tusk, for POL: offer(POL, land) refused", voice="Donald Tusk", speaks_for="POL", form="quoted", anchor="pol-2026-01-06"),
)

GAPS = (
    Gap(
        what="who_certifies",
        of="ceasefire_begins",
        label="a ceasefire enters into force",
        agreement="ceasefire_instrument",
        clause="agreements/ceasefire.md:24",
    ),
    Gap(what="votes", of="special_commission", label="Special Commission", agreement="paris_2026", clause="agreements/framework.md:90"),
    Gap(what="quorum", of="special_commission", label="Special Commission", agreement="paris_2026", clause="agreements/framework.md:90"),
    Gap(what="depositary", of="paris_2026", label="Robust Security Guarantees", agreement="paris_2026", clause="agreements/framework.md:8"),
)

STATUS = Status(
    title="Paris framework of security guarantees for Ukraine",
    coordinates=coordinates(),
    headline="Nothing is in force. A ceasefire is missing, and nobody has said who establishes one.",
    headlines=("in_force", "ceasefire", "us_backstop"),
    items=ITEMS,
    questions=QUESTIONS,
    refusals=REFUSALS,
    anonymous=(CIRCLES,),
    low=(PRESS,),
    gaps=GAPS,
    counts={"statements": 178, "sources": 65, "gaps": 31, "questions": 4},
    names=NAMES,
)


def node(text: str, value: str, mode: str, *parts: WhyNode, **more: object) -> WhyNode:
    known: dict[str, object] = {
        "term": "",
        "since": None,
        "last_told": None,
        "note": "",
        "clause": "",
        "anchors": (),
        "question": "",
        "reading": "",
        "cited": (),
        "alleged": (),
    }
    return WhyNode(**{**known, **more, "text": text, "value": value, "mode": mode, "parts": parts})  # type: ignore[arg-type]  # built from a table


READY = cited(
    "Costa, for EUE: committed(FRA) happened",
    voice="António Costa",
    speaks_for="EUE",
    form="quoted",
    firmness="ready",
    quote="Wir sind bereit",
    why_not="ready is less firm than agreed, and only FRA can bind FRA",
    through=("the Council's press service",),
    outlet="dpa",
    conditions=("a ceasefire",),
    happened="2026-01-06",
    note="named no member",
)
VOTE = cited(
    "Starmer, for GBR: parliament_agrees(GBR) happened",
    voice="Keir Starmer",
    speaks_for="GBR",
    form="quoted",
    firmness="envisaged",
    said="2026-01-07",
    anchor="starmer-2026-01-07",
    quote="a vote in Parliament",
)

TREE = node(
    "in_force(FRA)",
    "no",
    "carried",
    node(
        "committed(FRA) happened and national_path(FRA)",
        "open",
        "derived",
        node(
            "committed(FRA) happened",
            "open",
            "untold",
            term="committed(FRA)",
            clause="agreements/framework.md:31",
            anchors=(("report-2026-01-06#P5", "Wir sind bereit"),),
            alleged=(READY, READY, READY),
            note="a word of readiness is not it",
        ),
        node(
            "national_path(FRA)",
            "open",
            "derived",
            node("parliament_debates(FRA) happened", "open", "untold", term="parliament_debates(FRA)", cited=(VOTE,)),
            note="not said: steps",
            clause="agreements/framework.md:58",
        ),
        clause="agreements/framework.md:78",
    ),
    node(
        "ceasefire",
        "no",
        "carried",
        node("from ceasefire_begins", "open", "untold", clause="agreements/ceasefire.md:38"),
        clause="agreements/framework.md:79",
        last_told="2025-12-01",
    ),
    node(
        "us_backstop",
        "open",
        "untold",
        question="backstop",
        reading="with_backstop",
        clause="agreements/framework.md:80",
        anchors=(("dpa-2025-09-04#P12", "nicht ohne eine Rückversicherung durch die USA"),),
    ),
    term="in_force(FRA)",
    clause="agreements/framework.md:76",
    since="2026-01-06",
    anchors=(("report-2026-01-06#P5", "sobald eine Waffenruhe in Kraft tritt"),),
)

WHY = Why(
    term="in_force(FRA)",
    label="France's guarantee to Ukraine is in force",
    kind="state",
    value="no",
    by_reading={},
    prose="A guarantor's guarantee is in force while four things hold. It has bound itself; its own law has been satisfied; a ceasefire is "
    "in force; and, if the guarantees wait for the United States, American backing is there. The sources disagree on the last.",
    coordinates=coordinates(),
    roots=(("", TREE),),
    gaps=(
        Gap(
            what="steps",
            of="national_path",
            label="the steps that g's own law asks for",
            agreement="paris_2026",
            clause="agreements/framework.md:52",
        ),
    ),
)
WHY_SPLIT = Why(
    term="assist(FRA)",
    label="France: help after an attack",
    kind="duty",
    value=None,
    by_reading={"any_attack": "dormant", "major_attack": "open"},
    prose="",
    coordinates=coordinates(),
    roots=(("any_attack", node("assist(FRA)", "dormant", "derived")), ("major_attack", node("assist(FRA)", "open", "derived"))),
    gaps=(),
)


def debt(term: str, phase: str | None, **more: object) -> Debt:
    bearer = term.rpartition("(")[2].rstrip(")")
    known: dict[str, object] = {
        "label": f"{NAMES[bearer]}: take part in the monitoring",
        "counterparty": "UKR",
        "by_reading": {},
        "since": None,
        "due": None,
        "deeds": (f"takes_part_in_monitoring({bearer})",),
        "discretion": "",
        "because": f"in_force({bearer}): no",
        "clause": "agreements/framework.md:150",
        "force": ("politically", "legally"),
        "missing": (f"in_force({bearer}): no",),
    }
    return Debt(**{**known, **more, "term": term, "bearer": bearer, "phase": phase})  # type: ignore[arg-type]  # built from a table


OWED = Owed(
    title=STATUS.title,
    coordinates=coordinates(),
    debts=(
        *(debt(f"monitor({code})", "dormant") for code in PARTIES),
        debt(
            "consult(GBR)",
            "owed",
            label="United Kingdom: consult Ukraine",
            since="2024-01-12",
            due="2026-01-08",
            deeds=("consults(GBR)",),
            because="the bilateral agreement of 2024",
            missing=(),
        ),
        *(
            debt(
                f"assist({code})",
                None,
                label=f"{NAMES[code]}: help after an attack",
                because="",
                by_reading={"any_attack": "dormant", "major_attack": "open"},
                discretion=f"as {NAMES[code]} deems necessary",
                deeds=tuple(f"{deed}({code})" for deed in ("military", "intelligence", "logistics", "diplomacy", "sanctions")),
            )
            for code in PARTIES
        ),
    ),
    powers=tuple(one for one in ITEMS if one.kind == "power"),
    names=NAMES,
)


def difference(kind: str, term: str, label: str, before: str | None, after: str | None, **more: object) -> Difference:
    known: dict[str, object] = {"because": "", "source": "report-2026-01-06#P5"}
    return Difference(**{**known, **more, "kind": kind, "term": term, "label": label, "before": before, "after": after})  # type: ignore[arg-type]  # built from a table


CHANGED = Changed(
    title=STATUS.title,
    earlier=coordinates("2025-09-05"),
    later=coordinates("2026-01-07"),
    differences=(
        difference("new", "deployment_intent_signed(FRA)", "France signs the declaration of intent", None, "yes", cited=(PARIS_TALKS,)),
        difference(
            "new", "deployment_intent_signed(GBR)", "United Kingdom signs the declaration of intent", None, "yes", cited=(PARIS_TALKS,)
        ),
        difference("new", "planned_lead(european)", "the lead is to be European", None, "yes", anonymous=True, cited=(CIRCLES,)),
        difference("moved", "offer(FRA, land)", "troops, away from the front", "announced", "intent signed", because="signed in Paris"),
        difference(
            "firmer", "us_backstop", "the United States back the guarantees", "envisaged", "promised", because="negotiating circles"
        ),
        difference(
            "said", "offer(DEU, land)", "forces on neighbouring NATO territory", "undecided", "undecided", source="report-2026-01-06#P17"
        ),
        difference("gone", "army_strengthened", "Ukraine's army is strengthened first", "yes", None, source="dpa-2025-09-04#P8"),
        difference("gone", "us_support_needed", "American support is the condition of every guarantee", None, None, low=True, source=""),
    ),
    reports=("Report of dpa on the Paris talks of 4 September 2025", "Report on the Paris talks of 6 January 2026"),
    names=NAMES,
)

UNKNOWN = Code(code="AV203", title="unknown name", what="", why="", bad="", good="")
UNUSED = Code(code="AV310", title="never used", what="", why="", bad="", good="", severity=Severity.WARNING)
PROBLEMS = (
    Problem(
        code=UNKNOWN,
        message='nothing is called "ceasfire"',
        hint='did you mean "ceasefire"?',
        span=Span("cases/mine/pact.md", 12, 9, 12, 17),
        excerpt="  while ceasfire and consented(g)",
        notes=((Span("cases/mine/pact.md", 4, 7, 4, 16), '"ceasefire" is declared here'),),
    ),
    Problem(
        code=UNUSED, message="nobody uses this area", span=Span("cases/mine/pact.md", 3, 6, 3, 20), excerpt='\tarea höhe_über_null "甲乙"'
    ),
    Problem(code=UNKNOWN, message="there is no such file", span=Span("cases/mine/aval.toml"), hint="a case is a folder with an aval.toml"),
)


def held(**values: str) -> tuple[Held, ...]:
    return tuple(Held(reading=reading, value=value) for reading, value in values.items())


def standing(of: str, text: str, line: int, value: str | None = None) -> Standing:
    anchors = (("paris-declaration", ""), ("report-2026-01-06#P5", "sobald eine Waffenruhe in Kraft tritt"))
    return Standing(of=of, text=text, value=value, clause=f"agreements/framework.md:{line}", anchors=anchors)


def parting(terms: tuple[str, ...], labels: tuple[str, ...], of: int, **more: object) -> Parting:
    known: dict[str, object] = {
        "kind": "state",
        "aspect": "value",
        "clause": "agreements/framework.md:41",
        "others": (),
        "through": (),
        "turns_on": (),
        "stretches": (),
    }
    return Parting(**{**known, **more, "terms": terms, "labels": labels, "of": of})  # type: ignore[arg-type]  # built from a table


MEMBERS = tuple(code for code in PARTIES if code != "NATO")
DIVERGENCE = Divergence(
    title="Paris framework of security guarantees for Ukraine",
    coordinates=coordinates(attack_size="any_attack"),
    start=None,
    end=None,
    headline="On 2026-01-07 the readings of 1 of 5 questions give different answers, to 3 terms. 1 more part at another time.",
    questions=(
        Disputed(
            name="attack_size",
            label="How much aggression counts?",
            chosen="any_attack",
            clause="agreements/parties.md:196",
            sides=(Side(name="any_attack", label="any attack", anchors=(), held_by=(), clauses=()),),
            partings=(),
        ),
        Disputed(
            name="backstop",
            label="Do the guarantees wait for American backing?",
            chosen=None,
            clause="agreements/parties.md:220",
            sides=(
                Side(
                    name="with_backstop",
                    label="no guarantee without American backing",
                    anchors=(("dpa-2025-09-04#P3", "Voraussetzung für alle Sicherheitsgarantien"),),
                    held_by=("DEU", "GBR"),
                    clauses=(standing("in_force", "while us_backstop", 119, "open"), standing("owes", "while us_backstop", 124, "open")),
                ),
                Side(name="without_backstop", label="American backing or not", anchors=(), held_by=(), clauses=()),
            ),
            partings=(
                parting(
                    ("in_force(FRA)", "in_force(GBR)"),
                    ("France's guarantee to Ukraine is in force", "United Kingdom's guarantee to Ukraine is in force"),
                    26,
                    others=("guarantee_end",),
                    turns_on=("us_backstop: open",),
                    stretches=(
                        Stretch(
                            start="2026-01-05",
                            end="2026-03-01",
                            now=True,
                            projected=False,
                            held=held(with_backstop="open", without_backstop="yes"),
                            began=("activated: yes",),
                            ended=("us_backstop: yes",),
                        ),
                        Stretch(
                            start="2027-01-01",
                            end=None,
                            now=False,
                            projected=True,
                            held=(
                                Held(reading="with_backstop", value="no"),
                                Held(
                                    reading="without_backstop",
                                    value=None,
                                    by_reading={"guarantee_end=ends": "no", "guarantee_end=outlives": "yes"},
                                ),
                            ),
                        ),
                    ),
                ),
                parting(
                    ("leads",),
                    ("the United States lead",),
                    1,
                    stretches=(
                        Stretch(start=None, end=None, now=True, projected=False, held=held(with_backstop="yes", without_backstop="no")),
                    ),
                ),
                parting(
                    tuple(f"monitor({code})" for code in MEMBERS),
                    tuple(f"{NAMES[code]}: take part in the monitoring" for code in MEMBERS),
                    len(MEMBERS),
                    kind="duty",
                    aspect="phase",
                    through=("in_force",),
                ),
            ),
        ),
        Disputed(
            name="response_times",
            label="Are there times for what follows a breach?",
            chosen=None,
            clause="agreements/parties.md:232",
            sides=(
                Side(name="untimed", label="none", anchors=(("paris-declaration", ""),), held_by=(), clauses=()),
                Side(
                    name="day",
                    label="24 hours",
                    anchors=(("plan-straitstimes-2026-02-03", ""),),
                    held_by=(),
                    clauses=(standing("answer", "24 hours after breach(RUS)", 405),),
                ),
                Side(
                    name="days",
                    label="72 hours",
                    anchors=(("plan-straitstimes-2026-02-03", ""),),
                    held_by=(),
                    clauses=(standing("answer", "72 hours after breach(RUS)", 408),),
                ),
            ),
            partings=(
                parting(
                    ("assist(FRA)",),
                    ("France: help in case of a new attack",),
                    26,
                    kind="duty",
                    aspect="due",
                    stretches=(
                        Stretch(
                            start="2026-02-01T10:00+01:00",
                            end="2026-02-10",
                            now=False,
                            projected=False,
                            held=held(untimed="no deadline", day="2026-02-02T10:00+01:00", days="2026-02-04T10:00+01:00"),
                            ended=("the deadline: passed",),
                        ),
                    ),
                ),
            ),
        ),
        Disputed(
            name="force_trigger",
            label="After what may the force go in?",
            chosen=None,
            clause="agreements/parties.md:156",
            sides=(
                Side(
                    name="after_ceasefire",
                    label="once there is a ceasefire",
                    anchors=(("dpa-2025-09-04#P9", "im Rahmen eines Waffenstillstands"),),
                    held_by=(),
                    clauses=(
                        standing("deploy", "while ceasefire", 264, "no"),
                        standing("offer(FRA, land)", "subject to ceasefire", 57, "no"),
                    ),
                ),
                Side(
                    name="after_peace",
                    label="only once there is a peace agreement",
                    anchors=(("report-2026-01-06#P1", "im Falle eines Friedensabkommens"),),
                    held_by=("RUS",),
                    clauses=(standing("deploy", "while peace_in_force", 266, "no"),),
                ),
            ),
            partings=(
                parting(
                    ("deploy(FRA)",),
                    ("France: send forces",),
                    2,
                    kind="power",
                    once=("own_law_satisfied(FRA): open",),
                    unless=("ceasefire: no (on reading after_ceasefire)", "peace_in_force: no (on reading after_peace)"),
                    alike=True,
                ),
                parting(
                    ("deploy(AUS)",),
                    ("Australia: send forces",),
                    2,
                    kind="power",
                    once=("AUS in coalition: open", "own_law_satisfied(AUS): open"),
                    unless=("ceasefire: no (on reading after_ceasefire)", "peace_in_force: no (on reading after_peace)"),
                    alike=True,
                ),
                parting(
                    ("activated",),
                    ("a ceasefire has brought the guarantees into play",),
                    1,
                    once=("from ceasefire_begins: open",),
                    comes=("until ceasefire_ends: open (on reading after_peace)",),
                ),
                parting(("offer(FRA, land)",), ("land",), 1, kind="contribution", aspect="conditions"),
            ),
        ),
        Disputed(name="idle", label="", chosen=None, clause="agreements/parties.md:300", sides=(), partings=()),
    ),
    counts={
        "questions": 5,
        "apart": 2,
        "apart now": 1,
        "apart in the text": 1,
        "chosen": 1,
        "terms apart": 4,
        "terms apart now": 3,
        "steps": 982,
    },
    names=NAMES,
)


def key(term: str, does: str, *holders: str, **more: object) -> UnlockKey:
    known: dict[str, object] = {
        "sort": "happens",
        "told_by": "",
        "clause": "agreements/framework.md:116",
        "latest": "2027-01-07",
        "refused": False,
        "said": None,
        "low": None,
    }
    return UnlockKey(**{**known, **more, "term": term, "does": does, "holders": holders})  # type: ignore[arg-type]  # built from a table


REFUSAL = cited("Kremlin for RUS: refuses ceasefire_begins", voice="Kremlin", speaks_for="RUS", form="quoted", says="position")
BOUND = key("committed(FRA)", "France binds itself to the guarantees", "FRA", told_by="France, at least agreed", gaps=("form_of_the_act",))
TRUCE = key(
    "ceasefire_begins",
    "a ceasefire enters into force",
    "RUS",
    told_by="2 independent sources of grade high",
    said=REFUSAL,
    refused=True,
    latest="2027-01-06",
    gaps=("who_certifies",),
)
BACKSTOP = key("us_backstop", "the United States back the guarantees", "USA", told_by="the United States", low=PRESS, clause="")
CONSENTS = tuple(key(f"consented({code})", f"{NAMES[code]} consents", code) for code in ("DEU", "FRA", "GBR", "SWE"))
NEEDS = Need(
    op="all",
    term="in_force(FRA)",
    label="France's guarantee to Ukraine is in force",
    parts=(
        Need(op="key", term=BOUND.term, label=BOUND.does, key=BOUND),
        Need(op="count", number="2", parts=tuple(Need(op="key", term=one.term, label=one.does, key=one) for one in CONSENTS)),
        Need(
            op="weight",
            number="7.2",
            weights=("5", "2.2", "1.5", "0.5"),
            parts=tuple(Need(op="key", term=one.term, label=one.does, key=one) for one in CONSENTS),
        ),
        Need(op="any", parts=(Need(op="key", term=TRUCE.term, label=TRUCE.does, key=TRUCE), Need(op="above", term="peace", label="peace"))),
    ),
)
UNLOCK = Unlock(
    term="in_force(FRA)",
    label="France's guarantee to Ukraine is in force",
    lose=False,
    value="no",
    by="2027-01-07",
    by_default=True,
    coordinates=coordinates(),
    clause="agreements/framework.md:115",
    names=NAMES,
    branches=(
        Branch(
            reading="",
            every=True,
            value="no",
            needs=None,
            ways=(Way(size=3, sets=1, run=1, blocked=True, keys=(BOUND, TRUCE, BACKSTOP)),),
            more=False,
            failed=0,
            obstacles=(),
            beyond=("until",),
        ),
        Branch(
            reading="backstop=without_backstop",
            every=False,
            value="no",
            needs=NEEDS,
            ways=(Way(size=2, sets=1, run=1, blocked=True, keys=(BOUND, TRUCE)),),
            more=False,
            failed=0,
            obstacles=(),
            beyond=("until",),
        ),
        Branch(
            reading="backstop=many",
            every=False,
            value="open",
            needs=None,
            ways=(
                Way(
                    size=3,
                    sets=6,
                    run=2,
                    blocked=False,
                    keys=(BOUND,),
                    choices=(UnlockChoice(number=2, blocks=tuple((one,) for one in CONSENTS)),),
                ),
                Way(size=3, sets=1, run=1, blocked=True, keys=(TRUCE, *CONSENTS[:2])),
            ),
            more=True,
            failed=2,
            obstacles=(),
            beyond=(),
        ),
        Branch(
            reading="backstop=never",
            every=False,
            value="no",
            needs=None,
            ways=(),
            more=False,
            failed=0,
            obstacles=("it has come already, and can come only once: committed(FRA)", "not said: steps"),
            beyond=(),
        ),
    ),
)

ANSWERS: dict[str, Status | Why | Owed | Changed | Divergence | Unlock] = {
    "status": STATUS,
    "why": WHY,
    "why_split": WHY_SPLIT,
    "owed": OWED,
    "changed": CHANGED,
    "diverge": DIVERGENCE,
    "unlock": UNLOCK,
}
