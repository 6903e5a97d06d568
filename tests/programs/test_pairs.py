"""Programs of two systems talk to each other: one's server, the other's clients.

CHATROOM_TEST_PYTHON names the other Python, one for Windows under Wine.
"""

import contextlib
import os
import sys
import threading
import unittest

from tests.tools.processes import OTHER_PYTHON, Program, ProgramTest, archived, wait_for

SAID = ("h\u00e4llo \U0001f600", "=1+1", "\u0645\u0631\u062d\u0628\u0627", "x" * 3000)


@unittest.skipIf(OTHER_PYTHON is None, "CHATROOM_TEST_PYTHON names no other Python")
class Pairs(ProgramTest):
    def test_server_of_the_other_system(self) -> None:
        self.assert_room_works(OTHER_PYTHON, sys.executable)

    def test_clients_of_the_other_system(self) -> None:
        self.assert_room_works(sys.executable, OTHER_PYTHON)

    def test_all_of_the_other_system(self) -> None:
        self.assert_room_works(OTHER_PYTHON, OTHER_PYTHON)

    def assert_room_works(self, server_python: str | None, client_python: str | None) -> None:
        """Two talk, the server stops and starts, and what was typed meanwhile arrives."""
        server = self.serve(python=server_python)
        ana, budi = (
            self.console(name, "--follow", "--json", python=client_python)
            for name in ("Ana", "Budi")
        )
        for person in (ana, budi):
            self.assert_enters(person)
        ana.write("".join(f"{text}\n" for text in SAID))
        whole = "".join(SAID)
        wait_for(lambda: self.heard(budi) == whole, 30, "all that was said")
        self.assertEqual(server.stop(), 0)
        self.assertTrue(server.out.endswith("stopped\n"), server.out)
        ana.write("meanwhile\n")
        server = self.serve(python=server_python)
        wait_for(lambda: self.heard(budi) == whole + "meanwhile", 40, "what was said meanwhile")
        for person in (ana, budi):
            person.write("exit\n")
            self.assertEqual(person.wait(), 0)
            self.assertNotIn("Traceback", person.err)
        self.assertEqual(server.stop(), 0)
        rows = archived(self.archive)
        self.assertEqual(len({row["Id"] for row in rows}), len(rows))

    def assert_enters(self, person: Program) -> None:
        wait_for(lambda: "You are in" in person.err, 20, person.err)

    def heard(self, person: Program) -> str:
        return "".join(one["text"] for one in person.messages())


@unittest.skipIf(OTHER_PYTHON is None, "CHATROOM_TEST_PYTHON names no other Python")
class Typed(ProgramTest):
    """What is typed on a console of Windows, which has a pseudo-terminal below it here."""

    def test_every_character_arrives(self) -> None:
        self.serve()
        reader = self.console("Reader", "--follow", "--json")
        wait_for(lambda: "You are in" in reader.err, 20, reader.err)
        ours, theirs = os.openpty()
        self.addCleanup(os.close, ours)
        writer = self.console(
            "Writer", python=OTHER_PYTHON, stdin=theirs, stdout=theirs, stderr=theirs
        )
        os.close(theirs)
        shown = bytearray()
        threading.Thread(target=self.collect, args=(ours, shown), daemon=True).start()
        wait_for(lambda: b"You are in" in shown, 20, "in the room")
        text = "\u20ac \U0001f600 \u4f60 \u0645\u0631 \u00e9"
        os.write(ours, f"{text}\r".encode())
        wait_for(reader.messages, 20, "what was typed")
        self.assertEqual(
            reader.messages()[0]["text"], "\u20ac \U0001f600 \u4f60 \u0645\u0631 \u00e9"
        )
        os.write(ours, b"exit\r")
        self.assertEqual(writer.wait(20), 0)

    def collect(self, terminal: int, shown: bytearray) -> None:
        with contextlib.suppress(OSError):  # at its end
            while data := os.read(terminal, 4096):
                shown += data


if __name__ == "__main__":
    unittest.main()
