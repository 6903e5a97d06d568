"""Whom we take for the host: whose key it is, and who has answered without proving anything.

An answer at the door costs its sender nothing. Ours to it, the Join, tests one password for
whoever sent it; so few are free, and the rest come slowly, until a valid seal has shown that
the password is known there.
"""

from chatroom.client import asking

UNPROVEN_AT_ONCE = 5
UNPROVEN_EVERY_S = 10.0


class Trust:
    """What is known of the host's key, and how many answers of late proved nothing."""

    def __init__(self) -> None:
        """Know no host yet: a first visit trusts the one that it meets."""
        self.host_key: bytes | None = None
        self._unproven = 0
        self._ready_at = -asking.NEVER

    def knows(self, host_key: bytes) -> bool:
        """Tell whether this may be the host."""
        return self.host_key in (None, host_key)

    @property
    def is_tried(self) -> bool:
        """Whether so many answers proved nothing that we are to be slow."""
        return self._unproven >= UNPROVEN_AT_ONCE

    @property
    def ready_at(self) -> float:
        """When another answer may be gone on with."""
        return self._ready_at if self.is_tried else -asking.NEVER

    def went_on(self, now: float) -> None:
        """Note that we went on with an answer, which may prove to be nothing."""
        self._unproven += 1
        self._ready_at = now + UNPROVEN_EVERY_S

    def proven(self, host_key: bytes) -> None:
        """Note that the holder of this key knows the password."""
        self.host_key = host_key
        self._unproven = 0
