"""The client program: talks in a private chat room.

python client.py              asks four questions, then opens the chat window
python client.py --console    talks through standard input and output
"""

import argparse
import getpass
import secrets
import sys
from pathlib import Path
from random import SystemRandom

from chatroom import forms
from chatroom.client.member import Member
from chatroom.forms import Problem
from chatroom.network.driver import Driver, Prepared
from chatroom.network.sockets import open_client_socket, resolve
from chatroom.protocol import names
from chatroom.settings import Given, Settings
from chatroom.terminal.console import STATUS_LEFT, STATUS_USAGE, Console


def main(arguments: list[str] | None = None) -> int:
    """Run the program; return its exit status."""
    options = _read_arguments(arguments)
    password = forms.given_password(options.password_file)
    if isinstance(password, Problem):
        return _usage(password.words)
    if not options.console:
        return _run_window(options, password)
    settings = _ask_on_terminal(options, password)
    if isinstance(settings, Problem):
        return _usage(settings.words)
    driver = join_room(settings)
    return Console(driver, settings.server, as_json=options.json, follow=options.follow).run()


def join_room(settings: Settings) -> Driver[Member]:
    """Return a driver that will look up the server and knock."""

    def prepare(now: float) -> Prepared[Member]:
        server = resolve(settings.host, settings.port)
        member = Member(
            server,
            settings.password,
            settings.name,
            device=secrets.token_bytes(16),
            history=settings.history,
            entropy=secrets.token_bytes,
            random=SystemRandom().random,
            now=now,
        )
        return Prepared(member, open_client_socket(server))

    return Driver(prepare)


# --------------------------------------------------------------------------------------
# The command line


def _read_arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="client.py",
        description="Talk in a private chat room.",
        epilog=f"The password may also be given in the environment variable "
        f"{forms.PASSWORD_VARIABLE}.",
    )
    parser.add_argument(
        "--console",
        action="store_true",
        help="no window: each line of standard input is a message",
    )
    parser.add_argument("--json", action="store_true", help="print messages as JSON objects")
    parser.add_argument("--follow", action="store_true", help="stay after the end of the input")
    parser.add_argument(
        "--history",
        type=_history,
        default=100,
        metavar="N|all",
        help="how many earlier messages to fetch (default: 100)",
    )
    parser.add_argument("--host", help="address of the server")
    parser.add_argument("--port", type=forms.port_argument, metavar="PORT")
    parser.add_argument("--name", help="your name in the room")
    parser.add_argument("--password-file", type=Path, metavar="FILE", help="its first line is used")
    return parser.parse_args(arguments)


def _history(text: str) -> int | None:
    if text == "all":
        return None
    if not (text.isascii() and text.isdecimal()) or len(text) > 12:
        raise argparse.ArgumentTypeError(f"{text!r} is neither a number nor all")
    return int(text)


def _usage(problem: str) -> int:
    print(f"client.py: {problem}", file=sys.stderr)
    return STATUS_USAGE


def _ask_on_terminal(options: argparse.Namespace, password: str | None) -> Settings | Problem:
    """Return the settings; what is not given is asked for where somebody sits."""
    asks = sys.stdin is not None and sys.stdin.isatty()
    host = options.host
    if host is None:
        host = _ask("Server IP: ") if asks else "127.0.0.1"
    if password is None and asks:
        password = getpass.getpass("Password: ")
    name = options.name
    if name is None and asks:
        name = _ask("Your name: ")
    if not password:
        return Problem(
            f"There is no password. Give it with --password-file or in {forms.PASSWORD_VARIABLE}."
        )
    if name is None:
        return Problem("There is no name. Give one with --name.")
    checked = forms.check_server(host), forms.check_password(password), _name(name)
    for one in checked:
        if isinstance(one, Problem):
            return one
    port = options.port or forms.DEFAULT_PORT
    return Settings(host.strip(), port, password, name.strip(), options.history)


def _ask(question: str) -> str:
    print(question, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().rstrip("\n")


def _name(text: str) -> str | Problem:
    problem = names.name_problem(text.strip())
    return text.strip() if problem is None else Problem(problem)


# --------------------------------------------------------------------------------------
# The window


def _run_window(options: argparse.Namespace, password: str | None) -> int:
    try:  # here, since a Python without tkinter can still talk on the console
        import tkinter as tk

        from chatroom.windows import theme
        from chatroom.windows.chat_window import ChatWindow
        from chatroom.windows.prompts import Prompts
    except ImportError:
        return _usage(
            "this Python has no tkinter, which the window needs. Install it (on Debian: "
            "apt install python3-tk), or talk without a window: --console."
        )
    try:
        root = theme.make_root("Chat room", "720x560")
    except tk.TclError:
        return _usage("there is no display for the window. Use --console without one.")
    given = Given(options.host, options.port, password, options.name, options.history)
    ChatWindow(root, Prompts(root), join_room, given)
    root.mainloop()
    return STATUS_LEFT


if __name__ == "__main__":
    sys.exit(main())
