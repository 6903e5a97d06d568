"""The client program: talks in a private chat room.

python client.py              asks four questions, then opens the chat window
python client.py --console    talks through standard input and output
"""

from __future__ import annotations

import argparse
import getpass
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from chatroom import forms, names
from chatroom.console import STATUS_LEFT, STATUS_USAGE, Console
from chatroom.forms import Problem
from chatroom.joining import Given, Settings, join_room

if TYPE_CHECKING:
    import tkinter as tk

Value = TypeVar("Value")


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
    return Console(
        driver, settings.server, as_json=options.json, follow=options.follow
    ).run()


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
    parser.add_argument(
        "--json", action="store_true", help="print messages as JSON objects"
    )
    parser.add_argument(
        "--follow", action="store_true", help="stay after the end of the input"
    )
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
    parser.add_argument(
        "--password-file", type=Path, metavar="FILE", help="its first line is used"
    )
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


def _ask_on_terminal(
    options: argparse.Namespace, password: str | None
) -> Settings | Problem:
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
            "There is no password. Give it with --password-file or in "
            f"{forms.PASSWORD_VARIABLE}."
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
# The prompts


class Prompts:
    """The questions before the chat. Each returns a good answer, or None for Cancel."""

    def __init__(self, root: tk.Tk) -> None:
        self._root = root

    def server(self, initial: str = "", problem: str = "") -> str | None:
        """Ask for the server's address."""
        question = "IP address of the server:"
        return self._ask(question, forms.check_server, initial, problem)

    def port(self, initial: str = "") -> int | None:
        """Ask for the server's port."""
        return self._ask("Port of the server:", forms.check_port, initial)

    def password(self, problem: str = "") -> str | None:
        """Ask for the room's password."""
        question = "Password of the room:"
        return self._ask(question, forms.check_password, problem=problem, show="\u2022")

    def name(self, initial: str = "", problem: str = "") -> str | None:
        """Ask for the person's name."""
        return self._ask("Your name in the room:", _name, initial, problem)

    def _ask(
        self,
        question: str,
        check: Callable[[str], Value | Problem],
        initial: str = "",
        problem: str = "",
        show: str | None = None,
    ) -> Value | None:
        """Ask until the answer is good; what is wrong stands above the question."""
        from tkinter import simpledialog

        while True:
            said = "\n".join(textwrap.wrap(problem, 56))
            answer = simpledialog.askstring(
                "Join a chat room",
                f"{said}\n\n{question}" if said else question,
                parent=self._root,
                initialvalue=initial,
                show=show,
            )
            if answer is None:
                return None
            value = check(answer)
            if not isinstance(value, Problem):
                return value
            problem, initial = value.words, answer


# --------------------------------------------------------------------------------------
# The window


def _run_window(options: argparse.Namespace, password: str | None) -> int:
    try:  # here, since a Python without tkinter can still talk on the console
        import tkinter as tk

        from chatroom import widgets
        from chatroom.chat_window import ChatWindow
    except ImportError:
        return _usage(
            "this Python has no tkinter, which the window needs. Install it (on Debian: "
            "apt install python3-tk), or talk without a window: --console."
        )
    try:
        root = widgets.make_root("Chat room", "720x560")
    except tk.TclError:
        return _usage("there is no display for the window. Use --console without one.")
    given = Given(options.host, options.port, password, options.name, options.history)
    ChatWindow(root, Prompts(root), given)
    root.mainloop()
    return STATUS_LEFT


if __name__ == "__main__":
    sys.exit(main())
