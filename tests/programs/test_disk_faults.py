"""Disks that are full, failing, read-only or damaged, under the real programs."""

import os
import shutil
import subprocess
import sys
import unittest
from collections.abc import Callable
from pathlib import Path

from storage import Archive
from tests.programs.crash import has_strace
from tests.tools.processes import Program, ProgramTest, archived, wait_for
from tests.tools.wine import HIDES_PROCESSES, wine_cannot

HEADER = b"Room,Username,Message,Time,Id\r\n"


def row(number: int) -> bytes:
    """Return a record as the program writes it."""
    id_ = f"u0123456789abcdef-{number}"
    return f"r,Ana,text {number},2024-01-01T00:00:00Z,{id_}\r\n".encode()


def wait_for_each(people: list[Program], condition: Callable[[Program], bool]) -> None:
    """Wait until the condition holds for each of them."""
    wait_for(lambda: all(map(condition, people)), 20)


class DiskTest(ProgramTest):
    def start(self, *options: object, prefix: tuple[str, ...] = ()) -> Program:
        """Start a server that may fail to."""
        where = ("--host", "127.0.0.1", "--port", self.port, "--archive", self.archive)
        return self.program("server.py", "--headless", *where, *options, prefix=prefix)

    def refusal(self, prefix: tuple[str, ...] = ()) -> str:
        """Start a server that must fail to; return what it says."""
        server = self.start(prefix=prefix)
        self.assertEqual(server.wait(), 1)
        self.assertNotIn("Traceback", server.err)
        self.assertTrue(server.err.startswith("server.py: "), server.err)
        return server.err

    def check_stored_once(self, texts: list[str]) -> None:
        rows = archived(self.archive)
        self.assertEqual([one["Message"] for one in rows], texts)
        self.assertEqual(len({one["Id"] for one in rows}), len(texts))


@wine_cannot(HIDES_PROCESSES)
@unittest.skipUnless(sys.platform == "linux", "needs mount namespaces of Linux")
class SmallDisk(DiskTest):
    """A file system that only the server sees, and /proc lets the test look into."""

    def setUp(self) -> None:
        super().setUp()
        if os.geteuid() != 0 or shutil.which("unshare") is None:
            self.skipTest("needs root and unshare, to mount a small disk")
        self.disk = self.folder / "disk"
        self.disk.mkdir()
        self.archive = self.disk / "archive.csv"
        tried = subprocess.run([*self.prefix(), "true"], capture_output=True, check=False)
        if tried.returncode != 0:
            self.skipTest(f"cannot mount a small disk: {tried.stderr.decode()}")

    def prefix(self, *then: str) -> tuple[str, ...]:
        """Return what gives a program the disk, after these shell commands there."""
        mount = ('mount -t tmpfs -o size=64k small "$0"', 'cd "$0"', *then)
        script = " && ".join((*mount, 'exec "$@"'))
        return ("unshare", "-m", "sh", "-c", script, str(self.disk))

    def inside(self, server: Program, path: Path) -> Path:
        """Return how this process reaches a file on the server's disk."""
        return Path(f"/proc/{server.process.pid}/root{path}")

    def fill(self, server: Program) -> Path:
        """Use up the disk; return the file that takes the place."""
        filler = self.inside(server, self.disk / "filler")
        with open(filler, "wb", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(4096))
            except OSError:
                return filler

    def test_full_disk_is_said_and_nothing_is_lost_or_doubled(self) -> None:
        server = self.start(prefix=self.prefix())
        server.wait_for_output("listening on")
        people = [self.console(n, "--json", "--follow") for n in ("Ana", "Budi")]
        wait_for_each(people, lambda person: "You are in" in person.err)
        people[0].write("before\n")
        wait_for(lambda: len(people[1].messages()) == 1, 20)
        filler = self.fill(server)
        texts = ["before"] + [f"{n} " + "x" * 500 for n in range(12)]
        for n, text in enumerate(texts[1:]):
            people[n % 2].write(f"{text}\n")
        wait_for_each(people, lambda person: "Yours are kept" in person.err)
        self.assertIn("NOT STORED", server.out)
        self.assertIn("No space left on device", server.out)
        self.assertIn("senders keep their messages", server.out)
        held = self.inside(server, self.archive).read_bytes()
        self.assertTrue(held.endswith(b"\r\n"), "what did not fit was taken back")
        self.assertLess(held.count(b"\n"), len(texts) + 1)
        self.assertEqual(people[0].messages(), people[1].messages())
        self.assertEqual(len(people[0].messages()), held.count(b"\n") - 1)
        filler.unlink()
        wait_for_each(people, lambda person: len(person.messages()) == len(texts))
        for person in people:
            person.write("exit\n")
            self.assertEqual(person.wait(), 0, person.err)
        self.assertEqual(people[0].messages(), people[1].messages())
        copy = self.folder / "copy.csv"
        copy.write_bytes(self.inside(server, self.archive).read_bytes())
        self.assertEqual(server.stop(), 0)
        self.assertEqual(server.err, "")
        rows = archived(copy)
        self.assertEqual(sorted(one["Message"] for one in rows), sorted(texts))
        self.assertEqual(len({one["Id"] for one in rows}), len(texts))
        for n, name in enumerate(("Ana", "Budi")):
            said = [one["Message"] for one in rows if one["Username"] == name]
            self.assertEqual(said, (texts[:1] if n == 0 else []) + texts[1 + n :: 2])

    def test_what_the_host_says_waits_until_there_is_room(self) -> None:
        server = self.start(prefix=self.prefix())
        server.wait_for_output("listening on")
        ana = self.console("Ana", "--json", "--follow")
        wait_for(lambda: "You are in" in ana.err, 20)
        filler = self.fill(server)
        texts = [f"{n} " + "x" * 800 for n in range(8)]
        for text in texts:
            server.write(f"say {text}\n")
        server.wait_for_output("NOT STORED")
        server.write("status\n")
        server.wait_for_output(" of yours wait")
        filler.unlink()
        wait_for(lambda: len(ana.messages()) == len(texts), 20)
        server.wait_for_output("stored again")
        self.assertEqual(server.out.count("NOT STORED"), 1)
        copy = self.folder / "copy.csv"
        copy.write_bytes(self.inside(server, self.archive).read_bytes())
        self.assertEqual([one["Message"] for one in archived(copy)], texts)
        self.assertEqual({one["Username"] for one in archived(copy)}, {"Host"})
        self.assertEqual(server.stop(), 0)
        self.assertNotIn("of your own", server.out)

    def test_what_the_host_said_and_no_disk_took_is_told_at_the_end(self) -> None:
        server = self.start(prefix=self.prefix())
        server.wait_for_output("listening on")
        self.fill(server)
        for n in range(8):
            server.write(f"say {n} {'x' * 800}\n")
        server.wait_for_output("NOT STORED")
        server.write("stop\n")
        self.assertEqual(server.wait(), 0)
        self.assertRegex(server.out, r"NOT STORED: \d messages? of your own")

    def test_disk_that_is_full_at_the_start_is_said(self) -> None:
        words = self.refusal(self.prefix("! cat /dev/zero >filler 2>/dev/null"))
        self.assertIn("No space left on device", words)
        self.assertIn("Choose another file, or mend", words)

    def test_torn_end_stays_where_there_is_no_room_to_set_it_aside(self) -> None:
        whole = self.folder / "whole.csv"
        whole.write_bytes(HEADER + row(1) + row(2)[:30])
        back = self.folder / "back.csv"
        make = f"cp {whole} archive.csv && {{ ! cat /dev/zero >filler 2>/dev/null; }}"
        script = f'"$@"; status=$?; cp archive.csv {back}; exit $status'
        words = self.refusal((*self.prefix(make), "sh", "-c", script, "sh"))
        self.assertIn("No space left on device", words)
        self.assertEqual(back.read_bytes(), whole.read_bytes())


