"""The whole story of both windows, from the outside: real programs, a real keyboard."""

import shutil
import unittest

from tests.windows import story


class Story(unittest.TestCase):
    def setUp(self) -> None:
        for tool in story.TOOLS:
            if shutil.which(tool) is None:
                self.skipTest(f"{tool} is not installed")
        try:
            import tkinter  # noqa: F401
        except ImportError:
            self.skipTest("this Python has no tkinter")

    def test_host_join_talk_stop_start_and_leave(self) -> None:
        story.run(pictures=None)

    def test_file_for_a_friend_asks_for_password_and_name(self) -> None:
        story.run(pictures=None, story=story.tell_of_friend)


if __name__ == "__main__":
    unittest.main()
