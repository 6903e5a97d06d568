"""Which rows are in view: where the place stays, and where it follows."""

import unittest

from chatroom.windows.conversation.layout import Layout

VIEW, ROW = 400, 50


class LayoutTest(unittest.TestCase):
    def setUp(self) -> None:
        self.heights: dict[int, int] = {}
        self.layout = Layout(lambda number: self.heights.get(number, ROW))
        self.layout.view = VIEW
        self.layout.count = 99  # rows 0 to 99

    def numbers(self) -> list[int]:
        return [slot.number for slot in self.layout.slots()]

    def test_it_begins_at_the_end_with_room_below(self) -> None:
        self.layout.foot = 10
        self.assertTrue(self.layout.is_at_end)
        last, y = self.layout.slots()[-1]
        self.assertEqual((last, y + ROW), (99, VIEW - 10))

    def test_few_rows_stand_at_the_bottom(self) -> None:
        self.layout.count = 1
        self.assertEqual([slot.y for slot in self.layout.slots()], [300, 350])
        self.layout.move(-30)
        self.assertTrue(self.layout.is_at_end)
        self.assertEqual([slot.y for slot in self.layout.slots()], [300, 350])

    def test_it_moves_by_pixels_and_stops_at_both_ends(self) -> None:
        self.layout.move(-60)
        self.assertEqual(self.layout.place, (90, 40))
        self.assertFalse(self.layout.is_at_end)
        self.layout.move(-100_000)
        self.assertEqual(self.layout.place, (0, 0))
        self.layout.move(100_000)
        self.assertTrue(self.layout.is_at_end)

    def test_a_place_stays_while_rows_come_and_others_change_their_height(self) -> None:
        self.layout.put(40, -20)
        slots = self.layout.slots()
        self.layout.count = 500
        self.heights = dict.fromkeys(range(40), 7)
        self.assertEqual(self.layout.slots(), slots)

    def test_the_end_is_followed_until_one_moves_away(self) -> None:
        self.layout.count = 120
        self.assertEqual(self.numbers()[-1], 120)
        self.layout.move(-1)
        self.layout.count = 130
        self.assertEqual(self.numbers()[-1], 120)

    def test_another_size_of_the_view_and_back_shows_the_same(self) -> None:
        self.layout.put(90, -10)
        self.layout.view = 200
        slots = self.layout.slots()
        self.layout.view = 600  # there are not so many rows below
        self.assertTrue(self.layout.is_at_end)
        self.layout.view = 200
        self.assertEqual(self.layout.slots(), slots)
        self.assertFalse(self.layout.is_at_end)

    def test_a_smaller_row_at_the_top_does_not_lose_the_place(self) -> None:
        self.heights[40] = 300
        self.layout.put(40, -200)
        self.heights[40] = 100  # the window is wider
        self.assertEqual(self.numbers()[0], 43)
        self.heights[40] = 300
        self.assertEqual(self.layout.place, (40, 200))

    def test_a_row_is_brought_to_a_share_of_the_view(self) -> None:
        for share, y in ((0.0, 0), (0.5, 175), (1.0, 350)):
            self.layout.put_within(50, share)
            self.assertIn((50, y), self.layout.slots())
        self.heights[50] = 1000  # larger than the view: its beginning is shown
        self.layout.put_within(50, 0.5)
        self.assertEqual(self.layout.place, (50, 0))

    def test_shares_go_from_the_first_row_to_the_end(self) -> None:
        for share in (0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0):
            self.layout.go_to_share(share)
            self.assertAlmostEqual(self.layout.share, share, places=2)
        self.layout.go_to_share(0.0)
        self.assertEqual(self.layout.place, (0, 0))
        self.layout.go_to_share(2.0)
        self.assertTrue(self.layout.is_at_end)

    def test_a_share_moves_smoothly_by_pixels(self) -> None:
        self.heights = {number: 20 + number % 7 * 30 for number in range(100)}
        self.layout.put(0, 0)
        before = -0.001
        while not self.layout.is_at_end:
            share = self.layout.share
            self.assertGreater(share, before)
            self.assertLess(share - before, 0.01)
            before = share
            self.layout.move(3)


if __name__ == "__main__":
    unittest.main()
