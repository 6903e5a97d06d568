"""A line of words beside the mouse, for what shows an icon alone."""

import tkinter as tk
from tkinter import ttk

from chatroom.windows import later, theme

APPEARS_MS = 500


class Tooltip:
    """Shows words below a widget while the mouse rests on it, or the keyboard came to it."""

    def __init__(self, widget: tk.Widget, text: str) -> None:
        self.text = text
        self._widget = widget
        self._window: tk.Toplevel | None = None
        self._appear = later.Later(widget, self._show)
        for event in ("<Enter>", "<FocusIn>"):
            widget.bind(event, self._come, add=True)
        for event in ("<Leave>", "<FocusOut>", "<Button-1>", "<Key>", "<Unmap>", "<Destroy>"):
            widget.bind(event, self._go, add=True)

    def _come(self, _: "tk.Event[tk.Misc]") -> None:
        self._appear.start(APPEARS_MS)

    def hide(self) -> None:
        """Show none until the mouse comes again: what it is about is in use."""
        self._appear.cancel()
        if self._window is not None:
            self._window.destroy()
            self._window = None

    def _go(self, _: "tk.Event[tk.Misc]") -> None:
        self.hide()

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
        """Return where it stands on the screen: below the widget, or else above it."""
        widget, width, height = self._widget, window.winfo_reqwidth(), window.winfo_reqheight()
        x = widget.winfo_rootx() + (widget.winfo_width() - width) // 2
        below = widget.winfo_rooty() + widget.winfo_height() + gap
        fits = below + height <= widget.winfo_screenheight()
        y = below if fits else widget.winfo_rooty() - height - gap
        around = widget.winfo_toplevel()
        right = min(around.winfo_rootx() + around.winfo_width(), widget.winfo_screenwidth())
        return max(min(x, right - width - gap), 0), y
