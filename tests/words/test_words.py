"""The sentences: one for each event and each reason, none with the text of a message."""

import errno
import typing
import unittest
from enum import Enum
from typing import Any

from chatroom import records, words
from chatroom.archive.troubles import Damaged, Trouble
from chatroom.client import events as member
from chatroom.forms import BadAnswer, NoWindow
from chatroom.network import events as driver
from chatroom.network.driver import Fault
from chatroom.network.sockets import NoSocket
from chatroom.passwords import Weakness
from chatroom.problems import Problem
from chatroom.protocol.addresses import BadNetwork
from chatroom.protocol.entries import Entry
from chatroom.protocol.messages import Refusal
from chatroom.protocol.names import BadName
from chatroom.protocol.wire import Hint
from chatroom.server import events as host
from chatroom.server.figures import DoorFigures, Drop, Figures
from chatroom.server.host import BadSpeech
from chatroom.words import languages
from chatroom.words.about import sentences_about
from chatroom.words.languages import Language
from tests.words.test_texts import all_sentences

SECRET = "what was said"
ENTRY = Entry(7, "2026-11-22T12:00:00Z", "Ana", SECRET, "u0-1")
SILENT = {
    member.TextQueued,
    member.TextsStored,
    member.TextsRenumbered,
    member.NewEntries,
    member.PageRead,
    member.HitsFound,
    host.HitsFound,
    host.ArchiveRead,  # the form shows it, and `Headless` says it where it takes long
    member.CaughtUp,
    member.ServerSilent,  # words.no_answer, which needs to know the server
}
REASONS: tuple[Any, ...] = (
    NoWindow,
    BadAnswer,
    BadName,
    BadNetwork,
    NoSocket,
    Fault,
    Trouble,
    Drop,
    BadSpeech,
    Weakness,
)


def example(kind: type[Any]) -> Any:
    """Return an event of this type with likely values."""
    values: dict[str, Any] = {
        "name": "Ana",
        "address": ("192.168.1.7", 50000),
        "reason": Refusal.NAME_TAKEN,
        "entries": (ENTRY, ENTRY),
        "text": SECRET,
        "words": "the disk is full",
        "problem": Problem(BadName.MISSING),
        "hint": Hint.NOT_ALLOWED,
        "room": "default",
        "names": ("Ana", "Budi"),
        "came": ("Budi",),
        "went": (),
        "known": bytes(32),
        "key": bytes(32),
        "met": bytes(range(32)),
    }
    return kind(**{name: values.get(name, 1) for name in kind.__match_args__})


class Events(unittest.TestCase):
    def test_every_event_has_its_sentence_or_is_known_to_have_none(self) -> None:
        for union in (host.RoomEvent, member.MemberEvent, driver.DriverEvent):
            for kind in typing.get_args(union):
                with self.subTest(kind.__name__):
                    said = words.sentence(example(kind))
                    self.assertEqual(said is None, kind in SILENT)
                    self.assertNotIn(SECRET, said or "")

    def test_every_reason_that_an_event_can_have_makes_a_sentence(self) -> None:
        for reason in Refusal:
            left = host.PersonLeft("Ana", reason=reason)
            self.assertIn("Ana", words.sentence(left) or "")
            self.assertTrue(words.sentence(member.Expelled(reason)))
        for reason in (Refusal.NAME_TAKEN, Refusal.NAME_BAD):
            address = ("192.168.1.7", 50000)
            refused = words.sentence(host.JoinRefused("Ana", address, reason)) or ""
            self.assertRegex(refused, r"192\.168\.1\.7:50000: the name Ana is")
            self.assertIn("'Ana'", words.sentence(member.NameRefused("Ana", reason)) or "")

    def test_state_of_an_event_chooses_the_sentence(self) -> None:
        for one, other in (
            (member.ServerLost(stopped=True), member.ServerLost(stopped=False)),
            (host.PersonLeft("Ana"), host.PersonLeft("Ana", quiet=True)),
            (
                member.Entered("r", "Ana", "u0", back=True, head=0),
                member.Entered("r", "Ana", "u0", back=False, head=0),
            ),
        ):
            self.assertNotEqual(words.sentence(one), words.sentence(other))

    def test_stored_names_the_numbers(self) -> None:
        self.assertEqual(
            words.sentence(host.MessagesStored((ENTRY, ENTRY._replace(seq=8)))),
            "stored messages 7-8 from Ana",
        )
        self.assertEqual(words.sentence(host.MessagesStored((ENTRY,))), "stored message 7 from Ana")

    def test_nothing_is_said_of_nothing(self) -> None:
        self.assertIsNone(words.sentence(member.Left(0)))
        self.assertIsNone(words.sentence(member.PeopleChanged(("Ana",), (), ())))

    def test_who_came_and_went(self) -> None:
        changed = member.PeopleChanged(("Ana", "Budi"), ("Ana", "Budi"), ("Citra",))
        self.assertEqual(words.sentence(changed), "Ana and Budi joined. Citra left.")
        crowd = member.PeopleChanged((), ("Ana",), ("Budi", "Citra", "Dora", "Eva"))
        self.assertEqual(words.sentence(crowd), "Ana joined. Budi and 3 others left.")

    def test_what_waits_while_we_come_back(self) -> None:
        self.assertEqual(words.reconnecting(0, stopped=False), "Reconnecting \u2026")
        self.assertIn("1 message waits", words.reconnecting(1, stopped=False))
        self.assertRegex(words.reconnecting(2, stopped=True), "closed the room.* 2 messages wait")

    def test_braces_in_a_name_are_no_fields(self) -> None:
        said = words.sentence(host.PersonLeft("{name} {0} }{"))
        self.assertEqual(said, "\u201c{name} {0} }{\u201d left")


