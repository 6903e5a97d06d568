"""The client's side of the conversation, with no socket, clock or chance of its own.

The same shape as `room`: datagrams and the time go in, datagrams and events come out. All
retry timers of the protocol are on this side.

A member is in a state, and in each state some askers may speak (`_askers`). What it sends
are their requests. What comes in is decoded, opened, and is then entries, a reply or a
notice: each goes to the askers, who take from it what concerns them.
"""

from collections.abc import Iterable
from typing import NamedTuple

from chatroom.client import asking, contact, entrance, events, roster, session, states, timers
from chatroom.client.catching_up import CatchingUp
from chatroom.client.finding import Finding
from chatroom.client.outbox import Outbox
from chatroom.client.pages import Pages
from chatroom.client.pulse import Pulse
from chatroom.client.states import Cause, State
from chatroom.crypto import cpace, replay, sealing
from chatroom.protocol import addresses, changes, entries, listing, messages, wire
from chatroom.protocol.outgoing import Outgoing


class Figures(NamedTuple):
    """What a member holds, for whoever watches it. What comes without a seal changes none."""

    session: bytes | None  # its number, which goes over the wire in clear
    first: int
    last: int
    head: int
    missing: tuple[int, int] | None
    aside: int  # entries that wait for those between
    awaited: tuple[int, ...]  # numbers of requests whose answers would be taken


