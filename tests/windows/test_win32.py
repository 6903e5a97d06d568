"""What is asked of Windows itself; how the taskbar flashes is tested with the notifiers."""

import os
import sys
import unittest

from chatroom.windows import win32
from tests.tools.windows import WindowTest
from tests.tools.wine import wine_cannot


class Win32(WindowTest):
    @unittest.skipIf(sys.platform == "win32", "this is Windows")
    def test_elsewhere_there_is_none(self) -> None:
        with self.assertRaises(OSError):
            win32.flash(1)
        self.assertEqual(win32.front_process(), 0)

    @unittest.skipUnless(sys.platform == "win32", "only Windows is asked")
    def test_the_process_in_front_is_ours_where_our_window_is(self) -> None:
        root = self.root()
        root.update()
        root.focus_force()
        self.pump(lambda: root.tk.call("focus"))
        self.pump(lambda: win32.front_process() == os.getpid())
        root.withdraw()
        self.pump(lambda: win32.front_process() != os.getpid())

    @wine_cannot("forgets the name of a program at once")
    def test_the_program_has_a_name_of_its_own(self) -> None:
        win32.stand_apart("Chatroom")
        if sys.platform != "win32":
            return  # nothing was done, and nothing failed
        import ctypes

        name = ctypes.c_wchar_p()
        shell32 = ctypes.WinDLL("shell32")
        shell32.GetCurrentProcessExplicitAppUserModelID(ctypes.byref(name))
        self.assertEqual(name.value, "Chatroom")


if __name__ == "__main__":
    unittest.main()
