"""Pictures made at run time: rounded boxes and icons, with smooth edges, as PNG.

A mask tells how much of each pixel a shape covers, one byte a pixel, from the top left;
`paint` lays colours through masks. How far a pixel's centre is from the shape's edge gives
its coverage, which is exact enough for lines and circles.
"""

import functools
import math
import re
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence

from chatroom.windows.colours import Rgb, rgb

FIELD = 24
"""Icons are drawn on a field of so many units a side."""

Layer = tuple[bytes, str]
"""A mask, and the colour that goes through it."""

Stroke = tuple[float, float, float, float, Callable[[float, float], float]]
"""The box around a part of a shape, and how far a point is from that part."""

Shape = tuple[float, ...]
"""x, y, radius: a circle; x, y, x, y, ...: a line with corners."""

ICONS: dict[str, Sequence[Shape]] = {
    "search": [(10.5, 10.5, 6.5), (15.5, 15.5, 21, 21)],
    "people": [
        (9, 8, 3.6),
        (2.5, 20, 3.2, 17, 5.6, 14.8, 9, 14.2, 12.4, 14.8, 14.8, 17, 15.5, 20),
        (16, 4.6, 18, 6, 18.6, 8, 18, 10, 16, 11.4),
        (18, 14.8, 20.3, 16.6, 21.5, 20),
    ],
    "person": [(12, 8, 4), (4, 21, 5, 17.4, 8, 15.2, 12, 14.6, 16, 15.2, 19, 17.4, 20, 21)],
    "down": [(12, 4.5, 12, 19), (5.5, 12.8, 12, 19.2, 18.5, 12.8)],
    "next": [(6, 9, 12, 15, 18, 9)],
    "previous": [(6, 15, 12, 9, 18, 15)],
    "close": [(6, 6, 18, 18), (6, 18, 18, 6)],
    "tick": [(3.5, 12.5, 9.5, 18.5, 20.5, 6)],
    "check": [(7.6, 12.4, 10.8, 15.6, 16.4, 8.8)],  # within a box
    "clock": [(12, 12, 9), (12, 6.5, 12, 12.5, 15.8, 14.5)],
    "send": [(3, 11.2, 21, 3.2, 14.2, 21, 10.6, 13.4, 3, 11.2), (10.6, 13.4, 21, 3.2)],
    "copy": [(9, 9, 20, 9, 20, 20, 9, 20, 9, 9), (5.5, 15, 4, 15, 4, 4, 15, 4, 15, 5.5)],
    "bell": [
        (12, 17, 3.8, 17, 6, 14.6, 6, 10, 6.6, 7.4, 8.2, 5.3, 10.4, 4.2, 12, 4),
        (12, 4, 13.6, 4.2, 15.8, 5.3, 17.4, 7.4, 18, 10, 18, 14.6, 20.2, 17, 12, 17),
        (9.8, 20, 10.8, 21, 12, 21.3, 13.2, 21, 14.2, 20),
    ],
    "bell_off": [
        (6, 10, 6, 14.6, 3.8, 17, 16.6, 17),
        (8.2, 5.3, 10.4, 4.2, 12, 4, 13.6, 4.2, 15.8, 5.3, 17.4, 7.4, 18, 10, 18, 13.4),
        (9.8, 20, 10.8, 21, 12, 21.3, 13.2, 21, 14.2, 20),
        (3.5, 3.5, 20.5, 20.5),
    ],
    "menu": [(4, 6.5, 20, 6.5), (4, 12, 20, 12), (4, 17.5, 20, 17.5)],
    "more": [(12, 5, 0.8), (12, 12, 0.8), (12, 19, 0.8)],
    "warning": [
        (12, 3.6, 21.6, 20, 2.4, 20, 12, 3.6),
        (12, 9.6, 12, 14),
        (12, 16.8, 12, 17),
    ],
}

# Masks ---------------------------------------------------------------------------------


