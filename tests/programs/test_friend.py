"""The file for a friend, alone in a folder: it runs there, and comes in."""

import unittest
import zipfile

from chatroom import friend
from tests.tools.processes import PASSWORD, ProgramTest, display, wait_for


class Alone(ProgramTest):
    def setUp(self) -> None:
        super().setUp()
        self.alone = self.folder / "alone"
        self.alone.mkdir()
        self.saved = self.alone / "Chat room.pyzw"
        friend.save(self.saved, "127.0.0.1", self.port)

    def test_friend_comes_in_by_the_file_and_both_talk(self) -> None:
        self.serve()
        host = self.console("Rosa", "--follow")
        ana = self.program(str(self.saved), "--console", "--follow", "--name", "Ana")
        wait_for(lambda: "You are in" in ana.err, 30, "Ana is in")
        ana.write("hello from afar\n")
        host.wait_for_output("Ana: hello from afar")
        host.write("good to hear you\n")
        ana.wait_for_output("Rosa: good to hear you")
        ana.write("exit\n")
        self.assertEqual(ana.wait(), 0)
        self.assertEqual([path.name for path in self.alone.iterdir()], [self.saved.name])

    def test_its_window_opens_and_is_in_the_room(self) -> None:
        server = self.serve()
        with display():
            ana = self.program(str(self.saved), "--name", "Ana")
            server.wait_for_output("Ana joined", 60)
            self.assertEqual(ana.stop(), 0)
        server.wait_for_output("Ana left")
        self.assertEqual(ana.err, "")

    def test_password_is_not_in_it(self) -> None:
        with zipfile.ZipFile(self.saved) as parts:
            for name in parts.namelist():
                self.assertNotIn(PASSWORD.encode(), parts.read(name))


if __name__ == "__main__":
    unittest.main()
