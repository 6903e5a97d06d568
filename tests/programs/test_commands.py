"""The host's commands on the standard input of a headless server."""

import re
import signal
import sys
import unittest

from tests.tools.processes import PASSWORD, ROOT, ProgramTest, archived, wait_for
from tests.tools.terminal import Terminal, TerminalTest

if sys.platform != "win32":
    from termios import ECHO


class HostCommands(ProgramTest):
    def test_remove_tells_the_removed_and_keeps_the_others_talking(self) -> None:
        server = self.serve()
        ana = self.console("Ana", "--follow")
        budi = self.console("Budi", "--follow")
        for person in (ana, budi):
            wait_for(lambda person=person: "You are in" in person.err, 20)  # type: ignore[misc]
        server.write("people\nremove Nobody\nremove ana\n")
        self.assertEqual(ana.wait(), 1)
        self.assertIn("removed you", ana.err)
        server.wait_for_output("Budi  127.0.0.1:")
        server.wait_for_output("nobody here has the name 'Nobody'")
        server.wait_for_output("Ana was removed")
        budi.write("still here\nexit\n")
        self.assertEqual(budi.wait(), 0)
        self.assertIn("still here", budi.out)

    def test_blocked_and_not_allowed_addresses_are_told_and_logged(self) -> None:
        server = self.serve()
        server.write("block 127.0.0.0/8\n")
        server.wait_for_output("blocked 127.0.0.0/8")
        refused = self.console("Ana")
        self.assertEqual(refused.wait(), 1)
        self.assertIn("does not let your address in", refused.err)
        server.wait_for_output("the address is not allowed")
        server.write("unblock 127.0.0.0/8\nallow 10.0.0.0/8, 192.168.1.7\n")
        server.wait_for_output("allowed: 10.0.0.0/8, 192.168.1.7\n")
        self.assertEqual(self.console("Ana").wait(), 1)
        server.write("allow\n")
        server.wait_for_output("allowed: all addresses")
        ana = self.console("Ana")
        ana.end_input()
        self.assertEqual(ana.wait(), 0)

    def test_changed_password_must_be_proved_by_everybody(self) -> None:
        server = self.serve()
        ana = self.console("Ana", "--follow")
        wait_for(lambda: "You are in" in ana.err, 20)
        server.write("password\nanother secret\n")
        server.wait_for_output("the password was changed")
        self.assertEqual(ana.wait(), 3)
        late = self.console("Late", password="another secret")
        late.end_input()
        self.assertEqual(late.wait(), 0)
        self.assertNotIn("another secret", server.out)

    def test_scripts_read_the_same_line_when_it_listens_in_any_language(self) -> None:
        for language in ("en", "id"):
            server = self.serve("--lang", language)
            self.assertIn(f"listening on 127.0.0.1:{self.port}\n", server.out)
            server.write("stop\n")
            self.assertEqual(server.wait(), 0)
        self.assertIn("berhenti", server.out)

    def test_password_in_bytes_that_are_no_text_is_refused(self) -> None:
        server = self.serve()
        server.write(b"password\n\xff\xfe\xfd\n")
        server.wait_for_output("cannot be encoded")
        ana = self.console("Ana")
        ana.end_input()
        self.assertEqual(ana.wait(), 0)

    def test_find_shows_the_newest_and_counts_the_others(self) -> None:
        server = self.serve()
        ana = self.console("Ana", "--follow")
        for number in range(25):
            ana.write(f"Straße {number}\n")
        server.wait_for_output("25 from Ana")
        server.write("find STRASSE\nfind from:ana 24\nfind nowhere\n")
        server.wait_for_output("Ana: Straße 5\n")
        server.wait_for_output("and 5 older ones")
        self.assertNotIn("Straße 4\n", server.out)
        server.wait_for_output("that is all")
        server.wait_for_output("no message has that")

    def test_host_talks_in_the_room(self) -> None:
        server = self.serve()
        ana = self.console("Ana", "--follow")
        wait_for(lambda: "You are in" in ana.err, 20)
        server.write("say welcome\n")
        wait_for(lambda: "Host: welcome\n" in ana.out, 20)  # or both are stored as one
        server.write("name Bu Sri\nsay that was me\n")
        wait_for(lambda: "Host: welcome\nBu Sri: that was me\n" in ana.out, 20)
        server.wait_for_output("stored message 1 from Host")
        server.wait_for_output("you speak as Bu Sri")
        self.assertNotIn("welcome", server.out)
        late = self.console("bu sri")
        self.assertEqual(late.wait(), 4)
        self.assertEqual(server.stop(), 0)

    def test_host_has_the_name_that_was_given(self) -> None:
        server = self.serve("--name", "Bu Sri")
        self.assertEqual(self.console("bu sri").wait(), 4)
        server.write("say hello\nstop\n")
        self.assertEqual(server.wait(), 0)
        self.assertIn("stored message 1 from \u201cBu Sri\u201d", server.out)

    def test_what_is_wrong_with_a_command_is_said(self) -> None:
        server = self.serve()
        for line, words in (
            ("dance", "no command 'dance'"),
            ("say", "nothing to say"),
            ("name System", "is reserved"),
            ("block", "which address"),
            ("find", "which words"),
            ("block nonsense", "'nonsense' is neither"),
            ("allow 1.2.3.4/99", "'1.2.3.4/99' is neither"),
            ("people", "nobody else is in the room"),
            ("status", "people besides you: 0; connected: 0;"),
            ("help", "remove NAME"),
            ("password secret", "type password alone"),
        ):
            server.write(f"{line}\n")
            server.wait_for_output(words)
        self.assertEqual(server.stop(), 0)


