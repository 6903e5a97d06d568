"""What somebody who types may ask for, in place of a message: /who, /find and others."""

from collections.abc import Callable

from chatroom import words
from chatroom.client import events
from chatroom.protocol import search
from chatroom.words.terminal import Command

EARLIER, EARLIER_MOST = 20, 500


class SlashCommands:
    """Carries out the commands; what begins with no slash, or with two, is none."""

    def __init__(
        self,
        answer: Callable[[str], None],
        *,
        find: Callable[[str], None],
        show_earlier: Callable[[int], None],
        show_name: Callable[[str], str],
    ) -> None:
        """Answer in lines; `show_earlier` shows so many messages before those shown."""
        self._answer = answer
        self._find = find
        self._show_earlier = show_earlier
        self._show_name = show_name
        self._people: tuple[str, ...] = ()
        self._is_who_asked = False
        self._verbs: dict[str, Callable[[str], None]] = {
            "/who": self._who,
            "/find": self._look_for,
            "/history": self._history,
            "/help": lambda rest: self._answer(Command.HELP(count=EARLIER)),
        }

    def handle(self, event: object) -> None:
        """Take in what the member tells of the room."""
        if isinstance(event, events.PeopleChanged):
            self._people = event.names
            if self._is_who_asked:
                self._who()

    def run(self, line: str) -> None:
        """Do what a line asks."""
        verb, _, rest = line.strip().partition(" ")
        action = self._verbs.get(verb.lower())
        if action is None:
            self._answer(Command.UNKNOWN(verb=words.show_text(verb)))
        else:
            action(rest.strip())

    # ----------------------------------------------------------------------------------

    def _who(self, _: str = "") -> None:
        """Tell who is here, as soon as it is known."""
        self._is_who_asked = not self._people
        if self._people:
            names = ", ".join(map(self._show_name, self._people))
            self._answer(Command.WHO(count=len(self._people), names=names))

    def _look_for(self, rest: str) -> None:
        if search.parse(rest):
            self._find(rest)
        else:
            self._answer(Command.FIND_WHAT())

    def _history(self, rest: str) -> None:
        is_number = rest.isascii() and rest.isdecimal() and len(rest) < 9
        count = int(rest) if is_number else 0 if rest else EARLIER
        if 1 <= count <= EARLIER_MOST:
            self._show_earlier(count)
        else:
            self._answer(Command.HISTORY_BAD(given=rest, most=EARLIER_MOST))


def is_command(line: str) -> bool:
    """Tell whether a line that was typed is a command, and no message."""
    return line.startswith("/") and not line.startswith("//")


def message_of(line: str) -> str:
    """Return what a line says that is no command: two slashes stand for one."""
    return line[1:] if line.startswith("//") else line
