"""The stories of both windows, told from outside, and their pictures.

    python -m tests.windows.story PICTURES [WORD]     leaves the pictures there

WORD is a language, en or id, or friend: the story told alone.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from chatroom import friend
from chatroom.words.languages import Language
from chatroom.words.prompts import Joining
from tests.tools.desktop import Desktop, desktop
from tests.tools.processes import Program, free_port
from tests.windows import newcomer
from tests.windows.players import PASSWORD, ROOM

Story = Callable[[Desktop, Path], None]


def tell_of_friend(desk: Desktop, folder: Path) -> None:
    """Open the file that a host saved: it asks for a password and a name. Raises AssertionError."""
    port, saved = free_port(), folder / "Chat room.pyzw"
    friend.save(saved, "127.0.0.1", port)
    options = ("--headless", "--host", "127.0.0.1", "--port", port, "--room", ROOM)
    archive = folder / "archive.csv"
    server = Program("server.py", *options, "--archive", archive, folder=folder, password=PASSWORD)
    server.wait_for_output("listening")
    client = Program(str(saved), folder=folder, password=None)
    desk.fill(Joining.TITLE(), PASSWORD)
    desk.fill(Joining.TITLE(), "Ana")
    server.wait_for_output("Ana joined")
    desk.picture("friend", desk.window(f"{ROOM} \u2013 Ana"))
    desk.type("exit", "Return")
    assert client.wait() == 0, client.err
    for program in (server, client):
        program.stop()
    assert client.err == "", client.err


STORIES: dict[str, Story] = {
    one.value: partial(newcomer.tell, language=one) for one in Language
} | {"friend": tell_of_friend}


def run(story: Story, pictures: Path | None = None) -> None:
    """Tell a whole story once, on a desktop of its own."""
    folder = Path(tempfile.mkdtemp())
    try:
        with desktop(pictures) as desk:
            story(desk, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    os.environ.pop("CHATROOM_PASSWORD", None)
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[2:] or STORIES:
        run(STORIES[name], target)
