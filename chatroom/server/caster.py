"""Casting to the whole room: sealed once under the room's key, tagged for each."""

from collections.abc import Iterable

from chatroom.crypto import cpace, sealing
from chatroom.protocol import messages, outgoing, wire
from chatroom.server.audience import Audience

KEY_LIFE_S = 3600.0
KEY_CHANGED_EVERY_S = 60.0
"""Who left may read on for so long: each change has everybody told the new key."""


class Caster:
    """The room's key, and what it seals."""

    def __init__(self, entropy: cpace.Entropy, now: float) -> None:
        self.key_number = -1
        self._entropy = entropy
        self._cast_number = 0  # goes on from key to key: their own numbers come again
        self.change_key(now)
        self._is_new_key = False  # who comes is told the key

    def change_key(self, now: float) -> None:
        """Shut whoever was put out from what is cast from now on."""
        self._key_since = now
        self._somebody_left = False
        self.key = self._entropy(sealing.KEY_SIZE)
        self.key_number = (self.key_number + 1) % 256
        self._is_new_key = True

    def renew_key(self, now: float, *, somebody_left: bool) -> None:
        """Change the key where it has been used for long, or somebody left who knows it.

        Who left just after a change waits for the next one.
        """
        self._somebody_left |= somebody_left
        age_s = now - self._key_since
        if age_s >= (KEY_CHANGED_EVERY_S if self._somebody_left else KEY_LIFE_S):
            self.change_key(now)

    def take_new_key(self) -> messages.Key | None:
        """Return, once, the key that is to be told to all before the next cast, if it is new."""
        is_new, self._is_new_key = self._is_new_key, False
        return messages.Key(self.key_number, self.key) if is_new else None

    def cast(self, payloads: Iterable[bytes], audience: Audience) -> outgoing.Cast:
        """Return the payloads, entries or changes, each as a datagram for everybody."""
        bodies, tags = [], []
        for payload in payloads:
            prefix = wire.cast_prefix(self.key_number)
            body = sealing.encrypt(self.key, self._cast_number, prefix, payload)
            self._cast_number += 1
            bodies.append(body)
            tags.append(sealing.cast_tags(body, audience.hashes))
        return outgoing.Cast(bodies, tags, list(audience.addresses))
