"""The server without a window, told by events instead of a room; the rest is with the programs."""

import contextlib
import io
import sys
import time
import unittest
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, cast
from unittest import mock

from chatroom.network.driver import Driver
from chatroom.network.events import DriverStarted, DriverStopped
from chatroom.protocol.entries import Entry
from chatroom.server import events
from chatroom.server.room import Room
from chatroom.terminal import headless, lines, signals


class FakeDriver:
    """Tells events, each at its time, None where there is none for a while; does no call."""

    def __init__(self, *told: tuple[float, object]) -> None:
        self.now = 0.0
        self._told = list(told)

    def start(self) -> None:
        pass

    def next_event(self, timeout_s: float = 0.0) -> object:
        self.now, event = self._told.pop(0)
        return event

    def call(self, action: Callable[[Any, float], Any]) -> "Future[Any]":
        return Future()


class HeadlessTest(unittest.TestCase):
    def run_headless(self, *told: tuple[float, object]) -> tuple[str, str]:
        """Run a server that hears these events, then the end; return what it prints and alarms."""
        driver = FakeDriver(*told, (99.0, DriverStopped()))
        out, err = io.BytesIO(), io.BytesIO()
        with contextlib.ExitStack() as stack:
            for name, data in (("stdout", out), ("stderr", err)):
                stream = io.TextIOWrapper(data, encoding="utf-8")
                stack.enter_context(mock.patch.object(sys, name, stream))
            stack.enter_context(mock.patch.object(time, "monotonic", lambda: driver.now))
            self.pause = stack.enter_context(mock.patch.object(time, "sleep"))
            stack.enter_context(mock.patch.object(lines, "input_lines", lambda: iter(())))
            no_signals = mock.patch.object(
                signals, "stopped_by", lambda *_: contextlib.nullcontext()
            )
            stack.enter_context(no_signals)
            stack.enter_context(mock.patch("logging.basicConfig"))
            status = headless.Headless(cast(Driver[Room], driver), "Host").run()
        self.assertEqual(status, headless.STATUS_STOPPED)
        return _text(out), _text(err)


class Opening(HeadlessTest):
    def test_archive_that_is_read_soon_is_not_told_of(self) -> None:
        read = [(percent / 100, events.ArchiveRead(percent)) for percent in range(100)]
        said, alarmed = self.run_headless(*read, (1.1, DriverStarted(("127.0.0.1", 8080))))
        self.assertEqual((said, alarmed), ("listening on 127.0.0.1:8080\nstopped\n", ""))

    def test_archive_that_takes_longer_is_told_of_ever_more_rarely(self) -> None:
        read = [(percent / 10, events.ArchiveRead(percent)) for percent in range(100)]
        said, alarmed = self.run_headless(*read)
        self.assertEqual(said, "stopped\n")
        told = [f"server.py: reading the archive: {percent} %\n" for percent in (10, 20, 40, 80)]
        self.assertEqual(alarmed, "".join(told))


class Messages(HeadlessTest):
    def printed(self, *told: object) -> list[str]:
        """Return the lines of a room where this was told."""
        said, alarmed = self.run_headless(*((0.0, event) for event in told))
        self.assertEqual(alarmed, "")
        return said.splitlines()

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


def stored(first: int, *names: str) -> events.MessagesStored:
    some = enumerate(names, start=first)
    return events.MessagesStored(tuple(Entry(seq, "", name, "hi", "") for seq, name in some))


def _text(data: io.BytesIO) -> str:
    return data.getvalue().decode().replace("\r\n", "\n")


if __name__ == "__main__":
    unittest.main()
