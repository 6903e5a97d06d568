"""What can be done with a message, as a menu."""

from collections.abc import Callable
from tkinter import Menu, Misc
from typing import NamedTuple

from chatroom.windows.colours import mix
from chatroom.windows.conversation import labels
from chatroom.windows.theme import Theme


class Choice(NamedTuple):
    """One line: what it says, the keys that do the same, and what to do; None for nothing."""

    label: str
    keys: str
    do: Callable[[], None] | None


def make(parent: Misc, look: Theme, choices: list[Choice]) -> Menu:
    """Return a menu of these."""
    c = look.c
    menu = Menu(
        parent,
        tearoff=False,
        background=c.panel,
        foreground=c.ink,
        activebackground=mix(c.accent, c.panel, 0.18),
        activeforeground=c.ink,
        disabledforeground=c.off_ink,
        bd=1,
        activeborderwidth=look.px(4),
        relief="flat",
        font=look.body,
    )
    for label, keys, do in choices:
        if label == labels.SELECT_ALL:
            menu.add_separator()
        state = "disabled" if do is None else "normal"
        menu.add_command(label=label, accelerator=keys, command=do or _nothing, state=state)  # type: ignore[arg-type]
    return menu


def _nothing() -> None:
    pass
