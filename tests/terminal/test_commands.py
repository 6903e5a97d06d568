"""The host's commands, over a room whose turns the test drives."""

import unittest
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from typing import Any

from chatroom.archive.troubles import Trouble
from chatroom.problems import Problem
from chatroom.protocol.entries import Entry
from chatroom.server import events
from chatroom.server.log import LogRefused
from chatroom.server.room import Room
from chatroom.terminal import commands, host_search
from chatroom.words import headless, languages
from chatroom.words.languages import Language
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
        try:
            future.set_result(action(self.pair.room, self.pair.now))
        except Problem as problem:
            future.set_exception(problem)
        self.pair.run(0.1)
        for event in self.pair.room_events[since:]:
            if isinstance(event, events.HitsFound):
                self.hear(event)
        return future


class CommandCase(unittest.TestCase):
    def setUp(self) -> None:
        self.log = MemoryLog()
        self.pair = Pair(self.log)
        self.pair.room.reserve("Tuan", self.pair.now)
        self.driver = TestDriver(self.pair)
        self.commands = commands.Commands(self.driver, lambda: "")  # type: ignore[arg-type]
        self.driver.hear = self.commands.hear
        self.run_line = self.commands.run


class Talking(CommandCase):
    def test_what_is_said_is_stored_and_not_answered(self) -> None:
        self.assertEqual(self.run_line("  say  selamat   pagi "), "")
        [entry] = self.log.entries
        self.assertEqual((entry.name, entry.text), ("Tuan", "selamat   pagi"))

    def test_saying_nothing_is_explained(self) -> None:
        self.assertIn("nothing to say", self.run_line("say"))

    def test_name_is_shown_and_changed(self) -> None:
        self.assertEqual(self.run_line("name"), "you speak as Tuan")
        self.assertEqual(self.run_line("name Pak Budi"), "you speak as Pak Budi")
        self.run_line("say hello")
        self.assertEqual(self.log.entries[0].name, "Pak Budi")

    def test_name_that_somebody_has_is_not_taken(self) -> None:
        self.pair.join("Ana")
        self.assertIn("'ana' is taken", self.run_line("name ana"))
        self.assertEqual(self.run_line("name"), "you speak as Tuan")

    def test_status_says_since_when_the_room_is_open_and_how_long_its_log_is(self) -> None:
        self.run_line("say one")
        self.pair.run(60 * 60 * 26)
        self.assertTrue(self.run_line("status").startswith("open for 1 d 2 h, 1 message\n"))

    def test_status_says_what_waits(self) -> None:
        self.assertNotIn("to be stored", self.run_line("status"))
        self.log.failure = LogRefused(Trouble.CANNOT_WRITE)
        self.run_line("say one")
        self.assertIn("1 message of yours waits to be stored", self.run_line("status"))
        self.assertIn("you speak as Tuan", self.run_line("status"))


