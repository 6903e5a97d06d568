"""What the host says, in the conversation: waiting, stored, refused, lost."""

import unittest

from chatroom.client.conversation import Conversation, Kind
from chatroom.protocol import wire
from chatroom.protocol.entries import Entry
from chatroom.windows.host_voice import HostVoice


class Voice(unittest.TestCase):
    def setUp(self) -> None:
        self.shown = Conversation(lambda text: None, lambda: "2026-11-24T09:00:00Z")
        self.shown.begin(2)
        self.shown.add([self.entry(1, "Rosa"), self.entry(2, "Ana")])
        self.voice = HostVoice(self.shown)
        self.voice.begin("Garden", "Rosa")

    @staticmethod
    def entry(seq: int, name: str, text: str = "hello") -> Entry:
        return Entry(seq, "2026-11-24T09:00:00Z", name, text, f"h0-{seq}")

    def kinds(self) -> list[Kind]:
        return [self.shown.row(number).kind for number in range(1, self.shown.count + 1)]

    def test_what_was_said_under_the_name_is_the_hosts(self) -> None:
        self.assertEqual(self.kinds(), [Kind.OURS, Kind.THEIRS])

    def test_it_waits_until_it_is_stored(self) -> None:
        changed, said = self.voice.say("one")
        assert changed is not None
        self.assertEqual((list(said), changed.last), ([1], 3))
        self.voice.say("two")
        self.assertEqual(self.shown.waiting, ("one", "two"))
        changed = self.voice.hear([self.entry(3, "Ana"), self.entry(4, "Rosa", "one")])
        assert changed is not None
        self.assertEqual(self.shown.waiting, ("two",))
        self.assertGreaterEqual(changed.last, self.shown.count)
        self.assertEqual(self.kinds()[2:], [Kind.THEIRS, Kind.OURS, Kind.WAITING])
        self.voice.hear([self.entry(5, "Rosa", "two")])
        self.assertEqual(self.shown.waiting, ())
        self.assertEqual(self.shown.count, 5)

    def test_a_long_text_waits_in_the_parts_that_are_stored(self) -> None:
        self.voice.say("word " * wire.TEXT_SIZE)
        parts = len(self.shown.waiting)
        self.assertGreater(parts, 4)
        self.voice.hear([self.entry(3 + n, "Rosa") for n in range(parts)])
        self.assertEqual(self.shown.waiting, ())

    def test_what_is_refused_waits_no_more_and_the_others_do(self) -> None:
        self.voice.say("one")
        _, refused = self.voice.say("two")
        self.voice.say("three")
        self.voice.take_back(refused)
        self.assertEqual(self.shown.waiting, ("one", "three"))
        self.voice.hear([self.entry(3, "Rosa", "one")])
        self.assertEqual(self.shown.waiting, ("three",))
        self.voice.take_back(refused)
        self.voice.hear([self.entry(4, "Rosa", "three")])
        self.assertEqual(self.shown.waiting, ())

    def test_what_was_never_stored_is_given_back_at_the_end(self) -> None:
        self.voice.say("one")
        self.voice.say("two")
        self.voice.hear([self.entry(3, "Rosa", "one")])
        _, lost = self.voice.end()
        self.assertEqual((lost, self.shown.waiting), ("two", ()))
        self.shown.begin(3)
        self.voice.begin("Garden", "Rosa")
        self.voice.say("again")
        self.assertEqual(self.shown.waiting, ("again",))
        self.voice.hear([self.entry(4, "Rosa", "again")])
        self.assertEqual(self.shown.waiting, ())

    def test_others_are_unread_while_nobody_looks(self) -> None:
        self.shown.attend(False)
        self.voice.hear([self.entry(3, "Ana"), self.entry(4, "Rosa")])
        self.assertEqual((self.shown.unread_count, self.shown.unread), (1, 3))


if __name__ == "__main__":
    unittest.main()
