"""The list of people as a log: what the room is told, who missed some, and who has no list."""

import math
import random
import unittest
from unittest import mock

from chatroom.client.events import PeopleChanged
from chatroom.client.roster import Roster
from chatroom.protocol import changes, listing, messages, wire
from chatroom.protocol.changes import Change, Changes, Step
from chatroom.protocol.listing import Page
from chatroom.server import roll

Said = Changes | Page


def ask(kept: roll.Roll, who: messages.Who, names: list[str]) -> list[Said]:
    """Return what this is answered, as a member reads it, by request 8 and head 7."""
    payloads = kept.answer(who, lambda: list(names), number=8, head=7)
    said: list[Said] = []
    for payload in payloads:
        assert len(payload) <= wire.PAYLOAD_SIZE
        one = changes.decode_changes(payload) or listing.decode_page(payload)
        assert one is not None
        said.append(one)
    return said


def came(*names: str) -> tuple[Change, ...]:
    return tuple(Change(Step.CAME, name) for name in names)


class News(unittest.TestCase):
    def setUp(self) -> None:
        self.roll = roll.Roll()

    def test_room_is_told_of_many_changes_once_and_soon(self) -> None:
        self.assertEqual(self.roll.take_news(9.0), [])
        self.roll.note(Step.CAME, "Ana", 10.0)
        self.roll.note(Step.CAME, "Bob", 10.1)
        self.assertEqual(self.roll.news_at, 10.0 + roll.NEWS_AFTER_S)
        self.assertEqual(self.roll.take_news(10.1), [])
        self.assertEqual((self.roll.version, self.roll.told), (3, 1))
        self.assertEqual(self.roll.take_news(10.2), [Changes(3, came("Ana", "Bob"))])
        self.assertEqual((self.roll.told, self.roll.news_at), (3, math.inf))
        self.assertEqual(self.roll.take_news(10.3), [])

    def test_more_than_a_datagram_holds_is_told_in_several(self) -> None:
        names = [f"{number:03}" + "n" * 100 for number in range(50)]
        for name in names:
            self.roll.note(Step.CAME, name, 0.0)
        told = self.roll.take_news(1.0)
        self.assertEqual([one for some in told for one in some.changes], [*came(*names)])
        self.assertEqual(told[-1].version, 51)
        for some in told:
            size = len(changes.encode_changes(some, head=1))
            self.assertLessEqual(size, wire.PAYLOAD_SIZE)
        self.assertEqual(len(told), 5)

    def test_of_more_than_is_kept_the_version_alone_is_told(self) -> None:
        for number in range(roll.CHANGES_KEPT + 1):
            self.roll.note(Step.CAME, str(number), 0.0)
        self.assertEqual(self.roll.take_news(1.0), [Changes(roll.CHANGES_KEPT + 2, ())])


