"""Being told: what is counted, when it rings, and how many messages become one notification."""

import os
import shutil
import tempfile
import tkinter as tk
import unittest
from pathlib import Path
from unittest import mock

from chatroom.windows import alerts, notifiers
from tests.tools.notify import HANG, FakeProgram, is_running
from tests.tools.processes import wait_for
from tests.tools.windows import WindowTest


class Recorder(notifiers.Notifier):
    """In place of what a system has: keeps what it was to show."""

    def __init__(self) -> None:
        self.shown: list[tuple[str, str]] = []
        self.busy = False

    @property
    def is_busy(self) -> bool:
        return self.busy

    def show(self, title: str, body: str) -> None:
        self.shown.append((title, body))


class AlertsTest(WindowTest):
    """Half of a second stands for each of the three seconds between two notifications."""

    def setUp(self) -> None:
        super().setUp()
        self.recorder = Recorder()
        for name, value in (("EVERY_MS", 500), ("notifiers.find", lambda root: self.recorder)):
            patch = mock.patch(f"chatroom.windows.alerts.{name}", value)
            patch.start()
            self.addCleanup(patch.stop)
        self.window = self.root()
        self.bells = 0
        self.window.bell = self.ring  # type: ignore[method-assign]
        self.alerts = alerts.Alerts(self.window, notifies=True)
        self.window.withdraw()  # so that no display puts it in front by itself
        self.window.update()

    def ring(self, displayof: object = 0) -> None:
        self.bells += 1

    def shown(self, count: int) -> list[tuple[str, str]]:
        """Wait until so many notifications were shown; return them."""
        self.pump(lambda: len(self.recorder.shown) >= count)
        return self.recorder.shown


class Counting(AlertsTest):
    def test_the_count_stands_before_the_title(self) -> None:
        self.alerts.set_title("Room \u2013 Budi")
        titles = []
        for unread in (0, 3, 3, 999, 1000, 2_000_000, 0):
            self.alerts.count(unread)
            titles.append(self.window.title().removesuffix("Room \u2013 Budi"))
        self.assertEqual(titles, ["", "(3) ", "(3) ", "(999) ", "(999+) ", "(999+) ", ""])

    def test_a_new_title_keeps_the_count(self) -> None:
        self.alerts.count(2)
        self.assertEqual(self.window.title(), "(2) Test")
        self.alerts.set_title("Other")
        self.assertEqual(self.window.title(), "(2) Other")

    def test_a_title_is_one_harmless_line(self) -> None:
        self.alerts.set_title("a\nb\x1b\u202e" + "x" * 5000)
        self.assertTrue(self.window.title().startswith("a b\u241b\ufffdxx"))
        self.assertEqual(len(self.window.title()), alerts.TITLE_MOST)

    def test_the_icon_says_how_many(self) -> None:
        with mock.patch("chatroom.windows.app_icon.AppIcon.show") as show:
            for unread in (1, 1, 2, 10, 0):
                self.alerts.count(unread)
        self.assertEqual([call.args[0] for call in show.call_args_list], ["1", "2", "9+", ""])


