"""What a handshake costs the server, in processor time, with the host's key and without."""

import random
import time
from collections.abc import Callable
from statistics import quantiles
from typing import TypeVar
from unittest import mock

from chatroom.crypto import cpace, host_key
from chatroom.protocol import agreement, wire
from chatroom.protocol.addresses import Address
from chatroom.protocol.channel import Channel
from chatroom.server import door, post
from tests.benchmarks import measure

Result = TypeVar("Result")

PASSWORD = "correct horse"
COUNT = 300
COST_MOST_MS = 4.0


def show(*, short: bool = False) -> None:
    """Print medians and how long the slowest tenth takes, beside one multiplication."""
    count = COUNT // 10 if short else COUNT
    point = host_key.HostKey(bytes(range(32))).public
    bare = measure.median_of(count, lambda: multiplication_ms(point))
    with mock.patch.object(host_key.HostKey, "shared", lambda *_: bytes(cpace.POINT_SIZE)):
        before = costs_ms(count)
    table = measure.Table("A handshake at the server", "", "median", "slow tenth", "of X25519")
    table.row("one X25519 multiplication", f"{bare:.2f} ms", "", "1.00x")
    for how, found in (("CPace alone", before), ("with the host's key", costs_ms(count))):
        tenths = quantiles(found, n=10)
        median_ms, slow_ms = f"{tenths[4]:.2f} ms", f"{tenths[8]:.2f} ms"
        table.row(how, median_ms, slow_ms, measure.ratio(tenths[4], bare))
    print(f"  target: {COST_MOST_MS:g} ms")


def multiplication_ms(point: bytes) -> float:
    """Return what the smallest part takes, of which there are several."""
    began = time.process_time()
    cpace.scalar_mult(bytes(range(32)), point)
    return 1000 * (time.process_time() - began)


def costs_ms(count: int) -> list[float]:
    """Return what the server spends on each of so many people who come in."""
    entropy, now = random.Random(1).randbytes, 1000.0
    key = host_key.HostKey(entropy(cpace.POINT_SIZE))
    entrance = door.Door(PASSWORD, key, entropy, now, post.Post())
    found = []
    for number in range(count):
        now += 0.1
        watch = Watch()
        _come_in(entrance, watch, (f"10.0.{number // 250}.{number % 250}", 5000), entropy, now)
        found.append(1000 * watch.spent_s)
    return found


class Watch:
    """Counts the processor time of the server's part."""

    def __init__(self) -> None:
        self.spent_s = 0.0

    def time(self, work: Callable[[], Result]) -> Result:
        """Do the work, and count it."""
        began = time.process_time()
        result = work()
        self.spent_s += time.process_time() - began
        return result


def _come_in(
    entrance: door.Door, watch: Watch, address: Address, entropy: cpace.Entropy, now: float
) -> None:
    """Greet, knock and prove the password, as a client does."""
    nonce = entropy(wire.NONCE_SIZE)
    hello = wire.Hello(wire.VERSION, nonce)
    cookie = wire.decode_datagram(watch.time(lambda: entrance.hello(hello, address, now)))
    assert isinstance(cookie, wire.Cookie)
    sid = wire.exchange_id(nonce, cookie.cookie)
    share = cpace.Share(cpace.prs(PASSWORD), wire.CHANNEL, sid, entropy)
    once = host_key.HostKey(entropy(cpace.POINT_SIZE))
    knock = wire.Knock(nonce, cookie.cookie, share.public, once.public)
    answer = wire.decode_datagram(watch.time(lambda: entrance.knock(knock, address, now)) or b"")
    assert isinstance(answer, wire.Answer)
    isk, secret = share.finish_as_initiator(answer.share), once.shared(answer.host_key)
    keys = agreement.session_keys(isk, secret, knock, answer)
    data = Channel.of_client(answer.session, keys).seal(b"join")
    sealed = wire.Sealed(answer.session, data)
    proven = watch.time(lambda: entrance.prove(sealed, address, now))
    assert isinstance(proven, door.Proven)
