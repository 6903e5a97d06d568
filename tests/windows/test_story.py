"""The stories of both windows, from the outside: real programs, a real keyboard."""

import shutil
import unittest

from tests.tools.desktop import TOOLS
from tests.tools.wine import is_wine
from tests.windows import story


class Stories(unittest.TestCase):
    def setUp(self) -> None:
        for tool in TOOLS:
            if shutil.which(tool) is None:
                self.skipTest(f"{tool} is not installed")
        try:
            import tkinter  # noqa: F401
        except ImportError:
            self.skipTest("this Python has no tkinter")

    @unittest.skipIf(is_wine(), "Wine is slow, and hears the same keys in one language")
    def test_a_newcomer_does_all_by_keyboard_in_english(self) -> None:
        story.run(story.STORIES["en"])

    def test_a_newcomer_does_all_by_keyboard_in_indonesian(self) -> None:
        story.run(story.STORIES["id"])

    def test_file_for_a_friend_asks_for_password_and_name(self) -> None:
        story.run(story.STORIES["friend"])


if __name__ == "__main__":
    unittest.main()
