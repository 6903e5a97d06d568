"""What floats over the list for a moment: an address, a day, that a link was not opened."""

from tkinter import Frame, Label, Misc

from chatroom.windows.theme import Theme


def bind_tag(parent: Misc) -> str:
    """Return what events of all that floats over a widget are bound to."""
    return f"Tips{parent}"


class Tip:
    """A line of text in a frame, or a sentence of more than one."""

    def __init__(self, parent: Misc, look: Theme, ink: str) -> None:
        line = max(look.px(1), 1)
        self._frame = Frame(parent, background=look.c.edge, padx=line, pady=line)
        self._label = Label(
            self._frame,
            background=look.c.panel,
            foreground=ink,
            font=look.small,
            bd=0,
            justify="left",
            padx=look.px(9),
            pady=look.px(4),
        )
        self._label.pack()
        self._place: tuple[str, int, int, str] | None = None
        for part in (self._frame, self._label):
            part.bindtags((bind_tag(parent), *part.bindtags()))

    @property
    def text(self) -> str:
        """What it says, "" while it is not there."""
        return str(self._label["text"]) if self._frame.winfo_manager() else ""

    def show(self, text: str, x: int, y: int, anchor: str, *, most: int = 0) -> None:
        """Show a line at a place of its parent; an empty one is none.

        One of more than `most` pixels is broken, unless that is 0.
        """
        if not text:
            self.hide()
            return
        if self._place == (text, x, y, anchor):  # as with nearly every step of scrolling
            return
        self._place = text, x, y, anchor
        self._label.configure(text=text, wraplength=most)
        self._frame.place(x=x, y=y, anchor=anchor)  # type: ignore[arg-type]
        self._frame.lift()

    def hide(self) -> None:
        """Show nothing."""
        self._place = None
        self._frame.place_forget()
