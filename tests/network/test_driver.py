"""The driver's thread: datagrams, calls, events, an end that is always told."""

import socket
import threading
import unittest
from concurrent.futures import CancelledError
from typing import Any

from chatroom.network import sockets
from chatroom.network.driver import Driver, Fault, Prepared
from chatroom.network.events import DriverFailed, DriverStarted, DriverStopped
from chatroom.network.sockets import NoSocket, StartFailed
from chatroom.problems import WrongInput
from chatroom.protocol.addresses import Address
from chatroom.protocol.names import BadName
from chatroom.protocol.outgoing import Outgoing
from tests.tools.processes import free_port


class Echo:
    """An endpoint that sends back what it gets, and ends with b"end"."""

    def __init__(self) -> None:
        self.closed = False
        self.threads: set[int] = set()
        self._out = Outgoing()
        self._events: list[Any] = []

    def receive_datagram(self, data: bytes, address: Address, now: float) -> None:
        if data == b"fault":
            raise ZeroDivisionError
        if data == b"worse":
            self.timer = lambda now: 1 / 0  # type: ignore[method-assign]
        self.threads.add(threading.get_ident())
        self._events.append(data)
        self._out.add(data, address)
        self.closed = data == b"end"

    def handle_timer(self, now: float) -> None:
        self._events.append("timer")

    def datagrams_to_send(self, now: float) -> Outgoing:
        out, self._out = self._out, Outgoing()
        return out

    def timer(self, now: float) -> float | None:
        return None

    def take_events(self) -> list[Any]:
        events, self._events = self._events, []
        return events

    def say(self, data: bytes, address: Address) -> None:
        self._out.add(data, address)


