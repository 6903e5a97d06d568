"""What the command lines of both programs have in common."""

import argparse
import getpass
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from chatroom import forms, preferences, problems, words
from chatroom.words import command_line, languages
from chatroom.words.command_line import CommandLine

STATUS_USAGE = 2


def choose_language(argv: Sequence[str]) -> None:
    """Speak the language of `--lang`, or else the one chosen before, or the system's.

    Before the parser is made, since its texts are read then; a bad one it refuses itself.
    """
    code = _given_language(argv) or preferences.PreferencesFile().load().language
    spoken = [one for one in languages.Language if one.value == code]
    languages.use(spoken[0] if spoken else languages.system_language())


def make_parser(program: str, description: str, examples: str) -> argparse.ArgumentParser:
    """Return a parser that knows the language and where the password comes from."""
    # argparse has its words from gettext, by this name in all its versions up to now; gettext
    # would want compiled catalogues, in files beside the program. Without it they are English.
    vars(argparse)["_"] = _translate
    password_from = CommandLine.PASSWORD_FROM(variable=forms.PASSWORD_VARIABLE)
    parser = _Parser(
        prog=program,
        description=description,
        epilog=f"{password_from}\n\n{examples}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--lang",
        choices=[one.value for one in languages.Language],
        metavar="en|id",
        help=CommandLine.LANGUAGE(),
    )
    parser.add_argument(
        "--password-file", type=Path, metavar="FILE", help=CommandLine.PASSWORD_FILE()
    )
    return parser


def checked(check: Callable[[str], object]) -> Callable[[str], object]:
    """Return a check of `forms` as the type of an argument."""

    def read(text: str) -> object:
        try:
            return check(text)
        except problems.WrongInput as wrong:
            raise argparse.ArgumentTypeError(words.explain(wrong)) from None

    return read


def given_password(program: str, file: Path | None) -> str | None:
    """Return the password of a file or of the environment, None where there is none.

    Where others can read the file, that is said. Raises WrongInput like `forms`.
    """
    password = forms.given_password(file)
    try:
        if file is not None:
            forms.check_privacy(file)
    except problems.WrongInput as wrong:
        print(f"{program}: {words.show_text(words.explain(wrong))}", file=sys.stderr)
    return password


def ask_password(question: str) -> str | None:
    """Return the password that somebody types unseen; None where nobody sits there."""
    if sys.stdin is None or not sys.stdin.isatty():
        return None
    return getpass.getpass(question)


def usage(program: str, sentence: str) -> int:
    """Say why the program cannot start; return its exit status."""
    print(f"{program}: {words.show_text(sentence)}", file=sys.stderr)
    return STATUS_USAGE


# --------------------------------------------------------------------------------------


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say what is wrong: argparse names the option in English only, before Python 3.12."""
        rest = message.removeprefix("argument ")
        super().error(CommandLine.OF_OPTION() + rest if rest != message else message)


def _given_language(argv: Sequence[str]) -> str | None:
    """Return what `--lang` says, the last of them where there are several."""
    given = None
    for option, after in zip(argv, [*argv[1:], ""], strict=False):
        name, equals, value = option.partition("=")
        if name.startswith("--l") and "--lang".startswith(name):  # argparse takes it shortened
            given = value if equals else after
    return given


def _translate(text: str) -> str:
    if languages.current() is languages.Language.ENGLISH:
        return text
    return command_line.ARGPARSE_INDONESIAN.get(text, text)
