"""Who is in the room, and under which name.

A name is taken while its holder answers. Who asks for a taken one starts a contest: the
holder is probed, keeps the name with the first word it says, and loses it after two
seconds of silence. The device that holds a name takes it back at once.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

from chatroom.protocol import messages, names
from chatroom.protocol.addresses import Address
from chatroom.protocol.changes import Step
from chatroom.server import events, roll
from chatroom.server.audience import Audience
from chatroom.server.session import Session

QUIET_AFTER_S = 60.0  # three pings
SILENT_AFTER_S = 30.0  # one that did not come
CONTEST_S = 2.0
PROBE_EVERY_S = 0.1  # twenty probes: at 30 % loss one contest in a million goes wrong


class Claim(Enum):
    """What became of a wish for a name."""

    GRANTED = auto()  # nobody else has it; `enter` takes it
    CONTESTED = auto()  # the answer comes within two seconds
    TAKEN = auto()


class Wish(NamedTuple):
    """Somebody wants a name; the answer goes to the request of this number."""

    session: Session
    number: int
    join: messages.Join


class Person(NamedTuple):
    """Somebody in the room, as the host is shown it.

    `here_s` is how long this device has been in, `silent_s` how long nothing was heard of
    it; where that is longer than a client ever keeps silent, it `is_quiet`. `messages` are
    those stored of it since it came.
    """

    name: str
    address: Address
    here_s: float
    silent_s: float
    is_quiet: bool
    messages: int


@dataclass(eq=False)
class Contest:
    """Until this time the holder of a name may show that it is there, or lose it."""

    wish: Wish
    holder: Session
    until: float
    probe_at: float


class People:
    """The holders of names, and the contests for them.

    What changes is written down in the `roll`. The name that is `reserved` ("": none) is the
    host's: it is in the list, and nobody may have it.
    """

    def __init__(self, notify: Callable[[events.RoomEvent], None]) -> None:
        """Tell `notify` who comes and who goes."""
        self.roll = roll.Roll()
        self.reserved = ""
        self.audience = Audience()
        self._notify = notify
        self._holders: dict[str, Session] = {}  # by the key of the name
        self._contests: dict[str, Contest] = {}
        self._somebody_left = False

    def __len__(self) -> int:
        return len(self._holders)

    def __iter__(self) -> Iterator[Session]:
        """Yield everybody in the room, in the order of coming."""
        return iter(self.audience)

    def names(self) -> list[str]:
        """Return every name in the room, the host's first."""
        own = [self.reserved] if self.reserved else []
        return own + [one.name for one in self]

    def shown(self, now: float) -> list[Person]:
        """Return everybody but the host, in the order of coming."""
        return [_show(one, now) for one in self]

    def find(self, name: str) -> Session | None:
        """Return who holds this name, or one that looks the same."""
        return self._holders.get(names.name_key(name))

    def reserve(self, name: str, now: float) -> bool:
        """Keep a name for the host, in place of the one before; False where it is held."""
        if self.find(name) is not None:
            return False
        if name != self.reserved:
            if self.reserved:
                self.roll.note(Step.WENT, self.reserved, now)
            self.reserved = name
            self.roll.note(Step.CAME_FIRST, name, now)
        return True

    def is_in(self, session: Session) -> bool:
        """Tell whether this session holds its name."""
        return bool(session.name) and self.find(session.name) is session

    def take_leaving(self) -> bool:
        """Tell, once, that somebody has left."""
        left, self._somebody_left = self._somebody_left, False
        return left

    def quiet(self, now: float) -> list[Session]:
        """Return those who have not been heard for a minute."""
        return [one for one in self if now - one.heard_at > QUIET_AFTER_S]

    def enter(self, session: Session, name: str, now: float) -> None:
        """Take a name that is free, giving up the one before, unless it is the same."""
        if session.name == name and self.is_in(session):
            return
        since = session.entered_at
        self.leave(session, now)
        session.entered_at = now if since is None else since
        session.name = name
        self._holders[names.name_key(name)] = session
        self.audience.add(session)
        self.roll.note(Step.CAME, name, now)
        self._notify(events.PersonJoined(name, session.address))

    def take_back(self, session: Session, now: float) -> bool:
        """Let one that had gone quiet be who it was, if nobody else is by now."""
        if not session.name or self._is_taken(names.name_key(session.name)):
            return False
        self.enter(session, session.name, now)
        return True

    def leave(
        self,
        session: Session,
        now: float,
        *,
        quiet: bool = False,
        reason: messages.Refusal | None = None,
    ) -> None:
        """Free the name of a session, if it holds one."""
        if self._free(session, now):
            self._notify(events.PersonLeft(session.name, quiet, reason))

    def forget(self, session: Session, now: float) -> None:
        """Drop all there is of a session that has ended, without a word about it."""
        self._free(session, now)
        self._end_bids(session)

    def _free(self, session: Session, now: float) -> bool:
        if not self.is_in(session):
            return False
        key = names.name_key(session.name)
        del self._holders[key]
        self.audience.remove(session)
        self._somebody_left = True
        session.entered_at = None
        self._contests.pop(key, None)
        self.roll.note(Step.WENT, session.name, now)
        return True

    def _is_reserved(self, key: str) -> bool:
        return bool(self.reserved) and key == names.name_key(self.reserved)

    def _is_taken(self, key: str) -> bool:
        return key in self._holders or self._is_reserved(key)

    # Contests --------------------------------------------------------------------------

    @property
    def contests(self) -> int:
        """How many names are contested."""
        return len(self._contests)

    def claim(self, wish: Wish, now: float) -> Claim:
        """Ask for a name; whatever the session asked for before, it wants no more."""
        key = names.name_key(wish.join.name)
        self._end_bids(wish.session, except_for=key)
        if self._is_reserved(key):
            return Claim.TAKEN
        holder, contest = self._holders.get(key), self._contests.get(key)
        if holder is None or holder is wish.session:
            return Claim.GRANTED
        if contest is None:
            self._contests[key] = Contest(wish, holder, until=now + CONTEST_S, probe_at=now)
        elif contest.wish.session.device == wish.session.device:  # it asks again
            contest.wish = wish
        else:
            return Claim.TAKEN
        return Claim.CONTESTED

    def spoke(self, holder: Session) -> Wish | None:
        """Return the wish that is not fulfilled, since the holder said something."""
        if not self._contests or not self.is_in(holder):
            return None
        contest = self._contests.pop(names.name_key(holder.name), None)
        return None if contest is None else contest.wish

    def timer(self) -> float:
        """Return when the next holder is to be probed, or loses its name."""
        return min((one.probe_at for one in self._contests.values()), default=math.inf)

    def wishes_won(self, now: float) -> list[Wish]:
        """Put out the holders that kept silent to the end; return who may enter for them."""
        lost = [one for one in self._contests.values() if now >= one.until]
        for contest in lost:
            self.leave(contest.holder, now, reason=messages.Refusal.NAME_TAKEN)
        return [contest.wish for contest in lost]

    def holders_to_probe(self, now: float) -> list[Session]:
        """Return those who should be asked now whether they are there."""
        due = [one for one in self._contests.values() if now >= one.probe_at]
        for contest in due:
            contest.probe_at = min(now + PROBE_EVERY_S, contest.until)
        return [contest.holder for contest in due]

    def _end_bids(self, newcomer: Session, except_for: str = "") -> None:
        for key, contest in list(self._contests.items()):
            if contest.wish.session is newcomer and key != except_for:
                del self._contests[key]


def _show(session: Session, now: float) -> Person:
    since = now if session.entered_at is None else session.entered_at
    silent_s = now - session.heard_at
    is_quiet = silent_s > SILENT_AFTER_S
    return Person(session.name, session.address, now - since, silent_s, is_quiet, session.said)
