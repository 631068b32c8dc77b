"""How the files of RTEC's three examples speak: who is in them, which event a row is, which fluent a state is."""

from __future__ import annotations

from collections.abc import Iterable

from aval.model.term import Term
from benchmarks.rtec.peer import Prefixed, Protocol, Row


def _people(rows: Iterable[Row]) -> dict[str, list[str]]:
    return {"people": sorted({row.args[0] for row in rows})}


def _as_it_stands(row: Row) -> Term:
    return Term(row.name, row.args)


TOY = Protocol(
    name="toy",
    groups=_people,
    term=_as_it_stands,
    fluents={
        ("rich", "true"): ("rich", ""),
        ("happy", "true"): ("happy", ""),
        **{("location", spot): ("location", spot) for spot in ("home", "work", "pub")},
    },
    shown=lambda _, args: ("", args[0]),
)

# -- NetBill. Who never sends goods or a payment is nobody to RTEC, in either role; nobody trades with themselves.

_SENDERS = ("send_EPO", "send_goods")


def _traders(rows: Iterable[Row]) -> dict[str, list[str]]:
    seen = sorted({int(row.args[0]) for row in rows if row.name in _SENDERS})
    merchants, consumers = [one for one in seen if one % 2 == 0], [one for one in seen if one % 3 > 0]
    return {"merchants": [f"p{one}" for one in merchants], "consumers": [f"p{one}" for one in consumers]}


_TRADERS = Prefixed("p")


def _trade(row: Row) -> Term | None:
    if row.name in _SENDERS:
        kept = row.args[1] == "iServer" and (row.name == "send_goods" or row.args[3] == "10")
        return Term(row.name.lower(), (f"p{row.args[0]}", row.args[2])) if kept else None
    one, other, goods = row.args[:3]
    return Term(row.name, (_TRADERS[one], _TRADERS[other], goods)) if one != other else None


def _traded(state: str, args: tuple[str, ...]) -> tuple[str, str]:
    plain = [arg.removeprefix("p") for arg in args]
    match state:
        case "quoting_barred" | "quoting_allowed":
            return "", f"present_quote({plain[0]},{plain[1]})"
        case "may_accept":
            return "", f"accept_quote({plain[1]},{plain[0]},{plain[2]})"
        case "payment":
            return "", f"send_EPO({plain[0]},iServer,{plain[1]})"
        case "delivery":
            return "", f"send_goods({plain[0]},iServer,{plain[1]})"
        case "merchant_suspended" | "merchant_released":
            return "suspended", f"{plain[0]},merchant"
        case "consumer_suspended" | "consumer_released":
            return "suspended", f"{plain[0]},consumer"
        case _:
            return "", ",".join(plain)


NETBILL = Protocol(
    name="netbill",
    groups=_traders,
    term=_trade,
    fluents={
        ("quote", "true"): ("quote", ""),
        ("quote", "false"): ("quote_lapsed", ""),
        ("contract", "true"): ("contract", "active"),
        ("contract", "false"): ("contract", "ended"),
        ("pow", "true"): ("may_accept", ""),
        ("per", "false"): ("quoting_barred", ""),
        ("per", "true"): ("quoting_allowed", ""),
        ("obl", "true"): ("payment", "due"),
        ("obl", "false"): ("payment", "settled"),
        ("obl ", "true"): ("delivery", "due"),
        ("obl ", "false"): ("delivery", "settled"),
        ("suspended", "true"): ("merchant_suspended", ""),
        ("suspended", "false"): ("merchant_released", ""),
        ("suspended ", "true"): ("consumer_suspended", ""),
        ("suspended ", "false"): ("consumer_released", ""),
    },
    shown=_traded,
)

# -- Voting. Only motions 3, 6 and 9 are known to RTEC. `sanctioned=false` is left out: there RTEC re-arms a timer that it has lost.


_MEMBERS, _BALLOTS = Prefixed("p"), Prefixed("m")
_MOTIONS = ("m3", "m6", "m9")


def _assembly(rows: Iterable[Row]) -> dict[str, list[str]]:
    seen = sorted({int(row.args[0]) for row in rows})
    ballots = sorted({int(row.args[1]) for row in rows} | {3, 6, 9})
    return {
        "members": [f"p{one}" for one in seen],
        "chairs": [f"p{one}" for one in seen if one % 10 == 0],
        "voters": [f"p{one}" for one in seen if one % 11 > 0],
        "ballots": [f"m{one}" for one in ballots],
    }


def _vote(row: Row) -> Term:
    return Term(row.name, (_MEMBERS[row.args[0]], _BALLOTS[row.args[1]], *row.args[2:]))


def _ballot(state: str, args: tuple[str, ...]) -> tuple[str, str] | None:
    if state == "status" and args[0] not in _MOTIONS:
        return None
    plain = [arg[1:] for arg in args]
    match state:
        case "may_close":
            return "", f"close_ballot({plain[0]},{plain[1]})"
        case "must_declare":
            return "", f"declare({plain[0]},{plain[1]},carried)"
        case _:
            return "", ",".join(plain)


VOTING = Protocol(
    name="voting",
    groups=_assembly,
    term=_vote,
    fluents={
        **{("status", theirs): ("status", ours) for theirs, ours in (("null", "nothing"), ("proposed", "proposed"))},
        **{("status", theirs): ("status", ours) for theirs, ours in (("voting", "voting_now"), ("voted", "voted_on"))},
        **{("voted", choice): ("voted", choice) for choice in ("aye", "nay")},
        **{("outcome", result): ("outcome", result) for result in ("carried", "not_carried")},
        ("auxPerCloseBallot", "true"): ("young", "still"),
        ("auxPerCloseBallot", "false"): ("young", "over"),
        ("per", "true"): ("may_close", "allowed"),
        ("per", "false"): ("may_close", "barred"),
        ("obl", "true"): ("must_declare", "due"),
        ("obl", "false"): ("must_declare", "settled"),
        ("sanctioned", "true"): ("sanctioned", ""),
    },
    shown=_ballot,
    weights=("voice", "votes"),
)
