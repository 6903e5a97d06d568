"""The room on a screen, for windows with a frame around them."""

import unittest
from unittest import mock

from chatroom.windows import screen

SIDE, HEAD = 2, 24


class Framed(unittest.TestCase):
    """A window on a screen of 1024 times 600 pixels, of which 300 times 200 are needed."""

    def window(self, width: int, height: int, x: int, y: int) -> mock.Mock:
        root = mock.Mock()
        root.geometry.return_value = f"{width}x{height}+{x}+{y}"
        root.state.return_value = "normal"
        root.minsize.return_value = 300, 200
        for name, value in (
            ("viewable", True),
            ("width", width),
            ("height", height),
            ("rootx", x + SIDE),
            ("rooty", y + HEAD),
            ("screenwidth", 1024),
            ("screenheight", 600),
            ("vrootx", 0),
            ("vrooty", 0),
            ("vrootwidth", 1024),
            ("vrootheight", 600),
        ):
            getattr(root, f"winfo_{name}").return_value = value
        return root

    def kept(self, root: mock.Mock) -> str:
        """Keep it inside; return the geometry that it gets, "" for none."""
        root.geometry.reset_mock()
        screen.keep_inside(root)
        return next((call.args[0] for call in root.geometry.call_args_list if call.args), "")

    def test_the_frame_is_inside_too(self) -> None:
        root = self.window(400, 300, 700, 290)
        self.assertEqual(screen.room(root), (1020, 574))
        self.assertEqual(self.kept(root), "400x300+620+274")
        self.assertEqual(self.kept(self.window(400, 300, -30, -5)), "400x300+0+0")
        self.assertEqual(self.kept(self.window(1100, 700, 10, 10)), "1020x574+0+0")
        self.assertEqual(self.kept(self.window(400, 300, 620, 274)), "")

    def test_it_grows_to_what_is_needed_and_no_more_than_there_is(self) -> None:
        self.assertEqual(self.kept(self.window(200, 150, 0, 0)), "300x200+0+0")
        root = self.window(400, 300, 0, 0)
        root.minsize.return_value = 2000, 2000
        self.assertEqual(self.kept(root), "1020x574+0+0")
        root.minsize.assert_called_with(1020, 574)

    def test_a_window_on_the_screen_beside_stays_there(self) -> None:
        root = self.window(400, 300, 1200, 100)
        root.winfo_vrootwidth.return_value = 2048
        self.assertEqual(self.kept(root), "")

    def test_a_window_that_fills_the_screen_or_is_hidden_is_left_alone(self) -> None:
        root = self.window(1100, 700, 0, 0)
        root.state.return_value = "zoomed"
        self.assertEqual(self.kept(root), "")
        root = self.window(1100, 700, 0, 0)
        root.winfo_viewable.return_value = False
        self.assertEqual(self.kept(root), "")
        width, height = screen.room(root)
        self.assertTrue(900 < width < 1024 and 500 < height < 600)


if __name__ == "__main__":
    unittest.main()
