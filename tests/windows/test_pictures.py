"""Pictures: shapes that cover what they should, and PNG that others read."""

import struct
import unittest
import zlib

from chatroom.windows import pictures


def pixels(png: bytes) -> tuple[int, int, bytes]:
    """Read width, height, and red, green, blue and opacity of a PNG that `paint` made."""
    width, height = struct.unpack(">II", png[16:24])
    at, data = 8, b""
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        kind, body = png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        assert (
            zlib.crc32(kind + body) == struct.unpack(">I", png[at + 8 + size : at + 12 + size])[0]
        )
        data += body if kind == b"IDAT" else b""
        at += 12 + size
    raw = zlib.decompress(data)
    rows = [raw[row * (4 * width + 1) + 1 : (row + 1) * (4 * width + 1)] for row in range(height)]
    return width, height, b"".join(rows)


class Boxes(unittest.TestCase):
    def test_corners_are_smooth_and_the_middle_is_whole(self) -> None:
        mask = pictures.box(21, 21, (8,) * 4)
        self.assertEqual(mask[0], 0)
        self.assertEqual(mask[10 * 21 + 10], 255)
        self.assertEqual(set(mask[10 * 21 : 11 * 21]), {255})
        self.assertTrue(any(0 < cover < 255 for cover in mask))

    def test_it_covers_as_much_as_the_shape(self) -> None:
        area = sum(pictures.box(40, 40, (20,) * 4)) / 255
        self.assertAlmostEqual(area, 3.14159 * 20**2, delta=2)
        inner = sum(pictures.box(40, 30, (0,) * 4, inset=3)) / 255
        self.assertAlmostEqual(inner, 34 * 24)

    def test_it_is_the_same_from_both_sides(self) -> None:
        for size in (24, 25):
            mask = pictures.box(size, size, (9,) * 4, inset=1.5)
            rows = [mask[at : at + size] for at in range(0, len(mask), size)]
            self.assertEqual(rows, rows[::-1])
            self.assertEqual(rows, [row[::-1] for row in rows])

    def test_each_corner_has_its_own_radius(self) -> None:
        mask = pictures.box(20, 20, (0, 8, 4, 2))
        corners = mask[0], mask[19], mask[-1], mask[-20]
        self.assertEqual(corners[:3], (255, 0, 0))
        self.assertGreater(corners[3], corners[1])


class Icons(unittest.TestCase):
    def test_every_icon_is_drawn_within_its_field(self) -> None:
        for name in pictures.ICONS:
            for size in (15, 18, 36):
                with self.subTest(name, size=size):
                    mask = pictures.icon(name, size, 1.6 * size / 18)
                    self.assertEqual(len(mask), size * size)
                    self.assertGreater(sum(mask) / 255, size / 18 * 4)
                    self.assertEqual(mask[:size].count(255), 0, "it is cut off at the top")

    def test_lines_are_as_wide_as_was_asked(self) -> None:
        mask = pictures.icon("menu", 24, 3)
        column = mask[12::24]
        self.assertAlmostEqual(sum(column) / 255, 9, delta=0.1)


class Painting(unittest.TestCase):
    def test_colours_lie_on_each_other(self) -> None:
        whole, half = bytes([255] * 4), bytes([128, 0, 255, 64])
        _, _, found = pixels(pictures.paint(2, 2, [(whole, "#ff0000"), (half, "#0000ff")]))
        self.assertEqual(found[:4], bytes([127, 0, 128, 255]))
        self.assertEqual(found[4:12], bytes([255, 0, 0, 255, 0, 0, 255, 255]))

    def test_what_is_not_covered_is_seen_through_or_what_is_under(self) -> None:
        mask = bytes([0, 128])
        _, _, clear = pixels(pictures.paint(2, 1, [(mask, "#102030")]))
        self.assertEqual(clear, bytes([0, 0, 0, 0, 16, 32, 48, 128]))
        _, _, opaque = pixels(pictures.paint(2, 1, [(mask, "#000000")], under="#ffffff"))
        self.assertEqual(opaque, bytes([255, 255, 255, 255, 127, 127, 127, 255]))

    def test_its_middle_grows(self) -> None:
        mask = pictures.box(5, 5, (2,) * 4)
        width, height, found = pixels(pictures.paint(5, 5, [(mask, "#ffffff")], grow=(10, 20)))
        self.assertEqual((width, height), (15, 25))
        rows = [found[at : at + 60] for at in range(0, len(found), 60)]
        self.assertEqual(len(set(rows[2:23])), 1)
        self.assertEqual(len({rows[0][at : at + 4] for at in range(8, 52, 4)}), 1)


if __name__ == "__main__":
    unittest.main()
