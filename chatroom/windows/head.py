"""The head of the chat: the room, how the line is, who is there, and what can be opened."""

from collections.abc import Callable, Sequence
from enum import Enum
from tkinter import Event, Misc, ttk

from chatroom import words
from chatroom.windows import elided, faces, icon_button, menus, theme
from chatroom.words.chat import Chat

FACES_FROM = 600
"""With less room than this, at 100 %, there are no faces."""


class Line(Enum):
    """How the line to the server is."""

    CONNECTED = Chat.CONNECTED
    RECONNECTING = Chat.RECONNECTING
    NOT_LET_IN = Chat.NOT_LET_IN
    ENDED = Chat.ENDED


class Head(ttk.Frame):
    """Two lines of words, faces and buttons; `ring` is told whether the bell is to be on."""

    def __init__(
        self,
        parent: Misc,
        *,
        search: Callable[[], object],
        toggle_people: Callable[[], object],
        ring: Callable[[bool], object],
    ) -> None:
        super().__init__(parent)
        self._look = look = theme.of(self)
        px = look.px
        self._ring = ring
        self._line = Line.RECONNECTING
        self._room_name = ""
        self._names: Sequence[str] = ()
        self._rings = True
        inner = ttk.Frame(self, padding=(px(16), px(8), px(10), px(8)))
        inner.pack(fill="x")
        ttk.Frame(self, style="Line.TFrame", height=max(px(1), 1)).pack(fill="x")
        said = ttk.Frame(inner)
        self._faces = faces.Faces(inner)
        self._faces.bind("<Button-1>", lambda _: toggle_people())
        self.buttons = buttons = ttk.Frame(inner)
        said.grid(row=0, column=0, sticky="ew")
        self._faces.grid(row=0, column=1, padx=px(10))
        buttons.grid(row=0, column=2)
        inner.columnconfigure(0, weight=1)
        self._say_in(said)
        button, find = icon_button.IconButton, f"{menus.COMMAND}F"
        button(buttons, "search", Chat.SEARCH(), search, Chat.SEARCH_HINT(), key=find).pack(
            side="left"
        )
        self._bell = button(buttons, "bell", Chat.BELL(), self._bell_pressed)
        self._bell.pack(side="left")
        self._people = button(buttons, "people", Chat.PEOPLE(), toggle_people, Chat.PEOPLE_HINT())
        self._people.pack(side="left")
        self.set_bell(True)
        self.show_line(self._line)
        self.bind("<Configure>", self._fit)

    def show_room(self, room: str) -> None:
        """Say which room this is."""
        self._room_name = room
        self._room.say(words.show_text(room))

    def take_over(self, other: "Head") -> None:
        """Show what another one shows, but for the line and the list."""
        self.show_room(other._room_name)
        self.show_people(other._names)
        self.set_bell(other._rings)

    def show_line(self, line: Line) -> None:
        """Say how the line to the server is."""
        c = self._look.c
        colours = {Line.CONNECTED: c.good, Line.ENDED: c.faded}
        self._line = line
        self._dot.configure(image=self._look.disc(colours.get(line, c.busy), 9))
        self._say()

    def show_people(self, names: Sequence[str]) -> None:
        """Say who is in the room."""
        self._names = names
        self._faces.show(names)
        self._say()

    def show_panel(self, shown: bool) -> None:
        """Show whether the list of people is open."""
        self._people.show("people", pressed=shown)

    def set_bell(self, on: bool) -> None:
        """Show whether this room tells of new messages."""
        self._rings = on
        if on:
            self._bell.show("bell", Chat.BELL_ON_HINT())
        else:
            self._bell.show("bell_off", Chat.BELL_OFF_HINT())

    # ----------------------------------------------------------------------------------

    def _say_in(self, said: ttk.Frame) -> None:
        self._room = elided.Elided(said, self._look.title, "Title.TLabel")
        self._room.pack(fill="x")
        state = ttk.Frame(said)
        state.pack(fill="x")
        self._dot = ttk.Label(state)
        self._dot.pack(side="left", padx=(0, self._look.px(6)))
        self._state = elided.Elided(state, self._look.small, "Faded.TLabel")
        self._state.pack(side="left", fill="x", expand=True)

    def _say(self) -> None:
        said = self._line.value()
        if self._line is Line.CONNECTED and self._names:
            said = Chat.WITH_PEOPLE(line=said, count=len(self._names))
        self._state.say(said)

    def _bell_pressed(self) -> None:
        self.set_bell(not self._rings)
        self._ring(self._rings)

    def _fit(self, event: "Event[Misc]") -> None:
        if event.width < self._look.px(FACES_FROM):
            self._faces.grid_remove()
        else:
            self._faces.grid()
