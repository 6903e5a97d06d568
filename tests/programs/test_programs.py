"""The programs as people start them: real processes on 127.0.0.1, no window."""

import json
import os
import signal
import subprocess
import sys
import unittest

from chatroom.protocol.texts import split_text
from tests.tools import corpus
from tests.tools.processes import PASSWORD, ROOT, ProgramTest, archived, wait_for
from tests.tools.wine import BINDS_ANYTHING, NEEDS_NO_DISPLAY, wine_cannot


class Conversation(ProgramTest):
    def test_many_consoles_print_one_order_and_another_catches_up(self) -> None:
        lines = corpus.make(520, seed=2).lines
        self.serve()
        count = 10  # each may say ten lines a second
        people = [self.console(f"P{n}", "--json", "--follow") for n in range(count)]
        for person in people:
            wait_for(lambda person=person: "You are in" in person.err, 20)  # type: ignore[misc]
        for n, line in enumerate(lines):
            people[n % count].write(line.encode() + b"\n")
        parts = [part for line in lines for part in split_text(line)]
        for person in people:
            wait_for(
                lambda person=person: len(person.messages()) >= len(parts),  # type: ignore[misc]
                60,
                "all messages shown",
            )
        shown = people[0].messages()
        for person in people:
            self.assertEqual(person.messages(), shown)
            self.assertEqual([one["seq"] for one in shown], list(range(1, len(parts) + 1)))
        self.assertEqual(sorted(one["text"] for one in shown), sorted(parts))
        for n in range(count):
            said = [part for line in lines[n::count] for part in split_text(line)]
            self.assertEqual([m["text"] for m in shown if m["name"] == f"P{n}"], said)
        for options, first in (((), len(parts) - 99), (("--history", "all"), 1)):
            late = self.console("Late", "--json", *options)
            late.end_input()
            self.assertEqual(late.wait(), 0)
            self.assertEqual(late.messages(), shown[first - 1 :])
        for person in people:
            person.end_input()
        self.check_archive(parts)

    def check_archive(self, parts: list[str]) -> None:
        """Each message once, for the csv module and for storage; one line a record."""
        rows = archived(self.archive)
        self.assertEqual(len(rows), len(parts))
        self.assertEqual(len({row["Id"] for row in rows}), len(parts))
        self.assertEqual(self.archive.read_bytes().count(b"\n"), len(parts) + 1)
        for row in rows:
            self.assertFalse(row["Message"].lstrip().startswith(("=", "+", "-", "@")))

    def test_what_is_typed_while_the_server_is_away_is_delivered(self) -> None:
        server = self.serve()
        ana = self.console("Ana", "--json", "--follow")
        budi = self.console("Budi", "--json", "--follow")
        ana.write("before\n")
        wait_for(lambda: len(budi.messages()) == 1, 20)
        self.assertEqual(server.stop(), 0)
        wait_for(lambda: "The host stopped the room" in ana.err, 20)
        ana.write("meanwhile\n")
        server = self.serve()
        wait_for(lambda: len(budi.messages()) == 2, 20)
        budi.write("after\nexit\n")
        self.assertEqual(budi.wait(), 0)
        wait_for(lambda: len(ana.messages()) == 3, 20)
        expected = [(1, "before"), (2, "meanwhile"), (3, "after")]
        for person in (ana, budi):
            shown = [(one["seq"], one["text"]) for one in person.messages()]
            self.assertEqual(shown, expected)

    def test_a_script_says_one_line_and_ends_when_it_is_stored(self) -> None:
        self.serve()
        script = self.console("Backup")
        script.write("backup done\n")
        script.end_input()
        self.assertEqual(script.wait(), 0)
        self.assertEqual([row["Message"] for row in archived(self.archive)], ["backup done"])
        self.assertIn("Backup: backup done\n", script.out)

    def test_in_a_pipe_every_line_is_a_message_and_this_alone_is_printed(self) -> None:
        self.serve()
        lines = "/who", "/find it", "/nonsense", "//two slashes", "/exit", " exit", "na\u00efve"
        ana = self.console("Ana")
        ana.write("\n".join([*lines, "exit", "never said", ""]))
        self.assertEqual(ana.wait(), 0)
        printed = "".join(f"Ana: {line}\n" for line in lines)
        self.assertEqual(ana.out, printed)
        self.assertEqual(ana.err, "* You are in the room default as Ana.\n")
        rows = archived(self.archive)
        self.assertEqual([row["Message"] for row in rows], list(lines))
        late = self.console("Late", "--json")
        late.end_input()
        self.assertEqual(late.wait(), 0)
        messages = (
            {"seq": n, "time": row["Time"], "name": "Ana", "text": row["Message"]}
            for n, row in enumerate(rows, 1)
        )
        self.assertEqual(late.out, "".join(f"{json.dumps(one)}\n" for one in messages))
        self.assertEqual(late.err, "* You are in the room default as Late.\n")

    def test_exit_leaves_and_frees_the_name(self) -> None:
        server = self.serve()
        for _ in range(2):
            ana = self.console("Ana", "--follow")
            ana.write("hello\nexit\nnever said\n")
            self.assertEqual(ana.wait(), 0)
            server.wait_for_output("Ana left")
        self.assertEqual([row["Message"] for row in archived(self.archive)], ["hello"] * 2)

    def test_the_consoles_lines_cannot_be_forged_by_control_characters(self) -> None:
        self.serve()
        ana = self.console("Ana", "--follow")
        ana.write(b"red \x1b[31m\rBudi: forged\n")
        wait_for(lambda: "forged" in ana.out, 20)
        self.assertEqual(ana.out.count("\n"), 1)
        self.assertNotIn("\x1b", ana.out)


