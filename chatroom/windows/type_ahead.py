"""Finding a row of a list by typing how it begins, as in the lists of other programs."""

from collections.abc import Sequence

PAUSE_MS = 1000
"""What is typed after so long begins anew."""


class TypeAhead:
    """What was typed, as far as it belongs together."""

    def __init__(self) -> None:
        self._typed = ""
        self._typed_at_ms = 0

    def is_under_way(self, now_ms: int) -> bool:
        """Tell whether what is typed now goes on with what was typed before."""
        return bool(self._typed) and abs(now_ms - self._typed_at_ms) <= PAUSE_MS

    def find(self, typed: str, now_ms: int, rows: Sequence[str], here: int) -> int | None:
        """Return the place of the next row that begins as was typed, None where none does.

        One letter, again and again, goes from one row that begins with it to the next. `here`
        is -1 where no row was gone to; the time is of a clock that may begin anew.
        """
        before = self._typed if self.is_under_way(now_ms) else ""
        self._typed, self._typed_at_ms = before + typed.casefold(), now_ms
        rows = [row.casefold() for row in rows]
        found = _next(self._typed, rows, here if before else here + 1)
        if found is None and len({*self._typed}) == 1:
            found = _next(self._typed[0], rows, here + 1)
        return found


def _next(start: str, rows: Sequence[str], first: int) -> int | None:
    """Return the place of the row that begins so, from the first on and all around."""
    places = (place % len(rows) for place in range(first, first + len(rows)))
    return next((place for place in places if rows[place].startswith(start)), None)
