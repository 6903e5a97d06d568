"""What we have said and is not in the log that is shown yet."""

from collections.abc import Callable

from chatroom.client import events
from chatroom.protocol.entries import split_id


class Waiting:
    """Texts by the counters that the server stores them by, each with the time of saying.

    A text that is stored waits on until the log that is shown has it.
    """

    def __init__(self, utc_now: Callable[[], str]) -> None:
        self._utc_now = utc_now
        self._said: dict[int, tuple[str, str]] = {}
        self._stored = 0  # our last counter on the server's disk

    def __len__(self) -> int:
        return len(self._said)

    @property
    def counters(self) -> tuple[int, ...]:
        """Tells one state of it from another."""
        return tuple(self._said)

    def texts(self) -> tuple[str, ...]:
        """Return what waits, in the order of saying."""
        return tuple(text for text, _ in self._said.values())

    def said(self, index: int) -> tuple[str, str]:
        """Return one text, counted from 0, and when it was said."""
        return list(self._said.values())[index]

    def handle(self, event: object, device: str) -> None:
        """Take in what a member tells; ids of `device` are ours."""
        match event:
            case events.TextQueued(counter, text):
                self._said[counter] = text, self._utc_now()
            case events.TextRefused(counter=counter):
                self._said.pop(counter, None)
            case events.TextsStored(counter):
                self._stored = counter
            case events.TextsRenumbered(texts):
                times = dict(self._said.values())
                self._said = {counter: (text, times.get(text, "")) for counter, text in texts}
                self._stored = 0
            case events.NewEntries(entries):
                for origin, counter in filter(None, (split_id(one.id) for one in entries)):
                    if origin == device:
                        self._said.pop(counter, None)
            case events.CaughtUp():  # what is stored, and not shown by now, lies before it
                after = self._stored
                self._said = {n: said for n, said in self._said.items() if n > after}
