"""The client's side of the conversation, with no socket, clock or chance of its own.

The same shape as `room`: datagrams and the time go in, datagrams and events come out. All
retry timers of the protocol are on this side.
"""

from collections.abc import Callable

from chatroom.client import events
from chatroom.client.asking import Pending, Requests, RoundTrip
from chatroom.client.catching_up import Stretch
from chatroom.client.handshake import ClientSession, Handshake
from chatroom.client.outbox import Outbox
from chatroom.client.roster import Roster
from chatroom.client.states import State, checked_step
from chatroom.crypto.replay import Replayed, ReplayWindow
from chatroom.crypto.sealing import Forged, decrypt, packet_number
from chatroom.protocol import messages, wire
from chatroom.protocol.addresses import Address
from chatroom.protocol.entries import Entries, decode_entries, device_id, is_entries
from chatroom.protocol.wire import Hint

TRIES_BEFORE_LOST = 3
SILENCE_BEFORE_LOST_S = 2.0  # on a fast network three tries are over in no time
JOINS_BEFORE_NEW_HANDSHAKE, ASKED_BEFORE_NEW_HANDSHAKE_S = 5, 4.0
"""A Join may wait two seconds while the server looks whether the name is free."""
LEAVE_TRIES = 3
PROOFS_BEFORE_WRONG = 2
"""Refused proofs before the password is called wrong: one may be a damaged datagram."""
PING_AFTER_S, PING_SPREAD_S = 20.0, 2.0  # RFC 8085: not under 15 s; keeps NAT open
GAP_WAIT_S = 0.08  # a repeated cast may still fill it
CROWD_SPREAD_S = 0.2  # so that not everybody asks at once for what all just lack
EMPTY_ANSWER_PAUSE_S = 2.0
FETCH_DATAGRAMS = 16
SILENCE_TOLD_AFTER_S = 2.5


_NEVER = float("inf")
_REPLIES: dict[type[messages.Request], tuple[type[messages.Reply], ...]] = {
    messages.Join: (messages.Joined, messages.Refused),
    messages.Say: (messages.Stored, messages.Refused),
    messages.Fetch: (messages.Refused,),  # it is answered by entries
    messages.Who: (messages.People, messages.Refused),
    messages.Ping: (messages.Pong, messages.Refused),
    messages.Leave: (messages.Done, messages.Refused),
}


