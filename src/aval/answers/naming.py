"""Names in words: the label of a party, and a declaration's label with its parties filled in."""

from __future__ import annotations

from aval.answers.inquiry import BLANK, Inquiry, of_parties
from aval.model.agreement import Agreements, Area, Body, Declaration, Group, Party, params_of
from aval.model.label import fill, named
from aval.model.term import Term

ITSELF, OTHER = "the party", "the other party"
"""what stands in a label for the party that each one is asked about, for a further one"""


def names(inquiry: Inquiry) -> dict[str, str]:
    """Give the label of every party, group, body and area; a plain word is itself, with spaces."""
    found: dict[str, str] = {}
    for declared in inquiry.world.agreements.declarations.values():
        if isinstance(declared, Party | Area | Body | Group):
            found[declared.meta.name] = declared.meta.label or declared.meta.name
    for group in inquiry.world.agreements.of(Group):
        for member in group.members:
            found.setdefault(member, member.replace("_", " "))
    return found


def name_of(code: str, inquiry: Inquiry) -> str:
    """Give one name in words."""
    declared = inquiry.world.agreements.declarations.get(code)
    return declared.meta.label or code if declared is not None else code.replace("_", " ")


def label_of(declared: Declaration | None, term: Term, inquiry: Inquiry) -> str:
    """Give a term in words: "g's guarantee is in force" becomes "France's guarantee is in force", "an attack" "an attack (Russia)"."""
    if declared is None or not declared.meta.label:
        return str(term).replace("_", " ")
    params = [param.name for param in params_of(declared)]
    if not params or len(params) != len(term.args):
        return declared.meta.label
    filled = {param: name_of(arg, inquiry) for param, arg in zip(params, term.args, strict=True)}
    return named(declared.meta.label, filled)


def blanks(declared: Declaration, agreements: Agreements) -> tuple[str, ...]:
    """Give what stands for each parameter where it is left open whom the label is about: "the party binds itself"."""
    found: list[str] = []
    for param in params_of(declared):
        parties = of_parties(param.group, agreements)
        found.append((OTHER if ITSELF in found else ITSELF) if parties else BLANK)
    return tuple(found)


def of_each(declared: Declaration, inquiry: Inquiry) -> str:
    """Give a declaration in words as it is asked of each party by itself: "the party binds itself"; one act does not do for all."""
    label = declared.meta.label or declared.meta.name.replace("_", " ")
    filled = blanks(declared, inquiry.world.agreements)
    return fill(label, {param.name: words for param, words in zip(params_of(declared), filled, strict=True)})
