"""Whether emoji in colour can be drawn, and what keeps them away where they cannot.

libXft before 2.3.5 asks the X server for impossible glyphs where a font has colours, and Tk
before 8.6.12 does not expect that: the whole program ends (BadLength), whoever wrote the
emoji and wherever it stands. There all fonts with colours are hidden from Tk, which draws
an emoji as another font has it, or as a box.
"""

import contextlib
import ctypes
import os
import re
import sys
import tempfile
import tkinter
from collections.abc import Iterator
from pathlib import Path

SAFE_TK = (8, 6, 12)
SAFE_XFT = (2, 3, 5)
XFT = "libXft.so.2"

FAMILIES = "Noto Color Emoji", "Apple Color Emoji", "Segoe UI Emoji", "Twemoji", "JoyPixels"
"""Fonts with colours, for a fontconfig that does not know which ones have any."""

PATTERN = '<pattern><patelt name="{name}">{value}</patelt></pattern>'
CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
<include ignore_missing="yes">{usual}</include>
<selectfont><rejectfont>{patterns}</rejectfont></selectfont>
</fontconfig>
"""
FILE_VARIABLE = "FONTCONFIG_FILE"
USUAL_FILE = "/etc/fonts/fonts.conf"


def are_safe() -> bool:
    """Tell whether a font with colours does no harm here."""
    if sys.platform in ("win32", "darwin"):
        return True
    xft = xft_version()
    return tk_version() >= SAFE_TK and (xft is None or xft >= SAFE_XFT)


@contextlib.contextmanager
def hidden_where_unsafe() -> Iterator[None]:
    """Hide fonts with colours from a Tk that begins meanwhile, where they would end it.

    Fonts are looked up once in a process, so that this is for its first window.
    """
    if are_safe():
        yield
        return
    usual = os.environ.get(FILE_VARIABLE)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "chatroom-fonts.conf"
        file.write_text(_configuration(usual or USUAL_FILE), encoding="utf-8")
        os.environ[FILE_VARIABLE] = str(file)
        try:
            yield
        finally:
            if usual is None:
                del os.environ[FILE_VARIABLE]
            else:
                os.environ[FILE_VARIABLE] = usual


def tk_version() -> tuple[int, ...]:
    """Return the version of Tk, such as (8, 6, 13), before there is a window."""
    patchlevel = str(tkinter.Tcl().call("info", "patchlevel"))  # Tcl's, such as 9.0b1
    return tuple(int(part) for part in re.findall(r"\d+", patchlevel))


def xft_version() -> tuple[int, ...] | None:
    """Return the version of libXft; None where Tk's is not to be found, or is not used."""
    try:
        number = int(ctypes.CDLL(XFT).XftGetVersion())
    except (OSError, AttributeError):
        return None
    return number // 10000, number // 100 % 100, number % 100


# --------------------------------------------------------------------------------------


def _configuration(usual: str) -> str:
    """Return a configuration of fontconfig that includes another one."""
    patterns = [PATTERN.format(name="color", value="<bool>true</bool>")]
    for family in FAMILIES:
        patterns.append(PATTERN.format(name="family", value=f"<string>{family}</string>"))
    escaped = usual.replace("&", "&amp;").replace("<", "&lt;")
    return CONFIGURATION.format(usual=escaped, patterns="".join(patterns))
