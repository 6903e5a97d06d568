"""The sentences: one for each event, none with the text of a message."""

import dataclasses
import typing
import unittest
from typing import Any

from chatroom import words
from chatroom.archive.troubles import Trouble
from chatroom.client import events as client_events
from chatroom.protocol import addresses
from chatroom.protocol.entries import Entry
from chatroom.protocol.messages import Refusal
from chatroom.server import events as server_events
from chatroom.server.log import LogRefused

SECRET = "what was said"
ENTRY = Entry(7, "2026-11-22T12:00:00Z", "Ana", SECRET, "u0-1")
SILENT = (
    client_events.TextQueued,
    client_events.TextsStored,
    client_events.NewEntries,
    client_events.EarlierEntries,
    client_events.CaughtUp,
    client_events.Left,
    client_events.ServerSilent,
    client_events.NameRefused,
)


def example(kind: type[Any]) -> Any:
    """Return an event of this type with likely values."""
    values: dict[str, Any] = {
        "name": "Ana",
        "address": ("192.168.1.7", 50000),
        "reason": Refusal.NAME_TAKEN,
        "entries": (ENTRY,),
        "recent": (ENTRY,),
        "text": SECRET,
        "words": "the disk is full",
        "problem": LogRefused(Trouble.CANNOT_WRITE, path="a.csv", error=OSError(28, "full")),
        "room": "default",
        "names": ("Ana", "Budi"),
        "came": ("Budi",),
        "went": (),
    }
    fields = dataclasses.fields(kind)
    return kind(**{one.name: values.get(one.name, 1) for one in fields})


class Sentences(unittest.TestCase):
    def test_every_event_has_its_sentence_or_is_known_to_have_none(self) -> None:
        for sentence, union in (
            (words.host_sentence, server_events.RoomEvent),
            (words.member_sentence, client_events.MemberEvent),
        ):
            for kind in typing.get_args(union):
                with self.subTest(kind.__name__):
                    said = sentence(example(kind))
                    self.assertEqual(said is None, kind in SILENT)
                    self.assertNotIn(SECRET, said or "")

    def test_all_reasons_have_words(self) -> None:
        for reason in Refusal:
            left = server_events.PersonLeft("Ana", reason=reason)
            self.assertIn("Ana", words.host_sentence(left) or "")
            self.assertTrue(words.member_sentence(client_events.Expelled(reason)))

    def test_stored_names_the_numbers(self) -> None:
        stored = server_events.MessagesStored((ENTRY, dataclasses.replace(ENTRY, seq=8)))
        self.assertEqual(words.host_sentence(stored), "stored messages 7-8 from Ana")

    def test_addresses_as_people_write_them(self) -> None:
        self.assertEqual(addresses.show_address(("10.0.0.1", 5)), "10.0.0.1:5")
        self.assertEqual(addresses.show_address(("fe80::1", 5, 0, 0)), "[fe80::1]:5")
        self.assertEqual(addresses.show_address(("::ffff:10.0.0.1", 5, 0, 0)), "10.0.0.1:5")

    def test_no_character_can_act_on_the_terminal_or_turn_the_line(self) -> None:
        hostile = "".join(map(chr, [*range(32), *range(127, 160), 0x202E, 0x2066]))
        shown = words.show_text(f"a{hostile}\u2028b")
        self.assertEqual(len(shown.splitlines()), 1)
        self.assertFalse(set(shown) & set(hostile))
        self.assertEqual(words.show_text("\u0645 \U0001f600"), "\u0645 \U0001f600")


if __name__ == "__main__":
    unittest.main()
