"""The network of a world: what becomes of each datagram."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from chatroom.protocol.addresses import Address
from tests.simulation.checks import WHEN_SENT, demand

LATEST_S = 3.0
"""How late a straggler may come: long after its copies and their answers."""
RECENT_MOST = 64


@dataclass(frozen=True)
class Weather:
    """How likely is what; delays in seconds."""

    loss: float = 0.0
    bursts: float = 0.0  # that a link is dead for a moment from now on
    copies: float = 0.0
    damage: float = 0.0
    straggling: float = 0.0
    delay_s: float = 0.01
    spread_s: float = 0.005


CALM = Weather()


def draw_weather(chance: Random) -> Weather:
    """Return the weather for some seconds; it may be fair in all but one way."""

    def sometimes(most: float) -> float:
        return chance.random() * most if chance.random() < 0.4 else 0.0

    return Weather(
        sometimes(0.5),
        sometimes(0.02),
        sometimes(0.3),
        sometimes(0.1),
        sometimes(0.1),
        chance.choice((0.0005, 0.01, 0.05, 0.2)),
        chance.choice((0.0, 0.005, 0.05, 0.3)),
    )


class Network:
    """Hands each datagram to `deliver(delay_s, data, source, destination)`, or not."""

    def __init__(
        self,
        chance: Random,
        deliver: Callable[[float, bytes, Address, Address], None],
    ) -> None:
        self.weather = CALM
        self.sent = 0
        self.recent: deque[tuple[bytes, Address, Address]] = deque(maxlen=RECENT_MOST)
        """What whoever sits on the path could have recorded."""
        self._chance = chance
        self._deliver = deliver
        self._dead_until: dict[Address, float] = {}

    def cut(self, address: Address, until: float) -> None:
        """Let nothing reach or leave an address for a while."""
        self._dead_until[address] = until

    def heal(self) -> None:
        """Let everything through from now on."""
        self.weather = CALM
        self._dead_until.clear()

    def send(self, data: bytes, source: Address, destination: Address, now: float) -> None:
        """Take a datagram; it may arrive once, more than once, changed, or never."""
        demand(WHEN_SENT, data)
        chance, weather = self._chance, self.weather
        self.sent += 1
        self.recent.append((data, source, destination))
        if chance.random() < weather.bursts:
            self.cut(chance.choice((source, destination)), now + chance.uniform(0.1, 2))
        copies = 2 if chance.random() < weather.copies else 1
        for _ in range(copies):
            if self._is_lost(source, destination, now):
                continue
            carried = data
            if chance.random() < weather.damage:
                carried = damage(data, chance)
            self._deliver(self._draw_delay(), carried, source, destination)

    def _is_lost(self, source: Address, destination: Address, now: float) -> bool:
        dead = self._dead_until
        return (
            self._chance.random() < self.weather.loss
            or now < dead.get(source, 0.0)
            or now < dead.get(destination, 0.0)
        )

    def _draw_delay(self) -> float:
        delay_s = self.weather.delay_s + self._chance.random() * self.weather.spread_s
        if self._chance.random() < self.weather.straggling:
            delay_s += self._chance.random() * LATEST_S
        return delay_s


def damage(data: bytes, chance: Random) -> bytes:
    """Return the datagram with some bytes changed, cut off or added."""
    way = chance.randrange(8)
    if way == 0:
        return data[: chance.randrange(len(data))]
    if way == 1:
        return data + chance.randbytes(chance.randrange(1, 40))
    changed = bytearray(data)
    for _ in range(chance.randrange(1, 4)):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)
