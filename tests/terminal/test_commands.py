"""The command `find`, over a room whose turns the test drives."""

import unittest
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from typing import Any

from chatroom.protocol.entries import Entry
from chatroom.server import events
from chatroom.server.room import Room
from chatroom.terminal import commands
from tests.tools.link import MemoryLog, Pair


class TestDriver:
    """Stands in for a driver: it does a call at once, and then lets the room have its turns."""

    def __init__(self, pair: Pair) -> None:
        self.hear: Callable[[events.HitsFound], None] = lambda hits: None
        self.pair = pair
        self.has_ended = False

    def call(self, action: Callable[[Room, float], Any]) -> "Future[Any]":
        future: Future[Any] = Future()
        if self.has_ended:
            future.cancel()
            return future
        since = len(self.pair.room_events)
        future.set_result(action(self.pair.room, self.pair.now))
        self.pair.run(0.1)
        for event in self.pair.room_events[since:]:
            if isinstance(event, events.HitsFound):
                self.hear(event)
        return future


class Finding(unittest.TestCase):
    def setUp(self) -> None:
        self.log = MemoryLog()
        self.driver = TestDriver(Pair(self.log))
        self.commands = commands.Commands(self.driver, lambda: "")  # type: ignore[arg-type]
        self.driver.hear = self.commands.hear

    def say(self, *texts: str, name: str = "Eva") -> None:
        for text in texts:
            self.log.entries.append(
                Entry(self.log.head + 1, "2026-01-01T00:00:00Z", name, text, "")
            )

    def test_newest_first_and_that_is_all(self) -> None:
        self.say("The keys", "locks", "KEYS\x1b[2J\nbelow")
        self.assertEqual(
            self.commands.run("find keys"),
            "3  2026-01-01T00:00:00Z  Eva: KEYS␛[2J␊below\n"
            "1  2026-01-01T00:00:00Z  Eva: The keys\n"
            "that is all",
        )

    def test_names(self) -> None:
        self.say("one")
        self.say("two", name="Budi")
        self.assertIn("Budi: two\nthat is all", self.commands.run("find from:BUD"))
        self.assertEqual(self.commands.run("find from:ana"), "no message has that")

    def test_more_than_is_shown(self) -> None:
        self.say(*(f"text {number}" for number in range(1, 1001)))
        lines = self.commands.run("find text").split("\n")
        self.assertEqual(len(lines), commands.HITS_SHOWN_MOST + 1)
        self.assertTrue(lines[0].startswith("1000 "))
        self.assertEqual(lines[-1], "and 980 older ones")

    def test_more_than_is_counted(self) -> None:
        self.say(*("text" for _ in range(commands.HITS_COUNTED_MOST + 2000)))
        last = self.commands.run("find text").split("\n")[-1]
        self.assertRegex(last, r"^and (9\d{3}|1\d{4}) older ones at least$")

    def test_nothing_to_look_for(self) -> None:
        self.assertIn("which words?", self.commands.run("find"))
        self.assertIn("which words?", self.commands.run('find from:""'))

    def test_room_that_ends_meanwhile(self) -> None:
        self.say("text")
        self.driver.hear = lambda hits: setattr(self.driver, "has_ended", True)
        self.assertEqual(self.commands.run("find text"), "the room is not open")
        self.assertRaises(CancelledError, self.driver.call(Room.close).result)


if __name__ == "__main__":
    unittest.main()
