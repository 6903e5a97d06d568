"""Archives of hostile lines: what is found many lines at once is what the rule finds.

    python -m tests.archive.hostile_lines [--lines N] [--seed SEED]

The rule is here once more, line by line with Python's csv module. Lines are a program's rows,
a spreadsheet's, and both with bytes changed, put in and taken out; cells and ids are around
every limit; the blocks that are read at once have sizes of a few bytes to many lines.
"""

import argparse
import csv
import io
import itertools
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

from chatroom.archive import index, records, rows
from chatroom.archive.troubles import Damaged, Trouble
from chatroom.protocol import wire
from chatroom.protocol.entries import Entry, entry_fits, split_id
from tests.tools import nasty

LINES_A_FILE = (1, 1, 3, 120)
IDS = [  # some are of a device of their own, which nothing else makes up for
    *("u0123456789abcdef-7", "u1-1", "u1-2", "u1-10", "u-1", "u1-", "u1--1", "u1-x", "u-x-3"),
    *("u1-0", "u1-007", "u1-1 ", " u1-1", "'u1-1", "\u2425u9-1", "u\u24258-1", "u1-1\u2425"),
    *("u1-" + "9" * 16, "u1-" + "9" * 17, "u" + "a" * 22 + "-5", "u" + "a" * 23 + "-5"),
    *("u1-\u0663", "\u00fc1-1", "uA-1", "older-3", "u1-4+1", "", "-", "1", "=u1-1", "u1-1\r"),
    *("older-3+1", "x" * 40, "x" * 41, "7", "o\u2425u1-1", "Z,1", 'Z"1', "a\u00df", "\u2425U1-1"),
]
LETTERS = (
    *("a", "b", " ", ",", ";", "'", '"', '""', '","', "=", "-", "0", "7", "\r", "\n", "\0", "\t"),
    *("\u00df", "\u0130", "\u212a", "\u0451", "\u65e5", "\U0001f9f6", "\ufeff", "\u2028", "\x85"),
    *("\u2425", "\u2400", "\u240a", "\u2421", "\u2425\u240a", ";\u2425=", "'=", "'\uff1d", "\x7f"),
)
BYTES = (
    *(b'"', b",", b"\n", b"\r", b"\r\n", b"\0", b"'", b'""', b'","', b"-", b"u", b"1", b" ", b"\\"),
    *(b"\xe2", b"\x90", b"\xa5", b"\xe2\x90\xa5", b"\xff", b"\xc3", b"\xf0\x9f", b"\x80", b"\xbf"),
    *(b'"\n"', b'","","","",', b',"u1-1"\r\n', b"\n\n", b",,,,", b'\n","2024","u1-5"\r\n'),
)
COLUMNS = (5, 5, 5, 6, 8)


@dataclass
class Found:
    """What is in a file."""

    entries: list[Entry] = field(default_factory=list)
    damages: list[Damaged] = field(default_factory=list)
    counters: dict[str, int] = field(default_factory=dict)
    uneven: list[int] = field(default_factory=list)
    """What must be among those that are not even."""
    end: int = 0
    all_fit: bool = True


def by_the_rule(data: bytes, columns: int) -> Found:
    """Return what is in a file of these bytes, its header included."""
    found = Found()
    for number, line in enumerate(io.BytesIO(data), start=1):
        if not line.endswith(b"\n"):
            break
        found.end += len(line)
        if number == 1:
            continue
        try:
            cells = _cells(line, columns)
        except Damaged as damage:
            found.damages.append(Damaged(damage.reason, **damage.details, line=number))
            continue
        if cells:
            _add(found, cells)
    return found


def _add(found: Found, cells: list[str]) -> None:
    entry = rows.decode_cells(cells, len(found.entries) + 1)
    found.entries.append(entry)
    found.all_fit = found.all_fit and entry_fits(entry)
    origin = split_id(entry.id)
    if origin and origin[1]:
        device, counter = origin
        found.counters[device] = max(counter, found.counters.get(device, 0))
    if not all(map(_is_even, (entry.name, entry.text), cells[1:3])):
        found.uneven.append(entry.seq)


