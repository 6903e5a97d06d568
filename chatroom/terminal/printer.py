"""What a console prints, in the form that whoever reads it needs.

A pipe gets `name: text`, or JSON. Who sits at a terminal gets times, days and colours, each
message once, and at the end of the screen what waits to be sent.
"""

import os
import textwrap
from collections.abc import Callable, Sequence

from chatroom import words
from chatroom.client import events, waiting
from chatroom.network import clock
from chatroom.protocol import entries
from chatroom.terminal import colours, screen, showing, streams
from chatroom.words.terminal import Command

WAITING_SHOWN = 3
"""Texts that wait for the server, shown above the line that is typed."""
INDENT = "  "
"""Before the messages that a command shows, to tell them from those that come in."""


class Printer:
    """Prints to the streams of a console."""

    def __init__(
        self, to: streams.Streams, *, as_json: bool, is_wanted: Callable[[], bool]
    ) -> None:
        """`is_wanted` tells whether to wait for a slow reader of messages."""
        self._streams = to
        self._is_wanted = is_wanted
        self._colours = colours.colours_of(os.environ) if to.prompt is not None else ()
        self._show = self._choose_form(as_json=as_json)
        self._waiting = waiting.Waiting(clock.utc_now)
        self._waiting_shown = 0
        self._device = ""

    def handle(self, event: object) -> None:
        """Take in who we are, and what waits to be sent."""
        if isinstance(event, events.Entered):
            self._device = event.device
        if self._streams.prompt is not None:
            self._waiting.handle(event, self._device)
            self.show_waiting(are_new=False)

    def print(self, some: Sequence[entries.Entry]) -> None:
        """Print messages at the pace of whoever reads them, as long as they are wanted."""
        if self._streams.is_echoed:  # ours stand there already, as they were typed
            some = [one for one in some if not self._is_ours(one)]
        self._streams.print(self._show(some), self._is_wanted)

    def tell(self, sentence: str | None) -> None:
        """Print a sentence for people, where there is one."""
        if sentence is not None:
            self._streams.tell(f"{words.show_text(sentence)}\n")

    def answer(self, sentences: str) -> None:
        """Answer a command; what others wrote must be harmless in it already."""
        self._streams.answer(f"{sentences}\n")

    def answer_with(self, above: str, some: Sequence[entries.Entry], below: str) -> None:
        """Print the messages that a command asked for, between two sentences."""
        from chatroom.terminal import with_times

        shown = textwrap.indent(with_times.WithTimes(self._colours)(some), INDENT)
        self._streams.answer("".join((f"{above}\n", shown, f"{below}\n" if below else "")))

    def show_command(self, line: str) -> None:
        """Leave a command to be read, as a plain terminal does by itself."""
        if self._streams.prompt is not None:
            self.answer(words.show_text(f"{screen.PROMPT}{line}"))

    def show_name(self, name: str) -> str:
        """Return a name, harmless and in its colour."""
        return colours.coloured(words.show_text(name), self._colours)

    def show_waiting(self, *, are_new: bool) -> None:
        """Show what waits to be sent; new ones only where they have done so for a moment."""
        texts = self._waiting.texts()
        if self._streams.prompt is None or not (are_new or len(texts) < self._waiting_shown):
            return
        self._waiting_shown = len(texts)
        rows = [Command.WAITS(text=text) for text in texts[-WAITING_SHOWN:]]
        if len(texts) > WAITING_SHOWN:
            rows.insert(0, Command.MORE_WAIT(count=len(texts) - WAITING_SHOWN))
        self._streams.prompt.screen.show_rows(rows)

    # ----------------------------------------------------------------------------------

    def _choose_form(self, *, as_json: bool) -> showing.Show:
        if as_json:
            return showing.as_json
        if self._streams.is_typed and self._streams.is_read:
            from chatroom.terminal import with_times

            return with_times.WithTimes(self._colours)
        return showing.as_lines

    def _is_ours(self, one: entries.Entry) -> bool:
        origin = entries.split_id(one.id)
        return origin is not None and origin[0] == self._device
