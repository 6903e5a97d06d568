"""Whether the window is in front, as the keyboard goes from one to another."""

import tkinter as tk
import unittest
from unittest import mock

from chatroom.windows import attention
from tests.tools.windows import WindowTest


class AttentionTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        # In these tests the other programs are of this process, too.
        front = mock.patch("chatroom.windows.win32.front_process", return_value=0)
        self.front_process = front.start()
        self.addCleanup(front.stop)
        self.window = self.root()
        self.told: list[bool] = []
        self.attention = attention.Attention(self.window, self.told.append)
        tk.Entry(self.window).pack()
        self.window.update()
        self.window.focus_force()
        self.pump(lambda: self.told)
        self.assertEqual((self.told, self.attention.is_in_front), ([True], True))

    def settle(self) -> None:
        """Let what has happened become known."""
        settled: list[bool] = []
        self.window.after(3 * attention.SETTLES_AFTER_MS, settled.append, True)
        self.pump(lambda: settled)

    def look_elsewhere(self) -> None:
        """Give the keyboard to another program."""
        other = self.root()
        other.update()
        other.focus_force()
        self.pump(lambda: not self.attention.is_in_front)

    def test_another_program_takes_it_and_gives_it_back(self) -> None:
        self.look_elsewhere()
        self.window.focus_force()
        self.pump(lambda: self.attention.is_in_front)
        self.assertEqual(self.told, [True, False, True])

    def test_a_field_inside_has_it_all_the_same(self) -> None:
        self.window.winfo_children()[0].focus_force()
        self.settle()
        self.assertEqual(self.told, [True])

    def test_a_dialog_of_ours_belongs_to_it(self) -> None:
        dialog = tk.Toplevel(self.window)
        entry = tk.Entry(dialog)
        entry.pack()
        dialog.update()
        entry.focus_force()
        self.settle()
        self.assertEqual(self.told, [True])
        self.look_elsewhere()  # from the dialog, so that the window itself is told nothing
        entry.focus_force()
        self.pump(lambda: self.attention.is_in_front)
        dialog.destroy()
        self.window.focus_force()
        self.settle()
        self.assertEqual(self.told, [True, False, True])

    def test_a_menu_of_ours_belongs_to_it(self) -> None:
        menu = tk.Menu(self.window, tearoff=False)
        menu.add_command(label="Copy")
        if self.window.tk.call("tk", "windowingsystem") != "x11":
            self.skipTest("waits for a choice")
        menu.tk_popup(20, 20)
        self.settle()
        self.assertEqual(self.told, [True])
        menu.unpost()
        menu.grab_release()

    def test_a_window_that_is_not_shown_is_not_in_front(self) -> None:
        self.window.withdraw()
        self.pump(lambda: not self.attention.is_in_front)
        self.window.deiconify()
        self.window.update()
        self.window.focus_force()
        self.pump(lambda: self.attention.is_in_front)

    def test_a_message_box_of_the_system_belongs_to_it(self) -> None:
        self.look_elsewhere()
        with mock.patch("sys.platform", "win32"), mock.patch("os.getpid", return_value=12):
            self.front_process.return_value = 12
            self.window.event_generate("<Map>")
            self.pump(lambda: self.attention.is_in_front)
            self.front_process.return_value = 34
            self.window.event_generate("<Map>")
            self.pump(lambda: not self.attention.is_in_front)

    def test_what_no_event_tells_is_seen_a_little_later(self) -> None:
        for state, in_front in (("iconic", False), ("normal", True)):
            with mock.patch.object(self.window, "state", return_value=state):
                self.pump(lambda seen=in_front: self.attention.is_in_front is seen)  # type: ignore[misc]

    def test_a_destroyed_window_tells_nothing(self) -> None:
        self.window.event_generate("<FocusOut>")
        self.window.destroy()
        self.assertEqual(self.told, [True])


if __name__ == "__main__":
    unittest.main()
