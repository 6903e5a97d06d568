"""The mouse over the list: selecting, links, the menu."""

import sys
import threading
import webbrowser
from tkinter import Event, Menu
from typing import TYPE_CHECKING, Any

from chatroom.windows.conversation import glide, labels, marks, menu
from chatroom.windows.conversation.selection import Spot
from chatroom.windows.theme import Theme

if TYPE_CHECKING:
    from chatroom.windows.conversation.view import ConversationView

STEP = 56
"""So many pixels are scrolled for a notch of the wheel."""
CLICK_REACH = 4
"""A pointer that moved no further did not drag."""
BEYOND_MS = 30
SHIFT = 0x1


class Pointer:
    """What is done with the mouse, on the canvas and on the Texts that lie on it."""

    def __init__(self, view: "ConversationView", look: Theme, bind_tag: str) -> None:
        """`bind_tag` is that of the Texts."""
        self._view, self._look = view, look
        self._from = Spot(0, 0)
        self._pressed: tuple[int, int] | None = None
        self._dragged_to: tuple[int, int] | None = None
        self._beyond = ""
        self._menu: Menu | None = None
        self.glide = glide.Glide(view, view.scroll)
        for tag in (bind_tag, str(view.canvas)):
            self._bind(tag)
        glide.bind_wheel(view, str(view.bar), look.px(STEP), self.glide.add)

    def _bind(self, tag: str) -> None:
        bind = self._view.bind_class
        bind(tag, "<Button-1>", self._press)
        bind(tag, "<B1-Motion>", self._drag)
        bind(tag, "<ButtonRelease-1>", self._release)
        bind(tag, "<Double-Button-1>", self._select_word)
        bind(tag, "<Triple-Button-1>", self._select_message)
        bind(tag, "<Motion>", self._hover)
        bind(tag, "<Leave>", lambda _: self._view.address.hide())
        bind(tag, "<Button-2>" if sys.platform == "darwin" else "<Button-3>", self._open_menu)
        glide.bind_wheel(self._view, tag, self._look.px(STEP), self.glide.add)

    # Selecting -------------------------------------------------------------------------

    def _press(self, event: "Event[Any]") -> None:
        x, y = self._where(event)
        if self._view.jump.holds(x, y):
            return
        self.glide.stop()
        self._view.canvas.focus_set()
        spot = self._view.bubbles.spot(x, y)
        self._pressed = x, y
        if spot is None:
            self._view.selection.clear()
        elif _state(event) & SHIFT:
            self._view.selection.set(self._from, spot)
        else:
            self._view.selection.clear()
            self._from = spot

    def _drag(self, event: "Event[Any]") -> None:
        if self._pressed is None:
            return
        self._dragged_to = self._where(event)
        self._select_to_pointer()
        if self._pixels_beyond() and not self._beyond:
            self._beyond = self._view.after(BEYOND_MS, self._go_beyond)

    def _go_beyond(self) -> None:
        """Scroll while the pointer is held above or below the list."""
        self._beyond = ""
        pixels = self._pixels_beyond()
        if pixels:
            self._view.scroll(pixels)
            self._select_to_pointer()
            self._beyond = self._view.after(BEYOND_MS, self._go_beyond)

    def _pixels_beyond(self) -> int:
        if self._dragged_to is None:
            return 0
        y, height = self._dragged_to[1], self._view.canvas.winfo_height()
        return (min(y, 0) or max(y - height, 0)) // 2

    def _select_to_pointer(self) -> None:
        if self._dragged_to is None or self._pressed is None:
            return
        spot = self._view.bubbles.spot(*self._dragged_to)
        moved = max(abs(a - b) for a, b in zip(self._dragged_to, self._pressed, strict=True))
        if spot is not None and (moved > CLICK_REACH or self._view.selection):
            self._view.select(self._from, spot)

    def _release(self, event: "Event[Any]") -> None:
        pressed, self._pressed, self._dragged_to = self._pressed, None, None
        if pressed is not None and not self._view.selection:
            link = self._view.bubbles.link(*self._where(event))
            if link and self._view.bubbles.link(*pressed) == link:
                open_link(link)

    def _select_word(self, event: "Event[Any]") -> None:
        spot = self._view.bubbles.spot(*self._where(event))
        if spot is not None:
            start, end = marks.word_at(self._view.text(spot.number), spot.at)
            self._view.select(Spot(spot.number, start), Spot(spot.number, end))

    def _select_message(self, event: "Event[Any]") -> None:
        spot = self._view.bubbles.spot(*self._where(event))
        if spot is not None:
            size = len(self._view.text(spot.number))
            self._view.select(Spot(spot.number, 0), Spot(spot.number, size))

    # Links and the menu ----------------------------------------------------------------

    def _hover(self, event: "Event[Any]") -> None:
        link = self._view.bubbles.link(*self._where(event))
        self._view.address.show(link, 0, self._view.winfo_height(), "sw")

    def _open_menu(self, event: "Event[Any]") -> None:
        x, y = self._where(event)
        self._view.canvas.focus_set()
        spot = self._view.bubbles.spot(x, y)
        link = self._view.bubbles.link(x, y)
        self._post(spot.number if spot else None, link, event.x_root, event.y_root)

    def open_menu_by_key(self) -> None:
        """Open the menu for what is selected, or else for the lowest message in view."""
        view = self._view
        numbers = [view.selection.last.number] if view.selection else []
        numbers += reversed(view.bubbles.numbers)
        for number in numbers:
            place = view.bubbles.message_rectangle(number)
            if place is not None and place[1] < view.canvas.winfo_height():
                x = view.canvas.winfo_rootx() + place[0] + self._look.px(24)
                y = view.canvas.winfo_rooty() + max(place[1], 0) + self._look.px(12)
                link = marks.first_link(marks.read(view.text(number), ""))
                self._post(number, link, x, y)
                return

    def _post(self, number: int | None, link: str, x: int, y: int) -> None:
        view = self._view
        choices = []
        if number is not None:
            text = marks.copied(view.text(number))
            choices.append(menu.Choice(labels.COPY_MESSAGE, "", lambda: view.copy(text)))
        keys = "\u2318C" if sys.platform == "darwin" else "Ctrl+C"
        do = (lambda: view.copy()) if view.selection else None
        choices.append(menu.Choice(labels.COPY_SELECTION, keys, do))
        if link:
            choices.append(menu.Choice(labels.COPY_LINK, "", lambda: view.copy(link)))
        keys = "\u2318A" if sys.platform == "darwin" else "Ctrl+A"
        choices.append(menu.Choice(labels.SELECT_ALL, keys, view.select_all))
        if self._menu is not None:
            self._menu.destroy()
        self._menu = menu.make(view, self._look, choices)
        try:
            self._menu.tk_popup(x, y)
        finally:
            self._menu.grab_release()

    def _where(self, event: "Event[Any]") -> tuple[int, int]:
        """Return where on the canvas an event is, whichever widget has it."""
        canvas = self._view.canvas
        return event.x_root - canvas.winfo_rootx(), event.y_root - canvas.winfo_rooty()


def open_link(address: str) -> None:
    """Open an address of http or https in the browser, which may take its time to start."""
    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _state(event: "Event[Any]") -> int:
    return event.state if isinstance(event.state, int) else 0
