"""What a member is told: frozen, in the past tense, told apart by type."""

from dataclasses import dataclass

from chatroom.protocol import messages, wire
from chatroom.protocol.entries import Entry


@dataclass(frozen=True)
class Entered:
    """The server let us in, for the first time or again (`back`).

    `device` is how our entries' ids begin; `head` is the number of the newest entry.
    """

    room: str
    name: str
    device: str
    back: bool
    head: int
    host_key: bytes = b""


@dataclass(frozen=True)
class NameRefused:
    """Say `rename` to try another."""

    name: str
    reason: messages.Refusal


@dataclass(frozen=True)
class PasswordRefused:
    """Say `retry_password` to try another.

    `changed`: it was the right one until the host changed it.
    """

    changed: bool


@dataclass(frozen=True)
class AccessRefused:
    """The host does not let this address in, or speaks another version."""

    hint: wire.Hint  # NOT_ALLOWED or OTHER_VERSION


@dataclass(frozen=True)
class ServerSilent:
    """Nobody has answered since we began to knock."""

    silent_s: float


@dataclass(frozen=True)
class GuessesSlowedHere:
    """The server asks for patience: too many wrong passwords from our address."""


@dataclass(frozen=True)
class RoomFull:
    """There is no place for us just now; we keep all that we have, and try again."""


@dataclass(frozen=True)
class HostUnproven:
    """Somebody answers who does not prove to know the password; we try on, and slowly."""


@dataclass(frozen=True)
class HostKeyChanged:
    """Somebody answers who is not the host that we know; say `trust_host` to go on with them.

    Until then we say nothing to them, and go on looking for the one that we know.
    """

    known: bytes
    met: bytes


@dataclass(frozen=True)
class ServerLost:
    """Almost 3 s of silence followed a request, or the server said it stops; we keep trying."""

    stopped: bool


@dataclass(frozen=True)
class ServerFound:
    pass


@dataclass(frozen=True)
class LogReplaced:
    """The server now has another log: what was shown so far is not part of it."""


@dataclass(frozen=True)
class NewEntries:
    """The next entries at the end of our stretch: none is left out."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class PageRead:
    """Entries of the page that we asked for with `read`, or a part of them; each comes once."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class HitsFound:
    """Numbers of entries that match what we look for with `find`, the newest first.

    All from `back_to` on are looked at now. When it `is_over`, nothing more follows: 1 was the
    beginning of the log; from any other, `find` with `before=back_to` looks on.
    """

    words: str
    numbers: tuple[int, ...]
    back_to: int
    is_over: bool


@dataclass(frozen=True)
class CaughtUp:
    """Our stretch now reaches the head, for the first time since we entered."""

    first: int


@dataclass(frozen=True)
class PeopleChanged:
    """Who is in the room; `came` and `went` are empty for the first list."""

    names: tuple[str, ...]
    came: tuple[str, ...]
    went: tuple[str, ...]


@dataclass(frozen=True)
class TextQueued:
    """This part of what we said waits to be stored."""

    counter: int
    text: str


@dataclass(frozen=True)
class TextsStored:
    """All our texts up to this counter are on the server's disk."""

    counter: int


@dataclass(frozen=True)
class TextRefused:
    """The server cannot take this text, and never will: it is given up."""

    counter: int
    text: str


@dataclass(frozen=True)
class TextsRenumbered:
    """The server counts otherwise than we did. `texts` is all that still waits, under its
    new counters, or nothing; what was called stored before is so under the old ones.
    """

    texts: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class StorageStalled:
    """The server cannot write just now; we keep our texts and try again."""


@dataclass(frozen=True)
class Expelled:
    """We were put out, or not let in. Say `rejoin` to knock again, or `leave`."""

    reason: messages.Refusal


@dataclass(frozen=True)
class Left:
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
