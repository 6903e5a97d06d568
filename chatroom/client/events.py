"""What a member is told: frozen, in the past tense, told apart by type."""

from chatroom.protocol import messages, wire
from chatroom.protocol.entries import Entry
from chatroom.records import Record


class Entered(Record):
    """The server let us in, for the first time or again (`back`).

    `device` is how our entries' ids begin; `head` is the number of the newest entry.
    """

    room: str
    name: str
    device: str
    back: bool
    head: int
    host_key: bytes = b""


class NameRefused(Record):
    """Say `rename` to try another."""

    name: str
    reason: messages.Refusal


class PasswordRefused(Record):
    """Say `retry_password` to try another.

    `changed`: it was the right one until the host changed it.
    """

    changed: bool


class AccessRefused(Record):
    """The host does not let this address in, or speaks another version."""

    hint: wire.Hint  # NOT_ALLOWED or OTHER_VERSION


class ServerSilent(Record):
    """Nobody has answered since we began to knock."""

    silent_s: float


class GuessesSlowedHere(Record):
    """The server asks for patience: too many wrong passwords from our address."""


class RoomFull(Record):
    """There is no place for us just now; we keep all that we have, and try again."""


class HostUnproven(Record):
    """Somebody answers who does not prove to know the password; we try on, and slowly."""


class HostKeyChanged(Record):
    """Somebody answers who is not the host that we know; say `trust_host` to go on with them.

    Until then we say nothing to them, and go on looking for the one that we know.
    """

    known: bytes
    met: bytes


class ServerLost(Record):
    """Almost 3 s of silence followed a request, or the server said it stops; we keep trying."""

    stopped: bool


class ServerFound(Record):
    pass


class LogReplaced(Record):
    """The server now has another log: what was shown so far is not part of it."""


class NewEntries(Record):
    """The next entries at the end of our stretch: none is left out."""

    entries: tuple[Entry, ...]


class PageRead(Record):
    """Entries of the page that we asked for with `read`, or a part of them; each comes once."""

    entries: tuple[Entry, ...]


class HitsFound(Record):
    """Numbers of entries that match what we look for with `find`, the newest first.

    All from `back_to` on are looked at now. When it `is_over`, nothing more follows: 1 was the
    beginning of the log; from any other, `find` with `before=back_to` looks on.
    """

    words: str
    numbers: tuple[int, ...]
    back_to: int
    is_over: bool


class CaughtUp(Record):
    """Our stretch now reaches the head, for the first time since we entered."""

    first: int


class PeopleChanged(Record):
    """Who is in the room; `came` and `went` are empty for the first list."""

    names: tuple[str, ...]
    came: tuple[str, ...]
    went: tuple[str, ...]


class TextQueued(Record):
    """This part of what we said waits to be stored."""

    counter: int
    text: str


class TextsStored(Record):
    """All our texts up to this counter are on the server's disk."""

    counter: int


class TextRefused(Record):
    """The server cannot take this text, and never will: it is given up."""

    counter: int
    text: str


class TextsRenumbered(Record):
    """The server counts otherwise than we did. `texts` is all that still waits, under its
    new counters, or nothing; what was called stored before is so under the old ones.
    """

    texts: tuple[tuple[int, str], ...]


class StorageStalled(Record):
    """The server cannot write just now; we keep our texts and try again."""


class Expelled(Record):
    """We were put out, or not let in. Say `rejoin` to knock again, or `leave`."""

    reason: messages.Refusal


class Left(Record):
    """Goodbye was said; `unsaid` of our texts had not been stored."""

    unsaid: int


MemberEvent = (
    Entered
    | NameRefused
    | PasswordRefused
    | AccessRefused
    | ServerSilent
    | GuessesSlowedHere
    | RoomFull
    | HostUnproven
    | HostKeyChanged
    | ServerLost
    | ServerFound
    | LogReplaced
    | NewEntries
    | PageRead
    | HitsFound
    | CaughtUp
    | PeopleChanged
    | TextQueued
    | TextsStored
    | TextRefused
    | TextsRenumbered
    | StorageStalled
    | Expelled
    | Left
)
