"""What can be done with a message, as a menu."""

import sys
from collections.abc import Callable
from tkinter import Frame, Menu

from chatroom.windows import colours, theme
from chatroom.windows.conversation import labels, marks
from chatroom.windows.conversation.clipping import Clipping
from chatroom.windows.conversation.scroller import Scroller

COMMAND = "\u2318" if sys.platform == "darwin" else "Ctrl+"


class MessageMenu:
    """One menu, filled anew whenever it opens."""

    def __init__(
        self, view: Frame, look: theme.Theme, scroller: Scroller, clipping: Clipping
    ) -> None:
        self._scroller, self._clipping = scroller, clipping
        c = look.c
        self._menu = Menu(
            view,
            tearoff=False,
            background=c.panel,
            foreground=c.ink,
            activebackground=colours.mix(c.accent, c.panel, 0.18),
            activeforeground=c.ink,
            disabledforeground=c.off_ink,
            bd=1,
            activeborderwidth=look.px(4),
            relief="flat",
            font=look.body,
        )

    def open(self, number: int | None, link: str, x: int, y: int) -> None:
        """Open it at a place on the screen, for a message and a link, if there are."""
        self._menu.delete(0, "end")
        clipping = self._clipping
        if number is not None:
            text = marks.copied(clipping.text_of(number))
            self._add(labels.COPY_MESSAGE, lambda: clipping.put(text))
        self._add(labels.COPY_SELECTION, clipping.copy, "C", enabled=bool(clipping.selection))
        if link:
            self._add(labels.COPY_LINK, lambda: clipping.put(link))
        self._menu.add_separator()
        self._add(labels.SELECT_ALL, clipping.select_all, "A")
        try:
            self._menu.tk_popup(x, y)
        finally:
            self._menu.grab_release()

    def _add(
        self, label: str, do: Callable[[], None], key: str = "", *, enabled: bool = True
    ) -> None:
        self._menu.add_command(
            label=label,
            command=do,
            accelerator=f"{COMMAND}{key}" if key else "",
            state="normal" if enabled else "disabled",
        )
