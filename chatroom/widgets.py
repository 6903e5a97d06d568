"""What both windows are made of. Only code that has a Tk imports this module."""

import contextlib
import logging
import time
import tkinter as tk
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from tkinter import font, ttk
from typing import Any

from chatroom.driver import Driver
from chatroom.entries import Entry
from chatroom.words import show_text

POLL_EVERY_MS = 20
POLL_FOR_S = 0.02
"""What more there is waits for the next poll, so that no crowd freezes the window."""

logger = logging.getLogger(__name__)

ACCENT = "#1f6f54"
CANVAS = "#f3f4f6"
PAPER = "#ffffff"
INK = "#1d2327"
FADED = "#6a737b"
THEIRS = "#eef1f3"
OURS = "#d9f2e4"
WAITING = "#f4f1dc"
ALARM = "#a3271f"


def make_root(title: str, size: str) -> tk.Tk:
    """Return a main window in the house's style. Raises TclError without a display."""
    root = tk.Tk(className="Chatroom")
    root.title(title)
    root.geometry(size)
    root.configure(background=CANVAS)
    root.option_add("*Text.font", "TkDefaultFont")
    style = ttk.Style(root)
    if style.theme_use() == "default":  # the plain X11 look
        style.theme_use("clam")
    style.configure(".", background=CANVAS)
    style.configure("Title.TLabel", font=_variant("TkDefaultFont", 3, "bold"))
    style.configure("Faded.TLabel", foreground=FADED)
    style.configure("Alarm.TLabel", foreground=ALARM)
    style.configure("Accent.TButton", font=_variant("TkDefaultFont", 0, "bold"))
    return root


class Poller:
    """Brings a driver's events into the window's thread, a bounded number at a time."""

    def __init__(self, root: tk.Misc, handle: Callable[[Any], None]) -> None:
        self.driver: Driver[Any] | None = None
        self._root = root
        self._handle = handle
        self._next = root.after(POLL_EVERY_MS, self._poll)
        root.bind("<Destroy>", self._stop, add=True)

    def _stop(self, event: "tk.Event[tk.Misc]") -> None:
        if event.widget is self._root:
            self.driver = None
            self._root.after_cancel(self._next)

    def _poll(self) -> None:
        until = time.monotonic() + POLL_FOR_S
        while self.driver is not None and time.monotonic() < until:
            event = self.driver.next_event()
            if event is None:
                break
            try:
                self._handle(event)
            except Exception:
                logger.exception("an event could not be shown: %r", type(event))
        self._next = self._root.after(POLL_EVERY_MS, self._poll)


