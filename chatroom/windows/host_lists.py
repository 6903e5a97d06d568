"""What the host's window lists: people, and the lines of the log."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from tkinter import Misc, Text, ttk

from chatroom import words
from chatroom.protocol.addresses import Address, host_of
from chatroom.protocol.entries import Entry
from chatroom.windows import theme

LOG_LINES_MOST = 2000
COLUMNS = (
    ("#0", "Name", 0.33),
    ("address", "Address", 0.29),
    ("stay", "Here for", 0.19),
    ("said", "Messages", 0.19),
)
"""Key, heading, and share of the width."""

NOBODY = "Nobody is in the room."


def show_duration(seconds: float) -> str:
    """Return a duration as a clock shows it, after a day without seconds."""
    minutes, second = divmod(max(int(seconds), 0), 60)
    hours, minute = divmod(minutes, 60)
    days, hour = divmod(hours, 24)
    return f"{days}d {hour:02}:{minute:02}" if days else f"{hour:02}:{minute:02}:{second:02}"


@dataclass
class Visit:
    """One person in the room: from where, since when, and how many messages since then."""

    address: Address
    since: float
    said: int = 0


class People(ttk.Frame):
    """Who is in the room and from where, and what the host can do with the chosen ones."""

    def __init__(
        self,
        parent: Misc,
        *,
        remove: Callable[[str], None],
        block: Callable[[str, Address], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._look = theme.of(self)
        self._remove, self._block, self._clock = remove, block, clock
        self._visits: dict[str, Visit] = {}
        self._enabled = True
        self._buttons = self._make_buttons()
        self._list = self._make_list()
        self._nobody = ttk.Label(self, text=NOBODY, style="Faded.TLabel")
        self._changed()

    @property
    def names(self) -> list[str]:
        """Who is in the room."""
        return list(self._visits)

    def add(self, name: str, address: Address) -> None:
        """Show a person, or a person's new address."""
        if name in self._visits:
            self._visits[name].address = address
        else:
            self._visits[name] = Visit(address, self._clock())
            disc = self._look.disc(self._look.person(name)[1], 14)
            self._list.insert("", "end", iid=name, text=f"  {name}", image=disc)
        self._show(name)
        self._changed()

    def remove(self, name: str) -> None:
        """Show this person no more."""
        if self._visits.pop(name, None) is not None:
            self._list.delete(name)
            self._changed()

    def clear(self) -> None:
        """Show nobody."""
        self._list.delete(*self._visits)
        self._visits.clear()
        self._changed()

    def count(self, entries: Iterable[Entry]) -> None:
        """Count what was said, for each who said it."""
        for name in {entry.name for entry in entries} & self._visits.keys():
            self._visits[name].said += sum(entry.name == name for entry in entries)
            self._show(name)

    def tick(self) -> None:
        """Show for how long each has been there by now."""
        for name in self._visits:
            self._show(name)

    def choose(self, *names: str) -> None:
        """Choose these, as with the mouse."""
        self._list.selection_set(names)
        self._offer()

    def enable(self, enabled: bool) -> None:
        """Let the host act, or not."""
        self._enabled = enabled
        self._offer()

    # ----------------------------------------------------------------------------------

    def _remove_chosen(self) -> None:
        for name in self._list.selection():
            self._remove(name)

    def _block_chosen(self) -> None:
        for name in self._list.selection():
            self._block(name, self._visits[name].address)

    def _show(self, name: str) -> None:
        visit = self._visits[name]
        stay = show_duration(self._clock() - visit.since)
        self._list.item(name, values=(str(host_of(visit.address)), stay, visit.said))

    def _changed(self) -> None:
        if self._visits:
            self._nobody.place_forget()
        else:
            self._nobody.place(relx=0.5, rely=0.35, anchor="center")
        self._offer()

    def _offer(self) -> None:
        """Let the host do something with who is chosen, and nothing with nobody."""
        can_act = self._enabled and bool(self._list.selection())
        for button in self._buttons:
            button.configure(state="normal" if can_act else "disabled")

    def _take_keyboard(self) -> None:
        """Give the keyboard a row to begin with."""
        if self._visits and not self._list.focus():
            first = self._list.get_children()[0]
            self._list.focus(first)
            self._list.selection_set(first)

    # Widgets ---------------------------------------------------------------------------

    def _make_buttons(self) -> tuple[ttk.Button, ttk.Button]:
        px, line = self._look.px, ttk.Frame(self)
        line.pack(side="bottom", fill="x", padx=px(10), pady=(px(6), px(4)))
        remove = ttk.Button(line, text="Remove", command=self._remove_chosen)
        block = ttk.Button(
            line, text="Block address", style="Bad.TButton", command=self._block_chosen
        )
        remove.pack(side="left")
        block.pack(side="left", padx=px(6))
        return remove, block

    def _make_list(self) -> ttk.Treeview:
        px = self._look.px
        rows = ttk.Treeview(self, columns=[key for key, _, _ in COLUMNS[1:]], height=3)

        def fit(width: int) -> None:
            for key, _, share in COLUMNS:
                rows.column(key, width=int(width * share), stretch=False)

        for key, title, _ in COLUMNS:
            rows.heading(key, text=title, anchor="w")
        fit(px(400))
        rows.bind("<Configure>", lambda event: fit(event.width - px(8)))
        bar = ttk.Scrollbar(self, command=rows.yview, style="Panel.Slim.Vertical.TScrollbar")
        rows.configure(yscrollcommand=bar.set)
        bar.pack(side="right", fill="y")
        rows.pack(fill="both", expand=True, padx=(px(8), 0), pady=(px(4), 0))
        rows.bind("<<TreeviewSelect>>", lambda _: self._offer())
        rows.bind("<FocusIn>", lambda _: self._take_keyboard())
        return rows


