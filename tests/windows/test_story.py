"""The whole story of both windows, from the outside: real programs, a real keyboard."""

import shutil
import unittest

from tests.windows import story


class Story(unittest.TestCase):
    def test_host_join_talk_stop_start_and_leave(self) -> None:
        for tool in story.TOOLS:
            if shutil.which(tool) is None:
                self.skipTest(f"{tool} is not installed")
        try:
            import tkinter  # noqa: F401
        except ImportError:
            self.skipTest("this Python has no tkinter")
        story.run(pictures=None)


if __name__ == "__main__":
    unittest.main()
