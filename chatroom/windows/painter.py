"""Pictures in the colours and the scale of one root, each made once."""

import functools
from collections.abc import Callable, Hashable
from tkinter import PhotoImage, Tk

from chatroom.windows import colours, pictures

MIDDLE = 60
"""ttk repeats the middle of a picture to fill a widget: one of a single pixel takes seconds."""


class Painter:
    """Colours, sizes and pictures. Sizes are given in pixels at 100 %."""

    def __init__(self, root: Tk, palette: colours.Palette, scale: float) -> None:
        """Paint for a root; `scale` is 1.0 at 96 dots an inch."""
        self.root = root
        self.c = palette
        self.scale = scale
        self._pictures: dict[Hashable, PhotoImage] = {}

    def px(self, size: float) -> int:
        """Return a size in pixels of this screen."""
        return round(size * self.scale)

    def picture(self, key: Hashable, make: Callable[[], bytes]) -> PhotoImage:
        """Return the picture with this key; `make` gives its PNG the first time."""
        if key not in self._pictures:
            self._pictures[key] = PhotoImage(master=self.root, data=make(), format="png")
        return self._pictures[key]

    def blank(self, width: int, height: int = 1) -> PhotoImage:
        """Return a picture of nothing, of so many pixels of this screen."""
        key = ("blank", width, height)
        if key not in self._pictures:
            self._pictures[key] = PhotoImage(master=self.root, width=width, height=height)
        return self._pictures[key]

    def icon(self, name: str, colour: str, size: float = 18, width: float = 1.6) -> PhotoImage:
        """Return an icon of `pictures.ICONS`, its lines `width` wide."""
        side, line = self.px(size), width * self.scale

        def make() -> bytes:
            return pictures.paint(side, side, [(pictures.icon(name, side, line), colour)])

        return self.picture(("icon", name, colour, side, width), make)

    def disc(self, colour: str, size: float, ring: str = "", width: float = 2) -> PhotoImage:
        """Return a disc, with a ring `width` wide along its edge if it has a colour."""
        side, inset = self.px(size), self.px(width) if ring else 0

        def make() -> bytes:
            box = functools.partial(pictures.box, side, side, (side / 2,) * 4)
            rim = [(box(0), ring)] if ring else []
            return pictures.paint(side, side, [*rim, (box(inset), colour)])

        return self.picture(("disc", colour, side, ring, width), make)

    def patch(
        self,
        fill: str,
        border: str = "",
        ring: str = "",
        r: float = 8,
        room: int = 2,
        w: float = 1,
        under: str = "",
        grow: tuple[int, int] = (MIDDLE, MIDDLE),
    ) -> PhotoImage:
        """Return a rounded box of radius `r` to be stretched, its border `w` wide.

        `room` is kept around it, where a `ring` shows that it has the keyboard. Without a
        fill one sees through it, unless there is a colour `under` it.
        """
        gap, line = self.px(room), max(self.px(w), 1)
        side = 2 * (self.px(r) + gap) + 1

        def make() -> bytes:
            box = functools.partial(pictures.box, side, side, (self.px(r) + gap,) * 4)
            inner = gap + (line if border else 0)
            layers = [(ring, 0), (border, gap), (fill, inner)]
            masks = [(box(inset), colour) for colour, inset in layers if colour]
            if not fill:
                masks = [(hollow(mask, box(inner)), colour) for mask, colour in masks]
            return pictures.paint(side, side, masks, under, grow)

        return self.picture(("patch", fill, border, ring, r, room, w, under, grow), make)


def hollow(outer: bytes, inner: bytes) -> bytes:
    """Return the mask of what is within one mask and not within another."""
    return bytes(max(out - within, 0) for out, within in zip(outer, inner, strict=True))
