"""The keyboard in the list."""

import sys
import unittest

from tests.windows.conversation.tools import MANY, ViewTest

ALT_C = "<Alt-c>" if sys.platform == "win32" else "<Mod1-c>"


class Keys(ViewTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter()
        self.canvas = self.view.scroller.canvas
        self.canvas.focus_force()
        self.window.update()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.canvas.event_generate(key)
        self.settle()

    def test_arrows_and_pages_scroll(self) -> None:
        places = [self.view.position]
        for key in ("<Up>", "<Prior>", "<Prior>"):
            self.press(key)
            places.append(self.view.position)
        self.assertEqual(places, sorted(places, reverse=True))
        self.press("<Next>", "<Next>", "<Down>")
        self.assertTrue(self.view.is_at_end)

    def test_home_and_end_go_to_the_first_message_and_the_newest(self) -> None:
        self.press("<Home>")
        self.assertEqual(self.view.position, (0, 0))
        self.assertIn("text 1.", self.texts())
        self.press("<End>")
        self.assertIn(f"text {MANY}.", self.texts())

    def test_all_is_selected_and_escape_gives_up_step_by_step(self) -> None:
        self.press("<Prior>", "<Control-a>")
        self.assertTrue(self.view.clipping.selection)
        self.press("<Escape>")
        self.assertFalse(self.view.clipping.selection)
        self.assertFalse(self.view.is_at_end)
        self.press("<Escape>")
        self.assertTrue(self.view.is_at_end)

    def test_what_is_typed_goes_elsewhere(self) -> None:
        self.press("<a>", "<exclam>", "<space>", "<Control-b>", ALT_C, "<Tab>", "<F5>")
        self.assertEqual(self.typed, ["a", "!", " "])

    def test_a_ring_shows_that_the_list_has_the_keyboard(self) -> None:
        quiet = str(self.canvas["background"])
        self.assertNotEqual(str(self.view["highlightbackground"]), quiet)
        self.window.focus_force()
        self.window.update()
        self.assertEqual(str(self.view["highlightbackground"]), quiet)
        self.canvas.event_generate("<Button-1>", x=5, y=5)
        self.canvas.focus_force()
        self.window.update()
        self.assertEqual(str(self.view["highlightbackground"]), quiet)


if __name__ == "__main__":
    unittest.main()
