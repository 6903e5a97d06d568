"""Colours: two palettes by meaning, and one colour for each person.

A colour is "#rrggbb". Everything that is read stands out from what is behind it as WCAG 2.1
level AA wants (success criterion 1.4.3, at least 4.5), and so does what shows where a field
ends, where the keyboard is or how something is (1.4.11, at least 3); a test computes it for
every pair.
"""

import functools
import math
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from chatroom.protocol.names import name_key

CONTRAST_LEAST = 4.5
"""WCAG 2.1 AA, text of ordinary size."""
GRAPHIC_LEAST = 3.0
"""The same for borders, icons and the like."""

Rgb = tuple[int, int, int]
"""Red, green and blue, each 0 to 255."""


class Palette(NamedTuple):
    """Colours by what they are for; `x_over` and `x_down`: under the mouse, pressed."""

    panel: str  # behind heads, lists and cards
    chat: str  # behind the conversation
    theirs: str  # bubbles
    ours: str
    ink: str
    faded: str
    line: str  # between two areas
    accent: str
    accent_over: str
    accent_down: str
    on_accent: str
    link: str
    hit: str  # behind what a search found
    hit_now: str
    mention: str  # behind one's own name
    mention_ink: str
    sel: str  # behind what is selected
    pill: str
    field: str
    edge: str  # around fields and buttons
    over: str
    down: str
    warn: str
    warn_ink: str
    alarm: str
    alarm_ink: str
    good: str
    good_back: str  # behind ink
    busy: str  # neither good nor bad yet; a dot, no ink
    bad: str
    shadow: str
    thumb: str  # of a scroll bar
    thumb_over: str
    off: str  # what cannot be used now
    off_ink: str

    @property
    def ring(self) -> str:
        """Around what has the keyboard."""
        return mix(self.accent, self.panel, 0.7)

    @property
    def chosen(self) -> str:
        """Behind what is chosen in a list or a menu."""
        return mix(self.accent, self.panel, 0.18)

    @property
    def unread(self) -> str:
        """Behind the words above what is unread."""
        return mix(self.accent, self.chat, 0.22)

    @property
    def unread_ink(self) -> str:
        """Those words."""
        return mix(self.accent, self.ink, 0.45)

    @property
    def ours_faded(self) -> str:
        """The time in a bubble of ours."""
        return mix(self.ink, self.ours, 0.68)


LIGHT = Palette(
    panel="#ffffff",
    chat="#e9eff0",
    theirs="#ffffff",
    ours="#cff2df",
    ink="#14201e",
    faded="#526260",
    line="#dbe3e2",
    accent="#0b7558",
    accent_over="#096349",
    accent_down="#07513c",
    on_accent="#ffffff",
    link="#0a5cbb",
    hit="#ffe27a",
    hit_now="#ffae42",
    mention="#bfe6ff",
    mention_ink="#004a77",
    sel="#9fcdfb",
    pill="#d9e3e3",
    field="#ffffff",
    edge="#7d8b89",
    over="#e8eeed",
    down="#dae3e1",
    warn="#fff1cc",
    warn_ink="#614300",
    alarm="#fde5e3",
    alarm_ink="#8f1d1d",
    good="#127a4a",
    good_back="#d6eee2",
    busy="#b07500",
    bad="#bd2b2b",
    shadow="#d3dcdc",
    thumb="#7d8b89",
    thumb_over="#5f6d6b",
    off="#eef2f1",
    off_ink="#7e8c89",
)
DARK = Palette(
    panel="#161d21",
    chat="#0e1417",
    theirs="#1f292e",
    ours="#124a3b",
    ink="#e6edec",
    faded="#a3b3b3",
    line="#263238",
    accent="#35c697",
    accent_over="#4fd4a9",
    accent_down="#2aae83",
    on_accent="#03241a",
    link="#7cbcff",
    hit="#6b5600",
    hit_now="#8f4c00",
    mention="#1e4d6b",
    mention_ink="#c6e8ff",
    sel="#2f5f92",
    pill="#1c262b",
    field="#11181b",
    edge="#66787f",
    over="#222d32",
    down="#2b383e",
    warn="#3b2f10",
    warn_ink="#ffd98a",
    alarm="#40191b",
    alarm_ink="#ffb4ae",
    good="#3ecf8e",
    good_back="#1c3a33",
    busy="#e0a100",
    bad="#ff8079",
    shadow="#0a0f11",
    thumb="#66787f",
    thumb_over="#8699a0",
    off="#1a2327",
    off_ink="#6b7c80",
)

