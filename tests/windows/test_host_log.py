"""The host's log without a window: what is a line, what is counted, what goes."""

import unittest
from collections.abc import Sequence
from datetime import datetime, timedelta
from ipaddress import ip_network

from chatroom import words
from chatroom.protocol.entries import Entry
from chatroom.protocol.messages import Refusal
from chatroom.server import events
from chatroom.windows.host_log import COUNTED_WITHIN, NAMES_MOST, Filter, HostLog
from chatroom.words import languages
from chatroom.words.hosting import Host
from chatroom.words.languages import Language


def stored(*names: str, first: int = 1) -> events.MessagesStored:
    """Return that these people said something."""
    said = [Entry(seq, "", name, "a secret", "") for seq, name in enumerate(names, start=first)]
    return events.MessagesStored(tuple(said))


class LogTest(unittest.TestCase):
    def setUp(self) -> None:
        self.addCleanup(languages.use, Language.ENGLISH)
        self.now = datetime(2026, 11, 24, 12, 0, 0)
        self.log = HostLog(lambda: self.now, most=500)

    def wait(self, seconds: float = 1.0) -> None:
        self.now += timedelta(seconds=seconds)

    def texts(self, **wanted: object) -> list[str]:
        passes = Filter(**wanted).passes  # type: ignore[arg-type]
        return [line.text for line in self.log if passes(line)]


class Lines(LogTest):
    def test_an_event_is_a_line_with_its_time(self) -> None:
        line = self.log.hear(events.PersonJoined("Ana", ("10.0.0.5", 4000)))
        assert line is not None
        self.assertEqual((line.time, line.warns), (self.now, False))
        self.assertEqual(line.text, "Ana joined from 10.0.0.5:4000")

    def test_what_has_no_words_is_no_line(self) -> None:
        self.assertIsNone(self.log.hear(events.HitsFound("x", (), 1)))
        self.assertEqual(len(self.log), 0)

    def test_a_line_stays_one_line(self) -> None:
        self.log.add(lambda: "refused\nlistening")
        self.assertNotIn("\n", self.texts()[0])

    def test_the_newest_stay_and_the_others_are_counted(self) -> None:
        for number in range(510):
            line = self.log.add(f"line {number}".__str__)
        self.assertEqual((len(self.log), self.log.dropped, line.number), (500, 10, 510))
        self.assertEqual(self.texts()[0], "line 10")

    def test_everything_can_be_said_in_another_language(self) -> None:
        self.log.hear(events.PersonLeft("Ana"))
        self.log.hear(events.GuessFailed(("10.0.0.5", 1)))
        self.log.hear(events.GuessFailed(("10.0.0.5", 2)))
        languages.use(Language.INDONESIAN)
        self.log.retell()
        left = words.sentence(events.PersonLeft("Ana"))
        self.assertEqual(self.texts()[0], left)
        self.assertIn("2 kali", self.texts()[1])


class Refusals(LogTest):
    def guess(self, host: str, port: int = 1) -> None:
        self.log.hear(events.GuessFailed((host, port)))

    def test_equal_ones_of_one_address_are_counted_in_one_line(self) -> None:
        for port in range(214):
            self.wait()
            self.guess("10.0.0.5", port)
        (line,) = self.log
        self.assertEqual((line.count, line.last), (214, self.now))
        said = "refused 10.0.0.5: wrong password"
        counted = Host.COUNTED(said=said, count=214, last="12:03:34")
        self.assertEqual(line.text, counted)
        self.assertTrue(line.warns)

    def test_an_address_is_the_same_in_ipv6_clothes(self) -> None:
        self.guess("10.0.0.5")
        self.guess("::ffff:10.0.0.5")
        self.assertEqual([line.count for line in self.log], [2])

    def test_what_is_to_be_blocked_is_known_of_each_one(self) -> None:
        self.guess("::ffff:10.0.0.5")
        self.guess("2001:db8:1:2::7")
        self.log.hear(events.PersonLeft("Ana"))
        links = [ip_network("10.0.0.5"), ip_network("2001:db8:1:2::/64"), None]
        self.assertEqual([line.refused for line in self.log], links)

    def test_others_between_them_make_no_new_line_as_long_as_it_is_near(self) -> None:
        for _ in range(3):
            self.guess("10.0.0.5")
            self.guess("10.0.0.6")
            self.log.hear(events.PersonLeft("Ana"))
        self.assertEqual([line.count for line in self.log], [3, 3, 1, 1, 1])
        for number in range(COUNTED_WITHIN):
            self.log.add(f"line {number}".__str__)
        self.guess("10.0.0.5")
        self.assertEqual([*self.log][-1].count, 1)

    def test_other_reasons_and_names_are_lines_of_their_own(self) -> None:
        address = ("10.0.0.5", 1)
        for event in (
            events.GuessFailed(address),
            events.GuessesSlowed(address),
            events.AddressRefused(address),
            events.JoinRefused("Ana", address, Refusal.NAME_TAKEN),
            events.JoinRefused("Eva", address, Refusal.NAME_TAKEN),
        ):
            self.log.hear(event)
            self.log.hear(event)
        self.assertEqual([line.count for line in self.log], [2] * 5)

    def test_many_addresses_take_no_more_than_the_log(self) -> None:
        for number in range(2000):
            self.guess(f"10.0.{number >> 8}.{number & 255}")
        self.assertEqual(len(self.log), 500)
        self.assertLess(len(self.log._counted), 3 * COUNTED_WITHIN)


class Stored(LogTest):
    def shown(self, names: Sequence[str], first: int, last: int) -> str:
        return f"stored messages {first}-{last} from {', '.join(names)}"

    def test_one_after_another_are_one_line(self) -> None:
        self.log.hear(stored("Ana"))
        self.assertEqual(self.texts(), ["stored message 1 from Ana"])
        self.log.hear(stored("Ana", "Budi", "Ana", first=2))
        self.log.hear(stored("Eva", first=5))
        self.assertEqual(self.texts(), [self.shown(["Ana", "Budi", "Eva"], 1, 5)])
        self.log.hear(events.PersonLeft("Ana"))
        self.log.hear(stored("Budi", first=6))
        self.assertEqual(len(self.log), 3)

    def test_no_text_is_kept_and_not_more_than_some_names(self) -> None:
        for seq in range(1, 400):
            self.log.hear(stored(f"name {seq % 50}", first=seq))
        (line,) = self.log
        assert isinstance(line.event, events.MessagesStored)
        self.assertLessEqual(len(line.event.entries), NAMES_MOST + 1)
        self.assertEqual({entry.text for entry in line.event.entries}, {""})
        self.assertIn("messages 1-399 from", line.text)


class Filtering(LogTest):
    def setUp(self) -> None:
        super().setUp()
        self.log.hear(events.PersonJoined("\u00c4nn", ("10.0.0.5", 4000)))
        self.wait(61)
        self.log.hear(events.GuessFailed(("10.0.0.6", 4000)))

    def test_every_word_counts_in_any_case_and_the_time_too(self) -> None:
        self.assertEqual(len(self.texts(words="\u00e4NN 10.0")), 1)
        self.assertEqual(len(self.texts(words="  10.0  ")), 2)
        self.assertEqual(len(self.texts(words="12:01")), 1)
        self.assertEqual(self.texts(words="nobody"), [])

    def test_warnings_alone(self) -> None:
        self.assertEqual(self.texts(warnings=True), ["refused 10.0.0.6: wrong password"])
        self.assertEqual(self.texts(words="joined", warnings=True), [])


if __name__ == "__main__":
    unittest.main()
