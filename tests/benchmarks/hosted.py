"""A real server with a real archive, and people in it who cost little: what load is made of.

The server is a process of its own, whose processor time is told apart from that of the people.
They join as everybody does, each from a socket of its own; what is cast to all is opened once.
"""

import contextlib
import resource
import secrets
import shutil
import socket
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from chatroom.crypto import cpace, host_key, sealing
from chatroom.protocol import agreement, entries, messages, wire
from chatroom.protocol.addresses import Address
from chatroom.protocol.channel import Channel
from chatroom.server import door, sessions
from tests.tools import processes

TIMEOUT_S = 20.0
JOIN_EVERY_S = 1.1 / door.HANDSHAKES_PER_S
DATAGRAM_MOST = 65535
PINGS_AT_ONCE, PINGS_PAUSE_S = 50, 0.01


class Lost(Exception):
    """Nothing came in for long."""


class Person:
    """Somebody who proves the password and joins, with as little work as that takes."""

    def __init__(self, server: Address, host: str, name: str) -> None:
        """Join from this address of ours. Raises Lost."""
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((host, 0))
        self.socket.connect(server)
        self.socket.settimeout(TIMEOUT_S)
        self.counter = self.reached = 0
        self._number = 0
        self._channel, self._tagger = self._shake_hands()
        self.ask(messages.Join(name, secrets.token_bytes(16), 0, ""))
        joined = self.hear()
        assert isinstance(joined, messages.Joined), joined
        self.room_key = joined.key

    def seal(self, request: messages.Request) -> bytes:
        """Return our next request as a datagram."""
        self._number += 1
        return self._channel.seal(messages.encode_request(self._number, request))

    def ask(self, request: messages.Request) -> None:
        """Send a request."""
        self.socket.send(self.seal(request))

    def say(self, text: str) -> None:
        """Say a text, once."""
        self.counter += 1
        self.ask(messages.Say(self.counter, (text,)))

    def _shake_hands(self) -> tuple[Channel, sealing.Tagger]:
        nonce = secrets.token_bytes(wire.NONCE_SIZE)
        cookie = self._exchange(wire.Hello(wire.VERSION, nonce))
        assert isinstance(cookie, wire.Cookie), cookie
        sid = wire.exchange_id(nonce, cookie.cookie)
        prs = cpace.prs(processes.PASSWORD)
        share = cpace.Share(prs, wire.CHANNEL, sid, secrets.token_bytes)
        once = host_key.HostKey(secrets.token_bytes(cpace.POINT_SIZE))
        knock = wire.Knock(nonce, cookie.cookie, share.public, once.public)
        answer = self._exchange(knock)
        assert isinstance(answer, wire.Answer), answer
        isk, secret = share.finish_as_initiator(answer.share), once.shared(answer.host_key)
        keys = agreement.session_keys(isk, secret, knock, answer)
        return Channel.of_client(answer.session, keys), sealing.Tagger(keys.cast)

    def _exchange(self, datagram: wire.Hello | wire.Knock) -> wire.Datagram | None:
        self.socket.send(wire.encode_datagram(datagram))
        return wire.decode_datagram(self.receive())

    def hear(self) -> messages.Reply | messages.Notice | entries.Entries:
        """Return the next that is said to us alone, but for who is there. Raises Lost."""
        said = None
        while said is None:
            while (data := self.receive())[0] != wire.Kind.SEALED:
                pass
            said = self.open(data)
        return said

    def open(self, sealed: bytes) -> messages.Reply | messages.Notice | entries.Entries | None:
        """Return what a datagram says to us alone, None where it is of the list of people."""
        payload, _ = self._channel.open(sealed)
        if entries.is_entries(payload):
            return entries.decode_entries(payload)
        return messages.decode_reply(payload)[1]

    def receive(self) -> bytes:
        """Return the next datagram. Raises Lost."""
        try:
            return self.socket.recv(DATAGRAM_MOST)
        except TimeoutError:
            raise Lost from None


