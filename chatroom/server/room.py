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

The way of a datagram: `wire` decodes it; the `door` answers strangers; `reception` opens
what is sealed and lets `requests` handle it, and what they answer is sealed and sent. What
was said goes through `delivery` to the log, and from there to all.
"""

from collections.abc import Callable, Iterable

from chatroom.crypto import cpace, host_key
from chatroom.problems import WrongInput
from chatroom.protocol import addresses, entries, messages, outgoing, wire
from chatroom.server import (
    batch,
    caster,
    delivery,
    door,
    events,
    figures,
    host,
    people,
    reading,
    reception,
    requests,
)
from chatroom.server.log import Log, LogBroken
from chatroom.server.post import Post
from chatroom.server.sessions import SESSIONS_PER_HOST, Sessions

SWEEP_EVERY_S = 5.0


class Room:
    """The room: its log, its people, and what each may be sent."""

    def __init__(
        self,
        log: Log,
        password: str,
        *,
        name: str = "default",
        host_secret: bytes | None = None,
        sessions_per_host: int = SESSIONS_PER_HOST,
        entropy: cpace.Entropy,
        utc_now: Callable[[], str],
        now: float,
    ) -> None:
        """Open the room. Raises ValueError for a name that does not fit a Joined.

        `host_secret` is of the host's key; without one it lasts as long as this room.
        One address has so many sessions at most. `entropy` gives that many random bytes,
        `utc_now` the time as ISO 8601; `now`, here and everywhere, is seconds on a clock
        that never goes back.
        """
        if not 0 < len(name.encode()) <= wire.NAME_SIZE:
            raise ValueError(name)
        self.closed = False
        self._log = log
        self._post = Post()
        key = host_key.HostKey(host_secret or entropy(cpace.POINT_SIZE))
        self.host_key = key.public
        self._door = door.Door(password, key, entropy, now, self._post)
        self._caster = caster.Caster(entropy, now)
        self._people = people.People(self._post.notify)
        self._sessions = Sessions(self._people, self._caster, self._post, sessions_per_host)
        self._batch = batch.Batch(log, utc_now)
        self._host = host.Host(self._people, entropy)
        self._delivery = delivery.Delivery(
            log, self._batch, self._host, self._people, self._caster, self._post
        )
        self._reading = reading.Reading(log, self._people, self._post)
        self._requests = requests.Requests(
            name,
            log,
            self._batch,
            self._people,
            self._sessions,
            self._caster,
            self._reading,
            self._post,
        )
        self._reception = reception.Reception(
            self._door, self._sessions, self._people, self._requests, self._post, entropy
        )
        self._opened_at = now
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
                try:
                    self._reception.receive(sealed, address, now)
                except LogBroken as problem:
                    self._break(problem)
            case wire.Hello() as hello:
                self._post.send(self._door.hello(hello, address, now), address)
            case wire.Knock() as knock:
                answer = self._door.knock(knock, address, now)
                if answer is not None:
                    self._post.send(answer, address)
            case _:
                self._post.dropped[figures.Drop.MALFORMED_DATAGRAM] += 1

    def datagrams_to_send(self, now: float) -> outgoing.Outgoing:
        """Store what was said, and return all there is to send, once."""
        if not self.closed:
            self._store(now)
        return self._post.take_datagrams()

    def take_events(self) -> list[events.RoomEvent]:
        """Return what happened since the last call."""
        return self._post.take_events()

    def timer(self, now: float) -> float:
        """Return when `handle_timer` is due."""
        if self._reading:
            return now
        return min(
            self._sweep_at, self._delivery.timer(), self._door.timer(now), self._people.timer()
        )

    def handle_timer(self, now: float) -> None:
        """Do what time brings: repeats, contests, people gone quiet, a little reading."""
        self._post.send_all(self._door.handle_timer(now))
        self._delivery.handle_timer(now)
        try:
            self._requests.settle_contests(now)
            self._reading.step(now)
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
        self._reading.searches.ask_for_host(messages.Find(words, before))

    def stop_finding(self) -> None:
        """Take back `find`."""
        self._reading.searches.drop(None)

    def figures(self) -> figures.Figures:
        """Return how the room is: who is there, what is kept, what was dropped so far."""
        return figures.Figures(
            head=self._log.head,
            opened_at=self._opened_at,
            dropped=dict(self._post.dropped),
            people=len(self._people),
            version=self._people.roll.version,
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
        self._sessions.expel([session], messages.Refusal.REMOVED, now)
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
        self._sessions.expel(list(self._sessions), messages.Refusal.PASSWORD_CHANGED, now)
        self._sessions.clear()

    def close(self, now: float) -> None:
        """Store what was said, and tell everybody that the room stops."""
        self._host.hurry(now)
        while not self.closed:
            self._store(now)
            if not self._host.is_due(now):
                break
        if not self.closed:  # a log that broke has closed it
            self._stop()

    # ----------------------------------------------------------------------------------

    def _store(self, now: float) -> None:
        try:
            self._delivery.commit(now)
        except LogBroken as problem:
            self._break(problem)

    def _expel_unwanted(self, now: float) -> None:
        self._door.access_changed()
        unwanted = self._sessions.unwanted(self._door.access.permits)
        if unwanted:
            self._sessions.expel(unwanted, messages.Refusal.REMOVED, now)

    def _break(self, problem: LogBroken) -> None:
        """Stop, since nobody can tell any more what is in the log."""
        self._post.notify(events.StorageBroken(problem))
        self._stop()

    def _stop(self) -> None:
        self.closed = True
        unsaid = self._host.give_up()
        if unsaid:
            self._post.notify(events.HostTextsLost(len(unsaid), unsaid))
        self._delivery.stop()
        for session in self._sessions:
            if session.over is None:
                self._post.tell(session, messages.Bye(messages.Refusal.STOPPED))