@functools.lru_cache(maxsize=256)
def box(
    width: int, height: int, radii: tuple[float, float, float, float], inset: float = 0
) -> bytes:
    """Return the mask of a rounded box that stays `inset` pixels within the picture.

    `radii` are those of the picture's corners, clockwise from the top left.
    """
    end = min(math.ceil(max(*radii, inset)) + 1, width // 2)  # beyond it a row is the same
    rows = bytearray()
    for y in range(height):
        left, right = radii[:2] if 2 * y < height else radii[:1:-1]
        inside = height / 2 - inset - abs(y + 0.5 - height / 2)
        rows += bytes(_row_end(end, inside, max(left - inset, 0), inset))
        rows += bytes([_cover(-inside)]) * (width - 2 * end)
        rows += bytes(_row_end(end, inside, max(right - inset, 0), inset))[::-1]
    return bytes(rows)


def _row_end(count: int, inside: float, radius: float, inset: float) -> Iterator[int]:
    """Yield the cover of pixels from a side of a box on, `inside` pixels from its top."""
    y = radius - inside
    for column in range(count):
        x = radius + inset - column - 0.5
        yield _cover(math.hypot(max(x, 0), max(y, 0)) + min(max(x, y), 0) - radius)


@functools.lru_cache(maxsize=256)
def icon(name: str, size: int, width: float) -> bytes:
    """Return the mask of an icon of `size` pixels a side, its lines `width` pixels wide."""
    return lines(ICONS[name], size, width)


def lines(shapes: Iterable[Shape], size: int, width: float) -> bytes:
    """Return the mask of shapes on the field of an icon, as `icon` does."""
    scale = size / FIELD
    mask = bytearray(size * size)
    for shape in shapes:
        stroke = [value * scale for value in shape]
        for left, top, right, bottom, distance in _strokes(stroke):
            reach = width / 2 + 1
            for y in range(max(int(top - reach), 0), min(int(bottom + reach) + 1, size)):
                for x in range(max(int(left - reach), 0), min(int(right + reach) + 1, size)):
                    cover = _cover(distance(x + 0.5, y + 0.5) - width / 2)
                    mask[y * size + x] = max(mask[y * size + x], cover)
    return bytes(mask)


def _strokes(shape: Sequence[float]) -> Iterator[Stroke]:
    """Yield what a shape consists of: a circle, or the straight parts of a line."""
    if len(shape) == 3:
        x, y, radius = shape
        away = functools.partial(_from_circle, x, y, radius)
        yield x - radius, y - radius, x + radius, y + radius, away
        return
    for ax, ay, bx, by in zip(shape[::2], shape[1::2], shape[2::2], shape[3::2], strict=False):
        away = functools.partial(_from_line, ax, ay, bx - ax, by - ay)
        yield min(ax, bx), min(ay, by), max(ax, bx), max(ay, by), away


def _from_circle(centre_x: float, centre_y: float, radius: float, x: float, y: float) -> float:
    return abs(math.hypot(x - centre_x, y - centre_y) - radius)


def _from_line(ax: float, ay: float, dx: float, dy: float, x: float, y: float) -> float:
    along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)
    along = min(max(along, 0), 1)
    return math.hypot(x - ax - along * dx, y - ay - along * dy)


def _cover(away: float) -> int:
    """Return how much of a pixel is covered, its centre so far outside of an edge."""
    return round(255 * min(max(0.5 - away, 0), 1))


# PNG -----------------------------------------------------------------------------------


def paint(
    width: int,
    height: int,
    layers: Sequence[Layer],
    under: str = "",
    grow: tuple[int, int] = (0, 0),
) -> bytes:
    """Return a PNG of colours through masks, bottom first, on a colour or on nothing.

    Its middle column and row come so many times more as `grow` says.
    """
    pixels = bytearray((*rgb(under), 255) if under else bytes(4)) * (width * height)
    for mask, colour in layers:
        _lay(pixels, mask, rgb(colour))
    size = 4 * width
    rows = [pixels[start : start + size] for start in range(0, len(pixels), size)]
    at = 4 * (width // 2)
    rows = [row[:at] + row[at : at + 4] * grow[0] + row[at:] for row in rows]
    rows[height // 2 : height // 2] = [rows[height // 2]] * grow[1]
    return png(width + grow[0], height + grow[1], rows)


def _lay(pixels: bytearray, mask: bytes, colour: Rgb) -> None:
    """Lay a colour through a mask over pixels of red, green, blue and opacity."""
    opaque = bytes((*colour, 255))
    for run in re.finditer(rb"\xff+|[^\x00\xff]", mask):
        at, cover = 4 * run.start(), mask[run.start()]
        if cover == 255:
            pixels[at : 4 * run.end()] = opaque * (run.end() - run.start())
            continue
        below = pixels[at + 3] * (255 - cover) / 255
        opacity = cover + below
        for part, value in enumerate(colour, start=at):
            pixels[part] = round((value * cover + pixels[part] * below) / opacity)
        pixels[at + 3] = round(opacity)


def png(width: int, height: int, rows: Sequence[bytes | bytearray]) -> bytes:
    """Return a PNG of rows of red, green, blue and opacity (W3C PNG, 8 bits, type 6)."""
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + row for row in rows), 1)
    chunks = ((b"IHDR", header), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )
