"""The keyboard in the list: scrolling, copying, the menu; what is typed goes elsewhere."""

import sys
from collections.abc import Callable
from tkinter import Event
from typing import TYPE_CHECKING, Any

from chatroom.windows.conversation.pointer import STEP, Pointer
from chatroom.windows.theme import Theme

if TYPE_CHECKING:
    from chatroom.windows.conversation.view import ConversationView

CONTROL = 0x4
ALT = 0x20000 if sys.platform == "win32" else 0x8


def bind(
    view: "ConversationView",
    look: Theme,
    pointer: Pointer,
    typed: Callable[[str], None] | None,
) -> None:
    """Have the list understand keys while it has the keyboard."""
    step = look.px(STEP)
    command = "Command" if sys.platform == "darwin" else "Control"
    actions: dict[str, Callable[[], object]] = {
        "<Up>": lambda: view.scroll(-step),
        "<Down>": lambda: view.scroll(step),
        "<Prior>": lambda: view.scroll_pages(-1),
        "<Next>": lambda: view.scroll_pages(1),
        "<Home>": view.go_to_start,
        "<End>": view.go_to_end,
        "<Escape>": view.give_up,
        "<<Copy>>": view.copy,
        f"<{command}-a>": view.select_all,
        f"<{command}-A>": view.select_all,
        "<Shift-F10>": pointer.open_menu_by_key,
    }
    actions["<App>" if sys.platform == "win32" else "<Menu>"] = pointer.open_menu_by_key
    if sys.platform == "darwin":
        del actions["<Menu>"]  # no such key
    for sequence, do in actions.items():
        view.canvas.bind(sequence, lambda _, do=do: _done(do))  # type: ignore[misc]
    if typed is not None:
        view.canvas.bind("<Key>", lambda event: _type(event, typed))
    _show_focus(view, look)


def _done(do: Callable[[], object]) -> str:
    do()
    return "break"


def _type(event: "Event[Any]", typed: Callable[[str], None]) -> str | None:
    """Hand on what is text; on Windows AltGr is Control and Alt together."""
    state = event.state if isinstance(event.state, int) else 0
    is_altgr = sys.platform == "win32" and state & CONTROL and state & ALT
    if not event.char or not event.char.isprintable() or (state & (CONTROL | ALT) and not is_altgr):
        return None
    typed(event.char)
    return "break"


def _show_focus(view: "ConversationView", look: Theme) -> None:
    """Show a ring while the list has the keyboard, unless a click gave it."""
    is_clicked = False

    def press(_event: "Event[Any]") -> None:
        nonlocal is_clicked
        is_clicked = True

    def come(_event: "Event[Any]") -> None:
        view.configure(highlightbackground=look.c.chat if is_clicked else look.c.accent)

    def go(_event: "Event[Any]") -> None:
        nonlocal is_clicked
        is_clicked = False
        view.configure(highlightbackground=look.c.chat)

    view.configure(highlightbackground=look.c.chat, highlightcolor=look.c.accent)
    view.canvas.bind("<FocusIn>", come)
    view.canvas.bind("<FocusOut>", go)
    view.bind_class(f"Bubbles{view}", "<Button>", press, add="+")
    view.canvas.bind("<Button>", press)
