"""The host's wishes as lines of text, for a server without a window."""

from collections.abc import Callable
from concurrent.futures import CancelledError
from typing import NamedTuple

from chatroom import forms, problems, words
from chatroom.network.driver import Driver, Result
from chatroom.protocol import addresses, names
from chatroom.server.people import Person
from chatroom.server.room import Room
from chatroom.terminal import host_search, showing
from chatroom.words.headless import CommandHelp, Headless

HELP_COLUMN = 20


class Command(NamedTuple):
    """What a verb does with the rest of its line, and the help for it."""

    action: Callable[[str], str]
    help: CommandHelp


class Commands:
    """Carries out one line after another."""

    def __init__(
        self,
        driver: Driver[Room],
        read_password: Callable[[], str],
        show: Callable[[], showing.Show] = lambda: host_search.as_rows,
    ) -> None:
        """Act on the driver's room.

        `read_password` gets a new password, unseen; `show()` is how messages look that are found.
        """
        self._driver = driver
        self._read_password = read_password
        self._search = host_search.HostSearch(driver, show)
        self.hear = self._search.hear
        self._commands = {
            "people": Command(self._people, CommandHelp.PEOPLE),
            "say": Command(self._say, CommandHelp.SAY),
            "name": Command(self._name, CommandHelp.NAME),
            "remove": Command(self._remove, CommandHelp.REMOVE),
            "block": Command(self._block, CommandHelp.BLOCK),
            "unblock": Command(self._unblock, CommandHelp.UNBLOCK),
            "blocked": Command(self._blocked, CommandHelp.BLOCKED),
            "allow": Command(self._allow, CommandHelp.ALLOW),
            "find": Command(self._search.find, CommandHelp.FIND),
            "status": Command(self._status, CommandHelp.STATUS),
            "password": Command(self._password, CommandHelp.PASSWORD),
            "stop": Command(self._stop, CommandHelp.STOP),
            "help": Command(self._help, CommandHelp.HELP),
        }

    def run(self, line: str) -> str:
        """Do what the line says; return what there is to say about it, "" for nothing."""
        verb, _, rest = line.strip().partition(" ")
        command = self._commands.get(verb.lower())
        if command is None:
            return Headless.NO_COMMAND(verb=verb)
        try:
            return command.action(rest.strip())
        except problems.WrongInput as wrong:
            return words.explain(wrong)
        except CancelledError:
            return Headless.NOT_OPEN()

    # Talking ---------------------------------------------------------------------------

    def _say(self, text: str) -> str:
        """Say it; that it was stored comes as an event."""
        self._ask(lambda room, now: room.say(text, now))
        return ""

    def _name(self, name: str) -> str:
        if name:
            self._ask(lambda room, now: room.reserve(name, now))
        return Headless.SPEAKING_AS(name=self._ask(lambda room, _: room.host_name))

    # People ----------------------------------------------------------------------------

    def _people(self, _: str) -> str:
        people = self._ask(lambda room, now: room.people(now))
        return "\n".join(map(_show_person, people)) or Headless.NOBODY()

    def _remove(self, name: str) -> str:
        if self._ask(lambda room, now: room.remove(name, now)):
            return Headless.REMOVED(name=name)
        own = self._ask(lambda room, _: room.host_name)
        if names.name_key(name) == names.name_key(own):
            return Headless.REMOVED_HOST(name=own)
        return Headless.REMOVED_NOBODY(name=name)

    def _block(self, text: str) -> str:
        networks = self._where_is(text)

        def block(room: Room, now: float) -> None:
            for network in networks:
                room.block(network, now)

        self._ask(block)
        return Headless.BLOCKED(networks=_show(networks))

    def _where_is(self, text: str) -> list[addresses.Network]:
        """Return the networks that a text lists, or where somebody of that name speaks from.

        In this order, so that nobody has another's address blocked by taking it for a name.
        """
        try:
            return _at_least_one(text)
        except problems.WrongInput:
            key = names.name_key(text)
            for one in self._ask(lambda room, now: room.people(now)):
                if names.name_key(one.name) == key:
                    return [addresses.to_block(one.address)]
            raise

    def _unblock(self, text: str) -> str:
        networks = _at_least_one(text)

        def unblock(room: Room, _: float) -> list[addresses.Network]:
            blocked = room.blocked()
            for network in networks:
                room.unblock(network)
            return blocked

        blocked = self._ask(unblock)
        freed = [one for one in networks if one in blocked]
        others = [one for one in networks if one not in blocked]
        lines = [Headless.UNBLOCKED(networks=_show(freed))] if freed else []
        lines += [Headless.NOT_BLOCKED(networks=_show(others))] if others else []
        return "\n".join(lines)

    def _blocked(self, _: str) -> str:
        blocked, allowed = self._ask(lambda room, _: (room.blocked(), room.allowed()))
        first = (
            Headless.BLOCKED_ARE(networks=_show(blocked)) if blocked else Headless.BLOCKED_NONE()
        )
        return f"{first}\n{_show_allowed(allowed)}"

    def _allow(self, text: str) -> str:
        networks = addresses.parse_networks(text)
        self._ask(lambda room, now: room.allow_only(networks, now))
        return _show_allowed(networks)

    # The room --------------------------------------------------------------------------

    def _status(self, _: str) -> str:
        figures, name, now = self._ask(lambda room, now: (room.figures(), room.host_name, now))
        opened = _show_duration(now - figures.opened_at)
        lines = [
            Headless.OPEN_FOR(duration=opened, count=figures.head),
            words.status(figures),
            Headless.SPEAKING_AS(name=name),
        ]
        if figures.host_waiting:
            lines.append(Headless.WAITING(count=figures.host_waiting))
        return "\n".join(lines)

    def _password(self, rest: str) -> str:
        if rest:
            return Headless.PASSWORD_ALONE()
        password = forms.check_password(self._read_password())
        self._ask(lambda room, now: room.change_password(password, now))
        return Headless.PASSWORD_CHANGED()

    def _stop(self, _: str) -> str:
        self._ask(Room.close)
        return Headless.STOPPING()

    def _help(self, _: str) -> str:
        lines = [command.help() for command in self._commands.values()]
        return "\n".join(lines).expandtabs(HELP_COLUMN)

    def _ask(self, action: Callable[[Room, float], Result]) -> Result:
        return self._driver.call(action).result()


# --------------------------------------------------------------------------------------


def _at_least_one(text: str) -> list[addresses.Network]:
    networks = addresses.parse_networks(text)
    if not networks:
        raise problems.WrongInput(addresses.BadNetwork.MISSING)
    return networks


def _show(networks: list[addresses.Network]) -> str:
    return ", ".join(map(addresses.show_network, networks))


def _show_allowed(networks: list[addresses.Network]) -> str:
    return Headless.ALLOWED(networks=_show(networks)) if networks else Headless.ALLOWED_ALL()


def _show_person(person: Person) -> str:
    line = Headless.PERSON_QUIET if person.is_quiet else Headless.PERSON
    return line(
        name=words.quoted(person.name),
        address=addresses.show_address(person.address),
        here=_show_duration(person.here_s),
        silent=_show_duration(person.silent_s),
        count=person.messages,
    )


def _show_duration(seconds: float) -> str:
    """Return a duration in its two largest units."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    days, hour = divmod(hours, 24)
    if days:
        return Headless.DAYS(days=days, hours=hour)
    if hours:
        return Headless.HOURS(hours=hour, minutes=minute)
    return Headless.MINUTES(minutes=minute) if minutes else Headless.SECONDS(seconds=second)
