"""The room's door: who may come in.

A stranger costs nothing until it has shown a cookie that was sent to its address; then it
may take one of a bounded number of half-open places, for ten seconds. A place is worth one
guess at the password. The server says nothing under a key from it before the client has.

    HELLO         ->  a cookie
    KNOCK         ->  our share, at most 50 times a second; later ones wait for their turn
    first SEALED  ->  a session

or a hint why not, which goes to the address that asked.
"""

import math
from typing import NamedTuple

from chatroom.crypto import cpace, host_key, replay, sealing
from chatroom.protocol import addresses, agreement, wire
from chatroom.protocol.channel import Channel
from chatroom.server import (
    access,
    cookies,
    events,
    figures,
    guesses,
    half_open,
    limits,
    post,
    strangers,
)
from chatroom.server.session import Session

HANDSHAKES_PER_S = 50
WAITING_MOST = 512

_NEWS: dict[wire.Hint, type[strangers.Seen]] = {
    wire.Hint.NOT_ALLOWED: events.AddressRefused,
    wire.Hint.SLOW_DOWN: events.GuessesSlowed,
}


class Proven(NamedTuple):
    """Somebody knew the password; `payload` is what came with the proof.

    The session begins at the address that the cookie proved, wherever the proof came from.
    """

    session: Session
    payload: bytes


