"""What can go wrong with the file of the archive while the room is open."""

from enum import Enum, auto


class Trouble(Enum):
    """The reason of a LogRefused or LogBroken.

    All have the detail `path`; all but the last have `error`, the OSError.
    """

    CANNOT_WRITE = auto()
    CANNOT_SYNC = auto()
    CANNOT_RESTORE = auto()
    CHANGED_BY_ANOTHER = auto()
