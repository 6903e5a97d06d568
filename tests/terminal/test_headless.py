"""What a server without a window prints: a line for each event, one for messages in a row."""

import contextlib
import os
import tempfile
import unittest
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any
from unittest import mock

from chatroom.network import events as driver_events
from chatroom.protocol.entries import Entry
from chatroom.server import events
from chatroom.terminal import headless


class Script:
    """A driver that has all these events at once; None: nothing for a while."""

    def __init__(self, *told: object) -> None:
        self._told = list(told)

    def start(self) -> None:
        pass

    def call(self, action: Callable[..., Any]) -> Future[Any]:
        return Future()

    def next_event(self, timeout_s: float = 0.0) -> Any:
        return self._told.pop(0)


def stored(first: int, *names: str) -> events.MessagesStored:
    some = enumerate(names, start=first)
    return events.MessagesStored(tuple(Entry(seq, "", name, "hi", "") for seq, name in some))


class Printing(unittest.TestCase):
    def printed(self, *told: object) -> list[str]:
        """Return the lines of a room where this was told."""
        driver: Any = Script(*told, driver_events.DriverStopped())
        with (
            tempfile.TemporaryFile("w+") as out,
            open(os.devnull) as nothing,
            mock.patch("sys.stdout", out),
            mock.patch("sys.stdin", nothing),
            mock.patch("logging.basicConfig"),
            mock.patch("chatroom.terminal.signals.stopped_by", contextlib.nullcontext),
            mock.patch("time.sleep") as self.pause,
        ):
            self.assertEqual(headless.Headless(driver, "Host").run(), headless.STATUS_STOPPED)
            out.seek(0)
            return out.read().splitlines()

    def test_messages_in_a_row_share_a_line_and_no_others(self) -> None:
        joined = events.PersonJoined("Eva", ("10.0.0.1", 5000))
        lines = self.printed(
            stored(1, "Ana"), stored(2, "Budi", "Ana"), joined, stored(4, "Eva"), None
        )
        self.assertEqual(lines[0], "stored messages 1-3 from Ana, Budi")
        self.assertIn("Eva", lines[1])
        self.assertEqual(lines[2:], ["stored message 4 from Eva", "stopped"])

    def test_it_pauses_after_messages_alone(self) -> None:
        self.printed(stored(1, "Ana"), None, stored(2, "Ana"), None)
        self.assertEqual(self.pause.call_args_list, [mock.call(headless.GATHER_S)] * 2)
        self.printed(None, events.PersonJoined("Eva", ("10.0.0.1", 5000)), None)
        self.pause.assert_not_called()


if __name__ == "__main__":
    unittest.main()
