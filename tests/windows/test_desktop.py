"""What the desktop is asked: the answer counts, and none stands for light and for Tk's own."""

import os
import shutil
import subprocess
import sys
import unittest
from typing import Any
from unittest import mock

from chatroom.windows import desktop


class Answers:
    """Programs of a system, and what they print."""

    def __init__(self, **printed: str) -> None:
        self._printed = printed

    def which(self, name: str) -> str | None:
        return name if name in self._printed else None

    def run(self, command: tuple[str, ...], **_: Any) -> "subprocess.CompletedProcess[str]":
        return subprocess.CompletedProcess(command, 0, self._printed[command[0]], "")


class DesktopTest(unittest.TestCase):
    def on(self, platform: str, answers: Answers, **environment: str) -> None:
        """Pretend to be on this system, for the rest of a test."""
        patches = (
            mock.patch.object(sys, "platform", platform),
            mock.patch.object(shutil, "which", answers.which),
            mock.patch.object(subprocess, "run", answers.run),
            mock.patch.dict(os.environ, environment),
        )
        os.environ.pop(desktop.THEME_VARIABLE, None)
        for patch in patches:
            patch.start()
            self.addCleanup(patch.stop)


class DarkOrLight(DesktopTest):
    def test_the_environment_goes_first(self) -> None:
        self.on("linux", Answers(gsettings="'prefer-dark'"), CHATROOM_THEME="Light")
        self.assertFalse(desktop.prefers_dark())
        self.on("linux", Answers(), CHATROOM_THEME="dark")
        self.assertTrue(desktop.prefers_dark())

    def test_the_desktop_is_asked(self) -> None:
        for platform, answers, dark in (
            ("linux", Answers(gsettings="'prefer-dark'\n"), True),
            ("linux", Answers(gsettings="'default'\n"), False),
            ("linux", Answers(), False),
            ("darwin", Answers(defaults="Dark\n"), True),
            ("darwin", Answers(defaults=""), False),
        ):
            with self.subTest(platform=platform, dark=dark):
                self.on(platform, answers)
                self.assertIs(desktop.prefers_dark(), dark)

    def test_a_desktop_that_does_not_answer_in_time_is_light(self) -> None:
        self.on("linux", Answers(gsettings=""))
        late = subprocess.TimeoutExpired("gsettings", desktop.ANSWER_WITHIN_S)
        with mock.patch.object(subprocess, "run", side_effect=late) as run:
            self.assertFalse(desktop.prefers_dark())
        self.assertEqual(run.call_args.kwargs["timeout"], desktop.ANSWER_WITHIN_S)


class Scale(DesktopTest):
    def test_it_is_what_the_desktop_is_set_to(self) -> None:
        for printed, scale in (
            ("Xcursor.size:\t48\nXft.dpi:\t192\n", 2.0),
            ("Xft.dpi: much\n", None),
            ("", None),
        ):
            self.on("linux", Answers(xrdb=printed), DISPLAY=":0")
            self.assertEqual(desktop.screen_scale(), scale)

    def test_only_x11_is_asked(self) -> None:
        self.on("darwin", Answers(xrdb="Xft.dpi: 192"), DISPLAY=":0")
        self.assertIsNone(desktop.screen_scale())


if __name__ == "__main__":
    unittest.main()
