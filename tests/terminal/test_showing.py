"""How messages look, in a pipe and at a terminal."""

import json
import os
import time
import unittest
from unittest import mock

from chatroom.protocol.entries import Entry
from chatroom.terminal import colours, showing, with_times
from chatroom.words import languages
from chatroom.words.languages import Language


def luminance(number: int) -> float:
    """Return the relative luminance (WCAG) of one of xterm's 216 colours."""
    levels = (0, 95, 135, 175, 215, 255)
    at = number - 16
    parts = [levels[at // 36] / 255, levels[at // 6 % 6] / 255, levels[at % 6] / 255]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


class Colours(unittest.TestCase):
    def test_each_can_be_read_on_white_and_on_black(self) -> None:
        for number in colours.OF_256:
            with self.subTest(number):
                light = luminance(number)
                self.assertGreaterEqual(1.05 / (light + 0.05), 4.0)
                self.assertGreaterEqual((light + 0.05) / 0.05, 4.0)

    def test_as_many_as_the_terminal_has_and_none_where_they_are_not_wanted(self) -> None:
        for environment, count in (
            ({"TERM": "xterm-256color"}, len(colours.OF_256)),
            ({"TERM": "xterm", "COLORTERM": "truecolor"}, len(colours.OF_256)),
            ({"TERM": "linux"}, len(colours.OF_16)),
            ({"TERM": "linux", "NO_COLOR": ""}, len(colours.OF_16)),
            ({"TERM": "xterm-256color", "NO_COLOR": "1"}, 0),
        ):
            with self.subTest(environment):
                self.assertEqual(len(colours.colours_of(environment, "linux")), count)
        self.assertEqual(len(colours.colours_of({}, "win32")), len(colours.OF_256))

    def test_name_keeps_its_colour_however_it_is_written(self) -> None:
        of = colours.colours_of({"TERM": "linux"}, "linux")
        ana = colours.coloured("Ana", of)
        self.assertEqual(ana.replace("Ana", "ANA"), colours.coloured("ANA", of))
        self.assertEqual(len({colours.coloured(f"N{n}", of)[:5] for n in range(50)}), len(of))
        self.assertEqual(colours.coloured("Ana", ()), "Ana")


class Messages(unittest.TestCase):
    ENTRIES = (
        Entry(1, "2026-11-22T16:59:00Z", "Ana", "one\x1b[2J", "u0-1"),
        Entry(2, "2026-11-22T17:01:00Z", "Budi\u202e", "two\nthree", "u0-2"),
        Entry(3, "", "Budi", "no time", "u0-3"),
        Entry(4, "2026-11-22T17:02:00Z", "Ana", "na\u00efve", "u0-4"),
    )

    def setUp(self) -> None:
        self.addCleanup(languages.use, Language.ENGLISH)
        if hasattr(time, "tzset"):
            zone = mock.patch.dict(os.environ, TZ="WIB-7")
            zone.start()
            self.addCleanup(time.tzset)
            self.addCleanup(zone.stop)
            time.tzset()

    @unittest.skipUnless(hasattr(time, "tzset"), "the zone cannot be chosen here")
    def test_times_are_local_and_days_have_a_line_in_the_readers_language(self) -> None:
        self.assertEqual(
            with_times.WithTimes(())(self.ENTRIES).splitlines(),
            [
                "\u2014 Sunday, 22 November 2026 \u2014",
                "23:59 Ana: one\u241b[2J",
                "\u2014 Monday, 23 November 2026 \u2014",
                "00:01 Budi\ufffd: two",
                "      three",
                "Budi: no time",
                "00:02 Ana: na\u00efve",
            ],
        )
        languages.use(Language.INDONESIAN)
        first, *_ = with_times.WithTimes(())(self.ENTRIES).splitlines()
        self.assertEqual(first, "\u2014 Minggu, 22 November 2026 \u2014")

    def test_day_line_stands_there_once(self) -> None:
        show = with_times.WithTimes(())
        show(self.ENTRIES[1:])
        self.assertNotIn("\u2014", show(self.ENTRIES[3:]))

    def test_pipe_gets_these_bytes_and_no_others(self) -> None:
        self.assertEqual(
            showing.as_lines(self.ENTRIES),
            "Ana: one\u241b[2J\nBudi\ufffd: two\u240athree\nBudi: no time\nAna: na\u00efve\n",
        )
        printed = showing.as_json(self.ENTRIES[3:])
        self.assertEqual(
            printed,
            '{"seq": 4, "time": "2026-11-22T17:02:00Z", "name": "Ana", "text": "na\\u00efve"}\n',
        )
        self.assertEqual(json.loads(printed)["text"], "na\u00efve")


if __name__ == "__main__":
    unittest.main()
