"""A small file of the user's own in the folder for settings, read and written with care.

What is kept there is a convenience: whatever is wrong with the file or its folder, the
program goes on and nobody is asked; what was wrong is logged for whoever debugs.
"""

import contextlib
import json
import logging
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Generic, TypeVar

FILE_SIZE_MOST = 256 * 1024
"""Bytes."""
ASIDE_MOST = 9

Kept = TypeVar("Kept")
logger = logging.getLogger(__name__)


class UserFile(Generic[Kept]):
    """Keeps one JSON value; two programs, or two windows, can share it."""

    def __init__(self, path: Path | None, understand: Callable[[Any], Kept], empty: Any) -> None:
        """Keep it in this file, or nowhere. `empty` is the JSON value of a file not there.

        `understand` makes of a JSON value what the program works with; it raises ValueError
        where it cannot.
        """
        self._path = path
        self._understand = understand
        self._empty = empty

    def load(self) -> Kept:
        """Return what is kept; a file that cannot be read is set aside, and as if not there."""
        if self._path is not None:
            try:
                return self._understand(json.loads(_read(self._path)))
            except FileNotFoundError:
                pass
            except (OSError, ValueError, RecursionError) as error:
                logger.debug("%s is set aside: %s", self._path, error)
                _set_aside(self._path)
        return self._understand(self._empty)

    def save(self, value: Any) -> None:
        """Keep this JSON value from now on."""
        if self._path is None:
            return
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write(self._path, json.dumps(value, indent=1).encode())
        except OSError as error:
            logger.debug("not kept: %s", error)

    def forget(self) -> None:
        """Remove the file, and those that were set aside."""
        if self._path is None:
            return
        for path in (self._path, *_names_aside(self._path)):
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                logger.debug("not forgotten: %s", error)


def write(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Put a file in the place of another in one step. Raises OSError; then all is as before.

    By default only this user may read it. Nothing waits for the disk, as a window does this:
    after a power failure the file may be empty.
    """
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    with contextlib.ExitStack() as on_failure:
        on_failure.callback(_remove, beside)
        with open(beside, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            file.write(data)
        os.replace(beside, path)
        on_failure.pop_all()


def default_path(name: str) -> Path | None:
    """Return where a file belongs for this user; None where the system knows no home."""
    try:
        return _settings_folder() / "chatroom" / name
    except RuntimeError as error:
        logger.debug("nothing is kept: %s", error)
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


def _read(path: Path) -> bytes:
    """Return a file's content; raises OSError, or ValueError where it cannot be ours."""
    if not stat.S_ISREG(path.stat().st_mode):  # a pipe would be waited for
        raise ValueError("it is no ordinary file")
    with open(path, "rb") as file:
        data = file.read(FILE_SIZE_MOST + 1)
    if len(data) > FILE_SIZE_MOST:
        raise ValueError("it is too large")
    return data


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
