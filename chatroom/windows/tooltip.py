"""A line of words beside the mouse, for what shows an icon alone, or a part of its text."""

import abc
import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import NamedTuple

from chatroom.windows import keys, later, theme

APPEARS_MS = 500


class Part(NamedTuple):
    """A part of a widget: the words for it, and where it lies in there, in pixels."""

    text: str
    x: int
    top: int
    bottom: int


class _Words(abc.ABC):
    """Words in a small window of their own, which comes after a while."""

    def __init__(self, widget: tk.Widget, text: str) -> None:
        self.text = text
        self._widget = widget
        self._window: tk.Toplevel | None = None
        self._appear = later.Later(widget, self._show)

    def hide(self) -> None:
        """Show none until the mouse comes again: what it is about is in use."""
        self._appear.cancel()
        if self._window is not None:
            self._window.destroy()
            self._window = None

    def _show(self) -> None:
        if self._window is not None or not self.text or self._is_covered():
            return
        look = theme.of(self._widget)
        self._window = window = tk.Toplevel(self._widget, background=look.c.ink)
        window.withdraw()
        window.wm_overrideredirect(True)
        said = ttk.Label(window, text=self.text, font=look.small, padding=(look.px(8), look.px(4)))
        said.configure(background=look.c.ink, foreground=look.c.panel)
        said.pack()
        window.update_idletasks()
        window.geometry("+{}+{}".format(*self._place(window, look.px(4))))
        window.deiconify()

    def _is_covered(self) -> bool:
        """Tell whether a menu is open, on which it would lie, or a dialog."""
        return bool(self._widget.tk.call("grab", "current", self._widget))

    def _place(self, window: tk.Toplevel, gap: int) -> tuple[int, int]:
        """Return where it stands on the screen: below what it is about, or else above that."""
        widget, width, height = self._widget, window.winfo_reqwidth(), window.winfo_reqheight()
        part = self._about(width)
        x = widget.winfo_rootx() + part.x
        below = widget.winfo_rooty() + part.bottom + gap
        fits = below + height <= widget.winfo_screenheight()
        y = below if fits else widget.winfo_rooty() + part.top - height - gap
        around = widget.winfo_toplevel()
        right = min(around.winfo_rootx() + around.winfo_width(), widget.winfo_screenwidth())
        return max(min(x, right - width - gap), 0), y

    @abc.abstractmethod
    def _about(self, width: int) -> Part:
        """Return what it is about; words of this width begin at its `x`."""


class Tooltip(_Words):
    """Shows words below a widget while the mouse rests on it, or the keyboard came to it."""

    def __init__(self, widget: tk.Widget, text: str) -> None:
        super().__init__(widget, text)
        for event in ("<Enter>", "<FocusIn>"):
            widget.bind(event, self._come, add=True)
        for event in ("<Leave>", "<FocusOut>", "<Button-1>", "<Key>", "<Unmap>", "<Destroy>"):
            widget.bind(event, self._go, add=True)

    def _come(self, _: "tk.Event[tk.Misc]") -> None:
        self._appear.start(APPEARS_MS)

    def _go(self, _: "tk.Event[tk.Misc]") -> None:
        self.hide()

    def _about(self, width: int) -> Part:
        widget = self._widget
        middle = (widget.winfo_width() - width) // 2
        return Part(self.text, middle, 0, widget.winfo_height())


class PartsTooltip(_Words):
    """Shows words below that part of a widget on which the mouse rests.

    `find(x, y)` returns the part there, None where there is none with words of its own.
    """

    def __init__(self, widget: tk.Widget, find: Callable[[int, int], Part | None]) -> None:
        super().__init__(widget, "")
        self._find = find
        self._at: tuple[int, int] | None = None
        self._part: Part | None = None
        tag = f"PartsTooltip{widget}"  # of its own: what the widget binds later takes nothing away
        widget.bindtags((tag, *widget.bindtags()))
        for event in ("<Enter>", "<Motion>"):
            keys.bind_tag(widget, tag, event, self._moved)
        for event in ("<Leave>", "<Unmap>"):
            keys.bind_tag(widget, tag, event, self._left)
        for event in ("<FocusOut>", "<Button>", "<Key>"):
            keys.bind_tag(widget, tag, event, lambda _: self.hide())

    def look_again(self) -> None:
        """Be about what is below the mouse now: the widget shows something else."""
        part = self._find(*self._at) if self._at else None
        if part == self._part:
            return
        self.hide()
        self._part = part
        if part is not None:
            self.text = part.text
            self._appear.start(APPEARS_MS)

    def _moved(self, event: "tk.Event[tk.Misc]") -> None:
        self._at = event.x, event.y
        self.look_again()

    def _left(self, _: "tk.Event[tk.Misc]") -> None:
        self._at = None
        self.look_again()

    def _about(self, width: int) -> Part:
        assert self._part is not None, "it is shown for a part"
        return self._part
