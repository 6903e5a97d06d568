"""What is remembered between visits, whatever has become of its file."""

import json
import logging
import os
import shutil
import stat
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from chatroom import remembered
from chatroom.remembered import Remembered, Visit
from tests.tools import nasty
from tests.tools.home import settings_in

HOME = "192.168.1.20 8080"
OFFICE = "office.example 9000"
has_mode_bits = unittest.skipUnless(os.name == "posix", "no permission bits")
binds_the_owner = unittest.skipIf(
    os.name != "posix" or os.geteuid() == 0, "no permission stops this user"
)


class RememberedTest(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.path = self.folder / "chatroom" / "client.json"
        self.kept = Remembered(self.path)

    def write(self, content: str | bytes) -> None:
        self.path.parent.mkdir(exist_ok=True)
        self.path.write_bytes(content.encode() if isinstance(content, str) else content)

    def names(self) -> list[str]:
        return sorted(one.name for one in self.path.parent.iterdir())


class Visits(RememberedTest):
    def test_a_first_visit_has_read_nothing_and_is_told(self) -> None:
        self.assertEqual(self.kept.room(HOME), Visit(read=0, notifies=True))
        self.assertFalse(self.path.parent.exists(), "reading wrote something")

    def test_each_room_keeps_what_was_changed_and_what_was_not(self) -> None:
        self.kept.update(HOME, read=7)
        self.kept.update(OFFICE, notifies=False)
        self.kept.update(HOME, notifies=False)
        self.kept.update(HOME, notifies=True, read=8)
        again = Remembered(self.path)
        self.assertEqual(again.room(HOME), Visit(8, notifies=True))
        self.assertEqual(again.room(OFFICE), Visit(0, notifies=False))

    def test_what_was_read_can_become_less_with_another_archive(self) -> None:
        self.kept.update(HOME, read=1000)
        self.kept.update(HOME, read=0)
        self.assertEqual(self.kept.room(HOME).read, 0)

    def test_two_windows_keep_their_rooms_beside_each_other(self) -> None:
        other = Remembered(self.path)
        self.kept.update(HOME, read=1)
        other.update(OFFICE, read=2)
        self.kept.update(HOME, read=3)
        self.assertEqual((other.room(HOME).read, self.kept.room(OFFICE).read), (3, 2))

    def test_the_room_of_the_oldest_visit_goes(self) -> None:
        servers = [f"host-{n} 8080" for n in range(remembered.ROOMS_MOST)]
        for server in servers:
            self.kept.update(server, read=5)
        self.kept.update(servers[0], read=6)  # visited again
        self.kept.update(HOME, read=7)
        found = [self.kept.room(server).read for server in (servers[0], servers[1], servers[2])]
        self.assertEqual(found, [6, 0, 5])

    def test_what_is_as_it_was_is_not_written_again(self) -> None:
        self.kept.update(HOME, read=7)
        with mock.patch.object(os, "replace", side_effect=AssertionError("written")):
            self.kept.update(HOME, read=7)
            self.kept.update(HOME)

    def test_the_longest_names_of_all_rooms_fit(self) -> None:
        for number in range(remembered.ROOMS_MOST):
            server = f"{number:02}".ljust(remembered.SERVER_LENGTH_MOST, "\U0001f389")
            self.kept.update(server, read=remembered.NUMBER_MOST)
        self.assertEqual(self.kept.room(server).read, remembered.NUMBER_MOST)
        self.kept.update("x" * (remembered.SERVER_LENGTH_MOST + 1), read=1)
        self.assertEqual(self.kept.room(server).read, remembered.NUMBER_MOST)
        self.assertEqual(self.names(), ["client.json"])

    def test_any_text_can_name_a_room(self) -> None:
        for number, text in enumerate([*nasty.ALL, "\ud800 1"]):
            self.kept.update(text[:300], read=number + 1)
            self.assertEqual(self.kept.room(text[:300]).read, number + 1)

    def test_forgetting_leaves_nothing(self) -> None:
        self.write("no JSON")
        self.kept.update(HOME, read=7)
        self.assertEqual(len(self.names()), 2)
        self.kept.forget()
        self.assertEqual((self.names(), self.kept.room(HOME)), ([], Visit()))
        self.kept.forget()


class DamagedFiles(RememberedTest):
    """A file that cannot be read is set aside as it is, and a new one begins."""

    CONTENTS = (
        "",
        "{",
        "no JSON",
        b"\xff\xfe\x00",
        b"\x00" * 100,
        "[]",
        "null",
        '"rooms"',
        '{"rooms": []}',
        '{"rooms": {"a 1": 3}}',
        '{"rooms": {"a 1": {"read": "3"}}}',
        '{"rooms": {"a 1": {"read": true}}}',
        '{"rooms": {"a 1": {"read": -1}}}',
        '{"rooms": {"a 1": {"read": 1.0}}}',
        '{"rooms": {"a 1": {"read": NaN}}}',
        '{"rooms": {"a 1": {"read": 9223372036854775808}}}',
        '{"rooms": {"a 1": {"notifies": 1}}}',
        '{"rooms": {"a 1": {"notifies": null}}}',
        json.dumps({"rooms": {str(n): {} for n in range(51)}}),
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
                self.assertEqual(self.kept.room(HOME), Visit())
                self.kept.update(HOME, read=7)
                self.assertEqual(self.kept.room(HOME).read, 7)
                self.assertEqual(self.names(), ["client.json", "client.json.unreadable-1"])
                aside = self.path.with_name("client.json.unreadable-1").read_bytes()
                self.assertEqual(aside, content if isinstance(content, bytes) else content.encode())

    def test_each_has_a_name_of_its_own_up_to_a_few(self) -> None:
        for number in range(remembered.ASIDE_MOST + 3):
            self.write(f"broken {number}")
            self.kept.room(HOME)
        self.assertEqual(len(self.names()), remembered.ASIDE_MOST)
        first = self.path.with_name("client.json.unreadable-1")
        self.assertEqual(first.read_text(), "broken 0")

    def test_what_another_program_version_wrote_can_be_read(self) -> None:
        self.write('\ufeff{"last": "a 1", "rooms": {"a 1": {"read": 3, "name": "Ana"}, "b 2": {}}}')
        self.assertEqual(self.kept.room("a 1"), Visit(3))
        self.assertEqual(self.kept.room("b 2"), Visit())
        self.write("{}")
        self.assertEqual(self.kept.room("a 1"), Visit())
        self.assertEqual(self.names(), ["client.json"])

    def test_a_folder_in_its_place(self) -> None:
        self.path.mkdir(parents=True)
        (self.path / "inside").touch()
        self.assertEqual(self.kept.room(HOME), Visit())
        self.kept.update(HOME, read=7)
        self.assertEqual(self.kept.room(HOME).read, 7)
        self.assertTrue((self.folder / "chatroom/client.json.unreadable-1/inside").exists())

    @unittest.skipUnless(hasattr(os, "mkfifo"), "no pipes among files")
    def test_a_pipe_in_its_place_is_not_waited_for(self) -> None:
        self.path.parent.mkdir()
        os.mkfifo(self.path)
        self.assertEqual(self.kept.room(HOME), Visit())
        self.assertEqual(self.names(), ["client.json.unreadable-1"])


class Folders(RememberedTest):
    """Where nothing can be kept, nothing is remembered, and that is all."""

    def assert_forgets(self, kept: Remembered) -> None:
        with self.assertLogs("chatroom.remembered", "DEBUG") as logged:
            kept.update(HOME, read=7)
            self.assertEqual(kept.room(HOME), Visit())
            kept.forget()
        self.assertEqual({one.levelno for one in logged.records}, {logging.DEBUG})

    def test_a_file_where_the_folder_should_be(self) -> None:
        self.path.parent.write_text("in the way")
        self.assert_forgets(self.kept)
        self.assertEqual(self.path.parent.read_text(), "in the way")

    def test_a_path_that_no_system_takes(self) -> None:
        self.assert_forgets(Remembered(self.folder / ("x" * 300) / "client.json"))

    @binds_the_owner
    def test_a_folder_that_is_read_only(self) -> None:
        self.path.parent.mkdir(mode=0o500)
        self.assert_forgets(self.kept)

    def test_a_system_that_refuses_every_step(self) -> None:
        self.kept.update(OFFICE, read=1)
        before = self.path.read_bytes()
        for name in ("replace", "open"):
            with self.subTest(name), mock.patch.object(os, name, side_effect=PermissionError(name)):
                self.kept.update(HOME, read=7)
            self.assertEqual((self.path.read_bytes(), self.names()), (before, ["client.json"]))

    def test_no_home_at_all(self) -> None:
        nobody = dict.fromkeys(settings_in(self.folder), "")
        no_home = mock.patch.object(Path, "home", side_effect=RuntimeError("no home"))
        with mock.patch.dict(os.environ, nobody), no_home:
            self.assertIsNone(remembered.default_path())
            kept = Remembered()
        kept.update(HOME, read=7)
        self.assertEqual(kept.room(HOME), Visit())
        kept.forget()

    def test_a_file_that_disappears_while_it_is_used(self) -> None:
        self.kept.update(HOME, read=7)
        shutil.rmtree(self.path.parent)
        self.assertEqual(self.kept.room(HOME), Visit())
        self.kept.update(HOME, notifies=False)
        self.assertEqual(self.kept.room(HOME), Visit(0, notifies=False))

    @has_mode_bits
    def test_only_this_user_may_read_it(self) -> None:
        umask = os.umask(0)
        self.addCleanup(os.umask, umask)
        self.kept.update(HOME, read=7)
        self.path.chmod(0o644)
        self.kept.update(HOME, read=8)
        modes = [stat.S_IMODE(one.stat().st_mode) for one in (self.path.parent, self.path)]
        self.assertEqual(modes, [0o700, 0o600])


class Atomicity(RememberedTest):
    def test_whoever_reads_meanwhile_finds_one_or_the_other(self) -> None:
        self.kept.update(HOME, read=1)
        replace, seen = os.replace, []

        def look_first(source: Path, target: Path) -> None:
            seen.append((self.kept.room(HOME).read, json.loads(source.read_bytes())["rooms"]))
            replace(source, target)

        with mock.patch.object(os, "replace", look_first):
            self.kept.update(HOME, read=2)
        self.assertEqual(seen, [(1, {HOME: {"read": 2, "notifies": True}})])
        self.assertEqual((self.kept.room(HOME).read, self.names()), (2, ["client.json"]))

    def test_what_an_ended_program_left_there_is_in_nobodys_way(self) -> None:
        self.write("{}")
        self.path.with_name(f"client.json.{os.getpid()}").write_text("half of")
        self.kept.update(HOME, read=2)
        self.assertEqual((self.kept.room(HOME).read, self.names()), (2, ["client.json"]))


class Place(unittest.TestCase):
    def place(self, platform: str, **environment: str) -> str:
        with (
            mock.patch.object(Path, "home", return_value=Path("/home/ana")),
            mock.patch.object(sys, "platform", platform),
            mock.patch.dict(os.environ, environment, clear=True),
        ):
            return Path(str(remembered.default_path())).as_posix()

    def test_each_system_has_its_own(self) -> None:
        for expected, platform, environment in (
            ("/home/ana/.config/chatroom/client.json", "linux", {}),
            ("/etc/ana/chatroom/client.json", "linux", {"XDG_CONFIG_HOME": "/etc/ana"}),
            ("/home/ana/.config/chatroom/client.json", "linux", {"XDG_CONFIG_HOME": "here"}),
            ("/home/ana/.config/chatroom/client.json", "linux", {"XDG_CONFIG_HOME": ""}),
            (
                "/home/ana/Library/Application Support/chatroom/client.json",
                "darwin",
                {"XDG_CONFIG_HOME": "/etc/ana"},
            ),
            ("/roaming/chatroom/client.json", "win32", {"APPDATA": "/roaming"}),
            ("/home/ana/AppData/Roaming/chatroom/client.json", "win32", {}),
        ):
            with self.subTest(platform, **environment):
                self.assertEqual(self.place(platform, **environment), expected)

    def test_these_tests_keep_out_of_the_home_of_whoever_runs_them(self) -> None:
        here, usual = remembered.default_path(), Path.home() / ".config"
        assert here is not None
        self.assertTrue(here.is_relative_to(tempfile.gettempdir()), here)
        self.assertFalse(here.is_relative_to(usual), here)


if __name__ == "__main__":
    unittest.main()
