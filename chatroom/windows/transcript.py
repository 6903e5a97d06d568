"""The conversation as both windows draw it."""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from tkinter import Misc, Text, ttk

from chatroom.client import old_conversation as conversation
from chatroom.protocol.entries import Entry
from chatroom.windows import theme
from chatroom.words import show_text


class Transcript(ttk.Frame):
    """The conversation: one read-only, selectable Text, whose tags draw the bubbles.

    From top to bottom: a line that fetches earlier messages, the log, and what we have
    said but the server not yet stored.
    """

    def __init__(
        self,
        parent: Misc,
        shown: conversation.Conversation,
        fetch_earlier: Callable[[], None],
    ) -> None:
        """Show a conversation that is still empty; `draw` each change of it."""
        super().__init__(parent)
        self._shown = shown
        self._fetch_earlier = fetch_earlier
        self._first_day = self._last_day = ""
        self._offers_earlier = False
        self._jump = ttk.Button(self, text="New messages below", command=self.scroll_to_end)
        self._text = self._make_text()
        self._make_tags()
        self._text.mark_set("log", "1.0")  # where it begins
        self._text.mark_gravity("log", "left")
        self._text.mark_set("waiting", "1.0")  # where the log ends

    def draw(self, changes: Iterable[conversation.Change]) -> None:
        """Show what has changed in the conversation."""
        self._offer_earlier(self._shown.has_earlier)
        for change in changes:
            match change:
                case conversation.Appended(entries):
                    self._append(entries)
                case conversation.Prepended(entries):
                    self._prepend(entries)
                case conversation.Emptied():
                    self._clear()
                case conversation.WaitingChanged(texts):
                    self._show_waiting(texts)

    def add_notice(self, sentence: str) -> None:
        """Show a sentence in the middle."""
        with self._following():
            self._text.insert("waiting", f"{show_text(sentence)}\n", "notice")

    def scroll_to_end(self) -> None:
        """Show the newest."""
        self._text.see("end")
        self._jump.place_forget()

    @property
    def is_at_end(self) -> bool:
        """Whether the newest is in view."""
        # Not by `yview`, which only estimates while Tk has still to measure long texts.
        return self._text.dlineinfo("end-1c") is not None

    def content(self) -> str:
        """Return all that is shown, as text."""
        return self._text.get("1.0", "end-1c")

    # Changes ---------------------------------------------------------------------------

    def _append(self, entries: Sequence[Entry]) -> None:
        with self._following():
            days = self._insert_log("waiting", entries, day=self._last_day)
        self._last_day = days[-1] if days else ""
        self._first_day = self._first_day or (days[0] if days else "")

    def _prepend(self, entries: Sequence[Entry]) -> None:
        """Show entries before all others, without moving what is in view."""
        self._text.mark_set("top", "@0,0")
        with self._editing():
            first_day = self._text.tag_nextrange("first day", "1.0")
            days = self._insert_log("log", entries)
            if first_day and days:
                start, end = self._text.tag_ranges("first day")[-2:]
                if days[-1] == self._first_day:
                    self._text.delete(start, end)
                else:
                    self._text.tag_remove("first day", start, end)
                self._first_day = days[0]
        self._text.yview("top")

    def _clear(self) -> None:
        """Show no entries and notices any more; what waits stays."""
        with self._editing():
            self._text.delete("log", "waiting")
        self._first_day = self._last_day = ""

    def _show_waiting(self, texts: Sequence[str]) -> None:
        head, body, gap = ("ours", "wait", "time"), ("ours", "wait"), ("gap",)
        with self._following():
            self._text.delete("waiting", "end-1c")
            self._text.mark_gravity("waiting", "left")
            for text in texts:
                self._text.insert("end-1c", "waiting\n", head, _body(text), body, "\n", gap)
            self._text.mark_gravity("waiting", "right")

    def _offer_earlier(self, offers: bool) -> None:
        """Show or hide the line that fetches earlier messages."""
        if offers == self._offers_earlier:
            return
        self._offers_earlier = offers
        with self._editing():
            if offers:
                self._text.insert("1.0", "Show earlier messages\n", ("notice", "earlier"))
                self._text.mark_set("log", "2.0")
            else:
                self._text.delete("1.0", "2.0")

    # Widgets ---------------------------------------------------------------------------

    def _make_text(self) -> Text:
        text = Text(
            self,
            wrap="word",
            state="disabled",
            relief="flat",
            highlightthickness=0,
            padx=12,
            pady=8,
            background=theme.PAPER,
            foreground=theme.INK,
            cursor="arrow",
            width=40,
            height=10,
        )
        bar = ttk.Scrollbar(self, command=text.yview)

        def scrolled(low: float, high: float) -> None:
            bar.set(low, high)
            if float(high) >= 1.0:
                self._jump.place_forget()

        text.configure(yscrollcommand=scrolled)
        bar.pack(side="right", fill="y")
        text.pack(side="left", fill="both", expand=True)
        text.bind("<Button-1>", lambda _: text.focus_set())  # so that Ctrl-C copies
        text.bind("<Configure>", lambda event: self._set_margins(event.width))
        # What came before there was a size to show it in is read from its end, too.
        text.bind("<Map>", lambda _: self.after_idle(self.scroll_to_end))
        return text

    def _make_tags(self) -> None:
        small = theme.variant_font("TkDefaultFont", -1)
        configure = self._text.tag_configure
        for side, colour in (("theirs", theme.THEIRS), ("ours", theme.OURS)):
            configure(side, background=colour, spacing1=1, spacing3=1)
            configure(side, lmargincolor=theme.PAPER, rmargincolor=theme.PAPER)
        configure("wait", background=theme.WAITING)
        configure(
            "head", font=theme.variant_font("TkDefaultFont", -1, "bold"), foreground=theme.ACCENT
        )
        configure("time", font=small, foreground=theme.FADED)
        configure("gap", font=theme.variant_font("TkDefaultFont", -6))
        configure("notice", justify="center", font=small, foreground=theme.FADED, spacing1=4)
        configure("notice", spacing3=4)
        configure("earlier", underline=True, foreground=theme.ACCENT)
        self._text.tag_bind("earlier", "<Button-1>", lambda _: self._fetch_earlier())
        self._text.tag_raise("sel")

    def _set_margins(self, width: int) -> None:
        """Keep a quarter of the width free beside each bubble."""
        free, edge = max(width // 4, 40), 8
        for tag, left, right in (("theirs", edge, free), ("ours", free, edge)):
            self._text.tag_configure(tag, lmargin1=left, lmargin2=left, rmargin=right)

    # Text ------------------------------------------------------------------------------

    @contextlib.contextmanager
    def _editing(self) -> Iterator[None]:
        self._text.configure(state="normal")
        try:
            yield
        finally:
            self._text.configure(state="disabled")

    @contextlib.contextmanager
    def _following(self) -> Iterator[None]:
        """Change the text, and follow it only if its end was in view, or nothing was yet."""
        follows = self.is_at_end or not self._text.winfo_viewable()
        with self._editing():
            yield
        if follows:
            self._text.see("end")
        else:
            self._jump.place(relx=0.5, rely=1.0, y=-8, anchor="s")

    def _insert_log(self, mark: str, entries: Sequence[Entry], day: str = "") -> list[str]:
        """Insert entries at a mark, with a notice wherever a new day begins.

        `day` is the day of what stands before; return the days there were.
        """
        days = [day] if day else []
        self._text.mark_set("here", mark)
        self._text.mark_gravity("here", "right")
        for entry in entries:
            when = _local_time(entry.time)
            today = f"{when:%A, %d %B %Y}" if when else ""
            if today and today not in days[-1:]:
                tags = ("notice",) if days else ("notice", "first day")
                self._text.insert("here", f"{today}\n", tags)
                days.append(today)
            side = "ours" if self._shown.is_ours(entry) else "theirs"
            self._insert_bubble(entry, when, side)
        return days

    def _insert_bubble(self, entry: Entry, when: datetime | None, side: str) -> None:
        clock = f"{when:%H:%M}" if when else entry.time
        state = "  stored" if side == "ours" else ""
        self._text.insert(
            "here",
            show_text(entry.name),
            (side, "head"),
            f"  {show_text(clock)}{state}\n",
            (side, "time"),
            _body(entry.text),
            (side,),
            "\n",
            ("gap",),
        )


def _body(text: str) -> str:
    """Return a message as it is shown: on its own lines, without harmful characters."""
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join(map(show_text, lines)) + "\n"


def _local_time(time: str) -> datetime | None:
    try:
        return datetime.fromisoformat(time.removesuffix("Z") + "+00:00").astimezone()
    except (ValueError, OverflowError, OSError):
        return None
