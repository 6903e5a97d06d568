"""The key that the room's casts are encrypted under, and which of them were seen."""

from dataclasses import dataclass

from chatroom.crypto.replay import ReplayWindow
from chatroom.crypto.sealing import Tagger, decrypt, packet_number
from chatroom.protocol import wire


@dataclass(frozen=True)
class UnknownKey:
    """A cast came under another key than ours: a ping brings the new one."""

    number: int


class RoomKey:
    """Opens casts. It is the same for all in the room; the tags are for each alone."""

    def __init__(self) -> None:
        self._number = -1
        self._key = b""
        self._seen = ReplayWindow()

    def take(self, number: int, key: bytes) -> None:
        """Go on with this key; casts under another have numbers of their own."""
        if (number, key) != (self._number, self._key):
            self._number, self._key = number, key
            self._seen = ReplayWindow()

    def open(self, cast: wire.Cast, tagger: Tagger) -> bytes | None:
        """Check tag, key and replay window, in this order; return the payload.

        None where it is under another key. Raises Forged or Replayed, and then nothing
        has changed.
        """
        body = tagger.check(cast.datagram)
        if cast.key_number != self._number:
            return None
        self._seen.accept(packet_number(body, wire.CAST_PREFIX_SIZE))
        return decrypt(self._key, body, wire.CAST_PREFIX_SIZE)
