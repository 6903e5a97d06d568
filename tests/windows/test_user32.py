"""What is asked of Windows itself; how the taskbar flashes is tested with the notifiers."""

import os
import sys
import unittest

from chatroom.windows import user32
from tests.tools.windows import WindowTest


class User32(WindowTest):
    @unittest.skipIf(sys.platform == "win32", "this is Windows")
    def test_elsewhere_there_is_none(self) -> None:
        with self.assertRaises(OSError):
            user32.flash(1)
        self.assertEqual(user32.front_process(), 0)

    @unittest.skipUnless(sys.platform == "win32", "asks Windows")
    def test_the_process_in_front_is_ours_where_our_window_is(self) -> None:
        root = self.root()
        root.update()
        root.focus_force()
        self.pump(lambda: root.tk.call("focus"))
        self.pump(lambda: user32.front_process() == os.getpid())
        root.withdraw()
        self.pump(lambda: user32.front_process() != os.getpid())


if __name__ == "__main__":
    unittest.main()
