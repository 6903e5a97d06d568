"""Those who are cast to: what makes the tags of each, and where it receives.

They lie side by side here. To look both up with each session of a thousand would take half as
long as the tags themselves.
"""

from collections.abc import Iterator

from chatroom.crypto import sealing
from chatroom.protocol.addresses import Address
from chatroom.server.session import Session


class Audience:
    """Everybody in the room, or some, in the order of coming; with their hashes and addresses."""

    def __init__(self) -> None:
        self.hashes: list[sealing.CastHash] = []
        self.addresses: list[Address] = []
        self._sessions: list[Session] = []

    def __iter__(self) -> Iterator[Session]:
        return iter(self._sessions)

    def __len__(self) -> int:
        return len(self._sessions)

    def add(self, session: Session) -> None:
        """Cast to somebody from now on."""
        self._sessions.append(session)
        self.hashes.append(session.cast_hash)
        self.addresses.append(session.address)

    def remove(self, session: Session) -> None:
        """Cast to somebody no more. Raises ValueError for who is not here."""
        place = self._sessions.index(session)
        for each in (self._sessions, self.hashes, self.addresses):
            del each[place]

    @property
    def is_steady(self) -> bool:
        """Whether nobody has lost anything lately."""
        return all(one.steadiness for one in self._sessions)

    def of_unsteady(self) -> "Audience":
        """Return those to whom something may have been lost lately."""
        some = Audience()
        for session in self._sessions:
            if not session.steadiness:
                some.add(session)
        return some

    def follow(self, session: Session) -> None:
        """Cast to where a session is now. Raises ValueError for who is not here."""
        self.addresses[self._sessions.index(session)] = session.address
