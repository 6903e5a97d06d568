"""The file for a friend: what is in it, and how it is put in its place."""

import ast
import contextlib
import io
import os
import shutil
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path
from unittest import mock

import client
from chatroom import friend


class FriendTest(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.path = self.folder / "Chat room.pyzw"


class Content(FriendTest):
    def test_it_is_the_client_and_nothing_else(self) -> None:
        data = friend.make("192.168.1.20", 8080)
        self.assertTrue(data.startswith(b"#!/usr/bin/env python3\n"))
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            self.assertIsNone(parts.testzip())
            names = parts.namelist()
            program = friend.ROOT / "client.py"
            self.assertEqual(parts.read("client.py"), program.read_bytes())
        self.assertIn("chatroom/windows/chat_window.py", names)
        for name in names:
            self.assertRegex(name, r"^(?:__main__\.py|client\.py|chatroom/[a-z0-9_/]+\.(?:py|md))$")
        self.assertEqual(len(names), len(set(names)))

    def test_the_same_program_makes_the_same_file(self) -> None:
        self.assertEqual(friend.make("::1", 99), friend.make("::1", 99))

    def test_what_does_not_belong_to_the_program_is_left_out(self) -> None:
        root = self.folder / "program"
        shutil.copytree(friend.ROOT / "chatroom", root / "chatroom")
        shutil.copy(friend.ROOT / "client.py", root)
        expected = friend.make("10.0.0.7", 8080)
        for name in ("archive.csv", "chatroom/password.txt", "chatroom/.secret"):
            (root / name).write_text("frogs")
        with mock.patch.object(friend, "ROOT", root):
            self.assertEqual(friend.make("10.0.0.7", 8080), expected)


class Start(FriendTest):
    def start(
        self,
        *arguments: str,
        version: tuple[int, ...] = (3, 10, 0),
        stderr: io.StringIO | None = None,
    ) -> int:
        """Run the page that is run first; return its exit status."""
        with zipfile.ZipFile(io.BytesIO(friend.make("10.0.0.7", 8080))) as parts:
            source = parts.read("__main__.py").decode("ascii")
        ast.parse(source, feature_version=(3, 4))
        with (
            mock.patch.object(sys, "argv", ["FILE", *arguments]),
            mock.patch.object(sys, "version_info", version),
            mock.patch.object(client, "main", return_value=7) as self.main,
            contextlib.redirect_stderr(stderr),
            self.assertRaises(SystemExit) as ended,
        ):
            exec(compile(source, "__main__.py", "exec"), {})
        assert isinstance(ended.exception.code, int)
        return ended.exception.code

    def test_client_is_told_where_the_room_is(self) -> None:
        self.assertEqual(self.start(), 7)
        self.main.assert_called_once_with(["--host", "10.0.0.7", "--port", "8080"])

    def test_what_the_friend_says_comes_later_and_wins(self) -> None:
        self.start("--console", "--port", "99")
        self.main.assert_called_once_with(
            ["--host", "10.0.0.7", "--port", "8080", "--console", "--port", "99"]
        )

    def test_old_python_says_so_in_every_language(self) -> None:
        stderr = io.StringIO()
        self.assertEqual(self.start(version=(3, 9, 18), stderr=stderr), 2)
        self.assertIn("needs Python 3.10 or newer", stderr.getvalue())
        self.assertIn("Python 3.10 atau lebih baru", stderr.getvalue())
        self.assertIn(f"This is Python {sys.version.split()[0]}.", stderr.getvalue())
        self.main.assert_not_called()

    def test_old_python_without_a_console_shows_it(self) -> None:
        tkinter = mock.Mock()
        modules = {"tkinter": tkinter, "tkinter.messagebox": tkinter.messagebox}
        with mock.patch.dict(sys.modules, modules):
            self.assertEqual(self.start(version=(3, 9, 18)), 2)
        self.assertIn("This is Python", tkinter.messagebox.showerror.call_args.args[1])


class Saving(FriendTest):
    def test_it_can_be_run_and_stands_in_the_place_of_another(self) -> None:
        self.path.write_bytes(b"an older one")
        friend.save(self.path, "10.0.0.7", 8080)
        self.assertEqual(self.path.read_bytes(), friend.make("10.0.0.7", 8080))
        self.assertEqual(os.listdir(self.folder), [self.path.name])
        if os.name == "posix":
            self.assertTrue(os.access(self.path, os.X_OK))

    def test_where_it_cannot_be_written_what_was_there_stays(self) -> None:
        self.path.write_bytes(b"an older one")
        full = OSError(28, "No space left on device")
        with mock.patch.object(os, "replace", side_effect=full), self.assertRaises(OSError):
            friend.save(self.path, "10.0.0.7", 8080)
        self.assertEqual(self.path.read_bytes(), b"an older one")
        self.assertEqual(os.listdir(self.folder), [self.path.name])

    def test_folder_that_is_not_there(self) -> None:
        with self.assertRaises(FileNotFoundError):
            friend.save(self.folder / "missing" / "a.pyzw", "10.0.0.7", 8080)


if __name__ == "__main__":
    unittest.main()
