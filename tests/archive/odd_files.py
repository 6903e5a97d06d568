"""Odd files given as an archive, and what a person reads of each.

    python -m tests.archive.odd_files      prints the table

`tests.archive.test_odd_files` holds every row of it.
"""

import contextlib
import os
import shutil
import socket
import sys
import tempfile
import textwrap
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from chatroom import words
from chatroom.archive.rows import HEADER_LINE, encode_row
from chatroom.archive.troubles import ArchiveError, Trouble
from chatroom.problems import Problem
from chatroom.protocol.entries import Entry
from storage import Archive

POSIX = os.name == "posix"
LONGEST_S = 20.0
"""Within which each must be opened or refused, on a machine that does other things too."""

HEADER = HEADER_LINE[3:]
ONE, TWO, THREE = (
    encode_row("room", Entry(n, "2024-05-01T12:00:00Z", "Zoë", f"one, two {n}", f"u1-{n}"))
    for n in (1, 2, 3)
)
UNQUOTED = b"room,Ana,hello,2024-05-01T12:00:00Z,u1-12"
SAVED = (HEADER + ONE + TWO).decode().replace('"', "").replace("one, two", "one two")
OLDER = b"Room,Username,Message\r\n"

Maker = Callable[[Path], object]


@dataclass(frozen=True)
class Odd:
    """One kind: how it is made, for which reasons it is told, and how many messages it has.

    `held` is None where it is refused.
    """

    name: str
    make: Maker
    told: tuple[Trouble, ...]
    held: int | None
    needs_posix: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of it: what a person read, what was held, and whether all is still there."""

    told: tuple[Trouble, ...]
    read: tuple[str, ...]
    held: int | None
    is_all_there: bool
    is_in_time: bool


def holding(data: bytes) -> Maker:
    """Return what makes a file of these bytes."""
    return lambda path: path.write_bytes(data)


def sparse(start: bytes, size: int) -> Maker:
    """Return what makes a file that starts so and goes on in zeros."""

    def make(path: Path) -> None:
        path.write_bytes(start)
        os.truncate(path, size)

    return make


def saved(separator: str = ",", end: str = "\r\n", encoding: str = "utf-8") -> Maker:
    """Return what makes an archive of two messages as a spreadsheet may save it."""
    return holding(SAVED.replace(",", separator).replace("\r\n", end).encode(encoding))


def _make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))


def _make_beside(name: str, make: Maker) -> Maker:
    def both(path: Path) -> None:
        path.write_bytes(HEADER_LINE + ONE + b"torn")
        make(path.with_name(name))

    return both


def _make_in_use(path: Path) -> None:
    path.write_bytes(HEADER_LINE + ONE)
    in_use.append(Archive(path))


def _make_hard_link(path: Path) -> None:
    other = path.with_name("other.csv")
    _make_in_use(other)
    os.link(other, path)


in_use: list[Archive] = []
"""Archives that the makers left open."""

REFUSED: tuple[tuple[str, Maker, Trouble], ...] = (
    ("a note", holding(b"Buy milk.\n"), Trouble.NOT_AN_ARCHIVE),
    ("a list of telephone numbers", holding(b"Name,Phone\r\nAna,1\r\n"), Trouble.NOT_AN_ARCHIVE),
    ("a header in small letters", holding(HEADER.lower() + ONE), Trouble.NOT_AN_ARCHIVE),
    ("rows without a header", holding(ONE + TWO), Trouble.NOT_AN_ARCHIVE),
    ("a header after a blank line", holding(b"\r\n" + HEADER + ONE), Trouble.NOT_AN_ARCHIVE),
    ("a header after sep=,", holding(b"sep=,\r\n" + HEADER + ONE), Trouble.NOT_AN_ARCHIVE),
    ("a header of other columns", holding(b"Id," + HEADER + ONE), Trouble.NOT_AN_ARCHIVE),
    ("bars as separators", saved("|"), Trouble.NOT_AN_ARCHIVE),
    ("a picture", holding(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Trouble.NOT_AN_ARCHIVE),
    ("a spreadsheet's own format", holding(b"PK\x03\x04\x14\0\x06\0"), Trouble.NOT_AN_ARCHIVE),
    ("a web page", holding(b"<!doctype html>\n<table>\n"), Trouble.NOT_AN_ARCHIVE),
    ("a compressed archive", holding(b"\x1f\x8b\x08\0\0\0\0\0"), Trouble.NOT_AN_ARCHIVE),
    ("50 MB of zeros", sparse(b"", 50_000_000), Trouble.NOT_AN_ARCHIVE),
    ("UTF-16 without a mark", saved("\t", encoding="utf-16-le"), Trouble.NOT_AN_ARCHIVE),
    (
        "UTF-16 that was cut within a character",
        holding(SAVED.encode("utf-16")[:-1]),
        Trouble.UTF_16,
    ),
    (
        "semicolons, and a row of six",
        holding(SAVED.replace(",", ";").encode() + b"a;b;c;d;e;f\r\n"),
        Trouble.SEMICOLONS,
    ),
    ("semicolons, in an old code page", saved(";", encoding="cp1252"), Trouble.OTHER_ENCODING),
    ("tabs, and a row of two", holding(SAVED.replace(",", "\t").encode() + b"a\tb"), Trouble.TABS),
    (
        "carriage returns, and a row of two",
        holding(SAVED.replace("\r\n", "\r").encode() + b"a,b\r"),
        Trouble.CR_ENDS,
    ),
    ("a message, then 50 MB of zeros", sparse(HEADER + ONE, 50_000_000), Trouble.NO_LINE_END),
    (
        "an older archive with a line of 4 MB",
        holding(OLDER + b"r,Ana," + b"x" * 4_000_000),
        Trouble.ROW_TOO_LONG,
    ),
    (
        "an older archive with a quote that never ends",
        holding(OLDER + b'r,Ana,"' + b"x y z\r\n" * 500_000),
        Trouble.ROW_TOO_LONG,
    ),
    ("a folder", Path.mkdir, Trouble.IS_FOLDER),
    ("a name in a missing folder", lambda path: path.parent.rmdir(), Trouble.CANNOT_OPEN),
    ("an archive in use", _make_in_use, Trouble.IN_USE),
    ("a hard link to an archive in use", _make_hard_link, Trouble.IN_USE),
    (
        "a lock file that is a folder",
        _make_beside(".archive.csv.lock", Path.mkdir),
        Trouble.CANNOT_LOCK,
    ),
)

REFUSED_ON_POSIX: tuple[tuple[str, Maker, Trouble], ...] = (
    ("a pipe", lambda path: os.mkfifo(path), Trouble.IS_NO_FILE),
    ("a socket", _make_socket, Trouble.IS_NO_FILE),
    ("a link to /dev/zero", lambda path: path.symlink_to("/dev/zero"), Trouble.IS_NO_FILE),
    ("a link to itself", lambda path: path.symlink_to(path), Trouble.CANNOT_OPEN),
    ("a link into a missing folder", lambda path: path.symlink_to("no/no"), Trouble.CANNOT_OPEN),
    (
        "a lock file that is a link",
        _make_beside(".archive.csv.lock", lambda path: path.symlink_to("elsewhere")),
        Trouble.CANNOT_LOCK,
    ),
    (
        "a lock file that is a pipe",
        _make_beside(".archive.csv.lock", lambda path: os.mkfifo(path)),
        Trouble.CANNOT_LOCK,
    ),
)

READ: tuple[tuple[str, Maker, tuple[Trouble, ...], int], ...] = (
    ("no file", lambda path: None, (), 0),
    ("an empty file", holding(b""), (), 0),
    ("a byte-order mark and nothing else", holding(HEADER_LINE[:3]), (), 0),
    ("half a header", holding(HEADER[:9]), (), 0),
    ("a header without line end", holding(HEADER.rstrip()), (), 0),
    ("two byte-order marks", holding(HEADER_LINE[:3] * 2 + HEADER + ONE), (), 1),
    ("line feeds only", saved(end="\n"), (), 2),
    ("no quotes", saved(), (), 2),
    ("blank lines", holding(HEADER + b"\r\n" + ONE + b"\n,,,,\r\n" + TWO), (), 2),
    ("a comma more in each row", holding((SAVED.replace("\r\n", ",\r\n")).encode()), (), 2),
    (
        "a sixth column, which somebody added",
        holding(SAVED.replace("Id\r\n", "Id,Notes\r\n").replace("u1-1", "u1-1,mine").encode()),
        (),
        2,
    ),
    (
        "a sixth cell without a column",
        holding(HEADER + UNQUOTED + b",mine\r\n" + ONE),
        (Trouble.LINES_DAMAGED,),
        1,
    ),
    ("one Id twice", holding(HEADER + ONE + ONE), (), 2),
    (
        "a counter of 5000 digits",
        holding(HEADER + UNQUOTED + b"1" * 5000 + b"\r\n"),
        (Trouble.SPLIT_TOO_LONG,),
        1,
    ),
    ("a formula that the host typed", holding(HEADER + b"r,Ana,=1+1,t,i\r\n"), (), 1),
    ("U+2028 in a message", holding(HEADER + "r,Ana,a\u2028b\x85c,t,i\r\n".encode()), (), 1),
    (
        "a row in an old code page",
        holding(HEADER + ONE + b"r,Zo\xeb,a,t,i\r\n"),
        (Trouble.LINES_DAMAGED,),
        1,
    ),
    (
        "a quote that never ends",
        holding(HEADER + b'r,Ana,"a,t,i\r\n' + TWO),
        (Trouble.LINES_DAMAGED,),
        1,
    ),
    ("a row of four cells", holding(HEADER + b"r,Ana,a,t\r\n" + TWO), (Trouble.LINES_DAMAGED,), 1),
    (
        "zeros in the middle",
        holding(HEADER + ONE + bytes(512) + b"\n" + TWO),
        (Trouble.LINES_DAMAGED,),
        2,
    ),
    (
        "a line of 4 MB in the middle",
        holding(HEADER + ONE + b"x" * 4_000_000 + b"\n" + TWO),
        (Trouble.LINES_DAMAGED,),
        2,
    ),
    ("damage in ten rows", holding(HEADER + b"x\n" * 10 + ONE), (Trouble.LINES_DAMAGED,), 1),
    ("a last row that was cut", holding(HEADER + ONE + TWO[:40]), (Trouble.LAST_LINE_CUT,), 1),
    (
        "a last row without line end",
        holding(HEADER + ONE + TWO[:-2]),
        (Trouble.LAST_LINE_ENDED,),
        2,
    ),
    (
        "a last row without line feed",
        holding(HEADER + ONE + TWO[:-1]),
        (Trouble.LAST_LINE_ENDED,),
        2,
    ),
    (
        "a last row without quotes or line end",
        holding(HEADER + ONE + UNQUOTED),
        (Trouble.LAST_LINE_CUT,),
        1,
    ),
    ("zeros at the end", holding(HEADER + ONE + bytes(4096)), (Trouble.LAST_LINE_CUT,), 1),
    (
        "a message of 5000 bytes",
        holding(HEADER + b"r,Ana," + b"x" * 5000 + b",t,i\r\n"),
        (Trouble.SPLIT_TOO_LONG,),
        6,
    ),
    (
        "a name of 200 bytes",
        holding(HEADER + b"r," + b"x" * 200 + b",a,t,i\r\n"),
        (Trouble.SPLIT_TOO_LONG,),
        1,
    ),
    ("semicolons", saved(";"), (Trouble.OTHER_FORM,), 2),
    ("tabs", saved("\t"), (Trouble.OTHER_FORM,), 2),
    ("UTF-16 with tabs, as Excel has it", saved("\t", encoding="utf-16"), (Trouble.OTHER_FORM,), 2),
    ("carriage returns only", saved(end="\r"), (Trouble.OTHER_FORM,), 2),
    ("two carriage returns a line", saved(end="\r\r\n"), (Trouble.OTHER_FORM,), 2),
    ("an older archive", holding(OLDER + b"r,Ana,a\r\nr,Bo,b\r\n"), (Trouble.UPGRADED,), 2),
    (
        "another older archive",
        holding(b"Room,User,Message\nr,Ana,a\nr,Bo,b"),
        (Trouble.UPGRADED,),
        2,
    ),
    ("an older archive without messages", holding(OLDER), (Trouble.UPGRADED,), 0),
    (
        "an older archive with commas in messages",
        holding(OLDER + b"r,Ana,a, b, c\r\n"),
        (Trouble.UPGRADED,),
        1,
    ),
    (
        "an older archive of many lines a message",
        holding(OLDER + b'r,Ana,"a\r\n\r\nb"\r\n'),
        (Trouble.UPGRADED,),
        1,
    ),
    (
        "an older archive with a code page in some rows",
        holding(OLDER + b"r,Zo\xeb,a\r\n" + "r,Zoë,é\r\n".encode()),
        (Trouble.UPGRADED, Trouble.ENCODING_GUESSED),
        2,
    ),
    (
        "an older archive with rows that are too short",
        holding(OLDER + b"r,Ana,a\r\nr,Bo\r\n"),
        (Trouble.UPGRADED, Trouble.ROWS_TOO_SHORT),
        1,
    ),
    ("an older archive with zeros", holding(OLDER + b"r,Ana,a\0\0b\r\n"), (Trouble.UPGRADED,), 1),
    (
        "an older archive with a comma more",
        holding(b"Room,User,Message,\r\nr,Ana,a,\r\n"),
        (Trouble.UPGRADED,),
        1,
    ),
    (
        "an older archive with semicolons",
        holding(b"Room;User;Message\r\nr;Ana;a\r\n"),
        (Trouble.OTHER_FORM,),
        1,
    ),
)

READ_ON_POSIX: tuple[tuple[str, Maker, tuple[Trouble, ...], int], ...] = (
    ("a link to a file that is not there", lambda path: path.symlink_to("elsewhere.csv"), (), 0),
    (
        "a link in the way of what is set aside",
        _make_beside("archive.csv.torn-1", lambda path: path.symlink_to("elsewhere")),
        (Trouble.LAST_LINE_CUT,),
        1,
    ),
)


def kinds() -> Iterator[Odd]:
    """Yield every kind that this system can make."""
    for name, make, why in REFUSED + (REFUSED_ON_POSIX if POSIX else ()):
        yield Odd(name, make, (why,), None)
    for name, make, told, held in READ + (READ_ON_POSIX if POSIX else ()):
        yield Odd(name, make, told, held)


def try_to_open(odd: Odd) -> Outcome:
    """Make it in a folder of its own and open it; return what came of that."""
    folder = Path(tempfile.mkdtemp()).resolve() / "room"
    folder.mkdir()
    path = folder / "archive.csv"
    found: list[tuple[int | None, list[Problem]]] = []
    try:
        odd.make(path)
        before = _content(path)
        opening = threading.Thread(target=lambda: found.append(_open(path)), daemon=True)
        opening.start()
        opening.join(LONGEST_S)
        held, told = found[0] if found else (None, [])
        read = tuple(words.explain(one).replace(f"{folder}{os.sep}", "") for one in told)
        reasons = tuple(one.reason for one in told if isinstance(one.reason, Trouble))
        return Outcome(reasons, read, held, _is_kept(before, path), bool(found))
    finally:
        while in_use:
            in_use.pop().close()
        shutil.rmtree(folder.parent, ignore_errors=True)


def _open(path: Path) -> tuple[int | None, list[Problem]]:
    try:
        archive = Archive(path)
    except ArchiveError as error:
        return None, [error]
    with contextlib.closing(archive):
        return len(list(archive.read(1, archive.head))), archive.notices


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _is_kept(before: bytes, path: Path) -> bool:
    """Tell whether every byte is still in the archive, or beside it."""
    after = _content(path)
    if after.startswith(before) or HEADER.startswith(before):
        return True
    beside = [_content(one) for one in path.parent.glob("archive.csv.*")]
    return any(before in (one, after + one) for one in beside)


def main() -> int:
    """Print the table."""
    for odd in kinds():
        outcome = try_to_open(odd)
        held = "refused" if outcome.held is None else f"{outcome.held} message(s)"
        print(f"{odd.name}: {held}")
        for sentence in outcome.read:
            print(textwrap.indent(textwrap.fill(sentence, 92), "    "))
    return 0


if __name__ == "__main__":
    sys.exit(main())
