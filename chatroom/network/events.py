"""What a driver tells of itself: frozen, in the past tense, told apart by type."""

from chatroom.problems import Problem
from chatroom.protocol.addresses import Address
from chatroom.records import Record


class DriverStarted(Record):
    """The socket is open, at this address."""

    address: Address


class DriverFailed(Record):
    """Something that should not be: the room could not start, or had to stop."""

    problem: Problem


class DriverStopped(Record):
    """The thread is done and the socket is closed; nothing comes after this."""


DriverEvent = DriverStarted | DriverFailed | DriverStopped
