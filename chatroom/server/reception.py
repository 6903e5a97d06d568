"""What comes in under a seal: from those who proved the password, or as their proof.

Session, tag, replay window, form and rate are checked, in this order; then the request is
handled. A session is known by its number and answered where it has shown that it receives.
"""

from chatroom.crypto import cpace, replay, sealing
from chatroom.protocol import addresses, messages, wire
from chatroom.server import door, events, figures, people, post, requests, sessions
from chatroom.server.session import Session


class Reception:
    """Brings sealed datagrams to their sessions, and what they ask to who handles it."""

    def __init__(
        self,
        door: door.Door,
        sessions: sessions.Sessions,
        people: people.People,
        requests: requests.Requests,
        post: post.Post,
        entropy: cpace.Entropy,
    ) -> None:
        self._door = door
        self._sessions = sessions
        self._people = people
        self._requests = requests
        self._post = post
        self._entropy = entropy

    def receive(self, sealed: wire.Sealed, address: addresses.Address, now: float) -> None:
        """Take in one datagram. Raises LogBroken."""
        opened = self._open(sealed, address, now)
        if opened is None:
            return
        session, payload, is_newest = opened
        number, request = messages.decode_request(payload)
        if session.may_ask(request, now):
            if isinstance(request, messages.Ping):
                self._follow(session, request.token, address, now)
            answer = self._requests.handle(session, number, request, now)
            self._post.answer(session, number, answer)
        else:
            self._post.dropped[figures.Drop.BEYOND_RATE] += 1
        if is_newest:
            self._probe(session, address, len(sealed.datagram))

    def _open(
        self, sealed: wire.Sealed, address: addresses.Address, now: float
    ) -> tuple[Session, bytes, bool] | None:
        """Return session, payload, and whether this is its newest datagram."""
        session = self._sessions.get(sealed.session)
        if session is None:
            proven = self._door.prove(sealed, address, now)
            if not isinstance(proven, door.Proven):
                self._post.send(proven, address)
                return None
            self._sessions.take_up(proven.session, now)
            return proven.session, proven.payload, True
        hint = self._door.turn_away_from(sealed, address, now) if session.over is None else None
        if hint is not None:
            self._post.send(hint, address)
            return None
        try:
            return session, *session.channel.open(sealed.datagram)
        except sealing.Forged:
            self._post.dropped[figures.Drop.FORGED] += 1
        except replay.Replayed:
            self._post.dropped[figures.Drop.REPLAYED] += 1
        return None

    def _follow(
        self, session: Session, token: bytes, source: addresses.Address, now: float
    ) -> None:
        """Move a session to where it receives."""
        if not session.path.confirm(token, source):
            return
        if self._people.is_in(session):
            self._people.audience.follow(session)
            if session.changes.take(now):
                self._post.notify(events.PersonMoved(session.name, session.address))

    def _probe(self, session: Session, source: addresses.Address, received: int) -> None:
        """Ask whether a session receives where it now sends from, with no more than came."""
        token = session.path.hear_from(source, self._entropy)
        if token is not None:
            probe = session.channel.seal(messages.encode_notice(messages.Probe(token)))
            if len(probe) <= received:
                self._post.send(probe, source)
