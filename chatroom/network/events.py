"""What a driver tells of itself: frozen, in the past tense, told apart by type."""

from dataclasses import dataclass

from chatroom.problems import Problem
from chatroom.protocol.addresses import Address


@dataclass(frozen=True)
class DriverStarted:
    """The socket is open, at this address."""

    address: Address


@dataclass(frozen=True)
class DriverFailed:
    """Something that should not be: the room could not start, or had to stop."""

    problem: Problem


@dataclass(frozen=True)
class DriverStopped:
    """The thread is done and the socket is closed; nothing comes after this."""


DriverEvent = DriverStarted | DriverFailed | DriverStopped
