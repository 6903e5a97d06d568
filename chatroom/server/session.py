"""A session at the server: one client that proved the password, wherever it is now."""

from dataclasses import dataclass

from chatroom.crypto import cpace, sealing
from chatroom.protocol import addresses, messages
from chatroom.protocol.channel import Channel
from chatroom.server import roll
from chatroom.server.allowances import UNLIMITED, Allowance, Both, Joint
from chatroom.server.limits import TokenBucket
from chatroom.server.steadiness import Steadiness

TEXTS_AT_ONCE, TEXTS_PER_S = 20, 10  # the log stays readable
TEXTS_AT_FIRST = 1  # coming in again and again must not be a way around the rate
REQUESTS_AT_ONCE, REQUESTS_PER_S = 1000, 400
"""What requests cost together: one each, a Join its cast, a Who the datagrams it asks for."""
JOIN_COST = 20
TEXTS_SURE_PER_S, REQUESTS_SURE_PER_S = 0.5, 20
"""What is left to each where others at its address, or on its link, have used up what is theirs."""
SURE_FOR_S = 4.0  # of that is there at once, after a while

_TEXTS_SURE, _REQUESTS_SURE = (
    (SURE_FOR_S * per_s, per_s) for per_s in (TEXTS_SURE_PER_S, REQUESTS_SURE_PER_S)
)


class Path:
    """Where a session receives, and where it claims to (RFC 9000, section 8.2).

    Another address, which its newest datagram came from, is only claimed until the session
    repeats the token that was sent there. Otherwise a member could name somebody else's
    address, and flood it from here.
    """

    __slots__ = ("_claimed", "_token", "address")

    def __init__(self, address: addresses.Address) -> None:
        """Start with an address that is known to receive."""
        self.address = address
        self._claimed: addresses.Address | None = None
        self._token = messages.NO_TOKEN

    def hear_from(self, source: addresses.Address, entropy: cpace.Entropy) -> bytes | None:
        """Note where the newest datagram came from; return the token to send there, if any."""
        if source == self.address:
            self._claimed = None
            return None
        if source != self._claimed:
            self._claimed, self._token = source, entropy(messages.TOKEN_SIZE)
        return self._token

    def confirm(self, token: bytes, source: addresses.Address) -> bool:
        """Move to the claimed address if this token was sent there and came back from there.

        Tell whether it did.
        """
        if self._claimed is None or source != self._claimed or token != self._token:
            return False
        self.address, self._claimed = self._claimed, None
        return True


@dataclass(slots=True, eq=False)
class Session:
    """Known by its number. Everything for it goes to the address of its `path`.

    `name` and `device` are what it last joined as, "" before that. `over` is why it was
    put out; it is kept so that it can be told. `join_number` is the highest of its
    Joins: an overtaken one asks for a name that is no longer wanted; `find_number` is the
    same of its Finds. `refused_name` was refused until `refused_until`: a late copy of that
    Join is no new wish. `entered_at` is since when it has been in, None where it is not;
    `said` is how many of its texts were stored. It began at this `host`, on this `link`;
    `texts`, `requests` and `changes` are what it may do, which is shared with the others that
    began there.
    """

    channel: Channel
    cast_hash: sealing.CastHash
    path: Path
    heard_at: float
    texts: Joint
    requests: Joint
    host: str
    link: str
    steadiness: Steadiness
    changes: TokenBucket | Both = UNLIMITED.changes
    name: str = ""
    device: str = ""
    over: messages.Refusal | None = None
    join_number: int = 0
    find_number: int = 0
    entered_at: float | None = None
    said: int = 0
    refused_name: str = ""
    refused_until: float = 0.0

    @classmethod
    def start(
        cls, channel: Channel, cast_key: bytes, address: addresses.Address, now: float
    ) -> "Session":
        """Return the session of somebody who just proved the password."""
        host, link = addresses.names_of(address)
        return cls(
            channel,
            sealing.cast_hash(cast_key),
            Path(address),
            now,
            Joint((TEXTS_AT_ONCE, TEXTS_PER_S), _TEXTS_SURE, now, TEXTS_AT_FIRST),
            Joint((REQUESTS_AT_ONCE, REQUESTS_PER_S), _REQUESTS_SURE, now),
            host,
            link,
            Steadiness(),
        )

    @property
    def number(self) -> bytes:
        return self.channel.number

    @property
    def address(self) -> addresses.Address:
        return self.path.address

    def share(self, allowance: Allowance) -> None:
        """Do what it does from this allowance, too."""
        self.texts.shared = allowance.texts
        self.requests.shared = allowance.requests
        self.changes = allowance.changes

    def may_ask(self, request: messages.Request | None, now: float) -> bool:
        """Take what a request costs; False where it goes beyond the rate."""
        match request:
            case messages.Join():
                cost = JOIN_COST
            case messages.Who(datagrams=datagrams):
                cost = roll.answered_by(datagrams)
            case _:
                cost = 1
        return self.requests.take(now, cost)
