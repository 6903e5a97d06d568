"""Calls that are still to come."""

from collections.abc import Callable
from tkinter import Misc


class Later:
    """A call that is made once, soon; it never outlives its widget."""

    def __init__(self, widget: Misc, do: Callable[[], None]) -> None:
        self._widget, self._do = widget, do
        self._id = ""
        widget.bind("<Destroy>", lambda _: self.cancel(), add="+")

    @property
    def is_due(self) -> bool:
        """Whether it is still to come."""
        return bool(self._id)

    def when_idle(self) -> None:
        """Make the call when all that has happened is dealt with."""
        if not self._id:
            self._id = self._widget.after_idle(self._call)

    def within(self, time_ms: int) -> None:
        """Make the call in so long, if it is not due anyway."""
        if not self._id:
            self._id = self._widget.after(time_ms, self._call)

    def cancel(self) -> None:
        """Do not make it."""
        if self._id:
            self._widget.after_cancel(self._id)
            self._id = ""

    def _call(self) -> None:
        self._id = ""
        self._do()
