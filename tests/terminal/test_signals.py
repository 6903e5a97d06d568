"""Who asks a program to stop is heard, and who insists is obeyed."""

import os
import signal
import unittest
from unittest import mock

from chatroom.terminal import signals

POLITE = [
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if hasattr(signal, name)
]


class StoppedBy(unittest.TestCase):
    def setUp(self) -> None:
        for number in POLITE:
            self.addCleanup(signal.signal, number, signal.getsignal(number))
        self.asked = 0

    def stop(self) -> None:
        self.asked += 1

    def test_every_polite_signal_asks_to_stop(self) -> None:
        for number in POLITE:
            with self.subTest(number), signals.stopped_by(self.stop):
                self.asked = 0
                signal.raise_signal(number)
                self.assertEqual(self.asked, 1)

    def test_second_signal_ends_the_program_unless_it_came_with_the_first(self) -> None:
        order: list[str] = []
        with (
            mock.patch.object(os, "_exit", side_effect=lambda _: order.append("end")) as ended,
            mock.patch.object(signals, "time") as clock,
            signals.stopped_by(self.stop, lambda: order.append("before")),
        ):
            for now, ends in ((10.0, 0), (10.1, 0), (10.6, 1)):
                clock.monotonic.return_value = now
                signal.raise_signal(signal.SIGINT)
                self.assertEqual(ended.call_count, ends)
        self.assertEqual(self.asked, 1)
        self.assertEqual(ended.call_args.args, (128 + signal.SIGINT,))
        self.assertEqual(order, ["before", "end"])

    @unittest.skipUnless(hasattr(signal, "SIGWINCH"), "this system has no SIGWINCH")
    def test_noted_signal_is_told_once_and_then_means_what_it_did(self) -> None:
        before = signal.getsignal(signal.SIGWINCH)
        with signals.noted("SIGWINCH", "SIGNONE") as has_come:
            self.assertFalse(has_come("SIGWINCH"))
            signal.raise_signal(signal.SIGWINCH)
            self.assertEqual([has_come("SIGWINCH"), has_come("SIGWINCH")], [True, False])
            self.assertFalse(has_come("SIGNONE"))
        self.assertEqual(signal.getsignal(signal.SIGWINCH), before)

    @unittest.skipUnless(hasattr(signal, "SIGHUP"), "this system has no SIGHUP")
    def test_hang_up_that_was_to_be_ignored_is_ignored(self) -> None:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        with signals.stopped_by(self.stop):
            signal.raise_signal(signal.SIGHUP)
        self.assertEqual(self.asked, 0)


if __name__ == "__main__":
    unittest.main()
