"""The icon: what stands on it, and that its pictures are what the number says."""

import unittest
from tkinter import PhotoImage
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
    def test_each_is_painted_once(self) -> None:
        root = self.root()
        icon = app_icon.AppIcon(root)
        with mock.patch.object(app_icon, "picture", wraps=app_icon.picture) as painted:
            for badge in ("", "1", "", "1"):
                icon.show(badge)
                root.update()
        self.assertEqual(painted.call_count, 2 * len(app_icon.SIDES))


if __name__ == "__main__":
    unittest.main()
