"""Pasting, and what is done after it, in this order.

On X11 Tk waits for the text of another program in an event loop, so that keys pressed
meanwhile would overtake it: Enter would send a draft without what was pasted before.
"""

from collections.abc import Callable
from tkinter import Misc, TclError

from chatroom.windows import keys


class Pasting:
    """Pastes into a widget, one text at a time."""

    def __init__(self, widget: Misc) -> None:
        self._widget = widget
        self._waits = False
        self._later: list[Callable[[], object]] = []

    def paste(self, insert: Callable[[str], object], selection: str = "CLIPBOARD") -> None:
        """Insert the text of the clipboard, or of another selection, if there is one."""
        self._waits = True
        try:
            text = keys.clipboard(self._widget, selection)
        finally:
            self._waits = False
        later, self._later = self._later, []
        for act in (lambda: insert(text), *later) if text else later:
            if self._is_there():  # it may be closed meanwhile, or by what came before
                self.then(act)

    def then(self, act: Callable[[], object]) -> None:
        """Do this, after a text that is waited for."""
        if self._waits:
            self._later.append(act)
        else:
            act()

    def _is_there(self) -> bool:
        try:
            return bool(self._widget.winfo_exists())
        except TclError:  # the program ends
            return False
