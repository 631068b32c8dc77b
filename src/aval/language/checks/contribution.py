"""Contributions: `offer(PARTY, DOMAIN)`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from aval.language.case import Case
from aval.language.nodes.expressions import OFFER
from aval.language.problems import Finding, problem, quote
from aval.language.roles import PARTY_ONLY
from aval.language.syntax import Named, Offer
from aval.language.uses import DOMAINS
from aval.model import expression as ex
from aval.model.problem import Code, Problem

CODE = Code(
    code="AV218",
    title="A contribution that is not `offer(PARTY, DOMAIN)`",
    what="A contribution is named by a declared party and by one word of the group `domains`.",
    why="Offers are compared and added up by party and domain, so both must be known.",
    bad="contribution gripen(SWE)",
    good="group domains is land, air, sea\ncontribution offer(SWE, air)",
)


def check(case: Case) -> Iterator[Finding]:
    """Yield a finding for each offer, declared or asked about, whose name, party or domain is wrong."""
    for declaration in case.declarations:
        if isinstance(declaration.extra, Offer) and (found := _wrong(case, declaration.extra.ref, {})) is not None:
            yield Finding(found, declaration)
    for offer in case.uses.offers:
        if (found := _wrong(case, offer.ref, offer.variables)) is not None:
            yield Finding(found, offer.declaration, offer.clause)


def _wrong(case: Case, ref: ex.Ref, variables: Mapping[str, str]) -> Problem | None:
    names = [arg for arg in ref.args if isinstance(arg, ex.Name) and not isinstance(arg, Named)]
    if ref.name != OFFER or len(ref.args) != 2 or len(names) != 2:  # noqa: PLR2004 (party and domain)
        message = "A contribution is written `offer(PARTY, DOMAIN)`."
        return problem(CODE, message, ref.span, "For example `offer(SWE, air)`.")
    party, domain = names
    if party.text not in variables and party.text not in case.broken:
        declared = case.named.get(party.text)
        if declared is None or declared.kind not in PARTY_ONLY.kinds:
            hint = case.hints.near(party.text, case.names_of(PARTY_ONLY.kinds)) or f'Declare it: `party {party.text} "…"`.'
            return problem(CODE, f"There is no party {quote(party.text)}.", party.span, hint)
    if domain.text in variables or DOMAINS in case.broken:
        return None
    domains = case.domains
    if domains is None:
        message = f"No group `{DOMAINS}` says which domains there are."
        return problem(CODE, message, domain.span, f"For example `group {DOMAINS} is land, air, sea`.")
    if domain.text not in domains:
        return problem(CODE, f"{quote(domain.text)} is not in the group `{DOMAINS}`.", domain.span, case.hints.near(domain.text, domains))
    return None
