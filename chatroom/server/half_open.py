"""Half-open places: clients that showed a cookie and have not proven the password yet."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from chatroom.crypto import sealing
from chatroom.protocol import wire
from chatroom.protocol.addresses import Address, prefix_of
from chatroom.protocol.channel import Channel

HALF_OPEN_MOST = 512
HALF_OPEN_PER_PREFIX = 8
HALF_OPEN_LIFE_S = 10.0


@dataclass
class Place:
    """Worth one guess at the password, however often it is tried: its keys do not change.

    What came first may have been made by somebody on the way, so a place that `failed` goes
    on taking what may be the proof, for as long as it is kept. `address` is the one that
    the cookie proved; `answer` goes to whoever repeats this very `knock`; `host_tagger` shows the
    client that we refused what it sent.
    """

    channel: Channel
    cast_key: bytes
    host_tagger: sealing.Tagger
    address: Address
    knock: wire.Knock
    answer: bytes
    since: float
    failed: bool = False
    prefix: str = field(init=False)

    def __post_init__(self) -> None:
        self.prefix = prefix_of(self.address)

    def is_over(self, now: float) -> bool:
        """Tell whether it is too late for the proof."""
        return now - self.since > HALF_OPEN_LIFE_S


class HalfOpen:
    """The places that are taken, by the number that the session will have."""

    def __init__(self) -> None:
        self._places: dict[bytes, Place] = {}  # in the order of time

    def __len__(self) -> int:
        return len(self._places)

    def most_at_one_prefix(self) -> int:
        """Return how many places that prefix holds which holds most."""
        counts = Counter(place.prefix for place in self._places.values())
        return max(counts.values(), default=0)

    def take(self, place: Place) -> None:
        """Give a client its place.

        The oldest one is given up where there are too many, at this prefix or in all: an
        honest client needs its place for one round trip, a flood fills it slower.
        """
        same = [key for key, one in self._places.items() if one.prefix == place.prefix]
        if len(same) >= HALF_OPEN_PER_PREFIX:
            del self._places[same[0]]
        elif len(self._places) >= HALF_OPEN_MOST:
            del self._places[next(iter(self._places))]
        self._places[place.channel.number] = place

    def get(self, session: bytes) -> Place | None:
        """Return the place of this session number, if there is one."""
        return self._places.get(session)

    def leave(self, session: bytes) -> None:
        """Free the place of a client that has proven the password."""
        del self._places[session]

    def forget_unless(self, permits: Callable[[Address], bool]) -> None:
        """Give up the places of addresses that are no longer permitted."""
        for session, place in list(self._places.items()):
            if not permits(place.address):
                del self._places[session]

    def clear(self) -> None:
        """Give up all places."""
        self._places.clear()

    def forget_old(self, now: float) -> None:
        """Give up the places whose time is over."""
        while self._places:
            session, place = next(iter(self._places.items()))
            if not place.is_over(now):
                break
            del self._places[session]
