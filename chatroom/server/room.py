"""The server's side of the conversation, with no socket, clock or chance of its own.

Datagrams go in with the time, datagrams and events come out:

    room = Room(log, password, ...)
    room.receive_datagram(data, address, now)     # any number of times
    for data, address in room.datagrams_to_send(now): ...
    for event in room.take_events(): ...
    room.timer()  ->  when to call room.handle_timer(now)

Everything that was said between two calls of `datagrams_to_send` is stored there by one
append, and only then acknowledged and cast to the others. The room keeps no send queue and
no resend timer for anybody: who misses something asks.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from chatroom.crypto.replay import Replayed
from chatroom.crypto.sealing import Forged
from chatroom.protocol import entries, messages, wire
from chatroom.protocol.addresses import Address, Network
from chatroom.protocol.names import name_key, name_problem
from chatroom.protocol.texts import list_fits, text_fits
from chatroom.server import events
from chatroom.server.caster import Caster
from chatroom.server.door import Door
from chatroom.server.log import Log, LogBroken, LogRefused
from chatroom.server.people import Claim, People
from chatroom.server.session import Session

SESSIONS_MOST = 4096
SWEEP_EVERY_S = 5.0
FETCH_DATAGRAMS_MOST = 16
PEOPLE_PAGE_MOST = 256
COUNTER_MOST = 1 << 53  # what a number in JSON carries exactly
_COSTS: dict[type, int] = {messages.Join: 20}
REFUSED_FOR_S = 1.0
"""How long a refused Join is refused again without a look: its copies are under way."""
PEOPLE_NEWS_AFTER_S = 0.2
"""Delay of the word that the people changed: a crowd that comes at once is one change."""


@dataclass
class _Batch:
    """What was said since the last append, and who waits for its `Stored`."""

    drafts: list[tuple[Session, int, str]] = field(default_factory=list)
    waiting: list[tuple[Session, int, messages.Say]] = field(default_factory=list)
    reached: dict[str, int] = field(default_factory=dict)  # device: highest counter


class Room:
    """The room: its log, its people, and what each may be sent."""

    def __init__(
        self,
        log: Log,
        password: str,
        *,
        name: str = "default",
        entropy: Callable[[int], bytes],
        utc_now: Callable[[], str],
        now: float,
    ) -> None:
        """Open the room. Raises ValueError for a name that does not fit a Joined.

        `entropy` gives that many random bytes, `utc_now` the time as ISO 8601; `now`,
        here and everywhere, is seconds on a clock that never goes back.
        """
        if not 0 < len(name.encode()) <= wire.NAME_SIZE:
            raise ValueError("a room's name has 1 to 128 bytes")
        self.name = name
        self.dropped: Counter[str] = Counter()
        self.closed = False
        self._log = log
        self._utc_now = utc_now
        self._entropy = entropy
        self._outgoing: list[tuple[bytes, Address]] = []
        self._events: list[events.RoomEvent] = []
        self._door = Door(password, entropy, now, self._send, self._notify)
        self._caster = Caster(entropy, self._send)
        self._people = People()
        self._people_news_at: float | None = None
        self._sessions: dict[bytes, Session] = {}
        self._batch = _Batch()
        self._sweep_at = now + SWEEP_EVERY_S

    def receive_datagram(self, data: bytes, address: Address, now: float) -> None:
        """Take in one datagram; nothing that a stranger sends raises or is kept."""
        if self.closed:
            return
        datagram = wire.decode_datagram(data)
        if isinstance(datagram, wire.Sealed):
            self._receive_sealed(datagram, address, now)
        elif isinstance(datagram, wire.Hello):
            self._door.hello(datagram, address, now)
        elif isinstance(datagram, wire.Knock):
            if not self._door.knock(datagram, address, now):
                self.dropped["stale cookie"] += 1
        else:
            self.dropped["malformed datagram"] += 1

    def datagrams_to_send(self, now: float) -> list[tuple[bytes, Address]]:
        """Store what was said, and return all there is to send; empties the list."""
        if self._batch.waiting and not self.closed:
            self._commit(now)
        outgoing, self._outgoing = self._outgoing, []
        return outgoing

    def take_events(self) -> list[events.RoomEvent]:
        """Return what happened since the last call."""
        told, self._events = self._events, []
        return told

    def timer(self, now: float) -> float:
        """Return when `handle_timer` is due."""
        times = (
            self._door.timer(now),
            self._caster.repeat_at,
            self._people.timer(),
            self._people_news_at,
            self._sweep_at,
        )
        return min(time for time in times if time is not None)

    def handle_timer(self, now: float) -> None:
        """Do what time alone brings: repeats, contests of names, people gone quiet."""
        self._door.handle_timer(now)
        if self._caster.repeat_at is not None and now >= self._caster.repeat_at:
            self._cast(self._caster.next_repeat(now))
        if self._people_news_at is not None and now >= self._people_news_at:
            self._people_news_at = None
            self._cast(b"")
        self._continue_contests(now)
        if now >= self._sweep_at:
            self._sweep_at = now + SWEEP_EVERY_S
            for session in self._people.quiet(now):
                self._part(session, now, quiet=True)

    # The host's wishes -----------------------------------------------------------------

    def people(self) -> list[tuple[str, Address]]:
        """Return the name and address of everybody in the room, in order of coming."""
        return [(session.name, session.address) for session in self._people]

    def history(self, first: int, last: int) -> list[entries.Entry]:
        """Return the entries from `first` to `last`, both included."""
        return list(self._log.read(first, last))

    def remove(self, name: str, now: float) -> bool:
        """Put out whoever has this name. Return False where nobody has."""
        session = self._people.find(name)
        if session is None:
            return False
        self._expel([session], messages.Refusal.REMOVED, now)
        return True

    def block(self, network: Network, now: float) -> None:
        """Let nobody in from this network, and put out who is there."""
        self._door.access.block(network)
        self._expel_unwanted(now)

    def unblock(self, network: Network) -> None:
        """Take back `block`."""
        self._door.access.unblock(network)

    def allow_only(self, networks: Iterable[Network], now: float) -> None:
        """Let in these networks only, all if none is given; put out the others."""
        self._door.access.allow_only(networks)
        self._expel_unwanted(now)

    def change_password(self, password: str, now: float) -> None:
        """Ask everybody to prove another password."""
        self._door.change_password(password)
        self._expel(list(self._sessions.values()), messages.Refusal.PASSWORD_CHANGED, now)
        self._sessions.clear()

    def close(self, now: float) -> None:
        """Store what was said, and tell everybody that the room stops."""
        if self._batch.waiting and not self.closed:
            self._commit(now)
        if self.closed:
            return
        self.closed = True
        self._caster.stop_repeats()
        for session in self._sessions.values():
            if session.over is None:
                self._tell(session, messages.Bye(messages.Refusal.STOPPED))

    # Requests --------------------------------------------------------------------------

    def _receive_sealed(self, sealed: wire.Sealed, address: Address, now: float) -> None:
        """Check session, tag, replay window and form, in this order, then act."""
        session = self._sessions.get(sealed.session)
        if session is None:
            proven = self._door.prove(sealed, address, now)
            if proven is None:
                return
            session = Session.start(sealed.session, proven, now)
            self._take_up(session)
            payload, newest = proven.payload, True
        else:
            try:
                payload, newest = session.opener.open(sealed.datagram, wire.SEALED_PREFIX_SIZE)
            except (Forged, Replayed) as error:
                self.dropped[type(error).__name__.lower()] += 1
                return
        number, request = messages.decode_request(payload)
        if not session.requests.take(now, _COSTS.get(type(request), 1)):
            self.dropped["request beyond the rate"] += 1
        elif request is None:
            self._refuse_malformed(session, number)
        else:
            if isinstance(request, messages.Ping) and request.token == session.token:
                self._move(session, now)
            self._act(session, number, request, now)
        if newest and address == session.address:
            session.claimed = None
        elif newest:
            self._doubt(session, address, len(sealed.datagram))

    def _act(self, session: Session, number: int, request: messages.Request, now: float) -> None:
        if session.over is not None:
            self._refuse(session, number, session.over)
            return
        session.heard_at = now
        contest = self._people.spoke(session)
        if contest is not None:
            self._name_taken(contest.newcomer, contest.number, contest.join, now)
        if isinstance(request, messages.Join):
            self._join(session, number, request, now)
        elif isinstance(request, messages.Leave):
            self._leave(session, number, request, now)
        elif not self._is_in_again(session, now):
            lost = messages.Refusal.NAME_TAKEN if session.name else messages.Refusal.NOT_JOINED
            self._refuse(session, number, lost)
        elif isinstance(request, messages.Say):
            self._say(session, number, request, now)
        elif isinstance(request, messages.Fetch):
            self._fetch(session, number, request, now)
        elif isinstance(request, messages.Who):
            self._who(session, number, request)
        else:
            self._ping(session, number)

    def _doubt(self, session: Session, address: Address, received: int) -> None:
        """Ask whether a session receives where it now sends from (RFC 9000, 8.2).

        Otherwise a member could name somebody else's address, and flood it from here.
        """
        if session.claimed != address:
            session.claimed, session.token = address, self._entropy(messages.TOKEN_SIZE)
        probe = session.seal(messages.encode_notice(messages.Probe(session.token)))
        if len(probe) <= received:
            self._send(probe, address)

    def _join(self, session: Session, number: int, join: messages.Join, now: float) -> None:
        if number < session.join_number:
            self.dropped["overtaken join"] += 1
            return
        session.join_number = number
        if name_problem(join.name) is not None:
            self._refuse_join(session, number, join, messages.Refusal.NAME_BAD)
            return
        if now < session.refused_until and join.name == session.refused_name:
            self._refuse(session, number, messages.Refusal.NAME_TAKEN)
            return
        if session.device not in ("", entries.device_id(join.device)):
            self._refuse_malformed(session, number)
            return
        session.device = entries.device_id(join.device)
        self._replace_older(session, join, now)
        claim = self._people.claim(session, number, join, now)
        if claim is Claim.GRANTED:
            self._enter(session, number, join, now)
        elif claim is Claim.TAKEN:
            self._name_taken(session, number, join, now)

    def _enter(self, session: Session, number: int, join: messages.Join, now: float) -> None:
        if session.name != join.name:
            self._part(session, now)
        if self._people.enter(session, join.name):
            self._came(session, now)
        self._reply(
            session,
            number,
            messages.Joined(
                self.name,
                self._log.head,
                self._is_same_log(join),
                self._log.last_counter(session.device),
                self._people.version,
                self._caster.key_number,
                self._caster.key,
            ),
        )

    def _say(self, session: Session, number: int, say: messages.Say, now: float) -> None:
        """Put new texts into the batch, as many as are good and the rate allows."""
        if say.counter + len(say.texts) > COUNTER_MOST:
            self._refuse_malformed(session, number)
            return
        device, batch = session.device, self._batch
        reached = batch.reached.get(device, self._log.last_counter(device))
        if say.counter > reached + 1:  # the texts between would count as stored, and are not
            self._refuse(session, number, messages.Refusal.COUNTER_SKIPS)
            return
        for counter, text in enumerate(say.texts, start=say.counter):
            if counter <= reached:
                continue
            if not text_fits(text):
                if counter == say.counter:
                    self._refuse(session, number, messages.Refusal.TEXT_BAD)
                    return
                break
            if not session.texts.take(now):
                break
            batch.drafts.append((session, counter, text))
            batch.reached[device] = reached = counter
        batch.waiting.append((session, number, say))

    def _fetch(self, session: Session, number: int, fetch: messages.Fetch, now: float) -> None:
        most = min(max(fetch.datagrams, 1), FETCH_DATAGRAMS_MOST)
        bodies = entries.pack_entries(self._log.read(fetch.first, fetch.last), most) or [b""]
        session.requests.take(now, len(bodies))
        for part, body in enumerate(bodies):
            payload = entries.encode_entries(
                body,
                head=self._log.head,
                version=self._people.version,
                number=number,
                part=part,
                parts=len(bodies),
            )
            self._send(session.seal(payload), session.address)

    def _who(self, session: Session, number: int, who: messages.Who) -> None:
        names = self._people.page(who.start, PEOPLE_PAGE_MOST)
        page = tuple(names[: list_fits(names)])
        version, total = self._people.version, len(self._people)
        self._reply(session, number, messages.People(version, total, who.start, page))

    def _ping(self, session: Session, number: int) -> None:
        self._reply(
            session,
            number,
            messages.Pong(
                self._log.head,
                self._people.version,
                self._caster.key_number,
                self._caster.key,
            ),
        )

    def _leave(self, session: Session, number: int, leave: messages.Leave, now: float) -> None:
        self._reply(session, number, messages.Done())
        self._part(session, now)
        self._forget(session)

    def _refuse(self, session: Session, number: int, reason: messages.Refusal) -> None:
        self._reply(session, number, messages.Refused(reason))

    def _refuse_malformed(self, session: Session, number: int) -> None:
        self.dropped["malformed request"] += 1
        self._refuse(session, number, messages.Refusal.MALFORMED)

    def _refuse_join(
        self, session: Session, number: int, join: messages.Join, reason: messages.Refusal
    ) -> None:
        self._notify(events.JoinRefused(join.name, session.address, reason))
        self._refuse(session, number, reason)

    def _name_taken(self, session: Session, number: int, join: messages.Join, now: float) -> None:
        session.refused_name, session.refused_until = join.name, now + REFUSED_FOR_S
        self._refuse_join(session, number, join, messages.Refusal.NAME_TAKEN)

    # The log ---------------------------------------------------------------------------

    def _commit(self, now: float) -> None:
        """Append the batch, then acknowledge it and cast it."""
        batch, self._batch = self._batch, _Batch()
        time, first = self._utc_now(), self._log.head + 1
        fresh = [
            entries.Entry(seq, time, session.name, text, entries.make_id(session.device, counter))
            for seq, (session, counter, text) in enumerate(batch.drafts, start=first)
        ]
        try:
            if fresh:
                self._log.append(fresh)
        except LogRefused as error:
            self._notify(events.StorageRefused(error))
            for session, number, _ in batch.waiting:
                self._refuse(session, number, messages.Refusal.STORAGE)
            return
        except LogBroken as error:
            self._notify(events.StorageBroken(error))
            self.close(now)
            return
        for session, number, say in batch.waiting:
            self._acknowledge(session, number, say, now)
        if fresh:
            self._notify(events.MessagesStored(tuple(fresh)))
            for body in entries.pack_entries(fresh, len(fresh)):
                self._cast(body)
            self._caster.plan_repeats(fresh, now)

    def _acknowledge(self, session: Session, number: int, say: messages.Say, now: float) -> None:
        stored = self._log.last_counter(session.device)
        unsaid = say.counter + len(say.texts) - 1 > stored
        wait_ms = int(session.texts.wait_s(now) * 1000) + 1 if unsaid else 0
        self._reply(session, number, messages.Stored(stored, self._log.head, wait_ms))

    def _is_same_log(self, join: messages.Join) -> bool:
        """Tell whether our log goes on from what the member has of it."""
        if not join.last_id:  # it has nothing yet, or nothing that can be compared
            return join.last <= self._log.head
        held = self._log.read(join.last, join.last)
        return any(entry.id == join.last_id for entry in held)

    def _cast(self, body: bytes) -> None:
        self._caster.cast(body, self._log.head, self._people.version, self._people)

    # People ----------------------------------------------------------------------------

    def _is_in_again(self, session: Session, now: float) -> bool:
        """Tell whether the session is in, also one that had gone quiet and is back."""
        if self._people.is_in(session):
            return True
        if not self._people.take_back(session):
            return False
        self._came(session, now)
        return True

    def _came(self, session: Session, now: float) -> None:
        self._notify(events.PersonJoined(session.name, session.address))
        self._plan_people_news(now)

    def _part(
        self,
        session: Session,
        now: float,
        *,
        quiet: bool = False,
        reason: messages.Refusal | None = None,
    ) -> None:
        """Take a session out of the room, if it is in."""
        if self._people.leave(session):
            self._notify(events.PersonLeft(session.name, quiet, reason))
            self._plan_people_news(now)

    def _plan_people_news(self, now: float) -> None:
        if self._people_news_at is None:
            self._people_news_at = now + PEOPLE_NEWS_AFTER_S

    def _continue_contests(self, now: float) -> None:
        """Probe the holders of contested names; after their silence, hand them over."""
        lost = self._people.contests_lost(now)
        for contest in lost:
            self._notify(events.PersonLeft(contest.holder.name, reason=messages.Refusal.NAME_TAKEN))
        for contest in lost:
            self._enter(contest.newcomer, contest.number, contest.join, now)
        for holder in self._people.holders_to_probe(now):
            self._tell(holder, messages.Probe())  # a token would vouch for a claimed address

    # Sessions --------------------------------------------------------------------------

    def _take_up(self, session: Session) -> None:
        """Keep a session; the longest unheard makes place where there are too many."""
        if len(self._sessions) >= SESSIONS_MOST:
            others = self._sessions.values()
            away = [one for one in others if not self._people.is_in(one)]
            if not away:
                session.over = messages.Refusal.ROOM_FULL
                return
            self._forget(min(away, key=lambda one: one.heard_at))
        self._sessions[session.number] = session

    def _move(self, session: Session, now: float) -> None:
        """Follow a session to where it receives, unless the host does not let it in."""
        if session.claimed is None:
            return
        session.address, session.claimed = session.claimed, None
        if session.over is None and not self._door.access.permits(session.address):
            self._expel([session], messages.Refusal.REMOVED, now)
        elif self._people.is_in(session):
            self._notify(events.PersonMoved(session.name, session.address))

    def _replace_older(self, session: Session, join: messages.Join, now: float) -> None:
        """Let a device take back at once what its earlier session had."""
        older = self._people.older_session(session)
        if older is not None:
            if name_key(older.name) != name_key(join.name):
                self._part(older, now)
            self._forget(older)

    def _forget(self, session: Session) -> None:
        self._people.forget(session)
        self._sessions.pop(session.number, None)

    def _expel(self, sessions: Iterable[Session], reason: messages.Refusal, now: float) -> None:
        """End sessions; each is told why, now and whenever it asks."""
        for session in sessions:
            self._part(session, now, reason=reason)
            self._people.forget(session)
            session.over = reason
            self._tell(session, messages.Bye(reason))
        self._caster.change_key()

    def _expel_unwanted(self, now: float) -> None:
        permits = self._door.access.permits
        sessions = self._sessions.values()
        unwanted = [one for one in sessions if one.over is None and not permits(one.address)]
        if unwanted:
            self._expel(unwanted, messages.Refusal.REMOVED, now)

    # ----------------------------------------------------------------------------------

    def _reply(self, session: Session, number: int, reply: messages.Reply) -> None:
        self._send(session.seal(messages.encode_reply(number, reply)), session.address)

    def _tell(self, session: Session, notice: messages.Notice) -> None:
        self._send(session.seal(messages.encode_notice(notice)), session.address)

    def _send(self, data: bytes, address: Address) -> None:
        self._outgoing.append((data, address))

    def _notify(self, event: events.RoomEvent) -> None:
        self._events.append(event)
