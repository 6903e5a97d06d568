"""The attacks in short form; `python -m tests.attacks` runs them in full."""

import sys
import unittest

from tests.attacks.__main__ import ATTACKS, noticed, short

MACHINES_OWN = ("CPU ", "share of a core")
"""Figures that say as much about a busy machine as about the room."""


class Attacks(unittest.TestCase):
    """Every figure reaches its target, and a broken room is noticed."""

    def missed(self, name: str) -> list[str]:
        figures = [one for one in short(name) if not one.good]
        return [str(one) for one in figures if not one.name.startswith(MACHINES_OWN)]

    def check(self, name: str, *sabotages: str) -> None:
        """Run an attack on the room as it is, then on rooms broken in these ways."""
        self.assertEqual(self.missed(name), [])
        for sabotage in sabotages:
            self.assertTrue(noticed(name, sabotage), f"not noticed: {sabotage}")

    def test_guesses(self) -> None:
        self.check("guesses", "wrong guesses are forgotten")

    def test_false_host(self) -> None:
        self.check("false-host", *ATTACKS["false-host"].sabotages)

    def test_posing(self) -> None:
        self.check("posing", *ATTACKS["posing"].sabotages)

    def test_shut_out(self) -> None:
        self.check("shut-out", *ATTACKS["shut-out"].sabotages)

    def test_whispers(self) -> None:
        self.check("whispers", *ATTACKS["whispers"].sabotages)

    def test_crowd(self) -> None:
        self.check("crowd", *ATTACKS["crowd"].sabotages)

    def test_many_guess(self) -> None:
        self.check("many-guess", *ATTACKS["many-guess"].sabotages)

    def test_lookalikes(self) -> None:
        self.check("lookalikes", *ATTACKS["lookalikes"].sabotages)

    def test_hello_flood(self) -> None:
        self.check("hello-flood", "addresses of greetings are kept")

    def test_knock_flood(self) -> None:
        self.check("knock-flood")

    def test_datagrams(self) -> None:
        self.check("datagrams", *ATTACKS["datagrams"].sabotages)

    def test_requests(self) -> None:
        self.check("requests", "any text is taken")

    def test_replies(self) -> None:
        self.check("replies", "sizes of entries are not checked")

    def test_impersonation(self) -> None:
        self.check("impersonation", *ATTACKS["impersonation"].sabotages)

    def test_flooder(self) -> None:
        self.check("flooder")

    def test_never_reads(self) -> None:
        self.check("never-reads", "a queue for each member")

    def test_one_person(self) -> None:
        self.check("one-person", "who comes again is new")

    def test_host_log(self) -> None:
        self.check("host-log", *ATTACKS["host-log"].sabotages)

    @unittest.skipIf(sys.platform == "win32", "it reads the list of processes from /proc")
    def test_capture(self) -> None:
        self.check("capture")
