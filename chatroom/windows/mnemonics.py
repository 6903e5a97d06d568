"""Letters that are underlined: with Alt they press a button, or go to the field of a label.

A text has an & before its letter: "&Send".
"""

from collections.abc import Iterator
from tkinter import Event, Misc, Toplevel, ttk


def split(text: str) -> tuple[str, int]:
    """Return a text without its &, and which letter is to be underlined: -1 for none."""
    before, _, after = text.partition("&")
    return before + after, len(before) if after else -1


def label(widget: ttk.Button | ttk.Label | ttk.Radiobutton | ttk.Checkbutton, text: str) -> None:
    """Have a widget say a text, its letter underlined."""
    said, at = split(text)
    widget.configure(text=said, underline=at)


def listen(window: Misc) -> None:
    """Have Alt and a letter work in a window; once is enough. macOS writes with Alt."""
    if window.tk.call("tk", "windowingsystem") != "aqua":
        window.bind("<Alt-Key>", _pressed)


# --------------------------------------------------------------------------------------


def _pressed(event: "Event[Misc]") -> str | None:
    letter = event.keysym.lower()
    if len(letter) != 1:
        return None
    for widget in _inside(event.widget.winfo_toplevel()):
        if _letter(widget) == letter:
            return _use(widget)
    return None


def _use(widget: Misc) -> str:
    if isinstance(widget, ttk.Label):
        following = widget.tk_focusNext()
        if following is not None:
            following.focus_set()
    elif isinstance(widget, ttk.Button | ttk.Radiobutton | ttk.Checkbutton):
        widget.focus_set()
        widget.invoke()
    return "break"


def _letter(widget: Misc) -> str:
    """Return the letter of a widget that can be seen and used, "" for none."""
    if not isinstance(widget, ttk.Button | ttk.Label | ttk.Radiobutton | ttk.Checkbutton):
        return ""
    underline = str(widget.cget("underline"))  # "" in Tk 9 for none
    at = int(underline) if underline.isdecimal() else -1
    if at < 0 or not widget.winfo_viewable() or widget.instate(["disabled"]):
        return ""
    return str(widget.cget("text"))[at : at + 1].lower()


def _inside(window: Misc) -> Iterator[Misc]:
    for child in window.winfo_children():
        if not isinstance(child, Toplevel):
            yield child
            yield from _inside(child)
