"""The search: what is asked and shown while one types, steps, stops and goes."""

import itertools
import unittest
from collections.abc import Callable
from tkinter import ttk
from unittest import mock

from chatroom.client import conversation, events, kept
from chatroom.protocol.entries import Entry
from chatroom.windows import find_bar
from chatroom.windows.find_bar import FindBar
from chatroom.words.chat import Chat
from tests.tools.windows import WindowTest, button, press, reads, widgets


def made(first: int, last: int, *, each: int = 10) -> list[Entry]:
    """Return entries of which every so many say "keys"."""
    texts = ("my KEYS" if number % each == 0 else "hello" for number in range(first, last + 1))
    return [Entry(seq, "", "Ana", text, f"x-{seq}") for seq, text in enumerate(texts, first)]


class FindBarTest(WindowTest):
    head = 40
    at_hand = (1, 40)

    def setUp(self) -> None:
        super().setUp()
        self.asked: list[tuple[str, int]] = []
        self.told: list[object] = []
        self.shown = conversation.Conversation(lambda _: None, lambda: "")
        self.shown.begin(self.head)
        self.shown.add(made(*self.at_hand))
        root = self.root()
        root.columnconfigure(0, weight=1)
        self.other = ttk.Entry(root)
        self.other.grid(row=1, column=0)
        self.bar = FindBar(
            root,
            self.shown,
            find=lambda words, before: self.asked.append((words, before)),
            stop=lambda: self.told.append("stop"),
            show_hit=self.told.append,
            mark=lambda words: self.told.append(f"mark {words}"),
            close=lambda: self.told.append("closed"),
        )
        self.bar.grid(row=0, column=0, sticky="ew")
        self.bar.grid_remove()
        self.field = next(one for one in widgets(self.bar) if type(one) is ttk.Entry)
        root.update()
        root.focus_force()
        root.update()

    def open(self) -> None:
        self.bar.open()
        self.pump(lambda: self.field.focus_get() is self.field)

    def type(self, text: str) -> None:
        for one in text:
            self.field.event_generate("<Key>", keysym="space" if one == " " else one)

    def key(self, key: str) -> None:
        self.field.event_generate(key)
        self.bar.update()

    def says(self, *parts: str) -> bool:
        return all(part in reads(self.bar) for part in parts)

    def usable(self) -> list[str]:
        """Return the buttons that go to a hit, of those that can be pressed."""
        names = ("Older hit", "Newer hit")
        return [name for name in names if button(self.bar, name).instate(["!disabled"])]

    def search(self, words: str = "keys") -> None:
        """Type and search, without waiting for the pause after typing."""
        self.open()
        self.type(words)
        self.key("<Return>")


class Typing(FindBarTest):
    def test_what_is_at_hand_is_found_after_a_pause(self) -> None:
        self.open()
        self.type("keys")
        self.assertEqual(self.asked, [])
        self.pump(lambda: self.says("1 of 4"))
        self.assertEqual(self.asked, [("keys", 0)])  # for all words once, and not for each letter
        self.assertEqual(self.told[-2:], ["mark keys", 40])

    def test_enter_does_not_wait_for_the_pause(self) -> None:
        self.search()
        self.assertEqual(self.asked, [("keys", 0)])
        self.assertTrue(self.says("1 of 4"))

    def test_empty_field_clears_the_marks(self) -> None:
        self.search()
        self.key("<Control-a>")
        self.key("<Delete>")
        self.pump(lambda: self.told[-1] is None)
        self.assertEqual(self.told[-3:], ["stop", "mark ", None])
        self.assertEqual(reads(self.bar).strip(), "")

    def test_other_words_begin_anew_and_stop_what_ran(self) -> None:
        self.search()
        self.type(" x")
        self.key("<Return>")
        self.assertEqual(self.asked[-1], ("keys x", 0))
        self.assertIn("stop", self.told)
        self.assertTrue(self.says(Chat.NOTHING()))
        self.assertIsNone(self.told[-1])

    def test_what_cannot_be_sent_is_said_and_not_asked(self) -> None:
        self.open()
        self.field.insert(0, "\u00e4" * 65)
        self.key("<Return>")
        self.assertTrue(self.says(Chat.TOO_LONG()))
        self.field.delete(0, "end")
        self.field.insert(0, "keys\udc80")
        self.key("<Return>")
        self.assertEqual(self.asked, [("keys\ufffd", 0)])


class Stepping(FindBarTest):
    def test_keys_and_buttons_go_from_hit_to_hit(self) -> None:
        self.search()
        del self.told[:]
        for key in ("<Return>", "<Up>", "<Shift-Return>", "<Down>", "<Down>"):
            self.key(key)
        self.assertEqual(self.told, [30, 20, 30, 40, 10])
        press(self.bar, "Newer hit")
        press(self.bar, "Older hit")
        self.assertEqual(self.told[5:], [20, 10])
        self.assertTrue(self.says("4 of 4"))

    def test_the_only_hit_is_shown_again(self) -> None:
        self.search("lock")
        self.bar.handle(events.NewEntries((Entry(41, "", "Budi", "a lock", "x-41"),)))
        self.assertEqual(self.told[-1], 41)
        self.key("<Return>")  # somebody may have scrolled away
        self.assertEqual(self.told[-2:], [41, 41])

    def test_the_buttons_can_be_pressed_where_there_is_a_hit(self) -> None:
        self.open()
        self.assertEqual(self.usable(), [])
        self.search("lock")
        self.assertEqual(self.usable(), [])
        self.bar.handle(events.NewEntries((Entry(41, "", "Budi", "a lock", "x-41"),)))
        self.assertEqual(self.usable(), ["Older hit", "Newer hit"])
        self.field.delete(0, "end")
        self.key("<Return>")
        self.assertEqual(self.usable(), [])

    def test_new_messages_are_searched_while_it_is_open(self) -> None:
        self.search()
        self.bar.handle(events.NewEntries(tuple(made(41, 50))))
        self.assertTrue(self.says("2 of 5"))
        self.assertEqual(self.told[-1], 40)