class Transcript(ttk.Frame):
    """The conversation: one read-only, selectable Text, whose tags draw the bubbles.

    From top to bottom: a line that fetches earlier messages, the log, and what we have
    said but the server not yet stored.
    """

    def __init__(self, parent: tk.Misc, fetch_earlier: Callable[[], None]) -> None:
        super().__init__(parent)
        self._fetch_earlier = fetch_earlier
        self._first_day = self._last_day = ""
        self._waiting: list[tuple[int, str]] = []
        self._jump = ttk.Button(
            self, text="New messages below", command=self.scroll_to_end
        )
        self._text = self._make_text()
        self._make_tags()
        self.clear()

    def clear(self) -> None:
        """Show nothing, but what is still waiting."""
        with self._editing():
            self._text.delete("1.0", "end")
            self._text.mark_set("log", "1.0")
            self._text.mark_gravity("log", "left")
            self._text.mark_set("waiting", "1.0")
        self._first_day = self._last_day = ""
        self._offers_earlier = False
        self.show_waiting(self._waiting)

    def add(self, entries: Sequence[Entry], is_ours: Callable[[Entry], bool]) -> None:
        """Show entries at the end of the log."""
        with self._following():
            days = self._insert_log("waiting", entries, is_ours, day=self._last_day)
        self._last_day = days[-1] if days else ""
        self._first_day = self._first_day or (days[0] if days else "")

    def add_earlier(
        self, entries: Sequence[Entry], is_ours: Callable[[Entry], bool]
    ) -> None:
        """Show entries before all others, without moving what is in view."""
        self._text.mark_set("top", "@0,0")
        with self._editing():
            first_day = self._text.tag_nextrange("first day", "1.0")
            days = self._insert_log("log", entries, is_ours)
            if first_day and days:
                start, end = self._text.tag_ranges("first day")[-2:]
                if days[-1] == self._first_day:
                    self._text.delete(start, end)
                else:
                    self._text.tag_remove("first day", start, end)
                self._first_day = days[0]
        self._text.yview("top")

    def offer_earlier(self, offers: bool) -> None:
        """Show or hide the line that fetches earlier messages."""
        if offers == self._offers_earlier:
            return
        self._offers_earlier = offers
        with self._editing():
            if offers:
                tags = ("notice", "earlier")
                self._text.insert("1.0", "Show earlier messages\n", tags)
                self._text.mark_set("log", "2.0")
            else:
                self._text.delete("1.0", "2.0")

    def add_notice(self, sentence: str) -> None:
        """Show a sentence in the middle."""
        with self._following():
            self._text.insert("waiting", f"{show_text(sentence)}\n", "notice")

    def show_waiting(self, waiting: Sequence[tuple[int, str]]) -> None:
        """Show what we have said, by counter, and the server has not yet stored."""
        self._waiting = list(waiting)
        with self._following():
            self._text.delete("waiting", "end-1c")
            self._text.mark_gravity("waiting", "left")
            for _, text in self._waiting:
                self._text.insert(
                    "end-1c",
                    "waiting\n",
                    ("ours", "wait", "time"),
                    _body(text),
                    ("ours", "wait"),
                    "\n",
                    ("gap",),
                )
            self._text.mark_gravity("waiting", "right")

    def scroll_to_end(self) -> None:
        """Show the newest."""
        self._text.see("end")
        self._jump.place_forget()

    def content(self) -> str:
        """Return all that is shown, as text."""
        return self._text.get("1.0", "end-1c")

    # ----------------------------------------------------------------------------------

    def _make_text(self) -> tk.Text:
        text = tk.Text(
            self,
            wrap="word",
            state="disabled",
            relief="flat",
            highlightthickness=0,
            padx=12,
            pady=8,
            background=PAPER,
            foreground=INK,
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
        return text

    def _make_tags(self) -> None:
        small = _variant("TkDefaultFont", -1)
        configure = self._text.tag_configure
        for side, colour in (("theirs", THEIRS), ("ours", OURS)):
            configure(side, background=colour, spacing1=1, spacing3=1)
            configure(side, lmargincolor=PAPER, rmargincolor=PAPER)
        configure("wait", background=WAITING)
        configure("head", font=_variant("TkDefaultFont", -1, "bold"), foreground=ACCENT)
        configure("time", font=small, foreground=FADED)
        configure("gap", font=_variant("TkDefaultFont", -6))
        configure("notice", justify="center", font=small, foreground=FADED, spacing1=4)
        configure("notice", spacing3=4)
        configure("earlier", underline=True, foreground=ACCENT)
        self._text.tag_bind("earlier", "<Button-1>", lambda _: self._fetch_earlier())
        self._text.tag_raise("sel")

    def _set_margins(self, width: int) -> None:
        """Keep a quarter of the width free beside each bubble."""
        free, edge = max(width // 4, 40), 8
        for tag, left, right in (("theirs", edge, free), ("ours", free, edge)):
            self._text.tag_configure(tag, lmargin1=left, lmargin2=left, rmargin=right)

    @contextlib.contextmanager
    def _editing(self) -> Iterator[None]:
        self._text.configure(state="normal")
        try:
            yield
        finally:
            self._text.configure(state="disabled")

    @contextlib.contextmanager
    def _following(self) -> Iterator[None]:
        """Change the text, and follow it only if its end was in view."""
        follows = self._text.yview()[1] >= 1.0
        with self._editing():
            yield
        if follows:
            self._text.see("end")
        else:
            self._jump.place(relx=0.5, rely=1.0, y=-8, anchor="s")

    def _insert_log(
        self,
        mark: str,
        entries: Sequence[Entry],
        is_ours: Callable[[Entry], bool],
        *,
        day: str = "",
    ) -> list[str]:
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
            self._insert_bubble(entry, when, "ours" if is_ours(entry) else "theirs")
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


def _variant(name: str, larger: int, weight: str = "normal") -> tuple[str, int, str]:
    """Return a font like a named one, `larger` by so many points."""
    actual = font.nametofont(name).actual()
    return actual["family"], max(int(actual["size"]) + larger, 4), weight
