"""Who holds a key: whoever the text lets speak for the act, or whose act it is by the term; or nobody that is named (semantics 2.9).

A depositary only tells of acts; that a number comes about is nobody's act, but for one of a party's own.
"""

from __future__ import annotations

from aval.answers.acting import teller
from aval.engine.relaxed import Act, Sort
from aval.model.agreement import Agreements, Body, Declaration, Duty, Event, FromVoice, Party, Power, params_of
from aval.model.expression import Name, Ref
from aval.model.term import Term

_OWN = (Sort.STANDS, Sort.BELONGS)


def holders_of(act: Act, agreements: Agreements) -> tuple[str, ...]:
    """Give who holds the key to an act, any of several; nobody where the text names none."""
    if act.sort is Sort.VOTES:
        return (act.member,)
    if act.sort is Sort.FINDS:
        return (act.body,)
    if act.sort in _OWN:
        return (act.term.args[0],)
    declared = agreements.declarations.get(act.term.name)
    ways = getattr(getattr(declared, "acceptance", None), "ways", ())
    if act.sort is Sort.AMOUNTS:
        parties = tuple(arg for arg in act.term.args if agreements.get(arg, Party) is not None)
        return parties if len(parties) == 1 else ()
    named = tuple(dict.fromkeys(teller(way, declared, act.term) for way in ways if isinstance(way, FromVoice)))
    depositaries = {document.depositary for document in agreements.documents}
    own = tuple(name for name in named if agreements.get(name, Body) is None and (name not in depositaries or name in act.term.args))
    return own or _by_term(act.term, declared, agreements) or named


def holder_of(act: Act, agreements: Agreements) -> str:
    """Give the first who holds the key; `""` for nobody."""
    return next(iter(holders_of(act, agreements)), "")


def _by_term(term: Term, declared: Declaration | None, agreements: Agreements) -> tuple[str, ...]:
    """Give whose deed it is: that of the bearer of a norm, or of the one party that an event is about."""
    if not isinstance(declared, Event):
        return ()
    norms: list[Power | Duty] = [*agreements.of(Power), *agreements.of(Duty)]
    bearers = dict.fromkeys(bearer for norm in norms for bearer in _bearers(norm, term))
    if len(bearers) == 1:
        return tuple(bearers)
    parties = [arg for arg in term.args if agreements.get(arg, Party) is not None]
    return tuple(parties) if len(parties) == 1 else ()


def _bearers(norm: Power | Duty, term: Term) -> tuple[str, ...]:
    deeds = (norm.deed,) if isinstance(norm, Power) else norm.deeds
    return tuple(bearer for deed in deeds if deed.name == term.name and (bearer := _bearer(norm, deed, term)))


def _bearer(norm: Power | Duty, deed: Ref, term: Term) -> str:
    filled = {arg.text: value for arg, value in zip(deed.args, term.args, strict=True) if isinstance(arg, Name)}
    params = {param.name for param in params_of(norm)}
    text = norm.bearer.text
    return filled.get(text, "") if text in params else text
