"""One thing to be done a while later, unless its widget has gone by then."""

import tkinter as tk
from collections.abc import Callable


class Later:
    """Calls `act` from the main loop; to start it again is to wait anew."""

    def __init__(self, widget: tk.Misc, act: Callable[[], object]) -> None:
        self._widget = widget
        self._act = act
        self._next = ""
        widget.bind("<Destroy>", self._destroyed, add=True)

    @property
    def is_due(self) -> bool:
        """Whether it is still to be done."""
        return bool(self._next)

    def start(self, delay_ms: int) -> None:
        """Have it done after so many milliseconds."""
        self.cancel()
        self._next = self._widget.after(delay_ms, self._do)

    def cancel(self) -> None:
        """Have it not done."""
        if self._next:
            self._widget.after_cancel(self._next)
            self._next = ""

    def _do(self) -> None:
        self._next = ""
        self._act()

    def _destroyed(self, event: "tk.Event[tk.Misc]") -> None:
        if event.widget is self._widget:
            self.cancel()