class Telling(AlertsTest):
    def test_the_first_message_is_told_at_once(self) -> None:
        self.alerts.tell("Budi", "hello")
        self.assertEqual((self.recorder.shown, self.bells), ([("Budi", "hello")], 1))

    def test_what_comes_meanwhile_is_told_as_one(self) -> None:
        for name, text in (
            ("Budi", "one"),
            ("Budi", "two"),
            ("Citra", "three"),
            ("Budi", "four"),
            ("Ana", "five"),
        ):
            self.alerts.tell(name, text)
        self.assertEqual(len(self.recorder.shown), 1)
        self.assertEqual(self.shown(2)[1], ("Budi and 2 others wrote", "Ana: five"))
        self.alerts.tell("Budi", "six")
        self.alerts.tell("Budi", "seven")
        self.assertEqual(len(self.recorder.shown), 2)
        self.assertEqual(self.shown(3)[2], ("Budi wrote 2 messages", "seven"))
        self.alerts.tell("Ana", "eight")
        self.alerts.tell("Budi", "nine")
        self.assertEqual(self.shown(4)[3], ("Ana and Budi wrote", "Budi: nine"))
        self.assertEqual(self.bells, 4)

    def test_after_a_pause_it_is_at_once_again(self) -> None:
        self.alerts.tell("Budi", "one")
        paused: list[bool] = []
        self.window.after(2 * alerts.EVERY_MS, paused.append, True)
        self.pump(lambda: paused)
        self.alerts.tell("Budi", "two")
        self.assertEqual(self.recorder.shown[1:], [("Budi", "two")])

    def test_a_flood_costs_no_memory_and_one_notification(self) -> None:
        self.alerts.tell("Budi", "one")
        for number in range(10_000):
            self.alerts.tell(f"name {number}", "x" * 100_000)
        self.assertEqual(len(self.recorder.shown), 1)
        title, body = self.shown(2)[1]
        self.assertEqual(title, f"name 0 and {alerts.PEOPLE_MOST - 1} others wrote")
        self.assertEqual((len(body), body[-1]), (alerts.BODY_MOST, "\u2026"))

    def test_names_and_texts_are_one_harmless_line(self) -> None:
        self.alerts.tell("{name}\x00\u202e", "a\r\n\tb\x1b[2J\u2028\u2066{text}")
        self.assertEqual(self.recorder.shown, [("{name}\u2400\ufffd", "a b\u241b[2J \ufffd{text}")])

    def test_one_who_wants_no_notification_sees_the_count_alone(self) -> None:
        self.alerts.notifies = False
        self.alerts.tell("Budi", "one")
        self.alerts.count(1)
        self.assertEqual((self.recorder.shown, self.bells), ([], 0))
        self.assertEqual(self.window.title(), "(1) Test")
        self.alerts.notifies = True
        self.alerts.tell("Budi", "two")
        self.assertEqual(self.recorder.shown, [("Budi", "two")])

    @mock.patch.object(alerts, "EVERY_MS", 3000)
    def test_what_waits_is_not_told_to_somebody_who_came_back(self) -> None:
        seen: list[bool] = []
        self.alerts.on_attention(seen.append)
        for text in ("one", "two"):
            self.alerts.tell("Budi", text)
        self.window.deiconify()
        self.window.update()
        self.window.focus_force()
        self.pump(lambda: seen)
        self.assertEqual((seen, self.alerts.is_in_front), ([True], True))
        self.alerts.tell("Budi", "three")
        self.assertEqual(self.shown(2), [("Budi", "one"), ("Budi", "three")])

    def test_what_is_busy_is_told_later(self) -> None:
        self.recorder.busy = True
        self.alerts.tell("Budi", "one")
        waited: list[bool] = []
        self.window.after(2 * alerts.EVERY_MS, waited.append, True)
        self.pump(lambda: waited)
        self.assertEqual((self.recorder.shown, self.bells), ([], 0))
        self.recorder.busy = False
        self.assertEqual(self.shown(1), [("Budi", "one")])


@unittest.skipIf(os.name == "nt", "no scripts among its programs, none is used")
class ThroughAProgram(WindowTest):
    """The whole way, with a notify-send that misbehaves."""

    def make(self, then: str) -> tuple[tk.Tk, alerts.Alerts, FakeProgram]:
        folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, folder)
        names = ("notify-send", "osascript")
        fakes = {name: FakeProgram(folder, name, then) for name in names}
        with mock.patch.dict(os.environ, PATH=str(folder)):
            window = self.root()
            window.withdraw()
            made = alerts.Alerts(window, notifies=True)
        kind = "osascript" if os.uname().sysname == "Darwin" else "notify-send"
        return window, made, fakes[kind]

    def test_messages_arrive_in_spite_of_one_that_hangs(self) -> None:
        window, made, fake = self.make(f"if len(list(folder.glob('*.json'))) == 1: {HANG}")
        with (
            mock.patch.object(alerts, "EVERY_MS", 50),
            mock.patch.object(notifiers, "HANGS_AFTER_S", 1.0),
        ):
            made.tell("Budi", "one")
            self.pump(lambda: fake.texts)
            made.tell("Budi", "two")
            self.pump(lambda: len(fake.texts) == 2)
        self.assertEqual(fake.texts, [["Budi", "one"], ["Budi", "two"]])
        self.assertFalse(is_running(fake.pids[0]))
        window.destroy()

    def test_nothing_runs_on_after_the_window(self) -> None:
        window, made, fake = self.make(HANG)
        with mock.patch.object(alerts, "EVERY_MS", 50):
            made.tell("Budi", "one")
            self.pump(lambda: fake.pids)
        window.destroy()
        wait_for(lambda: not is_running(fake.pids[0]), 20, "its end")


if __name__ == "__main__":
    unittest.main()