class Statuses(ProgramTest):
    def test_wrong_password_is_3(self) -> None:
        self.serve()
        mal = self.console("Mal", password="guess")
        self.assertEqual(mal.wait(), 3)
        self.assertIn("password is wrong", mal.err)

    def test_taken_name_is_4(self) -> None:
        self.serve()
        self.console("Ana", "--follow").write("here\n")
        wait_for(lambda: len(archived(self.archive)) == 1, 20)
        second = self.console("ana")
        self.assertEqual(second.wait(), 4)
        self.assertIn("taken", second.err)

    def test_usage_is_2(self) -> None:
        for options in (
            ("--port", "0"),
            ("--port", "x"),
            ("--history", "-1"),
            ("--name", "System"),
        ):
            with self.subTest(options):
                self.assertEqual(self.console("Ana", *options).wait(), 2)
        self.assertEqual(self.console("Ana", password=None).wait(), 2)

    def test_unknown_host_is_said_in_words(self) -> None:
        lost = self.console("Ana", "--host", "no.such.host.invalid")
        self.assertEqual(lost.wait(40), 1)
        self.assertIn("no computer with the name", lost.err)
        self.assertNotIn("Traceback", lost.err)


class Starting(ProgramTest):
    def test_programs_find_their_package_in_isolated_mode(self) -> None:
        for script in ("server.py", "client.py"):
            for options, environment in (
                (["-I"], {}),
                ([], {"PYTHONSAFEPATH": "1"}),
            ):
                with self.subTest(script, options=options):
                    helped = subprocess.run(
                        [sys.executable, *options, str(ROOT / script), "--help"],
                        cwd=self.folder,
                        env=os.environ | environment,
                        capture_output=True,
                        check=False,
                    )
                    self.assertEqual(helped.returncode, 0, helped.stderr)