# Two colours together ------------------------------------------------------------------


def rgb(colour: str) -> Rgb:
    """Return the parts of a colour."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(over: str, under: str, share: float) -> str:
    """Return `share` (0 to 1) of one colour laid over another."""
    pairs = zip(rgb(over), rgb(under), strict=True)
    return _written(*(a * share + b * (1 - share) for a, b in pairs))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21, as WCAG 2 defines it."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    """Return the relative luminance (WCAG 2.1, definitions)."""
    parts = (part / 255 for part in rgb(colour))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _written(*parts: float) -> str:
    return "#" + "".join(f"{round(part):02x}" for part in parts)


# People --------------------------------------------------------------------------------

HUES = 36
TONES = ((0.55, 0.15), (0.46, 0.09))
"""Lightness and chroma (OKLCH) of people's discs: a strong tone and a quiet one."""

DARK_TONES = ((0.80, 0.12), (0.74, 0.07))
"""The same of their names on a dark ground."""

WHITE = "#ffffff"


def person(name: str, palette: Palette) -> tuple[str, str]:
    """Return the colour of a person's name, and that of the disc under white initials.

    It depends on the name alone, and is the same however the name is written.
    """
    index = zlib.crc32(name_key(name).encode()) % (HUES * len(TONES))
    return _people(palette)[index]


@functools.lru_cache(maxsize=2)
def _people(palette: Palette) -> tuple[tuple[str, str], ...]:
    """Return all the colours there are for people: of the name, of the disc."""
    is_dark = _luminance(palette.theirs) < _luminance(palette.ink)
    tones = zip(DARK_TONES if is_dark else TONES, TONES, strict=True)
    return tuple(
        (_readable(hue, ink, palette.theirs), _readable(hue, back, WHITE))
        for ink, back in tones
        for hue in range(0, 360, 360 // HUES)
    )


def _readable(hue: int, tone: tuple[float, float], ground: str) -> str:
    """Return a hue in the tone nearest to this one that can be read on a ground."""
    light, chroma = tone
    step = 0.01 if _luminance(ground) < 0.2 else -0.01
    for colour in _towards(hue, light, chroma, step):
        if contrast(colour, ground) >= CONTRAST_LEAST:
            return colour
    raise ValueError(f"nothing can be read on {ground}")


def _towards(hue: int, light: float, chroma: float, step: float) -> Iterator[str]:
    while 0 < light < 1:
        yield oklch(light, chroma, hue)
        light += step


def oklch(light: float, chroma: float, hue: float) -> str:
    """Return a colour of OKLCH, where equal steps look equal; as colourful as sRGB has it.

    Björn Ottosson, "A perceptual color space for image processing" (2020). `light` is 0
    to 1, `chroma` 0 to about 0.3, `hue` in degrees.
    """
    while True:
        parts = _linear(light, chroma, math.radians(hue))
        if chroma <= 0 or all(-0.0005 <= part <= 1.0005 for part in parts):
            return _written(*(255 * _gamma(min(max(part, 0), 1)) for part in parts))
        chroma -= 0.005


def _linear(light: float, chroma: float, angle: float) -> tuple[float, float, float]:
    a, b = chroma * math.cos(angle), chroma * math.sin(angle)
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _gamma(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055
