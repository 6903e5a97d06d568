"""Letters that press buttons: Alt and the one that is underlined.

    mnemonics.name(button, "&Remove")     shows Remove, its R underlined
    mnemonics.set_up(window)              Alt+R presses it where it can be seen and pressed

A label with such a letter gives the keyboard to what comes after it. Not on macOS, where Alt
(Option) types letters of its own.
"""

from collections.abc import Iterator
from tkinter import Event, Misc, Tk, Toplevel, ttk

CONTROL = 0x4
"""In the state of a key event; together with Alt it is AltGr on Windows."""

Named = ttk.Button | ttk.Radiobutton | ttk.Checkbutton | ttk.Menubutton | ttk.Label


def name(widget: Named, text: str) -> None:
    """Have a widget show this text, with the letter after "&" underlined, if there is one."""
    said, place = split(text)
    widget.configure(text=said, underline=place)


def split(text: str) -> tuple[str, int]:
    """Return a text without its "&", and the place of the letter after it, -1 for none."""
    before, mark, after = text.partition("&")
    return before + after, len(before) if mark else -1


def set_up(top: Tk | Toplevel) -> None:
    """Have the letters work in a window, also of what it will hold later.

    And as people know it from other programs: Enter presses the button that has the keyboard.
    """
    for enter in ("<Return>", "<KP_Enter>"):
        top.tk.call("bind", "TButton", enter, "%W invoke; break")  # also in Tk's own dialogs
    if top.tk.call("tk", "windowingsystem") != "aqua":
        top.bind("<Alt-Key>", lambda event: _press(top, event))


def letter(widget: Misc) -> str:
    """Return the letter of a widget in lower case, "" where it has none."""
    if not isinstance(widget, Named):
        return ""
    place = int(str(widget["underline"]))
    return str(widget["text"])[place : place + 1].lower() if place >= 0 else ""


# --------------------------------------------------------------------------------------


def _press(top: Tk | Toplevel, event: "Event[Misc]") -> str | None:
    if int(event.state) & CONTROL or not event.char:
        return None
    for widget in _inside(top):
        if letter(widget) == event.keysym.lower() and _can_be_used(widget):
            _use(widget)
            return "break"
    return None


def _inside(widget: Misc) -> Iterator[Misc]:
    for child in widget.winfo_children():
        if not isinstance(child, Toplevel):
            yield child
            yield from _inside(child)


def _can_be_used(widget: Misc) -> bool:
    return bool(widget.winfo_viewable()) and "disabled" not in widget.state()  # type: ignore[attr-defined]


def _use(widget: Misc) -> None:
    if isinstance(widget, ttk.Label):
        field = widget.tk_focusNext()
        if field is not None:
            field.focus_set()
        return
    widget.focus_set()
    if isinstance(widget, ttk.Menubutton):
        widget.event_generate("<<Invoke>>")
    else:
        widget.invoke()  # type: ignore[attr-defined]
