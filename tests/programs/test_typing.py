"""Somebody types at a terminal while others talk: real programs on a pseudo-terminal."""

import os
import re
import signal
from typing import Any

from tests.tools.processes import PASSWORD, ROOT, ProgramTest, archived, wait_for
from tests.tools.terminal import Terminal, TerminalTest

PROMPT = "> "


class Typing(ProgramTest, TerminalTest):
    def ana(self, *options: str, **more: Any) -> Terminal:
        """Return the terminal of Ana, who is in the room."""
        ana = self.client(self.folder, self.port, *options, **more)
        ana.wait_for("You are in the room")
        ana.wait_for_row(PROMPT.rstrip())
        return ana

    def said(self) -> list[str]:
        return [row["Message"] for row in archived(self.archive)]


class ThousandMessages(Typing):
    def test_half_a_line_is_whole_after_a_thousand_messages_and_is_sent_exactly(self) -> None:
        self.serve()
        ana = self.ana()
        half = "I was about to say \u201cna\u00efve \u4e16\u754c \U0001f600\u201d \u2014 and"
        ana.type(half)
        ana.wait_for_row(PROMPT + half)
        people = [self.console(f"P{n}", "--history", "0") for n in range(10)]
        for n in range(1000):  # each may say ten a second
            people[n % 10].write(f"{n} {'so it goes on and on ' * (n % 9)}".strip() + "\n")
        wait_for(lambda: len(self.said()) >= 500, 60)
        ana.type("X\x7f")  # typing goes on meanwhile
        for one in people:
            one.end_input()
        wait_for(lambda: len(self.said()) == 1000, 60)
        last = archived(self.archive)[-1]
        ana.wait_for(f" {last['Username']}: {last['Message']}")
        ana.wait_for_row(PROMPT + half)
        self.assertEqual(ana.before_cursor, PROMPT + half)
        self.assertEqual([one for one in ana.lines if one.startswith(PROMPT)], [PROMPT + half])
        shown = [one[6:] for one in ana.lines if re.match(r"\d\d:\d\d ", one)]
        rows = archived(self.archive)
        self.assertEqual(shown, [f"{row['Username']}: {row['Message']}" for row in rows])
        ana.type(" more\n")
        wait_for(lambda: half + " more" in self.said(), 20)
        ana.wait_for_row(PROMPT.rstrip())
        ana.wait_for(f" Ana: {half} more")
        self.assertEqual(len([one for one in ana.lines if half in one]), 1)


class Lines(Typing):
    def test_own_line_stands_there_once_with_its_time(self) -> None:
        self.serve()
        ana = self.ana()
        ana.type("hello\n")
        ana.wait_for(" Ana: hello")
        ana.wait_for_row(PROMPT.rstrip())
        [line] = [one for one in ana.lines if "hello" in one]
        self.assertRegex(line, r"^\d\d:\d\d Ana: hello$")

    def test_pasted_lines_are_sent_each(self) -> None:
        self.serve()
        ana = self.ana()
        ana.type("".join(f"line {n}\n" for n in range(30)))
        wait_for(lambda: len(self.said()) == 30, 20)
        self.assertEqual(self.said(), [f"line {n}" for n in range(30)])
        ana.wait_for("Ana: line 29")
        for n in range(30):
            self.assertEqual(len([x for x in ana.lines if re.search(rf"line {n}$", x)]), 1)

    def test_hostile_text_stays_harmless(self) -> None:
        self.serve()
        ana = self.ana()
        budi = self.console("Budi")
        budi.write(b"red \x1b[31m\x1b[2J\r12:00 Ana: forged \xe2\x80\xae\x07\n")
        ana.wait_for("forged")
        self.assertEqual(len([one for one in ana.lines if "forged" in one]), 1)
        self.assertNotIn("\x1b[31m", ana.printed)
        self.assertNotIn("\x07", ana.printed)

    def test_what_waits_is_shown_while_the_server_is_away_and_sent_later(self) -> None:
        server = self.serve()
        ana = self.ana()
        server.stop()
        ana.wait_for("The host stopped the room")
        ana.type("".join(f"later {n}\n" for n in range(5)))
        ana.wait_for("waiting: later 4")
        ana.wait_for("2 more wait")
        ana.type("half")
        ana.wait_for_row(f"{PROMPT}half")
        self.serve()
        ana.wait_for("Ana: later 4")
        wait_for(lambda: not any("wait" in one for one in ana.lines), 20)
        self.assertEqual(self.said(), [f"later {n}" for n in range(5)])
        ana.wait_for_row(f"{PROMPT}half")


