"""The thread, the socket and the clock that drive a Room or a Member.

The driver's thread owns all three; whoever started it hands in calls and takes events, both
through queues. The other threads of the programs belong to a window, or read and write lines
of a terminal; none of them touches a Room, a Member or a socket.
"""

import contextlib
import logging
import queue
import selectors
import socket
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from enum import Enum, auto
from typing import Any, Generic, Protocol, TypeVar

from chatroom.network import clock, sending
from chatroom.network.events import DriverFailed, DriverStarted, DriverStopped
from chatroom.problems import Problem
from chatroom.protocol.addresses import Address
from chatroom.protocol.outgoing import Outgoing
from chatroom.records import Record

DATAGRAMS_A_TURN = 256
"""Datagrams taken in before what they brought is stored and answered."""
LONGEST_WAIT_S = 2.0
"""Waiting does not count the time that a computer sleeps: so the clock is looked at often."""
YIELD_EVERY_S = 0.005
"""The window's thread is let run, however busy the socket is; that takes as long as ten sends."""

logger = logging.getLogger(__name__)


class Fault(Enum):
    """Why a driver had to stop, where nobody thought of the cause."""

    UNEXPECTED = auto()


class Endpoint(Protocol):
    """What can be driven: a Room or a Member."""

    @property
    def closed(self) -> bool: ...
    def receive_datagram(self, data: bytes, address: Address, now: float) -> None: ...
    def handle_timer(self, now: float) -> None: ...
    def datagrams_to_send(self, now: float) -> Outgoing: ...
    def timer(self, now: float) -> float | None: ...
    def take_events(self) -> list[Any]: ...


EndpointT = TypeVar("EndpointT", bound=Endpoint)
Result = TypeVar("Result")


class Prepared(Record, Generic[EndpointT]):
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

        It may take its time, and raises a Problem where it cannot.
        """
        self._prepare = prepare
        self._events: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._calls: queue.SimpleQueue[tuple[Callable[[EndpointT, float], Any], Future[Any]]] = (
            queue.SimpleQueue()
        )
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

    def tell(self, event: Any) -> None:
        """Have this among the events: `prepare` tells so how far it is."""
        self._events.put(event)

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
            prepared = self._prepare(clock.now())
            try:
                for event in prepared.events:
                    self._events.put(event)
                self._drive(prepared.endpoint, prepared.socket)
            finally:
                prepared.socket.close()
                prepared.close()
        except Problem as problem:
            self._events.put(DriverFailed(problem))
        except Exception as error:
            logger.exception("the driver had to stop")
            self._events.put(DriverFailed(Problem(Fault.UNEXPECTED, error=repr(error))))
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
        sender = sending.Sender(sock)
        self._events.put(DriverStarted(sock.getsockname()))
        with selectors.DefaultSelector() as selector:
            selector.register(sock, selectors.EVENT_READ)
            selector.register(self._wake_receiver, selectors.EVENT_READ)
            yielded_at = clock.now()
            while not endpoint.closed:
                now = clock.now()
                due = endpoint.timer(now)
                wait_s = LONGEST_WAIT_S if due is None else due - now
                ready = selector.select(min(max(wait_s, 0.0), LONGEST_WAIT_S))
                sources = [key.fileobj for key, _ in ready]
                if self._wake_receiver in sources:
                    self._do_calls(endpoint)
                if sock in sources:
                    _receive(endpoint, sock)
                now = clock.now()
                if due is not None and now >= due:
                    endpoint.handle_timer(now)
                self._finish(endpoint, sender)
                if now - yielded_at >= YIELD_EVERY_S:
                    time.sleep(0)
                    yielded_at = now
        self._finish(endpoint, sender)

    def _finish(self, endpoint: EndpointT, sender: sending.Sender) -> None:
        """Let what came in be stored, and send what that brought."""
        sender.send(endpoint.datagrams_to_send(clock.now()))
        for event in endpoint.take_events():
            self._events.put(event)

    def _do_calls(self, endpoint: EndpointT) -> None:
        with contextlib.suppress(OSError):
            self._wake_receiver.recv(4096)
        with contextlib.suppress(queue.Empty):
            while True:
                action, future = self._calls.get_nowait()
                try:
                    future.set_result(action(endpoint, clock.now()))
                except Problem as problem:  # an answer like any other
                    future.set_exception(problem)
                except Exception as error:
                    logger.exception("a call failed")
                    future.set_exception(error)


def _receive(endpoint: Endpoint, sock: socket.socket) -> None:
    for _ in range(DATAGRAMS_A_TURN):
        try:
            data, address = sock.recvfrom(65535)
        except BlockingIOError:
            return
        except OSError:  # Windows: 10054, a port was closed; 10040, too large a datagram
            continue
        try:
            endpoint.receive_datagram(data, address, clock.now())
        except Exception:  # a fault of ours, that nobody may use to stop the room
            logger.exception("a datagram was dropped")
