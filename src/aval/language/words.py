"""The fixed vocabularies inside clauses: firmness, grades, force, the values a state starts as."""

from __future__ import annotations

from aval.model.agreement import Force, Rule
from aval.model.four import Value
from aval.model.problem import Code
from aval.model.statement import Firmness, Grade

WORD = Code(
    code="AV217",
    title="A word outside its list",
    what="A firmness, a grade, a rung, a way of binding or of deciding, a value or a phase is none of the words that exist.",
    why="These words have fixed meanings; a new one would mean nothing.",
    bad="accepted from g, at least signed",
    good="accepted from g, at least intent_signed",
)

FIRMNESS = {firmness.value.replace(" ", "_"): firmness for firmness in Firmness}
GRADES = {grade.value: grade for grade in Grade}
FORCES = {force.value: force for force in Force}
DECISIONS = {rule.value: rule for rule in (Rule.MAJORITY, Rule.CONSENSUS, Rule.UNANIMITY)}
LENGTHS = ("m", "km")
PHASES = {
    "duty": ("dormant", "owed", "overdue", "discharged", "waived", "suspended", "lapsed", "breached"),
    "ban": ("alleged", "proposed", "found"),
    "power": ("available", "exercised", "void"),
}
"""Where a norm can stand, by its kind (semantics 2.6)."""
STARTS = {"yes": Value.YES, "no": Value.NO, "open": Value.OPEN}
