"""The thread, the socket and the clock that drive a Room or a Member.

The driver's thread owns all three; whoever started it hands in calls and takes events,
both through queues, and never waits for it. No other module knows threads or sockets.
"""

import contextlib
import errno
import logging
import queue
import selectors
import socket
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

from chatroom.wire import Address

RECEIVE_BUFFER_SIZE = 4 * 1024 * 1024
DATAGRAMS_A_TURN = 256
"""Datagrams taken in before what they brought is stored and answered."""
LONGEST_WAIT_S = 60.0

logger = logging.getLogger(__name__)


class StartFailed(Exception):
    """There is nothing to drive; the text says why and what to do."""


@dataclass(frozen=True)
class DriverStarted:
    """The socket is open, at this address."""

    address: Address


@dataclass(frozen=True)
class DriverFailed:
    """Something that should not be: the room could not start, or had to stop."""

    words: str


@dataclass(frozen=True)
class DriverStopped:
    """The thread is done and the socket is closed; nothing comes after this."""


DriverEvent: TypeAlias = DriverStarted | DriverFailed | DriverStopped


class Endpoint(Protocol):
    """What can be driven: a Room or a Member."""

    @property
    def closed(self) -> bool: ...
    def receive_datagram(self, data: bytes, address: Address, now: float) -> None: ...
    def handle_timer(self, now: float) -> None: ...
    def datagrams_to_send(self, now: float) -> list[tuple[bytes, Address]]: ...
    def timer(self, now: float) -> float | None: ...
    def take_events(self) -> list[Any]: ...


EndpointT = TypeVar("EndpointT", bound=Endpoint)
Result = TypeVar("Result")


@dataclass
class Prepared(Generic[EndpointT]):
    """What `prepare` made: the endpoint, its socket, and how to close the rest.

    `events` are told first, before anything comes in.
    """

    endpoint: EndpointT
    socket: socket.socket
    close: Callable[[], None] = lambda: None
    events: Sequence[Any] = ()


