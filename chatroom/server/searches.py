"""What is looked for in the log: one slice a turn, so that nobody waits for it.

Each session, and the host, looks for one thing at a time. They stand in a row. One is served
until there is something to tell: as many numbers as an answer holds, the beginning,
or, after a while, how far the search came. Who wants more asks on from there, from the end
of the row. So who waits costs a few words, and only the search under way holds more.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from chatroom.protocol import messages, search, wire
from chatroom.server import events, figures, log, people, post, row
from chatroom.server.session import Session

ANSWER_AFTER_S = 0.05


@dataclass
class Wish:
    """What a session, or the host, looks for; `number` is of its newest request."""

    asker: row.Asker
    number: int
    find: messages.Find


@dataclass
class UnderWay:
    """The search that is served, and what it found so far."""

    wish: Wish
    slices: Iterator[search.Slice]
    since: float
    numbers: list[int] = field(default_factory=list)
    back_to: int = 0


class Searches:
    """The row of those who look for something."""

    def __init__(self, log: log.Log, people: people.People, post: post.Post) -> None:
        self._log = log
        self._people = people
        self._post = post
        self._wishes: dict[row.Asker, Wish] = {}
        self._row = row.Row()  # of all but the one that is served; some may want no more
        self._under_way: UnderWay | None = None

    def __bool__(self) -> bool:
        """Tell whether anybody looks for something."""
        return bool(self._wishes)

    def ask(self, session: Session, number: int, find: messages.Find) -> None:
        """Look for this, and no longer for anything else of this session.

        The same again is another transmission of it; an older one comes too late.
        """
        if number < session.find_number:
            self._post.dropped[figures.Drop.OVERTAKEN] += 1
            return
        session.find_number = number
        self._take_in(Wish(session, number, find))

    def ask_for_host(self, find: messages.Find) -> None:
        """Look for this, and no longer for anything else of the host."""
        self._take_in(Wish(None, messages.NO_NUMBER, find))

    def drop(self, asker: row.Asker) -> None:
        """Look no longer for what this session, or the host, wanted."""
        if self._under_way is not None and self._under_way.wish.asker is asker:
            self._under_way = None
        self._wishes.pop(asker, None)

    def step(self, now: float) -> None:
        """Do one slice of the search under way, if there is one. Raises LogBroken."""
        done = self._under_way or self._begin(now)
        if done is None:
            return
        wish = done.wish
        if wish.asker is not None and not self._people.is_in(wish.asker):
            self.drop(wish.asker)
            return
        if self._look(done, now):
            self.drop(wish.asker)
            self._tell(wish, done.numbers, done.back_to)

    # ----------------------------------------------------------------------------------

    def _take_in(self, wish: Wish) -> None:
        same = self._wishes.get(wish.asker)
        if same is not None and same.find == wish.find:
            same.number = wish.number
            return
        self.drop(wish.asker)
        if search.parse(wish.find.words):
            self._wishes[wish.asker] = wish
            self._row.put(wish.asker)
        else:
            self._tell(wish, [], 1)

    def _begin(self, now: float) -> UnderWay | None:
        """Go on with whose turn it is, if anybody still wants something."""
        while self._row:
            wish = self._wishes.get(self._row.take())
            if wish is not None:
                slices = self._log.find(search.parse(wish.find.words), wish.find.before)
                self._under_way = UnderWay(wish, slices, now)
                break
        return self._under_way

    def _look(self, done: UnderWay, now: float) -> bool:
        """Do one slice; return whether there is something to tell."""
        numbers, back_to = next(done.slices, search.Slice((), 1))
        done.numbers += numbers
        done.back_to = back_to
        most = numbers_most(done.numbers)
        if len(done.numbers) > most:
            del done.numbers[most:]
            done.back_to = done.numbers[-1]
        is_full = len(done.numbers) == most
        return is_full or done.back_to == 1 or now - done.since >= ANSWER_AFTER_S

    def _tell(self, wish: Wish, numbers: list[int], back_to: int) -> None:
        if wish.asker is None:
            self._post.notify(events.HitsFound(wish.find.words, tuple(numbers), back_to))
        else:
            found = messages.Found(tuple(numbers), back_to)
            self._post.reply(wish.asker, wish.number, found)


def numbers_most(numbers: list[int]) -> int:
    """Return how many numbers one answer holds, where none is larger than the first."""
    return wire.LIST_SIZE // (len(str(numbers[0])) + 1) if numbers else 1
