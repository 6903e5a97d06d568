"""What the host is told: frozen, in the past tense, told apart by type."""

from dataclasses import dataclass

from chatroom.problems import Problem
from chatroom.protocol import addresses, messages
from chatroom.protocol.entries import Entry


@dataclass(frozen=True)
class ArchiveRead:
    """So much of a long archive has been read; before it is open, it may be read again."""

    percent: int


@dataclass(frozen=True)
class ArchiveOpened:
    """`notices` say what was repaired; `head` is the number of the newest message."""

    path: str
    notices: tuple[Problem, ...]
    head: int


@dataclass(frozen=True)
class KeyTaken:
    """The public key that members know this host by."""

    key: bytes


@dataclass(frozen=True)
class PersonJoined:
    name: str
    address: addresses.Address


@dataclass(frozen=True)
class PersonLeft:
    """`reason` is None where the person said goodbye or fell silent (`quiet`)."""

    name: str
    quiet: bool = False
    reason: messages.Refusal | None = None


@dataclass(frozen=True)
class PersonMoved:
    """The same session now speaks from another address."""

    name: str
    address: addresses.Address


@dataclass(frozen=True)
class JoinRefused:
    name: str
    address: addresses.Address
    reason: messages.Refusal


@dataclass(frozen=True)
class GuessFailed:
    """Somebody at this address tried a wrong password, as `more` did who are not told of."""

    address: addresses.Address
    more: int = 0


@dataclass(frozen=True)
class GuessesSlowed:
    """This address has used up its guesses, and waits for the next; `more` do."""

    address: addresses.Address
    more: int = 0


@dataclass(frozen=True)
class GuessesUsedUp:
    """So many wrong guesses came, from so many addresses, that all who guess are slowed."""


@dataclass(frozen=True)
class AddressRefused:
    """An address that the host does not allow asked to come in; `more` did."""

    address: addresses.Address
    more: int = 0


@dataclass(frozen=True)
class MessagesStored:
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class HostTextsLost:
    """The room closed, and these texts of the host could not be stored."""

    count: int
    texts: tuple[str, ...]


@dataclass(frozen=True)
class HitsFound:
    """What the host looked for: numbers of what matches, newest first, of all from `back_to`.

    1 is the beginning; otherwise `Room.find` goes on before `back_to`.
    """

    words: str
    numbers: tuple[int, ...]
    back_to: int


@dataclass(frozen=True)
class StorageRefused:
    """A write failed and was rolled back; the senders keep their messages.

    It is told once, until `StorageRecovered`.
    """

    problem: Problem


@dataclass(frozen=True)
class StorageRecovered:
    """Messages are stored again."""


@dataclass(frozen=True)
class StorageBroken:
    """The room has stopped, since nothing can be called stored any more."""

    problem: Problem


RoomEvent = (
    ArchiveRead
    | ArchiveOpened
    | KeyTaken
    | PersonJoined
    | PersonLeft
    | PersonMoved
    | JoinRefused
    | GuessFailed
    | GuessesSlowed
    | GuessesUsedUp
    | AddressRefused
    | MessagesStored
    | HostTextsLost
    | HitsFound
    | StorageRefused
    | StorageRecovered
    | StorageBroken
)
