"""Rounded boxes, discs and icons: pictures with smooth edges, which Tk's own shapes have not.

All are opaque, with the colour of the ground around the shape: on X11 Tk asks the server for
what is below a translucent one, whenever it draws it.
"""

import functools
from tkinter import Canvas, PhotoImage

from chatroom.windows import pictures, theme

SHARP = 3
"""The radius of the corner that points to who speaks."""

ICON_LINE = 8
"""An icon is so many times as large as its lines are wide."""

Rectangle = tuple[int, int, int, int]


def draw(
    canvas: Canvas,
    look: theme.Theme,
    rectangle: Rectangle,
    radius: int,
    fill: str,
    tags: tuple[str, ...],
    *,
    shadow: str = "",
    sharp: int = -1,
) -> None:
    """Draw a box (x, y, x, y); corner `sharp`, clockwise from the top left, is less round."""
    left, top, right, bottom = rectangle
    drop = max(look.px(1), 1) if shadow else 0
    if drop:
        below = (left + radius, bottom, right - radius, bottom + drop)
        canvas.create_rectangle(*below, width=0, fill=shadow, tags=tags)
    canvas.create_rectangle(left, top, right, bottom, width=0, fill=fill, tags=tags)
    places = ((left, top), (right - radius, top), (right - radius, bottom - radius))
    for corner, (x, y) in enumerate((*places, (left, bottom - radius))):
        least = look.px(SHARP) if corner == sharp else radius
        key = ("corner", corner, radius, least, fill, shadow)
        make = functools.partial(_corner, corner, radius, least, fill, shadow, drop, look.c.chat)
        picture = look.picture(key, make)
        canvas.create_image(x, y, image=picture, anchor="nw", tags=tags)


def ring(
    canvas: Canvas,
    look: theme.Theme,
    rectangle: Rectangle,
    radius: int,
    ink: str,
    tags: tuple[str, ...],
    *,
    sharp: int = -1,
) -> None:
    """Draw a line around a box as `draw` draws it."""
    left, top, right, bottom = rectangle
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    inwards = ((1, 1), (-1, 1), (-1, -1), (1, -1))
    points: list[int] = []
    for corner, ((x, y), (to_x, to_y)) in enumerate(zip(corners, inwards, strict=True)):
        size = look.px(SHARP) if corner == sharp else radius
        along_x, along_y = (x + size * to_x, y), (x, y + size * to_y)
        begin, end = (along_y, along_x) if corner % 2 == 0 else (along_x, along_y)
        points += [*begin, *begin, x, y, *end, *end]  # a point that is there twice stays put
    canvas.create_polygon(
        points, smooth=True, fill="", outline=ink, width=max(look.px(2), 1), tags=tags
    )


def disc(look: theme.Theme, colour: str, size: int, ring: str = "") -> PhotoImage:
    """Return a disc of so many pixels, with a thin ring if that has a colour."""
    inset = max(look.px(1), 1) if ring else 0

    def make() -> bytes:
        outer, inner = (pictures.box(size, size, (size / 2,) * 4, gap) for gap in (0, inset))
        layers = [(outer, ring or colour), (inner, colour)]
        return pictures.paint(size, size, layers, look.c.chat)

    return look.picture(("opaque disc", colour, size, ring), make)


def icon(look: theme.Theme, name: str, colour: str, size: int, under: str) -> PhotoImage:
    """Return an icon of so many pixels a side on a colour."""

    def make() -> bytes:
        mask = pictures.icon(name, size, size / ICON_LINE)
        return pictures.paint(size, size, [(mask, colour)], under)

    return look.picture(("opaque icon", name, colour, size, under), make)


def _corner(
    corner: int, size: int, radius: int, fill: str, shadow: str, drop: int, under: str
) -> bytes:
    """Return the PNG of one corner; the lower ones have a shadow `drop` pixels below."""
    side = 2 * size
    mask = pictures.box(side, side, (radius,) * 4)
    x, y = (size if corner in (1, 2) else 0), (size if corner in (2, 3) else 0)
    height = size + (drop if y else 0)
    layers = [(_cut(mask, side, x, y - drop, height), shadow)] if drop and y else []
    layers.append((_cut(mask, side, x, y, height), fill))
    return pictures.paint(size, height, layers, under)


def _cut(mask: bytes, side: int, x: int, y: int, height: int) -> bytes:
    """Return a quarter of a mask, from row `y` on; there is nothing beyond its end."""
    rows = range(y, y + height)
    width = side // 2
    cut = [mask[side * row + x :][:width] if row < side else bytes(width) for row in rows]
    return b"".join(cut)
