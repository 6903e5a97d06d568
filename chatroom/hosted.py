"""How a host filled in the form last, kept in a small file of the user's own.

{"host": "0.0.0.0", "port": "8080", "allowed": "", "archive": "/home/ana/archive.csv",
"room": "Garden", "name": "Ana"}

The password is never in it.
"""

from pathlib import Path
from typing import Any, NamedTuple

from chatroom import user_files

LENGTH_MOST = 4096
"""Characters of a field; the path of a file has no more on most systems."""


class Hosted(NamedTuple):
    """What stood in the form, as it was typed; "" where nothing is known."""

    host: str = ""
    port: str = ""
    allowed: str = ""
    archive: str = ""
    room: str = ""
    name: str = ""


class HostedFile:
    """Reads and writes the file."""

    def __init__(self, path: Path | None = None) -> None:
        """Keep it in this file, or where this user's settings are."""
        path = path or user_files.default_path("host.json")
        self._file = user_files.UserFile(path, _understand, empty={})

    def load(self) -> Hosted:
        """Return how the form was filled in last."""
        return self._file.load()

    def save(self, hosted: Hosted) -> None:
        """Keep this from now on."""
        self._file.save(hosted._asdict())

    def forget(self) -> None:
        """Remove the file, and those that were set aside."""
        self._file.forget()


# --------------------------------------------------------------------------------------


def _understand(kept: Any) -> Hosted:
    """Read the file's content; what is no text of ours is as if it were not there."""
    if not isinstance(kept, dict):
        raise ValueError("there are no fields")
    return Hosted(**{name: kept[name] for name in Hosted._fields if _is_ours(kept.get(name))})


def _is_ours(text: object) -> bool:
    return isinstance(text, str) and len(text) <= LENGTH_MOST and text.isprintable()
