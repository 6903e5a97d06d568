"""What members read of the log: one Fetch a turn, so that nobody else waits for it.

A reader has all the time that the others leave. Those who read at the same time have their
turns in a row (`row`); what waits there is bounded, and who wants more asks again.
"""

from chatroom.protocol import entries, messages
from chatroom.server import figures, log, people, post, row
from chatroom.server.session import Session

DATAGRAMS_MOST = 16
WAITING_MOST = 4
"""Of one session: a member asks for the end of the log and for a page, and perhaps anew."""

Wishes = dict[tuple[int, int], tuple[int, int]]
"""By the first and the last entry: the number of the newest request, and how many datagrams."""


class Fetches:
    """The row of those who read."""

    def __init__(self, log: log.Log, people: people.People, post: post.Post) -> None:
        self._log = log
        self._people = people
        self._post = post
        self._row = row.Row()
        self._wishes: dict[row.Asker, Wishes] = {}

    def __bool__(self) -> bool:
        """Tell whether anything waits to be read."""
        return bool(self._row)

    def ask(self, session: Session, number: int, fetch: messages.Fetch) -> None:
        """Read this when it is its turn; the same again is another transmission of it."""
        wishes = self._wishes.setdefault(session, {})
        wish = fetch.first, fetch.last
        if len(wishes) == WAITING_MOST and wish not in wishes:
            self._post.dropped[figures.Drop.BEYOND_RATE] += 1
            return
        wishes[wish] = number, fetch.datagrams
        self._row.put(session)

    def step(self) -> None:
        """Answer one Fetch, if any waits. Raises LogBroken."""
        if not self._row:
            return
        session = self._row.take()
        wishes = self._wishes[session]
        wish = next(iter(wishes))
        number, datagrams = wishes.pop(wish)
        if wishes:
            self._row.put(session)
        else:
            del self._wishes[session]
        if session is not None and self._people.is_in(session):
            self._read(session, number, wish, datagrams)

    def _read(self, session: Session, number: int, wish: tuple[int, int], datagrams: int) -> None:
        most = min(max(datagrams, 1), DATAGRAMS_MOST)
        bodies = entries.pack_entries(self._log.read(*wish), most) or [b""]
        head, told = self._log.head, self._people.roll.told
        for part, body in enumerate(bodies):
            payload = entries.encode_entries(
                body, head=head, version=told, number=number, part=part, parts=len(bodies)
            )
            self._post.seal(session, payload)
