"""The stories of both windows, from the outside: real programs, a real keyboard."""

import os
import shutil
import unittest

from tests.tools.desktop import TOOLS
from tests.tools.wine import wine_cannot
from tests.windows import story

LOSES_KEYS = (
    "loses keys where windows of several programs come and go; its windows are tested alone"
)


class Stories(unittest.TestCase):
    def setUp(self) -> None:
        if os.environ.get("CHATROOM_STORIES") == "apart":
            self.skipTest("told apart")  # where nothing else keeps the windows waiting
        for tool in TOOLS:
            if shutil.which(tool) is None:
                self.skipTest(f"{tool} is not installed")
        try:
            import tkinter  # noqa: F401
        except ImportError:
            self.skipTest("this Python has no tkinter")

    @wine_cannot(LOSES_KEYS)
    def test_a_newcomer_does_all_by_keyboard_in_english(self) -> None:
        story.run(story.STORIES["en"])

    @wine_cannot(LOSES_KEYS)
    def test_a_newcomer_does_all_by_keyboard_in_indonesian(self) -> None:
        story.run(story.STORIES["id"])

    def test_file_for_a_friend_asks_for_password_and_name(self) -> None:
        story.run(story.STORIES["friend"])


if __name__ == "__main__":
    unittest.main()
