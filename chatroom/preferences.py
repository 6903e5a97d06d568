"""How this person likes both programs to look, kept in a small file of the user's own.

{"language": "id", "look": "dark", "zoom": 1.25}
"""

from pathlib import Path
from typing import Any, NamedTuple

from chatroom import user_files
from chatroom.words.languages import Language

LOOKS = "light", "dark"
LANGUAGES = tuple(one.value for one in Language)
ZOOM_LEAST, ZOOM_MOST = 0.5, 3.0


class Preferences(NamedTuple):
    """What a person chose; a field that is "" is as the system has it."""

    language: str = ""
    """The code of a Language."""
    look: str = ""
    """"light" or "dark"."""
    zoom: float = 1.0
    """How large everything is: 1 as the system has it; ZOOM_LEAST to ZOOM_MOST."""


class PreferencesFile:
    """Reads and writes the file of both programs."""

    def __init__(self, path: Path | None = None) -> None:
        """Keep it in this file, or where this user's settings are."""
        path = path or user_files.default_path("preferences.json")
        self._file = user_files.UserFile(path, _understand, empty={})

    def load(self) -> Preferences:
        """Return what was chosen; what is not there, or nothing we know, has its default."""
        return self._file.load()

    def save(self, preferences: Preferences) -> None:
        """Keep this from now on."""
        self._file.save(preferences._asdict())

    def forget(self) -> None:
        """Remove the file, and those that were set aside."""
        self._file.forget()


# --------------------------------------------------------------------------------------


def _understand(kept: Any) -> Preferences:
    """Read the file's content; a later program may know more languages and looks."""
    if not isinstance(kept, dict):
        raise ValueError("there are no fields")
    language, look, zoom = kept.get("language"), kept.get("look"), kept.get("zoom", 1.0)
    is_zoom = isinstance(zoom, int | float) and ZOOM_LEAST <= zoom <= ZOOM_MOST
    return Preferences(
        language if language in LANGUAGES else "",
        look if look in LOOKS else "",
        float(zoom) if is_zoom else 1.0,
    )
