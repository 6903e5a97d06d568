"""A card of several pages, of which one is shown, with a switch for them in its head."""

from tkinter import Event, Misc, StringVar, ttk

from chatroom.windows import theme


class Tabs(ttk.Frame):
    """Pages by name. Left and Right go on to the next, as in a switch of buttons."""

    def __init__(self, parent: Misc) -> None:
        self._look = theme.of(parent)
        px = self._look.px
        super().__init__(parent, style="Card.TFrame", padding=(px(5), px(4), px(5), px(7)))
        self._head = ttk.Frame(self)
        self._head.pack(fill="x", padx=px(9), pady=px(9))
        self._head.columnconfigure(1, weight=1)
        self._track = ttk.Frame(self._head, style="Track.TFrame", padding=(px(5), px(4)))
        self._track.grid(row=0, column=0, sticky="w")
        self.tools = ttk.Frame(self._head)
        self.tools.grid(row=0, column=2)
        self._note = ttk.Label(self._head, style="Faded.TLabel")
        self._head.bind("<Configure>", lambda _: self._place_note())
        ttk.Frame(self, style="Line.TFrame", height=max(px(1), 1)).pack(fill="x")
        self.pages = ttk.Frame(self)
        self.pages.pack(fill="both", expand=True)
        self._shown = StringVar(self)
        self._shown.trace_add("write", lambda *_: self._turn())
        self._by_name: dict[str, ttk.Frame] = {}
        self._buttons: dict[str, ttk.Radiobutton] = {}

    @property
    def shown(self) -> str:
        """The name of the page that is shown."""
        return self._shown.get()

    def add(self, name: str, page: ttk.Frame) -> None:
        """Add a page, a child of `pages`; the first is shown."""
        button = ttk.Radiobutton(
            self._track, text=name, value=name, variable=self._shown, style="Seg.TRadiobutton"
        )
        button.pack(side="left")
        button.bind("<Left>", lambda event: self._go(event, -1))
        button.bind("<Right>", lambda event: self._go(event, 1))
        self._buttons[name] = button
        self._by_name[name] = page
        if len(self._by_name) == 1:
            self.show(name)

    def show(self, name: str) -> None:
        """Show a page."""
        self._shown.set(name)

    def note(self, text: str) -> None:
        """Say something beside the switch, or below it where it is narrow."""
        self._note.configure(text=text)
        self._place_note()

    # ----------------------------------------------------------------------------------

    def _turn(self) -> None:
        """Show the chosen page, and put the others away: nobody gets to them by Tab."""
        for name, page in self._by_name.items():
            if name == self.shown:
                page.place(in_=self.pages, relwidth=1.0, relheight=1.0)
            else:
                page.place_forget()

    def _go(self, event: "Event[Misc]", step: int) -> None:
        names = list(self._buttons)
        chosen = names[(names.index(self.shown) + step) % len(names)]
        self.show(chosen)
        self._buttons[chosen].focus_set()

    def _place_note(self) -> None:
        px, parts = self._look.px, (self._track, self._note, self.tools)
        needed = sum(part.winfo_reqwidth() for part in parts)
        if self._head.winfo_width() >= needed + px(24):
            self._note.grid(row=0, column=1, columnspan=1, sticky="e")
            self._note.grid(padx=(0, px(10)), pady=0)
        else:
            self._note.grid(row=1, column=0, columnspan=3, sticky="w")
            self._note.grid(padx=px(4), pady=(px(6), 0))
