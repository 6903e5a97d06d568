"""Each benchmark runs, in its short form. What it finds depends on the machine: nobody judges."""

import subprocess
import sys
import unittest
from concurrent.futures import ThreadPoolExecutor

from tests.benchmarks.__main__ import NAMES


def run(name: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "tests.benchmarks", name, "--short"]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


@unittest.skipUnless(sys.platform == "linux", "processor time is read from Linux")
class Short(unittest.TestCase):
    def test_each_runs_and_prints_figures(self) -> None:
        with ThreadPoolExecutor(4) as several:  # most of the time they wait
            for name, done in zip(NAMES, several.map(run, NAMES), strict=True):
                with self.subTest(name):
                    self.assertEqual((done.stderr, done.returncode), ("", 0))
                    self.assertRegex(done.stdout, r"\d")


if __name__ == "__main__":
    unittest.main()
