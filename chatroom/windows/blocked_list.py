"""What is blocked: addresses and networks, with a way to add one and to let one back in."""

from collections.abc import Callable, Sequence
from tkinter import Misc, ttk

from chatroom import problems, words
from chatroom.protocol.addresses import BadNetwork, Network, parse_networks
from chatroom.windows import cards, mnemonics, theme
from chatroom.words.hosting import Host

ROWS_MOST = 2
"""So many it asks room for; where there is more room, it shows more."""


class BlockedList(ttk.Frame):
    """Calls `block` and `unblock` with networks."""

    def __init__(
        self,
        parent: Misc,
        *,
        block: Callable[[list[Network]], None],
        unblock: Callable[[list[Network]], None],
    ) -> None:
        super().__init__(parent)
        self._block, self._unblock = block, unblock
        self._networks: dict[str, Network] = {}
        px = theme.of(self).px
        self._title = ttk.Label(self, style="Faded.TLabel")
        self._title.pack(anchor="w", padx=px(14), pady=(px(6), px(2)))
        self._make_line()
        self._area = ttk.Frame(self)
        self._rows = self._make_rows()
        self.show(())

    @property
    def typed(self) -> str:
        """What stands in the field."""
        return self._field.get()

    @property
    def chosen(self) -> list[Network]:
        """Which ones are chosen."""
        return [self._networks[one] for one in self._rows.selection()]

    def show(self, networks: Sequence[Network]) -> None:
        """Show these; what is chosen stays so."""
        self._networks = {str(_short(one)): one for one in networks}
        chosen = [one for one in self._rows.selection() if one in self._networks]
        self._rows.delete(*self._rows.get_children())
        for one in self._networks:
            self._rows.insert("", "end", iid=one, text=one)
        self._rows.selection_set(chosen)
        said = Host.BLOCKED(count=len(networks)) if networks else Host.NOBODY_BLOCKED()
        self._title.configure(text=said)
        if networks:
            self._rows.configure(height=min(len(networks), ROWS_MOST))
            self._area.pack(fill="both", expand=True, padx=(theme.of(self).px(8), 0))
        else:
            self._area.pack_forget()
        self._offer()

    def choose(self, *networks: Network) -> None:
        """Choose these, as with the mouse."""
        self._rows.selection_set([str(_short(one)) for one in networks])
        self._offer()

    def take_over(self, other: "BlockedList") -> None:
        """Show what another list shows, with what is typed there."""
        self._field.insert(0, other.typed)
        self.show([*other._networks.values()])
        self.choose(*other.chosen)

    def stack(self, is_narrow: bool) -> None:
        """Put the field above its buttons where it is narrow, or else beside them."""
        px = theme.of(self).px
        row, columns = (2, 3) if is_narrow else (1, 1)
        self._field.grid(row=1, column=0, columnspan=columns, sticky="ew")
        self._add.grid(row=row, column=1, padx=px(4), pady=(px(4 * (row - 1)), 0))
        self._take_back.grid(row=row, column=2, pady=(px(4 * (row - 1)), 0))

    def unblock_chosen(self) -> None:
        """Let back in who is chosen."""
        if self.chosen:
            self._unblock(self.chosen)

    # ----------------------------------------------------------------------------------

    def _block_typed(self) -> None:
        try:
            networks = parse_networks(self.typed)
            if not networks:
                raise problems.WrongInput(BadNetwork.MISSING)
        except problems.WrongInput as wrong:
            self._say(words.explain(wrong))
            return
        self._say("")
        self._field.delete(0, "end")
        self._block(networks)

    def _say(self, wrong: str) -> None:
        self._wrong.configure(text=wrong)
        self._field.state(["invalid" if wrong else "!invalid"])
        if wrong:
            self._wrong.grid()
            self._field.focus_set()
        else:
            self._wrong.grid_remove()

    def _offer(self) -> None:
        self._take_back.state(["!disabled" if self._rows.selection() else "disabled"])

    def _make_line(self) -> None:
        """Make the field for one more, and the two buttons."""
        look = theme.of(self)
        px = look.px
        self._line = line = ttk.Frame(self, padding=(px(10), px(2), px(10), px(4)))
        line.pack(side="bottom", fill="x")
        line.columnconfigure(0, weight=1)
        label = ttk.Label(line, style="Tiny.TLabel")
        mnemonics.name(label, Host.WHAT_TO_BLOCK())
        self._field = ttk.Entry(line, width=6, font=look.body)
        for enter in ("Return", "KP_Enter"):
            self._field.bind(f"<{enter}>", lambda _: self._block_typed())
        add = ttk.Button(line, style="Plain.TButton", command=self._block_typed)
        mnemonics.name(add, Host.BLOCK_TYPED())
        self._take_back = ttk.Button(line, style="Plain.TButton", command=self.unblock_chosen)
        mnemonics.name(self._take_back, Host.UNBLOCK())
        label.grid(row=0, column=0, columnspan=3, sticky="w", padx=px(3))
        self._wrong = cards.Wrapping(line, "Alarm.TLabel")
        self._wrong.grid(row=3, column=0, columnspan=3, sticky="ew", padx=px(3))
        self._wrong.grid_remove()
        self._add = add
        self.stack(False)

    def _make_rows(self) -> ttk.Treeview:
        px, around = theme.of(self).px, self._area
        rows = ttk.Treeview(around, show="tree", height=1, style="Short.Treeview")
        rows.column("#0", width=px(100))
        bar = ttk.Scrollbar(around, command=rows.yview, style="Panel.Slim.Vertical.TScrollbar")
        rows.configure(yscrollcommand=bar.set)
        bar.pack(side="right", fill="y")
        rows.pack(fill="both", expand=True)
        rows.bind("<<TreeviewSelect>>", lambda _: self._offer())
        rows.bind("<Delete>", lambda _: self.unblock_chosen())
        rows.bind("<FocusIn>", lambda _: self._take_keyboard())
        return rows

    def _take_keyboard(self) -> None:
        """Give the keyboard a row to begin with."""
        first = self._rows.get_children()[:1]
        if first and not self._rows.focus():
            self._rows.focus(first[0])
            self._rows.selection_set(first)


def _short(network: Network) -> object:
    """Return a network of one address as that address."""
    return network.network_address if network.num_addresses == 1 else network
