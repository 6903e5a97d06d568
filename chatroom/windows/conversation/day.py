"""Tells of which day what is in view is, while one scrolls."""

from tkinter import Canvas, Frame

from chatroom.client.conversation import Kind
from chatroom.windows import later
from chatroom.windows.conversation import boxes, labels, layout, tips
from chatroom.windows.theme import Theme
from chatroom.words import moments

TOLD_MS = 1500
"""It is told so long after the last step."""


class Day:
    """A label above what is in view, or beside the thumb that is dragged."""

    def __init__(self, parent: Frame, canvas: Canvas, look: Theme, rows: boxes.Boxes) -> None:
        self._canvas, self._look, self._boxes = canvas, look, rows
        self._tip = tips.Tip(parent, look, look.c.ink)
        self._told = later.Later(canvas, self._tip.hide)
        self._is_due = False

    def step(self) -> None:
        """Tell it for a while, from the next time on that rows are drawn and known."""
        self._is_due = True

    def tell(self, slots: list[layout.Slot], newest: int | None) -> None:
        """Say it for these rows, as long as it is to be told; `newest` is the last at the end."""
        if self._is_due:
            self._is_due = any(self._boxes[one.number].row.kind is Kind.ABSENT for one in slots)
            self._told.start(TOLD_MS)
        if not self._told.is_due:
            return
        if self._stands_there(slots) or (newest is not None and not self._is_old(newest)):
            self._tip.hide()
        else:
            self._tip.show(self._day(slots), self._canvas.winfo_width() // 2, self._look.px(6), "n")

    def tell_at(self, slots: list[layout.Slot], y: int) -> None:
        """Say it beside the thumb, so far down, until it is hidden."""
        self._is_due = False
        self._told.cancel()
        px, height = self._look.px, self._canvas.winfo_height()
        y = min(max(y, px(18)), height - px(18))
        self._tip.show(self._day(slots), self._canvas.winfo_width() - px(4), y, "e")

    def hide(self) -> None:
        """Say nothing."""
        self._tip.hide()

    # ----------------------------------------------------------------------------------

    def _stands_there(self, slots: list[layout.Slot]) -> bool:
        """Tell whether it stands at the top in any case: the row that begins a day has it."""
        above, below = self._look.px(26), self._look.px(24)
        return any(self._boxes[number].day and -above < y < below for number, y in slots)

    def _is_old(self, number: int) -> bool:
        """Tell whether a message is known, and not of today."""
        when = self._boxes[number].row.when
        return when is not None and not moments.is_today(when)

    def _day(self, slots: list[layout.Slot]) -> str:
        """Return what day this is, or which message while that is not known."""
        rows = [self._boxes[number].row for number, _ in slots]
        return labels.where(next((row for row in rows if row.when is not None), rows[0]))