class NamesQuoted(unittest.TestCase):
    HOSTILE = "Ana left\u201d or\nBudi, 10.0.0.5:7"
    SHOWN = "\u201cAna left' or\u240aBudi, 10.0.0.5:7\u201d"

    def test_one_plain_word_of_any_script_stays_as_it_is(self) -> None:
        for name in (
            "Ana",
            "Nur-Aini",
            "O'Brien",
            "O\u2019Brien",
            "ana_99",
            "\u0905\u0928\u093f\u0924\u093e",
            "e\u0301",
        ):
            self.assertEqual(words.quoted(name), name)

    def test_any_other_is_quoted(self) -> None:
        for name in ("Pak Budi", "Ana,", "10.0.0.5", "a:b", "7 left", "", "\U0001f600"):
            self.assertEqual(words.quoted(name), f"\u201c{name}\u201d")

    def test_a_quoted_name_keeps_to_its_line(self) -> None:
        self.assertEqual(words.quoted("a\nb\x1b\u2028c"), "\u201ca\u240ab\u241b\u240ac\u201d")

    def test_quotes_inside_cannot_end_it(self) -> None:
        for quote in '"\u201c\u201d\u201e\u201f\u2033\u301d\uff02':
            self.assertEqual(words.quoted(f"a{quote} b"), "\u201ca' b\u201d")

    def test_every_sentence_of_the_hosts_log_quotes_names(self) -> None:
        self.addCleanup(languages.use, Language.ENGLISH)
        hostile = ENTRY._replace(name=self.HOSTILE)
        for language in Language:
            languages.use(language)
            told = [example(kind) for kind in typing.get_args(host.RoomEvent)]
            told += [host.PersonLeft("Ana", reason=reason) for reason in Refusal]
            told += [host.PersonLeft("Ana", quiet=True)]
            told += [
                host.JoinRefused("Ana", ("10.0.0.1", 1), reason)
                for reason in (Refusal.NAME_TAKEN, Refusal.NAME_BAD)
            ]
            told = [records.replace(one, name=self.HOSTILE) for one in told if hasattr(one, "name")]
            self.assertGreaterEqual(
                {type(one) for one in told}, {host.PersonJoined, host.PersonMoved}
            )
            told += [host.MessagesStored((hostile,)), host.MessagesStored((ENTRY, hostile))]
            for event in told:
                with self.subTest(event=event, language=language):
                    said = words.sentence(event) or ""
                    self.assertEqual(said.count(self.SHOWN), 1)
                    self.assertNotIn("Ana left", said.replace(self.SHOWN, ""))

    def test_who_came_and_went_is_quoted(self) -> None:
        name, shown = self.HOSTILE, self.SHOWN
        for came, said in (
            ((name,), f"{shown} joined."),
            (("Budi", name), f"Budi and {shown} joined."),
            ((name, name), f"{shown} and {shown} joined."),
            ((name, "Budi", "Citra"), f"{shown} and 2 others joined."),
        ):
            self.assertEqual(words.sentence(member.PeopleChanged(came, came, ())), said)
            went = said.replace("joined.", "left.")
            self.assertEqual(words.sentence(member.PeopleChanged((), (), came)), went)


