"""What the programs import until they are there: what they use, and nothing else.

How long that takes is shown by `tests.benchmarks start`; here it is held by what is imported.
"""

import contextlib
import re
import socket
import unittest
from typing import Any

from tests.tools.processes import Program, ProgramTest, display, wait_for

AT_NO_START = {
    *("dataclasses", "inspect", "typing_extensions"),  # see chatroom.records
    *("asyncio", "http", "importlib.resources", "zipfile"),
}
UNUSED_IN_PIPE = {"chatroom.hosted", "locale", "subprocess", "tempfile"}
WINDOW = {"tkinter", "chatroom.windows", "chatroom.words.chat", "chatroom.words.prompts"}
TYPED = {"chatroom.terminal.prompt", "chatroom.terminal.modes", "chatroom.terminal.with_times"}
HOST = {"storage", "chatroom.server", "chatroom.archive", "chatroom.passwords", "chatroom.friend"}
HEADLESS = {"chatroom.terminal.headless", "chatroom.terminal.commands", "chatroom.words.headless"}
CONSOLE = {"chatroom.terminal.console", "chatroom.terminal.questions"}
LAST_OF_WINDOW = "chatroom.windows.prompts"
MEMBER = {"chatroom.client.member", "chatroom.words.about.client"}


def imported(program: Program) -> set[str]:
    """Return what a program has imported by itself, and the packages around that."""
    _, _, after = program.err.partition("| site\n")  # the machine's site-packages may need much
    names = re.findall(r"^import time:.*\| +([\w.]+)$", after, re.MULTILINE)
    return {name.rsplit(".", n)[0] for name in names for n in range(name.count(".") + 1)}


class Start(ProgramTest):
    def assert_imported(self, found: set[str], used: set[str], *unused: set[str]) -> None:
        self.assertGreaterEqual(found, used)
        self.assertEqual(found & set().union(*unused), set())

    def start(self, *command: Any) -> Program:
        return self.program(*command, environment={"PYTHONPROFILEIMPORTTIME": "1"})

    def test_console_in_a_pipe_has_no_window_no_line_to_type_and_no_host(self) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
            server.settimeout(30)
            server.bind(("127.0.0.1", 0))
            port = server.getsockname()[1]
            there = ("--host", "127.0.0.1", "--port", port, "--name", "Ana")
            console = self.start("client.py", "--console", *there)
            server.recv(65535)
            console.kill()
        unused = (
            AT_NO_START,
            WINDOW,
            TYPED,
            HOST,
            HEADLESS,
            UNUSED_IN_PIPE,
        )
        self.assert_imported(imported(console), CONSOLE | {"chatroom.client.member"}, *unused)

    def test_headless_server_has_no_window_and_no_member(self) -> None:
        where = ("--host", "127.0.0.1", "--port", self.port, "--archive", self.archive)
        server = self.start("server.py", "--headless", *where)
        server.wait_for_output("listening on 127.0.0.1")
        server.kill()
        used = HEADLESS | {"storage", "chatroom.server.room"}
        self.assert_imported(imported(server), used, WINDOW, MEMBER, CONSOLE)

    def test_window_has_no_console_and_no_host(self) -> None:
        with contextlib.ExitStack() as stack:
            stack.enter_context(display())
            window = self.start("client.py")
            wait_for(lambda: LAST_OF_WINDOW in imported(window), 30, "all of the window")
            window.kill()
        unused = (AT_NO_START, CONSOLE, TYPED, HOST, HEADLESS)
        self.assert_imported(imported(window), WINDOW, *unused)


if __name__ == "__main__":
    unittest.main()
