"""The rooms of earlier visits, to be chosen from."""

from collections.abc import Callable, Sequence
from tkinter import Event, Misc, ttk

from chatroom import words
from chatroom.protocol import addresses
from chatroom.remembered import Room
from chatroom.windows import elided, keys, theme
from chatroom.words.prompts import Joining

ADDRESS_SHARE = 0.47
"""Of the width; the rest is for what the room is called and for the name used there."""
BESIDE_ROWS = 26
CELL_PADDING = 8
"""Pixels at 100 % for the border and a scroll bar; in a cell, beside its text."""


def row_height(widget: Misc) -> int:
    """Return how high a row is."""
    return int(ttk.Style(widget).lookup("Treeview", "rowheight"))


class RecentRooms(ttk.Frame):
    """A table of rooms; what is chosen is written, with its port, by `write`."""

    def __init__(
        self, parent: Misc, rooms: Sequence[Room], shown: int, write: Callable[[str], None]
    ) -> None:
        """Show so many rows at once."""
        super().__init__(parent)
        self._look = look = theme.of(self)
        self.configure(height=shown * row_height(self) + look.px(8))
        self.pack_propagate(False)  # the table asks for more than it needs
        self.rows = ttk.Treeview(self, columns=("address", "room"), show="", selectmode="browse")
        if len(rooms) > shown:
            style = "Panel.Slim.Vertical.TScrollbar"
            bar = ttk.Scrollbar(self, command=self.rows.yview, style=style)
            self.rows.configure(yscrollcommand=bar.set)
            bar.pack(side="right", fill="y")
        self.rows.pack(fill="both", expand=True)
        self._rooms = rooms
        self._addresses = [addresses.show_address((room.host, room.port)) for room in rooms]
        self._write = write
        self.rows.bind("<<TreeviewSelect>>", self._choose)
        self.rows.bind("<FocusIn>", lambda _: self._begin())

    def fit(self, width: int) -> None:
        """Fill the table; what does not fit this width ends with an ellipsis."""
        width -= self._look.px(BESIDE_ROWS)
        widths = int(width * ADDRESS_SHARE), int(width * (1 - ADDRESS_SHARE))
        for column, each in zip(("address", "room"), widths, strict=True):
            self.rows.column(column, width=each)
        padding = self._look.px(CELL_PADDING)
        for room, address in zip(self._rooms, self._addresses, strict=True):
            name = Joining.AS(name=room.name) if room.name else ""
            about = " \u00b7 ".join(filter(None, (room.title, name)))
            cells = [
                elided.elide(words.show_text(text), self._look.body, each - padding)
                for text, each in zip((address, about), widths, strict=True)
            ]
            self.rows.insert("", "end", values=cells)

    def follow(self, entry: ttk.Entry) -> None:
        """Have the arrow keys go from an entry to the table, and back from its first row."""
        keys.bind(entry, "<Down>", self.rows.focus_set)

        def leave(_: "Event[Misc]") -> str | None:
            if self.rows.index(self.rows.focus()) > 0:
                return None
            entry.focus_set()
            entry.select_range(0, "end")
            entry.icursor("end")
            return "break"

        self.rows.bind("<Up>", leave)

    # ----------------------------------------------------------------------------------

    def _begin(self) -> None:
        """Choose the first row where none is: the arrow keys go on from there."""
        if not self.rows.selection():
            first = self.rows.get_children()[0]
            self.rows.focus(first)
            self.rows.selection_set(first)

    def _choose(self, _: "Event[Misc]") -> None:
        for row in self.rows.selection():
            self._write(self._addresses[self.rows.index(row)])