class Guarding(CommandCase):
    def test_people_with_since_and_last_heard(self) -> None:
        self.assertEqual(self.run_line("people"), "nobody else is in the room")
        ana = self.pair.join("Ana")
        ana.say("one")
        ana.say("two")
        self.pair.run(130.0)
        line = self.run_line("people")
        self.assertRegex(
            line, r"^Ana  127\.0\.0\.1:50000  here 2 min, heard \d+ s ago, 2 messages$"
        )

    def test_name_that_reads_like_a_line_is_quoted(self) -> None:
        self.pair.join("Ana  10.0.0.5:1  here 2 min")
        self.assertRegex(
            self.run_line("people"),
            "^\u201cAna  10.0.0.5:1  here 2 min\u201d  127.0.0.1:50000  here",
        )

    def test_silent_one_stands_out(self) -> None:
        ana = self.pair.join("Ana")
        self.pair.run(1.0)
        del self.pair.people[ana.address]
        self.pair.run(45.0)
        self.assertRegex(self.run_line("people"), r"here 46 s, SILENT for 4[56] s, 0 messages$")

    def test_long_durations_in_their_two_largest_units(self) -> None:
        self.pair.join("Ana")
        self.pair.run(3600 * 2 + 61)
        self.assertIn("here 2 h 1 min,", self.run_line("people"))

    def test_removing(self) -> None:
        self.pair.join("Ana")
        self.assertIn("ana was put out", self.run_line("remove ana"))
        self.assertEqual(self.run_line("remove ana"), "nobody here has the name 'ana'")
        self.assertEqual(self.run_line("remove TUAN"), "Tuan is you; stop ends the room")

    def test_what_is_blocked_and_what_is_let_in(self) -> None:
        self.assertEqual(self.run_line("blocked"), "nothing is blocked\nallowed: all addresses")
        self.assertEqual(
            self.run_line("block 10.1.0.0/16, 9.9.9.9"), "blocked 10.1.0.0/16, 9.9.9.9"
        )
        self.run_line("block ::1")
        self.run_line("allow 192.168.1.0/24")
        self.assertEqual(
            self.run_line("blocked"),
            "blocked: 9.9.9.9, 10.1.0.0/16, ::1\nallowed: 192.168.1.0/24",
        )

    def test_mapped_address_is_blocked_as_the_one_it_stands_for(self) -> None:
        self.assertEqual(self.run_line("block ::ffff:10.0.0.5"), "blocked 10.0.0.5")
        self.assertEqual(self.run_line("unblock 10.0.0.5"), "no longer blocked: 10.0.0.5")

    def test_somebody_is_blocked_by_name_from_wherever_one_can_take_an_address(self) -> None:
        self.pair.join("Pak Budi", host="2001:db8:1:2::7")
        self.pair.join("Ana", host="10.0.0.5")
        self.assertEqual(self.run_line("block PAK  budi"), "blocked 2001:db8:1:2::/64")
        self.assertEqual(self.run_line("block Ana"), "blocked 10.0.0.5")
        self.assertEqual(self.run_line("people"), "nobody else is in the room")
        self.assertEqual(self.pair.here(), [])

    def test_an_address_goes_before_a_name_that_reads_like_it(self) -> None:
        self.pair.join("10.0.0.9", host="10.0.0.5")
        self.assertEqual(self.run_line("block 10.0.0.9"), "blocked 10.0.0.9")
        self.assertEqual(self.pair.here()[0][0], "10.0.0.9")

    def test_who_is_not_here_cannot_be_blocked_by_name(self) -> None:
        self.pair.join("Ana")
        for typed in ("block Budi", "block Tuan"):
            self.assertIn("neither an address", self.run_line(typed))
        self.assertIn("which address?", self.run_line("block"))
        self.assertIn("nothing is blocked", self.run_line("blocked"))

    def test_unblocking_says_what_was_not_blocked(self) -> None:
        self.run_line("block 10.1.0.0/16 9.9.9.9")
        self.assertEqual(
            self.run_line("unblock 9.9.9.9 10.1.2.0/24"),
            "no longer blocked: 9.9.9.9\nnot blocked: 10.1.2.0/24",
        )
        self.assertIn("blocked: 10.1.0.0/16\n", self.run_line("blocked"))

    def test_stop_closes_the_room(self) -> None:
        self.assertEqual(self.run_line("stop"), "stopping")
        self.assertTrue(self.pair.room.closed)
        self.assertIn("The room is not open", self.run_line("say more"))


class Languages(CommandCase):
    def setUp(self) -> None:
        super().setUp()
        self.addCleanup(languages.use, Language.ENGLISH)

    def test_help_lists_every_command_in_columns(self) -> None:
        for language in Language:
            languages.use(language)
            lines = self.run_line("help").split("\n")
            self.assertEqual(len(lines), len(headless.CommandHelp))
            for line in lines:
                self.assertNotIn("\t", line)
                self.assertLessEqual(len(line), 80)
                self.assertEqual(line[commands.HELP_COLUMN - 1], " ")
                self.assertNotEqual(line[commands.HELP_COLUMN], " ")

    def test_every_command_in_help_is_one(self) -> None:
        for line in self.run_line("help").split("\n"):
            self.assertNotIn("there is no command", self.run_line(line.split()[0]))

    def test_answers_in_indonesian(self) -> None:
        languages.use(Language.INDONESIAN)
        self.pair.join("Ana")
        self.assertRegex(self.run_line("people"), r"^Ana  127.*di sini 0 dtk, aktif 0 dtk lalu")
        self.assertEqual(
            self.run_line("dance"), "tidak ada perintah 'dance'; help menampilkan semuanya"
        )


class Finding(CommandCase):
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

    def test_no_cell_of_the_archive_makes_a_line_of_its_own(self) -> None:
        self.log.entries.append(Entry(1, "now\nAna left", "Eva\n", "keys", ""))
        shown = "1  now\u240aAna left  Eva\u240a: keys\nthat is all"
        self.assertEqual(self.commands.run("find keys"), shown)

    def test_names(self) -> None:
        self.say("one")
        self.say("two", name="Budi")
        self.assertIn("Budi: two\nthat is all", self.commands.run("find from:BUD"))
        self.assertEqual(self.commands.run("find from:ana"), "no message has that")

    def test_more_than_is_shown(self) -> None:
        self.say(*(f"text {number}" for number in range(1, 1001)))
        lines = self.commands.run("find text").split("\n")
        self.assertEqual(len(lines), host_search.HITS_SHOWN_MOST + 1)
        self.assertTrue(lines[0].startswith("1000 "))
        self.assertEqual(lines[-1], "and 980 older ones")

    def test_more_than_is_counted(self) -> None:
        self.say(*("text" for _ in range(host_search.HITS_COUNTED_MOST + 2000)))
        last = self.commands.run("find text").split("\n")[-1]
        self.assertRegex(last, r"^and (9,\d{3}|1\d,\d{3}) older ones at least$")

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
