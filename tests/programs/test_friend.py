"""The file for a friend, alone in a folder: it runs there, and comes in."""

import unittest

from chatroom import friend
from tests.tools.processes import PASSWORD, ProgramTest, wait_for


class Alone(ProgramTest):
    def test_friend_comes_in_by_the_file_and_both_talk(self) -> None:
        self.serve()
        host = self.console("Rosa", "--follow")
        alone = self.folder / "alone"
        alone.mkdir()
        saved = alone / "Chat room.pyzw"
        friend.save(saved, "127.0.0.1", self.port)
        self.assertNotIn(PASSWORD.encode(), saved.read_bytes())
        ana = self.program(str(saved), "--console", "--follow", "--name", "Ana")
        wait_for(lambda: "You are in" in ana.err, 30, "Ana is in")
        ana.write("hello from afar\n")
        host.wait_for_output("Ana: hello from afar")
        host.write("good to hear you\n")
        ana.wait_for_output("Rosa: good to hear you")
        ana.write("exit\n")
        self.assertEqual(ana.wait(), 0)
        self.assertEqual([path.name for path in alone.iterdir()], [saved.name])


if __name__ == "__main__":
    unittest.main()
