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

The way of a datagram: `wire` decodes it; its session opens it, or the `door` takes it as
the proof that begins one; `messages` make a request of it; the session's rate allows it;
`requests` handle it, and what they answer is sealed and sent.
"""

from collections.abc import Callable, Iterable

from chatroom.crypto import cpace, replay, sealing
from chatroom.problems import WrongInput
from chatroom.protocol import addresses, entries, messages, wire
from chatroom.server import batch, caster, door, events, figures, host, people, requests, searches
from chatroom.server.log import Log, LogBroken
from chatroom.server.post import Post
from chatroom.server.session import Session
from chatroom.server.sessions import Sessions

SWEEP_EVERY_S = 5.0


class Room:
    """The room: its log, its people, and what each may be sent."""

    def __init__(
        self,
        log: Log,
        password: str,
        *,
        name: str = "default",
        entropy: cpace.Entropy,
        utc_now: Callable[[], str],
        now: float,
    ) -> None:
        """Open the room. Raises ValueError for a name that does not fit a Joined.

        `entropy` gives that many random bytes, `utc_now` the time as ISO 8601; `now`,
        here and everywhere, is seconds on a clock that never goes back.
        """
        if not 0 < len(name.encode()) <= wire.NAME_SIZE:
            raise ValueError(name)
        self.closed = False
        self._log = log
        self._entropy = entropy
        self._post = Post()
        self._door = door.Door(password, entropy, now, self._post)
        self._caster = caster.Caster(entropy)
        self._people = people.People(self._post.notify)
        self._sessions = Sessions(self._people, self._post)
        self._batch = batch.Batch(log, utc_now)
        self._host = host.Host(self._people, entropy)
        self._searches = searches.Searches(log, self._people, self._post)
        self._requests = requests.Requests(
            name,
            log,
            self._batch,
            self._people,
            self._sessions,
            self._caster,
            self._searches,
            self._post,
        )
        self._sweep_at = now + SWEEP_EVERY_S

    def receive_datagram(self, data: bytes, address: addresses.Address, now: float) -> None:
        """Take in one datagram; nothing that a stranger sends raises.

        Strangers are answered at the address that it came from, and nothing is kept of them
        before they have shown that they receive there. Sessions are known by their number
        and answered where they have shown that they receive.
        """
        if self.closed:
            return
        match wire.decode_datagram(data):
            case wire.Sealed() as sealed:
                self._receive_sealed(sealed, address, now)
            case wire.Hello() as hello:
                self._post.send(self._door.hello(hello, address, now), address)
            case wire.Knock() as knock:
                answer = self._door.knock(knock, address, now)
                if answer is not None:
                    self._post.send(answer, address)
            case _:
                self._post.dropped[figures.Drop.MALFORMED_DATAGRAM] += 1

    def datagrams_to_send(self, now: float) -> list[tuple[bytes, addresses.Address]]:
        """Store what was said, and return all there is to send; empties the list."""
        if not self.closed:
            self._commit(now)
        return self._post.take_datagrams()

    def take_events(self) -> list[events.RoomEvent]:
        """Return what happened since the last call."""
        return self._post.take_events()

    def timer(self, now: float) -> float:
        """Return when `handle_timer` is due."""
        times = (
            self._door.timer(now),
            self._caster.repeat_at,
            self._people.timer(),
            self._people.news_at,
            self._sweep_at,
            self._host.due_at,
            now if self._searches else None,
        )
        return min(time for time in times if time is not None)

    def handle_timer(self, now: float) -> None:
        """Do what time brings: repeats, contests, people gone quiet, a slice of a search."""
        self._post.send_all(self._door.handle_timer(now))
        if self._caster.repeat_at is not None and now >= self._caster.repeat_at:
            self._cast(self._caster.next_repeat(now))
        if self._people.take_news(now):
            self._cast(b"")
        try:
            self._requests.settle_contests(now)
            self._searches.step(now)
        except LogBroken as problem:
            self._break(problem)
        if now >= self._sweep_at:
            self._sweep_at = now + SWEEP_EVERY_S
            for session in self._people.quiet(now):
                self._people.leave(session, now, quiet=True)

    # The host's wishes -----------------------------------------------------------------

    @property
    def host_name(self) -> str:
        """The name that the host speaks under, "" where none is reserved."""
        return self._host.name

    @property
    def host_device(self) -> str:
        """What stands before the dash in the ids of the host's entries."""
        return self._host.device

    def reserve(self, name: str, now: float) -> None:
        """Have the host speak under a name, which nobody else can take from now on.

        It stands in everybody's list of people. Another call changes it. Raises WrongInput
        for what is no name, and where somebody in the room has it.
        """
        self._host.reserve(name, now)

    def say(self, text: str, now: float) -> None:
        """Have the host say something: stored and cast as everybody's texts.

        Where the log refuses it, it waits and is tried again. Raises WrongInput where no name
        is reserved, for an empty text, and where more would wait than can.
        """
        if self.closed:
            raise WrongInput(host.BadSpeech.ROOM_CLOSED)
        self._host.say(text, now)

    def people(self, now: float) -> list[people.Person]:
        """Return everybody in the room but the host, in the order of coming."""
        return self._people.shown(now)

    def history(self, first: int, last: int) -> list[entries.Entry]:
        """Return the entries from `first` to `last`, both included."""
        try:
            return list(self._log.read(first, last))
        except LogBroken as problem:
            self._break(problem)
            return []

    def find(self, words: str, before: int, now: float) -> None:
        """Look for words, and for no others; `events.HitsFound` tell what comes of it.

        As the members' Find: before this number, 0 for all, and one answer at a time.
        """
        self._searches.ask_for_host(messages.Find(words, before))

    def stop_finding(self) -> None:
        """Take back `find`."""
        self._searches.drop(None)

    def figures(self) -> figures.Figures:
        """Return how the room is: who is there, what is kept, what was dropped so far."""
        return figures.Figures(
            dropped=dict(self._post.dropped),
            people=len(self._people),
            version=self._people.version,
            contests=self._people.contests,
            sessions=self._sessions.figures(),
            door=self._door.figures(),
            key_number=self._caster.key_number,
            says_waiting=len(self._batch),
            host_waiting=len(self._host),
            datagrams_waiting=len(self._post),
        )

    def remove(self, name: str, now: float) -> bool:
        """Put out whoever has this name. Return False where nobody has."""
        session = self._people.find(name)
        if session is None:
            return False
        self._expel([session], messages.Refusal.REMOVED, now)
        return True

    def block(self, network: addresses.Network, now: float) -> None:
        """Let nobody in from this network, and put out who is there."""
        self._door.access.block(network)
        self._expel_unwanted(now)

    def unblock(self, network: addresses.Network) -> None:
        """Take back `block` of exactly this network."""
        self._door.access.unblock(network)

    def blocked(self) -> list[addresses.Network]:
        """Return what is blocked, in the order of the addresses."""
        return list(self._door.access.blocked)

    def allowed(self) -> list[addresses.Network]:
        """Return the only networks let in, in the order of the addresses; none: all are."""
        return list(self._door.access.allowed)

    def allow_only(self, networks: Iterable[addresses.Network], now: float) -> None:
        """Let in these networks only, all if none is given; put out the others."""
        self._door.access.allow_only(networks)
        self._expel_unwanted(now)

    def change_password(self, password: str, now: float) -> None:
        """Ask everybody to prove another password."""
        self._door.change_password(password)
        self._expel(list(self._sessions), messages.Refusal.PASSWORD_CHANGED, now)
        self._sessions.clear()

    def close(self, now: float) -> None:
        """Store what was said, and tell everybody that the room stops."""
        self._host.hurry(now)
        while not self.closed:
            self._commit(now)
            if not self._host.is_due(now):
                break
        if not self.closed:  # a log that broke has closed it
            self._stop()

    # The way of a datagram -------------------------------------------------------------

    def _receive_sealed(self, sealed: wire.Sealed, address: addresses.Address, now: float) -> None:
        """Check session, tag, replay window, form and rate, in this order, then answer."""
        opened = self._open(sealed, address, now)
        if opened is None:
            return
        session, payload, is_newest = opened
        number, request = messages.decode_request(payload)
        if session.may_ask(request, now):
            if isinstance(request, messages.Ping):
                self._follow(session, request.token, now)
            try:
                answer = self._requests.handle(session, number, request, now)
            except LogBroken as problem:
                self._break(problem)
                return
            self._post.answer(session, number, answer)
        else:
            self._post.dropped[figures.Drop.BEYOND_RATE] += 1
        if is_newest:
            self._probe(session, address, len(sealed.datagram))

    def _open(
        self, sealed: wire.Sealed, address: addresses.Address, now: float
    ) -> tuple[Session, bytes, bool] | None:
        """Return session, payload, and whether this is its newest datagram."""
        session = self._sessions.get(sealed.session)
        if session is None:
            proven = self._door.prove(sealed, address, now)
            if not isinstance(proven, door.Proven):
                self._post.send(proven, address)
                return None
            self._sessions.take_up(proven.session, now)
            return proven.session, proven.payload, True
        try:
            return session, *session.channel.open(sealed.datagram)
        except sealing.Forged:
            self._post.dropped[figures.Drop.FORGED] += 1
        except replay.Replayed:
            self._post.dropped[figures.Drop.REPLAYED] += 1
        return None

    def _follow(self, session: Session, token: bytes, now: float) -> None:
        """Move a session to where it receives, unless the host does not let it in there."""
        if not session.path.confirm(token):
            return
        if session.over is None and not self._door.access.permits(session.address):
            self._expel([session], messages.Refusal.REMOVED, now)
        elif self._people.is_in(session):
            self._post.notify(events.PersonMoved(session.name, session.address))

    def _probe(self, session: Session, source: addresses.Address, received: int) -> None:
        """Ask whether a session receives where it now sends from, with no more than came."""
        token = session.path.hear_from(source, self._entropy)
        if token is not None:
            probe = session.channel.seal(messages.encode_notice(messages.Probe(token)))
            if len(probe) <= received:
                self._post.send(probe, source)

    # ----------------------------------------------------------------------------------

    def _commit(self, now: float) -> None:
        """Store the batch, then acknowledge it and cast it."""
        drafts = self._host.drafts() if self._host.is_due(now) else []
        self._batch.add(drafts)
        if not self._batch:
            return
        try:
            committed = self._batch.commit(now)
        except LogBroken as problem:
            self._break(problem)
            return
        if drafts:
            self._host.put_off(now) if committed.refused else self._host.settle(len(drafts), now)
        for answer in committed.answers:
            self._post.reply(*answer)
        if committed.refused is not None:
            self._post.notify(events.StorageRefused(committed.refused))
        if committed.entries:
            self._post.notify(events.MessagesStored(committed.entries))
            for body in entries.pack_entries(committed.entries, len(committed.entries)):
                self._cast(body)
            self._caster.plan_repeats(committed.entries, now)

    def _cast(self, body: bytes) -> None:
        head, version = self._log.head, self._people.version
        self._post.send_all(self._caster.cast(body, head, version, self._people))

    def _expel_unwanted(self, now: float) -> None:
        unwanted = self._sessions.unwanted(self._door.access.permits)
        if unwanted:
            self._expel(unwanted, messages.Refusal.REMOVED, now)

    def _expel(self, ended: Iterable[Session], reason: messages.Refusal, now: float) -> None:
        """End sessions, and shut them from what is cast from now on."""
        self._sessions.expel(ended, reason, now)
        self._caster.change_key()

    def _break(self, problem: LogBroken) -> None:
        """Stop, since nobody can tell any more what is in the log."""
        self._post.notify(events.StorageBroken(problem))
        self._stop()

    def _stop(self) -> None:
        self.closed = True
        unsaid = self._host.give_up()
        if unsaid:
            self._post.notify(events.HostTextsLost(len(unsaid), unsaid))
        self._caster.stop_repeats()
        for session in self._sessions:
            if session.over is None:
                self._post.tell(session, messages.Bye(messages.Refusal.STOPPED))