class Reasons(unittest.TestCase):
    def test_every_reason_has_its_sentence(self) -> None:
        for kind in REASONS:
            for reason in kind:
                with self.subTest(reason):
                    self.assertIn(reason, sentences_about(kind).table)

    def test_no_sentence_is_for_nothing(self) -> None:
        known = {reason for kind in (*REASONS, Hint) for reason in kind}
        for key in all_sentences():
            if isinstance(key, Enum):
                self.assertIn(key, known)

    def test_a_problem_inside_an_event_is_explained(self) -> None:
        failed = driver.DriverFailed(Problem(NoSocket.PORT_IN_USE, port=8080, host="::", error=1))
        self.assertIn("Port 8080 is in use", words.sentence(failed) or "")

    def test_trouble_of_the_archive_names_the_file_and_the_cause(self) -> None:
        error = OSError(errno.ENOSPC, "No space left on device")
        full = Problem(Trouble.CANNOT_WRITE, path="here.csv", error=error)
        said = words.sentence(host.StorageRefused(full)) or ""
        self.assertRegex(said, "NOT STORED: here.csv .*No space left on device; free some space")

    def test_every_trouble_of_the_archive_makes_a_sentence_of_its_particulars(self) -> None:
        details: dict[str, object] = {
            "path": "archive.csv",
            "error": OSError(errno.EIO, "Input/output error"),
            "kept": "archive.csv.torn-1",
            "count": 2,
            "size": 17,
            "line": 3,
            "cells": 4,
            "lines": (Damaged(Trouble.ZERO_BYTES, line=3), Damaged(Trouble.MORE)),
        }
        for trouble in Trouble:
            with self.subTest(trouble.name):
                said = words.explain(Problem(trouble, **details))
                has_cause = "{error}" in all_sentences()[trouble][0]
                self.assertEqual(has_cause, "output error" in said)
        said = words.explain(Problem(Trouble.LINES_DAMAGED, **details))
        self.assertIn("passed over: line 3 (zero bytes), and others.", said)

    def test_error_of_the_system_says_why_and_what_to_do(self) -> None:
        error = OSError(errno.ENOSPC, "No space left on device")
        said = words.explain(Problem(NoSocket.REFUSED, host="::", port=1, error=error))
        self.assertIn("No space left on device; free some space", said)

    def test_error_of_the_system_is_said_in_the_language_spoken(self) -> None:
        self.addCleanup(languages.use, Language.ENGLISH)
        languages.use(Language.INDONESIAN)
        error = OSError(errno.ENOSPC, "No space left on device")
        said = words.explain(Problem(NoSocket.REFUSED, host="::", port=1, error=error))
        self.assertIn("Disk penuh; kosongkan", said)
        strange = OSError(9999, "Something new")
        said = words.explain(Problem(NoSocket.REFUSED, host="::", port=1, error=strange))
        self.assertIn("Something new", said)


class Status(unittest.TestCase):
    def test_who_is_there_and_what_was_dropped_most_first(self) -> None:
        said = words.status(
            Figures(
                head=7,
                opened_at=0.0,
                dropped={Drop.REPLAYED: 2, Drop.FORGED: 10},
                people=3,
                version=1,
                contests=0,
                sessions=(),
                door=DoorFigures(4, 4, 0, 0, 5),
                key_number=0,
                says_waiting=0,
                host_waiting=0,
                datagrams_waiting=0,
            )
        )
        first, *drops = said.split("\n")
        for part in ("people besides you: 3", "password yet: 4", "wrong passwords: 5"):
            self.assertIn(part, first)
        self.assertEqual([line.split()[0] for line in drops], ["10", "2"])


class Shown(unittest.TestCase):
    def test_no_character_can_act_on_the_terminal_or_turn_the_line(self) -> None:
        hostile = "".join(map(chr, [*range(32), *range(127, 160), 0x202E, 0x2066]))
        shown = words.show_text(f"a{hostile}\u2028b")
        self.assertEqual(len(shown.splitlines()), 1)
        self.assertFalse(set(shown) & set(hostile))
        self.assertEqual(words.show_text("\u0645 \U0001f600"), "\u0645 \U0001f600")


if __name__ == "__main__":
    unittest.main()
