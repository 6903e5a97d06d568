"""The secret of the host's key, in a hidden file of its own beside the archive.

    .archive.csv.key      64 hexadecimal digits and a line end; only the host may read it

Whoever takes the archive elsewhere takes this file along, or is another host to everybody.
"""

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

from chatroom.archive import files
from chatroom.archive.troubles import ArchiveError, Trouble
from chatroom.crypto import cpace

_FILE_SIZE_MOST = 256
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def host_secret(archive: Path, draw: Callable[[int], bytes]) -> bytes:
    """Return the secret, POINT_SIZE bytes; where there is none yet, draw it and keep it.

    Call it by whoever holds the archive. Raises ArchiveError.
    """
    path = archive.with_name(f".{archive.name}.key")
    with files.explained(path), files.open_regular(path) as file:
        if sys.platform != "win32":
            status = os.fstat(file.fileno())
            # root could read what another has laid there, who knows it then.
            if status.st_uid not in (os.geteuid(), archive.stat().st_uid):
                raise ArchiveError(Trouble.NOT_OUR_KEY, path=path)
            if status.st_mode & _OTHERS:
                os.fchmod(file.fileno(), stat.S_IRUSR | stat.S_IWUSR)
        kept = file.read(_FILE_SIZE_MOST)
        if kept:
            return _parse(kept, path)
        secret = draw(cpace.POINT_SIZE)
        files.write_all(file, f"{secret.hex()}\n".encode())
        files.sync_to_disk(file.fileno())
        files.sync_folder(path)
    return secret


def _parse(kept: bytes, path: Path) -> bytes:
    try:
        secret = bytes.fromhex(kept.decode("ascii"))
    except ValueError:
        secret = b""
    if len(secret) != cpace.POINT_SIZE:
        raise ArchiveError(Trouble.NO_HOST_KEY, path=path)
    return secret
