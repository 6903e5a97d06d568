"""A card of several pages, of which one is shown, with a switch for them in its head."""

from collections.abc import Callable
from tkinter import Event, Misc, StringVar, ttk

from chatroom.windows import mnemonics, theme

WIDE_BUTTON, NARROW_BUTTON = (16, 6), (3, 6)
"""Pixels at 100 % beside and above the words of the switch, by the room that there is."""
WIDE_MARGIN, NARROW_MARGIN = 9, 3
"""The same beside the whole head."""


class Tabs(ttk.Frame):
    """Pages by name. Left and Right go on to the next, as in a switch of buttons."""

    def __init__(self, parent: Misc) -> None:
        self._look = theme.of(parent)
        px = self._look.px
        super().__init__(parent, style="Card.TFrame", padding=(px(5), px(4), px(5), px(7)))
        self._head = ttk.Frame(self)
        self._head.pack(fill="x", padx=px(WIDE_MARGIN), pady=px(9))
        self._head.columnconfigure(1, weight=1)
        self._track = ttk.Frame(self._head, style="Track.TFrame", padding=(px(5), px(4)))
        self._track.grid(row=0, column=0, sticky="w")
        self.tools = ttk.Frame(self._head)
        self.tools.grid(row=0, column=2)
        self.bind("<Configure>", lambda _: self._place())
        ttk.Frame(self, style="Line.TFrame", height=max(px(1), 1)).pack(fill="x")
        self.pages = ttk.Frame(self)
        self.pages.pack(fill="both", expand=True)
        self._shown = StringVar(self)
        self._trace = self._shown.trace_add("write", self._turn)
        self._by_name: dict[str, ttk.Frame] = {}
        self._take_keyboard: dict[str, Callable[[], object]] = {}
        self._buttons: dict[str, ttk.Radiobutton] = {}

    def destroy(self) -> None:
        """Go, and be forgotten: what a variable calls is held outside of Python."""
        self._shown.trace_remove("write", self._trace)
        super().destroy()

    @property
    def shown(self) -> str:
        """The name of the page that is shown."""
        return self._shown.get()

    def add(
        self, name: str, label: str, page: ttk.Frame, take_keyboard: Callable[[], object]
    ) -> None:
        """Add a page, a child of `pages`; the first is shown. A "&" marks the label's letter.

        `take_keyboard` gives the keyboard to what the page is for.
        """
        button = ttk.Radiobutton(
            self._track,
            value=name,
            variable=self._shown,
            style="Seg.TRadiobutton",
            command=self.take_keyboard,
        )
        mnemonics.name(button, label)
        button.pack(side="left")
        button.bind("<Left>", lambda event: self._go(event, -1))
        button.bind("<Right>", lambda event: self._go(event, 1))
        self._buttons[name] = button
        self._by_name[name] = page
        self._take_keyboard[name] = take_keyboard
        if len(self._by_name) == 1:
            self.show(name)

    def show(self, name: str) -> None:
        """Show a page."""
        self._shown.set(name)

    def go_to(self, name: str) -> None:
        """Show a page, and give it the keyboard."""
        self.show(name)
        self.take_keyboard()

    def take_keyboard(self) -> None:
        """Give the keyboard to what the page that is shown is for."""
        self.update_idletasks()  # what is not laid out yet could not have it
        self._take_keyboard[self.shown]()

    # ----------------------------------------------------------------------------------

    def _turn(self, *_: str) -> None:
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

    def _place(self) -> None:
        """Have the switch as wide as there is room for; the tools below it where there is none."""
        px = self._look.px
        room = self.winfo_width() - self.tools.winfo_reqwidth() - px(10 + 4)
        width, beside = self._widen(WIDE_BUTTON), px(WIDE_MARGIN)
        if width > room - 2 * beside:
            width, beside = self._widen(NARROW_BUTTON), px(NARROW_MARGIN)
        self._head.pack_configure(padx=beside)
        if width <= room - 2 * beside:
            self._track.grid(columnspan=1)
            self.tools.grid(row=0, column=2, pady=0)
        else:
            self._track.grid(columnspan=3)
            self.tools.grid(row=1, column=2, pady=(px(4), 0))

    def _widen(self, padding: tuple[int, int]) -> int:
        """Put so much beside the words of the switch; return how wide that makes it."""
        for button in self._buttons.values():
            button.configure(padding=[self._look.px(one) for one in padding])
        return sum(one.winfo_reqwidth() for one in self._buttons.values()) + self._look.px(10)
