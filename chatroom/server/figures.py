"""What the host can be shown of a room's state: plain values, copied at one moment."""

from enum import Enum, auto

from chatroom.protocol import addresses, messages
from chatroom.records import Record


class Drop(Enum):
    """Why something that came in had no effect."""

    MALFORMED_DATAGRAM = auto()
    STALE_COOKIE = auto()  # another cookie was sent
    FORGED = auto()
    REPLAYED = auto()
    BEYOND_RATE = auto()
    MALFORMED_REQUEST = auto()  # it was refused
    OVERTAKEN = auto()


class SessionFigures(Record):
    """One client that proved the password at this `host`; it holds its name where it `is_in`."""

    number: bytes
    address: addresses.Address
    host: str
    name: str
    device: str
    heard_at: float
    over: messages.Refusal | None
    is_in: bool


class DoorFigures(Record):
    """What is kept of strangers; all of it is bounded."""

    half_open: int
    half_open_at_one_prefix: int  # where there are most
    knocks_waiting: int
    used_cookies: int
    prefixes_guessing: int


class Figures(Record):
    """A room at one moment. `says_waiting` and `datagrams_waiting` leave with the turn.

    `head` is the number of the newest entry, `opened_at` since when the room is open,
    `host_waiting` are the host's texts that the log has not taken yet.
    """

    head: int
    opened_at: float
    dropped: dict[Drop, int]
    people: int
    version: int
    contests: int
    sessions: tuple[SessionFigures, ...]
    door: DoorFigures
    key_number: int
    says_waiting: int
    host_waiting: int
    datagrams_waiting: int
