"""What a handshake agrees on: the keys of a session, from both exchanges and all that was said.

Whoever has these keys knew the password, and is the host of this key; and both sides saw the
same nonce, cookie, shares, session number and host's key, under the same version.
"""

import hashlib

from chatroom.crypto import cpace, sealing
from chatroom.protocol import wire

_LABEL = b"chatroom 4 session"
_HOST_LABEL = b"chatroom 4 host"


def session_keys(
    isk: bytes, host_secret: bytes, knock: wire.Knock, answer: wire.Answer
) -> sealing.SessionKeys:
    """Return the keys.

    `isk` is CPace's, `host_secret` what the client's second share and the host's key have in
    common.
    """
    secrets = cpace.lv_cat(_LABEL, isk, host_secret, bytes((wire.VERSION,)))
    server = cpace.lv_cat(b"server", answer.session, answer.share, answer.host_key)
    secret = hashlib.sha512(secrets + _said_by_client(knock) + server).digest()
    return sealing.SessionKeys.from_secret(secret)


def host_tagger(host_secret: bytes, knock: wire.Knock) -> sealing.Tagger:
    """Return what the host tags its ANSWER to this knock with, and what it refuses as a proof.

    It takes the secret of the host's key and no password, so that it holds for whoever knocks.
    """
    secrets = cpace.lv_cat(_HOST_LABEL, host_secret, bytes((wire.VERSION,)))
    return sealing.Tagger(hashlib.sha512(secrets + _said_by_client(knock)).digest())


def with_proof(answer: wire.Answer, tagger: sealing.Tagger) -> wire.Answer:
    """Return the answer with the host's tag on it."""
    return answer._replace(proof=tagger.tag(wire.proven_part(answer)))


def has_proof(answer: wire.Answer, tagger: sealing.Tagger) -> bool:
    """Tell whether the answer is of the host with this tagger."""
    return tagger.fits(answer.proof, wire.proven_part(answer))


def _said_by_client(knock: wire.Knock) -> bytes:
    return cpace.lv_cat(b"client", knock.nonce, knock.cookie, knock.share, knock.host_share)
