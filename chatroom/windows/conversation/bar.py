"""The scroll bar: it stands for the whole log, from its first message."""

from collections.abc import Callable
from tkinter import Canvas, Event, Misc

from chatroom.windows.conversation import rounded
from chatroom.windows.theme import Theme

WIDTH, THUMB_WIDTH, THUMB_LEAST = 12, 7, 36


class Bar(Canvas):
    """A thumb that keeps its length while one scrolls; anywhere pressed, it comes there.

    A ttk scroll bar has a share of the whole as its length, which is less than a pixel in a
    long log.
    """

    def __init__(
        self, parent: Misc, look: Theme, moved: Callable[[float], None], let_go: Callable[[], None]
    ) -> None:
        """`moved(share)` is called while it is dragged (0 first, 1 newest), then `let_go`."""
        super().__init__(
            parent,
            width=look.px(WIDTH),
            background=look.c.chat,
            highlightthickness=0,
            cursor="arrow",
        )
        self._look, self._moved, self._let_go = look, moved, let_go
        self._share, self._length = 0.0, 1.0
        self._is_over = self.is_dragged = False
        self._drawn: tuple[int, int, str] | None = None
        self._held = 0
        """Where the thumb is held, in pixels from its upper end."""
        self.bind("<Configure>", lambda _: self._draw())
        self.bind("<Enter>", lambda _: self._hover(True))
        self.bind("<Leave>", lambda _: self._hover(False))
        self.bind("<Button-1>", self._press)
        self.bind("<B1-Motion>", self._drag)
        self.bind("<ButtonRelease-1>", self._release)

    def show(self, share: float, length: float) -> None:
        """Show how far down the view is, and how much of all is in view; 1 hides it.

        While it is dragged it stays where it is held.
        """
        if not self.is_dragged:
            self._share, self._length = share, length
            if self._state() != self._drawn:
                self._draw()

    @property
    def thumb(self) -> tuple[int, int]:
        """The upper and the lower end of the thumb, in pixels."""
        height, gap = self.winfo_height(), self._look.px(2)
        free = height - 2 * gap
        size = min(max(round(free * self._length), self._look.px(THUMB_LEAST)), free)
        top = gap + round((free - size) * self._share)
        return top, top + size

    # ----------------------------------------------------------------------------------

    def _state(self) -> tuple[int, int, str] | None:
        """Return all that is seen of the thumb: its ends and colour; None without one."""
        if self._length >= 1 or self.winfo_height() < self._look.px(2 * THUMB_LEAST):
            return None
        c = self._look.c
        return *self.thumb, c.thumb_over if self._is_over or self.is_dragged else c.thumb

    def _draw(self) -> None:
        self._drawn = self._state()
        self.delete("all")
        if self._drawn is None:
            return
        look, (top, bottom, colour) = self._look, self._drawn
        width = look.px(THUMB_WIDTH)
        left = (look.px(WIDTH) - width) // 2
        disc, half = rounded.disc(look, colour, width), width // 2
        self.create_image(left, top, image=disc, anchor="nw")
        self.create_image(left, bottom, image=disc, anchor="sw")
        self.create_rectangle(left, top + half, left + width, bottom - half, width=0, fill=colour)

    def _hover(self, over: bool) -> None:
        self._is_over = over
        self._draw()

    def _press(self, event: "Event[Canvas]") -> None:
        if self._length >= 1:
            return
        top, bottom = self.thumb
        on_thumb = top <= event.y < bottom
        self._held = event.y - top if on_thumb else (bottom - top) // 2
        self.is_dragged = True
        self._drag(event)

    def _drag(self, event: "Event[Canvas]") -> None:
        if not self.is_dragged:
            return
        top, bottom = self.thumb
        gap = self._look.px(2)
        free = self.winfo_height() - 2 * gap - (bottom - top)
        share = (event.y - self._held - gap) / free if free > 0 else 1.0
        self._share = min(max(share, 0.0), 1.0)
        self._draw()
        self._moved(self._share)

    def _release(self, _event: "Event[Canvas]") -> None:
        if self.is_dragged:
            self.is_dragged = False
            self._draw()
            self._let_go()
