"""What is drawn with Tk, on a real Tk. Skipped as a whole by a Python without it."""

import unittest

try:
    import tkinter as tkinter
except ImportError as error:
    raise unittest.SkipTest(f"no tkinter: {error}") from None
