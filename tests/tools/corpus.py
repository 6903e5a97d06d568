"""Lines of real text of many languages, from what is on this machine, and odd ones beside.

The real ones come from the message catalogues of programs and of Tcl, from manual pages,
Python's own tests, its licence and its modules: in turn from each language, so that no large
one drowns the others. Composed ones are emoji sequences, every code point that is assigned,
and the texts of `tests.tools.nasty`.
"""

import contextlib
import functools
import gzip
import itertools
import os
import random
import re
import struct
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from tests.tools import nasty

Reader = Callable[[Path], str]

_POINTS_A_LINE, _PRIVATE_POINTS_A_LINE = 30, 200  # of private use are as many as of all others
_TONES = ["", *map(chr, range(0x1F3FB, 0x1F400))]
_PEOPLE = "\U0001f468\U0001f469\U0001f467\U0001f466\U0001f476\U0001f9d1"
_TRADES = "\U0001f33e\U0001f373\U0001f393\U0001f3a8\U0001f680\U0001f4bb\u2695\ufe0f"
_SUBDIVISION = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
_NO_SCRIPTS = {"MODIFIER", "FULLWIDTH", "HALFWIDTH", "MICRO", "FEMININE", "MASCULINE"}


class Corpus(NamedTuple):
    """What is said: `lines` in a shuffled order, `real` the ones of them that people wrote.

    `points` counts the code points that stand in lines of their own.
    """

    lines: list[str]
    real: list[str]
    points: int


def make(count: int, seed: int) -> Corpus:
    """Return so many lines, as a console takes them: the same ones for the same seed.

    At most a third are code points: of a small corpus a sample.
    """
    chance = random.Random(seed)
    odd = [line for line in nasty.ALL if is_line(line)][: count // 4]
    odd += [_emoji_line(chance) for _ in range(count // 20)]
    points = [line for line in _code_points() if is_line(line)]
    if len(points) > count // 3:
        points = chance.sample(points, count // 3)
    real = list(itertools.islice(_real_lines(chance), count - len(odd) - len(points)))
    lines = odd + points + real
    chance.shuffle(lines)
    return Corpus(lines, real, sum(map(len, points)))


def is_line(text: str) -> bool:
    """Tell whether a console takes it for one line, and says exactly that."""
    return "\n" not in text and bool(text.strip()) and text != "exit" and text[-1] != "\r"


def scripts(lines: Iterable[str]) -> Counter[str]:
    """Count the lines by the script of most of their letters, as letters' names begin."""
    found: Counter[str] = Counter()
    for line in lines:
        letters = (letter for letter in line if unicodedata.category(letter)[0] == "L")
        names = (unicodedata.name(letter, "?").split()[0] for letter in letters)
        most = Counter(name for name in names if name not in _NO_SCRIPTS).most_common(1)
        found.update(name for name, _ in most)
    return found


def has_tcl() -> bool:
    """Tell whether there are Tcl's catalogues, the one source that every system has."""
    return any(_tcl_library().glob("msgs/*.msg"))


# Composed ----------------------------------------------------------------------------


def _emoji_line(chance: random.Random) -> str:
    """Return emoji of many code points each; some lines must be split, some have no space."""
    count = chance.choice([1, 4, 12, 80])
    return chance.choice([" ", ""]).join(_emoji(chance) for _ in range(count))


def _emoji(chance: random.Random) -> str:
    def person() -> str:
        return chance.choice(_PEOPLE) + chance.choice(_TONES)

    return chance.choice(
        [
            person(),
            f"{person()}\u200d{chance.choice(_TRADES[:-2])}",
            f"{person()}\u200d{_TRADES[-2:]}",
            "\u200d".join(person() for _ in range(chance.randint(2, 4))),
            "".join(chr(chance.randint(0x1F1E6, 0x1F1FF)) for _ in "AB"),
            f"{chance.choice('0123456789#*')}\ufe0f\u20e3",
            _SUBDIVISION,
        ]
    )


@functools.cache
def _code_points() -> list[str]:
    """Return lines that together hold every assigned code point but the line feed."""
    assigned, private = [], []
    for point in map(chr, range(sys.maxunicode + 1)):
        category = unicodedata.category(point)
        if category == "Co":
            private.append(point)
        elif category not in ("Cn", "Cs") and point != "\n":
            assigned.append(point)
    return [
        "".join(points[start : start + size])
        for points, size in ((assigned, _POINTS_A_LINE), (private, _PRIVATE_POINTS_A_LINE))
        for start in range(0, len(points), size)
    ]


# Written by people --------------------------------------------------------------------


def _real_lines(chance: random.Random) -> Iterator[str]:
    """Yield a line of each language in turn, and go on with those that have more."""
    streams = [_lines_of(files, reader, chance) for files, reader in _languages()]
    chance.shuffle(streams)
    while streams:
        going = []
        for stream in streams:
            line = next(stream, None)
            if line is not None:
                yield line
                going.append(stream)
        streams = going


def _lines_of(files: list[Path], reader: Reader, chance: random.Random) -> Iterator[str]:
    """Yield the lines of the files, which are in some order; no file is read too early."""
    for path in chance.sample(files, len(files)):
        with contextlib.suppress(OSError, EOFError, ValueError, struct.error):
            text = reader(path)
            yield from filter(is_line, re.split("\r?\n|\0", text))


def _languages() -> Iterator[tuple[list[Path], Reader]]:
    """Yield the files of each language, and how they are read."""
    python = Path(os.__file__).parent
    share = Path("/usr/share")
    yield [python / "LICENSE.txt"], _plain
    yield sorted(python.glob("*.py")), _plain
    for path in sorted((python / "test" / "cjkencodings").glob("*-utf8.txt")):
        yield [path], _plain
    for path in sorted(_tcl_library().glob("msgs/*.msg")):
        yield [path], _tcl_messages
    for folder in sorted((share / "locale").glob("*/LC_MESSAGES")):
        yield sorted(folder.glob("*.mo")), _catalogue
    for folder in sorted((share / "man").glob("*")):
        if not folder.name.startswith("man"):  # a language
            yield sorted(folder.glob("man*/*.gz")), _manual_page


def _tcl_library() -> Path:
    """Return the folder of Tcl's library; one that is not there where there is no Tcl."""
    try:
        import tkinter

        return Path(tkinter.Tcl().eval("info library"))
    except ImportError:
        return Path("no Tcl")


def _plain(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _manual_page(path: Path) -> str:
    with gzip.open(path, "rt", encoding="utf-8") as page:
        return "\n".join(
            line for line in page.read().split("\n") if line[:2] not in ('.\\"', "'\\")
        )


def _tcl_messages(path: Path) -> str:
    """Return the strings of a catalogue of Tcl, whose letters are written as \\u0930."""
    strings = re.findall(r'"([^"\n]*)"', path.read_text(encoding="utf-8"))
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), "\n".join(strings))


def _catalogue(path: Path) -> str:
    """Return the translations of a catalogue of GNU gettext (its manual, section 10.3).

    Raises ValueError, and struct.error, where it is none or not in UTF-8.
    """
    data = path.read_bytes()
    order = "<" if data[:4] == b"\xde\x12\x04\x95" else ">"
    count, _, start = struct.unpack_from(f"{order}3I", data, 8)
    texts = []
    for number in range(1, count):  # what stands before is about the catalogue
        size, place = struct.unpack_from(f"{order}2I", data, start + 8 * number)
        texts.append(data[place : place + size].decode())
    return "\n".join(texts)
