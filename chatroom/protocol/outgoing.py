"""What leaves with one turn: datagrams, and casts, of which there are many copies."""

from collections.abc import Iterator, Sequence

from chatroom.protocol.addresses import Address
from chatroom.records import Record

Datagram = tuple[bytes, Address]


class Cast(Record):
    """Bodies that go to each of the addresses, a tag for it alone behind each.

    `tags` has those of each body, in the order of the addresses; all are of one size.
    """

    bodies: Sequence[bytes]
    tags: Sequence[Sequence[bytes]]
    addresses: Sequence[Address]

    def __len__(self) -> int:
        """Return how many datagrams this is."""
        return len(self.bodies) * len(self.addresses)

    def __iter__(self) -> Iterator[Datagram]:
        for body, tags in zip(self.bodies, self.tags, strict=True):
            for tag, address in zip(tags, self.addresses, strict=True):
                yield body + tag, address


class Outgoing:
    """Datagrams in the order of sending, in runs of one kind."""

    __slots__ = ("runs",)

    def __init__(self, *runs: Cast | list[Datagram]) -> None:
        self.runs = list(runs)

    def __len__(self) -> int:
        """Return how many datagrams there are."""
        return sum(map(len, self.runs))

    def __iter__(self) -> Iterator[Datagram]:
        for run in self.runs:
            yield from run

    def add(self, data: bytes, address: Address) -> None:
        """Send a datagram to an address."""
        last = self.runs[-1] if self.runs else None
        if isinstance(last, list):
            last.append((data, address))
        else:
            self.runs.append([(data, address)])

    def cast(self, cast: Cast) -> None:
        """Send what goes to many."""
        self.runs.append(cast)
