"""What the host of a world says in its own room, and under which names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from chatroom.problems import WrongInput
from chatroom.server.host import BadSpeech
from chatroom.server.room import Room

if TYPE_CHECKING:
    from tests.simulation.host import Host

NAMES = ("Tuan rumah", "Host", "ana", "BO", "dora")
"""Some that people want, too."""
FILLERS = ("", "!", " = 1 + 1", "\nand more", " \U0001f600")


class Speech:
    """The host's wishes to speak; each opening of the room has a device of its own.

    `said` is all that was taken, by device; `settled` how many of those texts were not told
    to be lost when their room closed.
    """

    def __init__(self, host: Host) -> None:
        self.host = host
        self.names: set[str] = set()
        self.said: dict[str, list[str]] = {}
        self.settled: dict[str, int] = {}
        self.device = ""
        self._chance = host.world.stream("speech")
        self._pause_s = self._chance.choice((2.0, 5.0, 20.0))
        self._name = self._chance.choice(NAMES)
        self._count = 0

    def begin(self, room: Room) -> None:
        """Take the name in a room that was just opened."""
        self.device = room.host_device
        self.said[self.device] = []
        room.reserve(self._name, self.host.clock.now)
        self.names.add(self._name)

    def end(self, lost: Sequence[str]) -> str | None:
        """Note what was told to be lost when the room closed; return what is wrong with it."""
        said = self.said[self.device]
        stored = self.settled[self.device] = len(said) - len(lost)
        if said[stored:] != list(lost):
            return f"told to be lost: {lost}, said at last: {said[stored:]}"
        return None

    def plan(self) -> None:
        """Say something in a while, again and again until the world heals."""
        self.host.clock.after(self._chance.expovariate(1 / self._pause_s), self._act)

    def heal(self) -> None:
        """Say a last word perhaps."""
        if self.host.room is not None and self._chance.random() < 0.3:
            self._say(self.host.room)

    # ----------------------------------------------------------------------------------

    def _act(self) -> None:
        if self.host.world.is_healed:
            return
        self.plan()
        room = self.host.room
        if room is None:
            return
        if self._chance.random() < 0.1:
            self._rename(room)
        else:
            self._say(room)

    def _say(self, room: Room) -> None:
        chance, said = self._chance, self.said[self.device]
        for _ in range(chance.choice((1,) * 12 + (5, 5, 40))):
            self._count += 1
            text = f"host {self._count}{chance.choice(FILLERS)}"
            room.say(text, self.host.clock.now)
            said.append(text)
        self.host.world.tell(f"the host says {len(said)} texts so far")
        self.host.turn()

    def _rename(self, room: Room) -> None:
        name = self._chance.choice(NAMES)
        try:
            room.reserve(name, self.host.clock.now)
        except WrongInput as wrong:
            assert wrong.reason is BadSpeech.NAME_HELD
            return
        self._name = name
        self.names.add(name)
        self.host.world.tell(f"the host is {name!r}")
        self.host.turn()