class Unlucky:
    """A socket whose first calls fail, as Windows' do after a port was closed."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self.receive_errors: list[OSError] = [
            ConnectionResetError(10054, "port closed"),
            OSError(10040, "too large"),
        ]
        self.send_errors: list[OSError] = [
            OSError(105, "no buffer space"),
            BlockingIOError(11, "try again"),
            OSError(101, "network is unreachable"),
        ]

    def recvfrom(self, size: int) -> tuple[bytes, Any]:
        if self.receive_errors:
            raise self.receive_errors.pop()
        return self._sock.recvfrom(size)

    def sendto(self, data: bytes, address: Any) -> int:
        if self.send_errors:
            raise self.send_errors.pop()
        return self._sock.sendto(data, address)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)


class Driving(unittest.TestCase):
    def setUp(self) -> None:
        self.endpoint = Echo()
        self.closed = threading.Event()
        self.server = sockets.open_server_socket("127.0.0.1", free_port())
        self.addCleanup(self.server.close)
        self.peer = sockets.open_server_socket("127.0.0.1", free_port())
        self.peer.settimeout(10)
        self.addCleanup(self.peer.close)
        self.told_before: list[str] = []
        self.driver: Driver[Echo] = Driver(self.prepare)

    def prepare(self, now: float) -> Prepared[Echo]:
        for event in self.told_before:
            self.driver.tell(event)
        return Prepared(self.endpoint, self.server, self.closed.set, ["first"])

    def started(self) -> Address:
        """Start, and return the address to send to."""
        self.driver.start()
        self.assertEqual(self.driver.next_event(10), "first")
        started = self.driver.next_event(10)
        self.assertIsInstance(started, DriverStarted)
        self.addCleanup(self.end)
        address: Address = started.address
        return address

    def end(self) -> None:
        self.driver.call(lambda endpoint, now: setattr(endpoint, "closed", True))
        self.assertTrue(self.driver.join(10))

    def exchange(self, address: Address, data: bytes) -> bytes:
        self.peer.sendto(data, address)
        return self.peer.recvfrom(65535)[0]

    def test_datagrams_go_in_and_out_in_the_drivers_thread(self) -> None:
        address = self.started()
        self.assertEqual(self.exchange(address, b"hello"), b"hello")
        self.assertEqual(self.driver.next_event(10), b"hello")
        self.assertNotIn(threading.get_ident(), self.endpoint.threads)

    def test_what_is_told_while_it_prepares_comes_first(self) -> None:
        self.told_before = ["before"]
        self.driver.start()
        self.addCleanup(self.end)
        told = [self.driver.next_event(10) for _ in range(3)]
        self.assertEqual(told[:2], ["before", "first"])
        self.assertIsInstance(told[2], DriverStarted)

    def test_a_call_is_done_in_the_thread_and_sends_at_once(self) -> None:
        self.started()
        where = self.peer.getsockname()
        future = self.driver.call(lambda endpoint, now: endpoint.say(b"hi", where))
        self.assertIsNone(future.result(10))
        self.assertEqual(self.peer.recvfrom(100)[0], b"hi")

    def test_a_call_that_is_refused_is_answered_and_no_fault(self) -> None:
        self.started()

        def refuse(endpoint: Echo, now: float) -> None:
            raise WrongInput(BadName.MISSING)

        with self.assertNoLogs("chatroom.network.driver"):
            refused = self.driver.call(refuse).exception(5)
        self.assertEqual(refused, WrongInput(BadName.MISSING))

    def test_a_failing_call_harms_only_itself(self) -> None:
        address = self.started()
        with self.assertLogs("chatroom.network.driver"):
            future = self.driver.call(lambda endpoint, now: 1 / 0)
            self.assertIsInstance(future.exception(10), ZeroDivisionError)
        self.assertEqual(self.exchange(address, b"still"), b"still")

    def test_the_end_closes_the_socket_and_the_rest_and_is_told_last(self) -> None:
        address = self.started()
        self.assertEqual(self.exchange(address, b"end"), b"end")
        self.assertEqual(self.driver.next_event(10), b"end")
        self.assertIsInstance(self.driver.next_event(10), DriverStopped)
        self.assertTrue(self.closed.is_set())
        self.assertEqual(self.server.fileno(), -1)
        late = self.driver.call(lambda endpoint, now: 1)
        with self.assertRaises(CancelledError):
            late.result(10)

    def test_a_datagram_that_meets_a_fault_is_dropped_and_no_more(self) -> None:
        address = self.started()
        with self.assertLogs("chatroom.network.driver"):
            self.peer.sendto(b"fault", address)
            self.assertEqual(self.exchange(address, b"works"), b"works")

    def test_any_other_fault_is_told_in_words_and_closes_all(self) -> None:
        address = self.started()
        with self.assertLogs("chatroom.network.driver"):
            self.peer.sendto(b"worse", address)
            failed = self.driver.next_event(10)
            while failed == b"worse":
                failed = self.driver.next_event(10)
        self.assertIsInstance(failed, DriverFailed)
        self.assertIs(failed.problem.reason, Fault.UNEXPECTED)
        self.assertIn("ZeroDivisionError", str(failed.problem.details["error"]))
        self.assertIsInstance(self.driver.next_event(10), DriverStopped)
        self.assertTrue(self.closed.is_set())

    def test_socket_errors_are_lost_datagrams_and_no_more(self) -> None:
        real = self.server
        self.server = Unlucky(real)  # type: ignore[assignment]
        address = self.started()
        for number in range(3):
            self.peer.sendto(b"%d" % number, address)
            self.assertEqual(self.driver.next_event(10), b"%d" % number)
        self.assertEqual(self.exchange(address, b"works"), b"works")


class Starting(unittest.TestCase):
    def test_what_cannot_start_is_told(self) -> None:
        problem = StartFailed(NoSocket.NO_SUCH_COMPUTER, host="nowhere")

        def prepare(now: float) -> Prepared[Echo]:
            raise problem

        cannot: Driver[Echo] = Driver(prepare)
        cannot.start()
        self.assertEqual(cannot.next_event(10), DriverFailed(problem))
        self.assertIsInstance(cannot.next_event(10), DriverStopped)


if __name__ == "__main__":
    unittest.main()
