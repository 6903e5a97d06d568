"""Searching the conversation: a field, what is found, and the way from hit to hit."""

import itertools
import time
import tkinter as tk
from collections.abc import Callable, Iterable, Iterator
from tkinter import ttk

from chatroom.client import conversation, events
from chatroom.client.hits import Hits, Wish
from chatroom.protocol import wire
from chatroom.protocol.entries import Entry
from chatroom.windows import icon_button, keys, later, mnemonics, theme
from chatroom.words.chat import Chat

TYPING_PAUSE_MS = 200
LOOK_AT_ONCE = 200
LOOK_FOR_S = 0.006
LOOK_AGAIN_MS = 8
"""What is at hand is looked through in slices, so that nothing else waits."""

NARROW = 520
"""In less room than this, at 100 %, what is found stands below the field."""


class FindBar(ttk.Frame):
    """Finds in what is at hand by itself, and through `find` and `stop` in the whole room.

    `show_hit` is told the number of the hit to be shown, `mark` the words to be marked in all
    that is shown, None and "" for nothing. `close` is called when the person is done. It shows
    itself where it was put by `grid`.
    """

    def __init__(
        self,
        parent: tk.Misc,
        shown: conversation.Conversation,
        *,
        find: Callable[[str, int], None],
        stop: Callable[[], None],
        show_hit: Callable[[int | None], None],
        mark: Callable[[str], None],
        close: Callable[[], None],
    ) -> None:
        super().__init__(parent)
        self._find, self._stop = find, stop
        self._show_hit, self._mark, self._close = show_hit, mark, close
        self._shown = shown
        self._hits = Hits()
        self._hit: int | None = None
        self._at_hand: Iterator[Entry] = iter(())
        self._typing = later.Later(self, self._search)
        self._looking = later.Later(self, self._look_on)
        self._words = tk.StringVar(self)
        self._build(theme.of(self))
        self._trace = self._words.trace_add("write", self._typed)
        self.bind("<Configure>", self._lay)
        self._say()

    def destroy(self) -> None:
        """Go, and be forgotten: what a variable calls is held outside of Python."""
        self._words.trace_remove("write", self._trace)
        super().destroy()

    @property
    def is_open(self) -> bool:
        """Whether it can be seen."""
        return bool(self.winfo_manager())

    def open(self, words: str = "") -> None:
        """Show it, with the keyboard in its field; search for these words, or the last ones."""
        self.grid()
        if words:
            self._words.set(words)
        self._field.focus_set()
        self._field.selection_range(0, "end")
        self._field.icursor("end")
        self._search()

    def take_over(self, other: "FindBar") -> None:
        """Go on with the search of another one, where it is."""
        self._hits, self._hit, self._at_hand = other._hits, other._hit, other._at_hand
        self._words.set(other._words.get())
        self._typing.cancel()
        self._field.icursor(other._field.index("insert"))
        if other._looking.is_due:
            self._looking.start(LOOK_AGAIN_MS)
        self._say()
        if other.is_open:
            self.grid()
            self._search()  # where other words were typed just now

    def close(self) -> None:
        """Leave no marks, and go; the words stay for the next time."""
        self._begin("")
        self.grid_remove()
        self._close()

    def handle(self, event: object) -> None:
        """Take in what a member tells, once the conversation has done so."""
        match event:
            case events.HitsFound():
                self._hits.hear(event)
            case events.NewEntries(entries) | events.PageRead(entries):
                self._hits.look(entries)
            case events.LogReplaced():
                self._begin(self._hits.words)
            case events.Entered(back=True) if self._hits.words:
                self._ask(self._hits.again(self._shown.head))
                self._look_from_the_end()
            case _:
                return
        self._settle()

    def look(self, entries: Iterable[Entry]) -> None:
        """Look through more entries of the log, new ones or a page of older ones."""
        self._hits.look(entries)
        self._settle()

    # What it looks like ----------------------------------------------------------------

    def _build(self, look: theme.Theme) -> None:
        px = look.px
        line = self._line = ttk.Frame(self, padding=(px(16), px(5), px(10), px(5)))
        line.pack(fill="x")
        ttk.Frame(self, style="Line.TFrame", height=max(px(1), 1)).pack(fill="x")
        line.columnconfigure(1, weight=1)
        glass = ttk.Label(line, image=look.icon("search", look.c.faded))
        self._field = ttk.Entry(line, textvariable=self._words, font=look.body, width=8)
        self._said = ttk.Label(line, style="Faded.TLabel")
        self._stop_button = ttk.Button(line, style="Ghost.TButton", command=self._give_up)
        mnemonics.name(self._stop_button, Chat.STOP_SEARCH())
        glass.grid(row=0, column=0, padx=(0, px(6)))
        self._field.grid(row=0, column=1, sticky="ew")
        self._stop_button.grid(row=0, column=3)
        button = icon_button.IconButton
        self._older = button(  # what is older lies above
            line, "previous", Chat.OLDER(), self._go_older, Chat.OLDER_HINT(), key="Enter"
        )
        self._newer = button(
            line, "next", Chat.NEWER(), self._go_newer, Chat.NEWER_HINT(), key="Shift+Enter"
        )
        closing = button(line, "close", Chat.CLOSE_SEARCH(), self.close, key="Esc")
        for column, one in enumerate((self._older, self._newer, closing), start=4):
            one.grid(row=0, column=column)
        keys.set_up(self)
        self._bind_keys()

    def _bind_keys(self) -> None:
        for enter in ("Return", "KP_Enter"):
            keys.bind(self._field, f"<{enter}>", self._go_older)
            keys.bind(self._field, f"<Shift-{enter}>", self._go_newer)
        keys.bind(self._field, "<Up>", self._go_older)
        keys.bind(self._field, "<Down>", self._go_newer)
        for widget in self._line.winfo_children():
            if not isinstance(widget, ttk.Label):  # with a key, Tab would go to it
                keys.bind(widget, "<Escape>", self.close)

    def _lay(self, _: "tk.Event[tk.Misc]") -> None:
        """Put what is found beside the field, or below it where there is too little room."""
        px = theme.of(self).px
        if self.winfo_width() < px(NARROW):
            self._said.grid(row=1, column=1, columnspan=6, sticky="w", padx=px(2))
        else:
            self._said.grid(row=0, column=2, columnspan=1, sticky="e", padx=px(10))

    def _say(self) -> None:
        """Say what is found, and offer what can be done."""
        hits = self._hits
        if not hits.words:
            said = ""
        elif hits.count:
            known = Chat.HITS if hits.is_complete else Chat.HITS_SO_FAR
            said = known(rank=hits.rank, count=hits.count)
        else:
            said = Chat.NOTHING() if hits.is_complete else Chat.NOTHING_SO_FAR()
        if hits.is_searching and hits.words:
            said = Chat.SEARCHED(said=said, share=hits.share)
            self._stop_button.grid()
        else:
            self._stop_button.grid_remove()
        self._said.configure(text=said)
        # A search that was stopped goes on with a step to what is older.
        is_stopped = bool(hits.words) and not hits.is_complete and not hits.is_searching
        for button, has_use in ((self._older, hits.count or is_stopped), (self._newer, hits.count)):
            button.state(["!disabled" if has_use else "disabled"])

    # What is looked for ----------------------------------------------------------------

    def _typed(self, *_: str) -> None:
        self._typing.start(TYPING_PAUSE_MS)

    def _search(self) -> None:
        """Look for what stands in the field, if it is something else than before."""
        self._typing.cancel()
        typed = self._words.get().strip()
        words = typed.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if len(words.encode()) > wire.WORDS_SIZE:
            self._begin("")
            self._said.configure(text=Chat.TOO_LONG())
        elif words != self._hits.words:
            self._begin(words)

    def _begin(self, words: str) -> None:
        if self._hits.words:
            self._stop()
        wish = self._hits.begin(words, self._shown.head)
        self._mark(words)
        self._look_from_the_end()
        self._ask(wish)
        self._settle()

    def _ask(self, wish: Wish | None) -> None:
        if wish is not None:
            self._find(wish.words, wish.before)

    def _look_from_the_end(self) -> None:
        self._looking.cancel()
        entries = list(self._shown.newest_first()) if self._hits.words else []
        self._at_hand = iter(entries)
        self._look_on()

    def _look_on(self) -> None:
        """Look through what is at hand for some milliseconds; go on soon."""
        until = time.perf_counter() + LOOK_FOR_S
        goes_on = True
        while goes_on and time.perf_counter() < until:
            some = list(itertools.islice(self._at_hand, LOOK_AT_ONCE))
            self._hits.look(some)
            goes_on = bool(some)
        if goes_on:
            self._looking.start(LOOK_AGAIN_MS)
        self._settle()

    # Going from hit to hit -------------------------------------------------------------

    def _go_older(self) -> None:
        self._step(self._hits.go_older)

    def _go_newer(self) -> None:
        self._step(self._hits.go_newer)

    def _step(self, go: Callable[[], Wish | None]) -> None:
        """Go on; to the first hit where other words were typed meanwhile."""
        if self._typing.is_due:
            self._search()
        else:
            self._hit = None  # it is shown again, though it were the only one
            self._ask(go())
            self._settle()

    def _give_up(self) -> None:
        self._stop()
        self._hits.stop()
        self._say()

    def _settle(self) -> None:
        """Show where we stand now."""
        self._say()
        if self._hits.current != self._hit:
            self._hit = self._hits.current
            self._show_hit(self._hit)
