"""What opening an archive costs, and reading its runs, beside bare passes over the same file.

Each archive is opened in a fresh process, after one of 1,000 messages: what is made once for
any archive is not counted. Times are of the processor, but for the first word: how long
after its start the server tells that it listens, or how much it has read.
"""

import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from statistics import median

import server
from chatroom.archive import rows
from chatroom.network import events as driver_events
from chatroom.protocol.entries import Entry
from chatroom.server.events import ArchiveRead
from chatroom.server.room import Room
from storage import Archive
from tests.benchmarks import measure, search
from tests.tools.processes import free_port

COUNTS = (1_000, 100_000, 1_000_000)
SHORT_COUNTS = (1_000, 20_000)
DISTINCT = 20_000
"""Texts; the rest are the same ones again, at other times and with other ids."""
LONG_SHARE = 0.02
TEXTS_A_DEVICE = 200
"""Then somebody else's client begins, or the same person's begins anew."""
ENCODING = "utf-8-sig"


def show(*, short: bool = False) -> None:
    """Print what archives of some sizes cost, as the program writes them and as others do."""
    times = 1 if short else measure.TIMES
    counts = SHORT_COUNTS if short else COUNTS
    opened = measure.Table(
        f"Opening an archive, medians of {times}",
        *("", "rows/s", "of csv", "of lines", "B/message", "first word"),
    )
    runs = []
    with tempfile.TemporaryDirectory() as folder:
        warm = Path(folder) / "warm.csv"
        write(warm, SHORT_COUNTS[0])
        for count in counts:
            path = Path(folder) / f"{count}.csv"
            write(path, count)
            kinds = [(f"{count:,} messages", path)]
            if count == counts[-1]:
                kinds.append(("the same, saved without quotes", saved_without_quotes(path)))
            for name, kind in kinds:
                figures = [in_a_process(warm, kind) for _ in range(times)]
                costs = {key: median(one[key] for one in figures) for key in figures[0]}
                opened.row(name, *opening_cells(costs, count))
                runs.append((name, costs, count))
    read = measure.Table("Reading all of it, in runs", "", "rows/s", "of csv")
    for name, costs, count in runs:
        ratio = measure.ratio(costs["read_s"], costs["csv_s"])
        read.row(name, f"{count / costs['read_s']:,.0f}", ratio)
    print("  targets: 500,000 rows/s opened and 16 B/message, 200,000 rows/s read;")
    print("  a first word after 200 ms. csv: a csv.reader's pass; lines: `for line in file`.")


def opening_cells(costs: dict[str, float], count: int) -> Iterator[str]:
    yield f"{count / costs['open_s']:,.0f}"
    yield measure.ratio(costs["open_s"], costs["csv_s"])
    yield measure.ratio(costs["open_s"], costs["lines_s"])
    yield f"{costs['grown_bytes'] / count:.1f}"
    yield f"{1000 * costs['first_word_s']:.0f} ms"


# The archives ---------------------------------------------------------------------------


def write(path: Path, count: int) -> None:
    """Write an archive of so many messages; the same one each time."""
    chance = random.Random(1)
    beginnings = [_beginning(chance) for _ in range(min(count, DISTINCT))]
    device = ""
    with open(path, "wb") as file:
        file.write(rows.HEADER_LINE)
        for number in range(count):
            if number % TEXTS_A_DEVICE == 0:
                device = f"u{chance.randbytes(8).hex()}"
            day, hour = number // 24000 % 28 + 1, number // 1000 % 24
            moment = f"2026-11-{day:02}T{hour:02}:{number // 20 % 60:02}:00Z"
            end = f'"{moment}","{device}-{number % TEXTS_A_DEVICE + 1}"\r\n'
            file.write(beginnings[number % len(beginnings)] + end.encode())


def _beginning(chance: random.Random) -> bytes:
    """Return room, name and message as they stand in a row."""
    most = 150 if chance.random() < LONG_SHARE else 18
    text = " ".join(chance.choices(search.SAID.split(), k=chance.randint(3, most)))
    for other, share in search.OTHERS:
        if chance.random() < share:
            text += f" {other}"
    entry = Entry(0, "", chance.choice(search.NAMES), text[:880], "")
    return rows.encode_row("default", entry).removesuffix(b'"",""\r\n')


def saved_without_quotes(path: Path) -> Path:
    """Return an archive as a spreadsheet saves it: in quotes is only what needs them."""
    saved = path.with_name(f"saved-{path.name}")
    with (
        open(path, newline="", encoding=ENCODING) as source,
        open(saved, "w", newline="", encoding=ENCODING) as target,
    ):
        csv.writer(target).writerows(csv.reader(source))
    return saved


# In a process of its own ----------------------------------------------------------------


def in_a_process(warm: Path, path: Path) -> dict[str, float]:
    """Return what a fresh process measures."""
    command = [sys.executable, "-m", "tests.benchmarks.opening", str(warm), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def figures(warm: Path, path: Path) -> dict[str, float]:
    """Measure in this process, which should be fresh."""
    Archive(warm).close()
    before = resident_bytes()
    since = time.process_time()
    archive = Archive(path)
    open_s = time.process_time() - since
    grown_bytes = resident_bytes() - before
    read_s = spent_s(lambda: _exhaust(archive.read(1, archive.head)))
    archive.close()
    return {
        "open_s": open_s,
        "grown_bytes": grown_bytes,
        "read_s": read_s,
        "csv_s": spent_s(lambda: bare_csv(path)),
        "lines_s": spent_s(lambda: bare_lines(path)),
        "first_word_s": first_word_s(path),
    }


def spent_s(work: Callable[[], None]) -> float:
    """Return the processor time of some work."""
    since = time.process_time()
    work()
    return time.process_time() - since


def bare_csv(path: Path) -> None:
    with open(path, newline="", encoding=ENCODING) as file:
        _exhaust(csv.reader(file))


def bare_lines(path: Path) -> None:
    with open(path, "rb") as file:
        _exhaust(file)


def first_word_s(path: Path) -> float:
    """Return how long a server takes, on the clock, to tell that it listens or how far it is."""
    driver = server.host_room("127.0.0.1", free_port(), "correct horse", path, "default")
    since = time.perf_counter()
    driver.start()
    while not isinstance(driver.next_event(60), ArchiveRead | driver_events.DriverStarted):
        pass
    word_s = time.perf_counter() - since
    driver.call(Room.close)
    driver.join(60)
    return word_s


def resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _exhaust(some: Iterable[object]) -> None:
    for _ in some:
        pass


if __name__ == "__main__":
    print(json.dumps(figures(Path(sys.argv[1]), Path(sys.argv[2]))))
