"""The keyboard comes to the list, and goes."""

from tkinter import Canvas, Event, Frame
from typing import Any

from chatroom.windows.theme import Theme


class FocusRing:
    """A ring around the list while it has the keyboard, unless a click gave it."""

    def __init__(self, view: Frame, look: Theme, canvas: Canvas) -> None:
        self._view, self._canvas, self._c = view, canvas, look.c
        self._is_clicked = False
        view.configure(highlightbackground=look.c.chat, highlightcolor=look.c.accent)
        canvas.bind("<FocusIn>", self._come)
        canvas.bind("<FocusOut>", self._go)

    def click(self) -> None:
        """Give the list the keyboard, as a click does."""
        self._is_clicked = True
        self._canvas.focus_set()

    def _come(self, _event: "Event[Any]") -> None:
        ring = self._c.chat if self._is_clicked else self._c.accent
        self._view.configure(highlightbackground=ring)

    def _go(self, _event: "Event[Any]") -> None:
        self._is_clicked = False
        self._view.configure(highlightbackground=self._c.chat)
