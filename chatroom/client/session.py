"""The client's end of a session: what the server says to us alone, and to the room."""

from typing import NamedTuple, TypeAlias

from chatroom.client.room_key import RoomKey, UnknownKey
from chatroom.crypto.sealing import Forged, Tagger
from chatroom.protocol import entries, messages, wire
from chatroom.protocol.channel import Channel

Heard: TypeAlias = messages.Reply | messages.Notice | entries.Entries | UnknownKey


class ClientSession(NamedTuple):
    """The keys of a session; `cast_tagger` is for what is cast to the room."""

    channel: Channel
    cast_tagger: Tagger

    @property
    def number(self) -> bytes:
        """The number of the session, which goes over the wire in clear."""
        return self.channel.number

    def open(
        self, datagram: wire.Sealed | wire.Cast, room_key: RoomKey
    ) -> tuple[int, Heard | None]:
        """Return what the server said, and the number of the request that it answers.

        None where it seals what is no message. Checks session, tag and replay window, in
        this order, then the form. Raises Forged or Replayed, and then nothing has changed.
        """
        if isinstance(datagram, wire.Cast):
            payload = room_key.open(datagram, self.cast_tagger)
            if payload is None:
                return messages.NO_NUMBER, UnknownKey(datagram.key_number)
        elif datagram.session != self.number:
            raise Forged
        else:
            payload, _ = self.channel.open(datagram.datagram)
            if not entries.is_entries(payload):
                return messages.decode_reply(payload)
        some = entries.decode_entries(payload)
        return (some.number, some) if some is not None else (messages.NO_NUMBER, None)
