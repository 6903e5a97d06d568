"""What a handshake agrees on: the keys of a session, from both exchanges and all that was said.

Whoever has these keys knew the password, and is the host of this key; and both sides saw the
same nonce, cookie, shares, session number and host's key, under the same version.
"""

import hashlib

from chatroom.crypto import cpace, sealing
from chatroom.protocol import wire

_LABEL = b"chatroom 2 session"
_REFUSAL_LABEL = b"chatroom 2 refusal"


def session_keys(
    isk: bytes, host_secret: bytes, knock: wire.Knock, answer: wire.Answer
) -> sealing.SessionKeys:
    """Return the keys.

    `isk` is CPace's, `host_secret` what the client's second share and the host's key have in
    common.
    """
    secrets = cpace.lv_cat(_LABEL, isk, host_secret, bytes((wire.VERSION,)))
    return sealing.SessionKeys.from_secret(_hash(secrets, knock, answer))


def refusals(host_secret: bytes, knock: wire.Knock, answer: wire.Answer) -> sealing.Tagger:
    """Return what the host shows with that it refused a datagram: the datagram's tag.

    The host can do so to who has another password, and nobody can in its place.
    """
    secret = cpace.lv_cat(_REFUSAL_LABEL, host_secret, bytes((wire.VERSION,)))
    return sealing.Tagger(_hash(secret, knock, answer))


def _hash(secrets: bytes, knock: wire.Knock, answer: wire.Answer) -> bytes:
    """Return 64 bytes from secrets and all that was said."""
    client = cpace.lv_cat(b"client", knock.nonce, knock.cookie, knock.share, knock.host_share)
    server = cpace.lv_cat(b"server", answer.session, answer.share, answer.host_key)
    return hashlib.sha512(secrets + client + server).digest()
