"""Menus in the house's style."""

import sys
from collections.abc import Callable
from tkinter import Menu, Misc

from chatroom.windows import mnemonics, theme

COMMAND = "\u2318" if sys.platform == "darwin" else "Ctrl+"
"""What stands before a letter in a menu, for the key that goes with it."""


class ThemedMenu(Menu):
    """A menu, whose labels have an & before the letter that chooses them."""

    def __init__(self, parent: Misc) -> None:
        look = theme.of(parent)
        c = look.c
        super().__init__(
            parent,
            tearoff=False,
            background=c.panel,
            foreground=c.ink,
            activebackground=c.chosen,
            activeforeground=c.ink,
            disabledforeground=c.off_ink,
            selectcolor=c.accent,
            bd=2,
            activeborderwidth=look.px(4),
            relief="groove",  # a thin line around it, on what is as light or dark as itself
            font=look.body,
        )

    def add_action(
        self, label: str, do: Callable[[], object], key: str = "", *, enabled: bool = True
    ) -> None:
        """Add an entry that does something; `key` does the same and is shown beside it."""
        said, underline = mnemonics.split(label)
        self.add_command(
            label=said,
            underline=underline,
            command=do,
            accelerator=key,
            state="normal" if enabled else "disabled",
        )

    def open_at(self, x: int, y: int) -> None:
        """Open it at a place on the screen."""
        try:
            self.tk_popup(x, y)
        finally:
            self.grab_release()
