"""What can be tested without starting a process: `python -m tests.fast`, in half a minute.

It takes the options of `python -m unittest`, such as -v, -f and -k.
"""

import sys
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
SLOW = {"programs", "windows", "simulation", "attacks", "benchmarks"}
"""Folders whose tests start processes or displays, or run whole worlds."""


def modules() -> list[str]:
    """Return the names of the test modules that start nothing."""
    found = []
    for path in sorted(HERE.rglob("test_*.py")):
        inner = path.relative_to(HERE)
        if inner.parts[0] not in SLOW:
            found.append(".".join(("tests", *inner.with_suffix("").parts)))
    return found


if __name__ == "__main__":
    unittest.main(module=None, argv=["python -m tests.fast", *sys.argv[1:], *modules()])
