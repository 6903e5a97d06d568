"""What was said since the last append: stored together, and then acknowledged.

One append, and so one sync of the disk, serves all that came in one turn (group commit).
Nothing is called stored, and nothing is shown to anybody, before that.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from chatroom.protocol import entries, messages, texts
from chatroom.server.log import Log, LogRefused
from chatroom.server.session import Session

COUNTER_MOST = 1 << 53  # what a number in JSON carries exactly


class Speaker(Protocol):
    """Whose texts are stored: a session, or the host. `said` counts them."""

    said: int

    @property
    def name(self) -> str: ...
    @property
    def device(self) -> str: ...


class Draft(NamedTuple):
    """A text that will be stored, the `counter`-th of its speaker's device."""

    speaker: Speaker
    counter: int
    text: str


class Waiting(NamedTuple):
    """Who waits for an answer to which Say.

    Where `is_all_new`, all its texts are in this batch: to be cast what one said is the answer.
    """

    session: Session
    number: int
    say: messages.Say
    is_all_new: bool


class Committed(NamedTuple):
    """What came of a batch: entries to cast, and an answer for each whom they do not tell.

    `refused` is why the log took nothing, if it did not.
    """

    entries: tuple[entries.Entry, ...]
    answers: Sequence[tuple[Session, int, messages.Reply]]
    refused: LogRefused | None = None


class Batch:
    """Collects texts in the order of their coming, each once."""

    def __init__(self, log: Log, utc_now: Callable[[], str]) -> None:
        self._log = log
        self._utc_now = utc_now
        self._begin()

    def __len__(self) -> int:
        """Return how many wait for an answer."""
        return len(self._waiting)

    def __bool__(self) -> bool:
        """Tell whether there is anything to commit."""
        return bool(self._waiting or self._drafts)

    def add(self, drafts: Sequence[Draft]) -> None:
        """Take texts that nobody waits to be told of."""
        self._drafts += drafts

    def say(
        self, session: Session, number: int, say: messages.Say, now: float
    ) -> messages.Refusal | None:
        """Take the texts that are new, as many as are good and the rate allows.

        Return why the first of them is refused; None where `commit` brings the answer.
        """
        if say.counter + len(say.texts) > COUNTER_MOST:
            return messages.Refusal.MALFORMED
        device = session.device
        reached = self._reached.get(device, self._log.last_counter(device))
        if say.counter > reached + 1:  # the texts between would count as stored, and are not
            return messages.Refusal.COUNTER_SKIPS
        if say.counter > reached:
            session.steadiness.came(now)
        else:
            session.steadiness.lost()
        drafts = len(self._drafts)
        for counter, text in enumerate(say.texts, start=say.counter):
            if counter <= reached:
                continue
            if not texts.text_fits(text):
                if counter == say.counter:
                    return messages.Refusal.TEXT_BAD
                break
            if not session.texts.take(now):
                break
            self._drafts.append(Draft(session, counter, text))
            self._reached[device] = counter
        is_all_new = len(self._drafts) - drafts == len(say.texts) > 0
        self._waiting.append(Waiting(session, number, say, is_all_new))
        return None

    def commit(self, now: float) -> Committed:
        """Append what was said and begin anew. Raises LogBroken, and then nobody is answered."""
        drafts, waiting = self._drafts, self._waiting
        self._begin()
        time, first = self._utc_now(), self._log.head + 1
        fresh = tuple(
            entries.Entry(seq, time, one.name, text, entries.make_id(one.device, counter))
            for seq, (one, counter, text) in enumerate(drafts, start=first)
        )
        try:
            if fresh:
                self._log.append(fresh)
        except LogRefused as problem:
            refused = messages.Refused(messages.Refusal.STORAGE)
            return Committed((), [(one.session, one.number, refused) for one in waiting], problem)
        for draft in drafts:
            draft.speaker.said += 1
        answers = [
            (one.session, one.number, self._acknowledge(one, now))
            for one in waiting
            if not one.is_all_new
        ]
        return Committed(fresh, answers)

    def _begin(self) -> None:
        self._drafts: list[Draft] = []
        self._waiting: list[Waiting] = []
        self._reached: dict[str, int] = {}  # by device: the highest counter here

    def _acknowledge(self, waiting: Waiting, now: float) -> messages.Stored:
        session, say = waiting.session, waiting.say
        stored = self._log.last_counter(session.device)
        unsaid = say.counter + len(say.texts) - 1 > stored
        wait_ms = int(session.texts.wait_s(now) * 1000) + 1 if unsaid else 0
        return messages.Stored(stored, self._log.head, wait_ms)
