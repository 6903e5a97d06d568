"""What can be done with a message, as a menu."""

from collections.abc import Callable
from tkinter import Frame

from chatroom.windows import menus
from chatroom.windows.conversation.clipping import Clipping
from chatroom.words.chat import Chat


class MessageMenu:
    """One menu, filled anew whenever it opens; it marks which message it is about meanwhile."""

    def __init__(self, view: Frame, clipping: Clipping, mark: Callable[[int | None], None]) -> None:
        self._clipping, self._mark = clipping, mark
        self._menu = menus.ThemedMenu(view)
        self._menu.bind("<Unmap>", lambda _: mark(None))
        self._waits = view.tk.call("tk", "windowingsystem") != "x11"

    def open(self, number: int | None, link: str, x: int, y: int) -> None:
        """Open it at a place on the screen, for a message and a link, if there are."""
        self._menu.delete(0, "end")
        clipping, add, key = self._clipping, self._menu.add_action, menus.COMMAND
        if number is not None:
            text = clipping.text_of(number)
            add(Chat.COPY_MESSAGE(), lambda: clipping.put(text))
        has_selection = bool(clipping.selection)
        add(Chat.COPY_SELECTION(), clipping.copy, f"{key}C", enabled=has_selection)
        if link:
            add(Chat.COPY_LINK(), lambda: clipping.put(link))
        self._menu.add_separator()
        add(Chat.SELECT_ALL(), clipping.select_all, f"{key}A")
        self._mark(number)
        self._menu.update_idletasks()
        self._menu.open_at(x, y)
        if self._waits:  # it is closed again, without an event
            self._mark(None)
