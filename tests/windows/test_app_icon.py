"""The icon: what stands on it, and that its pictures are what the number says."""

import unittest
from tkinter import PhotoImage, TclError
from unittest import mock

from chatroom.windows import app_icon
from chatroom.windows.colours import LIGHT, rgb
from tests.tools.windows import WindowTest

BADGES = ("", *"123456789", "9+")


class Badge(unittest.TestCase):
    def test_a_number_as_long_as_it_fits(self) -> None:
        counts = (0, 1, 9, 10, 1_000_000)
        self.assertEqual([app_icon.badge(one) for one in counts], ["", "1", "9", "9+", "9+"])


class Picture(WindowTest):
    def pixels(self, side: int, badge: str) -> dict[tuple[int, int], tuple[int, int, int]]:
        data = app_icon.picture(side, badge)
        picture = PhotoImage(master=self.roots[0], data=data, format="png")
        self.assertEqual((picture.width(), picture.height()), (side, side))
        places = [(x, y) for y in range(side) for x in range(side)]
        return {place: picture.get(*place) for place in places}

    def test_each_badge_has_a_picture_of_its_own_in_every_size(self) -> None:
        for side in (*app_icon.SIDES, 24, 64, 128):
            made = {app_icon.picture(side, badge) for badge in BADGES}
            written = side >= app_icon.DIGITS_FROM
            self.assertEqual(len(made), len(BADGES) if written else 2, side)

    def test_the_spot_is_in_the_corner_and_covers_nothing_else(self) -> None:
        self.root()
        for side in app_icon.SIDES:
            plain, spotted = self.pixels(side, ""), self.pixels(side, "8")
            changed = {place for place in plain if plain[place] != spotted[place]}
            self.assertTrue(all(min(place) >= side // 3 for place in changed))
            self.assertNotIn(rgb(LIGHT.bad), plain.values())
            self.assertIn(rgb(LIGHT.bad), spotted.values())


class OnAWindow(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.window = self.root()
        self.icon = app_icon.AppIcon(self.window)
        self.shown: list[object] = []
        self.window.iconphoto = self.take  # type: ignore[method-assign]

    def take(self, default: bool = False, *pictures: object) -> None:
        self.assertTrue(default, "dialogs have another")
        self.shown.append(pictures[0])

    def show(self, badge: str) -> object:
        before = len(self.shown)
        self.icon.show(badge)
        self.pump(lambda: len(self.shown) > before)
        return self.shown[-1]

    def test_each_is_painted_once(self) -> None:
        with mock.patch.object(app_icon, "picture", wraps=app_icon.picture) as painted:
            shown = [self.show(badge) for badge in ("", "1", "", "1")]
        self.assertEqual(painted.call_count, 2 * len(app_icon.SIDES))
        self.assertEqual([shown[0], shown[1]] * 2, shown)

    def test_of_many_at_once_the_last_one_is_painted(self) -> None:
        with mock.patch.object(app_icon, "picture", wraps=app_icon.picture) as painted:
            for badge in ("1", "2", "3"):
                self.icon.show(badge)
            self.show("4")
        self.assertEqual({call.args[1] for call in painted.call_args_list}, {"4"})

    def test_a_real_desktop_takes_it(self) -> None:
        del self.window.iconphoto
        self.icon.show("9+")
        with mock.patch.object(self.window, "iconphoto", wraps=self.window.iconphoto) as real:
            self.pump(lambda: real.called)

    def test_a_desktop_without_icons_is_no_matter(self) -> None:
        with mock.patch.object(self.window, "iconphoto", side_effect=TclError) as refused:
            self.icon.show("5")
            self.pump(lambda: refused.called)
        self.show("6")


if __name__ == "__main__":
    unittest.main()