class Commands(Typing):
    def test_commands_answer_and_are_not_sent(self) -> None:
        self.serve()
        budi = self.console("Budi", "--follow")
        for n in range(1, 51):
            budi.write(f"old {n}\n")
        wait_for(lambda: len(self.said()) == 50, 20)
        ana = self.ana("--history", "5")
        for typed, answer in (
            ("/who", "3 people are in the room: "),
            ("/help", "/history [N] "),
            ("/find old 7", "1 message found:"),
            ("/find", "What to look for?"),
            ("/history 10", "Messages 36 to 45:"),
            ("/history", "Messages 16 to 35:"),
            ("/history 500", "Messages 1 to 15:"),
            ("/history x", "'x' is no number from 1 to 500"),
            ("/dance now", "there is no command /dance."),
        ):
            with self.subTest(typed):
                ana.type(f"{typed}\n")
                ana.wait_for(answer)
        ana.type("/history\n")
        ana.wait_for("This is the beginning")
        for n in range(1, 51):
            times = 2 if n == 7 else 1
            found = [one for one in ana.lines if re.search(rf"Budi: old {n}$", one)]
            self.assertEqual(len(found), times, n)
        ana.type("//usr/bin is a folder\n")
        wait_for(lambda: len(self.said()) == 51, 20)
        self.assertEqual(self.said()[-1], "/usr/bin is a folder")
        ana.type("/exit\n")
        self.assertEqual(ana.wait(), 0)

    def test_everything_in_indonesian(self) -> None:
        self.serve()
        ana = self.ana_in_indonesian()
        for typed, answer in (
            ("/who", "2 orang di ruang: "),
            ("/help", "cari pesan"),
            ("/dance", "Tidak terkirim"),
            ("/find apa", "Tidak ada yang ditemukan."),
        ):
            ana.type(f"{typed}\n")
            ana.wait_for(answer)

    def ana_in_indonesian(self) -> Terminal:
        ana = self.client(self.folder, self.port, "--lang", "id")
        ana.wait_for("/help memuat")
        return ana


class Looks(Typing):
    def test_names_have_colours_but_not_where_they_are_not_wanted(self) -> None:
        self.serve()
        budi = self.console("Budi", "--follow")
        budi.write("hello\n")
        for environment, pattern in (
            ({}, "\x1b\\[38;5;\\d+mBudi\x1b\\[m: hello"),
            ({"TERM": "xterm"}, "\x1b\\[3\\dmBudi\x1b\\[m: hello"),
            ({"NO_COLOR": "1"}, "\\d Budi: hello"),
        ):
            with self.subTest(environment):
                ana = self.ana(environment=environment)
                ana.wait_for("Budi: hello")
                self.assertRegex(ana.printed, pattern)
                ana.type("/exit\n")
                self.assertEqual(ana.wait(), 0)

    def test_dumb_terminal_has_no_sequences_and_own_lines_once(self) -> None:
        self.serve()
        ana = self.client(self.folder, self.port, environment={"TERM": "dumb"})
        ana.wait_for("/help lists")
        budi = self.console("Budi", "--follow")
        budi.write("hello\n")
        ana.wait_for("Budi joined")
        ana.wait_for("Budi: hello")
        ana.type("hi yourself\n/who\n")
        ana.wait_for("3 people are in the room: ")
        wait_for(lambda: len(self.said()) == 2, 20)
        budi.write("so\n")
        ana.wait_for("Budi: so")
        self.assertEqual(len([one for one in ana.lines if "hi yourself" in one]), 1)
        self.assertNotIn("\x1b", ana.printed)
        ana.type("\x04")
        self.assertEqual(ana.wait(), 0)

    def test_output_in_a_pipe_is_as_in_any_pipe(self) -> None:
        self.serve()
        reading, writing = os.pipe()
        self.addCleanup(os.close, reading)
        ana = self.client(self.folder, self.port, stdout=writing)
        os.close(writing)
        ana.wait_for_row(PROMPT.rstrip())
        ana.type("hello\n/who\n")
        ana.wait_for("2 people are in the room: Host, Ana")
        self.assertEqual(os.read(reading, 1000), b"Ana: hello\n")

    def test_narrow_terminal_shows_the_place_that_is_typed_at(self) -> None:
        self.serve()
        ana = self.ana(size=(30, 10))
        text = " ".join(f"word{n}" for n in range(20))
        ana.type(text)
        wait_for(lambda: ana.row.endswith("word18 word19"), 20)
        ana.type("\x01")
        wait_for(lambda: ana.row.startswith(f"{PROMPT}word0 word1"), 20)
        self.assertEqual(ana.before_cursor, PROMPT)
        ana.resize(60, 10)
        wait_for(lambda: ana.row.startswith(f"{PROMPT}word0 word1 word2 word3 word4 word5"), 20)
        ana.type("\n")
        wait_for(lambda: self.said() == [text], 20)


