"""The conversation as the host has it: what was said, the search over it, and a composer."""

from collections.abc import Callable
from tkinter import Misc, ttk

from chatroom.client import conversation, events, finding
from chatroom.protocol import search
from chatroom.protocol.entries import Entry
from chatroom.server.events import HitsFound
from chatroom.windows import composer, find_bar
from chatroom.windows.conversation.view import ConversationView
from chatroom.words.chat import Chat
from chatroom.words.hosting import Host


class HostHistory(ttk.Frame):
    """The search bar, where it is open, under it the conversation, and where the host writes.

    `read_page(first, last)`, `find(words, before)`, `stop` and `say(text)` are for the room.
    """

    def __init__(
        self,
        parent: Misc,
        shown: conversation.Conversation,
        *,
        read_page: Callable[[int, int], None],
        find: Callable[[str, int], None],
        stop: Callable[[], None],
        say: Callable[[str], None],
    ) -> None:
        super().__init__(parent)
        self._shown, self._find = shown, find
        self._query: search.Query | None = None
        self._hits = 0  # since the reader last wanted some
        self.columnconfigure(0, weight=1)
        self.rowconfigure(1, weight=1)
        self.view = ConversationView(self, shown, read_page, typed=self._typed)
        self.find_bar = find_bar.FindBar(
            self,
            shown,
            find=self._begin,
            stop=stop,
            show_hit=self._show_hit,
            mark=self._mark,
            close=self.view.scroller.canvas.focus_set,
        )
        self.find_bar.grid(row=0, column=0, sticky="ew")
        self.find_bar.grid_remove()
        self.view.grid(row=1, column=0, sticky="nsew")
        self.composer = composer.Composer(
            self,
            say,
            scroll=self.view.scroll_pages,
            go_to_end=self.view.go_to_end,
            over=Host.DRAFT_KEPT,
        )
        self.composer.grid(row=2, column=0, sticky="ew")

    def begin(self, head: int) -> None:
        """Show a log with so many entries."""
        self._shown.begin(head)
        self.show_anew()

    def show_anew(self) -> None:
        """Show a conversation that is another by now."""
        self.view.reset()
        self.find_bar.handle(events.LogReplaced())

    def add(self, entries: tuple[Entry, ...]) -> None:
        """Show a page of older entries."""
        self.view.draw(self._shown.add(entries))
        self.find_bar.look(entries)

    def hear(self, found: HitsFound) -> None:
        """Take in what the room found, and have it look on until there is enough."""
        self._hits += len(found.numbers)
        is_over = found.back_to <= 1 or self._hits >= finding.HITS_AT_ONCE
        told = events.HitsFound(found.words, found.numbers, found.back_to, is_over)
        self.find_bar.handle(told)
        if not is_over:
            self._find(found.words, found.back_to)

    def enable(self, room: str) -> None:
        """Let the host write to this room; to none where it is "", and it is not open."""
        self.composer.enable(bool(room))
        self.view.say_empty(Chat.EMPTY() if room else Host.NOT_OPEN())
        if room:
            self.composer.set_room(room)
        else:
            self.composer.invite(Host.START_FIRST())

    def take_keyboard(self) -> None:
        """Have the keyboard where the host writes, or reads while nobody can write."""
        if self.composer.is_enabled:
            self.composer.take_keyboard()
        else:
            self.view.scroller.canvas.focus_set()

    def take_over(self, other: "HostHistory") -> None:
        """Have all that the host did on another page: draft, search and place."""
        self._query, self._hits = other._query, other._hits
        self.composer.take_over(other.composer)
        self.find_bar.take_over(other.find_bar)
        self.view.take_over(other.view)

    # ----------------------------------------------------------------------------------

    def _typed(self, character: str) -> None:
        self.composer.typed(character)

    def _begin(self, words: str, before: int) -> None:
        self._hits = 0
        self._find(words, before)

    def _mark(self, words: str) -> None:
        self._query = search.parse(words) if words else None
        self.view.mark(self._query)

    def _show_hit(self, number: int | None) -> None:
        self.view.mark(self._query, number)
        if number is not None:
            self.view.go_to(number)