@wine_cannot(HIDES_PROCESSES)
class Unwritable(DiskTest):
    def test_folder_that_cannot_be_written_is_said(self) -> None:
        prefix: tuple[str, ...] = ()
        folder = self.folder / "folder"
        folder.mkdir()
        self.archive = folder / "archive.csv"
        if sys.platform == "linux" and os.geteuid() == 0:  # whom no mode bits stop
            script = 'mount -t tmpfs -o ro small "$0" && exec "$@"'
            prefix = ("unshare", "-m", "sh", "-c", script, str(folder))
            tried = subprocess.run([*prefix, "true"], capture_output=True, check=False)
            if tried.returncode != 0:
                self.skipTest(f"cannot mount a disk: {tried.stderr.decode()}")
        elif sys.platform == "win32":
            self.skipTest("mode bits of folders mean nothing on Windows")
        else:
            folder.chmod(0o555)
        words = self.refusal(prefix)
        self.assertIn("cannot be opened for writing", words)
        self.assertRegex(words, "Read-only file system|Permission denied")


@wine_cannot(HIDES_PROCESSES)
@unittest.skipUnless(sys.platform == "linux", "strace is a tool of Linux")
class FailingSync(DiskTest):
    def setUp(self) -> None:
        super().setUp()
        if not has_strace():
            self.skipTest("strace is not installed, or not allowed here")

    def failing(self, when: str) -> tuple[str, ...]:
        """Return what makes the fsyncs of a program fail from the first of these on."""
        fault = f"inject=fsync:error=EIO:when={when}+"
        return (
            "strace",
            "-D",
            "-f",
            "-o",
            "/dev/null",
            "-e",
            "trace=fsync",
            "-e",
            fault,
        )

    def test_failed_fsync_stops_loudly_and_nothing_was_called_stored(self) -> None:
        self.archive.write_bytes(HEADER)
        self.archive.with_name(".archive.csv.key").write_text("01" * 32)
        # The first is the one on opening, the second that of "one".
        server = self.start(prefix=self.failing("3"))
        server.wait_for_output("listening on")
        people = [self.console(n, "--json", "--follow") for n in ("Ana", "Budi")]
        wait_for_each(people, lambda person: "You are in" in person.err)
        people[0].write("one\n")
        wait_for(lambda: len(people[1].messages()) == 1, 20)
        people[0].write("two\n")
        self.assertEqual(server.wait(), 1)
        for words in ("STOPPED", "Input/output error", "Check the disk, then start"):
            self.assertIn(words, server.err)
        self.assertNotIn("Traceback", server.err)
        self.assertNotIn("stored message 2", server.out)
        self.check_stored_once(["one"])
        wait_for_each(people, lambda person: "kept and sent" in person.err)
        for person in people:
            self.assertEqual([one["text"] for one in person.messages()], ["one"])
        self.serve()
        wait_for_each(people, lambda person: len(person.messages()) == 2)
        for person in people:
            person.write("exit\n")
            self.assertEqual(person.wait(), 0, person.err)
        self.check_stored_once(["one", "two"])

    def test_disk_that_cannot_sync_from_the_start_is_said(self) -> None:
        for held in (None, HEADER + row(1), b"Room,User,Message\nr,Ana,older\n"):
            with self.subTest(held=held):
                if held is not None:
                    self.archive.write_bytes(held)
                words = self.refusal(self.failing("1"))
                self.assertIn("Input/output error", words)
                if held is not None:
                    self.assertEqual(self.archive.read_bytes(), held)