class Crowd:
    """People in one room, and how far each has the log."""

    def __init__(self, server: Address, count: int) -> None:
        """Let so many in."""
        self.people: list[Person] = []
        self._server = server
        self._casts: dict[bytes, int] = {}
        self.let_in(count)

    def let_in(self, count: int) -> None:
        """Let so many more in, as fast as the door lets them."""
        for _ in range(count):
            since = time.monotonic()
            self.let_one_in()
            time.sleep(max(since + JOIN_EVERY_S - time.monotonic(), 0))
        time.sleep(1.0)  # until the word that the people changed is out
        self.empty()

    def let_one_in(self) -> Person:
        """Let one more in, and return who it is."""
        number = len(self.people)
        group, place = divmod(number, sessions.SESSIONS_PER_HOST)
        host = f"127.0.{group + 1}.{place + 1}"
        self.people.append(Person(self._server, host, f"P{number}"))
        return self.people[-1]

    def ping(self) -> None:
        """Show that all are still there; who is silent for a minute is put out."""
        for number, one in enumerate(self.people):
            one.ask(messages.Ping())
            if number % PINGS_AT_ONCE == 0:
                time.sleep(PINGS_PAUSE_S)  # a server takes in so many, and not a thousand
        time.sleep(1.0)
        self.empty()

    def empty(self) -> None:
        """Take in all that waits, whatever it is."""
        for number, one in enumerate(self.people):
            one.socket.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                while True:
                    self.take(number, one.socket.recv(DATAGRAM_MOST))
            one.socket.settimeout(TIMEOUT_S)

    def wait_for(self, head: int) -> int:
        """Wait until all have the log up to this number; return up to which. Raises Lost.

        Who is served last is waited for first: then the others have it, too, and nobody is
        woken for each of them, which whoever sends would have to pay for.
        """
        for number in reversed(range(len(self.people))):
            one = self.people[number]
            while one.reached < head:
                self.take(number, one.receive())
        self._casts.clear()
        return min(one.reached for one in self.people)

    def take(self, number: int, data: bytes) -> None:
        """Take in what one of them got."""
        if data[0] != wire.Kind.CAST:
            return
        one, body = self.people[number], data[: -sealing.TAG_SIZE]
        head = self._casts.get(body)
        if head is None:
            head = self._casts[body] = self._open(one, data)
        one.reached = max(one.reached, head)

    def close(self) -> None:
        """Close the sockets; nobody says goodbye."""
        for one in self.people:
            one.socket.close()

    def _open(self, one: Person, data: bytes) -> int:
        """Return up to which number a cast brings the log: 0 where it tells of people."""
        body = one._tagger.check_cast(data)
        payload = sealing.decrypt(one.room_key, body, wire.CAST_PREFIX_SIZE)
        if not entries.is_entries(payload):
            return 0
        cast = entries.decode_entries(payload)
        assert cast is not None
        return cast.entries[-1].seq if cast.entries else 0


class Server:
    """A server without a window, in a process and a folder of its own."""

    def __init__(self, folder: Path, archive: Path | None, program: str) -> None:
        """Start it on an archive, a new one if none is given, and wait until it listens."""
        self.address: Address = ("127.0.0.1", processes.free_port())
        self.archive = archive or folder / "archive.csv"
        self._program = processes.Program(
            program,
            *("--headless", "--host", self.address[0], "--port", self.address[1]),
            *("--archive", self.archive),
            folder=folder,
        )
        self._program.wait_for_output("listening on 127.0.0.1", 120)
        self.pid = self._program.process.pid

    def close(self) -> None:
        """End it."""
        self._program.stop()


@contextlib.contextmanager
def served(*, archive: Path | None = None, program: str = "server.py") -> Iterator[Server]:
    """Run a server; its folder is removed at the end."""
    folder = Path(tempfile.mkdtemp())
    try:
        server = Server(folder, archive, program)
        try:
            yield server
        finally:
            server.close()
    finally:
        shutil.rmtree(folder)


def allow_many_sockets() -> None:
    """Let this process, and those that it starts, have as many as the system allows."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
