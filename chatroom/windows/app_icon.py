"""The icon of both programs, and on it how many messages are unread."""

import contextlib
import functools
from tkinter import Event, Misc, PhotoImage, TclError, Tk

from chatroom.windows import colours, pictures, win32

PROGRAM = "Chatroom"
SIDES = (48, 32, 16)
"""Pixels; the desktop takes what is nearest to what it needs, macOS the first."""
SOON_MS = 100
"""Painting takes some 10 ms: of many messages that come at once, the last count is painted."""
BADGE_MOST = 9
DIGITS_FROM = 24
"""Pixels a side: on a smaller icon a number cannot be read, and there is a spot alone."""

# All of it on the field of an icon, `pictures.FIELD` units a side.
BUBBLE = ((9, 10.8, 15, 10.8),)
BUBBLE_HEIGHT = 12
TAIL = tuple((x, 15, 6.6, 19.2) for x in (7.4, 8.6, 9.8, 11))
TAIL_WIDTH = 1.4
DOTS = tuple((x, 10.8, 0.6) for x in (8.0, 12.0, 16.0))
DOT_SIZE = 1.5
SPOT = 15
SPOT_ALONE = 12
RIM = 1

DIGITS: dict[str, tuple[pictures.Shape, ...]] = {
    "1": ((0.6, 1.5, 2.3, 0, 2.3, 6),),
    "2": ((0, 1.6, 0.5, 0.5, 1.5, 0, 2.5, 0, 3.5, 0.6, 3.9, 1.6, 3.5, 2.6, 0, 6, 4, 6),),
    "3": (
        (0.1, 0.6, 1.1, 0, 2.7, 0, 3.7, 0.7, 3.7, 2.1, 2.7, 2.8, 1.6, 2.8),
        (2.7, 2.8, 3.9, 3.7, 3.9, 5.1, 2.9, 6, 1.1, 6, 0, 5.3),
    ),
    "4": ((3, 6, 3, 0, 0, 4.2, 4, 4.2),),
    "5": (
        (3.7, 0, 0.6, 0, 0.3, 2.7, 1.3, 2.3, 2.6, 2.3, 3.6, 3, 4, 4.1),
        (4, 4.1, 3.6, 5.3, 2.6, 6, 1.2, 6, 0, 5.3),
    ),
    "6": ((2, 4.1, 1.9), (0.1, 4.1, 0.2, 2.6, 1.1, 0.8, 2.8, 0)),
    "7": ((0, 0, 4, 0, 1.5, 6),),
    "8": ((2, 1.4, 1.4), (2, 4.4, 1.6)),
    "9": ((2, 1.9, 1.9), (3.9, 1.9, 3.8, 3.4, 2.9, 5.2, 1.2, 6)),
    "+": ((0, 3, 3, 3), (1.5, 1.5, 1.5, 4.5)),
}
"""Shapes 4 units wide and 6 high; the last one stands behind another."""
DIGIT_WIDTH = 4
DIGIT_HEIGHT = 6
DIGIT_GAP = 1.3
DIGIT_LINE = 1.5


class AppIcon:
    """Shows the icon of a window until it is destroyed; each is painted once."""

    def __init__(self, root: Tk) -> None:
        win32.stand_apart(PROGRAM)
        self._root = root
        self._badge = ""
        self._painted: dict[str, list[PhotoImage]] = {}
        self._next = ""
        root.bind("<Destroy>", self._destroyed, add=True)

    def show(self, badge: str) -> None:
        """Show, soon, the icon with this badge, on the window and on its dialogs."""
        self._badge = badge
        if not self._next:
            self._next = self._root.after(SOON_MS, self._draw)

    def _draw(self) -> None:
        self._next = ""
        if self._badge not in self._painted:
            self._painted[self._badge] = [
                PhotoImage(master=self._root, data=picture(side, self._badge), format="png")
                for side in SIDES
            ]
        with contextlib.suppress(TclError):  # a desktop without icons
            self._root.iconphoto(True, *self._painted[self._badge])

    def _destroyed(self, event: "Event[Misc]") -> None:
        if event.widget is self._root and self._next:
            self._root.after_cancel(self._next)


def badge(unread: int) -> str:
    """Return what stands on the icon for so many unread messages."""
    if not unread:
        return ""
    return str(unread) if unread <= BADGE_MOST else f"{BADGE_MOST}+"


def picture(side: int, badge: str = "") -> bytes:
    """Return the icon as a PNG of so many pixels a side."""
    return pictures.paint(side, side, [*_base_layers(side), *_badge_layers(side, badge)])


@functools.cache
def _base_layers(side: int) -> list[pictures.Layer]:
    """Return a speech bubble with three dots, on a tile with round corners."""
    unit = side / pictures.FIELD
    return [
        (pictures.box(side, side, (5 * unit,) * 4), colours.LIGHT.accent),
        (pictures.lines(BUBBLE, side, BUBBLE_HEIGHT * unit), colours.LIGHT.on_accent),
        (pictures.lines(TAIL, side, TAIL_WIDTH * unit), colours.LIGHT.on_accent),
        (pictures.lines(DOTS, side, DOT_SIZE * unit), colours.LIGHT.accent),
    ]


def _badge_layers(side: int, badge: str) -> list[pictures.Layer]:
    """Return a red spot in the corner at the bottom right, with a rim, and what stands on it."""
    if not badge:
        return []
    unit = side / pictures.FIELD
    has_digits = side >= DIGITS_FROM
    size = round((SPOT if has_digits else SPOT_ALONE) * unit)
    disc = functools.partial(pictures.box, size, size, (size / 2,) * 4)
    layers = [
        (_in_corner(disc(), size, side), colours.LIGHT.on_accent),
        (_in_corner(disc(RIM * unit), size, side), colours.LIGHT.bad),
    ]
    if has_digits:
        middle = pictures.FIELD - size / unit / 2
        written = pictures.lines(_write(badge, middle), side, DIGIT_LINE * unit)
        layers.append((written, colours.LIGHT.on_accent))
    return layers


def _in_corner(mask: bytes, size: int, side: int) -> bytes:
    """Return a mask of `size` pixels a side at the bottom right of a larger one."""
    rows = (mask[start : start + size] for start in range(0, len(mask), size))
    return bytes(side * (side - size)) + b"".join(bytes(side - size) + row for row in rows)


def _write(badge: str, middle: float) -> list[pictures.Shape]:
    """Return the shapes of a badge's characters, around this middle."""
    width = len(badge) * (DIGIT_WIDTH + DIGIT_GAP) - DIGIT_GAP
    top = middle - DIGIT_HEIGHT / 2
    shapes = []
    for place, character in enumerate(badge):
        left = middle - width / 2 + place * (DIGIT_WIDTH + DIGIT_GAP)
        for shape in DIGITS[character]:
            shapes.append(_moved(shape, left, top))
    return shapes


def _moved(shape: pictures.Shape, left: float, top: float) -> pictures.Shape:
    """Return a shape elsewhere: a circle's radius stays as it is."""
    moved = [value + (top if at % 2 else left) for at, value in enumerate(shape)]
    return (*moved[:2], shape[2]) if len(shape) == 3 else tuple(moved)
