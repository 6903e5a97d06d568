"""The list of people as a log: what the room is told, who missed some, and who has no list."""

import random
import unittest
from unittest import mock

from chatroom.client.events import PeopleChanged
from chatroom.client.roster import Roster
from chatroom.protocol import changes, messages, texts, wire
from chatroom.protocol.changes import Change, Changes, Step
from chatroom.server import roll


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
        self.assertEqual((self.roll.told, self.roll.news_at), (3, None))
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

    def page(self, start: int = 0) -> messages.People:
        return self.roll.page(start, lambda: self.names)

    def test_changes_since_any_version_that_is_kept(self) -> None:
        self.come("Ana", "Bob")
        self.assertEqual(self.roll.since(1), Changes(3, came("Ana", "Bob")))
        self.assertEqual(self.roll.since(2), Changes(3, came("Bob")))
        self.assertEqual(self.roll.since(3), Changes(3, ()))

    def test_no_changes_since_a_version_that_never_was_or_is_too_old(self) -> None:
        self.come(*map(str, range(roll.CHANGES_KEPT + 5)))
        for version in (0, 5, self.roll.version + 1, 2**32 - 1):
            self.assertIsNone(self.roll.since(version))
        self.assertIsNotNone(self.roll.since(6))

    def test_small_list_is_copied_whenever_it_has_changed(self) -> None:
        self.assertEqual(self.page(), messages.People(1, 0, 0, ()))
        self.come("Ana")
        self.assertEqual(self.page(), messages.People(2, 1, 0, ("Ana",)))

    def test_long_list_is_copied_after_an_eighth_has_changed(self) -> None:
        self.come(*map(str, range(800)))
        with mock.patch.object(texts, "list_fits", wraps=texts.list_fits) as measured:
            version = self.page().version
            copies = measured.call_count
            self.come(*map(str, range(800, 900)))
            self.assertEqual((self.page().version, measured.call_count), (version, copies))
            self.come("900")
            self.assertEqual(self.page().version, self.roll.version)

    def test_what_changed_since_the_copy_is_always_kept(self) -> None:
        self.come(*map(str, range(4097)))
        for number in range(4097):
            self.assertIsNotNone(self.roll.since(self.page().version))
            self.roll.note(Step.WENT, str(number), 0.0)

    def test_pages_hold_all_names_and_fit(self) -> None:
        self.come(*(f'"{number}' * 8 for number in range(500)))
        names: list[str] = []
        while len(names) < 500:
            page = self.page(len(names))
            self.assertEqual((page.total, page.start), (500, len(names)))
            self.assertLessEqual(len(messages.encode_reply(2**32 - 1, page)), wire.PAYLOAD_SIZE)
            names += page.names
        self.assertEqual(names, self.names)

    def test_page_that_there_is_not_is_the_first(self) -> None:
        self.come("Ana", "Bob")
        self.assertEqual(self.page(1), self.page(0))
        self.assertEqual(self.page(2**32 - 1), self.page(0))


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
                self.ask(roster, kept, names, now, told)
        roster.hear(messages.Pong(0, kept.version, 0, bytes(32), 20_000), 300.0)
        for _ in range(50):
            self.ask(roster, kept, names, 301.0, told)
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
        roster: Roster,
        kept: roll.Roll,
        names: list[str],
        now: float,
        told: list[PeopleChanged],
    ) -> None:
        who = roster.request()
        answer = kept.since(who.version) or kept.page(who.start, lambda: list(names))
        self.hear(roster, answer, now, told)

    def hear(
        self,
        roster: Roster,
        said: Changes | messages.People,
        now: float,
        told: list[PeopleChanged],
    ) -> None:
        for event in roster.hear(said, now):
            assert isinstance(event, PeopleChanged)
            told.append(event)


if __name__ == "__main__":
    unittest.main()
