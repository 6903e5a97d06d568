"""The look: what is asked of the system before the first window."""

import ctypes
import sys
import unittest

from tests.tools.windows import WindowTest


class Sharpness(WindowTest):
    def test_windows_scales_no_picture_of_the_window(self) -> None:
        self.root()
        if sys.platform != "win32":
            self.skipTest("only Windows blurs windows")
        awareness = ctypes.c_int(-1)
        ctypes.windll.shcore.GetProcessDpiAwareness(None, ctypes.byref(awareness))
        self.assertGreater(awareness.value, 0)


if __name__ == "__main__":
    unittest.main()
