"""Colours: all that is read can be read, and people are told apart."""

import itertools
import random
import unittest

from chatroom.windows import colours
from chatroom.windows.colours import CONTRAST_LEAST, DARK, LIGHT, WHITE, contrast

TEXT_ON = {
    "ink": "panel chat theirs ours field over down pill sel hit hit_now good_back chosen",
    "faded": "panel chat theirs pill over field off down",
    "ours_faded": "ours",
    "unread_ink": "unread",
    "on_accent": "accent accent_over accent_down",
    "link": "theirs ours panel",
    "accent": "panel chat theirs ours",
    "mention_ink": "mention",
    "warn_ink": "warn",
    "alarm_ink": "alarm",
    "good": "panel chat theirs",
    "bad": "panel chat theirs warn over down",
    "panel": "ink",
}
"""Each ink, and the grounds it is used on: in styles, and on what is drawn."""

GRAPHICS_ON = {
    "edge": "panel chat field",
    "ring": "panel",
    "accent": "panel chat field over theirs ours",
    "bad": "panel field",
    "thumb": "panel chat",
    "thumb_over": "panel chat",
    "busy": "panel warn",
    "good": "panel good_back",
    "faded": "panel over",
    "warn_ink": "warn",
}
"""Borders, rings, dots, icons and what scrolls, and the grounds that they are on."""


class Readable(unittest.TestCase):
    def test_text_has_the_contrast_of_level_aa(self) -> None:
        for palette in (LIGHT, DARK):
            for ink, grounds in TEXT_ON.items():
                for ground in grounds.split():
                    with self.subTest(ink=ink, ground=ground, dark=palette is DARK):
                        found = contrast(getattr(palette, ink), getattr(palette, ground))
                        self.assertGreaterEqual(found, CONTRAST_LEAST)

    def test_borders_and_rings_have_the_contrast_of_level_aa(self) -> None:
        for palette in (LIGHT, DARK):
            for graphic, grounds in GRAPHICS_ON.items():
                for ground in grounds.split():
                    with self.subTest(graphic=graphic, ground=ground, dark=palette is DARK):
                        found = contrast(getattr(palette, graphic), getattr(palette, ground))
                        self.assertGreaterEqual(found, colours.GRAPHIC_LEAST)

    def test_what_is_off_can_still_be_seen(self) -> None:
        for palette in (LIGHT, DARK):
            for ground in ("off", "panel"):
                with self.subTest(ground=ground, dark=palette is DARK):
                    found = contrast(palette.off_ink, getattr(palette, ground))
                    self.assertGreaterEqual(found, 3.0)

    def test_contrast_is_what_the_standard_says(self) -> None:
        self.assertAlmostEqual(contrast("#000000", "#ffffff"), 21.0)
        self.assertAlmostEqual(contrast("#777777", "#777777"), 1.0)
        self.assertAlmostEqual(contrast("#ffffff", "#767676"), 4.54, places=2)

    def test_a_mix_lies_between(self) -> None:
        self.assertEqual(colours.mix("#ff0000", "#0000ff", 0.0), "#0000ff")
        self.assertEqual(colours.mix("#ff0000", "#0000ff", 1.0), "#ff0000")
        self.assertEqual(colours.mix("#ffffff", "#000000", 0.2), "#333333")


class People(unittest.TestCase):
    NAMES = tuple(f"{first} {last}" for first in "ABCDEFGHIJKL" for last in range(200))

    def test_names_and_initials_can_be_read_whoever_it_is(self) -> None:
        for palette in (LIGHT, DARK):
            for ink, back in {colours.person(name, palette) for name in self.NAMES}:
                with self.subTest(ink=ink, back=back):
                    self.assertGreaterEqual(contrast(ink, palette.theirs), CONTRAST_LEAST)
                    self.assertGreaterEqual(contrast(WHITE, back), CONTRAST_LEAST)

    def test_one_name_has_one_colour_however_it_is_written(self) -> None:
        for other in ("budi  hartono", "BUDI HARTONO", "\uff22udi Hartono"):
            for palette in (LIGHT, DARK):
                same = colours.person("Budi Hartono", palette)
                self.assertEqual(colours.person(other, palette), same)

    def test_the_colour_stays_from_one_program_to_the_next(self) -> None:
        self.assertEqual(colours.person("Budi", LIGHT), ("#05893e", "#05893e"))

    def test_there_are_many_colours_and_all_of_them_are_used(self) -> None:
        for palette in (LIGHT, DARK):
            found = {colours.person(name, palette) for name in self.NAMES}
            self.assertEqual(len(found), colours.HUES * len(colours.TONES))

    def test_among_seven_people_two_alike_are_rare(self) -> None:
        chance = random.Random(5)
        alike = 0
        for _ in range(1000):
            seven = [colours.person(name, LIGHT) for name in chance.sample(self.NAMES, 7)]
            alike += 7 - len(set(seven))
        self.assertLess(alike, 400)  # twelve colours: some 1,470

    def test_no_two_colours_are_the_same(self) -> None:
        discs = sorted({colours.person(name, LIGHT)[1] for name in self.NAMES})
        for one, other in itertools.combinations(discs, 2):
            parts = zip(colours.rgb(one), colours.rgb(other), strict=True)
            self.assertGreater(sum(abs(a - b) for a, b in parts), 8, f"{one} {other}")


if __name__ == "__main__":
    unittest.main()
