"""The server program: hosts a private chat room for one LAN or VPN.

python server.py              opens a window with a form and a Start button
python server.py --headless   hosts without a window, for a machine without a screen
"""

import argparse
import contextlib
import secrets
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))  # python -I would not

from chatroom import forms, preferences, problems, words
from chatroom.archive import key_file, privacy
from chatroom.network import clock, driver, sockets
from chatroom.server import events, room, sessions
from chatroom.terminal import arguments, signals
from chatroom.words.command_line import CommandLine
from chatroom.words.terminal import Ask
from storage import Archive

DEFAULT_ARCHIVE = Path(__file__).resolve().parent / "archive.csv"
DEFAULT_HOST, DEFAULT_ROOM, DEFAULT_NAME = "0.0.0.0", "default", "Host"
"""In the window room and host have names in the person's language where none is given."""
STATUS_STOPPED = 0


def main(argv: list[str] | None = None) -> int:
    """Run the program; return its exit status."""
    argv = sys.argv[1:] if argv is None else argv
    arguments.choose_language(argv)
    options = _read_arguments(argv)
    try:
        password = arguments.given_password("server.py", options.password_file)
        if options.headless:
            return _run_headless(options, password)
    except (EOFError, KeyboardInterrupt):  # somebody would not answer
        print(file=sys.stderr)
        return STATUS_STOPPED
    except problems.WrongInput as wrong:
        return _usage(words.explain(wrong))
    return _run_window(options, password)


def host_room(
    host: str,
    port: int,
    password: str,
    archive_path: Path,
    name: str,
    sessions_per_host: int = sessions.SESSIONS_PER_HOST,
) -> driver.Driver[room.Room]:
    """Return a driver that will open archive and socket, and host the room."""

    def tell_read(percent: int) -> None:
        hosting.tell(events.ArchiveRead(percent))

    def prepare(now: float) -> driver.Prepared[room.Room]:
        sock = sockets.open_server_socket(host, port)
        with contextlib.ExitStack() as on_failure:
            on_failure.callback(sock.close)
            archive = Archive(archive_path, name, tell=tell_read)
            on_failure.callback(archive.close)
            secret = key_file.host_secret(archive.path, secrets.token_bytes)
            exposed = privacy.hide(archive.path, is_empty=not archive.head)
            on_failure.pop_all()
        opened = events.ArchiveOpened(
            str(archive.path),
            (*archive.notices, *exposed),
            archive.head,
        )
        endpoint = room.Room(
            archive,
            password,
            name=name,
            host_secret=secret,
            sessions_per_host=sessions_per_host,
            entropy=secrets.token_bytes,
            utc_now=clock.utc_now,
            now=now,
        )
        return driver.Prepared(
            endpoint, sock, archive.close, [opened, events.KeyTaken(endpoint.host_key)]
        )

    hosting: driver.Driver[room.Room] = driver.Driver(prepare)
    return hosting


# --------------------------------------------------------------------------------------


def _run_window(options: argparse.Namespace, password: str | None) -> int:
    from chatroom import hosted  # here, like the window, since a headless server does without
    from chatroom.words.host_form import RoomForm

    try:  # here, since a machine without a screen has no tkinter, and needs none
        from chatroom.windows import appearance, host_form, host_window
    except ImportError:
        return _usage(words.explain(problems.Problem(forms.NoWindow.NO_TKINTER)))
    try:
        root = appearance.make_root(RoomForm.WINDOW(), "980x680", preferences.PreferencesFile())
    except problems.Problem as problem:
        return _usage(words.explain(problem))
    kept = hosted.HostedFile()
    last = kept.load()
    filled = host_form.Filled(
        options.host or last.host or DEFAULT_HOST,
        str(options.port or last.port or forms.DEFAULT_PORT),
        password or "",
        last.allowed,
        str(options.archive or last.archive or DEFAULT_ARCHIVE),
        options.room or last.room or RoomForm.OUR_ROOM(),
        options.name or last.name or RoomForm.OUR_NAME(),
    )

    def open_room(
        host: str, port: int, password: str, archive: Path, room_name: str
    ) -> driver.Driver[room.Room]:
        now = window.form.filled()
        path = "" if archive == DEFAULT_ARCHIVE else str(archive.absolute())
        kept.save(hosted.Hosted(now.host, now.port, now.allowed, path, now.room, now.name))
        return host_room(host, port, password, archive, room_name, options.per_address)

    window = host_window.HostWindow(root, open_room, filled)
    with signals.stopped_by(lambda: root.after_idle(window.leave)):
        root.mainloop()
    return STATUS_STOPPED


def _run_headless(options: argparse.Namespace, password: str | None) -> int:
    from chatroom.terminal import headless  # here, since a window does without

    password = password or arguments.ask_password(Ask.NEW_PASSWORD())
    host = forms.check_host(DEFAULT_HOST if options.host is None else options.host)
    if not password:
        raise problems.WrongInput(
            forms.BadAnswer.PASSWORD_NOT_GIVEN, variable=forms.PASSWORD_VARIABLE
        )
    driver = host_room(
        host,
        options.port or forms.DEFAULT_PORT,
        password,
        options.archive or DEFAULT_ARCHIVE,
        options.room or DEFAULT_ROOM,
        options.per_address,
    )
    return headless.Headless(driver, options.name or DEFAULT_NAME).run()


def _read_arguments(argv: list[str]) -> argparse.Namespace:
    parser = arguments.make_parser("server.py", CommandLine.SERVER(), CommandLine.SERVER_EXAMPLES())
    parser.add_argument("--headless", action="store_true", help=CommandLine.HEADLESS())
    parser.add_argument("--host", help=CommandLine.LISTEN_HOST())
    parser.add_argument(
        "--port",
        type=arguments.checked(forms.check_port),
        metavar="PORT",
        help=CommandLine.LISTEN_PORT(default=forms.DEFAULT_PORT),
    )
    parser.add_argument(
        "--room",
        type=arguments.checked(forms.check_room),
        help=CommandLine.ROOM(default=DEFAULT_ROOM),
    )
    parser.add_argument(
        "--name",
        type=arguments.checked(forms.check_name),
        help=CommandLine.HOST_NAME(default=DEFAULT_NAME),
    )
    parser.add_argument(
        "--archive",
        type=Path,
        metavar="FILE",
        help=CommandLine.ARCHIVE(),
    )
    parser.add_argument(
        "--per-address",
        type=arguments.checked(lambda text: forms.check_sessions(text, sessions.SESSIONS_MOST)),
        default=sessions.SESSIONS_PER_HOST,
        metavar="N",
        help=CommandLine.PER_ADDRESS(default=sessions.SESSIONS_PER_HOST),
    )
    return parser.parse_args(argv)


def _usage(sentence: str) -> int:
    return arguments.usage("server.py", sentence)


if __name__ == "__main__":
    sys.exit(main())
