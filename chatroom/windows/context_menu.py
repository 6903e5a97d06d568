"""When a context menu opens: by the right button, or by the keys for it."""

import sys
from collections.abc import Callable
from tkinter import Event, Misc

MENU_KEYS = {"win32": ["<App>"], "darwin": []}
"""The key of its own that opens a menu; <Menu> on X11."""


def bind(widget: Misc, open_at: Callable[[tuple[int, int] | None], object]) -> None:
    """Have `open_at((x, y))` called for a menu at a place of a widget, `open_at(None)` by keys."""
    is_aqua = widget.tk.call("tk", "windowingsystem") == "aqua"

    def by_mouse(event: "Event[Misc]") -> None:
        open_at((event.x, event.y))

    def by_key(_: "Event[Misc]") -> str:
        open_at(None)
        return "break"

    for press in ("<Button-2>", "<Control-Button-1>") if is_aqua else ("<Button-3>",):
        widget.bind(press, by_mouse)
    for key in ("<Shift-F10>", *MENU_KEYS.get(sys.platform, ["<Menu>"])):
        widget.bind(key, by_key)
