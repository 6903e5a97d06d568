"""The rows on their canvas: which are drawn, where the view is, which pages are read.

The place is a row and how many of its pixels are hidden; what comes, and another size of
the window, leaves it as it is, unless it is at the end, which is followed.
"""

import time
from collections.abc import Callable
from tkinter import Canvas, Frame

from chatroom.client.conversation import Changed, Conversation, Kind
from chatroom.windows import later, theme
from chatroom.windows.conversation import bar, boxes, bubbles, day, jump, layout, ruler
from chatroom.windows.conversation.selection import Selection
from chatroom.words.chat import Chat

FOOT = 12
PAGE_KEPT = 60
"""So many pixels of a page are still in view on the next one."""
TYPICAL_ROW = 62
"""The height of a row, where the length of the scroll bar's thumb is concerned."""
LONGEST_THUMB = 0.9
FRAME_MS = 30
"""What comes in a burst is drawn once in so long."""
REST_MS = 40
"""A page is asked for when the thumb, dragged, has rested so long."""
COUNTED_MOST = 1000
"""Of more new messages none is looked at, whether it is ours."""
MIDDLE, BELOW_CONTEXT = 0.5, 0.25
"""Where a row is brought to, as a share of the view's height."""


class Scroller:
    """Draws what is in view of a conversation, and goes to places in it."""

    def __init__(
        self,
        parent: Frame,
        look: theme.Theme,
        shown: Conversation,
        selected: Selection,
        read_page: Callable[[int, int], None],
    ) -> None:
        """Fill a frame; have pages (first, last) read by `read_page`."""
        self._look, self._shown, self._read_page = look, shown, read_page
        self.unseen = 0
        """New messages of others below, while the end is not in view."""
        self._aim: tuple[int, float] | None = None
        self._place: tuple[int, float] | None = None
        """A row to begin at, and how much of it is hidden, from 0 to 1."""
        self._changed: Changed | None = None
        self._known_head = 0
        self._drawn_at = 0.0
        self.canvas = Canvas(
            parent, background=look.c.chat, highlightthickness=0, takefocus=True, width=1, height=1
        )
        self._update = later.Later(self.canvas, self._catch_up)
        self._rest = later.Later(self.canvas, self._rested)
        self.bar = bar.Bar(parent, look, self._drag, self._let_go)
        self.bar.pack(side="right", fill="y")
        self.canvas.pack(side="left", fill="both", expand=True)
        measures = ruler.Ruler(parent, look)
        self._boxes = boxes.Boxes(look, measures, shown)
        self._layout = layout.Layout(self._boxes.height)
        self._layout.foot = look.px(FOOT)
        self.bubbles = bubbles.Bubbles(
            self.canvas, look, selected, wide_emoji=measures.counts_emoji_twice
        )
        self.jump = jump.Jump(self.canvas, look, self.go_to_end)
        self._day = day.Day(parent, self.canvas, look, self._boxes)
        self._empty = self.canvas.create_text(
            0, 0, text=Chat.EMPTY(), font=look.body, fill=look.c.faded, justify="center"
        )
        for sequence in ("<Configure>", "<Visibility>"):  # pages are read once they can be seen
            self.canvas.bind(sequence, lambda _: self._update.when_idle())

    # What is shown ---------------------------------------------------------------------

    def draw(self, changed: Changed) -> None:
        """Show what has changed, soon: many changes at once are drawn once."""
        if self._changed is not None:
            first, last = self._changed.first, self._changed.last
            changed = Changed(min(first, changed.first), max(last, changed.last))
        self._changed = changed
        since_ms = (time.monotonic() - self._drawn_at) * 1000
        if since_ms < FRAME_MS:
            self._update.within(FRAME_MS - int(since_ms))
        else:
            self._update.when_idle()

    def say_empty(self, sentence: str) -> None:
        """Say this where there is nothing to show."""
        self.canvas.itemconfigure(self._empty, text=sentence)

    def reset(self) -> None:
        """Show another log: from the line of what is unread, or else its newest message."""
        unread = self._shown.unread
        self._aim = (unread, BELOW_CONTEXT) if unread is not None else None
        self._layout.go_to_end()
        self._day.step()
        self.unseen = self._shown.head - unread + 1 if unread is not None else 0
        self.draw(Changed(0, self._shown.count))

    def take_over(self, other: "Scroller") -> None:
        """Show the same place as another view of this conversation, in rows of other heights."""
        other.catch_up()
        if not other._layout.is_at_end:
            number, hidden = other._layout.place
            self._place = number, hidden / other._boxes.height(number)
        self._aim, self.unseen = other._aim, other.unseen
        self.draw(Changed(0, self._shown.count))

    # Where it is -----------------------------------------------------------------------

    @property
    def is_at_end(self) -> bool:
        """Whether the newest is in view, so that it is followed."""
        self.catch_up()
        return self._layout.is_at_end

    @property
    def position(self) -> tuple[int, int]:
        """The topmost row in view, and how many of its pixels are hidden."""
        self.catch_up()
        return self._layout.place

    def visible(self) -> list[int]:
        """Return the rows in view, from the top."""
        self.catch_up()
        return [slot.number for slot in self._layout.slots()]

    def go_to_end(self) -> None:
        """Show the newest."""
        self.catch_up()
        self._aim = None
        self._layout.go_to_end()
        self._update.when_idle()

    def go_to_start(self) -> None:
        """Show the top of the room."""
        self.catch_up()
        self._aim = None
        self._layout.put(0, 0)
        self._day.step()
        self._update.when_idle()

    def go_to(self, number: int) -> None:
        """Bring a row into the middle, also where its page has yet to be read."""
        self.catch_up()
        self._aim = number, MIDDLE
        self._day.step()
        self._update.when_idle()

    def scroll(self, pixels: int) -> None:
        """Scroll down by so much, or up."""
        self.catch_up()
        self._aim = None
        self._layout.move(pixels)
        self._day.step()
        self._paint()

    def scroll_pages(self, count: float) -> None:
        """Scroll down by so many times what is in view, or up."""
        self.scroll(round(count * max(self._layout.view - self._look.px(PAGE_KEPT), 1)))

    # Drawing ---------------------------------------------------------------------------

    def catch_up(self) -> None:
        """Draw now what is to be drawn soon."""
        if self._update.is_due:
            self._update.cancel()
            self._catch_up()

    def _catch_up(self) -> None:
        if self.canvas.winfo_width() <= 1:  # it has no place in a window yet
            return
        changed, self._changed = self._changed, None
        follows, pin = self._layout.is_at_end, self._pin()
        self._fit()
        if changed is not None:
            self._take_in(changed, follows, pin)
        if self._place is not None:
            number, hidden = self._place
            self._place = None
            self._layout.put(number, -round(hidden * self._boxes.height(number)))
        if self._aim is not None:
            self._layout.put_within(*self._aim)
            if self._is_coming():
                self._rest.within(REST_MS)
                return
        self._paint()

    def _fit(self) -> None:
        """Take over the size of the window."""
        width, height = self.canvas.winfo_width(), self.canvas.winfo_height()
        if self._boxes.set_width(width):
            self.bubbles.remove_all()
            self.bubbles.width, self.bubbles.sides = width, self._boxes.sides
        self._layout.view = height
        self.canvas.coords(self._empty, width // 2, height // 2)
        self.canvas.itemconfigure(self._empty, width=max(width - self._look.px(60), 60))

    def _take_in(self, changed: Changed, follows: bool, pin: tuple[int, int] | None) -> None:
        """Have the rows as they are now, and what was in view where it was."""
        head, count = self._known_head, self._layout.count
        self.bubbles.remove(self._boxes.forget(changed.first, changed.last))
        self._layout.count, self._known_head = self._shown.count, self._shown.head
        if follows:
            self._layout.go_to_end()
            return
        self.unseen += self._count_others(head + 1)
        if pin is not None:
            number, y = pin
            if number > head:  # what waits moves down when others speak
                number += self._shown.count - count
            number = min(max(number, 0), self._shown.count)
            self._layout.put(number, y - self._boxes[number].lead)

    def _pin(self) -> tuple[int, int] | None:
        """Return the row in view that is to stay, and where its text begins.

        None where there are only stand-ins, which nobody reads.
        """
        for number, y in self._layout.slots():
            box = self._boxes[number]
            if box.message is not None:
                return number, y + box.lead
        return None

    def _count_others(self, first: int) -> int:
        """Count the messages of others from this one on."""
        new = range(first, self._shown.head + 1)
        if len(new) > COUNTED_MOST:
            return len(new)
        return sum(self._shown.row(number).kind is not Kind.OURS for number in new)

    def _paint(self) -> None:
        """Draw what is in view, where it is now."""
        slots = self._layout.slots()
        self.bubbles.place({number: (y, self._boxes[number]) for number, y in slots})
        is_at_end = self._layout.is_at_end
        below = max(self._shown.head - slots[-1].number, 0)
        self.unseen = 0 if is_at_end else min(self.unseen, below)
        self._show_around(is_at_end)
        self._drawn_at = time.monotonic()
        if self.bar.is_dragged:
            self._day.tell_at(slots, sum(self.bar.thumb) // 2)
        else:
            self._want(slots)
            self._day.tell(slots, self._layout.count if is_at_end else None)

    def _show_around(self, is_at_end: bool) -> None:
        """Show the scroll bar, the button to the newest, and that there is nothing."""
        height, count = self._layout.view, self._layout.count + 1
        top, hidden = self._layout.place
        fits = is_at_end and top == 0 and hidden <= 0
        length = min(height / (count * self._look.px(TYPICAL_ROW)), LONGEST_THUMB)
        self.bar.show(self._layout.share, 1.0 if fits else length)
        if is_at_end:
            self.jump.hide()
        else:
            self.jump.show(self.bubbles.width, height, self._boxes.sides, self.unseen)
        is_empty = self._shown.count == 0 and not self._boxes[0].notices
        self.canvas.itemconfigure(self._empty, state="normal" if is_empty else "hidden")

    def _want(self, slots: list[layout.Slot]) -> bool:
        """Have read what is in view and not at hand; tell whether that was asked for now."""
        if not self.canvas.winfo_viewable():
            return False
        page = self._shown.want(slots[0].number, slots[-1].number)
        if page is not None:
            self._read_page(*page)
        if self._aim is not None and not any(self._is_absent(number) for number, _ in slots):
            self._aim = None
        return page is not None

    def _is_coming(self) -> bool:
        """Tell whether all in view was asked for just now: it may be here before the eye is."""
        slots = self._layout.slots()
        return all(self._is_absent(number) for number, _ in slots) and self._want(slots)

    def _is_absent(self, number: int) -> bool:
        return self._boxes[number].row.kind is Kind.ABSENT

    # The scroll bar --------------------------------------------------------------------

    def _drag(self, share: float) -> None:
        self.catch_up()
        self._aim = None
        self._layout.go_to_share(share)
        self._update.when_idle()
        self._rest.cancel()
        self._rest.within(REST_MS)

    def _rested(self) -> None:
        self.catch_up()
        self._paint()
        self._want(self._layout.slots())

    def _let_go(self) -> None:
        self._day.hide()
        self._update.when_idle()
