"""What happened between messages: events by the row that they follow, folded and bounded."""

from chatroom.client import events
from chatroom.client.when import When
from chatroom.records import Record

ROWS_MOST = 500
"""Rows with notices; the oldest are forgotten."""
ROW_MOST = 8


class NameMoved(Record):
    """What follows under this name is from another device than what it said before."""

    name: str


class DayBegan(Record):
    """What follows happened on another day than the message above."""

    when: When


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

    def has_day(self, row: int, when: When) -> bool:
        """Tell whether it stands below a row, as the last day there, that this one has begun."""
        days = [one for one in self._by_row.get(row, ()) if isinstance(one, DayBegan)]
        return bool(days) and days[-1].when.day == when.day

    def add(self, row: int, event: object, began: When | None = None) -> None:
        """Have this stand below a row.

        `began` is when it happened, where that is another day than the row's. The day stands
        there, too, as long as anything is told below it.
        """
        is_news = not isinstance(event, events.PeopleChanged) or bool(event.came or event.went)
        has_day = began is None or not is_news or self.has_day(row, began)
        there = self._by_row.pop(row, [])
        if began is not None and not has_day:
            there.append(DayBegan(began))
        if isinstance(event, events.PeopleChanged):
            there = _with_people(there, event)
        else:
            there.append(event)
        if there and isinstance(there[-1], DayBegan):  # who came then has gone again
            there.pop()
        if there:
            self._by_row[row] = there[-ROW_MOST:]
        if len(self._by_row) > ROWS_MOST:
            del self._by_row[min(self._by_row)]

    def clear(self) -> None:
        """Have none."""
        self._by_row.clear()


def _with_people(there: list[object], now: events.PeopleChanged) -> list[object]:
    """Return what stands there, and then who came or went.

    Who undoes what stands last is taken out of it. One change tells first who came: so it
    takes in only what can be told in this order.
    """
    first = len(there)
    while first and isinstance(there[first - 1], events.PeopleChanged):
        first -= 1
    before = [one for one in there[first:] if isinstance(one, events.PeopleChanged)]
    back = set(now.came).intersection(name for one in before for name in one.went)
    gone = set(now.went).intersection(name for one in before for name in one.came)
    changes: list[events.PeopleChanged] = []
    for one in [*(_without(one, gone, back) for one in before), _without(now, back, gone)]:
        if changes and not (changes[-1].went and one.came):
            last = changes.pop()
            one = events.PeopleChanged((), last.came + one.came, last.went + one.went)
        if one != events.PeopleChanged((), (), ()):
            changes.append(one)
    return [*there[:first], *changes]


def _without(change: events.PeopleChanged, came: set[str], went: set[str]) -> events.PeopleChanged:
    """Return a change without these who came, and these who went."""
    return events.PeopleChanged(
        change.names,
        tuple(name for name in change.came if name not in came),
        tuple(name for name in change.went if name not in went),
    )
