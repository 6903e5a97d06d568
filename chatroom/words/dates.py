"""Days, whatever the locale of the system is."""

import datetime

from chatroom.words.text import Text


class Date(Text):
    """Weekdays, months, and how they stand together."""

    MONDAY = "Monday", "Senin"
    TUESDAY = "Tuesday", "Selasa"
    WEDNESDAY = "Wednesday", "Rabu"
    THURSDAY = "Thursday", "Kamis"
    FRIDAY = "Friday", "Jumat"
    SATURDAY = "Saturday", "Sabtu"
    SUNDAY = "Sunday", "Minggu"
    JANUARY = "January", "Januari"
    FEBRUARY = "February", "Februari"
    MARCH = "March", "Maret"
    APRIL = "April", "April"
    MAY = "May", "Mei"
    JUNE = "June", "Juni"
    JULY = "July", "Juli"
    AUGUST = "August", "Agustus"
    SEPTEMBER = "September", "September"
    OCTOBER = "October", "Oktober"
    NOVEMBER = "November", "November"
    DECEMBER = "December", "Desember"
    DAY = "{weekday}, {day} {month} {year}", "{weekday}, {day} {month} {year}"


WEEKDAYS = (
    Date.MONDAY,
    Date.TUESDAY,
    Date.WEDNESDAY,
    Date.THURSDAY,
    Date.FRIDAY,
    Date.SATURDAY,
    Date.SUNDAY,
)
MONTHS = (
    Date.JANUARY,
    Date.FEBRUARY,
    Date.MARCH,
    Date.APRIL,
    Date.MAY,
    Date.JUNE,
    Date.JULY,
    Date.AUGUST,
    Date.SEPTEMBER,
    Date.OCTOBER,
    Date.NOVEMBER,
    Date.DECEMBER,
)


def day(date: datetime.date) -> str:
    """Return a day as it is written out: Tuesday, 24 November 2026."""
    weekday, month = WEEKDAYS[date.weekday()], MONTHS[date.month - 1]
    return Date.DAY(weekday=weekday(), day=date.day, month=month(), year=date.year)
