"""Each benchmark runs, in its short form. What it finds depends on the machine: nobody judges."""

import subprocess
import sys
import unittest

from tests.benchmarks.__main__ import NAMES


@unittest.skipUnless(sys.platform == "linux", "processor time is read from Linux")
class Short(unittest.TestCase):
    def test_each_runs_and_prints_figures(self) -> None:
        for name in NAMES:
            with self.subTest(name):
                command = [sys.executable, "-m", "tests.benchmarks", name, "--short"]
                done = subprocess.run(command, capture_output=True, text=True, timeout=120)
                self.assertEqual((done.stderr, done.returncode), ("", 0))
                self.assertRegex(done.stdout, r"\d")
