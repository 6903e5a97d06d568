"""What the host's window is made of: cards, a column of them, and a pill that tells a state."""

from tkinter import Canvas, Event, Misc, ttk

from chatroom.windows import elided, keys, theme

SCROLL_STEP = 40
"""Pixels at 100 % that one notch of a mouse wheel moves a column."""


class Card(ttk.Frame):
    """A rounded area with a title; what it shows goes into `body`, a grid of one column."""

    def __init__(self, parent: Misc, title: str) -> None:
        px = theme.of(parent).px
        super().__init__(parent, style="Card.TFrame", padding=(px(16), px(14), px(16), px(16)))
        self.columnconfigure(0, weight=1)
        self.head = ttk.Frame(self)
        self.head.grid(sticky="ew", pady=(0, px(10)))
        self.title = elided.Elided(self.head, theme.of(self).bold, "Bold.TLabel")
        self.title.say(title)
        self.title.pack(side="left", fill="x", expand=True)
        self.body = ttk.Frame(self)
        self.body.grid(sticky="nsew")
        self.body.columnconfigure(0, weight=1)


class Pill(ttk.Frame):
    """A word or two on a rounded ground, and a dot in the colour of how it is."""

    def __init__(self, parent: Misc) -> None:
        self._look = theme.of(parent)
        px = self._look.px
        super().__init__(parent, padding=(px(10), px(4), px(11), px(4)))
        self._dot = ttk.Label(self)
        self._text = ttk.Label(self)
        self._dot.pack(side="left", padx=(0, px(6)))
        self._text.pack(side="left")

    def show(self, mood: str, text: str) -> None:
        """Show a text; `mood` is Good, Idle or Busy, as the styles are called."""
        c = self._look.c
        dots = {"Good": c.good, "Busy": c.busy, "Idle": c.faded}
        self.configure(style=f"{mood}.TFrame")
        self._dot.configure(image=self._look.disc(dots[mood], 9), style=f"{mood}.TLabel")
        self._text.configure(text=text, style=f"{mood}.TLabel")


class Wrapping(ttk.Label):
    """A label that wraps its text to the width that it is given."""

    def __init__(self, parent: Misc, style: str, text: str = "") -> None:
        super().__init__(parent, style=style, text=text, width=1)  # asks for no width itself
        self.bind("<Configure>", lambda event: self.configure(wraplength=event.width))


class Column(ttk.Frame):
    """Cards below each other; it scrolls where they need more room than there is.

    Whatever gets the keyboard comes into view.
    """

    def __init__(self, parent: Misc, width: int, gap: int) -> None:
        """Make a column for `inner` of this width, and a gap beside it for the scroll bar."""
        super().__init__(parent, style="Chat.TFrame")
        look = theme.of(parent)
        self._canvas = Canvas(self, width=width, highlightthickness=0, background=look.c.chat)
        self._canvas.configure(yscrollincrement=1, borderwidth=0)
        self.inner = ttk.Frame(self._canvas, style="Chat.TFrame")
        self._canvas.create_window(0, 0, anchor="nw", window=self.inner, width=width)
        self._bar = ttk.Scrollbar(
            self, command=self._canvas.yview, style="Slim.Vertical.TScrollbar"
        )
        self._canvas.configure(yscrollcommand=self._bar.set)
        self._canvas.pack(side="left", fill="both", expand=True, padx=(0, gap))
        self._step = look.px(SCROLL_STEP)
        for widget in (self._canvas, self.inner):
            widget.bind("<Configure>", lambda _: self._fit())
        top = self.winfo_toplevel()
        keys.bind_also(self, top, "<FocusIn>", self._focus_moved)
        for turn in ("<MouseWheel>", "<Button-4>", "<Button-5>"):
            keys.bind_also(self, top, turn, self._wheel_turned)

    @property
    def scrolls(self) -> bool:
        """Whether the cards need more room than there is."""
        return self.inner.winfo_reqheight() > self._canvas.winfo_height() > 1

    def _fit(self) -> None:
        width, height = self._canvas.winfo_width(), self.inner.winfo_reqheight()
        self._canvas.configure(scrollregion=(0, 0, width, height))
        if self.scrolls:
            self._bar.place(relx=1.0, relheight=1.0, anchor="ne")
        else:
            self._bar.place_forget()
            self._canvas.yview_moveto(0.0)

    def _holds(self, widget: object) -> bool:
        return str(widget).startswith(f"{self}.")

    def _wheel_turned(self, event: "Event[Misc]") -> None:
        if self._holds(event.widget) and self.scrolls:
            up = event.num == 4 or event.delta > 0
            self._canvas.yview_scroll(-self._step if up else self._step, "units")

    def _focus_moved(self, event: "Event[Misc]") -> None:
        if not (self._holds(event.widget) and self.scrolls):
            return
        top = event.widget.winfo_rooty() - self.inner.winfo_rooty() - self._step
        end = top + event.widget.winfo_height() + 2 * self._step
        first, shown = self._canvas.canvasy(0), self._canvas.winfo_height()
        if top < first or end > first + shown:
            target = top if top < first else end - shown
            self._canvas.yview_moveto(max(target, 0) / self.inner.winfo_reqheight())