class Hosting(ProgramTest):
    def test_signals_stop_a_server_cleanly(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            server = self.serve()
            if number == signal.SIGTERM and server.is_for_windows:
                continue  # it ends a program there before it can say anything
            server.process.send_signal(number)
            self.assertEqual(server.wait(), 0)
            self.assertTrue(server.out.endswith("stopped\n"))

    def test_password_file_and_room_name(self) -> None:
        file = self.folder / "secret.txt"
        file.write_text(f"\ufeff{PASSWORD}\r\nsecond line\n", encoding="utf-8")
        options = ("--password-file", file)
        self.serve("--room", "Kelas 7", *options, password=None)
        ana = self.console("Ana", *options, password=None)
        ana.end_input()
        self.assertEqual(ana.wait(), 0)
        self.assertIn("room Kelas 7 as Ana", ana.err)
        told = ana.err.count("can read the password file")
        self.assertEqual(told, 0 if ana.is_for_windows else 1)

    def test_an_address_may_have_as_many_sessions_as_the_host_says(self) -> None:
        self.serve("--per-address", "1")
        ana = self.console("Ana", "--follow")
        wait_for(lambda: "as Ana" in ana.err, 20)
        budi = self.console("Budi", "--follow")
        wait_for(lambda: "full" in budi.err, 20)
        ana.write("exit\n")
        wait_for(lambda: "as Budi" in budi.err, 30)

    @unittest.skipUnless(os.name == "posix", "permission bits are POSIX's")
    @wine_cannot("runs programs of Windows, which leave a file's mode alone")
    def test_an_archive_that_comes_with_the_program_is_hidden_from_others(self) -> None:
        archive = self.folder / "archive.csv"
        archive.write_bytes((ROOT / "archive.csv").read_bytes())
        archive.chmod(0o644)
        server = self.serve("--archive", archive)
        self.assertEqual(archive.stat().st_mode & 0o777, 0o600)
        self.assertNotIn("can read the archive", server.out)
        server.write("say hello\nstop\n")
        self.assertEqual(server.wait(), 0)
        archive.chmod(0o644)
        server = self.serve("--archive", archive)
        self.assertEqual(archive.stat().st_mode & 0o777, 0o644)
        self.assertIn("can read the archive", server.out)

    def refused(self, *options: object, password: str | None = PASSWORD) -> str:
        """Start a server that cannot start; return what it says."""
        server = self.program(
            "server.py",
            "--headless",
            *("--host", "127.0.0.1", "--port", self.port, "--archive", self.archive),
            *options,
            password=password,
        )
        server.end_input()
        self.assertNotEqual(server.wait(), 0)
        self.assertNotIn("Traceback", server.err)
        return server.err

    def test_what_stands_in_the_way_is_said_in_words(self) -> None:
        self.serve()
        in_use = self.refused("--archive", self.folder / "other.csv")
        self.assertIn(f"Port {self.port} is in use", in_use)
        other_port = ("--port", self.port + 1 if self.port < 65535 else 1024)
        self.assertIn("in use by another server", self.refused(*other_port))
        self.assertIn("is not an IP address", self.refused("--host", "300.1.1.1"))
        missing = self.folder / "missing" / "archive.csv"
        self.assertIn("cannot be opened", self.refused(*other_port, "--archive", missing))
        foreign = self.folder / "foreign.csv"
        foreign.write_text("Date,Amount\n1,2\n")
        self.assertIn("not an archive", self.refused(*other_port, "--archive", foreign))
        self.assertIn("password", self.refused(*other_port, password=None))

    @wine_cannot(BINDS_ANYTHING)
    def test_address_of_another_computer_is_said_in_words(self) -> None:
        self.assertIn("not an address of this computer", self.refused("--host", "192.0.2.77"))

    def test_an_archive_of_the_student_project_is_the_history(self) -> None:
        for header in ("Room,Username,Message", "Room,User,Message"):
            with self.subTest(header):
                rows = "".join(f"Kelas,Siti,pesan {n}\n" for n in range(150))
                self.archive.write_text(f"{header}\n{rows}", encoding="utf-8")
                server = self.serve()
                late = self.console("Late", "--json", "--history", "all")
                late.end_input()
                self.assertEqual(late.wait(), 0)
                texts = [one["text"] for one in late.messages()]
                self.assertEqual(texts, [f"pesan {n}" for n in range(150)])
                server.stop()


class WithoutTkinter(ProgramTest):
    """Programs without a window start where tkinter is missing; windows say so."""

    def setUp(self) -> None:
        super().setUp()
        blocked = self.folder / "blocked" / "tkinter"
        blocked.mkdir(parents=True)
        (blocked / "__init__.py").write_text("raise ImportError('no tkinter here')\n")
        self.environment = {"PYTHONPATH": str(blocked.parent)}

    def test_headless_and_console_work(self) -> None:
        self.serve(environment=self.environment)
        ana = self.console("Ana", environment=self.environment)
        ana.write("hello\n")
        ana.end_input()
        self.assertEqual(ana.wait(), 0)

    def test_windows_say_what_to_install(self) -> None:
        for script, option in (("server.py", "--headless"), ("client.py", "--console")):
            program = self.program(script, environment=self.environment)
            self.assertEqual(program.wait(), 2)
            self.assertIn("tkinter", program.err)
            self.assertIn("python3-tk", program.err)
            self.assertIn(option, program.err)
            self.assertEqual(program.err.count("\n"), 1)

    @unittest.skipUnless(sys.platform == "linux", "a display is always there")
    @wine_cannot(NEEDS_NO_DISPLAY)
    def test_windows_say_that_there_is_no_display(self) -> None:
        for script, option in (("server.py", "--headless"), ("client.py", "--console")):
            program = self.program(script, environment={"DISPLAY": ""})
            self.assertEqual(program.wait(), 2)
            self.assertIn(option, program.err)
            self.assertEqual(program.err.count("\n"), 1)


if __name__ == "__main__":
    unittest.main()