class Ending(Typing):
    def test_terminal_is_as_it_was_after_every_end(self) -> None:
        self.serve()
        for end in ("/exit\n", "exit\n", "\x04", "\x03", signal.SIGTERM, signal.SIGHUP):
            with self.subTest(end):
                ana = self.client(self.folder, self.port)
                before = ana.modes
                ana.wait_for_row(PROMPT.rstrip())
                self.assertNotEqual(ana.modes, before)
                if isinstance(end, str):
                    ana.type(end)
                else:
                    ana.process.send_signal(end)
                self.assertEqual(ana.wait(), 0)
                self.assertEqual(ana.modes, before)
                self.assertEqual(ana.row, "")

    def test_what_was_typed_and_not_sent_is_left_to_be_read(self) -> None:
        server = self.serve()
        ana = self.ana()
        before = "half a thought"
        ana.type(before)
        ana.wait_for_row(PROMPT + before)
        server.write("remove Ana\n")
        self.assertEqual(ana.wait(), 1)
        ana.wait_for("removed you")
        self.assertIn(PROMPT + before, ana.lines)


class Suspending(Typing):
    def test_ctrl_z_gives_the_terminal_back_until_the_program_goes_on(self) -> None:
        self.serve()
        where = "--host", "127.0.0.1", "--port", str(self.port), "--name", "Ana"
        command = str(ROOT / "client.py"), "--console", *where
        environment = {"CHATROOM_PASSWORD": PASSWORD}
        shell = self.terminal("-c", SHELL, *command, folder=self.folder, environment=environment)
        before = shell.modes
        shell.wait_for("/help lists")
        shell.type("half a line")
        shell.wait_for_row(f"{PROMPT}half a line")
        for key in ("\x1a", "\x1a"):
            shell.type(key)
            shell.wait_for_row("stopped:")
            self.assertEqual(shell.modes, before)
            self.assertNotIn(f"{PROMPT}half a line", shell.lines)
            shell.type("go on\n")
            shell.wait_for_row(f"{PROMPT}half a line")
        shell.type(" is whole\n")
        shell.wait_for("Ana: half a line is whole")
        shell.type("/exit\n")
        self.assertEqual(shell.wait(), 0)


SHELL = """
import os, signal, subprocess, sys
signal.signal(signal.SIGTTOU, signal.SIG_IGN)
job = subprocess.Popen([sys.executable, *sys.argv[1:]], preexec_fn=os.setpgrp)
while True:
    os.tcsetpgrp(0, job.pid)
    os.kill(job.pid, signal.SIGCONT)
    _, status = os.waitpid(job.pid, os.WUNTRACED)
    if not os.WIFSTOPPED(status):
        sys.exit(os.waitstatus_to_exitcode(status))
    os.tcsetpgrp(0, os.getpgrp())
    print("stopped: ", end="", flush=True)
    sys.stdin.readline()
"""
"""A shell that runs one program, and has it go on for each line that is typed."""


if __name__ == "__main__":
    import unittest

    unittest.main()
