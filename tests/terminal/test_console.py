"""The console's end of the conversation, told by events instead of a server."""

import contextlib
import io
import itertools
import json
import sys
import threading
import unittest
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, cast
from unittest import mock

from chatroom.client import events
from chatroom.client.member import Member
from chatroom.network.driver import Driver
from chatroom.network.events import DriverStarted, DriverStopped
from chatroom.protocol.entries import Entry
from chatroom.terminal import console, signals
from chatroom.terminal.console import Console

ENTRY = Entry(3, "2026-11-22T12:00:00Z", "Ana\u202e", "na\u00efve\u2028\u0085\U0001f9f6", "u0-1")


class FakeMember:
    """Settled from the start; stops its driver when it leaves."""

    def __init__(self, driver: "FakeDriver") -> None:
        self.driver = driver
        self.said: list[str] = []
        self.unsaid = 0
        self.is_settled = True

    def say(self, text: str, now: float) -> None:
        self.said.append(text)

    def leave(self, now: float) -> None:
        self.driver.events.append(DriverStopped())


class FakeDriver:
    """Tells events in order, and does every call at once."""

    def __init__(self, *told: object) -> None:
        self.events = list(told)
        self.member = FakeMember(self)

    def start(self) -> None:
        pass

    def next_event(self, timeout_s: float = 0.0) -> object:
        return self.events.pop(0) if self.events else None

    def call(self, action: Callable[[Any, float], Any]) -> "Future[Any]":
        future: Future[Any] = Future()
        future.set_result(action(self.member, 0.0))
        return future


class Stream(io.TextIOWrapper):
    """Standard output in memory."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8")

    def text(self) -> str:
        return cast(io.BytesIO, self.buffer).getvalue().decode().replace("\r\n", "\n")


class ConsoleTest(unittest.TestCase):
    def run_console(
        self,
        *told: object,
        typed: str = "",
        as_json: bool = False,
        follow: bool = False,
        is_settled: bool = True,
    ) -> int:
        """Run a console that hears these events; return its status."""
        self.driver = FakeDriver(*told)
        self.driver.member.is_settled = is_settled
        self.out, self.err = Stream(), Stream()
        with contextlib.ExitStack() as stack:
            stdin = io.TextIOWrapper(io.BufferedReader(_Raw(typed.encode())))
            for name, stream in (("stdin", stdin), ("stdout", self.out), ("stderr", self.err)):
                stack.enter_context(mock.patch.object(sys, name, stream))
            stack.enter_context(mock.patch.object(signals, "stopped_by", _no_signals))
            driver = cast(Driver[Member], self.driver)
            return Console(driver, "10.0.0.1 port 8080", as_json=as_json, follow=follow).run()


class _Raw(io.RawIOBase):
    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def fileno(self) -> int:
        return 0

    def readinto(self, buffer: Any) -> int:
        return self._data.readinto(buffer)


@contextlib.contextmanager
def _no_signals(stop: object) -> Any:
    yield


class Outcomes(ConsoleTest):
    def test_no_answer_is_5_and_names_the_causes(self) -> None:
        silent = events.ServerSilent(console.PATIENCE_S)
        self.assertEqual(self.run_console(silent, follow=True), console.STATUS_NO_ANSWER)
        for cause in ("10.0.0.1 port 8080", "address", "port", "firewall", "VPN"):
            self.assertIn(cause, self.err.text())

    def test_patience_lasts_for_a_while(self) -> None:
        silent = events.ServerSilent(console.PATIENCE_S - 0.1)
        self.assertEqual(self.run_console(silent, DriverStopped()), 0)
        self.assertEqual(self.err.text(), "")

    def test_what_was_not_stored_is_counted(self) -> None:
        status = self.run_console(events.Left(2), DriverStopped())
        self.assertEqual(status, console.STATUS_NO_ANSWER)
        self.assertEqual(self.err.text(), "2 message(s) were not stored.\n")

    def test_lost_server_is_waited_for_and_then_given_up(self) -> None:
        with mock.patch.object(console, "time") as clock:
            clock.monotonic.side_effect = itertools.count(100.0, 25.0)
            status = self.run_console(events.ServerLost(stopped=False), is_settled=False)
        self.assertEqual(status, console.STATUS_NO_ANSWER)
        self.assertIn("has not come back", self.err.text())

    def test_end_of_input_leaves_and_follow_stays(self) -> None:
        self.assertEqual(self.run_console(typed="one\n\n  \ntwo\r\n"), 0)
        self.assertEqual(self.driver.member.said, ["one", "two"])

    def test_exit_ends_the_input_though_it_is_to_be_followed(self) -> None:
        self.assertEqual(self.run_console(typed="one\nexit\ntwo\n", follow=True), 0)
        self.assertEqual(self.driver.member.said, ["one"])


class Printing(ConsoleTest):
    def test_line_is_one_line_and_acts_on_nothing(self) -> None:
        self.run_console(DriverStarted(("0.0.0.0", 1)), events.NewEntries((ENTRY,)))
        self.assertEqual(self.out.text(), "Ana\ufffd: na\u00efve\u240a\ufffd\U0001f9f6\n")
        self.assertEqual(self.err.text(), "")

    def test_json_is_ascii_and_whole(self) -> None:
        self.run_console(events.NewEntries((ENTRY,)), as_json=True)
        printed = self.out.text()
        self.assertTrue(printed.isascii())
        self.assertEqual(
            json.loads(printed),
            {"seq": 3, "time": ENTRY.time, "name": ENTRY.name, "text": ENTRY.text},
        )


class Pace(ConsoleTest):
    def test_input_waits_while_much_is_unsaid(self) -> None:
        self.driver = FakeDriver()
        driver = cast(Driver[Member], self.driver)
        with (
            mock.patch.object(sys, "stdin", io.TextIOWrapper(io.BufferedReader(_Raw(b"a\nb\n")))),
            mock.patch.object(sys, "stdout", None),
            mock.patch.object(sys, "stderr", None),
            mock.patch.object(signals, "stopped_by", _no_signals),
        ):
            talks = Console(driver, "", as_json=False, follow=True)
            self.driver.member.unsaid = console.UNSAID_MOST + 1
            thread = threading.Thread(target=talks.run, daemon=True)
            thread.start()
            self.wait_until(lambda: self.driver.member.said == ["a"])
            self.driver.events.append(events.TextsStored(1))
            self.wait_until(lambda: not self.driver.events)
            self.assertEqual(self.driver.member.said, ["a"])
            self.driver.member.unsaid = 0
            self.driver.events.append(events.TextsStored(2))
            self.wait_until(lambda: self.driver.member.said == ["a", "b"])
            self.driver.events.append(DriverStopped())
            thread.join(10)
            self.assertFalse(thread.is_alive())

    def wait_until(self, done: Callable[[], bool]) -> None:
        for _ in range(1000):
            if done():
                return
            threading.Event().wait(0.01)
        self.fail("it never happened")


if __name__ == "__main__":
    unittest.main()
