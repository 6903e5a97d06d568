"""The chat itself: a head, the conversation, and where one writes."""

from collections.abc import Callable, Sequence
from enum import Enum
from tkinter import Misc, ttk

from chatroom import words
from chatroom.client.old_conversation import Conversation
from chatroom.windows import composer, transcript

NAMES_MOST = 12
"""Names in the head; the others are counted."""


class Line(Enum):
    """How the line to the server is, in words."""

    CONNECTED = "connected"
    RECONNECTING = "reconnecting \u2026"
    ENDED = "ended"


class ChatPage(ttk.Frame):
    """Puts the three parts together; each is spoken to by itself."""

    def __init__(
        self,
        parent: Misc,
        shown: Conversation,
        *,
        send: Callable[[str], None],
        fetch_earlier: Callable[[], None],
    ) -> None:
        super().__init__(parent)
        self.head = Head(self)
        self.composer = composer.Composer(self, send)
        self.transcript = transcript.Transcript(self, shown, fetch_earlier)
        self.head.pack(fill="x")
        self.composer.pack(side="bottom", fill="x")
        self.transcript.pack(fill="both", expand=True)


class Head(ttk.Frame):
    """One line: the room, the people in it, and the line to the server."""

    def __init__(self, parent: Misc) -> None:
        super().__init__(parent, padding=(12, 8))
        self._room = ttk.Label(self, style="Title.TLabel")
        self._room.pack(side="left")
        self._line = ttk.Label(self, style="Faded.TLabel")
        self._line.pack(side="right")
        self._people = ttk.Label(self, style="Faded.TLabel")
        self._people.pack(side="left", padx=12)

    def show_room(self, room: str) -> None:
        """Say which room this is."""
        self._room.configure(text=room)

    def show_line(self, line: Line) -> None:
        """Say how the line to the server is."""
        style = "Faded.TLabel" if line is Line.CONNECTED else "Alarm.TLabel"
        self._line.configure(text=line.value, style=style)

    def show_people(self, names: Sequence[str]) -> None:
        """Say who is in the room."""
        shown = ", ".join(map(words.show_text, names[:NAMES_MOST]))
        more = f" and {len(names) - NAMES_MOST} more" if len(names) > NAMES_MOST else ""
        self._people.configure(text=f"{len(names)} in the room: {shown}{more}")
