"""Days written out in each language."""

import calendar
import datetime
import unittest

from chatroom.words import dates, languages
from chatroom.words.languages import Language


class Days(unittest.TestCase):
    def setUp(self) -> None:
        self.addCleanup(languages.use, Language.ENGLISH)

    def test_every_weekday_and_month_has_its_name(self) -> None:
        for month in range(1, 13):
            for number in range(1, 8):
                date = datetime.date(2026, month, number)
                weekday = calendar.day_name[date.weekday()]
                expected = f"{weekday}, {number} {calendar.month_name[month]} 2026"
                self.assertEqual(dates.day(date), expected)

    def test_indonesian(self) -> None:
        languages.use(Language.INDONESIAN)
        for date, said in (
            (datetime.date(2026, 8, 17), "Senin, 17 Agustus 2026"),
            (datetime.date(2026, 11, 27), "Jumat, 27 November 2026"),
            (datetime.date(2027, 2, 28), "Minggu, 28 Februari 2027"),
        ):
            self.assertEqual(dates.day(date), said)


if __name__ == "__main__":
    unittest.main()
