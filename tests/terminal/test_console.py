"""The console's end of the conversation, told by events instead of a server."""

import contextlib
import io
import itertools
import json
import sys
import threading
import unittest
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from typing import Any, cast
from unittest import mock

from chatroom import words
from chatroom.client import events
from chatroom.client.member import Member
from chatroom.network.driver import Driver
from chatroom.network.events import DriverStarted, DriverStopped
from chatroom.protocol import messages, wire
from chatroom.protocol.entries import Entry
from chatroom.terminal import console, reading, signals, with_times
from chatroom.terminal.console import Console
from chatroom.words.terminal import Command

ENTRY = Entry(3, "2026-11-22T12:00:00Z", "Ana\u202e", "na\u00efve\u2028\u0085\U0001f9f6", "u0-1")


LOG = [
    Entry(seq, "2026-11-22T12:00:00Z", "Ana", f"text {seq}", f"u0-{seq}") for seq in range(1, 4001)
]
ENTERED = events.Entered("room", "Ana", "u1", back=False, head=len(LOG))


def indented(some: Sequence[Entry]) -> list[str]:
    """Return lines as a command shows them at a terminal, without colours."""
    return [f"  {line}" for line in with_times.WithTimes(())(some).splitlines()]


class FakeMember:
    """Settled from the start; stops its driver when it leaves."""

    def __init__(self, driver: "FakeDriver") -> None:
        self.driver = driver
        self.said: list[str] = []
        self.pages: list[tuple[int, int]] = []
        self.searches: list[str] = []
        self.hits, self.back_to = 0, 1
        self.unsaid = 0
        self.is_settled = True
        self.trusted: list[bytes] = []

    def trust_host(self, key: bytes, now: float) -> None:
        self.trusted.append(key)

    def say(self, text: str, now: float) -> None:
        self.said.append(text)

    def read(self, first: int, last: int, now: float) -> None:
        """Tell the page in parts, the second half first."""
        self.pages.append((first, last))
        page = LOG[first - 1 : last]
        half = len(page) // 2
        for part in (page[half:], page[:half]):
            if part:
                self.driver.events.append(events.PageRead(tuple(part)))

    def find(self, looked_for: str, before: int, now: float) -> None:
        self.searches.append(looked_for)
        numbers = tuple(range(len(LOG), len(LOG) - self.hits, -1))
        half = len(numbers) // 2
        self.driver.events += [
            events.HitsFound("of before", (1,), 1, True),
            events.HitsFound(looked_for, numbers[:half], len(LOG) // 2, False),
            events.HitsFound(looked_for, numbers[half:], self.back_to, True),
        ]

    def leave(self, now: float) -> None:
        self.driver.events.append(DriverStopped())


class FakeDriver:
    """Tells events in order, then what `others` do, and does every call at once."""

    def __init__(self, *told: object) -> None:
        self.events = list(told)
        self.others: Iterator[object] = itertools.repeat(None)
        self.member = FakeMember(self)

    def start(self) -> None:
        pass

    def next_event(self, timeout_s: float = 0.0) -> object:
        return self.events.pop(0) if self.events else next(self.others)

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
    trusts_new_host = False
    others: Iterator[object] = itertools.repeat(None)

    def run_console(
        self,
        *told: object,
        typed: str = "",
        as_json: bool = False,
        follow: bool = False,
        is_settled: bool = True,
        is_terminal: bool = False,
        reads_all: bool = False,
        hits: int = 0,
        back_to: int = 1,
    ) -> int:
        """Run a console that hears these events; return its status."""
        self.driver = FakeDriver(*told)
        self.driver.others = self.others
        self.driver.member.is_settled = is_settled
        self.driver.member.hits, self.driver.member.back_to = hits, back_to
        self.out, self.err = Stream(), Stream()
        with contextlib.ExitStack() as stack:
            stdin = io.TextIOWrapper(io.BufferedReader(_Raw(typed.encode(), is_terminal)))
            for name, stream in (("stdin", stdin), ("stdout", self.out), ("stderr", self.err)):
                stack.enter_context(mock.patch.object(sys, name, stream))
            stack.enter_context(mock.patch.object(signals, "stopped_by", _no_signals))
            driver = cast(Driver[Member], self.driver)
            return Console(
                driver,
                "10.0.0.1 port 8080",
                as_json=as_json,
                follow=follow,
                reads_all=reads_all,
                trusts_new_host=self.trusts_new_host,
            ).run()


class _Raw(io.RawIOBase):
    def __init__(self, data: bytes, is_terminal: bool = False) -> None:
        self._data = io.BytesIO(data)
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        return self._is_terminal

    def readable(self) -> bool:
        return True

    def fileno(self) -> int:
        return 0

    def readinto(self, buffer: Any) -> int:
        return self._data.readinto(buffer)


@contextlib.contextmanager
def _no_signals(*_: object) -> Any:
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

    def test_refusal_at_the_door_may_be_a_lie_and_is_believed_when_patience_ends(self) -> None:
        refused = events.AccessRefused(wire.Hint.NOT_ALLOWED)
        self.assertEqual(self.run_console(refused, ENTERED), 0)
        self.assertIn("* The host does not let", self.err.text())
        silent = events.ServerSilent(console.PATIENCE_S)
        self.assertEqual(self.run_console(refused, silent, follow=True), console.STATUS_FAILED)

    def test_another_host_is_6_unless_it_is_to_be_trusted(self) -> None:
        changed = events.HostKeyChanged(bytes(32), bytes(range(32)))
        self.assertEqual(self.run_console(changed, follow=True), console.STATUS_OTHER_HOST)
        self.assertRegex(self.err.text(), "somebody else.*--new-host")
        self.assertEqual(self.driver.member.trusted, [])
        self.trusts_new_host = True
        self.assertEqual(self.run_console(changed, ENTERED), 0)
        self.assertEqual(self.driver.member.trusted, [bytes(range(32))])

    def test_what_was_not_stored_is_counted(self) -> None:
        status = self.run_console(events.Left(2), DriverStopped())
        self.assertEqual(status, console.STATUS_NO_ANSWER)
        self.assertEqual(self.err.text(), "2 messages not stored.\n")

    def test_lost_server_is_waited_for_and_then_given_up(self) -> None:
        with mock.patch.object(console, "time") as clock:
            clock.monotonic.side_effect = itertools.count(100.0, 25.0)
            status = self.run_console(events.ServerLost(stopped=False), is_settled=False)
        self.assertEqual(status, console.STATUS_NO_ANSWER)
        self.assertIn("has not come back", self.err.text())

    def test_end_of_input_leaves_and_follow_stays(self) -> None:
        self.assertEqual(self.run_console(typed="one\n\n  \ntwo\r\n"), 0)
        self.assertEqual(self.driver.member.said, ["one", "two"])

    def test_who_has_no_more_to_say_leaves_though_others_talk_without_a_pause(self) -> None:
        self.others = itertools.repeat(events.PeopleChanged(("Ana",), (), ()), 1_000_000)
        with mock.patch.object(console, "time") as clock:
            clock.monotonic.side_effect = itertools.count(100.0, 0.05)
            self.assertEqual(self.run_console(ENTERED, typed="one\n"), 0)

    def test_exit_ends_the_input_though_it_is_to_be_followed(self) -> None:
        self.assertEqual(self.run_console(typed="one\nexit\ntwo\n", follow=True), 0)
        self.assertEqual(self.driver.member.said, ["one"])


class Greeting(ConsoleTest):
    def test_who_types_is_told_what_happens_and_what_can_be_typed(self) -> None:
        self.run_console(ENTERED, is_terminal=True)
        self.assertEqual(
            self.err.text().splitlines(),
            [
                "* Connecting to 10.0.0.1 port 8080 \u2026",
                "* You are in the room room as Ana.",
                f"* {Command.HINT()}",
            ],
        )

    def test_pipe_is_told_where_it_is_and_no_more(self) -> None:
        self.run_console(ENTERED)
        self.assertEqual(self.err.text(), "* You are in the room room as Ana.\n")

    def test_nothing_is_read_from_a_terminal_before_it_is_let_in(self) -> None:
        refused = events.NameRefused("Ana", messages.Refusal.NAME_TAKEN)
        status = self.run_console(refused, typed="hello\n", is_terminal=True)
        self.assertEqual(status, console.STATUS_NAME_REFUSED)
        self.assertEqual(self.driver.member.said, [])


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


class WholeLog(ConsoleTest):
    def printed(self) -> list[str]:
        return self.out.text().splitlines()

    def test_everything_is_printed_page_by_page_and_in_order(self) -> None:
        self.run_console(ENTERED, events.CaughtUp(len(LOG)), reads_all=True)
        self.assertEqual(self.printed(), [f"Ana: text {one.seq}" for one in LOG])
        pages = self.driver.member.pages
        self.assertEqual(len(pages), 8)
        self.assertLessEqual(max(last - first for first, last in pages), reading.PAGE)

    def test_what_comes_meanwhile_is_printed_in_its_turn_and_once(self) -> None:
        entered = events.Entered("room", "Ana", "u1", back=False, head=3000)
        new = [events.NewEntries(tuple(LOG[at : at + 100])) for at in range(2999, 4000, 100)]
        self.run_console(entered, *new, reads_all=True)
        self.assertEqual(self.printed(), [f"Ana: text {one.seq}" for one in LOG])

    def test_empty_log_and_what_comes_then(self) -> None:
        entered = events.Entered("room", "Ana", "u1", back=False, head=0)
        self.run_console(entered, events.NewEntries(tuple(LOG[:2])), reads_all=True)
        self.assertEqual(self.printed(), ["Ana: text 1", "Ana: text 2"])
        self.assertEqual(self.driver.member.pages, [])

    def test_another_log_is_printed_from_its_beginning_and_the_same_goes_on(self) -> None:
        asked: list[tuple[int, int]] = []
        shown: list[int] = []
        log = reading.Log(
            lambda first, last: asked.append((first, last)),
            lambda some: shown.extend(entry.seq for entry in some),
            lambda above, some, below: None,
            has_room=lambda: True,
            reads_all=True,
        )
        log.handle(events.Entered("room", "Ana", "u1", back=False, head=700))
        log.handle(events.PageRead(tuple(LOG[: reading.PAGE])))
        log.handle(events.Entered("room", "Ana", "u1", back=True, head=700))
        self.assertEqual((asked, len(shown)), ([(1, 500), (501, 700)], 500))
        log.handle(events.LogReplaced())
        log.handle(events.Entered("room", "Ana", "u1", back=True, head=2))
        self.assertTrue(log.is_reading)
        log.handle(events.PageRead(tuple(LOG[:2])))
        self.assertEqual((asked[2:], shown[500:]), ([(1, 2)], [1, 2]))
        self.assertFalse(log.is_reading)

    def test_next_page_waits_for_whoever_reads(self) -> None:
        asked: list[tuple[int, int]] = []
        shown: list[int] = []
        has_room = True
        pages = reading.Pages(lambda first, last: asked.append((first, last)))
        history = reading.History(pages, lambda some: shown.append(len(some)), lambda: has_room)
        history.begin(len(LOG))
        has_room = False
        pages.take(LOG[: reading.PAGE])
        self.assertEqual((shown, len(asked)), ([reading.PAGE], 1))
        history.add(LOG[-1:])
        history.go_on()
        self.assertEqual((shown, len(asked)), ([reading.PAGE], 1))
        has_room = True
        history.go_on()
        history.go_on()
        self.assertEqual(len(asked), 2)


class Finding(ConsoleTest):
    def find(self, line: str, hits: int, back_to: int = 1) -> list[str]:
        """Return what is told to whoever typed this line."""
        self.run_console(ENTERED, typed=f"{line}\n", is_terminal=True, hits=hits, back_to=back_to)
        return [line for line in self.err.text().splitlines() if not line.startswith("*")]

    def test_hits_are_printed_together_with_day_and_time_the_newest_last(self) -> None:
        told = self.find("/find  text 1 ", 3)
        self.assertEqual(self.driver.member.searches, ["text 1"])
        self.assertIn("3 messages", told[0])
        self.assertEqual(told[1:], indented(LOG[3997:]))
        self.assertEqual((self.out.text(), self.driver.member.said), ("", []))

    def test_of_many_only_the_newest_are_printed_and_the_others_counted(self) -> None:
        told = self.find("/find text", 57)
        self.assertEqual(told[1:], indented(LOG[-reading.HITS_SHOWN :]))
        self.assertIn("57 messages", told[0])
        self.assertIn("37 of them older", told[0])
        self.assertIn("More than 500", self.find("/find text", 500, back_to=77)[0])

    def test_nothing_found_and_nothing_looked_for_is_said(self) -> None:
        self.assertEqual(self.find("/find text", 0), [words.found(0, 0, is_all=True)])
        for nothing in ("/find", "/FIND  "):
            self.assertEqual(self.find(nothing, 3), [Command.FIND_WHAT()])
            self.assertEqual(self.driver.member.searches, [])

    def test_words_that_are_too_long_are_cut(self) -> None:
        self.find("/find " + "\N{SNOWMAN}" * 100, 0)
        [looked_for] = self.driver.member.searches
        self.assertEqual(looked_for, "\N{SNOWMAN}" * (wire.WORDS_SIZE // 3))

    def test_in_a_pipe_it_is_a_message_like_any_other(self) -> None:
        self.run_console(ENTERED, typed="/find text\n", hits=3)
        self.assertEqual(self.driver.member.said, ["/find text"])
        self.assertEqual(self.driver.member.searches, [])

    def test_what_only_begins_so_is_no_search(self) -> None:
        self.find("/finding nemo", 3)
        self.assertEqual((self.driver.member.said, self.driver.member.searches), ([], []))


class Earlier(ConsoleTest):
    def ask(self, *typed: str, entries: int = 100, reads_all: bool = False) -> list[str]:
        """Return what is answered to commands, where the newest entries were shown."""
        lines = "".join(f"{line}\n" for line in typed)
        caught_up = events.CaughtUp(len(LOG) - entries + 1)
        self.run_console(caught_up, ENTERED, typed=lines, is_terminal=True, reads_all=reads_all)
        return [line for line in self.err.text().splitlines() if not line.startswith("*")]

    def test_each_command_goes_further_back(self) -> None:
        answers = self.ask("/history", "/history 3")
        self.assertEqual(self.driver.member.pages, [(3881, 3900), (3878, 3880)])
        first, second = indented(LOG[3880:3900]), indented(LOG[3877:3880])
        self.assertEqual(
            answers,
            [
                Command.EARLIER(first=3881, last=3900),
                *first,
                Command.GO_ON(),
                Command.EARLIER(first=3878, last=3880),
                *second,
                Command.GO_ON(),
            ],
        )

    def test_beginning_is_the_end_of_it(self) -> None:
        answers = self.ask("/history 500", "/history", entries=3990)
        self.assertEqual(self.driver.member.pages, [(1, 10)])
        self.assertIn(Command.EARLIER(first=1, last=10), answers)
        self.assertEqual(answers.count(Command.BEGINNING()), 2)
        self.assertNotIn(Command.GO_ON(), answers)

    def test_where_none_is_shown_it_begins_at_the_end(self) -> None:
        self.ask("/history 2", entries=0)
        self.assertEqual(self.driver.member.pages, [(3999, 4000)])

    def test_before_the_newest_have_come_there_is_none(self) -> None:
        self.run_console(ENTERED, typed="/history\n", is_terminal=True)
        self.assertIn(Command.NOT_YET(), self.err.text())

    def test_whole_log_has_none_before_it(self) -> None:
        self.assertEqual(self.ask("/history", reads_all=True), [Command.BEGINNING()])


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
