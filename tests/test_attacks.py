"""The attacks in short form; `python -m tests.attacks` runs them in full."""

import unittest
from typing import ClassVar

from tests.attacks.__main__ import ATTACKS, noticed, short

MACHINES_OWN = ("CPU ", "share of a core")
"""Figures that say as much about a busy machine as about the room."""


class Attacks(unittest.TestCase):
    """Every figure reaches its target, and a broken room is noticed."""

    # Figures that miss their targets today, each in `KnownMisses`.
    KNOWN: ClassVar = {
        "replies": ("illegal steps", "memory after 1000 pages"),
        "requests": ("counters stored beyond",),
        "flooder": ("texts stored of one that comes in anew", "bytes to an address"),
    }

    def missed(self, name: str) -> list[str]:
        figures = [one for one in short(name) if not one.good]
        return [str(one) for one in figures if not one.name.startswith(MACHINES_OWN)]

    def check(self, name: str, *sabotages: str) -> None:
        """Run an attack on the room as it is, then on rooms broken in these ways."""
        known = self.KNOWN.get(name, ())
        missed = [one for one in self.missed(name) if not one.startswith(known or "\0")]
        self.assertEqual(missed, [])
        for sabotage in sabotages:
            self.assertTrue(noticed(name, sabotage), f"not noticed: {sabotage}")

    def test_guesses(self) -> None:
        self.check("guesses", "wrong guesses are forgotten")

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

    def test_capture(self) -> None:
        self.check("capture")


class KnownMisses(unittest.TestCase):
    """What the room does not withstand yet; whoever mends it takes the mark off."""

    def check(self, name: str, figure: str) -> None:
        found = [one for one in short(name) if one.name.startswith(figure)]
        self.assertTrue(found and all(one.good for one in found), found)

    @unittest.expectedFailure
    def test_a_reply_that_answers_another_request(self) -> None:
        self.check("replies", "illegal steps")

    @unittest.expectedFailure
    def test_a_list_of_people_without_an_end(self) -> None:
        self.check("replies", "memory after 1000 pages")

    @unittest.expectedFailure
    def test_a_counter_that_no_reply_can_carry(self) -> None:
        self.check("requests", "counters stored beyond")

    @unittest.expectedFailure
    def test_a_burst_of_texts_for_every_new_session(self) -> None:
        self.check("flooder", "texts stored of one that comes in anew")

    @unittest.expectedFailure
    def test_an_address_that_a_member_names_falsely(self) -> None:
        self.check("flooder", "bytes to an address")