class Log(ttk.Frame):
    """The newest lines, each with its time; it follows while its end is in view."""

    def __init__(self, parent: Misc) -> None:
        super().__init__(parent)
        look = theme.of(self)
        c, px = look.c, look.px
        text = Text(self, wrap="word", state="disabled", width=20, height=4, takefocus=True)
        text.configure(relief="flat", borderwidth=0, padx=px(12), pady=px(8), cursor="arrow")
        text.configure(background=c.panel, foreground=c.ink, font=look.body, spacing1=px(4))
        text.configure(highlightthickness=px(2), highlightcolor=c.accent)
        bar = ttk.Scrollbar(self, command=text.yview, style="Panel.Slim.Vertical.TScrollbar")
        text.configure(yscrollcommand=bar.set)
        bar.pack(side="right", fill="y")
        text.pack(side="left", fill="both", expand=True)
        indent = look.body.measure("00:00:00   ")
        text.tag_configure("line", lmargin2=indent, tabs=(indent,))
        text.tag_configure("time", foreground=c.faded)
        text.tag_configure("warning", foreground=c.bad)
        text.tag_raise("sel")
        text.bind("<Button-1>", lambda _: text.focus_set())  # so that Ctrl-C copies
        self._text = text

    def add(self, sentence: str, *, warns: bool = False) -> None:
        """Add a line at the end."""
        text = self._text
        follows = text.yview()[1] >= 1.0
        text.configure(state="normal")
        said = f"{words.show_text(sentence)}\n"
        tags = ("line", "warning") if warns else ("line",)
        text.insert("end", f"{datetime.now():%H:%M:%S}\t", ("line", "time"), said, tags)
        lines = int(text.index("end-1c").split(".")[0])
        if lines > LOG_LINES_MOST:
            text.delete("1.0", f"{lines - LOG_LINES_MOST}.0")
        text.configure(state="disabled")
        if follows:
            text.see("end")

    def content(self) -> str:
        """Return all lines."""
        return self._text.get("1.0", "end-1c")
