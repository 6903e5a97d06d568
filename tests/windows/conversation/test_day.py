"""Of which day what is in view is: told for a while when one scrolls, and when one enters."""

import unittest
from collections.abc import Callable
from tkinter import Label
from unittest import mock

from chatroom.network import clock
from chatroom.windows.conversation import day
from chatroom.words import moments
from tests.tools.windows import widgets
from tests.windows.conversation.tools import MANY, ViewTest, entry, send

LONG_MS = 60_000
"""However slow the machine is, it is still told."""
A_DAY = 24 * 60


def named(number: int) -> str:
    """Return the day of a message of the tools."""
    when = moments.read_time(entry(number).time)
    assert when is not None
    return moments.day_name(when)


class DayTest(ViewTest):
    told_ms = LONG_MS

    def setUp(self) -> None:
        super().setUp()
        patch = mock.patch.object(day, "TOLD_MS", self.told_ms)
        patch.start()
        self.addCleanup(patch.stop)

    def top_day(self) -> str:
        return named(max(self.view.visible()[0], 1))


class Steps(DayTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter_log([*map(entry, range(1, MANY)), entry(MANY)._replace(time=clock.utc_now())])

    def test_each_way_to_scroll_tells_it(self) -> None:
        self.assertEqual(self.days(), [])
        ways: tuple[Callable[[], None], ...] = (
            lambda: self.view.scroller.scroll(-300),
            lambda: self.view.scroll_pages(-1),
            lambda: self.view.go_to(100),
        )
        for way in ways:
            way()
            self.settle()
            self.assertEqual(self.days(), [self.top_day()])
            self.view.go_to_end()
            self.settle()
            self.assertEqual(self.days(), [])  # today's are at the end

    def test_it_is_told_once_a_page_has_come(self) -> None:
        self.answers = False
        self.view.go_to(500)
        self.settle()
        self.pump(lambda: "Message" in " ".join(self.labels()))
        self.answer(470, 530)
        self.settle()
        self.assertEqual(self.days(), [self.top_day()])

    def test_a_day_that_stands_at_the_top_is_not_told_twice(self) -> None:
        first = next(n for n in range(2, MANY) if named(n) != named(n - 1))
        self.view.go_to(first)
        self.settle()
        while self.view.position < (first, 0):
            self.view.scroller.scroll(1)
        self.settle()
        self.assertEqual(self.days(), [])
        self.view.scroller.scroll(60)
        self.settle()
        self.assertEqual(self.days(), [named(first)])

    def test_the_wheel_turns_over_it(self) -> None:
        self.view.scroll_pages(-2)
        self.settle()
        label = next(
            one
            for one in widgets(self.view)
            if isinstance(one, Label) and one["text"] in self.days()
        )
        position = self.view.position
        if self.view.tk.call("tk", "windowingsystem") == "x11":
            send(label, "<Button-4>", x=3, y=3)
        else:
            label.event_generate("<MouseWheel>", delta=120, x=3, y=3)
        self.pump(lambda: self.view.position < position)


class Going(DayTest):
    told_ms = 30

    def test_it_goes_a_while_after_the_last_step(self) -> None:
        self.enter()
        self.pump(lambda: not self.days())
        self.view.scroller.scroll(-400)
        self.window.update_idletasks()
        self.assertEqual(self.days(), [self.top_day()])
        self.pump(lambda: not self.days())
        with mock.patch.object(day, "TOLD_MS", LONG_MS):
            self.others_say("new")  # that is no step
            self.settle()
            self.assertEqual(self.days(), [])


class Entering(DayTest):
    def test_it_is_told_where_the_newest_are_not_of_today(self) -> None:
        self.enter()
        self.assertTrue(self.view.is_at_end)
        self.assertEqual(self.days(), [self.top_day()])

    def test_it_is_not_told_where_they_are(self) -> None:
        self.enter_log(entry(seq)._replace(time=clock.utc_now()) for seq in range(1, 50))
        self.assertEqual([one for one in self.labels() if "20" in one and "," in one], [])

    def test_an_empty_room_has_none(self) -> None:
        self.enter(0)
        self.assertEqual(self.labels(), [])


if __name__ == "__main__":
    unittest.main()
