"""The questions before a console talks: what is not given is asked, where somebody sits.

What was wrong with an answer is said, and it is asked again; also when it was the server that
found it wrong.
"""

import getpass
import sys
from collections.abc import Callable
from typing import TypeVar

from chatroom import forms, problems, remembered, settings, words
from chatroom.client import events
from chatroom.network import sockets
from chatroom.terminal import console, lines
from chatroom.words.terminal import Ask

Value = TypeVar("Value")


class Questions:
    """Knows what was given and what was answered, and asks for the rest."""

    def __init__(self, given: settings.Given, memory: remembered.Remembered) -> None:
        self._given = given
        self._memory = memory
        self._asks = sys.stdin is not None and sys.stdin.isatty()
        self._address: tuple[str, int] | None = None
        self._password = self._name = ""
        self._is_settled = False

    def ask(self) -> settings.Settings:
        """Return the settings, with an answer to whatever is not known yet.

        Raises WrongInput for what is given and wrong, or not given where nobody sits; EOFError
        and KeyboardInterrupt where somebody will not answer.
        """
        host, port = self._find_address()
        password = self._given.password or self._password
        self._password = password or self._ask_password()
        name = self._given.name
        self._name = forms.check_name(name) if name else self._name or self._ask_name(host, port)
        return settings.Settings(
            host,
            port,
            forms.check_password(self._password),
            self._name,
            self._given.history,
            self._memory.room(f"{host} {port}").known_host,
        )

    def entered(self, event: events.Entered) -> None:
        """Remember the room that was entered, for the next time; in a pipe its host alone."""
        self._is_settled = True
        if self._address is None:
            return
        host, port = self._address
        key = f"{host} {port}"
        self._memory.update(key, host_key=event.host_key)
        if self._asks:
            self._memory.update(key, name=event.name, title=event.room)

    def asks_again(self, status: int) -> bool:
        """Tell whether what a console ended with is mended by another answer, and forget that."""
        if self._is_settled or not self._asks:
            return False
        match status:
            case console.STATUS_WRONG_PASSWORD if not self._given.password:
                self._password = ""
            case console.STATUS_NAME_REFUSED if not self._given.name:
                self._name = ""
            case console.STATUS_NO_ANSWER if not self._given.host:
                self._address = None
            case _:
                return False
        return True

    # ----------------------------------------------------------------------------------

    def _find_address(self) -> tuple[str, int]:
        """Return the server's host and port; only where the host is asked, the port is, too."""
        if self._address is None:
            given, port = self._given.host, self._given.port
            if given is not None:
                host = forms.check_server(given)
            elif not self._asks:
                host = "127.0.0.1"
            else:
                last = self._memory.last()
                known = last.host if last is not None else ""
                host, typed = self._until_good(Ask.SERVER, known, _check_reachable)
                port = port or typed or self._ask_port(host)
            self._address = host, port or forms.DEFAULT_PORT
        return self._address

    def _ask_port(self, host: str) -> int:
        ports = [room.port for room in self._memory.recent() if room.host == host]
        return self._until_good(Ask.PORT, str([*ports, forms.DEFAULT_PORT][0]), forms.check_port)

    def _ask_name(self, host: str, port: int) -> str:
        if not self._asks:
            raise problems.WrongInput(forms.BadAnswer.NAME_NOT_GIVEN)
        last = self._memory.last()
        known = self._memory.room(f"{host} {port}").name or (last.name if last else "")
        return self._until_good(Ask.NAME, known, forms.check_name)

    def _ask_password(self) -> str:
        if not self._asks:
            raise problems.WrongInput(
                forms.BadAnswer.PASSWORD_NOT_GIVEN, variable=forms.PASSWORD_VARIABLE
            )
        return _until(lambda: getpass.getpass(Ask.PASSWORD()), forms.check_password)

    def _until_good(self, question: Ask, known: str, check: Callable[[str], Value]) -> Value:
        """Ask until the answer is good; Enter alone answers what is known."""
        shown = question(default=f" [{words.show_text(known)}]" if known else "")
        return _until(lambda: _ask_line(shown).strip() or known, check)


def _check_reachable(text: str) -> forms.Address:
    """Return the address that is meant; raises Problem also where there is no such computer."""
    address = forms.check_address(text)
    sockets.resolve(address.host, address.port or forms.DEFAULT_PORT)
    return address


def _ask_line(question: str) -> str:
    print(question, end="", file=sys.stderr, flush=True)
    line = next(lines.input_lines(), None)
    if line is None:
        raise EOFError
    return line


def _until(ask: Callable[[], str], check: Callable[[str], Value]) -> Value:
    while True:
        try:
            return check(ask())
        except problems.Problem as wrong:
            print(words.show_text(words.explain(wrong)), file=sys.stderr)
