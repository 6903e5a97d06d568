"""What the host is told: frozen, in the past tense, told apart by type."""

from chatroom.problems import Problem
from chatroom.protocol import addresses, messages
from chatroom.protocol.entries import Entry
from chatroom.records import Record


class ArchiveRead(Record):
    """So much of a long archive has been read; before it is open, it may be read again."""

    percent: int


class ArchiveOpened(Record):
    """`notices` say what was repaired; `head` is the number of the newest message."""

    path: str
    notices: tuple[Problem, ...]
    head: int


class KeyTaken(Record):
    """The public key that members know this host by."""

    key: bytes


class PersonJoined(Record):
    name: str
    address: addresses.Address


class PersonLeft(Record):
    """`reason` is None where the person said goodbye or fell silent (`quiet`)."""

    name: str
    quiet: bool = False
    reason: messages.Refusal | None = None


class PersonMoved(Record):
    """The same session now speaks from another address."""

    name: str
    address: addresses.Address


class JoinRefused(Record):
    name: str
    address: addresses.Address
    reason: messages.Refusal


class GuessFailed(Record):
    """Somebody at this address tried a wrong password, as `more` did who are not told of."""

    address: addresses.Address
    more: int = 0


class GuessesSlowed(Record):
    """This address has used up its guesses, and waits for the next; `more` do."""

    address: addresses.Address
    more: int = 0


class GuessesUsedUp(Record):
    """So many wrong guesses came, from so many addresses, that all who guess are slowed."""


class AddressRefused(Record):
    """An address that the host does not allow asked to come in; `more` did."""

    address: addresses.Address
    more: int = 0


class MessagesStored(Record):
    entries: tuple[Entry, ...]


class HostTextsLost(Record):
    """The room closed, and these texts of the host could not be stored."""

    count: int
    texts: tuple[str, ...]


class HitsFound(Record):
    """What the host looked for: numbers of what matches, newest first, of all from `back_to`.

    1 is the beginning; otherwise `Room.find` goes on before `back_to`.
    """

    words: str
    numbers: tuple[int, ...]
    back_to: int


class StorageRefused(Record):
    """A write failed and was rolled back; the senders keep their messages.

    It is told once, until `StorageRecovered`.
    """

    problem: Problem


class StorageRecovered(Record):
    """Messages are stored again."""


class StorageBroken(Record):
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
