"""In place of notify-send and osascript: programs that record what they were given."""

import json
import os
import sys
from pathlib import Path

PROGRAM = """#!{python}
import json, os, subprocess, sys, time
from pathlib import Path
folder = Path({folder!r})
if sys.argv[1:] == ["--version"]:
    print(sys.argv[0], {version!r})
    sys.exit()
record = json.dumps({{"words": sys.argv[1:], "pid": os.getpid()}})
beside = folder / f"{{os.getpid()}}.new"
beside.write_text(record)
beside.rename(folder / f"{{time.monotonic_ns():020}}.json")
{then}
"""
HANG = "time.sleep(600)"


class FakeProgram:
    """A program in a folder of its own, which can be made the whole PATH."""

    def __init__(self, folder: Path, name: str, then: str = "", version: str = "0.8.1") -> None:
        """`then` is what it does, as Python, once it has recorded its arguments."""
        self.folder = folder
        self.path = folder / name
        self.path.write_text(
            PROGRAM.format(python=sys.executable, folder=str(folder), then=then, version=version)
        )
        self.path.chmod(0o700)

    @property
    def calls(self) -> list[list[str]]:
        """What it was given each time, its version not counted."""
        return [record["words"] for record in self._records()]

    @property
    def texts(self) -> list[list[str]]:
        """The title and the body of each time."""
        return [words[-2:] for words in self.calls]

    @property
    def pids(self) -> list[int]:
        """Its process of each time."""
        return [record["pid"] for record in self._records()]

    def _records(self) -> list[dict]:  # type: ignore[type-arg]
        files = sorted(self.folder.glob("*.json"))
        return [json.loads(one.read_text(encoding="utf-8")) for one in files]


def is_running(pid: int) -> bool:
    """Tell whether there is such a process, as one of ours or of anybody."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
