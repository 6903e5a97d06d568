"""The sentences about the archive, one for each of its troubles."""

import errno
from pathlib import Path

from chatroom.archive.troubles import Trouble
from chatroom.problems import Problem

SENTENCES: dict[Trouble, str] = {
    Trouble.CANNOT_OPEN: (
        "{path} cannot be opened for writing: {why}. "
        "Choose another file, or mend what stands in the way."
    ),
    Trouble.HELD_OPEN: (
        "{path} cannot be written while another program, such as a spreadsheet, has it open. "
        "Close that program; if there is none, see whether you may write the file."
    ),
    Trouble.IN_USE: (
        "{path} is in use by another server. Stop that one first, or choose another archive."
    ),
    Trouble.IS_FOLDER: "{path} is a folder. Choose a file for the archive.",
    Trouble.IS_NO_FILE: (
        "{path} is a pipe, a socket or a device. Choose an ordinary file for the archive."
    ),
    Trouble.SEMICOLONS: (
        "{path} is separated by semicolons, and what the cells of line {line} are is not clear. "
        "Save it as CSV UTF-8 (comma delimited), or choose another file."
    ),
    Trouble.TABS: (
        "{path} is separated by tabs, and what the cells of line {line} are is not clear. "
        "Save it as CSV UTF-8 (comma delimited), or choose another file."
    ),
    Trouble.UTF_16: (
        "{path} is in UTF-16, and what the cells of line {line} are is not clear. "
        "Save it as CSV UTF-8 (comma delimited), or choose another file."
    ),
    Trouble.CR_ENDS: (
        "{path} has lines that end in a carriage return only, and what the cells of line "
        "{line} are is not clear. Save it as CSV UTF-8 (comma delimited), or choose another file."
    ),
    Trouble.ROW_TOO_LONG: (
        "{path} cannot be brought into today's form: line {line} is too long to be a message. "
        "Mend that line, or choose another file."
    ),
    Trouble.CANNOT_REWRITE: ("{path} must be rewritten, which failed: {why}. It is as it was."),
    Trouble.NO_LINE_END: (
        "{path} ends in {size} bytes without a line end, which is no message of this room. "
        "Take them away in an editor, or choose another file."
    ),
    Trouble.NOT_AN_ARCHIVE: (
        "{path} is not an archive of this room: its first line should be "
        "Room,Username,Message,Time,Id. Choose another file, or move this one away."
    ),
    Trouble.CANNOT_WRITE: "{path} cannot be written: {why}.",
    Trouble.CANNOT_SYNC: (
        "{path} could not be brought to the disk: {why}. "
        "Check the disk, then start the server again."
    ),
    Trouble.CANNOT_RESTORE: (
        "{path} could not be written nor restored: {why}. "
        "Check the disk, then start the server again."
    ),
    Trouble.CHANGED_BY_ANOTHER: (
        "{path} was changed by another program while the room was open. "
        "Close that program, then start the server again."
    ),
    Trouble.LINES_DAMAGED: "{count} damaged line(s) of {path} are passed over: {lines}.",
    Trouble.LAST_LINE_ENDED: (
        "The last line of {path} had no line end. It is whole, and counts as a message."
    ),
    Trouble.LAST_LINE_CUT: (
        "The last line of {path} was cut short ({size} bytes) and is kept in {kept}. To put it "
        "back, stop the server and add it at the end of the archive, as a line of five cells."
    ),
    Trouble.UPGRADED: (
        "{path} was rewritten with {count} messages. It was made by an earlier program; "
        "as it was, it is kept in {kept}."
    ),
    Trouble.OTHER_FORM: (
        "{path} was rewritten with {count} messages. A spreadsheet had saved it in another "
        "form; as it was, it is kept in {kept}."
    ),
    Trouble.ENCODING_GUESSED: (
        "{count} rows of {path} were not in UTF-8 and are read as Windows-1252 (Western "
        "European). Where letters are wrong, the file that is kept has what was there."
    ),
    Trouble.SPLIT_TOO_LONG: (
        "{path} was rewritten with {count} messages. It held messages too long for one line "
        "of the room; as it was, it is kept in {kept}."
    ),
    Trouble.ROWS_TOO_SHORT: "{count} rows of {path} had too few cells.",
    Trouble.ZERO_BYTES: "line {line} (zero bytes)",
    Trouble.NOT_READABLE: "line {line} (not readable)",
    Trouble.LINE_TOO_LONG: "line {line} (too long)",
    Trouble.WRONG_CELLS: "line {line} ({cells} cells instead of 5)",
}


def archive_sentence(problem: Problem) -> str:
    """Return what a person reads about a trouble of the archive.

    `{why}` is the cause of an `error`; of `lines`, the first of `count` are given.
    """
    assert isinstance(problem.reason, Trouble), problem
    details = dict(problem.details)
    error, lines = details.get("error"), details.get("lines")
    if isinstance(error, OSError):
        details["why"] = _why(error, details["path"])
    if isinstance(lines, tuple):
        named = ", ".join(map(archive_sentence, lines))
        details["lines"] = named if len(lines) == details["count"] else f"{named}, ..."
    return SENTENCES[problem.reason].format(**details)


def _why(error: OSError, path: object) -> str:
    """Return why the system refused, which other file, and what to do where that is known."""
    words = error.strerror or str(error)
    refused = Path(str(error.filename or path))
    if refused.name != Path(str(path)).name:
        words = f"{words} ({refused.name})"
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"{words}; free some space on that disk"
    return words
