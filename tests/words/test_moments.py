"""Times of the log as the reader's clock has them."""

import datetime
import unittest

from chatroom.network import clock
from chatroom.words import moments


class Moments(unittest.TestCase):
    def test_a_time_of_the_log_is_read(self) -> None:
        when = moments.read_time("2026-11-24T16:00:00Z")
        assert when is not None
        self.assertEqual(when.seconds, 1_795_536_000.0)
        local = datetime.datetime.fromtimestamp(when.seconds)
        self.assertEqual(when.day, local.toordinal())
        self.assertEqual(moments.clock(when), f"{local:%H:%M}")
        self.assertEqual(moments.day_name(when), f"{local:%A}, {local.day} {local:%B %Y}")

    def test_what_we_say_is_timed_like_the_log(self) -> None:
        self.assertRegex(clock.utc_now(), r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        self.assertIsNotNone(moments.read_time(clock.utc_now()))

    def test_today_is_the_day_of_now_alone(self) -> None:
        now = moments.read_time(clock.utc_now())
        assert now is not None
        self.assertTrue(moments.is_today(now))
        self.assertFalse(moments.is_today(now._replace(day=now.day - 1)))

    def test_what_is_no_time_is_none(self) -> None:
        for text in ("", "yesterday", "2026-13-01T00:00:00Z", "9999-99-99", "24/11/2026", "Z"):
            with self.subTest(text):
                self.assertIsNone(moments.read_time(text))

    def test_times_at_the_ends_of_the_calendar_do_no_harm(self) -> None:
        for text in (
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z",
            "9999-12-31T23:59:59.999999Z",
            "1969-12-31T23:59:59Z",
        ):
            when = moments.read_time(text)
            if when is not None:
                self.assertTrue(moments.clock(when) and moments.day_name(when))


if __name__ == "__main__":
    unittest.main()
