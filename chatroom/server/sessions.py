"""The table of sessions: everybody who proved the password, in the room or not yet."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from chatroom.protocol import addresses, messages, names
from chatroom.server import allowances, caster, figures, people, post
from chatroom.server.session import Session

SESSIONS_MOST = 4096
SESSIONS_PER_HOST = 32
"""One person cannot fill the room. A VPN may show many people as one address."""
SESSIONS_PER_LINK = 1024
"""Nor can all the addresses of an IPv6 /64, though a whole local network may be on one."""


class Sessions:
    """Sessions by number, and the one with which each device entered last.

    Whoever leaves the table leaves the people as well.
    """

    def __init__(
        self,
        people: people.People,
        caster: caster.Caster,
        post: post.Post,
        per_host: int = SESSIONS_PER_HOST,
    ) -> None:
        """Keep so many sessions of each address at most."""
        self._people = people
        self._caster = caster
        self._per_host = per_host
        self._post = post
        self._by_number: dict[bytes, Session] = {}
        self._counts: Counter[str] = Counter()  # at an address, and on a link
        self._by_device: dict[str, Session] = {}
        self._allowances = allowances.Allowances(max(1.0, per_host / SESSIONS_PER_HOST))

    def __len__(self) -> int:
        return len(self._by_number)

    def __iter__(self) -> Iterator[Session]:
        return iter(self._by_number.values())

    def get(self, number: bytes) -> Session | None:
        """Return the session of this number, if there is one."""
        return self._by_number.get(number)

    def take_up(self, session: Session, now: float) -> None:
        """Keep a new session; where there are too many, the longest unheard makes place.

        Only one that is not in the room does, and only one of its address or link where that
        has too many. Where all are in, the new one is over.
        """
        crowd = self._crowd_of(session)
        if crowd is not None and not self._make_place(crowd, now):
            session.over = messages.Refusal.ROOM_FULL
            return
        session.share(self._allowances.of(session.host, session.link, now))
        self._by_number[session.number] = session
        self._counts.update({session.host, session.link})

    def figures(self) -> tuple[figures.SessionFigures, ...]:
        """Return what can be shown of each."""
        return tuple(
            figures.SessionFigures(
                number=one.number,
                address=one.address,
                host=one.host,
                name=one.name,
                device=one.device,
                heard_at=one.heard_at,
                over=one.over,
                is_in=self._people.is_in(one),
            )
            for one in self
        )

    def entered(self, session: Session) -> None:
        """Note that this session's device came in with it."""
        self._by_device[session.device] = session

    def replace_older(self, session: Session, name: str, now: float) -> None:
        """Let a device that wants a name take back at once what its earlier session had."""
        older = self._by_device.get(session.device)
        if older is None or older is session:
            return
        session.entered_at, session.said = older.entered_at, older.said
        if names.name_key(older.name) != names.name_key(name):
            self._people.leave(older, now)
        self.forget(older, now)

    def forget(self, session: Session, now: float) -> None:
        """Drop all there is of a session."""
        self._lose_name(session, now)
        if self._by_number.pop(session.number, None) is not None:
            for place in {session.host, session.link}:
                self._counts[place] -= 1
                if not self._counts[place]:
                    del self._counts[place]

    def unwanted(self, permits: Callable[[addresses.Address], bool]) -> list[Session]:
        """Return those at addresses that are no longer permitted."""
        return [one for one in self if one.over is None and not permits(one.address)]

    def expel(self, sessions: Iterable[Session], reason: messages.Refusal, now: float) -> None:
        """End sessions, and shut them from what is cast from now on.

        Each is kept, and told why, now and whenever it asks.
        """
        for session in sessions:
            self._people.leave(session, now, reason=reason)
            self._lose_name(session, now)
            session.over = reason
            self._post.tell(session, messages.Bye(reason))
        self._people.take_leaving()
        self._caster.change_key(now)

    def clear(self) -> None:
        """Forget those that were expelled, all of them."""
        self._by_number.clear()
        self._counts.clear()

    def _crowd_of(self, newcomer: Session) -> list[Session] | None:
        """Return those of whom one has to make place, None where there is place."""
        if self._counts[newcomer.host] >= self._per_host:
            return [one for one in self if one.host == newcomer.host]
        if self._counts[newcomer.link] >= SESSIONS_PER_LINK:
            return [one for one in self if one.link == newcomer.link]
        return list(self) if len(self) >= SESSIONS_MOST else None

    def _make_place(self, crowd: list[Session], now: float) -> bool:
        """Forget who was not heard for longest; False where all of these are in the room."""
        away = [one for one in crowd if not self._people.is_in(one)]
        if away:
            self.forget(min(away, key=lambda one: one.heard_at), now)
        return bool(away)

    def _lose_name(self, session: Session, now: float) -> None:
        self._people.forget(session, now)
        if self._by_device.get(session.device) is session:
            del self._by_device[session.device]
