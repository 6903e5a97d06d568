"""Keys in text fields, as people know them from other programs, alike on all systems."""

import contextlib
from collections.abc import Callable
from tkinter import Event, Misc, TclError
from typing import Any

EMACS = {
    "LineStart": "a",
    "PrevChar": "b",
    "LineEnd": "e",
    "NextChar": "f",
    "NextLine": "n",
    "PrevLine": "p",
    "Paste": "y",
}
"""Virtual events that Tk binds to Control and a letter on X11, as Emacs does."""

EMACS_OF_TEXT = "dhikot"
"""More of them, bound to the class of a Text itself."""


def set_up(widget: Misc) -> None:
    """Set what keys do in all text fields of a root; once is enough, more does no harm."""
    if widget.tk.call("tk", "windowingsystem") == "aqua":
        widget.event_add("<<Find>>", "<Command-Key-f>")
        return  # there, Emacs's keys are everybody's, and Tk has the rest on Command
    for event, key in EMACS.items():
        widget.event_delete(
            f"<<{event}>>", f"<Control-Key-{key}>", f"<Control-Lock-Key-{key.upper()}>"
        )
    for key in EMACS_OF_TEXT:
        widget.unbind_class("Text", f"<Control-Key-{key}>")
    widget.event_add("<<Find>>", "<Control-Key-f>", "<Control-Lock-Key-F>")
    widget.event_add("<<SelectAll>>", "<Control-Key-a>", "<Control-Lock-Key-A>")
    widget.event_add("<<Redo>>", "<Control-Key-y>", "<Control-Shift-Key-Z>")


def bind(widget: Misc, key: str, act: Callable[[], object]) -> None:
    """Have a key do this, and nothing else, in a widget."""

    def do(_: "Event[Misc]") -> str:
        act()
        return "break"

    widget.bind(key, do)


def bind_window(widget: Misc, key: str, act: Callable[[], object]) -> None:
    """Have a key do this anywhere in a widget's window, until the widget is destroyed.

    Of several widgets that want one key, the last one has it.
    """
    top = widget.winfo_toplevel()

    def do(_: "Event[Misc]") -> str:
        act()
        return "break"

    name = top.bind(key, do)

    def forget(event: "Event[Misc]") -> None:
        if event.widget is widget:
            with contextlib.suppress(TclError):  # the window is destroyed, too
                if name in top.bind(key):
                    top.unbind(key)
                top.deletecommand(name)

    widget.bind("<Destroy>", forget, add=True)


def bind_also(
    widget: Misc, top: Misc, sequence: str, handle: "Callable[[Event[Any]], object]"
) -> None:
    """Have the events of a window handled, beside by others, until a widget is destroyed."""
    name = top.bind(sequence, handle, add=True)

    def forget(event: "Event[Misc]") -> None:
        if event.widget is widget:
            with contextlib.suppress(TclError):  # the window is destroyed, too
                others = [line for line in top.bind(sequence).split("\n") if name not in line]
                top.tk.call("bind", str(top), sequence, "\n".join(others))
                top.deletecommand(name)

    widget.bind("<Destroy>", forget, add=True)


def bind_tag(
    widget: Misc, tag: str, sequence: str, handle: "Callable[[Event[Any]], object]"
) -> None:
    """Have the events of a bind tag handled until a widget is destroyed."""
    name = widget.bind_class(tag, sequence, handle)

    def forget(event: "Event[Misc]") -> None:
        if event.widget is widget:
            with contextlib.suppress(TclError):  # a widget's name, which is gone with it
                widget.unbind_class(tag, sequence)
            widget.nametowidget(".").deletecommand(name)  # which has it

    widget.bind("<Destroy>", forget, add=True)


def hand_over(old: Misc, new: Misc) -> None:
    """Have the keyboard in a page where it is in an old one, that was made in the same way.

    The new one is shown already; it is only for later where another window has the keyboard.
    """
    new.update_idletasks()  # what is not laid out yet could not have it
    last = str(old.focus_lastfor() or "")
    if last.startswith(f"{old}."):
        now = str(new.tk.call("focus"))
        new.nametowidget(last.replace(str(old), str(new), 1)).focus_set()
        if now not in ("", ".") and not now.startswith(f"{old}."):
            new.tk.call("focus", now)


def word_modifier(widget: Misc) -> str:
    """Return the modifier with which keys go by words."""
    return "Option" if widget.tk.call("tk", "windowingsystem") == "aqua" else "Control"


def clipboard(widget: Misc, selection: str = "CLIPBOARD") -> str:
    """Return the text of the clipboard, or of another selection; "" where there is none."""
    is_x11 = widget.tk.call("tk", "windowingsystem") == "x11"
    for kind in (("-type", "UTF8_STRING"), ("-type", "STRING")) if is_x11 else ((),):
        try:
            return str(widget.tk.call("selection", "get", "-selection", selection, *kind))
        except (TclError, UnicodeError):
            continue
    return ""
