"""A button with an icon instead of words; the words are in its tooltip.

The mouse presses it without taking the keyboard from where one writes.
"""

from collections.abc import Callable
from tkinter import Event, Misc, ttk

from chatroom.windows import theme, tooltip


class IconButton(ttk.Button):
    """Named by its text, which nobody sees; `hint` explains it, by default the same words."""

    def __init__(
        self, parent: Misc, icon: str, text: str, command: Callable[[], object], hint: str = ""
    ) -> None:
        super().__init__(parent, style="Ghost.TButton", text=text, command=command)
        self._tooltip = tooltip.Tooltip(self, hint or text)
        self.bind("<Button-1>", self._press, add=True)
        self.show(icon)

    def show(self, icon: str, hint: str = "", *, pressed: bool = False) -> None:
        """Show this icon, explained like this, and whether what it stands for is on."""
        look = theme.of(self)
        faint = look.icon(icon, look.c.off_ink)
        self["image"] = (look.icon(icon, look.c.faded), "disabled", faint)
        self.state(["selected" if pressed else "!selected"])
        self._tooltip.text = hint or self._tooltip.text

    def _press(self, _: "Event[Misc]") -> str:
        if self.instate(["!disabled"]):
            self.state(["pressed"])
        return "break"
