"""What is blocked: addresses and networks, with a way to add one and to let one back in."""

from collections.abc import Callable, Sequence
from tkinter import Misc, ttk

from chatroom import problems, words
from chatroom.protocol.addresses import BadNetwork, Network, parse_networks
from chatroom.windows import cards, mnemonics, theme
from chatroom.words.hosting import Host

ROW = 28
"""Pixels at 100 %."""


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
        self._make_line(px)
        self._wrong = cards.Wrapping(self, "Alarm.TLabel")
        self._rows = self._make_rows(px)
        self._take_back.configure(command=self.unblock_chosen)
        self.show(())

    @property
    def typed(self) -> str:
        """What stands in the field."""
        return self._field.get()

    @typed.setter
    def typed(self, text: str) -> None:
        self._field.insert(0, text)

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
        self._offer()

    def choose(self, *networks: Network) -> None:
        """Choose these, as with the mouse."""
        self._rows.selection_set([str(_short(one)) for one in networks])
        self._offer()

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
            self._field.state(["invalid"])
            self._field.focus_set()
            return
        self._say("")
        self._field.state(["!invalid"])
        self._field.delete(0, "end")
        self._block(networks)

    def _say(self, wrong: str) -> None:
        self._wrong.configure(text=wrong)
        if wrong:
            px = theme.of(self).px
            self._wrong.pack(side="bottom", fill="x", padx=px(12), before=self._line)
        else:
            self._wrong.pack_forget()

    def _offer(self) -> None:
        self._take_back.state(["!disabled" if self._rows.selection() else "disabled"])

    def _make_line(self, px: Callable[[float], int]) -> None:
        self._line = line = ttk.Frame(self)
        line.pack(side="bottom", fill="x", padx=px(10), pady=(px(4), px(4)))
        self._field = ttk.Entry(line, width=6, font=theme.of(self).body)
        self._field.bind("<Return>", lambda _: self._block_typed())
        self._field.pack(side="left", fill="x", expand=True)
        add = ttk.Button(line, style="Plain.TButton", command=self._block_typed)
        mnemonics.name(add, Host.BLOCK_TYPED())
        add.pack(side="left", padx=px(4))
        self._take_back = ttk.Button(line, style="Plain.TButton")
        mnemonics.name(self._take_back, Host.UNBLOCK())
        self._take_back.pack(side="left")

    def _make_rows(self, px: Callable[[float], int]) -> ttk.Treeview:
        around = ttk.Frame(self)
        around.pack(fill="both", expand=True, padx=(px(8), 0))
        ttk.Style(self).configure("Short.Treeview", rowheight=px(ROW))
        rows = ttk.Treeview(around, show="tree", height=2, style="Short.Treeview")
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
