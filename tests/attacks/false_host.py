"""A false host at the address where a client knocks: what it learns, and how fast."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from chatroom.client import events, trust
from chatroom.client.member import Member
from chatroom.client.states import State
from chatroom.crypto import cpace, host_key, sealing
from chatroom.protocol import agreement, channel, wire
from tests.attacks.scene import Figure, at_most, cheap_curve, exactly
from tests.tools.link import PASSWORD, SERVER

HINTS = (
    wire.Hint.UNKNOWN_SESSION,
    wire.Hint.WRONG_PASSWORD,
    wire.Hint.SLOW_DOWN,
    None,
)
STEP_S = 0.01


class FalseHost:
    """Answers every greeting and knock, each time with another password to be tried."""

    def __init__(self, hint: wire.Hint | None, key: host_key.HostKey, *, low: bool = False) -> None:
        self.greetings = 0
        self._hint = hint
        self._key = key
        self._low = low
        self._draw = random.Random(2).randbytes
        self._places: dict[bytes, tuple[channel.Channel, sealing.Tagger]] = {}
        self._tried: set[bytes] = set()

    def hear(self, data: bytes) -> list[bytes]:
        """Return what it says to a datagram of the client."""
        match wire.decode_datagram(data):
            case wire.Hello(nonce=nonce):
                self.greetings += 1
                return [wire.encode_datagram(wire.Cookie(nonce, self._draw(wire.COOKIE_SIZE)))]
            case wire.Knock() as knock:
                return [self._answer(knock)]
            case wire.Sealed() as sealed:
                return self._look_at(sealed)
        return []

    def _answer(self, knock: wire.Knock) -> bytes:
        sid = wire.exchange_id(knock.nonce, knock.cookie)
        tried = f"guess {len(self._places)}"
        share = cpace.Share(cpace.prs(tried), wire.CHANNEL, sid, self._draw)
        session = self._draw(wire.SESSION_SIZE)
        public = bytes(cpace.POINT_SIZE) if self._low else share.public
        secret = self._key.shared(knock.host_share)
        tagger = agreement.host_tagger(secret, knock)
        bare = wire.Answer(sid[: wire.EXCHANGE_SIZE], session, public, self._key.public)
        said = agreement.with_proof(bare, tagger)
        isk = share.finish_as_responder(knock.share)
        keys = agreement.session_keys(isk, secret, knock, said)
        self._places[session] = channel.Channel.of_server(session, keys), tagger
        return wire.encode_datagram(said)

    def _look_at(self, sealed: wire.Sealed) -> list[bytes]:
        place, tagger = self._places[sealed.session]
        try:
            place.open(sealed.datagram)
        except sealing.Forged:
            self._tried.add(sealed.session)
        if self._hint is None:
            return []
        proof = tagger.tag(sealed.datagram)
        return [wire.encode_datagram(wire.Gone(sealed.session, self._hint, proof))]

    @property
    def guesses(self) -> int:
        """How many passwords it could try."""
        return len(self._tried)


def run(full: bool) -> list[Figure]:
    """Have a client wait where a false host answers, for an hour or for two minutes."""
    seconds = 3600.0 if full else 120.0
    allowed = trust.UNPROVEN_AT_ONCE + seconds / trust.UNPROVEN_EVERY_S
    figures = []
    with cheap_curve():
        for hint in HINTS:
            false, told = _wait(FalseHost(hint, _key(2)), seconds, known=None)
            how = hint.name if hint else "no hint"
            figures.append(at_most(f"passwords tried in {seconds:.0f} s, {how}", false, allowed))
            figures.append(exactly(f"told of it, {how}", told, 1))
        tried, _ = _wait(FalseHost(HINTS[0], _key(2)), seconds, known=_key(1).public)
        figures.append(exactly("passwords tried of a client that knows the host", tried, 0))
        low = FalseHost(None, _key(2), low=True)
        _wait(low, seconds, known=None)
        figures.append(
            at_most(f"greetings in {seconds:.0f} s, shares of low order", low.greetings, allowed)
        )
    return figures


def _key(number: int) -> host_key.HostKey:
    return host_key.HostKey(bytes(31) + bytes((64 + number,)))


def _wait(host: FalseHost, seconds: float, *, known: bytes | None) -> tuple[int, int]:
    """Return how many passwords were tried, and how often the person was told."""
    chance, now = random.Random(1), 0.0
    member = Member(
        SERVER,
        PASSWORD,
        "Ana",
        device=bytes(16),
        entropy=chance.randbytes,
        random=chance.random,
        now=now,
    )
    if known is not None:
        member.trust_host(known, now)
    told = 0
    while now < seconds:
        member.handle_timer(now)
        for data, _ in member.datagrams_to_send(now):
            for answer in host.hear(data):
                member.receive_datagram(answer, SERVER, now + STEP_S / 2)
        told += sum(isinstance(one, events.HostUnproven) for one in member.take_events())
        if member.state is State.PASSWORD_ASKED:  # somebody who tries and tries
            member.retry_password(PASSWORD, now)
        now += STEP_S
    return host.guesses, told


@contextmanager
def _trust_at_once() -> Iterator[None]:
    with mock.patch.object(trust, "UNPROVEN_AT_ONCE", 10**9):
        yield


@contextmanager
def _any_host() -> Iterator[None]:
    with mock.patch.object(trust.Trust, "knows", lambda *_: True):
        yield


SABOTAGES = {
    "answers that prove nothing are not counted": _trust_at_once,
    "any key is the host's": _any_host,
}
