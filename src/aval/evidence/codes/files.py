"""AV101 to AV119: the folder of a case and the files in it."""

from __future__ import annotations

from aval.model.problem import Code

NO_FOLDER = Code(
    code="AV101",
    title="There is no such folder",
    what="The path that was given as a case exists.",
    why="Aval reads a case from one folder and never looks for it elsewhere.",
    bad="aval status cases/pari",
    good="aval status cases/paris",
)
NOT_A_FOLDER = Code(
    code="AV102",
    title="A case is a folder, and this is a file",
    what="The path that was given as a case is a folder.",
    why="A case is its manifest, agreements, sources and statements together.",
    bad="aval status cases/paris/aval.toml",
    good="aval status cases/paris",
)
NO_MANIFEST = Code(
    code="AV103",
    title="This folder is no case",
    what="The folder holds a file `aval.toml`.",
    why="The manifest says which files belong to the case; without it nothing does.",
    bad="aval status cases",
    good="aval status cases/paris",
)
BAD_PATH = Code(
    code="AV104",
    title="A file's path leads out of the case, or may",
    what="Paths inside a case are relative, with `/` between names, and without `..`, `\\` or control characters.",
    why="A case that somebody sent must never make Aval read another file of your machine.",
    bad='statements = ["../other/reports.jsonl"]',
    good='statements = ["statements/reports.jsonl"]',
)
LINK = Code(
    code="AV105",
    title="A symbolic link inside a case",
    what="No file or folder below the folder of the case is a symbolic link. The folder that you name may itself be one.",
    why="A link can point at any file of your machine, and at another one tomorrow.",
    bad="statements/reports.jsonl -> ../../private.jsonl",
    good="cp ../../private.jsonl statements/reports.jsonl",
)
NOT_A_FILE = Code(
    code="AV106",
    title="Not an ordinary file",
    what="What a case lists is an ordinary file: no folder, pipe, socket or device.",
    why="Reading a pipe or a device may wait for ever, or act on the machine.",
    bad="mkfifo statements/reports.jsonl",
    good="a text file statements/reports.jsonl",
)
NO_FILE = Code(
    code="AV107",
    title="A file of the case is missing",
    what="Every file that the manifest lists exists.",
    why="A board without some of its evidence would look complete and be wrong.",
    bad='statements = ["statements/report.jsonl"]',
    good='statements = ["statements/reports.jsonl"]',
)
UNREADABLE = Code(
    code="AV108",
    title="A file of the case cannot be read",
    what="The system lets Aval read the folder of the case and every file that the manifest lists.",
    why="A board without some of its evidence would look complete and be wrong.",
    bad="chmod 000 statements/reports.jsonl",
    good="chmod 644 statements/reports.jsonl",
)
FILE_TOO_LARGE = Code(
    code="AV109",
    title="A file is too large",
    what="A text file of a case has at most 64 MB.",
    why="A file is read whole. The limit keeps a wrong or hostile file from filling the memory.",
    bad="a statement file of 2 GB",
    good="several statement files, each below 64 MB",
)
LINE_TOO_LONG = Code(
    code="AV110",
    title="A line is too long",
    what="A line of a text file has at most 1 MB.",
    why="No person writes such a line. It is most often a wrong file, or line ends that were lost.",
    bad="one line of 100 MB",
    good="one statement on each line",
)
NOT_UTF8 = Code(
    code="AV111",
    title="Not UTF-8 text",
    what="Text files are UTF-8. A byte-order mark at the start and Windows line ends are accepted.",
    why="In another encoding the same bytes are other letters, and names would silently change.",
    bad="a file saved as Latin-1 or UTF-16",
    good="the same file saved as UTF-8",
)
NUL = Code(
    code="AV112",
    title="A NUL character in a text file",
    what="Text files hold no NUL character.",
    why="A NUL means that this is no text, and many tools stop reading there, so that two readers would see two files.",
    bad="a zip archive named reports.jsonl",
    good="a text file",
)
HIDDEN = Code(
    code="AV113",
    title="A character that hides or reorders text",
    what="Texts hold no control characters (terminal escapes, tabs and line ends included), no marks that change the direction of text, "
    "no invisible characters. Joiners that Persian, Hindi or emoji need are accepted.",
    why="With such a character a line can show something else than it says.",
    bad='{"voice": "\\u202eecnarF"}',
    good='{"voice": "France"}',
)

BAD_TABLE = Code(
    code="AV114",
    title="A table that is not as it has to be",
    what="The first line of a table names its columns, and every other line has a sound cell under each of them. "
    "One wrong row leaves the whole table out.",
    why="A sum over a list of which a row was passed over would look complete and be wrong.",
    bad="s,value\nFRA,0.0134\nDEU,2,56",
    good="s,value\nFRA,1.34\nDEU,2.56",
)

CODES: tuple[Code, ...] = (
    NO_FOLDER,
    NOT_A_FOLDER,
    NO_MANIFEST,
    BAD_PATH,
    LINK,
    NOT_A_FILE,
    NO_FILE,
    UNREADABLE,
    FILE_TOO_LARGE,
    LINE_TOO_LONG,
    NOT_UTF8,
    NUL,
    HIDDEN,
    BAD_TABLE,
)
