"""The questions before the chat, one `simpledialog` after another."""

import textwrap
from collections.abc import Callable
from tkinter import Tk, simpledialog
from typing import TypeVar

from chatroom import forms, problems, words

TITLE = "Join a chat room"
LINE_WIDTH = 56
"""Characters in a line of what stands above a question."""

Value = TypeVar("Value")


class Prompts:
    """The questions before the chat. Each returns a good answer, or None for Cancel."""

    def __init__(self, root: Tk) -> None:
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
        return self._ask("Your name in the room:", forms.check_name, initial, problem)

    def _ask(
        self,
        question: str,
        check: Callable[[str], Value],
        initial: str = "",
        problem: str = "",
        show: str | None = None,
    ) -> Value | None:
        """Ask until the answer is good."""
        while True:
            answer = self._show_dialog(question, initial, problem, show)
            if answer is None:
                return None
            try:
                return check(answer)
            except problems.WrongInput as wrong:
                problem, initial = words.explain(wrong), answer

    def _show_dialog(
        self, question: str, initial: str, problem: str, show: str | None
    ) -> str | None:
        """Ask once; what is wrong with the last answer stands above the question."""
        said = "\n".join(textwrap.wrap(problem, LINE_WIDTH))
        return simpledialog.askstring(
            TITLE,
            f"{said}\n\n{question}" if said else question,
            parent=self._root,
            initialvalue=initial,
            show=show,
        )
