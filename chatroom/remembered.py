"""What the client remembers from one visit to the next, in a small file of the user's own.

No password and no message is ever in it.

    {"rooms": {"192.168.1.20 8080":
        {"read": 1204, "notifies": true, "name": "Ana", "title": "Garden",
         "host_key": "8f40…"}}}

The rooms stand in the order of the visits, the last one at the end. Fields that are not
there have a default and others are passed over, so that files of an earlier and of a later
program can be read.
"""

import re
from pathlib import Path
from typing import Any, NamedTuple

from chatroom import forms, user_files
from chatroom.problems import WrongInput
from chatroom.protocol import wire

ROOMS_MOST = 50
SERVER_LENGTH_MOST = 300
"""Characters; the name of a computer has at most 253 of them."""
NUMBER_MOST = 2**63 - 1
_KEY = "([0-9a-f]{64})?"


class Visit(NamedTuple):
    """What is kept of one room."""

    read: int = 0
    """The number of the last message that was read; 0 where none was."""
    notifies: bool = True
    """Whether the person wants to be told of new messages."""
    name: str = ""
    """The name that the person had there; "" where none is known."""
    title: str = ""
    """What the room is called."""
    host_key: str = ""
    """What the host is known by, in hexadecimal digits; "" where it is not known."""

    @property
    def known_host(self) -> bytes | None:
        """The host's key, None where it is not known."""
        return bytes.fromhex(self.host_key) or None


class Room(NamedTuple):
    """A room that somebody was in, to be chosen again."""

    host: str
    port: int
    name: str
    title: str


class Remembered:
    """Reads and writes the file anew each time, so that two windows can share it.

    A room is named by its server: "HOST PORT".
    """

    def __init__(self, path: Path | None = None) -> None:
        """Keep it in this file, or where this user's settings are."""
        path = path or user_files.default_path("client.json")
        self._file = user_files.UserFile(path, _to_rooms, empty={})

    def room(self, server: str) -> Visit:
        """Return what is kept of a room, or how a first visit begins."""
        return self._file.load().get(server, Visit())

    def recent(self) -> list[Room]:
        """Return the rooms that somebody was in, the one visited last first."""
        rooms = [
            _to_room(server, visit)
            for server, visit in reversed(self._file.load().items())
            if visit
            != Visit(host_key=visit.host_key)  # a script's, of which the host alone is kept
        ]
        return [room for room in rooms if room]

    def last(self) -> Room | None:
        """Return the room that was visited last, with the name that was used last anywhere."""
        rooms = self.recent()
        name = next((room.name for room in rooms if room.name), "")
        return rooms[0]._replace(name=name) if rooms else None

    def update(
        self,
        server: str,
        *,
        read: int | None = None,
        notifies: bool | None = None,
        name: str | None = None,
        title: str | None = None,
        host_key: bytes | None = None,
    ) -> None:
        """Change what is given, and make this room the one visited last.

        It costs a small write, so call it when reading pauses and not for each message.
        """
        rooms = self._file.load()
        given: dict[str, Any] = {"read": read, "notifies": notifies, "name": name, "title": title}
        given["host_key"] = None if host_key is None else host_key.hex()
        changes: dict[str, Any] = {key: one for key, one in given.items() if one is not None}
        before = list(rooms.items())
        rooms[server] = rooms.pop(server, Visit())._replace(**changes)
        if len(server) <= SERVER_LENGTH_MOST and list(rooms.items()) != before:
            self._save(dict(list(rooms.items())[-ROOMS_MOST:]))

    def forget(self) -> None:
        """Remove the file, and those that were set aside."""
        self._file.forget()

    # ----------------------------------------------------------------------------------

    def _save(self, rooms: dict[str, Visit]) -> None:
        kept = {server: visit._asdict() for server, visit in rooms.items()}
        self._file.save({"rooms": kept})


# --------------------------------------------------------------------------------------


def _to_rooms(kept: Any) -> dict[str, Visit]:
    """Read the file's content; raises ValueError for any other."""
    rooms = kept.get("rooms", {}) if isinstance(kept, dict) else None
    if not isinstance(rooms, dict) or len(rooms) > ROOMS_MOST:
        raise ValueError("there are no rooms, or too many")
    return {server: _to_visit(visit) for server, visit in rooms.items()}


def _to_visit(kept: Any) -> Visit:
    if not isinstance(kept, dict):
        raise ValueError("a visit has no fields")
    visit = Visit(**{key: one for key, one in kept.items() if key in Visit._fields})
    if type(visit.read) is not int or not 0 <= visit.read <= NUMBER_MOST:
        raise ValueError("what was read is no number of a message")
    if type(visit.notifies) is not bool:
        raise ValueError("whether to tell is neither true nor false")
    if not isinstance(visit.host_key, str) or not re.fullmatch(_KEY, visit.host_key):
        raise ValueError("the host's key is none")
    for text in (visit.name, visit.title):
        if not isinstance(text, str) or len(text) > wire.NAME_SIZE:
            raise ValueError("a name is no text, or too long")
    return visit


def _to_room(server: str, visit: Visit) -> Room | None:
    """Return the room of a server; None where nothing can be reached by what is kept."""
    host, _, port = server.rpartition(" ")
    try:
        address = forms.check_server(host), forms.check_port(port)
    except WrongInput:
        return None
    return Room(*address, visit.name, visit.title)
