"""CPACE-X25519-SHA512: a password becomes a shared key, one guess for each exchange.

Follows draft-irtf-cfrg-cpace, on X25519 (RFC 7748) and Elligator 2 (RFC 9380, section
6.7.1), in plain integers. Someone who watches an exchange learns nothing about the
password; someone who plays one side of it tests one password and no other.

Python integers do not run in constant time, however the code is written. What that could
show is a scalar that is used once and forgotten, and, in Elligator 2, something of the
password's hash: no branch depends on it there, but the time of each operation may.

    share = Share(prs("secret"), ci, sid, secrets.token_bytes)  # on either side
    send(share.public)
    isk = share.finish_as_initiator(received)                   # or finish_as_responder
"""

import hashlib
import unicodedata
from collections.abc import Callable

POINT_SIZE = 32
"""Bytes of a share on the wire: one u coordinate."""

Entropy = Callable[[int], bytes]
"""Gives so many bytes that nobody can guess, `secrets.token_bytes`; it is handed in."""

_P = 2**255 - 19
_A = 486662
_A24 = 121665  # (A - 2) / 4, RFC 7748 section 5
_DSI = b"CPace255"
_DSI_ISK = b"CPace255_ISK"
_HASH_BLOCK_SIZE = 128  # SHA-512's s_in_bytes


class LowOrderPoint(ValueError):
    """The peer sent a point of low order, to force a key it knows without the password."""


def prs(password: str) -> bytes:
    """Return the password-related string, the same however a keyboard composes it."""
    return unicodedata.normalize("NFC", password).encode()


def lv_cat(*parts: bytes) -> bytes:
    """Join the parts, each after its length (LEB128), so that no two lists give the same bytes."""
    return b"".join(_with_length(part) for part in parts)


def generator(prs: bytes, ci: bytes, sid: bytes) -> bytes:
    """Return the generator that the password selects (the draft's calculate_generator)."""
    head = len(_with_length(_DSI)) + len(_with_length(prs))
    padding = bytes(max(0, _HASH_BLOCK_SIZE - 1 - head))
    digest = hashlib.sha512(lv_cat(_DSI, prs, padding, ci, sid)).digest()
    return _elligator2(_decode_u(digest[:POINT_SIZE])).to_bytes(POINT_SIZE, "little")


def scalar_mult(scalar: bytes, point: bytes) -> bytes:
    """Return X25519(scalar, point), RFC 7748 section 5; bit 255 of the point is ignored."""
    k = int.from_bytes(scalar, "little") & ~7 & (2**254 - 1) | 2**254
    u = _decode_u(point)
    x2, z2, x3, z3 = 1, 0, u, 1
    swapped = 0
    for bit in range(254, -1, -1):
        wanted = k >> bit & 1
        if wanted != swapped:
            x2, z2, x3, z3, swapped = x3, z3, x2, z2, wanted
        a, b = x2 + z2, x2 - z2
        aa, bb = a * a % _P, b * b % _P
        da, cb = (x3 - z3) * a % _P, (x3 + z3) * b % _P
        e = aa - bb
        x2, z2 = aa * bb % _P, e * (aa + _A24 * e) % _P
        x3, z3 = (da + cb) ** 2 % _P, u * (da - cb) ** 2 % _P
    if swapped:
        x2, z2 = x3, z3
    return (x2 * pow(z2, _P - 2, _P) % _P).to_bytes(POINT_SIZE, "little")


def scalar_mult_vfy(scalar: bytes, point: bytes) -> bytes:
    """Return X25519(scalar, point), the draft's scalar_mult_vfy.

    Raises LowOrderPoint where the result is zero.
    """
    result = scalar_mult(scalar, point)
    if not any(result):
        raise LowOrderPoint
    return result


def intermediate_session_key(
    sid: bytes, k: bytes, ya: bytes, ada: bytes, yb: bytes, adb: bytes
) -> bytes:
    """Return ISK, 64 bytes, for the initiator-responder setting."""
    return hashlib.sha512(lv_cat(_DSI_ISK, sid, k) + lv_cat(ya, ada) + lv_cat(yb, adb)).digest()


class Share:
    """One side's part in one exchange: a public share, and its scalar until the end."""

    def __init__(self, prs: bytes, ci: bytes, sid: bytes, entropy: Entropy) -> None:
        """Draw a scalar from `entropy` (a count to that many random bytes)."""
        self._sid = sid
        self._scalar: bytes | None = entropy(POINT_SIZE)
        self.public = scalar_mult(self._scalar, generator(prs, ci, sid))

    def finish_as_initiator(self, yb: bytes) -> bytes:
        """Return ISK from the responder's share.

        Raises LowOrderPoint, and RuntimeError when the share was used before.
        """
        return intermediate_session_key(self._sid, self._multiply(yb), self.public, b"", yb, b"")

    def finish_as_responder(self, ya: bytes) -> bytes:
        """Return ISK from the initiator's share; raises like `finish_as_initiator`."""
        return intermediate_session_key(self._sid, self._multiply(ya), ya, b"", self.public, b"")

    def _multiply(self, point: bytes) -> bytes:
        scalar, self._scalar = self._scalar, None
        if scalar is None:
            raise RuntimeError("a share is used once")
        return scalar_mult_vfy(scalar, point)


# --------------------------------------------------------------------------------------


def _with_length(part: bytes) -> bytes:
    length, prefix = len(part), bytearray()
    while length >= 128:
        prefix.append(length & 127 | 128)
        length >>= 7
    prefix.append(length)
    return bytes(prefix) + part


def _decode_u(point: bytes) -> int:
    return int.from_bytes(point, "little") & (2**255 - 1)


def _elligator2(r: int) -> int:
    """Map a field element to a u coordinate on curve25519, with Z = 2."""
    u = -_A * pow(1 + 2 * r * r, _P - 2, _P) % _P
    v_squared = u * (u * (u + _A) + 1) % _P
    # Euler's criterion gives 1 or 0 on the curve, _P - 1 on its twist. The password decides
    # which, so arithmetic takes u or -u - _A, and no branch. That is no constant time: the
    # integers' own operations still last as long as their values make them.
    is_on_twist = pow(v_squared, (_P - 1) // 2, _P) // (_P - 1)
    return (u - is_on_twist * (2 * u + _A)) % _P
