"""What the command lines of both programs have in common."""

import argparse
import getpass
import sys
from collections.abc import Callable
from pathlib import Path

from chatroom import forms, problems, words

STATUS_USAGE = 2


def make_parser(program: str, description: str) -> argparse.ArgumentParser:
    """Return a parser that knows where the password comes from."""
    parser = argparse.ArgumentParser(
        prog=program,
        description=description,
        epilog=f"The password may also be given in the environment variable "
        f"{forms.PASSWORD_VARIABLE}.",
    )
    parser.add_argument("--password-file", type=Path, metavar="FILE", help="its first line is used")
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
