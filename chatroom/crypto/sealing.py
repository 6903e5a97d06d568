"""Sealed datagrams: encrypt-then-MAC under keys made from the password exchange.

A sealed datagram is

    prefix | packet number 8 | ciphertext | tag 16

The plaintext is padded to one of a few sizes, so that its length tells little: a byte 128,
then zeros (ISO/IEC 7816-4). The keystream is SHAKE-256(key | packet number) and the tag is
keyed BLAKE2b-128 over all that stands before it. Nothing of a datagram is used, and nothing
here changes, before its tag has been checked; then its number is checked against the replay
window.

A cast has the same form, except that it is encrypted once under the room's key and carries
a tag for each receiver, so that no member can speak as the server. That tag is over the
BLAKE2b-512 of what stands before it: this is the same for all, and short.
"""

import hashlib
import hmac
from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

from chatroom.crypto.replay import ReplayWindow

NUMBER_SIZE = 8
TAG_SIZE = 16
KEY_SIZE = 32
PADDING_LEAST = 1
PADDED_SIZES = (128, 256, 512, 768, 1024, 1167)
"""Bytes of a padded plaintext; the last is what a datagram holds. Beyond, padded by the least."""

_PADDING = b"\x80"


class Forged(Exception):
    """The tag is wrong: somebody without the key made or altered this datagram."""


class Tagger:
    """Tags of 16 bytes under one key."""

    __slots__ = ("_key",)

    def __init__(self, key: bytes) -> None:
        self._key = key

    def tag(self, data: bytes) -> bytes:
        """Return the tag of `data`."""
        return hashlib.blake2b(data, key=self._key, digest_size=TAG_SIZE).digest()

    def check(self, tagged: bytes) -> bytes:
        """Return `tagged` without the tag at its end. Raises Forged."""
        data, tag = _split_tag(tagged)
        if not self.fits(tag, data):
            raise Forged
        return data

    def check_cast(self, tagged: bytes) -> bytes:
        """Return the body of a cast, whose tag is over the digest of it. Raises Forged."""
        body, tag = _split_tag(tagged)
        if not self.fits(tag, digest(body)):
            raise Forged
        return body

    def fits(self, tag: bytes, data: bytes) -> bool:
        """Tell whether this is the tag of `data`."""
        return hmac.compare_digest(self.tag(data), tag)


CastHash: TypeAlias = hashlib.blake2b
"""A hash that has taken in the key of a receiver's tags: 450 bytes for a third of the time."""


def cast_hash(key: bytes) -> CastHash:
    """Return what makes the tags of casts for the receiver that has this key."""
    return hashlib.blake2b(key=key, digest_size=TAG_SIZE)


def cast_tags(body: bytes, hashes: Iterable[CastHash]) -> list[bytes]:
    """Return the tags of a cast, one for each receiver."""
    cast_digest, tags = digest(body), []
    for one in hashes:  # with no call of ours for each: there may be a thousand
        keyed = one.copy()
        keyed.update(cast_digest)
        tags.append(keyed.digest())
    return tags


def digest(body: bytes) -> bytes:
    """Return the 64 bytes that stand for the body of a cast under its tags."""
    return hashlib.blake2b(body).digest()


class DirectionKeys(NamedTuple):
    """The keys of one direction of a session."""

    encryption: bytes
    tag: bytes


class SessionKeys(NamedTuple):
    """All keys of a session; `cast` is what the server tags casts for this member with."""

    client: DirectionKeys
    server: DirectionKeys
    cast: bytes

    @classmethod
    def from_secret(cls, secret: bytes) -> "SessionKeys":
        """Derive every key from 64 secret bytes under a label of its own."""

        def derive(label: str) -> bytes:
            return hashlib.blake2b(label.encode(), key=secret, digest_size=KEY_SIZE).digest()

        return cls(
            DirectionKeys(derive("client encryption"), derive("client tag")),
            DirectionKeys(derive("server encryption"), derive("server tag")),
            derive("cast tag"),
        )


class Sealer(Tagger):
    """Seals what goes out in one direction; every datagram gets the next number."""

    __slots__ = ("_encryption_key", "_next_number")

    def __init__(self, keys: DirectionKeys) -> None:
        super().__init__(keys.tag)
        self._encryption_key = keys.encryption
        self._next_number = 0

    def seal(self, prefix: bytes, plaintext: bytes) -> bytes:
        """Return the sealed datagram that starts with `prefix`."""
        body = encrypt(self._encryption_key, self._next_number, prefix, plaintext)
        self._next_number += 1
        return body + self.tag(body)


class Opener(Tagger):
    """Opens what comes in from one direction."""

    __slots__ = ("_encryption_key", "_window")

    def __init__(self, keys: DirectionKeys) -> None:
        super().__init__(keys.tag)
        self._encryption_key = keys.encryption
        self._window = ReplayWindow()

    def open(self, datagram: bytes, prefix_size: int) -> tuple[bytes, bool]:
        """Return the plaintext, and whether this is the newest datagram so far.

        Raises Forged or Replayed, and then nothing has changed.
        """
        body = self.check(datagram)
        number = packet_number(body, prefix_size)
        newest = number > self._window.highest
        self._window.accept(number)
        return decrypt(self._encryption_key, body, prefix_size), newest


def encrypt(key: bytes, number: int, prefix: bytes, plaintext: bytes) -> bytes:
    """Return prefix, number and ciphertext. A number serves a key once and never again."""
    numbered = number.to_bytes(NUMBER_SIZE, "big")
    return prefix + numbered + _apply_keystream(key, numbered, _pad(plaintext))


def decrypt(key: bytes, body: bytes, prefix_size: int) -> bytes:
    """Return the plaintext of a body whose tag was checked; b"" where it is not padded."""
    start = prefix_size + NUMBER_SIZE
    padded = _apply_keystream(key, body[prefix_size:start], body[start:]).rstrip(b"\0")
    return padded[:-1] if padded.endswith(_PADDING) else b""


def packet_number(body: bytes, prefix_size: int) -> int:
    """Return the number that stands after the prefix."""
    return int.from_bytes(body[prefix_size : prefix_size + NUMBER_SIZE], "big")


# --------------------------------------------------------------------------------------


def _split_tag(tagged: bytes) -> tuple[bytes, bytes]:
    return tagged[:-TAG_SIZE], tagged[-TAG_SIZE:]


def _pad(plaintext: bytes) -> bytes:
    size = len(plaintext) + PADDING_LEAST
    for padded in PADDED_SIZES:
        if size <= padded:
            return plaintext + _PADDING + bytes(padded - size)
    return plaintext + _PADDING


def _apply_keystream(key: bytes, number: bytes, data: bytes) -> bytes:
    stream = hashlib.shake_256(key + number).digest(len(data))
    mixed = int.from_bytes(data, "little") ^ int.from_bytes(stream, "little")
    return mixed.to_bytes(len(data), "little")
