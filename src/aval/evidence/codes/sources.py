"""AV470 onwards: the originals of sources, the anchors in them, and what is kept behind a commitment."""

from __future__ import annotations

from aval.model.problem import Code, Severity

NO_TEXT = Code(
    code="AV470",
    title="This is no text",
    what="An original is plain text, Markdown or HTML. Archives, office files, PDF and pictures are not opened.",
    why="A file that has to be unpacked or drawn can hide what it says, and can do harm on the way. Nothing of it was kept.",
    bad="aval source add cases/paris report.docx",
    good="aval source add cases/paris report.txt, with the words of the report",
)
ENCODING = Code(
    code="AV471",
    title="The letters of this text cannot be told",
    what="A text is UTF-8, or says by its first bytes that it is UTF-16; of any other you say which one it is.",
    why="Read in a wrong encoding, a quote is not found, or a wrong one is.",
    bad="aval source add cases/paris old-page.html",
    good="aval source add cases/paris old-page.html --encoding windows-1252",
)
TOO_LARGE = Code(
    code="AV472",
    title="This original is too large",
    what="An original has at most 8 MB, a line of plain text at most 1 MB, a page at most 400,000 tags, and none that is longer than 1 MB.",
    why="Sizes are counted while reading, so that no file can fill the memory. Nothing of it was kept.",
    bad="a line of a gigabyte",
    good="the report alone, with its line ends",
)
WHICH = Code(
    code="AV473",
    title="It is not clear which source this is",
    what="An original belongs to a source of aval.toml: to the one whose sha256 it has, or to the one that is named.",
    why="Quotes are looked for in the source that they name.",
    bad="aval source add cases/paris page.html",
    good="aval source add cases/paris page.html --as fico-unn-2025-02-17",
)
OTHER_ORIGINAL = Code(
    code="AV474",
    title="This is not the original that was read",
    what="Where aval.toml gives the sha256 of a source, its original has that hash, byte for byte.",
    why="A page that was changed since may say something else than those who quoted it read.",
    bad="a page that was saved again last week",
    good="the file as it was read; or another source with its own id, for the page as it is now",
)
MISSING = Code(
    code="AV475",
    title="A quote does not stand in its source",
    what="The words of a quote stand in the original as they are, in the paragraph that is named: its non-empty lines, from 1.",
    why="A claim that rests on words which nobody finds rests on nothing.",
    bad='source "dpa-2025-09-04#P5" "words that were never written"',
    good='source "dpa-2025-09-04#P5" "zwischen Russland und der Ukraine"',
)
MOVED = Code(
    code="AV476",
    title="A quote stands in another paragraph",
    what="The words are in the original, but not in the paragraph that is named.",
    why="A reader who looks it up finds something else there.",
    bad='"paragraph": 4, where the words stand in paragraph 5',
    good='"paragraph": 5',
)
AMBIGUOUS = Code(
    code="AV477",
    title="A quote stands in its place more than once",
    what="The words of a quote stand once in the paragraph that is named, or once in the source where none is.",
    why="Which of them is meant cannot be told.",
    bad='"quote": "Ukraine", in a paragraph that has it three times',
    good='"quote": "die Sicherheit der Ukraine"',
    severity=Severity.WARNING,
)
AWAY = Code(
    code="AV478",
    title="The original of a source is not here",
    what="Quotes can be checked where the original is. A case travels without the originals under somebody's copyright.",
    why="Without it, nobody can say whether the words stand there. Nothing is fetched.",
    bad="aval source check cases/paris, right after it was cloned",
    good="aval source add cases/paris FILE, with the file that the hint names",
    severity=Severity.WARNING,
)
DAMAGED = Code(
    code="AV479",
    title="What was kept is not what it was",
    what="An original has the hash that it is named by, its record is as Aval wrote it, and `redactions.jsonl` is too.",
    why="A changed original would confirm a changed quote.",
    bad="one byte that somebody edited in .aval/sources",
    good="take it away, and add the original again",
)
REDACTED = Code(
    code="AV480",
    title="The original of a source was redacted",
    what="Somebody took the original away on purpose; the hash of it is left, with who did it, when and why.",
    why="Its quotes cannot be checked here any more; whoever has the original can still show that it is the one.",
    bad="aval source check, after aval redact",
    good="aval source add, by somebody who has the file and may keep it",
    severity=Severity.WARNING,
)
NOTHING = Code(
    code="AV481",
    title="There is nothing of this kind to redact",
    what="`aval redact` takes the id of a source whose original is here, or a commitment whose opening is here.",
    why="It can only take away what is kept here; copies elsewhere are out of its reach.",
    bad="aval redact cases/paris no-such-source --by FRA --why …",
    good="aval redact cases/paris dpa-2025-09-04 --by FRA --why …",
)
NOT_KEPT = Code(
    code="AV482",
    title="It could not be kept",
    what="The system lets Aval write in the folder `.aval` of the case, where no link lies on the way, and there is room on the disk.",
    why="What is not surely on the disk is not kept. Nothing has changed.",
    bad="aval source add, on a full disk",
    good="the same, after making room",
)

CODES = (*(NO_TEXT, ENCODING, TOO_LARGE, WHICH, OTHER_ORIGINAL, MISSING, MOVED, AMBIGUOUS, AWAY, DAMAGED, REDACTED, NOTHING, NOT_KEPT),)
