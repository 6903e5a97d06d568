"""What is typed in place of a message."""

import unittest

from chatroom.client import events
from chatroom.terminal import slash_commands
from chatroom.terminal.slash_commands import SlashCommands, is_command, message_of


class Commands(unittest.TestCase):
    def setUp(self) -> None:
        self.answers: list[str] = []
        self.asked: list[object] = []
        self.commands = SlashCommands(
            self.answers.append,
            find=self.asked.append,
            show_earlier=self.asked.append,
            show_name=lambda name: f"<{name}>",
        )

    def test_who_tells_the_people_as_they_are_known(self) -> None:
        self.commands.run("/who")  # is answered later
        self.assertEqual(self.answers, [])
        self.commands.handle(events.PeopleChanged(("Ana",), (), ()))
        self.commands.handle(events.PeopleChanged(("Ana", "Budi"), ("Budi",), ()))
        self.commands.run(" /WHO  is it ")
        self.assertEqual(
            self.answers,
            [
                "1 person is in the room: <Ana>",
                "2 people are in the room: <Ana>, <Budi>",
            ],
        )

    def test_find_and_history_hand_on_what_is_asked(self) -> None:
        for line in ("/find  two  words ", "/history", "/history 7", "/History  500"):
            self.commands.run(line)
        self.assertEqual(self.asked, ["two  words", slash_commands.EARLIER, 7, 500])
        self.assertEqual(self.answers, [])

    def test_what_is_wrong_is_said_and_asks_nothing(self) -> None:
        for line, answer in (
            ("/find ", "What to look for"),
            ("/history 0", "'0' is no number from 1 to 500"),
            ("/history 501", "'501' is no number"),
            ("/history -1", "'-1' is no number"),
            ("/history \u0663", "is no number"),
            ("/history " + "9" * 10_000, "is no number"),
            ("/", "there is no command /."),
            ("/etc/hosts is mine", "there is no command /etc/hosts."),
            ("/\x1b[2J", "there is no command /\u241b[2J."),
        ):
            with self.subTest(line[:20]):
                self.answers.clear()
                self.commands.run(line)
                self.assertIn(answer, self.answers[0])
        self.assertEqual(self.asked, [])

    def test_two_slashes_stand_for_one(self) -> None:
        for line, is_one, message in (
            ("/who", True, "/who"),
            ("//who", False, "/who"),
            ("///", False, "//"),
            ("text /who", False, "text /who"),
            (" /who", False, " /who"),
        ):
            self.assertEqual((is_command(line), message_of(line)), (is_one, message))


if __name__ == "__main__":
    unittest.main()
