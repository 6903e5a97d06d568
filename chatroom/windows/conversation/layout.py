"""Which rows are in view, and where. Nothing of Tk: heights are told by a function.

A place is a row and how many of its pixels are hidden above the view. It moves by `move`,
`put` and the like alone: rows that come, go or change their height elsewhere, and another
size of the view, leave it as it is.
"""

from collections.abc import Callable
from typing import NamedTuple


class Slot(NamedTuple):
    """A row in view, and how far its upper edge is below that of the view."""

    number: int
    y: int


class Layout:
    """Rows 0 to `count`, one below the other, seen through a view of some height."""

    def __init__(self, height_of: Callable[[int], int]) -> None:
        """Start at the end; `height_of` tells the height of a row, in pixels."""
        self.count = 0
        self.view = 1
        """The height of the view, in pixels."""
        self.foot = 0
        """So much is free below the last row."""
        self._height_of = height_of
        self._top, self._hidden, self._follows = 0, 0, True

    @property
    def place(self) -> tuple[int, int]:
        """The topmost row, and how many of its pixels are hidden."""
        return self._settled()[:2]

    @property
    def is_at_end(self) -> bool:
        """Whether the end of the last row is in view."""
        return self._settled()[2]

    def slots(self) -> list[Slot]:
        """Return the rows in view, from the top."""
        number, hidden, _ = self._settled()
        found, y = [], -hidden
        while number <= self.count and y < self.view:
            found.append(Slot(number, y))
            y += self._height_of(number)
            number += 1
        return found

    # Moving ----------------------------------------------------------------------------

    def go_to_end(self) -> None:
        """Show the last row, and follow it as others come."""
        self._follows = True

    def move(self, pixels: int) -> None:
        """Scroll down by so much, or up."""
        number, hidden, _ = self._settled()
        self.put(number, -hidden - pixels)

    def put(self, number: int, y: int) -> None:
        """Have a row's upper edge so far below that of the view, as far as there are rows."""
        number = min(max(number, 0), self.count)
        while y > 0 and number > 0:
            number -= 1
            y -= self._height_of(number)
        self._top, self._hidden, self._follows = number, max(-y, 0), False
        self._follows = self.is_at_end

    def put_within(self, number: int, share: float) -> None:
        """Bring a row into view: at its top (0), in its middle (0.5) or at its end (1)."""
        free = self.view - self._height_of(min(number, self.count))
        self.put(number, round(max(free, 0) * share))

    # The scroll bar --------------------------------------------------------------------

    @property
    def share(self) -> float:
        """How far down this is, by numbers of rows: 0 at the first, 1 at the end."""
        number, hidden, is_at_end = self._settled()
        above = number + hidden / self._height_of(number)
        if is_at_end or above <= 0:
            return float(is_at_end and above > 0)
        last, y = self.slots()[-1]
        height = self._height_of(last)
        below = self.count - last + max(y + height - self.view, 0) / height
        return above / (above + below) if below else 1.0

    def go_to_share(self, share: float) -> None:
        """Go so far down."""
        if share >= 1:
            self.go_to_end()
            return
        number, hidden = self._from_end()
        above = max(share, 0) * (number + hidden / self._height_of(number))
        number = int(above)
        self.put(number, -round((above - number) * self._height_of(number)))

    # ----------------------------------------------------------------------------------

    def _settled(self) -> tuple[int, int, bool]:
        """Return the topmost row, its hidden pixels, and whether that is the end.

        The place itself is kept: after a larger view a smaller one shows the same again.
        """
        if not self._follows:
            number, hidden = min(self._top, self.count), self._hidden
            while number < self.count and hidden >= self._height_of(number):
                hidden -= self._height_of(number)
                number += 1
            if self._goes_on_below(number, hidden):
                return number, hidden, False
        return *self._from_end(), True

    def _goes_on_below(self, number: int, hidden: int) -> bool:
        y = -hidden
        while number <= self.count:
            y += self._height_of(number)
            if y + self.foot > self.view:
                return True
            number += 1
        return False

    def _from_end(self) -> tuple[int, int]:
        """Return the place at the end; less than nothing is hidden where rows are few."""
        y, number = self.view - self.foot, self.count + 1
        while number > self.count or (number > 0 and y > 0):
            number -= 1
            y -= self._height_of(number)
        return number, -y
