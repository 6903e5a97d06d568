"""What members ask, and what they are answered: one handler for each kind of request.

A handler returns the answer, or None where it comes later: a text is acknowledged when it
is stored, who reads waits for a turn, a search takes many of them, and a contested name is
given or refused when its holder has spoken or not.
"""

from chatroom.protocol import entries, messages, names
from chatroom.server import (
    batch,
    caster,
    events,
    figures,
    log,
    moments,
    people,
    post,
    reading,
    repeats,
    roll,
    sessions,
)
from chatroom.server.session import Session

WHOLE_LIST = messages.Who(version=0, part=0, datagrams=roll.DATAGRAMS_MOST)
REFUSED_FOR_S = 1.0
"""How long a refused Join is refused again without a look: its copies are under way."""


class Requests:
    """Handles the requests of one room."""

    def __init__(
        self,
        room: str,
        log: log.Log,
        batch: batch.Batch,
        people: people.People,
        sessions: sessions.Sessions,
        caster: caster.Caster,
        reading: reading.Reading,
        post: post.Post,
    ) -> None:
        self._room = room
        self._log = log
        self._batch = batch
        self._people = people
        self._sessions = sessions
        self._caster = caster
        self._reading = reading
        self._post = post

    def handle(
        self, session: Session, number: int, request: messages.Request | None, now: float
    ) -> post.Answer:
        """Do what is asked, where this session may; `request` is None if it is malformed."""
        if session.over is not None:
            return messages.Refused(session.over)
        if request is None:
            return self._refuse_malformed()
        self._keep_name(session, now)
        match request:
            case messages.Join():
                return self._join(people.Wish(session, number, request), now)
            case messages.Leave():
                return self._leave(session, now)
        if self._people.is_in(session) or self._people.take_back(session, now):
            return self._handle_member(session, number, request, now)
        lost = messages.Refusal.NAME_TAKEN if session.name else messages.Refusal.NOT_JOINED
        return messages.Refused(lost)

    def settle_contests(self, now: float) -> None:
        """Probe the holders of contested names; after their silence, hand them over."""
        for wish in self._people.wishes_won(now):
            self._post.answer(wish.session, wish.number, self._enter(wish, now))
        for holder in self._people.holders_to_probe(now):
            self._post.tell(holder, messages.Probe())  # a token would vouch for a claimed address

    # Of those who are in ---------------------------------------------------------------

    def _handle_member(
        self, session: Session, number: int, request: messages.Request, now: float
    ) -> post.Answer:
        match request:
            case messages.Say():
                reason = self._batch.say(session, number, request, now)
                return None if reason is None else self._refuse(reason)
            case messages.Fetch():
                if request.last > self._log.head - repeats.RECENT_MOST:  # what was just cast
                    session.steadiness.lost()
                self._reading.fetches.ask(session, number, request)
                return None
            case messages.Who():
                return self._who(number, request)
            case messages.Find():
                self._reading.searches.ask(session, number, request)
                return None
        return self._ping(session, now)

    def _who(self, number: int, who: messages.Who) -> list[bytes]:
        people = self._people
        return people.roll.answer(who, people.names, number=number, head=self._log.head)

    def _ping(self, session: Session, now: float) -> messages.Pong:
        session.steadiness.pinged(now)
        caster = self._caster
        wait_ms = round(1000 * moments.wait_s(session.number, now))
        return messages.Pong(
            self._log.head, self._people.roll.told, caster.key_number, caster.key, wait_ms
        )

    # Coming and going ------------------------------------------------------------------

    def _join(self, wish: people.Wish, now: float) -> post.Answer:
        session, number, join = wish
        if number < session.join_number:
            self._post.dropped[figures.Drop.OVERTAKEN] += 1
            return None
        session.join_number = number
        is_news = join.name != session.name or not self._people.is_in(session)
        if now < session.refused_until and join.name == session.refused_name:
            return messages.Refused(messages.Refusal.NAME_TAKEN)
        if is_news and not session.changes.take(now):
            self._post.dropped[figures.Drop.BEYOND_RATE] += 1
            return None
        if not names.is_name(join.name):
            return self._refuse_name(wish, messages.Refusal.NAME_BAD)
        device = entries.device_id(join.device)
        if session.device not in ("", device):
            return self._refuse_malformed()
        session.device = device
        self._sessions.replace_older(session, join.name, now)
        match self._people.claim(wish, now):
            case people.Claim.GRANTED:
                return self._enter(wish, now)
            case people.Claim.TAKEN:
                return self._refuse_taken(wish, now)
        return None

    def _enter(self, wish: people.Wish, now: float) -> list[bytes]:
        """Let somebody in; who comes is brought the list of people, too."""
        session, number, join = wish
        comes = not self._people.is_in(session)
        self._people.enter(session, join.name, now)
        self._sessions.entered(session)
        joined = messages.Joined(
            self._room,
            self._log.head,
            self._is_same_log(join),
            self._log.last_counter(session.device),
            self._people.roll.version,
            self._caster.key_number,
            self._caster.key,
        )
        listed = self._who(number, WHOLE_LIST) if comes else []
        return [messages.encode_reply(number, joined), *listed]

    def _is_same_log(self, join: messages.Join) -> bool:
        """Tell whether our log goes on from what the member has of it."""
        if not join.last_mark:  # it has nothing yet
            return join.last <= self._log.head
        held = self._log.read(join.last, join.last)
        return any(entries.mark(entry) == join.last_mark for entry in held)

    def _keep_name(self, session: Session, now: float) -> None:
        """Note that a session is there; who wanted its name does not get it."""
        session.heard_at = now
        wish = self._people.spoke(session)
        if wish is not None:
            self._post.reply(wish.session, wish.number, self._refuse_taken(wish, now))

    def _leave(self, session: Session, now: float) -> messages.Done:
        self._people.leave(session, now)
        self._sessions.forget(session, now)
        return messages.Done()

    # Refusals --------------------------------------------------------------------------

    def _refuse(self, reason: messages.Refusal) -> messages.Refused:
        if reason is messages.Refusal.MALFORMED:
            self._post.dropped[figures.Drop.MALFORMED_REQUEST] += 1
        return messages.Refused(reason)

    def _refuse_malformed(self) -> messages.Refused:
        return self._refuse(messages.Refusal.MALFORMED)

    def _refuse_name(self, wish: people.Wish, reason: messages.Refusal) -> messages.Refused:
        session, _, join = wish
        self._post.notify(events.JoinRefused(join.name, session.address, reason))
        return messages.Refused(reason)

    def _refuse_taken(self, wish: people.Wish, now: float) -> messages.Refused:
        wish.session.refused_name, wish.session.refused_until = wish.join.name, now + REFUSED_FOR_S
        return self._refuse_name(wish, messages.Refusal.NAME_TAKEN)
