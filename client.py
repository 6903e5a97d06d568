"""The client program: talks in a private chat room.

python client.py              asks four questions, then opens the chat window
python client.py --console    talks through standard input and output
"""

import argparse
import functools
import secrets
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))  # python -I would not

from chatroom import forms, preferences, problems, remembered, settings, words
from chatroom.client.member import Member
from chatroom.network import driver, sockets
from chatroom.terminal import arguments, signals
from chatroom.words.command_line import CommandLine

DEFAULT_HISTORY = 100
STATUS_LEFT = 0


def main(argv: list[str] | None = None) -> int:
    """Run the program; return its exit status."""
    argv = sys.argv[1:] if argv is None else argv
    arguments.choose_language(argv)
    options = _read_arguments(argv)
    if options.forget:
        return _forget()
    try:
        password = arguments.given_password("client.py", options.password_file)
        if options.console:
            return _run_console(options, password)
    except (EOFError, KeyboardInterrupt):  # somebody would not answer
        print(file=sys.stderr)
        return STATUS_LEFT
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
        if settings.host_key is not None:
            member.trust_host(settings.host_key, now)
        return driver.Prepared(member, sockets.open_client_socket(server))

    return driver.Driver(prepare)


# --------------------------------------------------------------------------------------


def _forget() -> int:
    from chatroom import hosted

    remembered.Remembered().forget()
    preferences.PreferencesFile().forget()
    hosted.HostedFile().forget()
    print(CommandLine.FORGOTTEN())
    return STATUS_LEFT


def _run_console(options: argparse.Namespace, password: str | None) -> int:
    from chatroom.terminal import console, questions  # here, since a window does without

    given = settings.Given(options.host, options.port, password, options.name, options.history)
    asked = questions.Questions(given, remembered.Remembered())
    while True:
        answers = asked.ask()
        reads_all = answers.history is None
        if reads_all:  # page by page; the newest entry tells this log from another
            answers = answers._replace(history=1)
        status = console.Console(
            join_room(answers),
            answers.server,
            as_json=options.json,
            follow=options.follow,
            reads_all=reads_all,
            on_entered=asked.entered,
            trusts_new_host=options.new_host,
        ).run()
        if not asked.asks_again(status):
            return status


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
    ask = functools.partial(prompts.ask, root)
    memory = remembered.Remembered()
    window = chat_window.ChatWindow(root, ask, join_room, given, memory)
    with signals.stopped_by(lambda: root.after_idle(window.leave)):
        root.mainloop()
    return STATUS_LEFT


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
    parser.add_argument("--new-host", action="store_true", help=CommandLine.NEW_HOST())
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