class Missed(unittest.TestCase):
    def setUp(self) -> None:
        self.roll = roll.Roll()
        self.names: list[str] = []

    def come(self, *names: str) -> None:
        for name in names:
            self.names.append(name)
            self.roll.note(Step.CAME, name, 0.0)

    def ask(self, version: int, part: int = 0, datagrams: int = 32) -> list[Said]:
        return ask(self.roll, messages.Who(version, part, datagrams), self.names)

    def test_changes_since_any_version_that_is_kept(self) -> None:
        self.come("Ana", "Bob")
        self.assertEqual(self.ask(1), [Changes(3, came("Ana", "Bob"), 7, 8)])
        self.assertEqual(self.ask(2), [Changes(3, came("Bob"), 7, 8)])
        self.assertEqual(self.ask(3), [Changes(3, (), 7, 8)])

    def test_many_changes_take_as_many_datagrams_as_are_wanted(self) -> None:
        names = [f"{number:04}" + "n" * 60 for number in range(100)]
        self.come(*names)
        for wanted in (1, 3, 32):
            told = self.ask(1, 0, wanted)
            steps = [step for some in told if isinstance(some, Changes) for step in some.changes]
            self.assertEqual(len(told), min(wanted, 6))
            self.assertEqual(steps, [*came(*names)][: len(steps)])
            self.assertEqual(told[-1].version, 1 + len(steps))

    def test_no_changes_since_a_version_that_never_was_or_is_too_old(self) -> None:
        self.come(*map(str, range(roll.CHANGES_KEPT + 5)))
        for version in (0, 5, self.roll.version + 1, 2**32 - 1):
            self.assertFalse(self.roll.knows(version))
            self.assertIsInstance(self.ask(version)[0], Page)
        self.assertTrue(self.roll.knows(6))

    def test_small_list_is_copied_whenever_it_has_changed(self) -> None:
        self.assertEqual(self.ask(0), [Page(8, 1, 0, 1, ())])
        self.come("Ana")
        self.assertEqual(self.ask(0), [Page(8, 2, 0, 1, ("Ana",))])

    def test_long_list_is_copied_after_an_eighth_has_changed(self) -> None:
        self.come(*map(str, range(800)))
        with mock.patch.object(listing, "pack_names", wraps=listing.pack_names) as packed:
            version = self.ask(0)[0].version
            self.come(*map(str, range(800, 900)))
            self.assertEqual((self.ask(0)[0].version, packed.call_count), (version, 1))
            self.come("900")
            self.assertEqual(self.ask(0)[0].version, self.roll.version)

    def test_what_changed_since_the_copy_is_always_kept(self) -> None:
        self.come(*map(str, range(4097)))
        for number in range(4097):
            self.assertTrue(self.roll.knows(self.ask(0, 0, 1)[0].version))
            self.roll.note(Step.WENT, str(number), 0.0)

    def test_list_and_what_changed_since_it_was_copied_is_one_answer(self) -> None:
        self.come(*(f'"{number}' * 8 for number in range(500)))
        copied = self.roll.version
        self.ask(0)
        self.come("Zoe")
        *pages, last = self.ask(0)
        listed = [name for page in pages if isinstance(page, Page) for name in page.names]
        self.assertEqual(listed, self.names[:-1])
        parts = len(pages)
        for part, page in enumerate(pages):
            self.assertEqual(page, Page(8, copied, part, parts, getattr(page, "names", ())))
        self.assertEqual(last, Changes(copied + 1, came("Zoe"), 7, 8))
        for wanted in range(1, parts + 3):
            for first in range(parts):
                self.assertEqual(self.ask(0, first, wanted), [*pages, last][first:][:wanted])

    def test_page_that_there_is_not_is_the_first(self) -> None:
        self.come("Ana", "Bob")
        for part in (1, 2**16 - 1):
            self.assertEqual(self.ask(0, part), self.ask(0))

    def test_no_more_datagrams_than_an_answer_may_have(self) -> None:
        self.come(*(f"{number:04}" + "n" * 100 for number in range(500)))
        for wanted, most in ((0, 1), (1, 1), (32, 32), (33, 32), (255, 32)):
            self.assertEqual(len(self.ask(0, 0, wanted)), most)
            self.assertEqual(len(self.ask(1, 0, wanted)), most)


class Followed(unittest.TestCase):
    """A member that loses casts and answers at random has the list in the end."""

    def test_any_member_has_the_list_of_the_server(self) -> None:
        for seed in range(60):
            with self.subTest(seed):
                self.follow(random.Random(seed))

    def follow(self, chance: random.Random) -> None:
        kept = roll.Roll()
        names: list[str] = []
        roster = Roster(chance.random, 0.0)
        told: list[PeopleChanged] = []
        for now in range(200):
            self.change(chance, kept, names, now)
            if now == 20:
                joined = messages.Joined("", 0, True, 0, kept.version, 0, bytes(32))
                roster.hear(joined, now)
            for some in kept.take_news(now + 0.5):
                if now >= 20 and chance.random() < 0.7:
                    self.hear(roster, some, now, told)
            if now > 20 and chance.random() < 0.3:
                self.ask(chance, roster, kept, names, now, told)
        roster.hear(messages.Pong(0, kept.version, 0, bytes(32), 20_000), 300.0)
        for _ in range(50):
            self.ask(chance, roster, kept, names, 301.0, told)
        self.assertFalse(roster.is_stale)
        self.assertEqual(list(told[-1].names), names)
        listed = set(told[0].names)
        for one in told[1:]:
            listed = (listed | set(one.came)) - set(one.went)
            self.assertEqual(listed, set(one.names))

    def change(self, chance: random.Random, kept: roll.Roll, names: list[str], now: float) -> None:
        for number in range(chance.choice((0, 0, 1, 1, 30))):
            if names and chance.random() < 0.45:
                kept.note(Step.WENT, names.pop(chance.randrange(len(names))), now)
            elif "Tuan" not in names and chance.random() < 0.1:
                names.insert(0, "Tuan")
                kept.note(Step.CAME_FIRST, "Tuan", now)
            else:
                name = f"{now}-{number}" + "x" * chance.randrange(20)
                names.append(name)
                kept.note(Step.CAME, name, now)

    def ask(
        self,
        chance: random.Random,
        roster: Roster,
        kept: roll.Roll,
        names: list[str],
        now: float,
        told: list[PeopleChanged],
    ) -> None:
        said = ask(kept, roster.request(), names)
        for one in chance.sample(said, len(said)):
            if chance.random() < 0.8:
                self.hear(roster, one, now, told)

    def hear(
        self,
        roster: Roster,
        said: Said,
        now: float,
        told: list[PeopleChanged],
    ) -> None:
        for event in roster.hear(said, now):
            assert isinstance(event, PeopleChanged)
            told.append(event)


if __name__ == "__main__":
    unittest.main()
