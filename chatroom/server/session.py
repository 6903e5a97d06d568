"""A session at the server: one client that proved the password, wherever it is now."""

from dataclasses import dataclass

from chatroom.crypto.sealing import Opener, Sealer, Tagger
from chatroom.protocol.addresses import Address
from chatroom.protocol.messages import NO_TOKEN, Refusal
from chatroom.protocol.wire import sealed_prefix
from chatroom.server.door import Proven
from chatroom.server.limits import TokenBucket

TEXTS_AT_ONCE, TEXTS_PER_S = 20, 10  # the log stays readable
TEXTS_AT_FIRST = 1  # coming in again and again must not be a way around the rate
REQUESTS_AT_ONCE, REQUESTS_PER_S = 1000, 400
"""What requests cost together: one each, a Fetch what it brings, a Join its cast."""


@dataclass(slots=True, eq=False)
class Session:
    """Known by its number. `address` is where it has shown that it receives; another,
    which its newest datagram came from, is `claimed` until it repeats the `token`.

    `name` and `device` are what it last joined as, "" before that. `over` is why it was
    put out; it is kept so that it can be told. `join_number` is the highest of its
    Joins: an overtaken one asks for a name that is no longer wanted. `refused_name` was
    refused until `refused_until`: a late copy of that Join is no new wish.
    """

    number: bytes
    address: Address
    opener: Opener
    sealer: Sealer
    cast_tagger: Tagger
    heard_at: float
    texts: TokenBucket
    requests: TokenBucket
    name: str = ""
    device: str = ""
    over: Refusal | None = None
    join_number: int = 0
    refused_name: str = ""
    refused_until: float = 0.0
    claimed: Address | None = None
    token: bytes = NO_TOKEN

    @classmethod
    def start(cls, number: bytes, proven: Proven, now: float) -> "Session":
        """Return the session of somebody who just proved the password."""
        return cls(
            number,
            proven.address,
            proven.opener,
            Sealer(proven.keys.server),
            Tagger(proven.keys.cast),
            now,
            TokenBucket(TEXTS_AT_ONCE, TEXTS_PER_S, now, TEXTS_AT_FIRST),
            TokenBucket(REQUESTS_AT_ONCE, REQUESTS_PER_S, now),
        )

    def seal(self, payload: bytes) -> bytes:
        """Return the datagram that brings the payload to this client alone."""
        return self.sealer.seal(sealed_prefix(self.number), payload)