class WholeRoom(FindBarTest):
    head = 1000
    at_hand = (961, 1000)

    def test_hits_of_the_server_join_those_at_hand(self) -> None:
        self.search()
        self.pump(lambda: self.says("1 of 4+", "4% searched"))
        self.bar.handle(events.HitsFound("keys", (1000, 990, 700), 501, False))
        self.assertTrue(self.says("1 of 5+", "50% searched"))
        self.assertTrue(button(self.bar, "Stop").winfo_viewable())
        self.bar.handle(events.HitsFound("keys", (20,), 1, True))
        self.bar.update()
        self.assertTrue(self.says("1 of 6"))
        self.assertFalse(self.says("searched"))
        self.assertFalse(button(self.bar, "Stop").winfo_viewable())

    def test_stop_stops_and_a_step_goes_on(self) -> None:
        self.search()
        press(self.bar, "Stop")
        self.assertEqual(self.told[-1], "stop")
        self.assertFalse(self.says("searched"))
        self.key("<Return>")
        self.assertEqual(self.asked[-1], ("keys", 961))

    def test_a_search_that_was_stopped_before_any_hit_goes_on_with_a_button(self) -> None:
        self.search("lock")
        self.pump(lambda: self.says(Chat.NOTHING_SO_FAR(), "searched"))
        self.assertEqual(self.usable(), [])
        press(self.bar, "Stop")
        self.assertEqual(self.usable(), ["Older hit"])
        press(self.bar, "Older hit")
        self.assertEqual(self.asked[-1], ("lock", 961))

    def test_step_beyond_what_is_known_shows_the_hit_once_it_comes(self) -> None:
        self.search()
        for _ in range(4):
            self.key("<Return>")
        self.assertEqual(self.told[-1], 970)
        self.bar.handle(events.HitsFound("keys", (930,), 900, False))
        self.assertEqual(self.told[-1], 930)

    def test_hits_in_a_page_that_was_read_are_known(self) -> None:
        self.search()
        self.bar.handle(events.PageRead(tuple(made(1, 40))))
        self.assertTrue(self.says("1 of 8+"))

    def test_back_in_the_room_it_looks_for_what_was_missed(self) -> None:
        self.search()
        self.bar.handle(events.HitsFound("keys", (), 1, True))
        self.bar.handle(events.Entered("lab", "Ana", "u0", back=True, head=1000))
        self.assertEqual(self.asked, [("keys", 0)] * 2)
        self.bar.handle(events.LogReplaced())
        self.assertEqual(self.asked, [("keys", 0)] * 3)

    def test_all_messages_at_hand_are_looked_through_in_slices(self) -> None:
        self.shown.begin(100_000)
        self.shown.add(made(100_001 - kept.KEPT_MOST, 100_000))
        with mock.patch("time.perf_counter") as clock:
            clock.side_effect = itertools.count(0.0, 0.6 * find_bar.LOOK_FOR_S)  # one step a slice
            self.search()
            self.pump(lambda: self.says(f"1 of {kept.KEPT_MOST // 10:,}+"))
        slices = kept.KEPT_MOST // find_bar.LOOK_AT_ONCE
        self.assertGreaterEqual(clock.call_count, 2 * slices)


class Coming(FindBarTest):
    def test_escape_and_the_button_leave_nothing_behind(self) -> None:
        ways: tuple[Callable[[], None], ...] = (
            lambda: self.key("<Escape>"),
            lambda: press(self.bar, "Close the search"),
        )
        for close in ways:
            self.open()
            self.field.delete(0, "end")
            self.search()
            self.assertTrue(self.bar.is_open)
            close()
            self.assertEqual(self.told[-4:], ["stop", "mark ", None, "closed"])
            self.assertFalse(self.bar.is_open)

    def test_opened_again_it_searches_for_the_same_or_for_what_it_is_given(self) -> None:
        self.search()
        self.bar.close()
        self.bar.open()
        self.assertTrue(self.bar.tk.call(str(self.field), "selection", "present"))
        self.assertTrue(self.says("1 of 4"))
        self.bar.open("hello")
        self.assertTrue(self.says("1 of 36"))

    def test_narrow_window_has_room_for_all_of_it(self) -> None:
        self.resize(self.roots[0], 480, 400)
        self.roots[0].focus_force()
        self.search()
        self.bar.update()
        self.assertGreater(self.field.winfo_width(), 150)
        closing = button(self.bar, "Close the search")
        self.assertLessEqual(closing.winfo_x() + closing.winfo_width(), 480)
        self.assertTrue(self.says("1 of 4"))


if __name__ == "__main__":
    unittest.main()
