"""The file that a host saves for a friend: the client, with the room's address inside.

It runs by double click or as `python FILE`, alone in a folder, wherever there is a Python.
The password is not in it.
"""

import io
import zipapp
import zipfile
from collections.abc import Iterator
from pathlib import Path

from chatroom import user_files
from chatroom.words.friend import Friend

ROOT = Path(__file__).resolve().parent.parent
TIME = 1980, 1, 1, 0, 0, 0
"""Of each part, so that the same program makes the same file."""
FORM = zipfile.ZIP_DEFLATED
SUFFIX = ".pyzw"
"""Opened by Python on Windows, and without a console beside the window."""

START = """\
# The chat room's client. This page is for any Python: old ones are to say so.
import sys

if sys.version_info < (3, 10):
    said = {too_old!a}.replace("{{version}}", sys.version.split()[0])
    if sys.stderr:
        sys.stderr.write(said + "\\n")
    else:  # opened by double click on Windows
        import tkinter
        from tkinter import messagebox

        tkinter.Tk().withdraw()
        messagebox.showerror("Python", said)
    sys.exit(2)

import client

sys.exit(client.main(["--host", {host!a}, "--port", "{port}"] + sys.argv[1:]))
"""
"""What is run first; options that the friend gives come after ours, and win."""


def make(host: str, port: int) -> bytes:
    """Return the file's content. Raises OSError where the program's own files are not there."""
    too_old = "\n".join(map(str, Friend.TOO_OLD.templates.values()))  # in every language
    start = START.format(host=host, port=port, too_old=too_old)
    parts, done = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(parts, "w") as archive:
        _add(archive, "__main__.py", start.encode())
        for path in _program():
            _add(archive, path.relative_to(ROOT).as_posix(), path.read_bytes())
    parts.seek(0)
    zipapp.create_archive(parts, done, interpreter="/usr/bin/env python3")
    return done.getvalue()


def save(path: Path, host: str, port: int) -> None:
    """Put the file in its place in one step, also in that of another. Raises OSError."""
    user_files.write(path, make(host, port), mode=0o777)


# --------------------------------------------------------------------------------------


def _program() -> Iterator[Path]:
    """Yield what the client is made of, and nothing else that may lie there."""
    yield ROOT / "client.py"
    for path in sorted((ROOT / "chatroom").rglob("*")):
        if path.suffix in (".py", ".md") and path.is_file():
            yield path


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    part = zipfile.ZipInfo(name, TIME)
    part.external_attr = 0o644 << 16
    archive.writestr(part, data, FORM)