class Member:
    """One person's end of the room."""

    def __init__(
        self,
        server: addresses.Address,
        password: str,
        name: str,
        *,
        device: bytes,
        history: int | None = 100,
        entropy: cpace.Entropy,
        random: timers.Random,
        now: float,
    ) -> None:
        """Begin to knock at the server.

        `device` is 16 secret random bytes that say who takes a name back, for this
        Member alone, since it counts what it says from 1; `history` is
        how many earlier entries to fetch (None: all); `entropy` gives random bytes and
        `random` numbers from 0 to 1. Raises ValueError for a name too long to send.
        """
        self.state = State.AT_THE_DOOR
        self._server = server
        self._events: list[events.MemberEvent] = []
        round_trip = timers.RoundTrip()
        self._contact = contact.Contact(round_trip, now)
        self._session: session.ClientSession | None = None
        self._room_key = session.RoomKey()
        self._requests = asking.Requests(round_trip, random)
        self._pulse = Pulse(self._room_key, self._contact, random, now)
        self._outbox = Outbox(device, now)
        self._catching_up = CatchingUp(history, random, now)
        self._pages = Pages(now)
        self._finding = Finding(now)
        self._entrance = entrance.Entrance(
            password,
            name,
            device,
            self._catching_up.stretch,
            round_trip=round_trip,
            entropy=entropy,
            random=random,
            now=now,
        )
        room = (
            self._pulse,
            self._outbox,
            self._catching_up,
            self._pages,
            self._finding,
            roster.Roster(random, now),
        )
        self._hearers: tuple[asking.Asker, ...] = (self._entrance, *room)
        self._askers: dict[State, tuple[asking.Asker, ...]] = {
            State.JOINING: (self._entrance,),
            State.IN: room,
            State.LEAVING: (entrance.Goodbye(),),
        }

    @property
    def name(self) -> str:
        """The name that we have or ask for."""
        return self._entrance.name

    @property
    def unsaid(self) -> int:
        """How many texts the server has not yet called stored."""
        return len(self._outbox)

    @property
    def is_settled(self) -> bool:
        """Whether all that we said is stored and all that is stored is here."""
        return self.state is State.IN and not self._outbox and self._catching_up.is_complete

    @property
    def closed(self) -> bool:
        """Whether this member is done, and will send nothing more."""
        return self.state is State.OVER

    def figures(self) -> Figures:
        """Return what this member holds now."""
        stretch = self._catching_up.stretch
        return Figures(
            self._session and self._session.number,
            stretch.first,
            stretch.last,
            stretch.head,
            stretch.missing(),
            stretch.aside,
            self._requests.awaited,
        )

    # What the person does --------------------------------------------------------------

    def say(self, text: str, now: float) -> list[int]:
        """Queue a text, split as needed; return the counters of its parts."""
        parts = self._outbox.add(text)
        self._tell(events.TextQueued(counter, part) for counter, part in parts)
        return [counter for counter, _ in parts]

    def read(self, first: int, last: int, now: float) -> None:
        """Have these entries read now, and no others; they come as `PageRead`."""
        self._requests.drop(self._pages)
        self._pages.want(first, last, now)

    def find(self, words: str, before: int, now: float) -> None:
        """Look for words in entries before this number (0: in all); tell of it as `HitsFound`.

        Raises ValueError for words too long to send.
        """
        self._finding.find(words, before, now)
        self._requests.drop(self._finding)

    def stop_finding(self) -> None:
        """Look for nothing any more."""
        self._finding.stop()
        self._requests.drop(self._finding)

    def rename(self, name: str, now: float) -> None:
        """Ask for another name, after `NameRefused` or before the first `Entered`.

        Raises ValueError for a name too long to send.
        """
        self._entrance.rename(name, now)
        if states.leads_on(self.state, Cause.NAME_GIVEN):
            self._step(Cause.NAME_GIVEN, now)

    def retry_password(self, password: str, now: float) -> None:
        """Knock with another password, after `PasswordRefused`."""
        self._entrance.take_password(password)
        if states.leads_on(self.state, Cause.PASSWORD_GIVEN):
            self._step(Cause.PASSWORD_GIVEN, now)

    def trust_host(self, host_key: bytes, now: float) -> None:
        """Take the holder of this key for the host, and nobody else.

        Say so before anything is sent where we know the host, and after `HostKeyChanged`.
        """
        if self.state is State.AT_THE_DOOR:
            self._entrance.trust(host_key, now)

    def rejoin(self, now: float) -> None:
        """Knock again, after `Expelled`, with all that we are and hold."""
        if states.leads_on(self.state, Cause.REJOIN):
            self._step(Cause.REJOIN, now)

    def try_now(self, now: float) -> None:
        """Send now what waits for a retry timer, and ask whether the server is there."""
        if self.state is State.AT_THE_DOOR:
            self._entrance.hurry(now)
        self._requests.hurry(now)
        self.handle_timer(now)  # what is waited for counts as unanswered
        if self.state is State.IN:
            self._requests.drop(self._pulse)
            self._pulse.hurry(now)

    def leave(self, now: float) -> None:
        """Say goodbye; `Left` follows, at once or after a few tries."""
        if states.leads_on(self.state, Cause.LEAVE):
            self._step(Cause.LEAVE, now)

    # What the driver does --------------------------------------------------------------

    def receive_datagram(self, data: bytes, address: addresses.Address, now: float) -> None:
        """Take in one datagram, whatever address it comes from: its seal tells whose it is."""
        match wire.decode_datagram(data):
            case wire.Sealed() as sealed:
                self._receive_sealed(sealed, now)
            case wire.Cast() as cast if self.state is State.IN:
                self._receive_sealed(cast, now)
            case wire.Gone() as gone:
                self._receive_hint(gone, now)
            case wire.Cookie() | wire.Answer() as datagram if self.state is State.AT_THE_DOOR:
                self._session = self._entrance.receive(datagram, now)
                if self._session is not None:
                    self._step(Cause.KNOCK_ANSWERED, now)

    def datagrams_to_send(self, now: float) -> Outgoing:
        """Return all there is to send now."""
        outgoing = Outgoing()
        if self.state is State.AT_THE_DOOR:
            data = self._entrance.datagram_to_send(now)
            if data is not None:
                outgoing.add(data, self._server)
                self._contact.awaits(now)
        elif self._session is not None:
            joins = self.state is State.JOINING
            seal = self._session.prove if joins else self._session.channel.seal
            for payload in self._requests.transmit(now):
                outgoing.add(seal(payload), self._server)
                self._pulse.sent(now)
            if self._requests.are_under_way and self.state is not State.LEAVING:
                self._contact.awaits(now)
        return outgoing

    def take_events(self) -> list[events.MemberEvent]:
        """Return what happened since the last call."""
        told, self._events = self._events, []
        return told

    def timer(self, now: float) -> float | None:
        """Return when `handle_timer` is due, or None while we wait for the person."""
        at_door = self.state is State.AT_THE_DOOR
        due_at = self._entrance.timer if at_door else self._requests.timer()
        due_at = min(due_at, self._contact.lost_at)
        return due_at if due_at < asking.NEVER else None

    def handle_timer(self, now: float) -> None:
        """Give up on what has waited too long; `datagrams_to_send` repeats the rest."""
        self._tell(self._contact.overdue(now))
        if self.state is State.AT_THE_DOOR:
            self._tell(self._entrance.met_stranger(now))
            if self._entrance.is_unmet(now):
                self._tell(self._contact.unmet(now))
            return
        for pending in self._requests.timed_out(now):
            if pending.asker in self._requests:  # not dropped with the one before
                self._time_out(pending, now)

    # Receiving -------------------------------------------------------------------------

    def _receive_hint(self, gone: wire.Gone, now: float) -> None:
        """Keep a hint about our session, or about the handshake that is to bring one."""
        if self._session is not None and gone.session == self._session.number:
            self._contact.hinted(self._session.hint_of(gone))
        elif self.state is State.AT_THE_DOOR:
            self._tell(self._entrance.receive_hint(gone, now))

    def _receive_sealed(self, datagram: wire.Sealed | wire.Cast, now: float) -> None:
        if self._session is None:
            return
        try:
            number, heard = self._session.open(datagram, self._room_key)
        except (sealing.Forged, replay.Replayed):
            return
        self._receive(number, heard, now)

    def _receive(self, number: int, heard: session.Heard | None, now: float) -> None:
        """Hand what was said to whom it concerns; it shows also that the server is there.

        A cast under another key than ours does not: it may be an old one, sent again.
        """
        if isinstance(heard, session.UnknownKey):
            self._pulse.lack_key(now)
            return
        self._tell(self._contact.heard(in_room=self.state is State.IN))
        if self._session is not None:
            self._entrance.proven(self._session.host_key)
        match heard:
            case None:
                pass
            # These are welcome also where no request waits for them.
            case entries.Entries() | changes.Changes() | listing.Page():
                pending = self._requests.answered(number, heard, now)
                if self.state is State.IN:
                    self._let_hear(heard, now)
                if pending is not None:
                    self._tell(pending.asker.answered(pending.request, now))
                self._requests.drop_met(now)
            case messages.Probe(token=token):
                self._requests.drop(self._pulse)
                self._pulse.probed(token, now)
            case messages.Key(key_number=key_number, key=key):
                self._room_key.take(key_number, key)
            case messages.Bye(reason=reason):
                cause = states.cause_of_bye(self.state, reason)
                if cause is not None:
                    self._step(cause, now, reason)
            case _:
                pending = self._requests.answered(number, heard, now)
                if pending is not None:
                    self._receive_reply(pending.asker, heard, now)

    def _receive_reply(self, asker: asking.Asker, reply: messages.Reply, now: float) -> None:
        match reply:
            case messages.Refused(reason=reason):
                cause = states.cause_of_refusal(self.state, reason)
                if cause is None:
                    self._tell(asker.refused(reason, now))
                else:
                    self._step(cause, now, reason)
            case messages.Joined():
                self._contact.entered()
                self._step(Cause.LET_IN, now)
                self._let_hear(reply, now)
            case messages.Done():
                self._step(Cause.GOODBYE_OVER, now)
            case _:
                self._let_hear(reply, now)

    def _let_hear(self, said: asking.Said, now: float) -> None:
        for asker in self._hearers:
            self._tell(asker.hear(said, now))

    # Timeouts --------------------------------------------------------------------------

    def _time_out(self, pending: asking.Pending, now: float) -> None:
        """Go on asking, or give up."""
        cause = pending.asker.given_up(pending.retry, self._contact.hint, now)
        if cause is not None:
            self._step(cause, now)
        else:
            self._requests.go_on(pending)

    # ----------------------------------------------------------------------------------

    def _step(self, cause: Cause, now: float, reason: messages.Refusal | None = None) -> None:
        """Go to the state that follows, and tell of it; the only place where it changes.

        With a state end the requests that it allowed, and at the door the session.
        """
        self.state = states.following(self.state, cause)
        self._requests.allow(*self._askers.get(self.state, ()))
        self._contact.awaits_nothing()
        self._tell(self._told_of(cause, reason))
        if self.state is State.AT_THE_DOOR:
            self._session = None
            self._contact.greet(now)
            self._tell(
                self._entrance.greet(now, slowed_down=cause in (Cause.SLOWED_DOWN, Cause.ROOM_FULL))
            )

    def _told_of(self, cause: Cause, reason: messages.Refusal | None) -> asking.Told:
        match cause, reason:
            case Cause.NAME_REFUSED, messages.Refusal() as why:
                return (events.NameRefused(self.name, why),)
            case Cause.PUT_OUT, messages.Refusal() as why:
                return (events.Expelled(why),)
            case Cause.PASSWORD_REFUSED | Cause.PASSWORD_CHANGED, _:
                changed = cause is Cause.PASSWORD_CHANGED or self._entrance.was_proven
                return (events.PasswordRefused(changed),)
            case Cause.SLOWED_DOWN, _:
                return (events.GuessesSlowedHere(),)
            case Cause.ROOM_FULL, _:
                return self._entrance.full()
            case Cause.SESSION_UNKNOWN | Cause.STOPPED, _:
                return self._contact.lost(stopped=cause is Cause.STOPPED)
            case Cause.LEAVE | Cause.GOODBYE_OVER, _ if self.closed:
                return (events.Left(self.unsaid),)
        return ()

    def _tell(self, told: Iterable[events.MemberEvent]) -> None:
        self._events += told
