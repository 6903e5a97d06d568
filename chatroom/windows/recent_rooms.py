"""The rooms of earlier visits, to be chosen from."""

from collections.abc import Callable, Sequence
from tkinter import Event, Misc, ttk

from chatroom import words
from chatroom.protocol import addresses
from chatroom.remembered import Room
from chatroom.windows import keys, theme
from chatroom.words.prompts import Joining

ROWS_MOST = 4
"""Shown at once; there is a scroll bar for more."""
COLUMNS = {"address": 160, "title": 120, "name": 120}
"""Pixels at 100 % that each asks for."""


class RecentRooms(ttk.Frame):
    """A table of rooms; what is chosen is written, with its port, by `write`."""

    def __init__(self, parent: Misc, rooms: Sequence[Room], write: Callable[[str], None]) -> None:
        super().__init__(parent)
        px = theme.of(self).px
        height = min(len(rooms), ROWS_MOST)
        table = self.table = ttk.Treeview(
            self, columns=list(COLUMNS), show="", selectmode="browse", height=height
        )
        for name, width in COLUMNS.items():
            table.column(name, width=px(width), minwidth=px(40))
        self._addresses = [addresses.show_address((room.host, room.port)) for room in rooms]
        for room, address in zip(rooms, self._addresses, strict=True):
            name = Joining.AS(name=room.name) if room.name else ""
            texts = [words.show_text(text) for text in (address, room.title, name)]
            table.insert("", "end", values=texts)
        table.pack(side="left", fill="both", expand=True)
        if len(rooms) > height:
            bar = ttk.Scrollbar(self, command=table.yview, style="Panel.Slim.Vertical.TScrollbar")
            table.configure(yscrollcommand=bar.set)
            bar.pack(side="right", fill="y")
        self._write = write
        table.bind("<<TreeviewSelect>>", self._choose)
        table.bind("<FocusIn>", lambda _: self._begin())

    def follow(self, entry: ttk.Entry) -> None:
        """Have the arrow keys go from an entry to the table, and back from its first row."""
        keys.bind(entry, "<Down>", self.table.focus_set)

        def leave(_: "Event[Misc]") -> str | None:
            if self.table.index(self.table.focus()) > 0:
                return None
            entry.focus_set()
            entry.select_range(0, "end")
            entry.icursor("end")
            return "break"

        self.table.bind("<Up>", leave)

    # ----------------------------------------------------------------------------------

    def _begin(self) -> None:
        """Choose the first row where none is: the arrow keys go on from there."""
        if not self.table.selection():
            first = self.table.get_children()[0]
            self.table.focus(first)
            self.table.selection_set(first)

    def _choose(self, _: "Event[Misc]") -> None:
        for row in self.table.selection():
            self._write(self._addresses[self.table.index(row)])