class Member:
    """One person's end of the room."""

    def __init__(
        self,
        server: Address,
        password: str,
        name: str,
        *,
        device: bytes,
        history: int | None = 100,
        entropy: Callable[[int], bytes],
        random: Callable[[], float],
        now: float,
    ) -> None:
        """Begin to knock at the server.

        `device` is 16 secret random bytes that say who takes a name back, for this
        Member alone, since it counts what it says from 1; `history` is
        how many earlier entries to fetch (None: all); `entropy` gives random bytes and
        `random` numbers from 0 to 1. Raises ValueError for a name too long to send.
        """
        self.name = _checked(name)
        self.state = State.AT_THE_DOOR
        self._server = server
        self._password = password
        self._device = device
        self._history = history
        self._entropy = entropy
        self._random = random
        self._outgoing: list[bytes] = []
        self._events: list[events.MemberEvent] = []
        self._round_trip = RoundTrip()
        self._session: ClientSession | None = None
        self._hint: Hint | None = None  # what GONE said, until an answer or a timeout
        self._hint_told: Hint | None = None
        self._proofs_refused = 0
        self._lost = False
        self._was_in = False
        self._caught_up = False
        self._requests = Requests(self._round_trip, random)
        self._stretch = Stretch()
        self._fetch_at = now
        self._fetch_datagrams = FETCH_DATAGRAMS
        self._outbox = Outbox(now)
        self._ping_at = now
        self._probe_at = _NEVER
        self._token = messages.NO_TOKEN
        self._room_key = (-1, b"")
        self._casts_seen = ReplayWindow()
        self._roster = Roster()
        self._who_at = now
        self._knock_anew(now)

    @property
    def unsaid(self) -> int:
        """How many texts the server has not yet called stored."""
        return len(self._outbox)

    @property
    def is_settled(self) -> bool:
        """Whether all that we said is stored and all that is stored is here."""
        complete = self._stretch.last >= self._stretch.head
        return self.state is State.IN and not self._outbox and complete

    @property
    def closed(self) -> bool:
        """Whether this member is done, and will send nothing more."""
        return self.state is State.OVER

    # What the person does --------------------------------------------------------------

    def say(self, text: str, now: float) -> list[int]:
        """Queue a text, split as needed; return the counters of its parts."""
        parts = self._outbox.add(text)
        for counter, part in parts:
            self._notify(events.TextQueued(counter, part))
        return [counter for counter, _ in parts]

    def fetch_earlier(self, count: int, now: float) -> None:
        """Ask for entries before the first one; they come as `EarlierEntries`."""
        self._stretch.want_earlier(count)
        self._fetch_at = now

    def rename(self, name: str, now: float) -> None:
        """Ask for another name, after `NameRefused` or before the first `Entered`.

        Raises ValueError for a name too long to send.
        """
        self.name = _checked(name)
        if self.state in (State.NAME_ASKED, State.JOINING):
            self._join(now)

    def retry_password(self, password: str, now: float) -> None:
        """Knock with another password, after `PasswordRefused`."""
        self._password = password
        if self.state is State.PASSWORD_ASKED:
            self._knock_anew(now)

    def leave(self, now: float) -> None:
        """Say goodbye; `Left` follows, at once or after a few tries."""
        if self.state in (State.IN, State.JOINING, State.NAME_ASKED):
            self._requests.clear()
            self._step(State.LEAVING)
            self._requests.start(messages.Leave(), now)
        elif self.state not in (State.LEAVING, State.OVER):
            self._end(events.Left(self.unsaid))

    # What the driver does --------------------------------------------------------------

    def receive_datagram(self, data: bytes, address: Address, now: float) -> None:
        """Take in one datagram; what is not from our server changes nothing."""
        datagram = wire.decode_datagram(data)
        if isinstance(datagram, wire.Sealed):
            self._receive_sealed(datagram, now)
        elif isinstance(datagram, wire.Cast):
            self._receive_cast(datagram, now)
        elif isinstance(datagram, wire.Gone):
            self._receive_hint(datagram, now)
        elif self.state is not State.AT_THE_DOOR:
            pass
        elif isinstance(datagram, wire.Cookie):
            self._handshake.receive_cookie(datagram, now)
        elif isinstance(datagram, wire.Answer):
            self._session = self._handshake.receive_answer(datagram, now)
            if self._session is not None:
                self._join(now)

    def datagrams_to_send(self, now: float) -> list[tuple[bytes, Address]]:
        """Return all there is to send now; empties the list."""
        self._start_requests(now)
        self._send_due(now)
        outgoing, self._outgoing = self._outgoing, []
        return [(data, self._server) for data in outgoing]

    def take_events(self) -> list[events.MemberEvent]:
        """Return what happened since the last call."""
        told, self._events = self._events, []
        return told

    def timer(self, now: float) -> float | None:
        """Return when `handle_timer` is due, or None while we wait for the person."""
        times = [self._requests.timer()]
        if self.state is State.AT_THE_DOOR:
            times.append(self._handshake.timer)
        if self.state is State.IN:
            times += [at for kind, at in self._wishes() if kind not in self._requests]
        return min((time for time in times if time is not None), default=None)

    def handle_timer(self, now: float) -> None:
        """Give up on what has waited too long; `datagrams_to_send` repeats the rest."""
        for pending in self._requests.timed_out(now):
            self._time_out(pending, now)
        if self.state is State.AT_THE_DOOR and self._handshake.timed_out(now):
            self._tell_silence(now)

    # At the door -----------------------------------------------------------------------

    def _knock_anew(self, now: float) -> None:
        self._requests.clear()
        self._session = None
        self._hint = None
        self._knocking_since = now
        self._handshake = Handshake(
            self._password, self._round_trip, self._entropy, self._random, now
        )
        if self.state is not State.AT_THE_DOOR:
            self._step(State.AT_THE_DOOR)

    def _join(self, now: float) -> None:
        """Ask for the name, and by asking prove the password."""
        self._requests.clear()
        self._step(State.JOINING)
        stretch = self._stretch
        self._requests.start(
            messages.Join(self.name, self._device, stretch.last, stretch.last_id), now
        )

    def _receive_hint(self, gone: wire.Gone, now: float) -> None:
        """Keep a hint about our session until an answer shows that it was a lie."""
        if self._session is not None and gone.session == self._session.number:
            self._hint = Hint.read(gone.hint) or self._hint
        elif self.state is State.AT_THE_DOOR:
            hint = self._handshake.receive_hint(gone, now)
            if hint is not None and hint is not self._hint_told:
                self._hint_told = hint
                self._tell_hint(hint)

    def _tell_hint(self, hint: Hint) -> None:
        """Tell why we wait at the door, once."""
        if hint is Hint.SLOW_DOWN:
            self._notify(events.GuessesSlowedHere())
        elif hint in (Hint.NOT_ALLOWED, Hint.OTHER_VERSION):
            self._notify(events.AccessRefused(hint))

    def _tell_silence(self, now: float) -> None:
        silent_s = now - self._knocking_since
        if self._handshake.was_answered or silent_s < SILENCE_TOLD_AFTER_S:
            return
        if self._was_in:
            self._tell_lost(stopped=False)
        else:
            self._notify(events.ServerSilent(silent_s))

    def _proof_refused(self, now: float) -> None:
        self._proofs_refused += 1
        if self._proofs_refused < PROOFS_BEFORE_WRONG:
            self._knock_anew(now)
        else:
            self._ask_password()

    def _ask_password(self) -> None:
        self._proofs_refused = 0
        self._requests.clear()
        self._step(State.PASSWORD_ASKED)
        self._notify(events.PasswordRefused())

    # Receiving -------------------------------------------------------------------------

    def _receive_sealed(self, sealed: wire.Sealed, now: float) -> None:
        session = self._session
        if session is None or sealed.session != session.number:
            return
        try:
            payload, _ = session.opener.open(sealed.datagram, wire.SEALED_PREFIX_SIZE)
        except (Forged, Replayed):
            return
        self._heard()
        if is_entries(payload):
            entries = decode_entries(payload)
            if entries is not None:
                self._receive_entries(entries, now)
            return
        number, reply = messages.decode_reply(payload)
        if isinstance(reply, messages.Bye):
            self._receive_bye(reply.reason, now)
        elif isinstance(reply, messages.Probe):
            self._requests.drop(messages.Ping)
            self._token = reply.token
            self._probe_at = now
        elif reply is not None:
            pending = self._requests.answered(number, now)
            if pending is not None and isinstance(reply, _REPLIES[pending.kind]):
                self._requests.drop(pending.kind)
                self._receive_reply(pending.request, reply, now)

    def _receive_cast(self, cast: wire.Cast, now: float) -> None:
        """Check tag, key and replay window, in this order, then take the entries."""
        if self._session is None or self.state is not State.IN:
            return
        try:
            body = self._session.cast_tagger.check(cast.datagram)
            key_number, key = self._room_key
            if cast.key_number != key_number:
                self._heard()
                self._probe_at = min(self._probe_at, now + self._spread())
                return
            self._casts_seen.accept(packet_number(body, wire.CAST_PREFIX_SIZE))
        except (Forged, Replayed):
            return
        self._heard()
        entries = decode_entries(decrypt(key, body, wire.CAST_PREFIX_SIZE))
        if entries is not None:
            self._take_entries(entries, now, wait_s=GAP_WAIT_S)

    def _receive_entries(self, entries: Entries, now: float) -> None:
        """Take one part of the answer to a Fetch; with the last part it is answered."""
        pending = self._requests.answered(entries.number, now)
        if pending is not None:
            pending.parts.add(entries.part)
            if not entries.entries:  # the server has nothing of what we lack
                self._fetch_at = now + EMPTY_ANSWER_PAUSE_S
            if len(pending.parts) >= entries.parts:
                self._requests.drop(messages.Fetch)
                self._fetch_datagrams = min(self._fetch_datagrams * 2, FETCH_DATAGRAMS)
            else:
                self._requests.wait_longer(pending, now)
        if self.state is State.IN:
            self._take_entries(entries, now, wait_s=0.0)

    def _take_entries(self, entries: Entries, now: float, wait_s: float) -> None:
        self._stretch.offer(entries.entries)
        new = self._stretch.take_new()
        self._learn(entries.head, entries.version, now, wait_s)
        if new:
            self._notify(events.NewEntries(new))
        earlier = self._stretch.take_earlier()
        if earlier:
            self._notify(events.EarlierEntries(earlier))
        self._tell_caught_up()

    def _learn(self, head: int, version: int, now: float, wait_s: float) -> None:
        """Note how far log and people list have come, and when to ask for them."""
        stretch = self._stretch
        if stretch.last == stretch.head < head:  # a gap that we did not know
            self._fetch_at = now + wait_s * (1 + self._random())
        stretch.learn_head(head)
        if self._roster.hear(version):
            self._who_at = now + self._spread()

    def _tell_caught_up(self) -> None:
        if not self._caught_up and self._stretch.last >= self._stretch.head:
            self._caught_up = True
            self._notify(events.CaughtUp(self._stretch.first))

    def _heard(self) -> None:
        """Note that the server is there: only it can make a valid tag."""
        self._hint = None
        if self._lost and self.state is State.IN:
            self._lost = False
            self._notify(events.ServerFound())

    def _receive_bye(self, reason: messages.Refusal, now: float) -> None:
        if self.state in (State.OVER, State.PASSWORD_ASKED):
            return
        if self.state is State.LEAVING:
            self._end(events.Left(self.unsaid))
        elif reason is messages.Refusal.STOPPED:
            self._tell_lost(stopped=True)
            self._knock_anew(now)
        elif reason is messages.Refusal.PASSWORD_CHANGED:
            self._ask_password()
        else:
            self._end(events.Expelled(reason))

    def _receive_reply(self, request: messages.Request, reply: messages.Reply, now: float) -> None:
        """Act on the answer to a request, which is no longer pending."""
        if isinstance(reply, messages.Refused):
            self._receive_refused(request, reply.reason, now)
        elif isinstance(reply, messages.Joined):
            self._receive_joined(reply, now)
        elif isinstance(reply, messages.Stored):
            self._receive_stored(reply.counter, now + reply.wait_ms / 1000)
            self._learn(reply.head, 0, now, GAP_WAIT_S)
        elif isinstance(reply, messages.People):
            changed = self._roster.take(reply)
            if changed is not None:
                self._notify(changed)
        elif isinstance(reply, messages.Pong):
            self._take_room_key(reply.key_number, reply.key)
            self._learn(reply.head, reply.version, now, 0.0)
        elif isinstance(reply, messages.Done):
            self._end(events.Left(self.unsaid))

    def _receive_joined(self, joined: messages.Joined, now: float) -> None:
        stretch = self._stretch
        fresh = not self._was_in
        if not fresh and not joined.same:
            self._notify(events.LogReplaced())
            fresh = True
        if fresh:
            stretch.begin(joined.head, self._history)
        else:
            stretch.resume(joined.head)
        device = device_id(self._device)
        self._notify(events.Entered(joined.room, self.name, device, back=self._was_in))
        self._proofs_refused = 0
        self._hint_told = None
        self._lost = False
        self._was_in = True
        self._caught_up = False
        self._take_room_key(joined.key_number, joined.key)
        self._roster.begin(joined.version)
        self._step(State.IN)
        self._receive_stored(joined.counter, now)
        self._learn(joined.head, joined.version, now, 0.0)
        self._fetch_at = self._who_at = now
        self._tell_caught_up()

    def _receive_stored(self, counter: int, next_at: float) -> None:
        if self._outbox.stored(counter, next_at):
            self._notify(events.TextsStored(counter))

    def _receive_refused(
        self, request: messages.Request, reason: messages.Refusal, now: float
    ) -> None:
        if self.state is State.LEAVING:
            self._end(events.Left(self.unsaid))
        elif reason in (messages.Refusal.NAME_TAKEN, messages.Refusal.NAME_BAD):
            self._requests.clear()
            self._step(State.NAME_ASKED)
            self._notify(events.NameRefused(self.name, reason))
        elif reason is messages.Refusal.NOT_JOINED:
            if self.state is State.IN:
                self._join(now)
        elif reason is messages.Refusal.STORAGE:
            if self._outbox.stall(now):
                self._notify(events.StorageStalled())
        elif reason is messages.Refusal.TEXT_BAD:
            if isinstance(request, messages.Say) and self._outbox:
                self._notify(events.TextRefused(*self._outbox.give_up_first()))
        else:
            self._receive_bye(reason, now)

    def _take_room_key(self, number: int, key: bytes) -> None:
        if (number, key) != self._room_key:
            self._room_key = (number, key)
            self._casts_seen = ReplayWindow()

    # Requests --------------------------------------------------------------------------

    def _wishes(self) -> list[tuple[type[messages.Request], float]]:
        """Return which requests are wanted while we are in, and from when on."""
        ping_at = min(self._ping_at, self._probe_at)
        wishes: list[tuple[type[messages.Request], float]] = [(messages.Ping, ping_at)]
        if self._outbox:
            wishes.append((messages.Say, self._outbox.ready_at))
        if self._stretch.missing():
            wishes.append((messages.Fetch, self._fetch_at))
        if self._roster.is_stale:
            wishes.append((messages.Who, self._who_at))
        return wishes

    def _start_requests(self, now: float) -> None:
        if self.state is not State.IN:
            return
        for kind, at in self._wishes():
            if now >= at and kind not in self._requests:
                request = self._make_request(kind)
                if request is not None:
                    self._requests.start(request, now)

    def _make_request(self, kind: type[messages.Request]) -> messages.Request | None:
        """Return a request of this kind with what is to be asked now, if anything."""
        if kind is messages.Say:
            return self._outbox.request()
        if kind is messages.Fetch:
            missing = self._stretch.missing()
            return messages.Fetch(*missing, self._fetch_datagrams) if missing else None
        if kind is messages.Who:
            return messages.Who(self._roster.next_start)
        self._probe_at = _NEVER
        return messages.Ping(self._token)

    def _send_due(self, now: float) -> None:
        if self.state is State.AT_THE_DOOR:
            data = self._handshake.datagram_to_send(now)
            if data is not None:
                self._outgoing.append(data)
        if self._session is None:
            return
        prefix = wire.sealed_prefix(self._session.number)
        for message in self._requests.transmit(now):
            self._outgoing.append(self._session.sealer.seal(prefix, message))
            spread_s = PING_SPREAD_S * (2 * self._random() - 1)
            self._ping_at = now + PING_AFTER_S + spread_s

    def _time_out(self, pending: Pending, now: float) -> None:
        """Look at the hint, if there was one; after some tries, say that it is quiet."""
        kind, tries = pending.kind, pending.retry.tries
        asked_for_s = now - pending.retry.first_sent_at
        if kind is messages.Leave:
            if tries > LEAVE_TRIES or self._hint is Hint.UNKNOWN_SESSION:
                self._end(events.Left(self.unsaid))
        elif self._hint is Hint.WRONG_PASSWORD and kind is messages.Join:
            self._proof_refused(now)
        elif self._hint is Hint.SLOW_DOWN and kind is messages.Join:
            self._notify(events.GuessesSlowedHere())
            self._knock_anew(now)
            self._handshake.pause(now)
        elif self._hint is Hint.UNKNOWN_SESSION:
            self._tell_lost(stopped=False)
            self._knock_anew(now)
        elif (
            kind is messages.Join
            and tries >= JOINS_BEFORE_NEW_HANDSHAKE
            and asked_for_s >= ASKED_BEFORE_NEW_HANDSHAKE_S
        ):
            self._knock_anew(now)
        else:
            if tries >= TRIES_BEFORE_LOST and asked_for_s >= SILENCE_BEFORE_LOST_S:
                self._tell_lost(stopped=False)
            if kind is messages.Fetch:
                self._shrink_fetch(pending)

    def _shrink_fetch(self, pending: Pending) -> None:
        """Ask for less at once, and only for what has not come meanwhile."""
        self._fetch_datagrams = max(self._fetch_datagrams // 2, 1)
        request = self._make_request(messages.Fetch)
        if request is None:
            self._requests.drop(messages.Fetch)
        else:
            self._requests.ask_instead(pending, request)

    def _tell_lost(self, *, stopped: bool) -> None:
        if self._was_in and not self._lost:
            self._lost = True
            self._notify(events.ServerLost(stopped))

    # ----------------------------------------------------------------------------------

    def _step(self, state: State) -> None:
        """Go to another state; the only place where it changes."""
        self.state = checked_step(self.state, state)

    def _end(self, event: events.Left | events.Expelled) -> None:
        self._requests.clear()
        self._step(State.OVER)
        self._notify(event)

    def _spread(self) -> float:
        return CROWD_SPREAD_S * self._random()

    def _notify(self, event: events.MemberEvent) -> None:
        self._events.append(event)


def _checked(name: str) -> str:
    """Return a name that can be sent; whether it is good, the server decides."""
    if len(name.encode()) > wire.NAME_SIZE:
        raise ValueError("a name has at most 128 bytes")
    return name
