"""What one cookie buys: one exchange with the server, of shares that are used once."""

from chatroom.client import session
from chatroom.crypto import cpace, host_key, replay, sealing
from chatroom.protocol import agreement, channel, wire


class Exchange:
    """Our shares, sent in `knock`, and what an ANSWER makes of them."""

    def __init__(self, prs: bytes, cookie: wire.Cookie, entropy: cpace.Entropy) -> None:
        sid = wire.exchange_id(cookie.nonce, cookie.cookie)
        self._name = sid[: wire.EXCHANGE_SIZE]
        self._share = cpace.Share(prs, wire.CHANNEL, sid, entropy)
        self._host_share = host_key.HostKey(entropy(cpace.POINT_SIZE))
        self._met = b""  # the key of who answered last
        self._host_secret: bytes | None = None  # what we share with them
        self.knock = wire.Knock(
            cookie.nonce, cookie.cookie, self._share.public, self._host_share.public
        )

    def is_answered_by(self, answer: wire.Answer) -> bool:
        """Tell whether this is an answer to our knock, whoever gives it."""
        return answer.exchange == self._name

    def tagger_of(self, answer: wire.Answer) -> sealing.Tagger | None:
        """Return the tagger of the host who answers; None without proof that it is that host."""
        secret = self._secret_with(answer.host_key)
        if secret is None:
            return None
        tagger = agreement.host_tagger(secret, self.knock)
        return tagger if agreement.has_proof(answer, tagger) else None

    def finish(self, answer: wire.Answer, tagger: sealing.Tagger) -> session.ClientSession:
        """Return the session that a proven answer brings; once. Raises LowOrderPoint."""
        isk = self._share.finish_as_initiator(answer.share)
        secret = self._secret_with(answer.host_key)
        assert secret is not None  # the tagger was made of it
        keys = agreement.session_keys(isk, secret, self.knock, answer)
        return session.ClientSession(
            channel.Channel.of_client(answer.session, keys),
            sealing.Tagger(keys.cast),
            replay.ReplayWindow(),
            session.Refusals(tagger),
            answer.host_key,
        )

    def _secret_with(self, key: bytes) -> bytes | None:
        """Return what we share with the host of this key, None where that is nothing."""
        if key != self._met:
            self._met = key
            try:
                self._host_secret = self._host_share.shared(key)
            except cpace.LowOrderPoint:
                self._host_secret = None
        return self._host_secret
