"""What floats over the list for a moment: the address of a link, a day beside the thumb."""

from tkinter import Frame, Label, Misc

from chatroom.windows.theme import Theme


class Tip:
    """A line of text in a frame."""

    def __init__(self, parent: Misc, look: Theme, ink: str) -> None:
        line = max(look.px(1), 1)
        self._frame = Frame(parent, background=look.c.edge, padx=line, pady=line)
        self._label = Label(
            self._frame,
            background=look.c.panel,
            foreground=ink,
            font=look.small,
            bd=0,
            padx=look.px(9),
            pady=look.px(4),
        )
        self._label.pack()

    @property
    def text(self) -> str:
        """What it says, "" while it is not there."""
        return str(self._label["text"]) if self._frame.winfo_manager() else ""

    def show(self, text: str, x: int, y: int, anchor: str) -> None:
        """Show a line at a place of its parent; an empty one is none."""
        if not text:
            self.hide()
            return
        self._label.configure(text=text)
        self._frame.place(x=x, y=y, anchor=anchor)  # type: ignore[arg-type]
        self._frame.lift()

    def hide(self) -> None:
        """Show nothing."""
        self._frame.place_forget()
