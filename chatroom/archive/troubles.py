"""What can be wrong with an archive, as reasons; `words` has a sentence for each."""

from enum import Enum, auto

from chatroom.problems import Problem


class Trouble(Enum):
    """A reason, and in the comment the particulars that come with it.

    `path` is the archive, `error` the OSError of the system, `kept` the name of a file
    beside the archive that holds what was taken out of it.
    """

    # It cannot be opened
    CANNOT_OPEN = auto()  # path, error
    HELD_OPEN = auto()  # path; also why it cannot be written just now
    IN_USE = auto()  # path
    CANNOT_LOCK = auto()  # path: of the lock file
    IS_FOLDER = auto()  # path
    IS_NO_FILE = auto()  # path; a pipe, a socket or a device
    NOT_AN_ARCHIVE = auto()  # path
    SEMICOLONS = auto()  # path, line: of a row that does not have the cells it should
    TABS = auto()  # path, line
    UTF_16 = auto()  # path, line
    CR_ENDS = auto()  # path, line
    OTHER_ENCODING = auto()  # path
    ROW_TOO_LONG = auto()  # path, line
    CANNOT_REWRITE = auto()  # path, error
    NOT_OUR_KEY = auto()  # path: of the file that holds it, and is another user's
    NO_HOST_KEY = auto()  # path: of the file that should hold it
    NO_LINE_END = auto()  # path, size: so many bytes at the end have none

    # It cannot be written, or no longer be trusted
    CANNOT_WRITE = auto()  # path, error
    CANNOT_SYNC = auto()  # path, error
    CANNOT_RESTORE = auto()  # path, error
    CANNOT_READ = auto()  # path, error
    CHANGED_BY_ANOTHER = auto()  # path

    # What was done on opening
    LINES_DAMAGED = auto()  # path, count, lines: the first few, and MORE
    LAST_LINE_ENDED = auto()  # path: it was whole, and lacked its line end only
    LAST_LINE_CUT = auto()  # path, size, kept
    UPGRADED = auto()  # path, count, kept
    OTHER_FORM = auto()  # path, count, kept
    SPLIT_TOO_LONG = auto()  # path, count, kept
    ENCODING_GUESSED = auto()  # path, count: so many rows
    ROWS_TOO_SHORT = auto()  # path, count
    OTHERS_MAY_READ = auto()  # path: others on this computer

    # What is wrong with one line
    ZERO_BYTES = auto()  # line
    NOT_UTF_8 = auto()  # line
    BAD_QUOTES = auto()  # line
    WRONG_CELLS = auto()  # line, cells
    LINE_TOO_LONG = auto()  # line
    MORE = auto()  # no particulars: there are others, which are not named


class ArchiveError(Problem):
    """The archive cannot be opened."""


class Damaged(Problem):
    """A complete line holds no record."""