class Driver(Generic[EndpointT]):
    """Runs one endpoint from `start` until it is closed."""

    def __init__(self, prepare: Callable[[float], Prepared[EndpointT]]) -> None:
        """Drive what `prepare(now)` makes, in the driver's thread.

        It may take its time, and raises StartFailed where it cannot.
        """
        self._prepare = prepare
        self._events: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._calls: queue.SimpleQueue[
            tuple[Callable[[EndpointT, float], Any], Future[Any]]
        ] = queue.SimpleQueue()
        self._ended = False
        self._end_lock = threading.Lock()
        self._wake_sender, self._wake_receiver = socket.socketpair()
        self._wake_sender.setblocking(False)
        self._wake_receiver.setblocking(False)
        self._thread = threading.Thread(target=self._run, name="driver", daemon=True)

    def start(self) -> None:
        """Start the thread. `DriverStarted` or `DriverFailed` is among the first events."""
        self._thread.start()

    def call(self, action: Callable[[EndpointT, float], Result]) -> "Future[Result]":
        """Have `action(endpoint, now)` done in the driver's thread, soon.

        The future is cancelled where the thread has ended or ends before.
        """
        future: Future[Result] = Future()
        with self._end_lock:
            if self._ended:
                future.cancel()
                return future
            self._calls.put((action, future))
        with contextlib.suppress(OSError):  # full: it wakes anyway; closed: too late
            self._wake_sender.send(b"\0")
        return future

    def next_event(self, timeout_s: float = 0.0) -> Any:
        """Return the oldest event, waiting for it if need be; None where none came."""
        try:
            return self._events.get(block=timeout_s > 0, timeout=timeout_s or None)
        except queue.Empty:
            return None

    def join(self, timeout_s: float | None = None) -> bool:
        """Wait for the thread's end; return whether it came."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    # In the thread ---------------------------------------------------------------------

    def _run(self) -> None:
        try:
            prepared = self._prepare(time.monotonic())
            try:
                for event in prepared.events:
                    self._events.put(event)
                self._drive(prepared.endpoint, prepared.socket)
            finally:
                prepared.socket.close()
                prepared.close()
        except StartFailed as error:
            self._events.put(DriverFailed(str(error)))
        except Exception as error:
            logger.exception("the driver had to stop")
            self._events.put(DriverFailed(f"The program has a fault: {error!r}"))
        finally:
            self._cancel_calls()
            self._wake_receiver.close()
            self._wake_sender.close()
            self._events.put(DriverStopped())

    def _cancel_calls(self) -> None:
        with self._end_lock:
            self._ended = True
        with contextlib.suppress(queue.Empty):
            while True:
                self._calls.get_nowait()[1].cancel()

    def _drive(self, endpoint: EndpointT, sock: socket.socket) -> None:
        sock.setblocking(False)
        self._events.put(DriverStarted(sock.getsockname()))
        with selectors.DefaultSelector() as selector:
            selector.register(sock, selectors.EVENT_READ)
            selector.register(self._wake_receiver, selectors.EVENT_READ)
            while not endpoint.closed:
                now = time.monotonic()
                due = endpoint.timer(now)
                wait_s = LONGEST_WAIT_S if due is None else due - now
                selector.select(min(max(wait_s, 0.0), LONGEST_WAIT_S))
                self._turn(endpoint, sock)
        self._finish(endpoint, sock)

    def _turn(self, endpoint: EndpointT, sock: socket.socket) -> None:
        """Take in what has come, let it be stored, and send what that brought."""
        self._do_calls(endpoint)
        _receive(endpoint, sock)
        now = time.monotonic()
        due = endpoint.timer(now)
        if due is not None and now >= due:
            endpoint.handle_timer(now)
        self._finish(endpoint, sock)
        time.sleep(0)  # let the window's thread run, however busy the socket is

    def _finish(self, endpoint: EndpointT, sock: socket.socket) -> None:
        for data, address in endpoint.datagrams_to_send(time.monotonic()):
            # A full buffer, no route, a closed port: one lost datagram, no more.
            with contextlib.suppress(OSError):
                sock.sendto(data, address)
        for event in endpoint.take_events():
            self._events.put(event)

    def _do_calls(self, endpoint: EndpointT) -> None:
        with contextlib.suppress(OSError):
            self._wake_receiver.recv(4096)
        with contextlib.suppress(queue.Empty):
            while True:
                action, future = self._calls.get_nowait()
                try:
                    future.set_result(action(endpoint, time.monotonic()))
                except Exception as error:
                    logger.exception("a call failed")
                    future.set_exception(error)


def _receive(endpoint: Endpoint, sock: socket.socket) -> None:
    for _ in range(DATAGRAMS_A_TURN):
        try:
            data, address = sock.recvfrom(65535)
        except BlockingIOError:
            return
        except (
            OSError
        ):  # Windows: 10054, a port was closed; 10040, too large a datagram
            continue
        try:
            endpoint.receive_datagram(data, address, time.monotonic())
        except Exception:  # a fault of ours, that nobody may use to stop the room
            logger.exception("a datagram was dropped")


# --------------------------------------------------------------------------------------
# Sockets


def open_server_socket(host: str, port: int) -> socket.socket:
    """Return a UDP socket bound to an address of this machine. Raises StartFailed."""
    address = resolve(host, port)
    sock = _open_socket(address)
    try:
        if sys.platform == "win32":  # elsewhere two servers cannot share a port
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        if sock.family == socket.AF_INET6:
            with contextlib.suppress(OSError):
                sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        sock.bind(address)
    except OSError as error:
        sock.close()
        raise StartFailed(_explain_bind(error, host, port)) from None
    return sock


def open_client_socket(server: Address) -> socket.socket:
    """Return a UDP socket that can reach the server's kind of address."""
    return _open_socket(server)


def resolve(host: str, port: int) -> Address:
    """Return the socket address of a host; raises StartFailed for an unknown name."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_DGRAM)
    except (OSError, UnicodeError):
        raise StartFailed(
            f"There is no computer with the name or address {host!r}."
        ) from None
    best = min(found, key=lambda one: one[0] != socket.AF_INET)
    address: Any = best[4]
    return tuple(address)


def _open_socket(address: Address) -> socket.socket:
    family = socket.AF_INET6 if len(address) == 4 else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_DGRAM)
    with contextlib.suppress(OSError):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER_SIZE)
    return sock


def _explain_bind(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is in use by another program on this computer. "
            "Choose another port, or stop that program."
        )
    if error.errno == errno.EADDRNOTAVAIL:
        return (
            f"{host} is not an address of this computer. "
            "Type 0.0.0.0 to use all of its addresses."
        )
    if error.errno == errno.EACCES:
        return f"This system does not let you use port {port}. Choose one above 1023."
    return f"Cannot listen on {host} port {port}: {error.strerror or error}."
