"""Both windows, driven from outside like by a person: keyboard, and pictures.

    python -m tests.windows.story PICTURES     runs the stories and leaves their pictures there

Needs Xvfb, openbox and xdotool, and ImageMagick's import for the pictures.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from chatroom import friend, hosted
from tests.tools.processes import Program, archived, free_port, private_display, wait_for
from tests.tools.wine import is_wine

PASSWORD = "correct horse battery"  # xdotool types ASCII reliably
ROOM = "Garden"
TOOLS = ("Xvfb", "openbox", "xdotool")
PAINTED_AFTER_S = 0.3
FIRST_FIELD_AFTER_S = 1.0  # the first field gets the keyboard once it is drawn, unseen from outside
WINE_SETTLES_S = 1.0  # Wine hands on the keyboard a while after it got it
SAID = (
    "Hi Ana! The room works \U0001f389",
    "Nothing to install, and the history is a spreadsheet.",
    "\u0645\u0631\u062d\u0628\u0627 from the other side of the office",
)


class Desktop:
    """A screen with a window manager, somebody who types, and a camera."""

    def __init__(self, pictures: Path | None) -> None:
        self._pictures = pictures

    def see(self, title: str, seconds: float = 20.0) -> str:
        """Wait for a window with this title; return its id."""
        found: list[str] = []

        def look() -> bool:
            found[:] = self._find(title)[-1:]
            return bool(found)

        wait_for(look, seconds, f"window {title}")
        return found[0]

    def window(self, title: str, seconds: float = 20.0) -> str:
        """Wait for a window with this title and give it the keyboard; return its id."""
        window = self.see(title, seconds)

        def has_keyboard() -> bool:
            nonlocal window
            window = self.see(title, seconds)  # a dialog before may have been called so
            if self._tool("getwindowfocus") == window:
                return True
            self._tool("windowactivate", window)  # it may have been too early before
            return False

        wait_for(has_keyboard, seconds, f"focus of {title}")
        if is_wine():
            time.sleep(WINE_SETTLES_S)
        return window

    def type(self, text: str, *keys: str) -> None:
        """Type a text, then press keys."""
        if text:
            self._tool("type", "--delay", "4", text)
        for key in keys:
            self._tool("key", key)

    def fill(self, title: str, text: str) -> None:
        """Answer a dialog, and see it close."""
        dialog = self.window(title)
        self.type("", "ctrl+slash")
        self.type(text, "Return")
        if is_wine():  # whose windows stay for a while, or become the next dialog's
            time.sleep(WINE_SETTLES_S)
        else:
            wait_for(lambda: dialog not in self._find(title), 20, f"end of a dialog {title}")

    def manages_windows(self) -> bool:
        """Tell whether the window manager is there."""
        return self._tool("get_desktop") != ""

    def place(self, window: str, x: int, y: int) -> None:
        """Move a window."""
        self._tool("windowmove", window, str(x), str(y))

    def picture(self, name: str, window: str = "root") -> None:
        """Keep a picture of a window."""
        if self._pictures is not None:
            time.sleep(PAINTED_AFTER_S)
            path = str(self._pictures / f"{name}.png")
            subprocess.run(["import", "-window", window, path], check=True, timeout=20)

    def _find(self, title: str) -> list[str]:
        return self._tool("search", "--onlyvisible", "--name", title).split()

    def _tool(self, *words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words],
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
        return done.stdout.strip()


@contextlib.contextmanager
def desktop(pictures: Path | None) -> Iterator[Desktop]:
    """Start a screen of our own with a window manager."""
    with private_display():
        quiet = subprocess.DEVNULL
        manager = subprocess.Popen(["openbox"], stdin=quiet, stdout=quiet, stderr=quiet)
        try:
            desk = Desktop(pictures)
            wait_for(desk.manages_windows, 20, "the window manager")
            yield desk
        finally:
            manager.terminate()
            manager.wait(10)


def tell(desk: Desktop, folder: Path) -> None:
    """Host, join, talk, stop, start again and leave. Raises AssertionError."""
    archive, port = folder / "archive.csv", free_port()
    server = Program(
        "server.py",
        *("--host", "127.0.0.1", "--port", port, "--archive", archive, "--room", ROOM),
        folder=folder,
        password=None,
    )
    window = start_server(desk)
    budi = Program(
        "client.py",
        *("--console", "--host", "127.0.0.1", "--port", port, "--name", "Budi"),
        "--follow",
        folder=folder,
        password=PASSWORD,
    )
    wait_for(lambda: "You are in" in budi.err, 20, "Budi is in")
    kept = hosted.HostedFile(folder / "settings" / "chatroom" / "host.json").load()
    assert (kept.host, kept.port, kept.room) == ("127.0.0.1", str(port), ROOM), kept
    client = Program("client.py", folder=folder, password=None)
    chat = join(desk, port)
    talk(desk, budi, chat)
    wait_for(lambda: len(archived(archive)) == 5, 20, "all is stored")
    desk.window("Chat room server")
    desk.picture("server", window)
    desk.type("", "alt+t")  # Stop, which asks since somebody is in
    desk.window("Stop the server?")
    desk.picture("stop")
    desk.type("", "alt+s")
    stop_and_start(desk, budi, archive)
    desk.window(ROOM)
    desk.type("exit", "Return")
    assert client.wait() == 0, client.err
    for program in (budi, server, client):
        program.stop()
    for program in (server, client):
        assert program.err == "", program.err


def start_server(desk: Desktop) -> str:
    """Fill the form, first wrong and then right, and start."""
    window = desk.window("Chat room server")
    desk.place(window, 10, 10)
    time.sleep(FIRST_FIELD_AFTER_S)
    desk.type("", "Return")
    desk.picture("form-wrong", window)
    desk.type(PASSWORD, "Return")
    desk.picture("form-right", window)
    return window


def join(desk: Desktop, port: int) -> str:
    """Answer the prompts, with a wrong password and a taken name among the answers."""
    desk.fill("Join a chat room", "127.0.0.1")
    desk.fill("Join a chat room", str(port))
    desk.fill("Join a chat room", "a wrong one")
    desk.fill("Join a chat room", "budi")
    desk.see("^Chat room$")  # it says where it connects to
    dialog = desk.window("Join a chat room")
    desk.picture("password-wrong", dialog)
    desk.fill("Join a chat room", PASSWORD)
    dialog = desk.window("Join a chat room")
    desk.picture("name-taken", dialog)
    desk.fill("Join a chat room", "Ana")
    chat = desk.window(ROOM)
    desk.place(chat, 240, 160)
    return chat


def talk(desk: Desktop, budi: Program, chat: str) -> None:
    """Say something from both sides."""
    desk.type("Hello, is anybody here?", "Return")
    wait_for(lambda: "Ana: Hello" in budi.out, 20, "Ana was heard")
    budi.write("".join(f"{line}\n" for line in SAID))
    wait_for(lambda: SAID[-1] in budi.out, 20, "Budi was heard")
    desk.type("And what I write while the server is away is kept.", "Return")
    wait_for(lambda: "is kept" in budi.out, 20, "Ana was heard again")
    desk.picture("client", chat)


def stop_and_start(desk: Desktop, budi: Program, archive: Path) -> None:
    """Stop the server, say something meanwhile, and start it again."""
    wait_for(lambda: "host stopped" in budi.err, 20, "Budi was told of the stop")
    chat = desk.window(ROOM)
    desk.type("meanwhile", "Return")
    desk.picture("waiting", chat)
    assert len(archived(archive)) == 5
    desk.window("Chat room server")
    desk.type("", "alt+s")  # Start
    wait_for(lambda: len(archived(archive)) == 6, 30, "what was said meanwhile")
    wait_for(lambda: "meanwhile" in budi.out, 20, "Budi heard it")
    desk.window(ROOM)
    desk.picture("back", chat)


def tell_of_friend(desk: Desktop, folder: Path) -> None:
    """Open the file that a host saved: it asks for a password and a name. Raises AssertionError."""
    port, saved = free_port(), folder / "Chat room.pyzw"
    friend.save(saved, "127.0.0.1", port)
    options = ("--headless", "--host", "127.0.0.1", "--port", port, "--room", ROOM)
    archive = folder / "archive.csv"
    server = Program("server.py", *options, "--archive", archive, folder=folder, password=PASSWORD)
    server.wait_for_output("listening")
    client = Program(str(saved), folder=folder, password=None)
    desk.fill("Join a chat room", PASSWORD)
    desk.fill("Join a chat room", "Ana")
    server.wait_for_output("Ana joined")
    desk.picture("friend", desk.window(ROOM))
    desk.type("exit", "Return")
    assert client.wait() == 0, client.err
    for program in (server, client):
        program.stop()
    assert client.err == "", client.err


def run(pictures: Path | None, story: Callable[[Desktop, Path], None] = tell) -> None:
    """Run a whole story once."""
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
    run(target)
    run(target, tell_of_friend)
