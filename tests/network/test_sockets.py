"""Sockets of both programs, and what the system refuses."""

import contextlib
import socket
import unittest
from collections.abc import Iterator
from unittest import mock

from chatroom.network import sockets
from chatroom.network.sockets import NoSocket, StartFailed
from chatroom.protocol.addresses import Address
from tests.tools.processes import free_port
from tests.tools.wine import BINDS_ANYTHING, wine_cannot

SERVERS: tuple[Address, ...] = (("127.0.0.1", 9), ("::1", 9, 0, 0))


class Refusals(unittest.TestCase):
    def assert_refused(self, reason: NoSocket, host: str, port: int) -> StartFailed:
        with self.assertRaises(StartFailed) as caught:
            sockets.open_server_socket(host, port)
        self.assertIs(caught.exception.reason, reason)
        return caught.exception

    def test_port_in_use(self) -> None:
        port = free_port()
        with contextlib.closing(sockets.open_server_socket("127.0.0.1", port)):
            failed = self.assert_refused(NoSocket.PORT_IN_USE, "127.0.0.1", port)
        self.assertEqual(failed.details["port"], port)

    @wine_cannot(BINDS_ANYTHING)
    def test_address_of_another_computer(self) -> None:
        self.assert_refused(NoSocket.ADDRESS_NOT_OURS, "192.0.2.77", free_port())

    def test_forbidden_port(self) -> None:
        # Windows says 10013, which Python gives the same number.
        refused = PermissionError(13, "Permission denied")
        with mock.patch.object(socket.socket, "bind", side_effect=refused):
            self.assert_refused(NoSocket.PORT_FORBIDDEN, "127.0.0.1", 80)

    def test_any_other_refusal_keeps_its_cause(self) -> None:
        error = OSError(99999, "out of sockets")
        with mock.patch.object(socket.socket, "bind", side_effect=error):
            failed = self.assert_refused(NoSocket.REFUSED, "127.0.0.1", 8080)
            self.assertIs(failed.details["error"], error)
            with self.assertRaises(StartFailed):
                sockets.open_client_socket(SERVERS[0])

    def test_unknown_names(self) -> None:
        for name in ("no.such.host.invalid", "a" * 300, "\udcff"):
            with self.subTest(name[:20]), self.assertRaises(StartFailed) as caught:
                sockets.resolve(name, 8080)
            self.assertIs(caught.exception.reason, NoSocket.NO_SUCH_COMPUTER)


class Opened(unittest.TestCase):
    def test_client_socket_has_an_address_before_anything_is_sent(self) -> None:
        for server in SERVERS:
            with self.subTest(server), self.opened(server) as sock:
                self.assertGreater(sock.getsockname()[1], 0)

    def test_client_socket_is_of_the_servers_family_and_reaches_it(self) -> None:
        for server in SERVERS:
            with (
                self.subTest(server),
                self.opened(server) as sock,
                contextlib.closing(sockets.open_server_socket(server[0], 0)) as other,
            ):
                other.settimeout(10)
                sock.sendto(b"hello", other.getsockname())
                data, address = other.recvfrom(100)
                self.assertEqual((data, address[1]), (b"hello", sock.getsockname()[1]))

    @contextlib.contextmanager
    def opened(self, server: Address) -> Iterator[socket.socket]:
        try:
            sock = sockets.open_client_socket(server)
        except (StartFailed, OSError):
            if len(server) == 4:
                self.skipTest("this system has no IPv6")
            raise
        with contextlib.closing(sock):
            yield sock


if __name__ == "__main__":
    unittest.main()
