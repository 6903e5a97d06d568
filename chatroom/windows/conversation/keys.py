"""The keyboard in the list: scrolling, copying, the menu; what is typed goes elsewhere."""

import sys
from collections.abc import Callable
from tkinter import Event
from typing import Any

from chatroom.windows import keys
from chatroom.windows.conversation.clipping import Clipping
from chatroom.windows.conversation.pointer import STEP, Pointer
from chatroom.windows.conversation.scroller import Scroller
from chatroom.windows.theme import Theme

CONTROL = 0x4
ALT = 0x20000 if sys.platform == "win32" else 0x8
COMMAND = "Command" if sys.platform == "darwin" else "Control"
MENU_KEYS = {"win32": ["<App>"], "darwin": []}
"""The key of its own that opens a menu; <Menu> on X11."""


def bind(
    scroller: Scroller,
    look: Theme,
    clipping: Clipping,
    pointer: Pointer,
    typed: Callable[[str], None] | None,
) -> None:
    """Have the list understand keys while it has the keyboard."""
    step = look.px(STEP)

    def give_up() -> None:
        """Select nothing any more; where nothing is selected, go to the newest."""
        if clipping.selection:
            clipping.clear()
        else:
            scroller.go_to_end()

    actions: dict[str, Callable[[], None]] = {
        "<Up>": lambda: scroller.scroll(-step),
        "<Down>": lambda: scroller.scroll(step),
        "<Prior>": lambda: scroller.scroll_pages(-1),
        "<Next>": lambda: scroller.scroll_pages(1),
        "<Home>": scroller.go_to_start,
        "<End>": scroller.go_to_end,
        "<Escape>": give_up,
        "<<Copy>>": clipping.copy,
        f"<{COMMAND}-a>": clipping.select_all,
        f"<{COMMAND}-A>": clipping.select_all,
    }
    for key in ("<Shift-F10>", *MENU_KEYS.get(sys.platform, ["<Menu>"])):
        actions[key] = pointer.open_menu_by_key
    for key, do in actions.items():
        keys.bind(scroller.canvas, key, do)
    if typed is not None:
        scroller.canvas.bind("<Key>", _text_to(typed))


def _text_to(typed: Callable[[str], None]) -> Callable[["Event[Any]"], str | None]:
    """Hand on what is text; on Windows AltGr is Control and Alt together."""

    def handle(event: "Event[Any]") -> str | None:
        held = event.state & (CONTROL | ALT) if isinstance(event.state, int) else 0
        is_altgr = sys.platform == "win32" and held == CONTROL | ALT
        if not event.char or not event.char.isprintable() or (held and not is_altgr):
            return None
        typed(event.char)
        return "break"

    return handle
