"""What the host looks for in the room's messages, as lines of text."""

import queue
from collections.abc import Callable, Iterable, Sequence

from chatroom import words
from chatroom.network.driver import Driver
from chatroom.protocol import entries, search
from chatroom.server.events import HitsFound
from chatroom.server.room import Room
from chatroom.terminal import showing
from chatroom.words.headless import Headless

HITS_SHOWN_MOST = 20
HITS_COUNTED_MOST = 10_000


def as_rows(some: Iterable[entries.Entry]) -> str:
    """Return them as the log has them, with their numbers and times: for a pipe."""
    return "".join(
        f"{one.seq}  {words.show_text(f'{one.time}  {one.name}: {one.text}')}\n" for one in some
    )


class HostSearch:
    """Has a room search, and waits for what it finds."""

    def __init__(self, driver: Driver[Room], show: Callable[[], showing.Show]) -> None:
        """`show()` is how the messages of one answer look."""
        self._driver = driver
        self._show = show
        self._hits: queue.SimpleQueue[HitsFound] = queue.SimpleQueue()

    def hear(self, hits: HitsFound) -> None:
        """Take what the room found, in whatever thread takes the driver's events."""
        self._hits.put(hits)

    def find(self, text: str) -> str:
        """Return the newest messages that match, and how many others do.

        Raises CancelledError where the room ends meanwhile.
        """
        if not search.parse(text):
            return Headless.FIND_WHAT()
        shown: list[entries.Entry] = []
        count = before = 0
        while before != 1 and count < HITS_COUNTED_MOST:
            hits = self._look_before(before, text)
            count += len(hits.numbers)
            shown += self._entries(hits.numbers[: HITS_SHOWN_MOST - len(shown)])
            before = hits.back_to
        return self._show()(shown) + _how_many_more(count, len(shown), is_all=before == 1)

    def _look_before(self, before: int, text: str) -> HitsFound:
        """Have the room look on; wait for what it finds, which takes it many turns."""
        self._driver.call(lambda room, now: room.find(text, before, now)).result()
        while True:
            try:
                hits = self._hits.get(timeout=1.0)
            except queue.Empty:
                # This is cancelled where the room has ended.
                self._driver.call(lambda room, now: None).result()
                continue
            if hits.words == text:  # and not of a search that came to no end
                return hits

    def _entries(self, numbers: Sequence[int]) -> list[entries.Entry]:
        def read(room: Room, _: float) -> list[entries.Entry]:
            return [entry for number in numbers for entry in room.history(number, number)]

        return self._driver.call(read).result()


def _how_many_more(count: int, shown: int, *, is_all: bool) -> str:
    if not count:
        return Headless.FOUND_NONE()
    if not is_all:
        return Headless.FOUND_TOO_MANY(more=count - shown)
    return Headless.FOUND_MORE(count=count - shown) if count > shown else Headless.FOUND_ALL()
