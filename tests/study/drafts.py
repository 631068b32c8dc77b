"""Drafts for the tests of comparison: a small pact, and what can be done to it."""

from __future__ import annotations

from pathlib import Path

from aval.study.shapes import Comparison, Difference
from aval.workspace.comparing import Compared, compare_texts

PACT = """\
# A pact

What the pact says.

```aval
agreement pact "A pact"
  dated 2026-01-06
  parties FRA, GBR, UKR
  binding politically and legally
party FRA "France"
party GBR "United Kingdom"
party UKR "Ukraine"
group guarantors "those who promise" is FRA, GBR
group few is FRA
body commission "the commission"
  seats guarantors
  decides by at least 2 of 3 votes
  may find attack(any), breach
question size "How large?"
  reading any_attack "any"
  reading major_attack "a major one"
event attack(p: guarantors) "an attack on p"
  accepted from at least 1 independent source of grade medium
event breach "a breach"
event committed(g: guarantors) "g binds itself"
  accepted from g, at least agreed
event consented(g: guarantors) "g consents"
event helped(g: guarantors) "g helps"
event paid(g: guarantors) "g pays"
event asked "Ukraine asks"
  accepted from UKR
event ended "the pact ends"
state calm "it is calm"
state major "the attack is a major one"
quantity strength "soldiers" in persons
state enough "enough have bound themselves"
  while at least 1 g in guarantors with committed(g) happened
state strong "the force is strong"
  while strength is at least 1000
state in_force(g: guarantors) "g's guarantee is in force"
  while committed(g) happened and (calm or asked happened)
  from 30 days after breach
state over "the pact is over"
  from ended
duty help(g: guarantors) "g is to help": g owes UKR helped(g)
  when attack(g)
  while in_force(g)
  within 48 hours
  binding politically and legally
  breach found by commission
duty pay(g: guarantors) "g is to pay": g owes UKR paid(g)
  while in_force(g)
  no later than 2027-01-01
  amounting to 100
ban no_attack(g: guarantors) "g keeps the peace": g must not attack(g)
  from breach
power leave(g: guarantors) "g may leave": g may consented(g)
  while calm and over
```
"""


def compared(folder: Path, before: str, after: str, *suppose: str, tries: int = 0) -> Compared:
    """Write two drafts into a folder and compare them; no history is made up unless so many are asked for."""
    paths = [folder / "before.md", folder / "after.md"]
    for path, text in zip(paths, (before, after), strict=True):
        path.write_text(text, "utf-8")
    return compare_texts(str(paths[0]), str(paths[1]), suppose, tries)


def edited(old: str, new: str, text: str = PACT) -> str:
    """Give a draft with one piece of it replaced; the piece has to be there."""
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the draft"
    return text.replace(old, new)


def only(found: Comparison) -> Difference:
    """Give the one difference; there has to be just one."""
    assert len(found.differences) == 1, [(one.name, one.verdict) for one in found.differences]
    return found.differences[0]
