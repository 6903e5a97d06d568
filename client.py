"""The client program: talks in a private chat room.

python client.py              asks four questions, then opens the chat window
python client.py --console    talks through standard input and output
"""

import argparse
import secrets
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))  # python -I would not

from chatroom import forms, preferences, problems, remembered, settings, words
from chatroom.client.member import Member
from chatroom.network import driver, sockets
from chatroom.terminal import arguments, console, signals
from chatroom.words.command_line import CommandLine
from chatroom.words.terminal import Ask

DEFAULT_HISTORY = 100


def main(argv: list[str] | None = None) -> int:
    """Run the program; return its exit status."""
    argv = sys.argv[1:] if argv is None else argv
    arguments.choose_language(argv)
    options = _read_arguments(argv)
    if options.forget:
        remembered.Remembered().forget()
        preferences.PreferencesFile().forget()
        print(CommandLine.FORGOTTEN())
        return console.STATUS_LEFT
    try:
        password = arguments.given_password("client.py", options.password_file)
        if options.console:
            return _run_console(options, password)
    except problems.WrongInput as wrong:
        return _usage(words.explain(wrong))
    return _run_window(options, password)


def join_room(settings: settings.Settings) -> driver.Driver[Member]:
    """Return a driver that will look up the server and knock."""

    def prepare(now: float) -> driver.Prepared[Member]:
        server = sockets.resolve(settings.host, settings.port)
        member = Member(
            server,
            settings.password,
            settings.name,
            device=secrets.token_bytes(16),
            history=settings.history,
            entropy=secrets.token_bytes,
            random=secrets.SystemRandom().random,
            now=now,
        )
        return driver.Prepared(member, sockets.open_client_socket(server))

    return driver.Driver(prepare)


# --------------------------------------------------------------------------------------


def _run_console(options: argparse.Namespace, password: str | None) -> int:
    settings = _ask_on_terminal(options, password)
    reads_all = settings.history is None
    if reads_all:  # page by page; the newest entry tells this log from another
        settings = settings._replace(history=1)
    return console.Console(
        join_room(settings),
        settings.server,
        as_json=options.json,
        follow=options.follow,
        reads_all=reads_all,
    ).run()


def _ask_on_terminal(options: argparse.Namespace, password: str | None) -> settings.Settings:
    """Return the settings; what is not given is asked for where somebody sits."""
    asks = sys.stdin is not None and sys.stdin.isatty()
    host = options.host
    if host is None:
        host = _ask("Server IP: ") if asks else "127.0.0.1"
    password = password or arguments.ask_password(Ask.PASSWORD())
    name = options.name
    if name is None and asks:
        name = _ask("Your name: ")
    if not password:
        raise problems.WrongInput(
            forms.BadAnswer.PASSWORD_NOT_GIVEN, variable=forms.PASSWORD_VARIABLE
        )
    if name is None:
        raise problems.WrongInput(forms.BadAnswer.NAME_NOT_GIVEN)
    return settings.Settings(
        forms.check_server(host),
        options.port or forms.DEFAULT_PORT,
        forms.check_password(password),
        forms.check_name(name),
        options.history,
    )


def _ask(question: str) -> str:
    print(question, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().rstrip("\n")


def _run_window(options: argparse.Namespace, password: str | None) -> int:
    try:  # here, since a Python without tkinter can still talk on the console
        from chatroom.windows import appearance, chat_window, prompts
        from chatroom.words.chat import Chat
    except ImportError:
        return _usage(words.explain(problems.Problem(forms.NoWindow.NO_TKINTER)))
    try:
        root = appearance.make_root(Chat.TITLE(), "960x680", preferences.PreferencesFile())
    except problems.Problem as problem:
        return _usage(words.explain(problem))
    given = settings.Given(options.host, options.port, password, options.name, options.history)
    asks = prompts.Prompts(root)
    memory = remembered.Remembered()
    window = chat_window.ChatWindow(root, asks, join_room, given, memory)
    with signals.stopped_by(lambda: root.after_idle(window.leave)):
        root.mainloop()
    return console.STATUS_LEFT


def _read_arguments(argv: list[str]) -> argparse.Namespace:
    parser = arguments.make_parser("client.py", CommandLine.CLIENT(), CommandLine.CLIENT_EXAMPLES())
    parser.add_argument("--console", action="store_true", help=CommandLine.CONSOLE())
    parser.add_argument("--json", action="store_true", help=CommandLine.JSON())
    parser.add_argument("--follow", action="store_true", help=CommandLine.FOLLOW())
    parser.add_argument(
        "--history",
        type=_history,
        default=DEFAULT_HISTORY,
        metavar="N|all",
        help=CommandLine.HISTORY(default=DEFAULT_HISTORY),
    )
    parser.add_argument("--host", help=CommandLine.SERVER_HOST())
    parser.add_argument(
        "--port",
        type=arguments.checked(forms.check_port),
        metavar="PORT",
        help=CommandLine.SERVER_PORT(default=forms.DEFAULT_PORT),
    )
    parser.add_argument("--name", help=CommandLine.NAME())
    parser.add_argument("--forget", action="store_true", help=CommandLine.FORGET())
    return parser.parse_args(argv)


def _history(text: str) -> int | None:
    if text == "all":
        return None
    if not (text.isascii() and text.isdecimal()) or len(text) > 12:
        raise argparse.ArgumentTypeError(CommandLine.HISTORY_BAD(given=text))
    return int(text)


def _usage(sentence: str) -> int:
    return arguments.usage("client.py", sentence)


if __name__ == "__main__":
    sys.exit(main())
