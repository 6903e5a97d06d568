"""The page of people: who is there, what the host can do with them, and who is kept out."""

from collections.abc import Sequence
from functools import partial
from tkinter import Event, Misc, ttk
from typing import Protocol

from chatroom.protocol.addresses import Network, host_of
from chatroom.server.people import Person
from chatroom.windows import blocked_list, context_menu, menus, mnemonics, people_table, theme
from chatroom.words.hosting import Host

WIDE = 860
BLOCKED_WIDTH = 250
"""Pixels at 100 %: from that width on, what is blocked stands beside the people."""


class Actions(Protocol):
    """What the host does here; each asks first where that is wise."""

    def remove(self, people: list[Person]) -> None: ...
    def block(self, people: list[Person]) -> None: ...
    def block_networks(self, networks: list[Network]) -> None: ...
    def unblock(self, networks: list[Network]) -> None: ...


class HostPeople(ttk.Frame):
    """The table with its buttons, and the list of what is blocked beside or below it."""

    def __init__(self, parent: Misc, actions: Actions) -> None:
        super().__init__(parent)
        self._look = theme.of(self)
        self._actions = actions
        self._enabled = True
        left = self._left = ttk.Frame(self)
        self._buttons = self._make_buttons(left)
        self.table = people_table.PeopleTable(left, self._offer)
        self.table.pack(fill="both", expand=True)
        self._menu = menus.ThemedMenu(self)
        context_menu.bind(self.table.rows, self._open_menu)
        self.table.rows.bind("<Delete>", lambda _: self._remove())
        self.blocked = blocked_list.BlockedList(
            self, block=actions.block_networks, unblock=actions.unblock
        )
        self._line = ttk.Frame(self, style="Line.TFrame")
        self._lies_beside: bool | None = None
        self.bind("<Configure>", self._lay)
        self._offer()

    @property
    def names(self) -> list[str]:
        """Who is in the room, as sorted."""
        return self.table.names

    def show(self, people: Sequence[Person]) -> None:
        """Show these people; who is chosen stays so."""
        self.table.show(people)
        self._offer()

    def take_over(self, other: "HostPeople") -> None:
        """Show what another page shows, with all that was done there."""
        self.table.take_over(other.table)
        self.blocked.take_over(other.blocked)
        self.enable(other._enabled)

    def choose(self, *names: str) -> None:
        """Choose these, as with the mouse."""
        self.table.choose(names)
        self._offer()

    def enable(self, enabled: bool) -> None:
        """Let the host act, or not."""
        self._enabled = enabled
        self._offer()

    # ----------------------------------------------------------------------------------

    def _can_act(self) -> bool:
        return self._enabled and bool(self.table.chosen)

    def _remove(self) -> None:
        if self._can_act():
            self._actions.remove(self.table.chosen)

    def _block(self) -> None:
        if self._can_act():
            self._actions.block(self.table.chosen)

    def _offer(self) -> None:
        """Let the host do something with who is chosen, and nothing with nobody."""
        for button in self._buttons:
            button.state(["!disabled" if self._can_act() else "disabled"])

    def _open_menu(self, place: tuple[int, int] | None) -> None:
        rows = self.table.rows
        name = rows.identify_row(place[1]) if place else rows.focus()
        if name and name not in rows.selection():
            self.choose(name)
        if place is None:
            x, y, _, height = rows.bbox(name) or (0, 0, 0, 0)
            place = x + self._look.px(24), y + height
        rows.focus_set()
        self._fill_menu()
        self._menu.open_at(rows.winfo_rootx() + place[0], rows.winfo_rooty() + place[1])

    def _fill_menu(self) -> None:
        menu, chosen, can_act = self._menu, self.table.chosen, self._can_act()
        menu.delete(0, "end")
        menu.add_action(Host.REMOVE_ITEM(), self._remove, Host.DELETE_KEY(), enabled=can_act)
        menu.add_action(Host.BLOCK_ITEM(), self._block, enabled=can_act)
        menu.add_separator()
        names = "\n".join(one.name for one in chosen)
        hosts = "\n".join(str(host_of(one.address)) for one in chosen)
        for label, text in ((Host.COPY_NAME(), names), (Host.COPY_ADDRESS(), hosts)):
            menu.add_action(label, partial(self._copy, text), enabled=bool(chosen))
        menu.add_separator()
        for column in people_table.COLUMNS:
            label = Host.SORT_BY(column=column.title())
            menu.add_action(label, partial(self.table.sort_by, column.key))

    def _copy(self, text: str) -> None:
        self.clipboard_clear()
        self.clipboard_append(text)

    # Widgets ---------------------------------------------------------------------------

    def _make_buttons(self, parent: Misc) -> tuple[ttk.Button, ttk.Button]:
        px, line = self._look.px, ttk.Frame(parent)
        line.pack(side="bottom", fill="x", padx=px(10), pady=(px(6), px(4)))
        remove = ttk.Button(line, style="Plain.TButton", command=self._remove)
        block = ttk.Button(line, style="Bad.TButton", command=self._block)
        mnemonics.name(remove, Host.REMOVE())
        mnemonics.name(block, Host.BLOCK())
        remove.pack(side="left")
        block.pack(side="left", padx=px(6))
        return remove, block

    def _lay(self, event: "Event[Misc]") -> None:
        """Put what is blocked beside the people, or below where there is too little room."""
        px = self._look.px
        beside = event.width >= px(WIDE)
        if beside == self._lies_beside:
            return
        self._lies_beside = beside
        self.blocked.stack(beside)
        thin = max(px(1), 1)
        self._left.grid(row=0, column=0, sticky="nsew")
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        if beside:
            self._line.configure(width=thin, height=1)
            self._line.grid(row=0, column=1, sticky="ns")
            self.blocked.grid(row=0, column=2, sticky="nsew")
            self.columnconfigure(2, minsize=px(BLOCKED_WIDTH))
        else:
            self._line.configure(width=1, height=thin)
            self._line.grid(row=1, column=0, sticky="ew")
            self.blocked.grid(row=2, column=0, sticky="nsew")
            self.columnconfigure(2, minsize=0)
