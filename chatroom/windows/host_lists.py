"""What the host's window lists: people, the addresses that others type, and the log."""

from collections.abc import Callable, Sequence
from datetime import datetime
from tkinter import Listbox, Misc, Text, ttk

from chatroom import words
from chatroom.protocol.addresses import Address, show_address
from chatroom.windows import theme

LOG_LINES_MOST = 2000


class People(ttk.LabelFrame):
    """Who is in the room and from where, and what the host can do with the chosen ones."""

    def __init__(
        self,
        parent: Misc,
        *,
        remove: Callable[[str], None],
        block: Callable[[str, Address], None],
    ) -> None:
        super().__init__(parent, text="People", padding=8)
        self._remove = remove
        self._block = block
        self._addresses: dict[str, Address] = {}
        self._list = self._make_list()
        line = ttk.Frame(self)
        line.pack(side="bottom", anchor="w", pady=(6, 0))
        self._buttons = (
            ttk.Button(line, text="Remove", command=self._remove_chosen),
            ttk.Button(line, text="Block Address", command=self._block_chosen),
        )
        for button, gap in zip(self._buttons, (0, 4), strict=True):
            button.pack(side="left", padx=gap)
        self._list.pack(fill="both", expand=True)

    @property
    def names(self) -> list[str]:
        """Who is in the room."""
        return list(self._addresses)

    def add(self, name: str, address: Address) -> None:
        """Show a person, or a person's new address."""
        self._addresses[name] = address
        if not self._list.exists(name):
            self._list.insert("", "end", iid=name)
        self._list.item(name, values=(name, show_address(address)))
        self._count()

    def remove(self, name: str) -> None:
        """Show this person no more."""
        if self._addresses.pop(name, None) is not None:
            self._list.delete(name)
            self._count()

    def clear(self) -> None:
        """Show nobody."""
        self._list.delete(*self._addresses)
        self._addresses.clear()
        self._count()

    def choose(self, *names: str) -> None:
        """Choose these, as with the mouse."""
        self._list.selection_set(names)

    def enable(self, enabled: bool) -> None:
        """Let the host act, or not."""
        for button in self._buttons:
            button.configure(state="normal" if enabled else "disabled")

    # ----------------------------------------------------------------------------------

    def _remove_chosen(self) -> None:
        for name in self._list.selection():
            self._remove(name)

    def _block_chosen(self) -> None:
        for name in self._list.selection():
            self._block(name, self._addresses[name])

    def _count(self) -> None:
        count = len(self._addresses)
        self.configure(text=f"People ({count})" if count else "People")

    def _make_list(self) -> ttk.Treeview:
        columns = {"name": 130, "address": 180}
        rows = ttk.Treeview(self, columns=tuple(columns), show="headings", height=6)
        for column, width in columns.items():
            rows.heading(column, text=column.capitalize(), anchor="w")
            rows.column(column, width=width, anchor="w")
        return rows


class Addresses(ttk.LabelFrame):
    """The addresses of the room, and a button that copies one."""

    def __init__(self, parent: Misc) -> None:
        super().__init__(parent, text="Others type", padding=8)
        self._list = Listbox(self, height=3, width=24, exportselection=False)
        self._list.pack(side="left", fill="x", expand=True)
        right = ttk.Frame(self)
        right.pack(side="left", padx=(6, 0))
        self._button = ttk.Button(right, text="Copy", command=self._copy)
        self._button.pack()
        self._copied = ttk.Label(right, style="Faded.TLabel", width=18, wraplength=120)
        self._copied.pack()

    def show(self, addresses: Sequence[str], port: int) -> None:
        """Show the addresses, the likeliest first."""
        self.configure(text=f"Others type this address, and port {port}")
        self._list.insert("end", *addresses)

    def clear(self) -> None:
        """Show no address."""
        self._list.delete(0, "end")
        self._copied.configure(text="")

    def enable(self, enabled: bool) -> None:
        """Let the host copy, or not."""
        self._button.configure(state="normal" if enabled else "disabled")

    def _copy(self) -> None:
        """Copy the chosen address, or the first."""
        chosen = self._list.curselection()  # type: ignore[no-untyped-call]
        address = self._list.get(chosen[0] if chosen else 0)
        if address:
            self.clipboard_clear()
            self.clipboard_append(address)
            self._copied.configure(text=f"{address} copied")


class Log(ttk.Frame):
    """The newest lines, each with its time; it follows while its end is in view."""

    def __init__(self, parent: Misc) -> None:
        super().__init__(parent)
        text = Text(self, wrap="word", state="disabled", width=40, relief="flat", padx=8)
        bar = ttk.Scrollbar(self, command=text.yview)
        text.configure(yscrollcommand=bar.set)
        bar.pack(side="right", fill="y")
        text.pack(side="left", fill="both", expand=True)
        text.tag_configure("time", foreground=theme.of(self).c.faded)
        text.bind("<Button-1>", lambda _: text.focus_set())  # so that Ctrl-C copies
        self._text = text

    def add(self, sentence: str) -> None:
        """Add a line at the end."""
        text = self._text
        follows = text.yview()[1] >= 1.0
        text.configure(state="normal")
        clock = f"{datetime.now():%H:%M:%S}"
        text.insert("end", f"{clock}  ", "time", f"{words.show_text(sentence)}\n")
        lines = int(text.index("end-1c").split(".")[0])
        if lines > LOG_LINES_MOST:
            text.delete("1.0", f"{lines - LOG_LINES_MOST}.0")
        text.configure(state="disabled")
        if follows:
            text.see("end")

    def content(self) -> str:
        """Return all lines."""
        return self._text.get("1.0", "end-1c")
