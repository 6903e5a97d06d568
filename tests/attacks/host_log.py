"""The host's log: lines that nobody but the server should write, and addresses that are framed."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from chatroom import words
from chatroom.protocol import messages
from chatroom.protocol.addresses import Address
from chatroom.server import door, events, half_open
from chatroom.words import quoting
from tests.attacks.scene import Client, Figure, Scene, cheap_curve, exactly, insider

MALLORY: Address = ("10.0.0.66", 666)
ANA: Address = ("10.0.0.1", 5000)
FALSE_LINES = "x\u201d\nAna has come in from 10.0.0.1:5000\nlistening on 10.0.0.66:8080"


def run(full: bool) -> list[Figure]:
    """Have the log say what did not happen."""
    with cheap_curve():
        return [_write_lines(), _frame(100 if full else 10)]


def _write_lines() -> Figure:
    """Ask for names that are none, and would be lines."""
    scene = Scene()
    mallory = insider(scene, "Mallory", MALLORY)
    before = len(scene.room_events)
    mallory.ask(messages.Join(FALSE_LINES, mallory.device, 0, ""))
    told = [words.sentence(one) or "" for one in scene.room_events[before:]]
    return exactly("lines in the log that a refused name wrote", "\n".join(told).count("\n"), 0)


def _frame(tries: int) -> Figure:
    """Guess from a place of our own, and write her address on the datagram with the guess."""
    scene, framed = Scene(), 0
    for n in range(tries):
        guesser = Client(scene, (f"10.6.{n // 250}.{n % 250 + 1}", 666), f"guess {n}")
        guesser.greet()
        guesser.knock()
        before = len(scene.room_events)
        guesser.send(guesser.seal(b"a proof of something else"), source=ANA)
        framed += events.GuessFailed(ANA) in scene.room_events[before:]
        scene.run(2.0)
    return exactly(f"guesses of {tries} that the log blames on her", framed, 0)


# --------------------------------------------------------------------------------------


@contextmanager
def _names_keep_their_lines() -> Iterator[None]:
    with mock.patch.object(quoting, "show_text", lambda text: text):
        yield


@contextmanager
def _the_datagram_says_whence() -> Iterator[None]:
    prove = door.Door.prove

    def believe(self: door.Door, sealed: object, address: Address, now: float) -> object:
        place = self._half_open.get(sealed.session)  # type: ignore[attr-defined]
        if isinstance(place, half_open.Place):
            place.address = address
        return prove(self, sealed, address, now)  # type: ignore[arg-type]

    with mock.patch.object(door.Door, "prove", believe):
        yield


SABOTAGES = {
    "names keep their line breaks": _names_keep_their_lines,
    "the log believes what is written on a datagram": _the_datagram_says_whence,
}
