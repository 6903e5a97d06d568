"""A button with an icon instead of words; the words are in its tooltip.

The mouse presses it without taking the keyboard from where one writes.
"""

from collections.abc import Callable
from tkinter import Event, Misc, ttk

from chatroom.windows import mnemonics, theme, tooltip


class IconButton(ttk.Button):
    """Named by its text, which nobody sees; `hint` explains it, by default the same words.

    The text may have an & before the letter that presses it with Alt. The tooltip tells of
    that, or of another `key` that does the same.
    """

    def __init__(
        self,
        parent: Misc,
        icon: str,
        text: str,
        command: Callable[[], object],
        hint: str = "",
        *,
        key: str = "",
    ) -> None:
        super().__init__(parent, style="Ghost.TButton", command=command)
        mnemonics.name(self, text)
        letter = mnemonics.letter(self).upper()
        has_alt = letter and self.tk.call("tk", "windowingsystem") != "aqua"
        self._key = key or (f"Alt+{letter}" if has_alt else "")
        self.tooltip = tooltip.Tooltip(self, "")
        self._explain(hint or str(self["text"]))
        self.bind("<Button-1>", self._press, add=True)
        self.show(icon)

    def show(self, icon: str, hint: str = "", *, pressed: bool = False) -> None:
        """Show this icon, explained like this, and whether what it stands for is on."""
        look = theme.of(self)
        faint = look.icon(icon, look.c.off_ink)
        self["image"] = (look.icon(icon, look.c.faded), "disabled", faint)
        self.state(["selected" if pressed else "!selected"])
        if hint:
            self._explain(hint)

    def _explain(self, hint: str) -> None:
        self.tooltip.text = f"{hint} ({self._key})" if self._key else hint

    def _press(self, _: "Event[Misc]") -> str:
        if self.instate(["!disabled"]):
            self.state(["pressed"])
        return "break"
