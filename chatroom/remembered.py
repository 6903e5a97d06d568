"""What the client remembers from one visit to the next, in a small file of the user's own.

It is a convenience: whatever is wrong with the file or its folder, the program goes on and
nobody is asked; what was wrong is logged for whoever debugs. No password and no message is
ever in it.

    {"rooms": {"192.168.1.20 8080": {"read": 1204, "notifies": true}}}

The rooms stand in the order of the visits, the last one at the end. Fields that are not
there have a default and others are passed over, so that files of an earlier and of a later
program can be read.
"""

import contextlib
import dataclasses
import json
import logging
import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOMS_MOST = 50
SERVER_LENGTH_MOST = 300
"""Characters; the name of a computer has at most 253 of them."""
FILE_SIZE_MOST = 256 * 1024
"""Bytes; ROOMS_MOST rooms with the longest names, all escaped, take less."""
NUMBER_MOST = 2**63 - 1
ASIDE_MOST = 9

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Visit:
    """What is kept of one room."""

    read: int = 0
    """The number of the last message that was read; 0 where none was."""
    notifies: bool = True
    """Whether the person wants to be told of new messages."""


class Remembered:
    """Reads and writes the file anew each time, so that two windows can share it.

    A room is named by its server: "HOST PORT".
    """

    def __init__(self, path: Path | None = None) -> None:
        """Keep it in this file, or where this user's settings are."""
        self._path = path or default_path()

    def room(self, server: str) -> Visit:
        """Return what is kept of a room, or how a first visit begins."""
        return self._load().get(server, Visit())

    def update(self, server: str, *, read: int | None = None, notifies: bool | None = None) -> None:
        """Change what is given, and make this room the one visited last.

        It costs a small write, so call it when reading pauses and not for each message.
        """
        rooms = self._load()
        given = {"read": read, "notifies": notifies}
        changes: dict[str, Any] = {key: one for key, one in given.items() if one is not None}
        before = list(rooms.items())
        rooms[server] = dataclasses.replace(rooms.pop(server, Visit()), **changes)
        if len(server) <= SERVER_LENGTH_MOST and list(rooms.items()) != before:
            self._save(dict(list(rooms.items())[-ROOMS_MOST:]))

    def forget(self) -> None:
        """Remove the file, and those that were set aside."""
        if self._path is None:
            return
        for path in (self._path, *_names_aside(self._path)):
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                logger.debug("not forgotten: %s", error)

    # ----------------------------------------------------------------------------------

    def _load(self) -> dict[str, Visit]:
        if self._path is None:
            return {}
        try:
            return _to_rooms(_read(self._path))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError) as error:
            logger.debug("%s is set aside: %s", self._path, error)
            _set_aside(self._path)
            return {}

    def _save(self, rooms: dict[str, Visit]) -> None:
        if self._path is None:
            return
        kept = {"rooms": {server: dataclasses.asdict(visit) for server, visit in rooms.items()}}
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(self._path, json.dumps(kept, indent=1).encode())
        except OSError as error:
            logger.debug("not remembered: %s", error)


def default_path() -> Path | None:
    """Return where the file belongs for this user; None where the system knows no home."""
    try:
        return _settings_folder() / "chatroom" / "client.json"
    except RuntimeError as error:
        logger.debug("nothing is remembered: %s", error)
        return None


# --------------------------------------------------------------------------------------


def _settings_folder() -> Path:
    """Return the folder of all programs' settings. Raises RuntimeError where there is no home."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    if sys.platform == "win32":
        variable, usual = "APPDATA", ("AppData", "Roaming")
    else:  # XDG Base Directory Specification
        variable, usual = "XDG_CONFIG_HOME", (".config",)
    given = os.environ.get(variable, "")
    # A relative one would depend on where the program was started; XDG says to ignore it.
    return Path(given) if os.path.isabs(given) else Path.home().joinpath(*usual)


def _to_rooms(data: bytes) -> dict[str, Visit]:
    """Read the file's content; raises ValueError, or RecursionError, for any other."""
    kept = json.loads(data)
    rooms = kept.get("rooms", {}) if isinstance(kept, dict) else None
    if not isinstance(rooms, dict) or len(rooms) > ROOMS_MOST:
        raise ValueError("there are no rooms, or too many")
    return {server: _to_visit(visit) for server, visit in rooms.items()}


def _to_visit(kept: Any) -> Visit:
    if not isinstance(kept, dict):
        raise ValueError("a visit has no fields")
    visit = Visit(kept.get("read", 0), kept.get("notifies", True))
    if type(visit.read) is not int or not 0 <= visit.read <= NUMBER_MOST:
        raise ValueError("what was read is no number of a message")
    if type(visit.notifies) is not bool:
        raise ValueError("whether to tell is neither true nor false")
    return visit


def _read(path: Path) -> bytes:
    """Return a file's content; raises OSError, or ValueError where it cannot be ours."""
    if not stat.S_ISREG(path.stat().st_mode):  # a pipe would be waited for
        raise ValueError("it is no ordinary file")
    with open(path, "rb") as file:
        data = file.read(FILE_SIZE_MOST + 1)
    if len(data) > FILE_SIZE_MOST:
        raise ValueError("it is too large")
    return data


def _write(path: Path, data: bytes) -> None:
    """Put a file in the place of another in one step; only this user may read it.

    Nothing waits for the disk, as a window does this: after a power failure the file may be
    empty, and is set aside.
    """
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    with contextlib.ExitStack() as on_failure:
        on_failure.callback(_remove, beside)
        with open(beside, "xb", opener=_open_private) as file:
            file.write(data)
        os.replace(beside, path)
        on_failure.pop_all()


def _open_private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()


def _set_aside(path: Path) -> None:
    """Give the file, or what stands in its place, another name beside it."""
    names = _names_aside(path)
    free = next((name for name in names if not os.path.lexists(name)), names[-1])
    try:
        os.replace(path, free)
    except OSError as error:
        logger.debug("it stays: %s", error)


def _names_aside(path: Path) -> list[Path]:
    return [path.with_name(f"{path.name}.unreadable-{n}") for n in range(1, ASIDE_MOST + 1)]
