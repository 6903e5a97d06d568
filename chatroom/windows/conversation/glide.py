"""The wheel, on every system, in small steps that the eye can follow."""

import sys
from collections.abc import Callable
from tkinter import Event, Misc
from typing import Any

from chatroom.windows import keys, later

FRAME_MS = 14
PART = 0.4
"""So much of what is left is gone in each frame."""
NOTCH = 120
"""What Windows, and Tk 9 everywhere, report of one notch of a wheel."""


class Glide:
    """Goes a way in frames: most of it in the first ones."""

    def __init__(self, widget: Misc, move: Callable[[int], None]) -> None:
        """`move(pixels)` is called in each frame."""
        self._move = move
        self._left = 0.0
        self._next = later.Later(widget, self._step)

    def add(self, pixels: float) -> None:
        """Go so much further."""
        self._left += pixels
        if not self._next.is_due:
            self._step()

    def stop(self) -> None:
        """Stay where we are."""
        self._left = 0.0
        self._next.cancel()

    def _step(self) -> None:
        part = round(self._left * PART)
        if abs(part) < 3:
            part = round(self._left)
        self._left -= part
        if abs(self._left) >= 1:
            self._next.within(FRAME_MS)
        if part:
            self._move(part)


def bind_wheel(widget: Misc, bind_tag: str, step: int, add: Callable[[float], None]) -> None:
    """Call `add(pixels)` when the wheel is turned, `step` for each notch."""

    def turned(event: "Event[Any]") -> str:
        notch = NOTCH if sys.platform != "darwin" or abs(event.delta) >= NOTCH else 3
        add(-step * event.delta / notch)
        return "break"

    def up(_event: "Event[Any]") -> str:
        add(-step)
        return "break"

    def down(_event: "Event[Any]") -> str:
        add(step)
        return "break"

    keys.bind_tag(widget, bind_tag, "<MouseWheel>", turned)
    if widget.tk.call("tk", "windowingsystem") == "x11":
        keys.bind_tag(widget, bind_tag, "<Button-4>", up)
        keys.bind_tag(widget, bind_tag, "<Button-5>", down)