class AtATerminal(ProgramTest, TerminalTest):
    def host(self) -> Terminal:
        """Return the terminal of a host whose room is open."""
        host = self.terminal(
            *(str(ROOT / "server.py"), "--headless", "--lang", "en", "--host", "127.0.0.1"),
            *("--port", str(self.port), "--archive", str(self.archive)),
            folder=self.folder,
            environment={"CHATROOM_PASSWORD": PASSWORD, "TZ": "WIB-7"},
        )
        host.wait_for("listening on 127.0.0.1")
        return host

    def end(self, host: Terminal) -> None:
        host.type("stop\n")
        self.assertEqual(host.wait(), 0)

    def test_what_happens_has_its_time_and_found_messages_theirs(self) -> None:
        row = '"default","Eva","the keys","2026-01-02T03:04:05Z","a:1"'
        self.archive.write_text(f"Room,Username,Message,Time,Id\r\n{row}\r\n", "utf-8")
        host = self.host()
        host.type("find keys\n")
        host.wait_for("that is all")
        for row in (
            rf"\d\d:\d\d:\d\d listening on 127\.0\.0\.1:{self.port}",
            "> find keys",
            "— Friday, 2 January 2026 —",
            "10:04 Eva: the keys",
            "that is all",
        ):
            self.assertTrue([one for one in host.lines if re.fullmatch(row, one)], row)
        self.end(host)

    def test_half_a_command_is_whole_after_what_happens_and_does_what_it_says(self) -> None:
        host = self.host()
        self.assertFalse(host.modes[3] & ECHO)
        half = "say the kettle is on, and the do"
        host.type(half)
        host.wait_for_row(f"> {half}")
        ana = self.console("Ana")
        for n in range(50):
            ana.write(f"{n}\n")
        wait_for(lambda: len(archived(self.archive)) == 50, 20)
        host.wait_for_row(f"> {half}")
        self.assertEqual([one for one in host.lines if half in one], [f"> {half}"])
        host.type("or is open\n")
        wait_for(lambda: archived(self.archive)[-1]["Message"].endswith("door is open"), 20)
        ana.wait_for_output("the door is open")
        ana.end_input()
        host.wait_for("Ana left")
        self.end(host)
        self.assertTrue(host.modes[3] & ECHO)

    def test_new_password_is_not_shown_and_is_no_line_to_go_back_to(self) -> None:
        host = self.host()
        host.type("password\n")
        host.wait_for_row("> New password:")
        host.type("another secret\n")
        host.wait_for("password was changed")
        host.type("\x1b[A")  # the line before
        host.wait_for_row("> password")
        host.type("\x15")
        self.assertNotIn("another secret", host.printed)
        self.end(host)

    def test_end_of_the_input_leaves_the_room_open(self) -> None:
        host = self.host()
        host.type("\x04")
        wait_for(lambda: bool(host.modes[3] & ECHO), 20)
        ana = self.console("Ana")
        host.wait_for("Ana joined")
        ana.end_input()
        host.process.send_signal(signal.SIGTERM)
        self.assertEqual(host.wait(), 0)


if __name__ == "__main__":
    unittest.main()
