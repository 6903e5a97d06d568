"""The mouse over the list: selecting, links, the menu."""

import functools
import sys
from tkinter import Event, Frame
from typing import Any

from chatroom.windows import keys, later, theme
from chatroom.windows.conversation import focus, glide, links, marks, menu, selection, tips
from chatroom.windows.conversation.clipping import Clipping
from chatroom.windows.conversation.scroller import Scroller
from chatroom.words.chat import Chat

STEP = 56
"""So many pixels are scrolled for a notch of the wheel."""
DRAG_LEAST = 4
"""A pointer that moved no further did not drag."""
BEYOND_MS = 30
NOT_OPENED_MS = 10_000
"""That a link was not opened is said so long, or until the next click."""
SHIFT = 0x1


class Pointer:
    """What is done with the mouse, on the canvas and on the Texts that lie on it."""

    def __init__(
        self,
        view: Frame,
        look: theme.Theme,
        scroller: Scroller,
        clipping: Clipping,
        ring: focus.FocusRing,
    ) -> None:
        self._view, self._scroller, self._clipping, self._ring = view, scroller, clipping, ring
        self._from = selection.Spot(0, 0)
        self._pressed: tuple[int, int] | None = None
        self._dragged_to: tuple[int, int] | None = None
        self._beyond = later.Later(view, self._go_beyond)
        self._address = tips.Tip(view, look, look.c.link)
        self._failure = tips.Tip(view, look, look.c.bad)
        self._failure_said = later.Later(view, self._failure.hide)
        self._links = links.Opener(view, self._say_not_opened)
        self._menu = menu.MessageMenu(view, clipping, scroller.bubbles.ring)
        self._glide = glide.Glide(view, scroller.scroll)
        for tag in (scroller.bubbles.bind_tag, str(scroller.canvas)):
            self._bind(tag)
            glide.bind_wheel(view, tag, look.px(STEP), self._turn)
        for tag in (str(scroller.bar), tips.bind_tag(view)):
            glide.bind_wheel(view, tag, look.px(STEP), self._turn)

    def _bind(self, tag: str) -> None:
        bind = functools.partial(keys.bind_tag, self._view)
        bind(tag, "<Button-1>", self._press)
        bind(tag, "<B1-Motion>", self._drag)
        bind(tag, "<ButtonRelease-1>", self._release)
        bind(tag, "<Double-Button-1>", self._press_twice)
        bind(tag, "<Triple-Button-1>", self._press_thrice)
        bind(tag, "<Motion>", self._hover)
        bind(tag, "<Leave>", lambda _: self._address.hide())
        bind(tag, "<Button-2>" if sys.platform == "darwin" else "<Button-3>", self._open_menu)

    def _turn(self, pixels: float) -> None:
        self._address.hide()
        self._glide.add(pixels)

    # Selecting -------------------------------------------------------------------------

    def _press(self, event: "Event[Any]") -> None:
        x, y = self._where(event)
        if self._scroller.jump.holds(x, y):
            return
        self._glide.stop()
        self._failure.hide()
        self._ring.click()
        self._pressed = x, y
        spot = self._scroller.bubbles.spot(x, y)
        if spot is not None and isinstance(event.state, int) and event.state & SHIFT:
            self._clipping.select(self._from, spot)
            return
        self._clipping.clear()
        self._from = spot or selection.Spot(0, 0)

    def _press_twice(self, event: "Event[Any]") -> None:
        spot = self._scroller.bubbles.spot(*self._where(event))
        if spot is not None:
            self._clipping.select_word(spot)

    def _press_thrice(self, event: "Event[Any]") -> None:
        spot = self._scroller.bubbles.spot(*self._where(event))
        if spot is not None:
            self._clipping.select_row(spot.number)

    def _drag(self, event: "Event[Any]") -> None:
        if self._pressed is None:
            return
        self._dragged_to = self._where(event)
        self._select_to_pointer()
        if self._pixels_beyond():
            self._beyond.within(BEYOND_MS)

    def _go_beyond(self) -> None:
        """Scroll while the pointer is held above or below the list."""
        pixels = self._pixels_beyond()
        if pixels:
            self._scroller.scroll(pixels)
            self._select_to_pointer()
            self._beyond.within(BEYOND_MS)

    def _pixels_beyond(self) -> int:
        if self._dragged_to is None:
            return 0
        y, height = self._dragged_to[1], self._scroller.canvas.winfo_height()
        return (min(y, 0) or max(y - height, 0)) // 2

    def _select_to_pointer(self) -> None:
        if self._dragged_to is None or self._pressed is None:
            return
        moved = max(abs(a - b) for a, b in zip(self._dragged_to, self._pressed, strict=True))
        spot = self._scroller.bubbles.spot(*self._dragged_to)
        if spot is not None and (moved > DRAG_LEAST or self._clipping.selection):
            self._clipping.select(self._from, spot)

    def _release(self, event: "Event[Any]") -> None:
        pressed, self._pressed, self._dragged_to = self._pressed, None, None
        self._beyond.cancel()
        if pressed is not None and not self._clipping.selection:
            link = self._scroller.bubbles.link(*self._where(event))
            if link:
                self._links.open(link)

    # Links and the menu ----------------------------------------------------------------

    def _hover(self, event: "Event[Any]") -> None:
        link = self._scroller.bubbles.link(*self._where(event))
        if not self._failure.text:  # which stands in its place
            self._address.show(link, 0, self._view.winfo_height(), "sw")

    def _say_not_opened(self) -> None:
        width, height = self._view.winfo_width(), self._view.winfo_height()
        self._address.hide()
        self._failure.show(Chat.NOT_OPENED(), 0, height, "sw", most=width * 3 // 4)
        self._failure_said.start(NOT_OPENED_MS)

    def _open_menu(self, event: "Event[Any]") -> None:
        x, y = self._where(event)
        self._ring.click()
        spot = self._scroller.bubbles.spot(x, y)
        link = self._scroller.bubbles.link(x, y)
        self._menu.open(spot.number if spot else None, link, event.x_root, event.y_root)

    def open_menu_by_key(self) -> None:
        """Open the menu for what is selected, or else for the lowest message in view."""
        bubbles, canvas = self._scroller.bubbles, self._scroller.canvas
        selected = self._clipping.selection
        numbers = [selected.last.number] if selected else []
        for number in (*numbers, *reversed(bubbles.numbers)):
            place = bubbles.rectangle(number)
            if place is not None and place[1] < canvas.winfo_height():
                x = canvas.winfo_rootx() + place[0]
                y = canvas.winfo_rooty() + max(place[1], 0)
                link = marks.first_link(marks.read(self._clipping.text_of(number), ""))
                self._menu.open(number, link, x, y)
                return

    def _where(self, event: "Event[Any]") -> tuple[int, int]:
        """Return where on the canvas an event is, whichever widget has it."""
        canvas = self._scroller.canvas
        return event.x_root - canvas.winfo_rootx(), event.y_root - canvas.winfo_rooty()
