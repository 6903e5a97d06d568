"""Names in colours, where a terminal has them and its reader wants them."""

import sys
import zlib
from collections.abc import Mapping

from chatroom.protocol import names

OF_256 = 130, 64, 29, 31, 27, 98, 129, 164, 162, 131
"""Of xterm's 256 colours: far apart, and each 4:1 or better on white as on black."""
OF_16 = 31, 32, 35, 36
"""Red, green, magenta, cyan: yellow fades on white, blue on black."""
PLAIN = "\x1b[m"


def colours_of(environment: Mapping[str, str], platform: str = sys.platform) -> tuple[str, ...]:
    """Return what begins each colour for names, on a terminal that understands sequences.

    None where the reader set NO_COLOR (no-color.org) to anything.
    """
    if environment.get("NO_COLOR"):
        return ()
    if (
        "256color" in environment.get("TERM", "")
        or environment.get("COLORTERM")
        or platform == "win32"
    ):
        return tuple(f"\x1b[38;5;{number}m" for number in OF_256)
    return tuple(f"\x1b[{number}m" for number in OF_16)


def coloured(name: str, colours: tuple[str, ...]) -> str:
    """Return a name in the colour that is always its own."""
    if not colours:
        return name
    colour = colours[zlib.crc32(names.name_key(name).encode()) % len(colours)]
    return f"{colour}{name}{PLAIN}"
