"""A member that wants to be taken for another, for nobody, or for a line of the program's."""

import sys
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from unittest import mock

from chatroom.protocol import messages, names, scripts
from tests.attacks.scene import Figure, Scene, cheap_curve, exactly, insider, told

OTHERS = (
    *("Alice", "Bob", "Max", "Tom", "Oscar", "Eva", "Pete", "Hans Peter", "O'Brien-Fitz"),
    *("\u0639\u0644\u064a", "\u5de5\u529b"),
)
BLANKS = (
    *(0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFEFF, 0xFFA0),
    *(0xFFFC, 0x16FE4, 0x1D159),
    *range(0x180B, 0x1810),
    *range(0x200B, 0x2010),
    *range(0x2028, 0x202F),
    *range(0x2060, 0x2070),
    *range(0xFE00, 0xFE10),
    *range(0xFFF0, 0xFFF9),
    *range(0x1BCA0, 0x1BCA4),
    *range(0x1D173, 0x1D17B),
    *range(0xE0000, 0xE01F0),
)
"""What draws nothing: the default ignorable code points of Unicode, and glyphs without ink."""
DOUBLES = {
    "-": "\u2010\u2011\u2012\u2013\u2212",
    "'": "\u2018\u2019\u02bb\u02bc\u05f3\ua78b",
    "\u064a": "\u0649\u06cc",
    "\u5de5": "\u30a8",
    "\u529b": "\u30ab",
    "b": "\u0299",
    "d": "\u1d05",
    "n": "\u0274",
    "r": "\u0280",
    "t": "\u1d1b",
    "v": "\u1d20",
    "z": "\u1d22",
    "A": "\u0410\u0391\uff21\U0001d400\u13aa",
    "B": "\u0412\u0392\uff22\u13f4",
    "E": "\u0415\u0395\u13ac",
    "H": "\u041d\u0397",
    "M": "\u041c\u039c",
    "O": "\u041e\u039f0\u0555",
    "P": "\u0420\u03a1",
    "T": "\u0422\u03a4",
    "a": "\u0430\u0251",
    "c": "\u0441\u03f2\u1d04",
    "e": "\u0435\u1d07",
    "i": "\u0456l1|\u026a\u0269",
    "l": "I1|\u04cf\u01c0\u029f\ua781",
    "o": "\u043e\u03bf0\u0585",
    "p": "\u0440\u03c1",
    "s": "\u0455\ua731",
    "x": "\u0445\u03c7",
}
"""What letters of those names are drawn like."""
NAMES_AN_ADDRESS = 50
"""An address may try so many in a short time (`server.allowances`)."""


def run(full: bool) -> list[Figure]:
    """Ask for names that pass for those of others, for no name, and for what is said."""
    with cheap_curve():
        return [
            _be("names that draw nothing", _blank(), []),
            _be("names of marks alone", _marks(1 if full else 20), []),
            _be("names that look like another's with something unseen", _unseen(full), OTHERS),
            _be("names with one letter's double", _one_letter(), OTHERS),
            _be("names with every letter's double", _all_letters(), OTHERS),
            _be("names that end as who speaks does", _speaking(), []),
            told("of 3 names with other punctuation, let in", _let_in(_punctuated(), OTHERS)),
        ]


def _be(how: str, wanted: Iterable[str], others: Iterable[str]) -> Figure:
    """Say which of the names that somebody wants are given, and how many were wanted."""
    wanted = list(wanted)
    let_in = [ascii(name) for name in _let_in(wanted, others)]
    return exactly(f"let in of {len(wanted)} {how}", let_in[:5], [])


def _let_in(wanted: Iterable[str], others: Iterable[str]) -> list[str]:
    """Return those names that the room gave to somebody beside the others."""
    scene = Scene()
    present = [insider(scene, name, ("10.0.0.9", port)) for port, name in enumerate(others, 1)]
    let_in = []
    for number, name in enumerate(wanted):
        if not number % NAMES_AN_ADDRESS:
            mallory = insider(
                scene, f"Mallory {number}", (f"10.1.0.{number // NAMES_AN_ADDRESS}", 6)
            )
        for one in present:  # so that nobody's name is free
            one.ask(messages.Ping())
        replies = mallory.ask(messages.Join(name, mallory.device, 0, ""))
        let_in += [name for one in replies if isinstance(one, messages.Joined)]
        for one in present:
            one.ask(messages.Ping())
        scene.run(0.06)
    return let_in


def _blank() -> Iterator[str]:
    for code in BLANKS:
        yield chr(code)
        yield f"{chr(code)} {chr(code)}"


def _marks(step: int) -> Iterator[str]:
    marks = [one for one in map(chr, range(sys.maxunicode)) if unicodedata.category(one)[0] == "M"]
    yield from marks[::step]


def _unseen(full: bool) -> Iterator[str]:
    for code in BLANKS[:: 1 if full else 7]:
        yield f"Al{chr(code)}ice"
        yield f"Bob{chr(code)}"


def _one_letter() -> Iterator[str]:
    yield from (f"Al{dotted}ce" for dotted in ("i\u0307", "\u0131\u0307", "\u0130"))
    for name in OTHERS:
        for at, letter in enumerate(name):
            for double in DOUBLES.get(letter, ""):
                yield name[:at] + double + name[at + 1 :]


def _all_letters() -> Iterator[str]:
    for name in OTHERS:
        for number in range(3):
            doubles = [DOUBLES.get(letter, letter) for letter in name]
            yield "".join(one[min(number, len(one) - 1)] for one in doubles)


def _speaking() -> Iterator[str]:
    for colon in ":\uff1a\ufe55\ufe13\u02d0\u02f8\u05c3\u0589\u1804\u205a\u2236\ua789":
        yield f"Ana{colon}"
        yield f"Ana{colon} I quit"
        yield f"Ana {colon} I quit"


def _punctuated() -> Iterator[str]:
    yield from ("Alice.", "Alice'", "Rnax")


@contextmanager
def _any_sign() -> Iterator[None]:
    with mock.patch.object(names, "_is_unfit", lambda _: False):
        yield


@contextmanager
def _no_doubles() -> Iterator[None]:
    with mock.patch.object(scripts, "skeleton", lambda text: text):
        names.name_key.cache_clear()
        yield
    names.name_key.cache_clear()


@contextmanager
def _any_mixture() -> Iterator[None]:
    with mock.patch.object(scripts, "are_mixed", lambda _: False):
        yield


@contextmanager
def _marks_alone() -> Iterator[None]:
    with mock.patch.object(names, "_has_lone_mark", lambda _: False):
        yield


SABOTAGES = {
    "any sign is taken": _any_sign,
    "doubles are other letters": _no_doubles,
    "scripts are mixed": _any_mixture,
    "marks stand alone": _marks_alone,
}
