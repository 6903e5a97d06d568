"""Short forms of `tests.programs.crash`: its commands do the same a thousand times."""

import shutil
import sys
import tempfile
import unittest
from pathlib import Path

from tests.programs import crash
from tests.tools.wine import HIDES_PROCESSES, wine_cannot


class FolderTest(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)


class RandomMoments(FolderTest):
    def test_no_promise_is_broken_by_kills_under_load(self) -> None:
        figures = crash.kill_at_random(self.folder, kills=6, seed=7, members=3)
        self.assertEqual(figures.flaws, [])
        self.assertEqual((figures.lost, figures.doubled), (0, 0))
        self.assertEqual(figures.kills, 6)
        self.assertGreater(figures.messages, 6)
        # The command holds it to 1 s; a machine that tests many things is slower.
        self.assertLess(figures.slowest_restart_s, 5 * crash.RESTART_LIMIT_S)


@wine_cannot(HIDES_PROCESSES)
@unittest.skipUnless(sys.platform == "linux", "strace is a tool of Linux")
class EveryCall(FolderTest):
    def setUp(self) -> None:
        super().setUp()
        if not crash.has_strace():
            self.skipTest("strace is not installed, or not allowed here")

    def check(self, scenario: str, call: str, at_least: int) -> None:
        kills, flaws = crash.kill_at_every_call(self.folder, scenario, call, texts=1)
        self.assertEqual(flaws, [])
        self.assertGreaterEqual(kills, at_least)

    def test_upgrade_is_whole_whichever_fsync_it_is_killed_at(self) -> None:
        self.check("upgraded", "fsync", 5)

    def test_torn_tail_is_kept_where_it_is_killed_before_cutting_it(self) -> None:
        self.check("torn", "ftruncate", 1)


class Checks(FolderTest):
    """The checks themselves: a ledger that finds nothing would prove nothing."""

    def ledger(self, *lines: str) -> crash.Ledger:
        path = self.folder / "archive.csv"
        text = "Room,Username,Message,Time,Id\r\n" + "".join(f"{line}\r\n" for line in lines)
        path.write_bytes(text.encode("utf-8-sig"))
        ledger = crash.Ledger(path)
        ledger.read_on()
        return ledger

    def test_sound_archive(self) -> None:
        ledger = self.ledger("r,Ana,one,,u1-1", "r,Budi,two,,u2-1", "r,Ana,x,,u1-2")
        self.assertEqual((ledger.doubled, ledger.flaws), (0, []))

    def test_doubled_swapped_and_misshapen_rows_are_found(self) -> None:
        self.assertEqual(self.ledger("r,A,one,,u1-1", "r,A,one,,u1-1").doubled, 1)
        for lines in (("r,A,two,,u1-2", "r,A,one,,u1-1"), ("r,A,one", "r,A,x,,u1-1")):
            self.assertTrue(self.ledger(*lines).flaws)

    def test_row_that_is_not_complete_does_not_count_yet(self) -> None:
        ledger = self.ledger("r,A,one,,u1-1")
        path = self.folder / "archive.csv"
        with open(path, "ab") as file:
            file.write(b"r,A,two")
        ledger.read_on()
        self.assertEqual((len(ledger.rows), ledger.flaws), (2, []))


if __name__ == "__main__":
    unittest.main()
