"""Emoji in colour: drawn where that is safe, and kept from Tk where it would end the program."""

import ctypes
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from chatroom.windows import emoji
from tests.tools.processes import ROOT, display

FAMILIES = """
import sys
from tkinter import Tk
from tkinter.font import families
from chatroom.windows import emoji, theme
emoji.SAFE_XFT = tuple(map(int, sys.argv[1].split(".")))
root = theme.make_root("Test", "200x100", dark=False, scale=1.0)
root.title("\\U0001f600")
print("\\n".join(sorted(set(families(root)))))
"""


class Safety(unittest.TestCase):
    def check(self, tk: tuple[int, ...], xft: tuple[int, ...] | None, system: str) -> bool:
        with (
            mock.patch.object(emoji, "tk_version", return_value=tk),
            mock.patch.object(emoji, "xft_version", return_value=xft),
            mock.patch.object(sys, "platform", system),
        ):
            return emoji.are_safe()

    def test_on_x11_tk_and_xft_must_both_be_new_enough(self) -> None:
        for tk, xft, safe in (
            ((8, 6, 12), (2, 3, 5), True),
            ((8, 6, 13), (2, 3, 6), True),
            ((9, 0), (2, 4, 0), True),
            ((8, 6, 13), (2, 3, 4), False),
            ((8, 6, 11), (2, 3, 6), False),
            ((8, 6, 13), None, True),
        ):
            with self.subTest(tk=tk, xft=xft):
                self.assertIs(self.check(tk, xft, "linux"), safe)

    def test_other_systems_have_no_such_library(self) -> None:
        for system in ("win32", "darwin"):
            self.assertTrue(self.check((8, 6, 8), (2, 3, 1), system))

    def test_version_of_the_library_is_read(self) -> None:
        library = mock.Mock()
        library.XftGetVersion.return_value = 20304
        with mock.patch.object(ctypes, "CDLL", return_value=library):
            self.assertEqual(emoji.xft_version(), (2, 3, 4))
        with mock.patch.object(ctypes, "CDLL", side_effect=OSError):
            self.assertIsNone(emoji.xft_version())

    def test_version_of_tk_is_read(self) -> None:
        self.assertGreaterEqual(emoji.tk_version(), (8, 6))


class Hiding(unittest.TestCase):
    def test_nothing_is_done_where_it_is_safe(self) -> None:
        with mock.patch.object(emoji, "are_safe", return_value=True):
            before = dict(os.environ)
            with emoji.hidden_where_unsafe():
                self.assertEqual(dict(os.environ), before)

    def test_other_programs_see_their_fonts_again(self) -> None:
        for usual in ({}, {emoji.FILE_VARIABLE: "/some&where/fonts.conf"}):
            with (
                mock.patch.object(emoji, "are_safe", return_value=False),
                mock.patch.dict(os.environ, usual),
            ):
                if not usual:
                    os.environ.pop(emoji.FILE_VARIABLE, None)
                with emoji.hidden_where_unsafe():
                    file = Path(os.environ[emoji.FILE_VARIABLE])
                    written = file.read_text(encoding="utf-8")
                self.assertFalse(file.exists())
                self.assertEqual(
                    os.environ.get(emoji.FILE_VARIABLE), usual.get(emoji.FILE_VARIABLE)
                )
            self.assertIn("/some&amp;where/" if usual else emoji.USUAL_FILE, written)

    @unittest.skipUnless(shutil.which("fc-list"), "no fontconfig")
    def test_tk_knows_no_font_that_is_hidden_and_all_others(self) -> None:
        """A font that is here stands for one with colours, which may not be."""
        found = subprocess.run(
            ["fc-list", "--format", "%{family[0]}\n"], capture_output=True, text=True, check=True
        )
        family = sorted(set(found.stdout.split("\n")) - {"", "DejaVu Sans"})[0]
        if sys.platform in ("win32", "darwin"):
            self.skipTest("only Xft has the fault")
        script = FAMILIES.replace("root =", f"emoji.FAMILIES = ({family!r},)\nroot =")
        shown = self.families(script, "0.0.0")
        hidden = self.families(script, "99.0.0")
        self.assertIn(family, shown)
        self.assertNotIn(family, hidden)
        self.assertLessEqual(len(shown) - len(hidden), 2)

    def families(self, script: str, safe_xft: str) -> list[str]:
        """Return the fonts that Tk knows, in a process of its own: they are looked up once."""
        with display(), tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(
                [sys.executable, "-c", script, safe_xft],
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT), "XDG_CONFIG_HOME": folder},
                capture_output=True,
                text=True,
                check=True,
                timeout=30,
            )
        return done.stdout.splitlines()


if __name__ == "__main__":
    unittest.main()
