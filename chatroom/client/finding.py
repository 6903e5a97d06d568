"""Looking for words in the whole room: the server looks, and tells how far it is."""

from chatroom.client import asking, events, timers
from chatroom.protocol import messages, wire

HITS_AT_ONCE = 500
"""Hits of one wish, or a few more; who wants others asks on from where it ended."""


class Finding(asking.Asker):
    """Asks on and on, each time from where the last answer ended, for one wish at a time.

    Where the line is interrupted it goes on from there; another log ends it.
    """

    answer = messages.Found
    answered_at_once = False  # there may be much to look through

    def __init__(self, now: float) -> None:
        self.ready_at = now
        self._words: str | None = None
        self._before = 0
        self._hits = 0

    def find(self, words: str, before: int, now: float) -> None:
        """Look for these words from now on, in entries before this number (0: in all).

        Raises ValueError for words too long to send.
        """
        if len(words.encode()) > wire.WORDS_SIZE:
            raise ValueError("words have at most 128 bytes")
        self._words, self._before, self._hits = words, before, 0
        self.ready_at = now

    def stop(self) -> None:
        """Look for nothing any more."""
        self._words = None

    @property
    def due_at(self) -> float:
        return asking.NEVER if self._words is None else self.ready_at

    def request(self) -> messages.Find:
        return messages.Find(self._words or "", self._before)

    def timeout_s(self, round_trip: timers.RoundTrip) -> float:
        """Leave the server time to look, before it has to look again."""
        return max(round_trip.timeout_s, timers.FIRST_TIMEOUT_S)

    def hear(self, said: asking.Said, now: float) -> asking.Told:
        match said:
            case messages.Joined(same=False):
                return self._tell((), self._before, is_over=True)
            case messages.Found(numbers, back_to):
                self._hits += len(numbers)
                goes_on = back_to > 1 and (back_to < self._before or not self._before)
                self._before = back_to
                is_over = not goes_on or self._hits >= HITS_AT_ONCE
                return self._tell(numbers, back_to, is_over=is_over)
        return ()

    def refused(self, reason: messages.Refusal, now: float) -> asking.Told:
        """End it: the same words would be refused again."""
        return self._tell((), self._before, is_over=True)

    def _tell(self, numbers: tuple[int, ...], back_to: int, *, is_over: bool) -> asking.Told:
        words = self._words
        if words is None:
            return ()
        if is_over:
            self._words = None
        return (events.HitsFound(words, numbers, back_to, is_over),)
