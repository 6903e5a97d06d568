"""A file among the user's settings, whatever has become of it or of its folder."""

import json
import logging
import os
import shutil
import stat
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Any
from unittest import mock

from chatroom import user_files
from chatroom.user_files import UserFile
from tests.tools.home import settings_in

has_mode_bits = unittest.skipUnless(os.name == "posix", "no permission bits")
binds_the_owner = unittest.skipIf(
    os.name != "posix" or os.geteuid() == 0, "no permission stops this user"
)


def keep_in(path: Path | None) -> UserFile[int]:
    """Return a file that keeps a number."""

    def understand(value: Any) -> int:
        if type(value) is not int:
            raise ValueError("no number")
        return value

    return UserFile(path, understand, empty=0)


class UserFileTest(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.path = self.folder / "chatroom" / "kept.json"
        self.kept = keep_in(self.path)

    def write(self, content: str | bytes) -> None:
        self.path.parent.mkdir(exist_ok=True)
        self.path.write_bytes(content.encode() if isinstance(content, str) else content)

    def names(self) -> list[str]:
        return sorted(one.name for one in self.path.parent.iterdir())


class DamagedFiles(UserFileTest):
    """A file that cannot be read is set aside as it is, and a new one begins."""

    CONTENTS = (
        "",
        "{",
        "no JSON",
        b"\xff\xfe\x00",
        b"\x00" * 100,
        "null",
        '"7"',
        "[" * 100_000,
        '{"rooms":' * 20_000,
        " " * (256 * 1024 + 1),
        "1" * 6000,
    )

    def test_it_is_set_aside(self) -> None:
        for content in self.CONTENTS:
            with self.subTest(content=content[:40]):
                shutil.rmtree(self.path.parent, ignore_errors=True)
                self.write(content)
                self.assertEqual(self.kept.load(), 0)
                self.kept.save(7)
                self.assertEqual(self.kept.load(), 7)
                self.assertEqual(self.names(), ["kept.json", "kept.json.unreadable-1"])
                aside = self.path.with_name("kept.json.unreadable-1").read_bytes()
                self.assertEqual(aside, content if isinstance(content, bytes) else content.encode())

    def test_forgetting_leaves_nothing(self) -> None:
        self.write("no JSON")
        self.kept.load()
        self.kept.save(7)
        self.assertEqual(len(self.names()), 2)
        self.kept.forget()
        self.assertEqual((self.names(), self.kept.load()), ([], 0))
        self.kept.forget()

    def test_each_has_a_name_of_its_own_up_to_a_few(self) -> None:
        for number in range(user_files.ASIDE_MOST + 3):
            self.write(f"broken {number}")
            self.kept.load()
        self.assertEqual(len(self.names()), user_files.ASIDE_MOST)
        first = self.path.with_name("kept.json.unreadable-1")
        self.assertEqual(first.read_text(), "broken 0")

    def test_a_folder_in_its_place(self) -> None:
        self.path.mkdir(parents=True)
        (self.path / "inside").touch()
        self.assertEqual(self.kept.load(), 0)
        self.kept.save(7)
        self.assertEqual(self.kept.load(), 7)
        self.assertTrue((self.folder / "chatroom/kept.json.unreadable-1/inside").exists())

    @unittest.skipUnless(hasattr(os, "mkfifo"), "no pipes among files")
    def test_a_pipe_in_its_place_is_not_waited_for(self) -> None:
        self.path.parent.mkdir()
        os.mkfifo(self.path)
        self.assertEqual(self.kept.load(), 0)
        self.assertEqual(self.names(), ["kept.json.unreadable-1"])


class Folders(UserFileTest):
    """Where nothing can be kept, nothing is remembered, and that is all."""

    def assert_forgets(self, kept: UserFile[int]) -> None:
        with self.assertLogs("chatroom.user_files", "DEBUG") as logged:
            kept.save(7)
            self.assertEqual(kept.load(), 0)
            kept.forget()
        self.assertEqual({one.levelno for one in logged.records}, {logging.DEBUG})

    def test_a_file_where_the_folder_should_be(self) -> None:
        self.path.parent.write_text("in the way")
        self.assert_forgets(self.kept)
        self.assertEqual(self.path.parent.read_text(), "in the way")

    def test_a_path_that_no_system_takes(self) -> None:
        self.assert_forgets(keep_in(self.folder / ("x" * 300) / "kept.json"))

    @binds_the_owner
    def test_a_folder_that_is_read_only(self) -> None:
        self.path.parent.mkdir(mode=0o500)
        self.assert_forgets(self.kept)

    def test_a_system_that_refuses_every_step(self) -> None:
        self.kept.save(1)
        before = self.path.read_bytes()
        for name in ("replace", "open"):
            with self.subTest(name), mock.patch.object(os, name, side_effect=PermissionError(name)):
                self.kept.save(7)
            self.assertEqual((self.path.read_bytes(), self.names()), (before, ["kept.json"]))

    def test_no_home_at_all(self) -> None:
        nobody = dict.fromkeys(settings_in(self.folder), "")
        no_home = mock.patch.object(Path, "home", side_effect=RuntimeError("no home"))
        with mock.patch.dict(os.environ, nobody), no_home:
            self.assertIsNone(user_files.default_path("kept.json"))
            kept = keep_in(None)
        kept.save(7)
        self.assertEqual(kept.load(), 0)
        kept.forget()

    def test_a_file_that_disappears_while_it_is_used(self) -> None:
        self.kept.save(7)
        shutil.rmtree(self.path.parent)
        self.assertEqual(self.kept.load(), 0)
        self.kept.save(8)
        self.assertEqual(self.kept.load(), 8)

    @has_mode_bits
    def test_only_this_user_may_read_it(self) -> None:
        umask = os.umask(0)
        self.addCleanup(os.umask, umask)
        self.kept.save(7)
        self.path.chmod(0o644)
        self.kept.save(8)
        modes = [stat.S_IMODE(one.stat().st_mode) for one in (self.path.parent, self.path)]
        self.assertEqual(modes, [0o700, 0o600])


class Atomicity(UserFileTest):
    def test_whoever_reads_meanwhile_finds_one_or_the_other(self) -> None:
        self.kept.save(1)
        replace, seen = os.replace, []

        def look_first(source: Path, target: Path) -> None:
            seen.append((self.kept.load(), json.loads(source.read_bytes())))
            replace(source, target)

        with mock.patch.object(os, "replace", look_first):
            self.kept.save(2)
        self.assertEqual(seen, [(1, 2)])
        self.assertEqual((self.kept.load(), self.names()), (2, ["kept.json"]))

    def test_what_an_ended_program_left_there_is_in_nobodys_way(self) -> None:
        self.write("{}")
        self.path.with_name(f"kept.json.{os.getpid()}").write_text("half of")
        self.kept.save(2)
        self.assertEqual((self.kept.load(), self.names()), (2, ["kept.json"]))


class Place(unittest.TestCase):
    def place(self, platform: str, **environment: str) -> str:
        with (
            mock.patch.object(Path, "home", return_value=Path("/home/ana")),
            mock.patch.object(sys, "platform", platform),
            mock.patch.dict(os.environ, environment, clear=True),
        ):
            return Path(str(user_files.default_path("kept.json"))).as_posix()

    def test_each_system_has_its_own(self) -> None:
        for expected, platform, environment in (
            ("/home/ana/.config/chatroom/kept.json", "linux", {}),
            ("/etc/ana/chatroom/kept.json", "linux", {"XDG_CONFIG_HOME": "/etc/ana"}),
            ("/home/ana/.config/chatroom/kept.json", "linux", {"XDG_CONFIG_HOME": "here"}),
            ("/home/ana/.config/chatroom/kept.json", "linux", {"XDG_CONFIG_HOME": ""}),
            (
                "/home/ana/Library/Application Support/chatroom/kept.json",
                "darwin",
                {"XDG_CONFIG_HOME": "/etc/ana"},
            ),
            ("/roaming/chatroom/kept.json", "win32", {"APPDATA": "/roaming"}),
            ("/home/ana/AppData/Roaming/chatroom/kept.json", "win32", {}),
        ):
            with self.subTest(platform, **environment):
                self.assertEqual(self.place(platform, **environment), expected)

    def test_these_tests_keep_out_of_the_home_of_whoever_runs_them(self) -> None:
        here, usual = user_files.default_path("kept.json"), Path.home() / ".config"
        assert here is not None
        self.assertTrue(here.is_relative_to(tempfile.gettempdir()), here)
        self.assertFalse(here.is_relative_to(usual), here)


if __name__ == "__main__":
    unittest.main()
