"""The page of the log: its lines with their times, those that one wants to see."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from tkinter import BooleanVar, Event, Misc, StringVar, Text, ttk
from typing import Any

from chatroom.protocol.addresses import Network, show_network
from chatroom.windows import context_menu, icon_button, keys, later, menus, mnemonics, theme
from chatroom.windows.host_log import Filter, HostLog, Line
from chatroom.words.hosting import Host

TYPING_PAUSE_MS = 120


class LogPage(ttk.Frame):
    """Shows a log; `draw` the lines that it tells of. It follows while its end is in view."""

    def __init__(self, parent: Misc, log: HostLog, block: Callable[[list[Network]], None]) -> None:
        """Offer to `block` the address that was refused."""
        super().__init__(parent)
        self._log, self._block = log, block
        self._follows, self._height = True, 0
        self._shown: list[int] = []  # the numbers of the lines that are in the Text
        self._typing = later.Later(self, self._fill)
        self._saying = later.Later(self, self._say)
        self._words = StringVar(self)
        self._warnings = BooleanVar(self)
        self._make_head()
        self._text = self._make_text()
        self._menu = menus.ThemedMenu(self)
        context_menu.bind(self._text, self._open_menu)
        self._trace = self._words.trace_add("write", self._typed)
        self._fill()

    def destroy(self) -> None:
        """Go, and be forgotten: what a variable calls is held outside of Python."""
        self._words.trace_remove("write", self._trace)
        super().destroy()

    def take_over(self, other: "LogPage") -> None:
        """Show the lines that another page shows, at the same place."""
        self._words.set(other._words.get())
        self._warnings.set(other._warnings.get())
        self._typing.cancel()
        self._fill()
        self._follows = other._follows
        if not self._follows:
            self._text.yview_moveto(other._text.yview()[0])

    def draw(self, line: Line | None) -> None:
        """Show a line that is new, or has changed."""
        if line is None:
            return
        text, wanted = self._text, self._wanted().passes(line)
        place = bisect_left(self._shown, line.number)
        is_shown = place < len(self._shown) and self._shown[place] == line.number
        self._note_place()
        text.configure(state="normal")
        if is_shown:
            text.delete(f"{place + 1}.0", f"{place + 2}.0")
            self._shown.pop(place)
        if wanted:
            text.insert(f"{place + 1}.0", *_as_text(line))
            self._shown.insert(place, line.number)
        while self._shown and self._shown[0] <= self._log.dropped:
            text.delete("1.0", "2.0")
            self._shown.pop(0)
        text.configure(state="disabled")
        self._follow()
        self._saying.when_idle()

    def content(self) -> str:
        """Return all lines that are shown."""
        return self._text.get("1.0", "end-1c")

    def open_search(self) -> None:
        """Have the words typed to look for."""
        self._field.focus_set()
        self._field.selection_range(0, "end")

    # ----------------------------------------------------------------------------------

    def _typed(self, *_: str) -> None:
        self._typing.start(TYPING_PAUSE_MS)

    def _wanted(self) -> Filter:
        return Filter(self._words.get(), self._warnings.get())

    def _fill(self) -> None:
        """Show the lines that are wanted now, from the newest upwards."""
        wanted, text = self._wanted(), self._text
        lines = [line for line in self._log if wanted.passes(line)]
        self._shown = [line.number for line in lines]
        text.configure(state="normal")
        text.delete("1.0", "end")
        if lines:
            parts: list[Any] = [part for line in lines for part in _as_text(line)]
            text.insert("end", *parts)
        text.configure(state="disabled")
        self._follows = True
        self._follow()
        self._say()

    def _note_place(self) -> None:
        """Note whether a person is at the end; a change of the size is nobody's wish."""
        text = self._text
        if text.winfo_viewable() and text.winfo_height() == self._height:
            self._follows = text.yview()[1] >= 1

    def _follow(self) -> None:
        if self._follows:
            self._text.see("end")

    def _say(self) -> None:
        """Say how many lines there are, how many of them match, how many are gone."""
        all_, shown = len(self._log), len(self._shown)
        said = Host.LINES(count=all_)
        if self._wanted() != Filter():
            said = Host.MATCHES(shown=shown, all=all_)
        if self._log.dropped:
            said = f"{said}  \u00b7  {Host.DROPPED(count=self._log.dropped)}"
        self._said.configure(text=said)

    def _copy(self) -> None:
        """Copy what is selected, or else all lines that are shown."""
        text = self._text
        chosen: Sequence[str] = [str(one) for one in text.tag_ranges("sel")] or ("1.0", "end-1c")
        self.clipboard_clear()
        self.clipboard_append(text.get(chosen[0], chosen[-1]))

    def _select_all(self) -> None:
        self._text.tag_add("sel", "1.0", "end-1c")

    def _open_menu(self, place: tuple[int, int] | None) -> None:
        text, menu, key = self._text, self._menu, menus.COMMAND
        x, y = place or (0, 0)
        text.focus_set()
        menu.delete(0, "end")
        refused = self._refused_at(f"@{x},{y}" if place else "insert")
        if refused:
            label = Host.BLOCK_HOST(address=show_network(refused))
            menu.add_action(label, lambda: self._block([refused]))
            menu.add_separator()
        menu.add_action(Host.COPY(), self._copy, f"{key}C", enabled=bool(self._shown))
        menu.add_action(Host.SELECT_ALL(), self._select_all, f"{key}A")
        menu.open_at(text.winfo_rootx() + x, text.winfo_rooty() + y)

    def _refused_at(self, place: str) -> Network | None:
        """Return what to block for the line at a place of the text, if it tells of a refusal."""
        row = int(self._text.index(place).split(".")[0]) - 1
        if row >= len(self._shown):
            return None
        number = self._shown[row]
        return next((line.refused for line in self._log if line.number == number), None)

    # Widgets ---------------------------------------------------------------------------

    def _make_head(self) -> None:
        look = theme.of(self)
        px = look.px
        head = ttk.Frame(self, padding=(px(12), px(6), px(8), px(4)))
        head.pack(fill="x")
        head.columnconfigure(1, weight=1)
        glass = ttk.Label(head, image=look.icon("search", look.c.faded))
        self._field = ttk.Entry(head, textvariable=self._words, font=look.body, width=8)
        keys.bind(self._field, "<Escape>", self._clear_words)
        copy = icon_button.IconButton(head, "copy", Host.COPY_LINES(), self._copy)
        only = ttk.Checkbutton(head, variable=self._warnings, command=self._fill)
        mnemonics.name(only, Host.WARNINGS_ONLY())
        self._said = ttk.Label(head, style="Faded.TLabel")
        glass.grid(row=0, column=0, padx=(0, px(6)))
        self._field.grid(row=0, column=1, sticky="ew")
        copy.grid(row=0, column=2, padx=(px(4), 0))
        only.grid(row=1, column=0, columnspan=3, sticky="w", pady=(px(4), 0))
        self._said.grid(row=2, column=0, columnspan=3, sticky="w", pady=(px(2), 0))
        ttk.Frame(self, style="Line.TFrame", height=max(px(1), 1)).pack(fill="x")

        def lay(_: object) -> None:  # below each other where they have no room beside each other
            beside = only.winfo_reqwidth() + self._said.winfo_reqwidth() + px(40)
            if head.winfo_width() >= beside:
                self._said.grid(row=1, column=1, columnspan=2, sticky="e", pady=(px(4), 0))
            else:
                self._said.grid(row=2, column=0, columnspan=3, sticky="w", pady=(px(2), 0))

        head.bind("<Configure>", lay)
        self._said.bind("<Configure>", lay)

    def _clear_words(self) -> None:
        if self._words.get():
            self._words.set("")
        else:
            self._text.focus_set()

    def _make_text(self) -> Text:
        look = theme.of(self)
        c, px = look.c, look.px
        text = Text(self, wrap="word", state="disabled", width=20, height=4, takefocus=True)
        text.configure(relief="flat", borderwidth=0, padx=px(12), pady=px(8), cursor="arrow")
        text.configure(background=c.panel, foreground=c.ink, font=look.body, spacing1=px(4))
        text.configure(highlightthickness=px(2), highlightcolor=c.accent)
        text.configure(highlightbackground=c.panel)
        bar = ttk.Scrollbar(self, command=text.yview, style="Panel.Slim.Vertical.TScrollbar")

        def scrolled(first: float, last: float) -> None:
            bar.set(first, last)
            self._note_place()

        def resized(event: "Event[Misc]") -> None:
            self._height = event.height
            self._follow()

        text.configure(yscrollcommand=scrolled)
        text.bind("<Configure>", resized)
        text.bind("<Map>", lambda _: self._follow())
        bar.pack(side="right", fill="y")
        text.pack(side="left", fill="both", expand=True)
        indent = look.body.measure("00:00:00   ")
        text.tag_configure("line", lmargin2=indent, tabs=(indent,))
        text.tag_configure("time", foreground=c.faded)
        text.tag_configure("warning", foreground=c.bad)
        text.tag_raise("sel")
        text.bind("<Button-1>", lambda _: text.focus_set())  # so that Ctrl-C copies
        keys.bind(text, "<<Copy>>", self._copy)
        return text


def _as_text(line: Line) -> tuple[str, tuple[str, ...], str, tuple[str, ...]]:
    """Return a line as the arguments of a Text's insert."""
    tags = ("line", "warning") if line.warns else ("line",)
    return f"{line.time:%H:%M:%S}\t", ("line", "time"), f"{line.text}\n", tags
