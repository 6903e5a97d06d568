"""Who is in the room, and under which name.

A name is taken while its holder answers. Who asks for a taken one starts a contest: the
holder is probed, keeps the name with the first word it says, and loses it after two
seconds of silence. The device that holds a name takes it back at once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from itertools import islice

from chatroom.protocol.messages import Join
from chatroom.protocol.names import name_key
from chatroom.server.session import Session

QUIET_AFTER_S = 60.0  # three pings
CONTEST_S = 2.0
PROBE_EVERY_S = 0.1  # twenty probes: at 30 % loss one contest in a million goes wrong


class Claim(Enum):
    """What became of a wish for a name."""

    GRANTED = auto()
    CONTESTED = auto()  # the answer comes within two seconds
    TAKEN = auto()


@dataclass(eq=False)
class Contest:
    """A newcomer wants a name whose holder must now show that it is there."""

    newcomer: Session
    number: int  # of the request
    join: Join
    holder: Session
    until: float
    probe_at: float


class People:
    """The holders of names. `version` goes up with every change."""

    def __init__(self) -> None:
        self.version = 1
        self._holders: dict[str, Session] = {}
        self._devices: dict[str, Session] = {}
        self._contests: dict[str, Contest] = {}

    def __len__(self) -> int:
        return len(self._holders)

    def __iter__(self) -> Iterator[Session]:
        """Yield everybody in the room, in the order of coming."""
        return iter(self._holders.values())

    def page(self, start: int, most: int) -> list[str]:
        """Return at most so many names, from index `start` on."""
        return [one.name for one in islice(self, start, start + most)]

    def find(self, name: str) -> Session | None:
        """Return who holds this name, or one that looks the same."""
        return self._holders.get(name_key(name))

    def is_in(self, session: Session) -> bool:
        """Tell whether this session holds its name."""
        return bool(session.name) and self.find(session.name) is session

    def claim(self, session: Session, number: int, join: Join, now: float) -> Claim:
        """Ask for a name; GRANTED means that nobody else has it, `enter` takes it."""
        self._end_bids(session, except_for=name_key(join.name))
        holder = self.find(join.name)
        if holder is None or holder is session:
            return Claim.GRANTED
        key = name_key(join.name)
        contest = self._contests.get(key)
        if contest is None:
            self._contests[key] = Contest(session, number, join, holder, now + CONTEST_S, now)
        elif contest.newcomer.device == session.device:  # it asks again
            contest.newcomer, contest.number, contest.join = session, number, join
        else:
            return Claim.TAKEN
        return Claim.CONTESTED

    def enter(self, session: Session, name: str) -> bool:
        """Take a name that is free, giving up the one before; False if it had it."""
        if session.name == name and self.is_in(session):
            return False
        self.leave(session)
        session.name = name
        self._holders[name_key(name)] = session
        self._devices[session.device] = session
        self.version += 1
        return True

    def take_back(self, session: Session) -> bool:
        """Let one that had gone quiet be who it was, if nobody else is by now."""
        return (
            bool(session.name)
            and self.find(session.name) is None
            and self.enter(session, session.name)
        )

    def leave(self, session: Session) -> bool:
        """Free the name of a session; False if it had none."""
        if not self.is_in(session):
            return False
        key = name_key(session.name)
        del self._holders[key]
        self._contests.pop(key, None)
        self.version += 1
        return True

    def forget(self, session: Session) -> None:
        """Drop all there is of a session that has ended."""
        self.leave(session)
        self._end_bids(session)
        if self._devices.get(session.device) is session:
            del self._devices[session.device]

    def older_session(self, session: Session) -> Session | None:
        """Return the session that the same device joined with before, if any."""
        older = self._devices.get(session.device)
        return older if older is not session else None

    def quiet(self, now: float) -> list[Session]:
        """Return those who have not been heard for a minute."""
        return [one for one in self if now - one.heard_at > QUIET_AFTER_S]

    # Contests --------------------------------------------------------------------------

    def spoke(self, holder: Session) -> Contest | None:
        """Return the contest that the holder just won by saying something."""
        if not self._contests or not self.is_in(holder):
            return None
        return self._contests.pop(name_key(holder.name), None)

    def timer(self) -> float | None:
        """Return when the next holder is to be probed, or loses its name."""
        return min((one.probe_at for one in self._contests.values()), default=None)

    def contests_lost(self, now: float) -> list[Contest]:
        """Return, and end, the contests whose holders kept silent to the end."""
        lost = [one for one in self._contests.values() if now >= one.until]
        for contest in lost:
            self.leave(contest.holder)
        return lost

    def holders_to_probe(self, now: float) -> list[Session]:
        """Return those who should be asked now whether they are there."""
        due = [one for one in self._contests.values() if now >= one.probe_at]
        for contest in due:
            contest.probe_at = min(now + PROBE_EVERY_S, contest.until)
        return [contest.holder for contest in due]

    def _end_bids(self, newcomer: Session, except_for: str = "") -> None:
        for key, contest in list(self._contests.items()):
            if contest.newcomer is newcomer and key != except_for:
                del self._contests[key]
