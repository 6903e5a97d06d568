"""The conversation as a part of a window; what other parts say to it.

view = ConversationView(parent, conversation, read_page)
view.draw(conversation.handle(event))
"""

from collections.abc import Callable, Iterable
from tkinter import Frame, Misc

from chatroom.client.conversation import Changed, Conversation
from chatroom.protocol import search
from chatroom.windows import theme
from chatroom.windows.conversation import clipping, focus, keys, labels, pointer, sheets
from chatroom.windows.conversation.scroller import Scroller
from chatroom.windows.conversation.selection import Selection


class ConversationView(Frame):
    """Shows a conversation; draws what has changed when it is told so."""

    def __init__(
        self,
        parent: Misc,
        shown: Conversation,
        read_page: Callable[[int, int], None],
        *,
        typed: Callable[[str], None] | None = None,
    ) -> None:
        """Have pages (first, last) read by `read_page`; `draw` what came of it.

        `typed(character)` is called for what is typed while the list has the keyboard.
        """
        look = theme.of(parent)
        super().__init__(parent, background=look.c.chat, highlightthickness=look.px(2))
        self._shown = shown
        self._query: search.Query | None = None
        self._current: int | None = None
        selected = Selection(shown)
        self.scroller = Scroller(self, look, shown, selected, read_page)
        self.clipping = clipping.Clipping(self.scroller, shown, selected)
        self.scroller.bubbles.marking = self._marking
        ring = focus.FocusRing(self, look, self.scroller.canvas)
        mouse = pointer.Pointer(self, look, self.scroller, self.clipping, ring)
        keys.bind(self.scroller, look, self.clipping, mouse, typed)

    def draw(self, changed: Changed | None) -> None:
        """Show what has changed, soon: many changes at once are drawn once."""
        if changed is not None:
            self.scroller.draw(changed)

    def reset(self) -> None:
        """Show another log: from the line of what is unread, or else its newest message."""
        self.clipping.clear()
        self.scroller.reset()

    def say_empty(self, sentence: str) -> None:
        """Say this where there is nothing to show."""
        self.scroller.say_empty(sentence)

    def take_over(self, other: "ConversationView") -> None:
        """Show the same place as another view of this conversation, with its marks."""
        self.mark(other._query, other._current)
        self.clipping.take_over(other.clipping)
        self.scroller.take_over(other.scroller)

    def mark(self, query: search.Query | None, current: int | None = None) -> None:
        """Mark what a search finds, in another colour in the row `current`; None for nothing."""
        self._query, self._current = query, current
        self.scroller.bubbles.mark_all()

    def go_to_end(self) -> None:
        """Show the newest, and follow it."""
        self.scroller.go_to_end()

    def go_to(self, number: int) -> None:
        """Bring a row into the middle, also where its page has yet to be read."""
        self.scroller.go_to(number)

    def scroll_pages(self, count: float) -> None:
        """Scroll down by so many times what is in view, or up."""
        self.scroller.scroll_pages(count)

    @property
    def is_at_end(self) -> bool:
        """Whether the newest is in view, so that it is followed."""
        return self.scroller.is_at_end

    @property
    def position(self) -> tuple[int, int]:
        """The topmost row in view, and how many of its pixels are hidden."""
        return self.scroller.position

    @property
    def unseen(self) -> int:
        """New messages of others below, while the end is not in view."""
        return self.scroller.unseen

    def visible(self) -> list[int]:
        """Return the rows in view, from the top."""
        return self.scroller.visible()

    def content(self) -> str:
        """Return all rows that are at hand as text, in their order."""
        shown = self._shown
        entries = sorted(entry.seq for entry in shown.newest_first())
        lines = []
        for number in (0, *entries, *range(shown.head + 1, shown.count + 1)):
            row = shown.row(number)
            lines += labels.as_lines(row)
        return "\n".join(lines)

    def _marking(self, number: int, text: str) -> tuple[Iterable[tuple[int, int]], str]:
        tag = sheets.HIT_NOW if number == self._current else sheets.HIT
        query = self._query
        if query is None or not query.matches(self._shown.row(number).name, text):
            return (), tag
        return query.spans(text), tag
