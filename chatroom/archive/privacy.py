"""Who else on this computer may read an archive: and who may read it may hold its lock.

Windows keeps what is in a person's folders from others, and tells it by other means than a
file's mode.
"""

import os
import stat
import sys
from pathlib import Path

from chatroom.archive.troubles import Trouble
from chatroom.problems import Problem

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_OWN = stat.S_IRUSR | stat.S_IWUSR


def hide(archive: Path, *, is_empty: bool) -> list[Problem]:
    """Have the host alone read an archive in which nothing is yet, as it comes with the program.

    One with messages stays as it is, since the host may share it; that is told.
    """
    try:
        if sys.platform == "win32" or not os.stat(archive).st_mode & _OTHERS:
            return []
        if is_empty:
            os.chmod(archive, _OWN)
            return []
    except OSError:  # it is another's, or on a disk that knows no modes
        pass
    return [Problem(Trouble.OTHERS_MAY_READ, path=archive)]
