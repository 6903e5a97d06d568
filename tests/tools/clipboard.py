"""The clipboard of a display, as another program has it: it offers texts and reads them.

python -m tests.tools.clipboard     answers lines of JSON: null reads, a string offers it
"""

import contextlib
import json
import subprocess
import sys
import tkinter as tk
from collections.abc import Iterator

from chatroom.windows import keys
from tests.tools.processes import ROOT


class Clipboard:
    """Speaks to the process that has it."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def offer(self, text: str) -> None:
        """Put a text there; what was there is gone."""
        self._ask(text)

    def read(self) -> str:
        """Return the text that is there, whoever put it there; "" for none."""
        return self._ask(None)

    def _ask(self, request: str | None) -> str:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(f"{json.dumps(request)}\n")
        self._process.stdin.flush()
        return str(json.loads(self._process.stdout.readline()))


@contextlib.contextmanager
def clipboard() -> Iterator[Clipboard]:
    """Start the process on the display that is set, and end it."""
    command = [sys.executable, "-m", "tests.tools.clipboard"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process:
        yield Clipboard(process)
        assert process.stdin is not None
        process.stdin.close()  # which ends it


def _serve() -> None:
    root = tk.Tk()
    root.withdraw()

    def answer(*_: object) -> None:
        line = sys.stdin.readline()
        if not line:
            root.quit()
            return
        text = json.loads(line)
        if text is None:
            text = keys.clipboard(root)
        else:
            root.clipboard_clear()
            root.clipboard_append(text)
            root.update()
        print(json.dumps(text), flush=True)

    root.tk.createfilehandler(sys.stdin, tk.READABLE, answer)
    root.mainloop()


if __name__ == "__main__":
    _serve()
