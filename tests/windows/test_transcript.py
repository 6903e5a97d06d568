"""The conversation as it is drawn: order, days, what waits, and where the view stays."""

import unittest
from datetime import datetime, timezone

from chatroom.client import events
from chatroom.client.old_conversation import Conversation
from chatroom.protocol.entries import Entry, make_id
from chatroom.windows.transcript import Transcript
from tests.tools.windows import WindowTest, button, click_on, made_entries, press, text_of

OURS = "u0123"


def day_of(entry: Entry) -> str:
    """Return the notice that stands before the first entry of this day."""
    utc = datetime.strptime(entry.time, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)
    return f"{utc.astimezone():%A, %d %B %Y}"


class TranscriptTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.fetches = 0
        self.conversation = Conversation()
        self.transcript = Transcript(self.root(), self.conversation, self.fetch)
        self.transcript.pack(fill="both", expand=True)
        self.transcript.update()
        self.tell(events.Entered("default", "Ana", OURS, back=False, head=0))

    def fetch(self) -> None:
        self.fetches += 1

    def tell(self, event: object) -> None:
        self.transcript.draw(self.conversation.handle(event))
        self.transcript.update()

    def lines(self, *words: str) -> list[str]:
        """Return the lines that hold one of these words."""
        lines = self.transcript.content().split("\n")
        return [line for line in lines if any(word in line for word in words)]


class Order(TranscriptTest):
    def test_earlier_and_new_entries_and_what_waits_stand_in_order(self) -> None:
        log = made_entries(1, 9)
        self.tell(events.NewEntries(tuple(log[5:7])))
        self.tell(events.TextQueued(1, "text that waits"))
        self.tell(events.PageRead(tuple(log[:5])))
        self.tell(events.NewEntries(tuple(log[7:])))
        shown = [f"text {n}." for n in range(1, 10)]
        self.assertEqual(self.lines("text"), [*shown, "text that waits"])
        self.tell(events.TextRefused(1, "text that waits"))
        self.assertEqual(self.lines("text", "waiting"), shown)

    def test_a_notice_stands_before_what_waits(self) -> None:
        self.tell(events.TextQueued(1, "mine"))
        self.transcript.add_notice("Budi left.")
        self.assertEqual(self.lines("Budi", "mine"), ["Budi left.", "mine"])

    def test_another_log_replaces_all_but_what_waits(self) -> None:
        self.tell(events.NewEntries(tuple(made_entries(3, 5))))
        self.transcript.add_notice("a notice")
        self.tell(events.TextQueued(1, "mine"))
        self.tell(events.LogReplaced())
        self.assertEqual(self.transcript.content(), "waiting\nmine\n\n")
        self.tell(events.NewEntries(tuple(made_entries(1, 1))))
        self.assertEqual(self.lines("text", "mine"), ["text 1.", "mine"])

    def test_ours_are_called_stored(self) -> None:
        time = "2026-01-01T12:00:00Z"
        self.tell(events.NewEntries((Entry(1, time, "Budi", "theirs", "x-1"),)))
        self.assertEqual(self.lines("stored"), [])
        self.tell(events.NewEntries((Entry(2, time, "Ana", "ours", make_id(OURS, 1)),)))
        self.assertEqual(len(self.lines("stored")), 1)

    def test_harmful_characters_are_pictures_and_line_breaks_stay(self) -> None:
        self.tell(events.NewEntries((Entry(1, "", "Budi", "a\x1b[2J\r\nb\u202ec", "x-1"),)))
        self.assertEqual(self.lines("a\u241b[2J", "b\ufffdc"), ["a\u241b[2J", "b\ufffdc"])


class Days(TranscriptTest):
    def test_each_day_is_named_once_also_where_earlier_entries_join_on(self) -> None:
        old, new = made_entries(1, 4, day=1), made_entries(5, 8, day=2)
        self.tell(events.NewEntries(tuple(new[2:])))
        self.tell(events.PageRead((*old[2:], *new[:2])))
        self.tell(events.PageRead(tuple(old[:2])))
        first, second = day_of(old[0]), day_of(new[0])
        expected = [first, *(f"text {n}." for n in range(1, 5))]
        expected += [second, *(f"text {n}." for n in range(5, 9))]
        self.assertEqual(self.lines("text", first, second), expected)

    def test_a_day_that_begins_where_earlier_entries_end_keeps_its_name(self) -> None:
        old, new = made_entries(1, 2, day=1), made_entries(3, 4, day=2)
        self.tell(events.NewEntries(tuple(new)))
        self.tell(events.PageRead(tuple(old)))
        first, second = day_of(old[0]), day_of(new[0])
        days = self.lines(first, second, "text")
        self.assertEqual(days, [first, "text 1.", "text 2.", second, "text 3.", "text 4."])

    def test_a_time_that_nobody_can_read_is_shown_as_it_is(self) -> None:
        self.tell(events.NewEntries((Entry(1, "noon", "Budi", "hello", "x-1"),)))
        self.assertEqual(self.lines("noon"), ["Budi  noon"])


class TheView(TranscriptTest):
    def test_earlier_messages_are_offered_while_there_are_any(self) -> None:
        self.tell(events.NewEntries(tuple(made_entries(3, 4))))
        click_on(text_of(self.transcript), "Show earlier messages")
        self.assertEqual(self.fetches, 1)
        self.tell(events.PageRead(tuple(made_entries(1, 2))))
        self.assertNotIn("Show earlier", self.transcript.content())

    def test_it_follows_the_end_only_while_the_end_is_in_view(self) -> None:
        self.tell(events.NewEntries(tuple(made_entries(1, 80))))
        self.assertTrue(self.transcript.is_at_end)
        text = text_of(self.transcript)
        text.yview_moveto(0.3)
        place = text.index("@0,0")
        self.tell(events.NewEntries(tuple(made_entries(81, 90))))
        self.transcript.add_notice("Budi left.")
        self.tell(events.TextQueued(1, "mine"))
        self.assertEqual(text.index("@0,0"), place)
        self.assertTrue(button(self.transcript, "New messages below").winfo_viewable())
        press(self.transcript, "New messages below")
        self.transcript.update()
        self.assertTrue(self.transcript.is_at_end)
        self.assertFalse(button(self.transcript, "New messages below").winfo_viewable())

    def test_earlier_entries_do_not_move_what_is_read(self) -> None:
        self.tell(events.NewEntries(tuple(made_entries(81, 160))))
        text = text_of(self.transcript)
        text.yview_moveto(0.1)
        text.update()
        top = text.get("@0,0 linestart", "@0,0 lineend")
        self.tell(events.PageRead(tuple(made_entries(1, 80))))
        self.assertEqual(text.get("@0,0 linestart", "@0,0 lineend"), top)

    def test_the_last_earlier_entries_do_not_push_away_what_stood_first(self) -> None:
        self.tell(events.NewEntries(tuple(made_entries(81, 160))))
        text = text_of(self.transcript)
        text.yview_moveto(0.0)
        self.tell(events.PageRead(tuple(made_entries(1, 80))))
        self.assertIsNotNone(text.dlineinfo(text.search("text 81.", "1.0")))
        self.assertIsNone(text.dlineinfo(text.search("text 70.", "1.0")))


if __name__ == "__main__":
    unittest.main()