class Damage(DiskTest):
    def talk_on(self, expected: list[str]) -> Program:
        """Start the server; see that this is there, and that it goes on; stop it."""
        server = self.serve()
        ana = self.console("Ana", "--json", "--history", "all")
        ana.write("and on\n")
        ana.end_input()
        self.assertEqual(ana.wait(), 0, ana.err)
        shown = [one["text"] for one in ana.messages()]
        self.assertEqual(shown, [*expected, "and on"])
        self.assertEqual(server.stop(), 0)
        self.assertEqual(server.err, "")
        return server

    def test_torn_tail_is_set_aside_and_the_room_goes_on(self) -> None:
        last = row(3)
        for cut in (1, len(last) // 2, len(last) - 1):  # all cuts: test_storage
            with self.subTest(cut=cut):
                for old in self.folder.glob("archive.csv*"):
                    old.unlink()
                self.archive.write_bytes(HEADER + row(1) + row(2) + last[:cut])
                server = self.talk_on(["text 1", "text 2"])
                self.assertIn(f"was cut short ({cut} bytes)", server.out)
                aside = self.folder / "archive.csv.torn-1"
                self.assertEqual(aside.read_bytes(), last[:cut])
                self.check_stored_once(["text 1", "text 2", "and on"])

    def test_damage_in_the_middle_is_said_and_passed_over(self) -> None:
        held = HEADER + row(1) + b'r,Ana,"bro\xffken\r\n' + b"too,few\r\n" + row(2)
        self.archive.write_bytes(held)
        server = self.talk_on(["text 1", "text 2"])
        self.assertIn("2 damaged lines", server.out)
        self.assertIn("line 3 (not in UTF-8), line 4 (cells: 2 instead", server.out)
        self.assertTrue(self.archive.read_bytes().startswith(held))
        archive = Archive(self.archive)
        self.addCleanup(archive.close)
        texts = [entry.text for entry in archive.read(1, archive.head)]
        self.assertEqual(texts, ["text 1", "text 2", "and on"])

    def test_archive_that_is_cut_while_the_room_runs_is_said_when_it_is_read(self) -> None:
        self.archive.write_bytes(HEADER + row(1) + row(2))
        server = self.serve()
        os.truncate(self.archive, len(HEADER + row(1)))
        ana = self.console("Ana", "--follow", "--history", "all")
        self.assertEqual(server.wait(), 1)
        self.assertIn("STOPPED", server.err)
        self.assertIn("was changed by another program", server.err)
        self.assertNotIn("Traceback", server.err)
        self.assertNotIn("text", ana.out)


class TwoServers(DiskTest):
    def test_archive_in_use_is_refused_and_free_again_after_a_crash(self) -> None:
        self.archive.write_bytes(HEADER + row(1))
        real, symbolic, hard = (self.folder / f"{name}.csv" for name in ("archive", "to", "same"))
        os.link(real, hard)
        if sys.platform != "win32":  # where these need a privilege
            symbolic.symlink_to(real)
        first, first_port = self.serve(), self.port
        self.port = first_port % 65535 + 1024
        for path in (real, symbolic, hard):
            if path.exists():
                self.archive = path
                self.assertIn("in use by another server", self.refusal())
        if sys.platform != "win32":  # where it cannot be done
            (self.folder / ".archive.csv.lock").unlink()
            self.archive = real
            self.assertIn("in use by another server", self.refusal())
        self.archive, self.port = real, first_port
        first.kill()
        self.assertIn("holds 1 message", self.serve().out)


if __name__ == "__main__":
    unittest.main()
