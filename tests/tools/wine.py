"""What Wine, under which the Windows tests run, does not do as Windows does."""

import ctypes
import sys
import unittest
from collections.abc import Callable
from typing import TypeVar

from tests.tools.processes import OTHER_PYTHON

Test = TypeVar("Test", bound=Callable[..., object])


def is_wine() -> bool:
    """Tell whether this Python, or the one that runs the programs, is under Wine."""
    if sys.platform == "win32":
        return hasattr(ctypes.windll.ntdll, "wine_get_version")
    return OTHER_PYTHON is not None


def wine_cannot(what: str) -> Callable[[Test], Test]:
    """Skip a test where Wine would be tested and not the program: `what` says why."""
    return unittest.skipIf(is_wine(), f"Wine {what}")


BINDS_ANYTHING = "lets a program listen at an address of another computer"
HIDES_PROCESSES = "runs in processes and folders of its own, which no tool of Linux gets a hold of"
NEEDS_NO_DISPLAY = "draws windows where there is no display"
"""Reasons that are given more than once."""
