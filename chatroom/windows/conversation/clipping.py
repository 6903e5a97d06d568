"""What is selected in the list, and how it comes to the clipboard."""

from chatroom.client.conversation import Conversation
from chatroom.windows.conversation import marks, selection
from chatroom.windows.conversation.scroller import Scroller


class Clipping:
    """Selects, shows that, and copies; on X11 it is also what the middle button pastes."""

    def __init__(
        self, scroller: Scroller, shown: Conversation, selected: selection.Selection
    ) -> None:
        self._scroller, self._shown, self.selection = scroller, shown, selected
        self._offered = ""
        for kind in ("STRING", "UTF8_STRING"):
            scroller.canvas.selection_handle(self._primary, selection="PRIMARY", type=kind)

    def take_over(self, other: "Clipping") -> None:
        """Have selected what is selected in another view."""
        if other.selection:
            self.select(other.selection.first, other.selection.last)

    def text_of(self, number: int) -> str:
        """Return what a row says, as it is shown."""
        return marks.shown(self._shown.text(number)) if number <= self._shown.count else ""

    def select(self, one: selection.Spot, other: selection.Spot) -> None:
        """Select what is between two places."""
        self.selection.set(one, other)
        self._scroller.bubbles.show_selection()
        if self.selection:
            self._scroller.canvas.selection_own(selection="PRIMARY")

    def select_row(self, number: int) -> None:
        """Select all that a row says."""
        self.select(selection.Spot(number, 0), selection.Spot(number, len(self.text_of(number))))

    def select_word(self, spot: selection.Spot) -> None:
        """Select the word at a place."""
        start, end = marks.word_at(self.text_of(spot.number), spot.at)
        self.select(selection.Spot(spot.number, start), selection.Spot(spot.number, end))

    def select_all(self) -> None:
        """Select all messages."""
        last = self._shown.count
        self.select(selection.Spot(0, 0), selection.Spot(last, len(self.text_of(last))))

    def clear(self) -> None:
        """Select nothing."""
        self.selection.set(selection.Spot(0, 0), selection.Spot(0, 0))
        self._scroller.bubbles.show_selection()

    def copy(self) -> None:
        """Bring what is selected to the clipboard."""
        self.put(self.selection.text())

    def put(self, text: str) -> None:
        """Bring a text to the clipboard, if it is one."""
        if text:
            self._scroller.canvas.clipboard_clear()
            self._scroller.canvas.clipboard_append(text)

    def _primary(self, offset: str, most: str) -> str:
        """Return a part of what is selected, as X11 asks for it."""
        if offset == "0":
            self._offered = self.selection.text()
        return self._offered[int(offset) : int(offset) + int(most)]