def _cells(line: bytes, columns: int) -> list[str]:
    """Return the cells of a line, none of a blank one. Raises Damaged."""
    if len(line) > rows.LINE_MOST:
        raise Damaged(Trouble.LINE_TOO_LONG)
    if b"\0" in line:
        raise Damaged(Trouble.ZERO_BYTES)
    try:
        (cells,) = csv.reader([line.decode()], strict=True)
    except UnicodeDecodeError:
        raise Damaged(Trouble.NOT_UTF_8) from None
    except csv.Error:
        raise Damaged(Trouble.BAD_QUOTES) from None
    if not any(cells):
        return []
    if len(cells) < len(rows.HEADER) or any(cells[columns:]):
        raise Damaged(Trouble.WRONG_CELLS, cells=len(cells))
    return cells


def _is_even(text: str, cell: str) -> bool:
    """Tell whether a cell that holds this text can be searched without decoding it."""
    if any(mark == "\u2425" and before != '"' for before, mark in itertools.pairwise(cell)):
        return False
    return all(
        len(folded := letter.casefold()) == 1 and len(folded.encode()) == len(letter.encode())
        for letter in text
    )


def by_the_program(data: bytes, columns: int, path: Path, block_size: int) -> Found:
    """Return what the program finds in a file of these bytes."""
    path.write_bytes(data)
    with (
        open(path, "rb", buffering=0) as file,
        mock.patch.object(index, "BLOCK_SIZE", block_size),
        mock.patch.object(records, "READ_SIZE", block_size),
    ):
        found = index.scan(file, columns)
        entries = list(found.records.read(file, 1, len(found.records)))
    named = [one for one in found.named if one.reason is not Trouble.MORE]
    unnamed = [Damaged(Trouble.MORE)] * (found.damaged - len(named))
    return Found(
        entries,
        [*named, *unnamed],
        dict(found.records._counters),
        list(found.records._uneven),
        len(data) - found.tail_size,
        found.all_fit,
    )


def differences(rule: Found, program: Found) -> Iterator[str]:
    """Yield in what they differ."""
    for name in ("entries", "counters", "end", "all_fit"):
        if getattr(rule, name) != getattr(program, name):
            yield name
    named = [one for one in program.damages if one.reason is not Trouble.MORE]
    expected = rule.damages[: index.DAMAGED_NAMED_MOST]
    if (named, len(program.damages)) != (expected, len(rule.damages)):
        yield "damages"
    if not set(rule.uneven) <= set(program.uneven):
        yield "uneven"


