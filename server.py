"""The server program: hosts a private chat room for one LAN or VPN.

python server.py              opens a window with a form and a Start button
python server.py --headless   hosts without a window, for a machine without a screen
"""

import argparse
import getpass
import secrets
import sys
import time
from pathlib import Path

from chatroom import forms, words
from chatroom.archive.troubles import ArchiveError
from chatroom.forms import Problem
from chatroom.network.driver import Driver, Prepared
from chatroom.network.sockets import StartFailed, open_server_socket
from chatroom.server.events import ArchiveOpened
from chatroom.server.room import Room
from chatroom.terminal.headless import Headless
from storage import Archive

DEFAULT_ARCHIVE = Path(__file__).resolve().parent / "archive.csv"
STATUS_STOPPED, STATUS_USAGE = 0, 2
RECENT = 500
"""Messages that the host's window shows at first."""


def main(arguments: list[str] | None = None) -> int:
    """Run the program; return its exit status."""
    options = _read_arguments(arguments)
    password = forms.given_password(options.password_file)
    if isinstance(password, Problem):
        return _usage(password.words)
    room = forms.check_room(options.room)
    if isinstance(room, Problem):
        return _usage(room.words)
    if options.headless:
        return _run_headless(options, password)
    return _run_window(options, password)


def host_room(archive_path: Path, room: str, host: str, port: int, password: str) -> Driver[Room]:
    """Return a driver that will open archive and socket, and host the room."""

    def prepare(now: float) -> Prepared[Room]:
        sock = open_server_socket(host, port)
        try:
            archive = Archive(archive_path, room)
        except ArchiveError as error:
            sock.close()
            raise StartFailed(words.archive_sentence(error)) from None
        opened = ArchiveOpened(
            str(archive.path),
            tuple(archive.notices),
            archive.head,
            tuple(archive.read(archive.head - RECENT + 1, archive.head)),
        )
        endpoint = Room(
            archive,
            password,
            name=room,
            entropy=secrets.token_bytes,
            utc_now=_utc_now,
            now=now,
        )
        return Prepared(endpoint, sock, archive.close, [opened])

    return Driver(prepare)


# --------------------------------------------------------------------------------------


def _run_window(options: argparse.Namespace, password: str | None) -> int:
    try:  # here, since a machine without a screen has no tkinter, and needs none
        import tkinter as tk

        from chatroom.windows import theme
        from chatroom.windows.host_window import ServerWindow
    except ImportError:
        return _usage(
            "this Python has no tkinter, which the window needs. Install it (on Debian: "
            "apt install python3-tk), or host without a window: --headless."
        )
    try:
        root = theme.make_root("Chat room server", "980x680")
    except tk.TclError:
        return _usage("there is no display for the window. Use --headless without one.")

    def open_room(host: str, port: int, password: str) -> Driver[Room]:
        return host_room(options.archive, options.room, host, port, password)

    ServerWindow(root, open_room, options.host, options.port, password or "")
    root.mainloop()
    return STATUS_STOPPED


def _run_headless(options: argparse.Namespace, password: str | None) -> int:
    if password is None and sys.stdin is not None and sys.stdin.isatty():
        password = getpass.getpass("Password for the room: ")
    host = forms.check_host(options.host)
    if isinstance(host, Problem):
        return _usage(host.words)
    if not password:
        return _usage(
            f"there is no password. Give it with --password-file or in {forms.PASSWORD_VARIABLE}."
        )
    driver = host_room(options.archive, options.room, host, options.port, password)
    return Headless(driver).run()


def _read_arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="server.py",
        description="Host a private chat room.",
        epilog=f"The password may also be given in the environment variable "
        f"{forms.PASSWORD_VARIABLE}.",
    )
    parser.add_argument("--headless", action="store_true", help="host without a window")
    parser.add_argument("--host", default="0.0.0.0", help="address to listen on (default: all)")
    parser.add_argument(
        "--port",
        type=forms.port_argument,
        default=forms.DEFAULT_PORT,
        metavar="PORT",
        help=f"UDP port to listen on (default: {forms.DEFAULT_PORT})",
    )
    parser.add_argument("--room", default="default", help="name of the room")
    parser.add_argument(
        "--archive",
        type=Path,
        default=DEFAULT_ARCHIVE,
        metavar="FILE",
        help="where messages are kept (default: archive.csv beside this program)",
    )
    parser.add_argument("--password-file", type=Path, metavar="FILE", help="its first line is used")
    return parser.parse_args(arguments)


def _usage(problem: str) -> int:
    print(f"server.py: {problem}", file=sys.stderr)
    return STATUS_USAGE


def _utc_now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


if __name__ == "__main__":
    sys.exit(main())
