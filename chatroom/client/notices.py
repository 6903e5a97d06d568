"""What happened between messages: events by the row that they follow, folded and bounded."""

from chatroom.client import events
from chatroom.records import Record

ROWS_MOST = 500
"""Rows with notices; the oldest are forgotten."""
ROW_MOST = 8


class NameMoved(Record):
    """What follows under this name is from another device than what it said before."""

    name: str


class Notices:
    """Events below rows. Comings and goings there are one."""

    def __init__(self) -> None:
        self._by_row: dict[int, list[object]] = {}

    def __contains__(self, row: int) -> bool:
        return row in self._by_row

    def below(self, row: int) -> tuple[object, ...]:
        """Return what stands below a row, in the order of happening."""
        return tuple(self._by_row.get(row, ()))

    def has_people(self, row: int) -> bool:
        """Tell whether it stands below a row who came or went, or who was there at first."""
        return any(isinstance(one, events.PeopleChanged) for one in self._by_row.get(row, ()))

    def add(self, row: int, event: object) -> None:
        """Have this stand below a row."""
        there = self._by_row.pop(row, [])
        last = there[-1] if there else None
        if isinstance(event, events.PeopleChanged) and isinstance(last, events.PeopleChanged):
            there.pop()
            event = _fold(last, event)
        if event != events.PeopleChanged((), (), ()):
            there.append(event)
        if there:
            self._by_row[row] = there[-ROW_MOST:]
        if len(self._by_row) > ROWS_MOST:
            del self._by_row[min(self._by_row)]

    def clear(self) -> None:
        """Have none."""
        self._by_row.clear()


def _fold(before: events.PeopleChanged, now: events.PeopleChanged) -> events.PeopleChanged:
    """Return what came of two changes: who came and went again is not in it."""
    came = [name for name in before.came if name not in now.went]
    went = [name for name in before.went if name not in now.came]
    came += [name for name in now.came if name not in before.went]
    went += [name for name in now.went if name not in before.came]
    return events.PeopleChanged((), tuple(came), tuple(went))
