"""What is remembered between visits."""

import json
import os
import shutil
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from chatroom import remembered
from chatroom.remembered import Remembered, Room, Visit
from tests.tools import nasty

HOME = "192.168.1.20 8080"
OFFICE = "office.example 9000"


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
        name = "\U0001f389" * 32
        for number in range(remembered.ROOMS_MOST):
            server = f"{number:02}".ljust(remembered.SERVER_LENGTH_MOST, "\U0001f389")
            self.kept.update(server, read=remembered.NUMBER_MOST, name=name, title=name)
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


class Rooms(RememberedTest):
    """What was answered when a room was entered, to be offered the next time."""

    def test_before_the_first_visit_there_is_nothing(self) -> None:
        self.assertEqual((self.kept.recent(), self.kept.last()), ([], None))

    def test_rooms_stand_in_the_order_of_the_visits(self) -> None:
        self.kept.update(HOME, name="Ana", title="Garden")
        self.kept.update(OFFICE, name="Ana Lindqvist", title="Office")
        self.kept.update("fe80::1%eth0 1", name="Ana")
        self.kept.update(HOME, read=7)
        rooms = [
            Room("192.168.1.20", 8080, "Ana", "Garden"),
            Room("fe80::1%eth0", 1, "Ana", ""),
            Room("office.example", 9000, "Ana Lindqvist", "Office"),
        ]
        again = Remembered(self.path)
        self.assertEqual((again.recent(), again.last()), (rooms, rooms[0]))
        self.assertEqual(again.room(HOME).read, 7)

    def test_the_last_name_is_of_any_room(self) -> None:
        self.kept.update(OFFICE, name="Ana Lindqvist")
        self.kept.update(HOME, read=7)  # as an earlier program left it
        self.assertEqual(self.kept.last(), Room("192.168.1.20", 8080, "Ana Lindqvist", ""))
        self.assertEqual(self.kept.recent()[0].name, "")

    def test_room_of_a_script_is_not_offered_and_its_host_is_known(self) -> None:
        key = bytes(range(32))
        self.kept.update(HOME, host_key=key)
        self.assertEqual(self.kept.recent(), [])
        self.assertEqual(Remembered(self.path).room(HOME).known_host, key)
        self.kept.update(HOME, name="Ana")
        self.assertEqual([room.name for room in self.kept.recent()], ["Ana"])
        self.assertIsNone(self.kept.room(OFFICE).known_host)

    def test_what_nobody_could_reach_is_not_offered(self) -> None:
        for server in ("", "nowhere", "http://a 80", "a 0", "a 65536", "a b c", "\ud800", " 80"):
            self.kept.update(server, name="Ana")
        self.assertEqual(self.kept.recent(), [])


class DamagedFiles(RememberedTest):
    """A file that is not ours is set aside as it is, and a new one begins."""

    CONTENTS = (
        "no JSON",
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
        '{"rooms": {"a 1": {"name": null}}}',
        '{"rooms": {"a 1": {"title": ["Garden"]}}}',
        json.dumps({"rooms": {"a 1": {"name": "x" * 129}}}),
        json.dumps({"rooms": {str(n): {} for n in range(51)}}),
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

    def test_what_another_program_version_wrote_can_be_read(self) -> None:
        self.write('\ufeff{"last": "a 1", "rooms": {"a 1": {"read": 3, "face": "x"}, "b 2": {}}}')
        self.assertEqual(self.kept.room("a 1"), Visit(3))
        self.assertEqual(self.kept.room("b 2"), Visit())
        self.write("{}")
        self.assertEqual(self.kept.room("a 1"), Visit())
        self.assertEqual(self.names(), ["client.json"])


if __name__ == "__main__":
    unittest.main()
