"""One end of a session: seals what goes out and opens what comes in, under its number."""

from chatroom.crypto.sealing import DirectionKeys, Opener, Sealer, SessionKeys
from chatroom.protocol import wire


class Channel:
    """The SEALED datagrams of one session, at the client or at the server.

    Every datagram gets the next packet number of its direction; each is taken once.
    """

    __slots__ = ("_opener", "_prefix", "_sealer", "number")

    def __init__(self, number: bytes, outgoing: DirectionKeys, incoming: DirectionKeys) -> None:
        self.number = number
        self._prefix = wire.sealed_prefix(number)
        self._sealer = Sealer(outgoing)
        self._opener = Opener(incoming)

    @classmethod
    def of_client(cls, number: bytes, keys: SessionKeys) -> "Channel":
        """Return the client's end."""
        return cls(number, keys.client, keys.server)

    @classmethod
    def of_server(cls, number: bytes, keys: SessionKeys) -> "Channel":
        """Return the server's end."""
        return cls(number, keys.server, keys.client)

    def seal(self, payload: bytes) -> bytes:
        """Return the datagram that brings the payload to the other end."""
        return self._sealer.seal(self._prefix, payload)

    def open(self, datagram: bytes) -> tuple[bytes, bool]:
        """Return the payload, and whether this is the newest datagram so far.

        Raises Forged or Replayed, and then nothing has changed.
        """
        return self._opener.open(datagram, wire.SEALED_PREFIX_SIZE)
