"""Which answer is asked for again, after what end."""

import getpass
import io
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from chatroom import problems, remembered, settings
from chatroom.client import events
from chatroom.terminal import console, lines, questions

NOTHING = settings.Given(None, None, None, None, 100)
ALL = settings.Given("127.0.0.1", 7, "secret", "Ana", 100)


class QuestionsTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.memory = remembered.Remembered(Path(folder.name) / "client.json")

    def make(
        self, given: settings.Given, *answers: str, is_terminal: bool = True
    ) -> questions.Questions:
        """Return questions to somebody who types these answers."""
        stdin = mock.Mock(isatty=lambda: is_terminal)
        left = iter(answers)
        for patch in (
            mock.patch.object(sys, "stdin", stdin),
            mock.patch.object(sys, "stderr", io.StringIO()),
            mock.patch.object(lines, "input_lines", lambda: left),
            mock.patch.object(getpass, "getpass", lambda question: next(left)),
        ):
            patch.start()
            self.addCleanup(patch.stop)
        return questions.Questions(given, self.memory)

    def test_each_end_asks_for_what_it_is_about(self) -> None:
        for status, answers, changed in (
            (console.STATUS_WRONG_PASSWORD, ["other"], {"password": "other"}),
            (console.STATUS_NAME_REFUSED, ["Budi"], {"name": "Budi"}),
            (console.STATUS_NO_ANSWER, ["127.0.0.2", "9"], {"host": "127.0.0.2", "port": 9}),
            (console.STATUS_NO_ANSWER, ["127.0.0.2:9"], {"host": "127.0.0.2", "port": 9}),
        ):
            with self.subTest(changed):
                asked = self.make(NOTHING, "127.0.0.1", "7", "secret", "Ana", *answers)
                first = asked.ask()
                self.assertTrue(asked.asks_again(status))
                self.assertEqual(asked.ask(), first._replace(**changed))

    def test_nothing_is_asked_again_that_was_given_or_that_let_us_in(self) -> None:
        ends = (
            console.STATUS_LEFT,
            console.STATUS_FAILED,
            console.STATUS_WRONG_PASSWORD,
            console.STATUS_NAME_REFUSED,
            console.STATUS_NO_ANSWER,
        )
        asked = self.make(ALL)
        self.assertEqual(asked.ask(), settings.Settings("127.0.0.1", 7, "secret", "Ana", 100))
        self.assertFalse(any(map(asked.asks_again, ends)))
        asked = self.make(NOTHING, "127.0.0.1", "7", "secret", "Ana")
        asked.ask()
        asked.entered(events.Entered("Kelas", "Ana", "u1", back=False, head=0))
        self.assertFalse(any(map(asked.asks_again, ends)))
        self.assertEqual(self.memory.recent(), [remembered.Room("127.0.0.1", 7, "Ana", "Kelas")])

    def test_in_a_pipe_nothing_is_asked_or_remembered(self) -> None:
        asked = self.make(NOTHING._replace(password="secret", name="Ana"), is_terminal=False)
        self.assertEqual(asked.ask(), settings.Settings("127.0.0.1", 8080, "secret", "Ana", 100))
        asked.entered(events.Entered("Kelas", "Ana", "u1", back=False, head=0))
        self.assertEqual(self.memory.recent(), [])
        self.assertFalse(asked.asks_again(console.STATUS_NAME_REFUSED))
        for given in (ALL._replace(password=None), ALL._replace(name=None)):
            with self.assertRaises(problems.WrongInput):
                self.make(given, is_terminal=False).ask()

    def test_port_is_asked_only_where_the_address_is(self) -> None:
        given = settings.Given("127.0.0.1", None, None, "Ana", 100)
        self.assertEqual(self.make(given, "secret").ask().port, 8080)
        given = given._replace(host=None)
        self.assertEqual(self.make(given, "127.0.0.1", "9", "secret").ask().port, 9)

    def test_no_more_answers_are_the_end(self) -> None:
        with self.assertRaises(EOFError):
            self.make(NOTHING).ask()

    def test_name_is_suggested_that_was_used_there(self) -> None:
        for port, name in ((7, "Ana"), (8, "Budi")):
            self.memory.update(f"127.0.0.1 {port}", name=name)
        self.assertEqual(self.make(NOTHING, "", "7", "secret", "").ask().name, "Ana")
        self.assertEqual(self.make(NOTHING, "", "", "secret", "").ask().name, "Budi")
        self.assertEqual(self.make(NOTHING, "127.0.0.9", "", "secret", "").ask().name, "Budi")


if __name__ == "__main__":
    unittest.main()
