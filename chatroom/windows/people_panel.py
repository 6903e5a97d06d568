"""The list of people beside the conversation; only those in view are drawn."""

from collections.abc import Callable, Sequence
from functools import partial
from tkinter import Canvas, Event, Misc, ttk
from tkinter.font import Font

from chatroom import words
from chatroom.windows import elided, faces, keys, theme, tooltip
from chatroom.words.chat import Chat

WIDTH = 214
ROW = 44
FACE = 32
DOT = 11
NAME_LEFT = 58
"""Pixels at 100 %."""
NARROW = 640
"""In a window of less room than this, at 100 %, the list hides by itself."""


class PeoplePanel(ttk.Frame):
    """Stands in column 1 of its parent's grid, or, where that is narrow, over it.

    `changed` is told whether it can be seen, at first and whenever that changes.
    """

    def __init__(self, parent: Misc, changed: Callable[[bool], object]) -> None:
        super().__init__(parent)
        self._look = theme.of(self)
        self._parent, self._changed = parent, changed
        self._names: list[str] = []
        self._own = ""
        self._live = True
        self._is_wanted = True  # in a window that has room for it
        self._is_over = False  # the conversation, in one that has not
        self._is_narrow: bool | None = None
        self._first: float | None = None
        """The share of the list that is to be above the view, once there is one."""
        self._build()
        parent.bind("<Configure>", self._parent_resized, add=True)

    @property
    def is_shown(self) -> bool:
        """Whether it can be seen."""
        return self._is_over if self._is_narrow else self._is_wanted

    def toggle(self) -> None:
        """Show it, or hide it."""
        if self._is_narrow:
            self._is_over = not self._is_over
        else:
            self._is_wanted = not self._is_wanted
        self._lay()

    def show_people(self, names: Sequence[str], own: str = "") -> None:
        """Show who is in the room: first the person who looks at it, then by name."""
        self._own = own
        self._names = sorted(names, key=lambda name: (name != own, name.casefold()))
        self._title.configure(text=Chat.PEOPLE_HERE(count=len(names)))
        self._set_height()
        self._draw()

    def take_over(self, other: "PeoplePanel") -> None:
        """Show what another one shows, as open as that is."""
        self._is_wanted, self._is_over = other._is_wanted, other._is_over
        self._is_narrow = other._is_narrow
        self._live = other._live
        self.show_people(other._names, other._own)
        self._lay()
        self._first = other._canvas.yview()[0]

    def set_live(self, live: bool) -> None:
        """Show whether these people are known to be here just now."""
        self._live = live
        self._draw()

    # What it looks like ----------------------------------------------------------------

    def _build(self) -> None:
        look, px = self._look, self._look.px
        ttk.Frame(self, style="Line.TFrame", width=max(px(1), 1)).pack(side="left", fill="y")
        self._title = ttk.Label(self, style="Faded.TLabel", padding=(px(16), px(14), px(16), px(4)))
        self._title.pack(fill="x")
        self._bar = ttk.Scrollbar(self, style="Panel.Slim.Vertical.TScrollbar")
        self._bar.pack(side="right", fill="y", pady=px(2))
        self._canvas = Canvas(
            self,
            width=px(WIDTH) - self._bar.winfo_reqwidth(),
            height=1,
            background=look.c.panel,
            borderwidth=0,
            highlightthickness=px(2),
            highlightbackground=look.c.panel,
            highlightcolor=look.c.accent,
            takefocus=True,
            yscrollincrement=px(ROW) // 4,
            yscrollcommand=self._scrolled,
        )
        self._canvas.pack(fill="both", expand=True)
        self._bar.configure(command=self._canvas.yview)
        self._canvas.bind("<Configure>", self._resized)
        self._bind_scrolling()
        self._tooltip = tooltip.PartsTooltip(self._canvas, self._cut_at)

    def _bind_scrolling(self) -> None:
        canvas = self._canvas
        for key, units in (("Up", -4), ("Down", 4), ("Button-4", -4), ("Button-5", 4)):
            keys.bind(canvas, f"<{key}>", partial(canvas.yview_scroll, units, "units"))
        for key, pages in (("Prior", -1), ("Next", 1)):
            keys.bind(canvas, f"<{key}>", partial(canvas.yview_scroll, pages, "pages"))
        keys.bind(canvas, "<Home>", lambda: canvas.yview_moveto(0))
        keys.bind(canvas, "<End>", lambda: canvas.yview_moveto(1))
        keys.bind(canvas, "<Escape>", self._give_way)
        canvas.bind("<MouseWheel>", self._wheel_turned)
        canvas.bind("<Button-1>", lambda _: canvas.focus_set())

    def _wheel_turned(self, event: "Event[Misc]") -> None:
        self._canvas.yview_scroll(-4 if event.delta > 0 else 4, "units")

    def _give_way(self) -> None:
        """Hide, where the list stands over the conversation, which gets the keyboard."""
        if self._is_over:
            following = self._canvas.tk_focusPrev()
            self.toggle()
            if following is not None:
                following.focus_set()

    def _parent_resized(self, event: "Event[Misc]") -> None:
        is_narrow = event.width < self._look.px(NARROW)
        if is_narrow != self._is_narrow:
            self._is_narrow, self._is_over = is_narrow, False
            self._lay()

    def _lay(self) -> None:
        """Be where it is to be seen, or nowhere."""
        self.grid_forget()
        self.place_forget()
        if self._is_over:
            self.place(relx=1, anchor="ne", relheight=1)
            self.lift()
        elif self.is_shown:
            self.grid(row=0, column=1, sticky="ns")
        self._changed(self.is_shown)

    # People ----------------------------------------------------------------------------

    def _scrolled(self, first: float, last: float) -> None:
        self._bar.set(first, last)
        self._draw()

    def _resized(self, _: "Event[Misc]") -> None:
        self._set_height()
        if self._first is not None:
            self._canvas.yview_moveto(self._first)
            self._first = None
        self._draw()

    def _set_height(self) -> None:
        """Have the canvas scroll over all people, and not beyond where they are few."""
        rim = 2 * int(str(self._canvas["highlightthickness"]))
        height = max(self._look.px(ROW) * len(self._names), self._canvas.winfo_height() - rim)
        self._canvas.configure(scrollregion=(0, 0, 1, height))

    def _draw(self) -> None:
        """Draw those in view."""
        canvas, row = self._canvas, self._look.px(ROW)
        canvas.delete("face", "row")
        top = int(canvas.canvasy(0))
        first, last = max(top // row, 0), (top + canvas.winfo_height()) // row
        for index, name in enumerate(self._names[first : last + 1], start=first):
            self._draw_row(name, index * row + row // 2)
        self._tooltip.look_again()

    def _draw_row(self, name: str, y: int) -> None:
        canvas, look, px = self._canvas, self._look, self._look.px
        faces.draw_face(canvas, look, name, (px(32), y), size=FACE, font=look.small)
        dot = look.disc(look.c.good if self._live else look.c.thumb, DOT, look.c.panel)
        canvas.create_image(px(44), y + px(11), image=dot, tags="row")
        shown = self._fitting(name)
        self._write(shown, px(NAME_LEFT), y, look.body, look.c.ink)
        if name == self._own:
            x = px(NAME_LEFT) + look.body.measure(shown) + px(8)
            self._write(Chat.YOU(), x, y, look.small, look.c.faded)

    def _fitting(self, name: str) -> str:
        """Return as much of a name as there is room for."""
        look, px = self._look, self._look.px
        you = look.small.measure(Chat.YOU()) + px(8) if name == self._own else 0
        room = self._canvas.winfo_width() - px(NAME_LEFT + 8) - you
        return elided.elide(words.show_text(name), look.body, room)

    def _cut_at(self, _: int, y: int) -> tooltip.Part | None:
        """Return the name in the row there, where not all of it is shown."""
        row, scrolled = self._look.px(ROW), int(self._canvas.canvasy(0))
        place = (y + scrolled) // row
        if not 0 <= place < len(self._names):
            return None
        text = words.show_text(self._names[place])
        if self._fitting(self._names[place]) == text:
            return None
        top = place * row - scrolled
        return tooltip.Part(text, self._look.px(NAME_LEFT - 8), top, top + row)

    def _write(self, text: str, x: int, y: int, font: Font, ink: str) -> None:
        self._canvas.create_text(x, y, text=text, font=font, fill=ink, anchor="w", tags="row")
