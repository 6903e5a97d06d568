"""Programs whose output cannot be written go on with what matters."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import unittest
from pathlib import Path
from typing import Any

from tests.tools.processes import Program, ProgramTest, archived, wait_for
from tests.tools.wine import is_wine

FULL = Path("/dev/full")


@unittest.skipIf(sys.platform == "win32" or is_wine(), "these are files and signals of POSIX")
class Unwritable(ProgramTest):
    def host(self, **more: Any) -> Program:
        """Start a server that may not be able to say that it listens."""
        return self.program(
            "server.py",
            "--headless",
            *("--host", "127.0.0.1", "--port", self.port, "--archive", self.archive),
            **more,
        )

    def full(self) -> int:
        if not FULL.exists():
            self.skipTest("this system has no /dev/full")
        descriptor = os.open(FULL, os.O_WRONLY)
        self.addCleanup(os.close, descriptor)
        return descriptor

    def unread_pipe(self) -> int:
        reader, writer = os.pipe()
        self.addCleanup(os.close, reader)
        self.addCleanup(os.close, writer)
        return writer

    def assert_talks(self, server: Program, lines: int = 3) -> None:
        """Check that a message is stored, and that the server then stops cleanly."""
        ana = self.console("Ana")
        ana.write("".join(f"line {number}\n" for number in range(lines)))
        ana.end_input()
        self.assertEqual(ana.wait(60), 0)
        self.assertEqual(len(archived(self.archive)), lines)
        self.assertEqual(server.stop(), 0)

    def test_server_whose_log_meets_a_full_disk_goes_on_and_says_so_once(self) -> None:
        server = self.host(stdout=self.full())
        self.assert_talks(server)
        self.assertEqual(server.err.count("could be written"), 1)
        self.assertNotIn("Traceback", server.err)

    def test_server_whose_reader_has_gone_goes_on(self) -> None:
        server = self.host(prefix=("sh", "-c", 'exec "$@" | head -n 1', "sh"))
        server.wait_for_output("archive.csv holds 0 messages")
        ana = self.console("Ana")
        ana.write("hello\n")
        ana.end_input()
        self.assertEqual(ana.wait(60), 0)
        self.assertNotIn("Traceback", server.err)
        subprocess.run(["pkill", "-TERM", "-P", str(server.process.pid)], check=False)
        server.wait()

    def test_server_with_no_output_at_all_goes_on(self) -> None:
        server = self.host(prefix=("sh", "-c", 'exec "$@" >&- 2>&-', "sh"))
        self.assert_talks(server)

    def test_server_whose_output_nobody_reads_can_still_be_stopped(self) -> None:
        server = self.host(stdout=self.unread_pipe(), stderr=self.unread_pipe())
        ana = self.console("Ana")
        ana.end_input()
        self.assertEqual(ana.wait(60), 0)
        server.write("help\n" * 2000)  # more than a pipe holds
        self.assertEqual(server.stop(), 0)

    def test_hang_up_is_a_polite_stop(self) -> None:
        server = self.serve()
        server.process.send_signal(signal.SIGHUP)
        self.assertEqual(server.wait(), 0)
        self.assertIn("stopped", server.out)

    def test_stop_is_a_command(self) -> None:
        server = self.serve()
        server.write("stop\n")
        self.assertEqual(server.wait(), 0)
        self.assertTrue(server.out.endswith("stopped\n"))

    def test_console_that_cannot_print_sends_all_the_same(self) -> None:
        self.serve()
        ways: list[tuple[dict[str, Any], int]] = [
            ({"stdout": self.full()}, 1),
            ({"stderr": self.full()}, 0),
            ({"prefix": ("sh", "-c", 'exec "$@" >&-', "sh")}, 0),
            ({"prefix": ("sh", "-c", 'exec "$@" 2>&-', "sh")}, 0),
            ({"stdout": self.full(), "stderr": self.full()}, 1),
        ]
        for number, (more, status) in enumerate(ways, start=1):
            with self.subTest(more):
                console = self.console(f"Ana {number}", **more)
                console.write("hello\n")
                console.end_input()
                self.assertEqual(console.wait(60), status)
                self.assertEqual(len(archived(self.archive)), number)
                self.assertNotIn("Traceback", console.err)

    def test_console_whose_reader_has_gone_ends_with_its_input(self) -> None:
        self.serve()
        many = self.console("Many", "--follow", prefix=("sh", "-c", '"$@" | head -n 1', "sh"))
        many.write("one\ntwo\n")
        wait_for(lambda: len(archived(self.archive)) == 2, 20)
        many.write("three\n")
        many.end_input()
        many.wait(30)
        self.assertEqual(len(archived(self.archive)), 3)
        self.assertNotIn("Traceback", many.err)

    def test_console_whose_terminal_has_gone_sends_all_the_same(self) -> None:
        self.serve()
        ours, theirs = os.openpty()
        console = self.console("Ana", stdout=theirs, stderr=theirs)
        os.close(theirs)
        console.write("one\n")
        wait_for(lambda: len(archived(self.archive)) == 1, 20)
        os.close(ours)
        console.write("two\nthree\n")
        console.end_input()
        self.assertEqual(console.wait(30), 1)
        self.assertEqual(len(archived(self.archive)), 3)

    def test_console_whose_output_nobody_reads_can_still_be_stopped(self) -> None:
        rows = "".join(f"Kelas,Siti,pesan {n} {'x' * 500}\n" for n in range(1000))
        self.archive.write_text(f"Room,User,Message\n{rows}", encoding="utf-8")
        server = self.serve()
        console = self.console("Ana", "--history", "all", "--follow", stdout=self.unread_pipe())
        wait_for(lambda: "You are in" in console.err, 20)
        console.write("hello\n")
        server.wait_for_output("stored message 1001 from Ana")
        self.assertEqual(console.stop(), 0)

    def test_console_says_how_many_were_not_stored(self) -> None:
        server = self.serve()
        ana = self.console("Ana", stdout=self.full())
        ana.write("one\n")
        wait_for(lambda: "stored message 1" in server.out, 20)  # and Ana was told
        server.kill()
        ana.write("two\nthree\n")
        wait_for(lambda: "server is silent" in ana.err, 30)
        ana.interrupt()
        self.assertEqual(ana.wait(30), 5)
        self.assertIn("2 messages not stored", ana.err)


@unittest.skipUnless(sys.platform == "linux" and not is_wine(), "Linux' /proc is read")
class Bounds(ProgramTest):
    def test_endless_input_is_read_only_as_fast_as_it_is_sent(self) -> None:
        self.serve()
        console = self.console("Yes")
        self.addCleanup(console.kill)

        def say_yes() -> None:
            with contextlib.suppress(OSError):  # until it ends
                while True:
                    console.write(b"y\n" * 10_000)

        threading.Thread(target=say_yes, daemon=True).start()
        wait_for(lambda: len(archived(self.archive)) > 15, 30)
        first_kib = self.resident_kib(console)
        wait_for(lambda: len(archived(self.archive)) > 45, 30)
        self.assertLess(self.resident_kib(console) - first_kib, 1024)

    def resident_kib(self, program: Program) -> int:
        status = Path(f"/proc/{program.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0])


if __name__ == "__main__":
    unittest.main()
