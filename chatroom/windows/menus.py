"""Menus in the house's style."""

import sys
from collections.abc import Callable
from tkinter import Menu, Misc, Variable

from chatroom.windows import mnemonics, theme

COMMAND = "\u2318" if sys.platform == "darwin" else "Ctrl+"
"""What stands before a letter in a menu, for the key that goes with it."""

ROOM = 4
"""Pixels at 100 % above and below the words of an entry."""


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
            bd=2,
            activeborderwidth=0,
            relief="groove",  # a thin line around it, on what is as light or dark as itself
            font=look.body,
        )
        # What makes a row higher than its words; a border would be drawn as a raised one.
        height = look.body.metrics("linespace") + look.px(2 * ROOM)
        self._blank = look.blank(look.px(2 * ROOM), height)
        self._not_chosen = look.blank(height, height)
        self._chosen = look.icon("check", c.accent, height / look.scale, 2)

    def add_action(
        self, label: str, do: Callable[[], object], key: str = "", *, enabled: bool = True
    ) -> None:
        """Add an entry that does something; `key` does the same and is shown beside it."""
        said, underline = mnemonics.split(label)
        self.add_command(
            label=said,
            underline=underline,
            image=self._blank,
            compound="left",
            command=do,
            accelerator=f"{key}  ",  # away from the edge
            state="normal" if enabled else "disabled",
        )

    def add_choice(
        self, label: str, variable: Variable, value: str, choose: Callable[[], object]
    ) -> None:
        """Add one of several entries, of which that is marked whose value a variable has."""
        said, underline = mnemonics.split(label)
        self.add_radiobutton(
            label=said,
            underline=underline,
            image=self._not_chosen,
            selectimage=self._chosen,
            compound="left",
            indicatoron=False,
            variable=variable,
            value=value,
            command=choose,
        )

    def add_submenu(self, label: str) -> "ThemedMenu":
        """Add an entry that opens another menu; return that."""
        said, underline = mnemonics.split(label)
        menu = ThemedMenu(self)
        self.add_cascade(
            label=said, underline=underline, image=self._blank, compound="left", menu=menu
        )
        return menu

    def open_at(self, x: int, y: int) -> None:
        """Open it at a place on the screen."""
        try:
            self.tk_popup(x, y)
        finally:
            self.grab_release()
