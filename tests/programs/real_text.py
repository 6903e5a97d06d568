"""Sends real text of many scripts through real processes, and counts what comes out wrong.

    python -m tests.programs.real_text --lines 20000 --people 20

Consoles say the lines, a follower prints them, the server archives them. Each of these must
hold every line of every person once, as it was said, and in that person's order: the
follower's output, the archive as Python's csv module reads it and as `storage` does, and
what LibreOffice saves of it where every cell is imported as text.
"""

import argparse
import contextlib
import csv
import difflib
import itertools
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from chatroom.archive.rows import decode_cells
from chatroom.protocol.texts import split_text
from storage import Archive
from tests.tools import corpus, libreoffice
from tests.tools.processes import Program, free_port, wait_for

TEXTS_PER_S = 10.0  # of a person: the server takes no more
SCRIPTS_LEAST = 12

Said = dict[str, list[str]]
"""The texts of each person, in order."""


@dataclass
class Figures:
    """What was said, and what of it was wrong where; None where that was not looked at."""

    lines: int
    texts: int
    points: int
    scripts: Counter[str]
    seconds: float = 0.0
    wrong: dict[str, list[str] | None] = field(default_factory=dict)

    @property
    def good(self) -> bool:
        """Tell whether nothing was wrong, and the lines were many scripts' at all."""
        return not any(self.wrong.values()) and len(self.scripts) >= SCRIPTS_LEAST


def send(folder: Path, lines: int, people: int, seed: int) -> Figures:
    """Send so many lines of so many people through the programs, with files in the folder."""
    text = corpus.make(lines, seed)
    shares = {f"P{n}": text.lines[n::people] for n in range(people)}
    said = {name: parts(share) for name, share in shares.items()}
    count = sum(map(len, said.values()))
    figures = Figures(len(text.lines), count, text.points, corpus.scripts(text.real))
    began = time.monotonic()
    archive = folder / "archive.csv"
    shown = _talk(folder, archive, shares)
    figures.seconds = time.monotonic() - began
    figures.wrong["at the follower"] = differences(said, shown)
    figures.wrong["in the archive (csv)"] = differences(said, read_by_csv(archive))
    figures.wrong["in the archive (storage)"] = differences(said, read_by_storage(archive))
    figures.wrong["in LibreOffice"] = None
    if libreoffice.is_there():
        saved = libreoffice.convert(archive, libreoffice.TO_CSV, libreoffice.CELLS_AS_TEXT)
        figures.wrong["in LibreOffice"] = differences(said, read_by_csv(saved))
    return figures


def parts(lines: Iterable[str]) -> list[str]:
    """Return what is said where these lines are typed: a long one is several texts."""
    return [part for line in lines for part in split_text(line)]


def differences(said: Said, found: Said) -> list[str]:
    """Name the texts that are missing, changed, doubled, moved, or nobody's."""
    return [
        f"{name}: {is_found!a} instead of {is_said!a}"
        for name in sorted(said.keys() | found.keys())
        for is_said, is_found in _differences(said.get(name, []), found.get(name, []))
    ]


def read_by_csv(path: Path) -> Said:
    """Return what is in an archive; the cells are found by Python's csv module."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        entries = [decode_cells(row, 0) for row in csv.reader(file)]
    return by_person((entry.name, entry.text) for entry in entries[1:])


def read_by_storage(path: Path) -> Said:
    """Return what is in an archive as the server would read it."""
    with contextlib.closing(Archive(path)) as archive:
        entries = archive.read(1, archive.head)
        return by_person((entry.name, entry.text) for entry in entries)


def by_person(texts: Iterable[tuple[str, str]]) -> Said:
    """Return the texts under the names that they come with."""
    said: Said = {}
    for name, text in texts:
        said.setdefault(name, []).append(text)
    return said


# --------------------------------------------------------------------------------------


def _differences(
    said: Sequence[str], found: Sequence[str]
) -> Iterator[tuple[str | None, str | None]]:
    """Yield pairs of what was said and what is there instead, None for nothing."""
    if said == found:
        return
    matched = difflib.SequenceMatcher(None, said, found, autojunk=False)
    for kind, start, end, found_start, found_end in matched.get_opcodes():
        if kind != "equal":
            yield from itertools.zip_longest(said[start:end], found[found_start:found_end])


def _talk(folder: Path, archive: Path, shares: dict[str, list[str]]) -> Said:
    """Have everybody say their lines; return what somebody who only follows was shown."""
    port = free_port()
    host = ("--host", "127.0.0.1", "--port", port)
    count = sum(len(parts(share)) for share in shares.values())
    longest_s = 60 + 3 * max(len(parts(share)) for share in shares.values()) / TEXTS_PER_S
    with contextlib.ExitStack() as running:

        def start(script: str, *options: object) -> Program:
            program = Program(script, *host, *options, folder=folder)
            running.callback(program.kill)
            return program

        server = start("server.py", "--headless", "--archive", archive)
        server.wait_for_output("listening on 127.0.0.1")
        follower = start(
            "client.py", *("--console", "--name", "Follower", "--json", "--follow"), "--history=all"
        )
        wait_for(lambda: "You are in" in follower.err, 20)
        people = [start("client.py", "--console", "--name", name) for name in shares]
        with ThreadPoolExecutor(len(people)) as pool:
            talking = pool.map(_say, people, shares.values(), [longest_s] * len(people))
            statuses = list(talking)
        assert not any(statuses), f"a console ended with {max(statuses)}"
        lines = _LineCount(follower.out_path)
        with contextlib.suppress(AssertionError):  # what is missing is counted
            wait_for(lambda: lines.now() >= count, 20)
        for program, command in ((follower, "exit"), (server, "stop")):
            program.write(f"{command}\n")
            assert program.wait() == 0, program.err
        return by_person(_shown(follower.out_path))


def _say(person: Program, lines: list[str], longest_s: float) -> int:
    """Type the lines; return the exit status once all are stored."""
    person.write("".join(f"{line}\n" for line in lines))
    person.end_input()
    return person.wait(longest_s)


def _shown(path: Path) -> Iterator[tuple[str, str]]:
    with open(path, encoding="utf-8") as file:
        for line in file:
            entry = json.loads(line)
            yield entry["name"], entry["text"]


class _LineCount:
    """How many lines a file has that still grows; what was counted is not read again."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._size = 0
        self._lines = 0

    def now(self) -> int:
        with open(self._path, "rb") as file:
            file.seek(self._size)
            new = file.read()
        self._size += len(new)
        self._lines += new.count(b"\n")
        return self._lines


# --------------------------------------------------------------------------------------


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return 0 where nothing was wrong and many scripts were in it."""
    parser = argparse.ArgumentParser(prog="python -m tests.programs.real_text")
    parser.add_argument("--lines", type=int, default=20_000)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        figures = send(Path(name), options.lines, options.people, options.seed)
    _report(figures)
    return 0 if figures.good else 1


def _report(figures: Figures) -> None:
    print(f"lines: {figures.lines}, sent as {figures.texts} texts in {figures.seconds:.0f} s")
    found = ", ".join(f"{script} {count}" for script, count in figures.scripts.most_common())
    print(f"lines of {len(figures.scripts)} scripts: {found}")
    print(f"code points in lines of their own: {figures.points}")
    for place, flaws in figures.wrong.items():
        print(f"wrong {place}: {'not looked at: it is missing' if flaws is None else len(flaws)}")
        for flaw in (flaws or [])[:5]:
            print(f"  {flaw}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