class Door:
    """Turns strangers' HELLO, KNOCK and first SEALED into proven sessions."""

    def __init__(
        self,
        password: str,
        host_key: host_key.HostKey,
        entropy: cpace.Entropy,
        now: float,
        post: post.Post,
    ) -> None:
        self._host_key = host_key
        self.access = access.AccessList()
        self._entropy = entropy
        self._post = post
        self._cookies = cookies.Cookies(entropy, now)
        self._guesses = guesses.Guesses(now)
        self._half_open = half_open.HalfOpen()
        self._handshakes = limits.TokenBucket(HANDSHAKES_PER_S, HANDSHAKES_PER_S, now)
        self._waiting: dict[str, tuple[wire.Knock, addresses.Address]] = {}  # one for each prefix
        self._strangers = strangers.Strangers(post, now)
        self.change_password(password)

    def change_password(self, password: str) -> None:
        """Ask for another password from now on, in handshakes under way too."""
        self._prs = cpace.prs(password)
        self._half_open.clear()

    def access_changed(self) -> None:
        """Break off what strangers have begun where they are no longer let in."""
        self._half_open.forget_unless(self.access.permits)

    def figures(self) -> figures.DoorFigures:
        """Return how much is kept of strangers."""
        return figures.DoorFigures(
            half_open=len(self._half_open),
            half_open_at_one_prefix=self._half_open.most_at_one_prefix(),
            knocks_waiting=len(self._waiting),
            used_cookies=len(self._cookies),
            prefixes_guessing=len(self._guesses),
        )

    def hello(self, hello: wire.Hello, address: addresses.Address, now: float) -> bytes:
        """Return a cookie or a hint, and keep nothing of the greeting."""
        if not self.access.permits(address):
            return self._turn_away(hello.nonce, wire.Hint.NOT_ALLOWED, address, now)
        if hello.version != wire.VERSION:
            return _hint(hello.nonce, wire.Hint.OTHER_VERSION)
        return self._cookie(hello.nonce, address, now)

    def knock(self, knock: wire.Knock, address: addresses.Address, now: float) -> bytes | None:
        """Return our share, another cookie or a hint; None where nothing is to be said."""
        if not self._is_fresh(knock, address, now):
            # The server was started again meanwhile, or the client has moved.
            self._post.dropped[figures.Drop.STALE_COOKIE] += 1
            if not self.access.permits(address):
                return self._turn_away(knock.nonce, wire.Hint.NOT_ALLOWED, address, now)
            return self._cookie(knock.nonce, address, now)
        session = self._cookies.used_for(knock.cookie)
        if session is not None:
            place = self._half_open.get(session)
            return place.answer if place is not None and place.knock == knock else None
        hint = self._bar(address, now)
        if hint is not None:
            return self._turn_away(knock.nonce, hint, address, now)
        if self._waiting or not self._handshakes.take(now):
            self._let_wait(knock, address)
            return None
        return self._shake_hands(knock, address, now)

    def prove(self, sealed: wire.Sealed, address: addresses.Address, now: float) -> Proven | bytes:
        """Return the proof that a datagram of a half-open session is, or a hint."""
        place = self._half_open.get(sealed.session)
        if place is None or place.is_over(now):
            return _hint(sealed.session, wire.Hint.UNKNOWN_SESSION)
        for one in (address, place.address):
            if not self.access.permits(one):
                return self._turn_away(sealed.session, wire.Hint.NOT_ALLOWED, one, now)
        if not place.failed and not self._guesses.may_guess(place.address, now):
            return self._turn_away(sealed.session, wire.Hint.SLOW_DOWN, place.address, now)
        try:
            payload, _ = place.channel.open(sealed.datagram)
        except (sealing.Forged, replay.Replayed):
            self._count_wrong(place, now)
            proof = place.host_tagger.tag(sealed.datagram)
            return _hint(sealed.session, wire.Hint.WRONG_PASSWORD, proof)
        if place.failed:
            self._guesses.give_back(place.address, now)
        self._guesses.was_right(place.address, now)
        self._half_open.leave(sealed.session)
        return Proven(Session.start(place.channel, place.cast_key, place.address, now), payload)

    def turn_away_from(
        self, sealed: wire.Sealed, address: addresses.Address, now: float
    ) -> bytes | None:
        """Return a hint for who goes on with a session where nobody may be; None where one may.

        The session stays what it is, elsewhere: who is shut out could send on from there what
        another has sealed, and have the other put out.
        """
        if self.access.permits(address):
            return None
        self._strangers.saw(events.AddressRefused, address, now)
        return _hint(sealed.session, wire.Hint.UNKNOWN_SESSION)

    def timer(self, now: float) -> float:
        """Return when `handle_timer` has something to do."""
        knock_at = now + self._handshakes.wait_s(now) if self._waiting else math.inf
        return min(knock_at, self._strangers.timer(now))

    def handle_timer(self, now: float) -> list[tuple[bytes, addresses.Address]]:
        """Answer knocks that had to wait, drawn at random, as far as the rate allows."""
        self._strangers.handle_timer(now)
        answers = []
        while self._waiting and not self._handshakes.wait_s(now):
            knock, address = self._waiting.pop(self._draw_waiting())
            answer = self._knock_late(knock, address, now)
            if answer is not None:
                answers.append((answer, address))
        return answers

    # Hints -----------------------------------------------------------------------------

    def _bar(self, address: addresses.Address, now: float) -> wire.Hint | None:
        """Return why this address may not try the password now, or None."""
        if not self.access.permits(address):
            return wire.Hint.NOT_ALLOWED
        return None if self._guesses.may_guess(address, now) else wire.Hint.SLOW_DOWN

    def _turn_away(
        self, session: bytes, hint: wire.Hint, address: addresses.Address, now: float
    ) -> bytes:
        """Return the hint, and tell the host of it unless there were too many."""
        self._strangers.saw(_NEWS[hint], address, now)
        return _hint(session, hint)

    def _count_wrong(self, place: half_open.Place, now: float) -> None:
        """Count what was no proof, once for each place, and tell the host.

        It is told the address that the cookie proved: anybody can write another on a datagram,
        and have the host block who did nothing.
        """
        if place.failed:
            return
        place.failed = True
        if self._guesses.count_wrong(place.address, now):
            self._post.notify(events.GuessesUsedUp())
        self._strangers.saw(events.GuessFailed, place.address, now)

    # Handshakes ------------------------------------------------------------------------

    def _cookie(self, nonce: bytes, address: addresses.Address, now: float) -> bytes:
        return wire.encode_datagram(wire.Cookie(nonce, self._cookies.make(nonce, address, now)))

    def _is_fresh(self, knock: wire.Knock, address: addresses.Address, now: float) -> bool:
        return self._cookies.is_fresh(knock.cookie, knock.nonce, address, now)

    def _let_wait(self, knock: wire.Knock, address: addresses.Address) -> None:
        """Keep one knock for each prefix, so that a crowd at one has one chance."""
        prefix = addresses.prefix_of(address)
        if prefix in self._waiting and self._draw(2):
            return
        if len(self._waiting) >= WAITING_MOST:
            del self._waiting[self._draw_waiting()]
        self._waiting[prefix] = (knock, address)

    def _knock_late(
        self, knock: wire.Knock, address: addresses.Address, now: float
    ) -> bytes | None:
        """Answer a knock that has waited, unless it was answered or became stale meanwhile."""
        used = self._cookies.used_for(knock.cookie) is not None
        if used or not self._is_fresh(knock, address, now):
            return None
        hint = self._bar(address, now)
        if hint is not None:
            return self._turn_away(knock.nonce, hint, address, now)
        self._handshakes.take(now)
        return self._shake_hands(knock, address, now)

    def _shake_hands(
        self, knock: wire.Knock, address: addresses.Address, now: float
    ) -> bytes | None:
        """Take a half-open place; return our share, None for a share that is no point."""
        self._half_open.forget_old(now)
        self._cookies.forget_old(now)
        sid = wire.exchange_id(knock.nonce, knock.cookie)
        share = cpace.Share(self._prs, wire.CHANNEL, sid, self._entropy)
        try:
            isk = share.finish_as_responder(knock.share)
            host_secret = self._host_key.shared(knock.host_share)
        except cpace.LowOrderPoint:
            return None
        session = self._entropy(wire.SESSION_SIZE)
        tagger = agreement.host_tagger(host_secret, knock)
        said = wire.Answer(sid[: wire.EXCHANGE_SIZE], session, share.public, self._host_key.public)
        said = agreement.with_proof(said, tagger)
        keys = agreement.session_keys(isk, host_secret, knock, said)
        answer = wire.encode_datagram(said)
        channel = Channel.of_server(session, keys)
        place = half_open.Place(channel, keys.cast, tagger, address, knock, answer, now)
        self._half_open.take(place)
        self._cookies.use(knock.cookie, session)
        return answer

    def _draw_waiting(self) -> str:
        return list(self._waiting)[self._draw(len(self._waiting))]

    def _draw(self, count: int) -> int:
        return int.from_bytes(self._entropy(4), "big") % count


def _hint(session: bytes, hint: wire.Hint, proof: bytes = wire.NO_PROOF) -> bytes:
    """Return a hint for a session, or for a nonce where there is none yet."""
    return wire.encode_datagram(wire.Gone(session[: wire.SESSION_SIZE], hint, proof))