class Maker:
    """Makes files; the same ones from the same seed."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._long = ""  # this cell of some rows is about as long as it may be

    def file(self, columns: int) -> bytes:
        """Return a file of some lines; in some files most are hostile, in others one or none."""
        chance = self._chance
        header = rows.HEADER_LINE.replace(b"\r", b",more" * (columns - 5) + b"\r")
        share = chance.choice([0, 0.01, 0.1, 0.5, 1])
        self._long = chance.choice(["", "", "name", "text", "time"])
        lines = []
        for _ in range(chance.randint(1, chance.choice(LINES_A_FILE))):
            line = self._row()
            lines.append(self._harmed(line) if chance.random() < share else line)
        tail = self._row()[: chance.randrange(60)] if chance.random() < 0.2 else b""
        return header + b"".join(lines) + tail

    def _row(self) -> bytes:
        chance = self._chance
        id_ = f"u{chance.choice('0123456789abcdef') * 16}-{chance.randrange(1, 10**6)}"
        if chance.random() < 0.1:
            id_ = chance.choice(IDS)
        time = chance.choice(["2024-05-01T12:00:00Z", "2024-05-01T12:00:00Z", "", "t", "-1", '"'])
        name = chance.choice(["Ana", "Zo\u00eb", self._text(), ""])
        text = self._text()
        if chance.random() < 0.5:
            name = self._long_one(wire.NAME_SIZE) if self._long == "name" else name
            text = self._long_one(wire.TEXT_SIZE) if self._long == "text" else text
            time = self._long_one(wire.TIME_SIZE) if self._long == "time" else time
        room = chance.choice(["default", "Stra\u00dfe", "a,b", '"', "", "\u2425=", "r" * 600])
        if chance.random() < 0.7:
            return rows.encode_row(room, Entry(0, time, name, text, id_))
        return self._saved([room, name, text, time, id_])

    def _saved(self, cells: list[str]) -> bytes:
        """Return a row that another program may have written."""
        chance = self._chance
        if chance.random() < 0.9:
            cells = [cell.replace("\n", " ") for cell in cells]
        cells += chance.choice([[], [], [], [""], ["", ""], ["mine"], ["a", "b"], ["", "ß"]])
        if chance.random() < 0.1:
            cells = [""] * len(cells)
        needing = chance.choice([None, set('",\r\n'), set()])  # quotes: all cells, some, or none
        quoted = (_quoted(one) if needing is None or needing & set(one) else one for one in cells)
        return (",".join(quoted) + chance.choice(["\n", "\r\n"])).encode()

    def _text(self) -> str:
        chance = self._chance
        if chance.random() < 0.1:
            return chance.choice(nasty.ALL)[:900]
        if chance.random() < 0.4:
            return "hello, it is me"[: chance.randrange(16)]
        return "".join(chance.choices(LETTERS, k=chance.randrange(10)))

    def _long_one(self, limit: int) -> str:
        chance = self._chance
        letter = chance.choice(["x", "x", '"', "\u00e9", "\U0001f9f6", "\n", ";=", "\u2425"])
        size = len(letter.encode()) if chance.random() < 0.6 else chance.randint(1, 3)
        return letter * (limit // size + chance.randint(-1, 2))

    def _harmed(self, line: bytes) -> bytes:
        """Change, put in, take out or double some bytes, anywhere or at an edge of a cell."""
        chance = self._chance
        for _ in range(chance.choice([1, 1, 1, 2, 5])):
            edges = [place for place, byte in enumerate(line) if byte in b'",\r\n'] or [0]
            start = chance.choice([chance.choice(edges), chance.randrange(len(line) + 1)])
            end = start + chance.choice([0, 0, 1, 1, 2, 5])
            put_in = chance.choice([b"", chance.choice(BYTES), line[start:end] * 2])
            line = line[:start] + put_in + line[end:]
        return line


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


def run(lines: int, seed: int, path: Path) -> tuple[Counter[str], list[str]]:
    """Compare on at least so many lines; return what was seen, and what is wrong.

    A difference ends it.
    """
    seen: Counter[str] = Counter()
    wrong: list[str] = []
    sizes = random.Random(seed)
    while seen["records"] + seen["damaged"] < lines and not wrong:
        columns = sizes.choice(COLUMNS)
        data = Maker(seed).file(columns)
        rule = by_the_rule(data, columns)
        block_size = sizes.choice([1, 40, 300, 2000, 1 << 16])
        try:
            program = by_the_program(data, columns, path, block_size)
        except (Damaged, UnicodeError) as error:
            wrong.append(f"seed {seed}: {error!r}")
        else:
            wrong += [f"seed {seed}: {what}" for what in differences(rule, program)]
        seen["files"] += 1
        seen["records"] += len(rule.entries)
        seen["damaged"] += len(rule.damages)
        seen["uneven"] += len(rule.uneven)
        seen["plain"] += sum(not other for *_, other in rows.plain_rows(columns).findall(data))
        seen["files with what is too long"] += not rule.all_fit
        seed += 1
    return seen, wrong


def main() -> int:
    """Print what was seen and what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.archive.hostile_lines")
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        seen, wrong = run(given.lines, given.seed, Path(folder) / "archive.csv")
    print(", ".join(f"{count:,} {what}" for what, count in seen.items()))
    print("\n".join(wrong) or "no difference")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
