"""Figures of the protocol on a bad network, in virtual time."""

from collections.abc import Callable
from functools import partial
from statistics import quantiles
from unittest import mock

from chatroom.crypto import cpace
from tests.tools.link import Link, MemoryLog, Pair, Person

ROUND_TRIP_S = 0.05
LOSS = 0.3


def show(*, short: bool = False) -> None:
    """Print the figures; in short, of few messages and joins."""
    with mock.patch.object(cpace, "scalar_mult", cheap_scalar_mult):
        show_latency(100 if short else 5000)
        show_joins(20 if short else 5000)
        show_storm(10 if short else 50)


def lossy_pair(loss: float, seed: int) -> Pair:
    """Return a room behind a link that loses so much, each way."""
    pair = Pair(MemoryLog(), seed=seed, link=Link(ROUND_TRIP_S / 2))
    pair.link.loses = lambda *_: pair.random.random() < loss
    pair.link.keeps_sent = False
    return pair


def everybody_in(pair: Pair, count: int) -> list[Person]:
    """Let people in, and let the excitement settle."""
    people = [pair.add(f"P{number}", host=f"10.0.0.{number + 1}") for number in range(count)]
    pair.run_until(lambda: all(one.member.is_settled for one in people), 120.0)
    pair.run(30.0)
    return people


def latencies(loss: float, count: int, seed: int) -> list[float]:
    """Return how long each of `count` lone messages took from one to the other."""
    pair = lossy_pair(loss, seed)
    ana, budi = everybody_in(pair, 2)
    found = []
    for number in range(count):
        pair.run(1.0 + pair.random.random())
        ana.say(str(number))
        found.append(seconds_until(pair, partial(shows, budi, str(number))) or 60.0)
    return found


def shows(person: Person, text: str) -> bool:
    """Tell whether a person has seen this text last."""
    return person.texts[-1:] == [text]


def is_settled(person: Person) -> bool:
    """Tell whether a person is in and has caught up."""
    return person.member.is_settled


def seconds_until(pair: Pair, done: Callable[[], bool]) -> float | None:
    """Return how long it took, None where it did not come in a minute."""
    since = pair.now
    return pair.now - since if pair.run_until(done, 60.0) else None


def percentile(values: list[float], percent: int) -> float:
    """Return the value that so many percent do not exceed."""
    return quantiles(values, n=100, method="inclusive")[percent - 1]


def show_latency(count: int) -> None:
    """Print how long it takes from `say` to shown at another member."""
    for loss in (0.0, LOSS):
        found = latencies(loss, count, seed=1)
        print(
            f"loss {loss:.0%} each way, round trip {ROUND_TRIP_S * 1000:.0f} ms, "
            f"{count} messages: p50 {percentile(found, 50):.3f} s, "
            f"p99 {percentile(found, 99):.3f} s, longest {max(found):.3f} s"
        )


def show_joins(count: int) -> None:
    """Print how long so many people take to come in, one after another."""
    found = []
    for seed in range(count):
        pair = lossy_pair(LOSS, seed)
        took_s = seconds_until(pair, partial(is_settled, pair.add("Ana")))
        if took_s is not None:
            found.append(took_s)
    print(
        f"loss {LOSS:.0%} each way: {len(found)} of {count} joined, "
        f"p50 {percentile(found, 50):.2f} s, p99 {percentile(found, 99):.2f} s, "
        f"longest {max(found):.2f} s"
    )


def show_storm(count: int) -> None:
    """Print how many datagrams so many members and their messages take."""
    for per_second, seconds in ((10, 60), (1, 300)):
        pair = lossy_pair(LOSS, seed=per_second)
        people = everybody_in(pair, count)
        before = pair.link.count
        for number in range(per_second * seconds):
            people[number % count].say(f"message {number}")
            pair.run(1 / per_second)
        messages = per_second * seconds
        sent = (pair.link.count - before) / count / messages
        pair.run(30.0)
        complete = all(len(one.shown) == messages for one in people)
        print(
            f"{count} members, loss {LOSS:.0%}, {per_second} messages a second: {sent:.2f} "
            f"datagrams per member and message in all, everybody complete: {complete}"
        )


def cheap_scalar_mult(scalar: bytes, point: bytes) -> bytes:
    """Stand in for X25519: it commutes as well, and thousands of joins cost no minutes.

    No figure that uses it is about processor time.
    """
    field = 2**255 - 19
    base = int.from_bytes(point, "little") % field
    exponent = int.from_bytes(scalar, "little") | 1
    return pow(base, exponent, field).to_bytes(32, "little")
