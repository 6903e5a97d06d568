"""What the command lines of both programs have in common."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from chatroom import forms, problems, words

STATUS_USAGE = 2

Value = TypeVar("Value")


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


def checked(check: Callable[[str], Value]) -> Callable[[str], Value]:
    """Return a check of `forms` as the type of an argument."""

    def read(text: str) -> Value:
        try:
            return check(text)
        except problems.WrongInput as wrong:
            raise argparse.ArgumentTypeError(words.explain(wrong)) from None

    return read


def usage(program: str, sentence: str) -> int:
    """Say why the program cannot start; return its exit status."""
    print(f"{program}: {words.show_text(sentence)}", file=sys.stderr)
    return STATUS_USAGE
