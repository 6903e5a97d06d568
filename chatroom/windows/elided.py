"""Text that has to fit: what is too wide ends with an ellipsis."""

from tkinter import Event, Misc, ttk
from tkinter.font import Font

ELLIPSIS = "\u2026"


def elide(text: str, font: Font, width: int) -> str:
    """Return as much of a text as fits `width` pixels, with an ellipsis where some does not."""
    if font.measure(text) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if font.measure(text[:middle].rstrip() + ELLIPSIS) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + ELLIPSIS


class Elided(ttk.Label):
    """A label of one line that takes what room it is given and asks for none."""

    def __init__(self, parent: Misc, font: Font, style: str) -> None:
        super().__init__(parent, style=style, width=1)
        self._font = font
        self._said = ""
        self.bind("<Configure>", self._fit)

    def say(self, text: str) -> None:
        """Show this, as far as there is room."""
        self._said = text
        self._fit()

    def _fit(self, _: "Event[Misc] | None" = None) -> None:
        if self.winfo_width() > 1:  # it has been given its room
            self.configure(text=elide(self._said, self._font, self.winfo_width()))
