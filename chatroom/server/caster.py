"""Casting to the whole room: sealed once under the room's key, tagged for each.

After the newest entries the caster repeats them a few times at growing gaps, so that who
missed the last one neither waits for the next nor has to ask.
"""

import math
from collections import deque
from collections.abc import Iterable, Sequence

from chatroom.crypto import cpace, sealing
from chatroom.protocol import entries, messages, outgoing, wire
from chatroom.server.audience import Audience

REPEAT_GAPS_S = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)
TO_ALL = (2, 5)
"""Places of the gaps after which those are told as well to whom nothing was lost lately."""
REPEAT_SPAN_S = 4.0
"""How long an entry is repeated; older ones, a member has to ask for."""
RECENT_MOST = 64
KEY_LIFE_S = 3600.0
KEY_CHANGED_EVERY_S = 60.0
"""Who left may read on for so long: each change has everybody told the new key."""


class Caster:
    """The room's key and what was cast lately."""

    def __init__(self, entropy: cpace.Entropy, now: float) -> None:
        self.repeat_at = math.inf
        self.key_number = -1
        self._entropy = entropy
        self._cast_number = 0  # goes on from key to key: their own numbers come again
        self._recent: deque[tuple[float, entries.Entry]] = deque(maxlen=RECENT_MOST)
        self._gap = len(REPEAT_GAPS_S)  # the place of that which comes next
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

    def plan_repeats(self, newest: Sequence[entries.Entry], now: float) -> None:
        """Begin to repeat the newest entries, which were just cast."""
        self._recent.extend((now, entry) for entry in newest)
        self._gap = -1
        self._plan_next(now)

    def stop_repeats(self) -> None:
        """Say nothing more by itself."""
        self.repeat_at = math.inf

    def next_repeat(self, now: float, audience: Audience) -> tuple[bytes, Audience]:
        """Return the body to repeat now, as many of the newest as one datagram holds, and to whom.

        Who seems to lose nothing is told less often: a lone text would else cost seven times
        what it costs to say it once.
        """
        receivers = audience if self._gap in TO_ALL else audience.of_unsteady()
        self._plan_next(now)
        newest = [entry for since, entry in self._recent if now - since <= REPEAT_SPAN_S]
        return entries.pack_newest(newest), receivers

    def _plan_next(self, now: float) -> None:
        self._gap += 1
        is_last = self._gap == len(REPEAT_GAPS_S)
        self.repeat_at = math.inf if is_last else now + REPEAT_GAPS_S[self._gap]
