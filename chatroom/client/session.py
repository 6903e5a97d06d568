"""The client's end of a session: what the server says to us alone, and to the room."""

from collections import deque
from collections.abc import Callable
from typing import NamedTuple

from chatroom.crypto import replay, sealing
from chatroom.protocol import changes, entries, listing, messages, wire
from chatroom.protocol.channel import Channel

SENT_KEPT = 16
"""Datagrams of ours that may be refused; a Join is sent less often in one session."""


class UnknownKey(NamedTuple):
    """A cast came under another key than ours: a ping brings the new one."""

    number: int


class RoomKey:
    """Opens casts. It is the same for all in the room; the tags are for each alone."""

    def __init__(self) -> None:
        self._number = -1
        self._key = b""

    def take(self, number: int, key: bytes) -> None:
        """Go on with this key."""
        self._number, self._key = number, key

    def open(
        self, cast: wire.Cast, tagger: sealing.Tagger, seen: replay.ReplayWindow
    ) -> bytes | None:
        """Check tag, key and replay window, in this order; return the payload.

        `tagger` and `seen` are of one session: numbers go on from key to key.

        None where it is under another key. Raises Forged or Replayed, and then nothing
        has changed.
        """
        body = tagger.check_cast(cast.datagram)
        if cast.key_number != self._number:
            return None
        seen.accept(sealing.packet_number(body, wire.CAST_PREFIX_SIZE))
        return sealing.decrypt(self._key, body, wire.CAST_PREFIX_SIZE)


class Refusals:
    """What the host shows with that it refused a datagram of ours as a proof."""

    def __init__(self, tagger: sealing.Tagger) -> None:
        self._tagger = tagger
        self._sent: deque[bytes] = deque(maxlen=SENT_KEPT)

    def sent(self, datagram: bytes) -> None:
        """Note a datagram that may be refused."""
        self._sent.append(datagram)

    def is_shown(self, proof: bytes) -> bool:
        """Tell whether this was made by the host, over a datagram that we sent."""
        return any(self._tagger.fits(proof, datagram) for datagram in self._sent)


Said = entries.Entries | changes.Changes | listing.Page
"""What is no message in JSON."""

Heard = messages.Reply | messages.Notice | Said | UnknownKey


_DECODERS: dict[bytes, Callable[[bytes], Said | None]] = {
    b"\1": entries.decode_entries,
    b"\2": changes.decode_changes,
    b"\3": listing.decode_page,
}
"""By the first byte of a payload."""


class ClientSession(NamedTuple):
    """The keys of a session; `cast_tagger` is for what is cast to the room, `casts` which were.

    It is with whoever has the secret of this host's key, if anything comes of it.
    """

    channel: Channel
    cast_tagger: sealing.Tagger
    casts: replay.ReplayWindow
    refusals: Refusals
    host_key: bytes

    @property
    def number(self) -> bytes:
        """The number of the session, which goes over the wire in clear."""
        return self.channel.number

    def prove(self, payload: bytes) -> bytes:
        """Return the datagram that brings the server the payload, as a proof of the password."""
        datagram = self.channel.seal(payload)
        self.refusals.sent(datagram)
        return datagram

    def hint_of(self, gone: wire.Gone) -> wire.Hint | None:
        """Return what this hints; None for what we do not know, and for a refusal not shown."""
        hint = wire.Hint.read(gone.hint)
        if hint is wire.Hint.WRONG_PASSWORD and not self.refusals.is_shown(gone.proof):
            return None
        return hint

    def open(
        self, datagram: wire.Sealed | wire.Cast, room_key: RoomKey
    ) -> tuple[int, Heard | None]:
        """Return what the server said, and the number of the request that it answers.

        None where it seals what is no message. Checks session, tag and replay window, in
        this order, then the form. Raises Forged or Replayed, and then nothing has changed.
        """
        if isinstance(datagram, wire.Cast):
            payload = room_key.open(datagram, self.cast_tagger, self.casts)
            if payload is None:
                return messages.NO_NUMBER, UnknownKey(datagram.key_number)
        elif datagram.session != self.number:
            raise sealing.Forged
        else:
            payload, _ = self.channel.open(datagram.datagram)
            if payload[:1] not in _DECODERS:
                return messages.decode_reply(payload)
        decode = _DECODERS.get(payload[:1])
        some = decode(payload) if decode is not None else None
        return (some.number, some) if some is not None else (messages.NO_NUMBER, None)
