"""AV330 to AV399: what a statement claims, against the agreements, the sources and the other statements."""

from __future__ import annotations

from aval.model.problem import Code

BAD_TERM = Code(
    code="AV330",
    title="Not a term",
    what="A term is a declared name, then its arguments in brackets.",
    why="A term is how evidence and agreements meet.",
    bad='{"term": "in force: France"}',
    good='{"term": "in_force(FRA)"}',
)
UNKNOWN_NAME = Code(
    code="AV331",
    title="The agreements do not declare this name",
    what="The name of a term is declared in an agreement of the case.",
    why="A claim about a name that nobody declared would move nothing, and you would not notice.",
    bad='{"term": "inforce(FRA)"}',
    good='{"term": "in_force(FRA)"}',
)
WRONG_KIND = Code(
    code="AV332",
    title="This kind of claim does not fit this term",
    what="An event happened, a state or process holds, a group has a member, a quantity has an amount, a party offers; "
    "a position can be taken to anything declared.",
    why="That a state happened, or an event holds, can be read in two ways.",
    bad='{"says": "happened", "term": "ceasefire"}',
    good='{"says": "holds", "term": "ceasefire"}',
)
WRONG_ARITY = Code(
    code="AV333",
    title="Too many or too few arguments",
    what="A term has the arguments that its declaration names. Only for a position may they be left out.",
    why="With an argument missing it is not clear whom the claim is about.",
    bad='{"says": "holds", "term": "in_force"}',
    good='{"says": "holds", "term": "in_force(FRA)"}',
)
UNKNOWN_ARGUMENT = Code(
    code="AV334",
    title="An unknown party or name",
    what="Each argument of a term is a party, body, area or member of a group that an agreement declares.",
    why="A claim about a party that nobody declared would move nothing, and you would not notice.",
    bad='{"term": "in_force(FRANCE)"}',
    good='{"term": "in_force(FRA)"}',
)
WRONG_ARGUMENT = Code(
    code="AV335",
    title="An argument that cannot stand there",
    what="Each argument can belong to the group that the declaration names for it.",
    why="The rules never look at an instance outside the group, so that the claim would move nothing.",
    bad='{"term": "committed(land)"}',
    good='{"term": "committed(FRA)"}',
)
UNKNOWN_VOICE = Code(
    code="AV336",
    title="`speaks_for` names nobody that the agreements know",
    what="`speaks_for` is a declared party, group or body, or empty.",
    why="Many acts count only if the party itself says so.",
    bad='{"voice": "Emmanuel Macron", "speaks_for": "France"}',
    good='{"voice": "Emmanuel Macron", "speaks_for": "FRA"}',
)
UNKNOWN_SOURCE = Code(
    code="AV337",
    title="An unknown source",
    what="`source` is the id of a source in aval.toml.",
    why="Every statement rests on a document that a reader can find.",
    bad='{"source": "dpa"}',
    good='{"source": "dpa-2025-09-04"}',
)
NO_PARAGRAPH = Code(
    code="AV338",
    title="The source has no such paragraph",
    what="`paragraph` counts the non-empty lines of the source from 1, and is not above its number of paragraphs.",
    why="An anchor that leads nowhere cannot be checked.",
    bad='{"source": "dpa-2025-09-04", "paragraph": 13}',
    good='{"source": "dpa-2025-09-04", "paragraph": 5}',
)
UNKNOWN_AREA = Code(
    code="AV339",
    title="An unknown area",
    what="`area` is an area that an agreement declares. The voice's own words go into `place`.",
    why="Areas are as coarse as the agreement's words, and compared by name.",
    bad='{"area": "near the border"}',
    good='{"area": "border_region", "place": "near the border"}',
)
WRONG_FIELD = Code(
    code="AV340",
    title="A field that does not belong to this kind of claim",
    what="Each kind of claim has its fields: a rung belongs to an offer, a stance to a position, a range to an amount or an offer.",
    why="The field would be kept and would mean nothing.",
    bad='{"says": "holds", "rung": "announced"}',
    good='{"says": "offers", "rung": "announced"}',
)
LACKING_FIELD = Code(
    code="AV341",
    title="This kind of claim needs one more field",
    what="An offer has a rung, a position a stance, an amount a range, a retraction the statement that it withdraws.",
    why="Without it the claim says nothing.",
    bad='{"says": "position", "term": "deployed"}',
    good='{"says": "position", "term": "deployed", "stance": "refuses"}',
)
WRONG_UNIT = Code(
    code="AV342",
    title="Another unit than the quantity has",
    what="An amount of a quantity is given in the unit that its declaration names.",
    why="Numbers of two units cannot be compared, and Aval converts none on its own.",
    bad='{"says": "amount", "term": "force_size", "low": "5", "unit": "brigades"}',
    good='{"says": "amount", "term": "force_size", "low": "15000", "unit": "persons"}',
)
SPEAKS_FOR_NONE = Code(
    code="AV343",
    title="Circles and editors speak for nobody",
    what="Where `form` is circles or editor, a claim about the world (happened, holds, member, amount) has no `speaks_for`.",
    why="No party is bound by what its surroundings or a newspaper say.",
    bad='{"says": "happened", "term": "committed(FRA)", "form": "circles", "speaks_for": "FRA"}',
    good='{"says": "happened", "term": "committed(FRA)", "form": "circles"}',
)
NOT_YET = Code(
    code="AV344",
    title="Not yet understood",
    what="`value` and any `visibility` but public are kept for later versions.",
    why="A field that is accepted and has no effect would promise what it does not do.",
    bad='{"visibility": "members"}',
    good='{"visibility": "public"}',
)
LABEL_TWICE = Code(
    code="AV350",
    title="A label is used twice",
    what="A label stands once in a case.",
    why="A correction that names it could mean either statement.",
    bad='{"label": "fra-1", …}\n{"label": "fra-1", …}',
    good='{"label": "fra-1", …}\n{"label": "fra-2", …}',
)
CLAIM_TWICE = Code(
    code="AV351",
    title="The same claim stands twice",
    what="No two statements of a case are equal in everything but their labels.",
    why="One claim that stands twice looks like two voices.",
    bad='{"label": "fra-1", …}\n{"label": "fra-1-copy", …}',
    good='{"label": "fra-1", …}',
)
BAD_REFERENCE = Code(
    code="AV352",
    title="`withdraws` has the wrong form",
    what="`withdraws` lists `label:` with a label of this case, or `sha256:` with the 64 digits of a content id.",
    why="A withdrawal names exactly what it takes back.",
    bad='{"withdraws": ["fra-1"]}',
    good='{"withdraws": ["label:fra-1"]}',
)
NO_TARGET = Code(
    code="AV353",
    title="What is withdrawn does not exist",
    what="What `withdraws` names is a statement of this case.",
    why="A correction of nothing would leave the mistake standing.",
    bad='{"withdraws": ["label:fra-one"]}',
    good='{"withdraws": ["label:fra-1"]}',
)
CIRCLE = Code(
    code="AV354",
    title="Statements withdraw each other in a circle",
    what="No statement withdraws itself, directly or through others.",
    why="A statement is named by the hash of its content, and nothing can hold the hash of itself.",
    bad='{"label": "a", "withdraws": ["label:b"]}\n{"label": "b", "withdraws": ["label:a"]}',
    good='{"label": "a", "withdraws": ["label:b"]}\n{"label": "b"}',
)
OTHER_VOICE = Code(
    code="AV355",
    title="Only the same voice takes back what it said",
    what="A statement that withdraws another has the same `voice` and the same `speaks_for`.",
    why="That somebody else says otherwise is a second claim beside the first; it does not remove it.",
    bad='{"label": "a", "voice": "Paris"}\n{"label": "b", "voice": "London", "withdraws": ["label:a"]}',
    good='{"label": "a", "voice": "Paris"}\n{"label": "b", "voice": "Paris", "withdraws": ["label:a"]}',
)
OTHER_TERM = Code(
    code="AV356",
    title="A retraction names the term that it takes back",
    what="A statement that says `retracts` has the same term as what it withdraws.",
    why="So that a reader sees from the line alone what is no longer claimed.",
    bad='{"says": "retracts", "term": "ceasefire", "withdraws": ["label:a-statement-about-peace"]}',
    good='{"says": "retracts", "term": "peace", "withdraws": ["label:a-statement-about-peace"]}',
)
TARGET_NOT_TAKEN = Code(
    code="AV357",
    title="What is withdrawn stands in a file that was not taken",
    what="What `withdraws` names was itself taken.",
    why="A file with a problem is not taken. A correction of something in it waits until that file is mended.",
    bad="a correction, while the file of the corrected statement has a problem",
    good="both files without problems",
)
MORE = Code(
    code="AV399",
    title="More problems in this file",
    what="At most 50 problems are listed for one file.",
    why="The first ones most often explain the rest.",
    bad="a file with 900 wrong lines",
    good="mend the first problems and look again",
)

CODES: tuple[Code, ...] = (
    BAD_TERM,
    UNKNOWN_NAME,
    WRONG_KIND,
    WRONG_ARITY,
    UNKNOWN_ARGUMENT,
    WRONG_ARGUMENT,
    UNKNOWN_VOICE,
    UNKNOWN_SOURCE,
    NO_PARAGRAPH,
    UNKNOWN_AREA,
    WRONG_FIELD,
    LACKING_FIELD,
    WRONG_UNIT,
    SPEAKS_FOR_NONE,
    NOT_YET,
    LABEL_TWICE,
    CLAIM_TWICE,
    BAD_REFERENCE,
    NO_TARGET,
    CIRCLE,
    OTHER_VOICE,
    OTHER_TERM,
    TARGET_NOT_TAKEN,
    MORE,
)
