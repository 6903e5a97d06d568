"""Where a program without a window reads and prints: a pipe, a terminal, with a prompt or plain."""

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import IO, TYPE_CHECKING, Any

from chatroom.terminal import lines, output

if TYPE_CHECKING:
    from chatroom.terminal.prompt import Prompt


class Streams:
    """Standard input, output and error.

    `is_typed`: somebody types the input; `is_read`: somebody reads the output where it is
    printed; `prompt` is there where both meet on a terminal that can do it.
    """

    def __init__(self, on_failure: Callable[[OSError], None] = lambda error: None) -> None:
        """Use those of this program; `on_failure` as of `Output`, for standard output."""
        self.is_typed, self.is_read = _is_terminal(sys.stdin), _is_terminal(sys.stdout)
        self.messages = output.Output(sys.stdout, on_failure)
        self.words = output.Output(sys.stderr)
        self.prompt = self._find_prompt() if self.is_typed else None

    @property
    def is_echoed(self) -> bool:
        """Whether the lines that are typed stay to be read among what is printed."""
        return self.is_typed and self.is_read and self.prompt is None

    def open(self) -> contextlib.AbstractContextManager[object]:
        """Use them while the context lasts."""
        return self.prompt.open() if self.prompt is not None else contextlib.nullcontext()

    def restore(self) -> None:
        """Leave the terminal as it was found, at once."""
        if self.prompt is not None:
            self.prompt.restore()

    def lines(self) -> Iterator[str]:
        """Yield the lines of the input."""
        return self.prompt.lines() if self.prompt is not None else lines.input_lines()

    def print(self, text: str, is_wanted: Callable[[], bool]) -> None:
        """Print messages, whole lines; `is_wanted` as in `Output.write`."""
        if self.prompt is not None and self.is_read:
            self.prompt.screen.print(text, is_wanted)
        else:
            self.messages.write(text, is_wanted)

    def tell(self, text: str) -> None:
        """Print words for people, on standard error."""
        if self.prompt is not None and _is_terminal(sys.stderr):
            self.prompt.screen.print(text)
        else:
            self.words.write(text)

    def answer(self, text: str) -> None:
        """Print what answers a command, where it was typed."""
        if self.prompt is not None:
            self.prompt.screen.print(text)
        else:
            self.words.write(text)

    # ----------------------------------------------------------------------------------

    def _find_prompt(self) -> "Prompt | None":
        from chatroom.terminal import modes, prompt  # here, since a pipe does without

        stream, out = (sys.stdout, self.messages) if self.is_read else (sys.stderr, self.words)
        terminal = modes.find(sys.stdin, stream) if _is_terminal(stream) else None
        return prompt.Prompt(terminal, stream, out) if terminal is not None else None


def _is_terminal(stream: IO[Any] | None) -> bool:
    return stream is not None and stream.isatty()
