"""What a search through a large archive costs the server, beside a bare scan of the file."""

import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from chatroom.archive import rows
from chatroom.protocol import search
from chatroom.protocol.entries import Entry
from storage import Archive

MESSAGES = 1_000_000
ANSWER = 130
"""Numbers that fill an answer."""
SCAN_SIZE = 1 << 20
LONGEST_S = 10.0
"""Server time after which a search is given up, and its total told as more than that."""

SAID = (
    "the of and to in is you that it was for on are with as his they be at one have this from "
    "or had by hot but some what there we can out other were all your when up use word how "
    "said an each she which do their time if will way about many then them would write like "
    "so these her long make thing see him two has look more day could go come did my sound no "
    "most number who over know water than call first people may down side been now find"
)
OTHERS = [
    ("😀", 0.05),
    ("— it’s", 0.05),
    ("привет как дела", 0.05),
    ("今日は天気がいいですね", 0.03),
    ("déjà vu à l'école", 0.03),
    ("größere Straße", 0.01),
    ('; 12:30 "quoted"', 0.02),
]
"""What stands in so large a part of the messages of a mixed archive."""
NAMES = ["Ana Lindqvist", "Budi", "Carla", "Dewi", "Eva", "Farid", "Gita"]
QUERIES = [
    ("rare ASCII word", "zanzibar"),
    ("rare words", "sunset tomorrow"),
    ("rare Cyrillic word", "пятница"),
    ("rare CJK word", "京都"),
    ("common word", "water"),
    ("in every Room cell", "default"),
    ("in every Time cell", "2026"),
    ("of one of seven people", "from:budi"),
    ("of nobody", "from:zoe"),
    ("what rows write otherwise", '"'),
]


class Cost(NamedTuple):
    """Processor seconds of the thread that searches."""

    total_s: float
    slices: int
    slowest_s: float
    first_answer_s: float | None
    found: int


def show(*, short: bool = False) -> None:
    """Print what searches cost in an ASCII archive and in a mixed one."""
    count = MESSAGES // 100 if short else MESSAGES
    for kind, others in (("ASCII", []), ("mixed", OTHERS)):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "archive.csv"
            with open(path, "wb") as file:
                file.write(rows.HEADER_LINE)
                file.writelines(lines(count, others))
            archive = Archive(path)
            size = path.stat().st_size
            print(f"{kind}: {archive.head} messages, {size / 1e6:.0f} MB")
            for name, words in QUERIES:
                scan_s = bare_scan(path, words)
                show_cost(name, words, cost(archive, words), scan_s)
            archive.close()


def show_cost(name: str, words: str, cost: Cost, scan_s: float) -> None:
    given_up = ">" if cost.total_s > LONGEST_S else " "
    first = "" if cost.first_answer_s is None else f"first {cost.first_answer_s * 1000:.1f} ms"
    print(
        f"  {name + ', ' + repr(words):40} {given_up}{cost.total_s:6.3f} s, "
        f"{cost.total_s / scan_s:5.2f} of a bare scan; {cost.slices:5} slices, "
        f"slowest {cost.slowest_s * 1000:.2f} ms; {cost.found} found {first}"
    )


def lines(count: int, others: list[tuple[str, float]]) -> Iterator[bytes]:
    """Yield rows of a room; the same ones each time."""
    chance, words = random.Random(1), SAID.split()
    for number in range(1, count + 1):
        text = " ".join(chance.choices(words, k=chance.randint(3, 18)))
        for other, share in others:
            if chance.random() < share:
                text += f" {other}"
        time_ = f"2026-{number // 90000 % 12 + 1:02}-01T{number // 3600 % 24:02}:00:00Z"
        entry = Entry(0, time_, chance.choice(NAMES), text, f"u0123456789abcdef-{number}")
        yield rows.encode_row("default", entry)


def cost(archive: Archive, words: str) -> Cost:
    """Search to the beginning, unless it takes too long."""
    total_s = slowest_s = 0.0
    first_answer_s: float | None = None
    found = slices = 0
    searching = archive.find(search.parse(words), 0)
    while total_s <= LONGEST_S:
        since = time.thread_time()
        one = next(searching, None)
        took_s = time.thread_time() - since
        if one is None:
            break
        total_s, slowest_s, slices = total_s + took_s, max(slowest_s, took_s), slices + 1
        found += len(one.numbers)
        if first_answer_s is None and found >= ANSWER:
            first_answer_s = total_s
    return Cost(total_s, slices, slowest_s, first_answer_s, found)


def bare_scan(path: Path, words: str) -> float:
    """Return how long it takes to look for a word in the casefolded file, block by block."""
    word = words.removeprefix("from:").casefold()
    since = time.thread_time()
    with open(path, "rb", buffering=0) as file:
        while block := file.read(SCAN_SIZE):
            block.decode(errors="replace").casefold().find(word)
    return time.thread_time() - since
