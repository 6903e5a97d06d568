"""The host's own key: a static X25519 pair (RFC 7748) that clients know the host by.

A password is known to everybody in the room; this key to the host alone. A client gives a
share that it uses once, and only who has the secret of the pair finds what they share.
"""

import hashlib

from chatroom.crypto import cpace

BASE_POINT = (9).to_bytes(cpace.POINT_SIZE, "little")

_FINGERPRINT_SIZE = 10
_GROUP = 4


class HostKey:
    """The pair. Its secret leaves this object for the host's own file alone."""

    def __init__(self, secret: bytes) -> None:
        """Take up a secret of POINT_SIZE random bytes."""
        self.secret = secret
        self.public = cpace.scalar_mult(secret, BASE_POINT)

    def shared(self, point: bytes) -> bytes:
        """Return what we share with whoever made this point. Raises LowOrderPoint."""
        return cpace.scalar_mult_vfy(self.secret, point)


def fingerprint(public: bytes) -> str:
    """Return what two people can compare: 80 bits of a hash, in groups of four digits."""
    digest = hashlib.blake2b(public, digest_size=_FINGERPRINT_SIZE).digest()
    digits = digest.hex()
    return "-".join(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))
