"""What a person does with the mouse: selecting, links, the menu, the wheel."""

import re
import sys
import time
import unittest
import webbrowser
from functools import partial
from tkinter import Label, Menu, Misc
from unittest import mock

from chatroom.windows import theme
from chatroom.windows.conversation import links, pointer, scroller, selection, sheets
from chatroom.words.chat import Chat
from tests.tools.windows import widgets
from tests.windows.conversation.tools import MANY, ViewTest, entry, send

LINK = "https://a.example/b"


class PointerTest(ViewTest):
    def setUp(self) -> None:
        super().setUp()
        self.canvas = self.view.scroller.canvas

    def drag(self, start: tuple[str, str], end: tuple[str, str]) -> None:
        """Select from some words of a message to some of another."""
        first, x, y = self.pixel_of(*start)
        send(first, "<Button-1>", x=x, y=y)
        last, to_x, to_y = self.pixel_of(*end)
        x = to_x + last.winfo_rootx() - first.winfo_rootx()
        y = to_y + last.winfo_rooty() - first.winfo_rooty()
        send(first, "<B1-Motion>", "<ButtonRelease-1>", x=x, y=y)

    def selected(self) -> str:
        return self.view.clipping.selection.text()


class Selecting(PointerTest):
    def test_a_part_of_one_message_is_copied_as_it_is(self) -> None:
        text = "one two\tthree"
        self.enter_log([entry(1, text)])
        self.drag((text, "two"), (text, "ree"))
        self.canvas.event_generate("<<Copy>>")
        self.assertEqual(self.view.clipboard_get(), "two\tth")
        self.assertEqual(self.view.tk.call("selection", "get"), "two\tth")  # PRIMARY

    def test_a_tab_is_a_gap_and_its_picture_stays_a_picture(self) -> None:
        text = "a\tb \u2409"
        self.enter_log([entry(1, text)])
        _, left, _ = self.pixel_of(text, "a")
        sheet, right, _ = self.pixel_of(text, "b")
        self.assertEqual(right - left, sheets.tab_stop(theme.of(sheet)))
        self.view.clipping.select_row(1)
        self.assertEqual(self.selected(), text)

    def test_a_line_break_at_the_end_is_copied_and_not_drawn(self) -> None:
        self.enter_log([entry(1, "a part\n"), entry(2, "a part")])
        first, second = map(self.view.scroller.bubbles.rectangle, (1, 2))
        assert first and second
        self.assertEqual(first[3], second[3])
        self.view.clipping.select_row(1)
        self.assertEqual(self.selected(), "a part\n")
        self.view.clipping.select_all()
        self.assertRegex(self.selected(), r"(?s): a part\n\n\[.*: a part$")
        end = self.view.scroller.bubbles.spot(first[0] + first[2], first[1] + first[3])
        assert end is not None
        self.view.clipping.select(end, selection.Spot(2, 6))
        self.assertRegex(self.selected(), r"^\[\d\d:\d\d\] Budi: a part$")

    def test_across_messages_names_and_times_are_copied(self) -> None:
        self.enter_log([entry(1, "first one"), entry(2, "the\nmiddle"), entry(3, "last one")])
        self.drag(("first one", "one"), ("last one", "one"))
        lines = self.selected().split("\n")
        self.assertRegex(lines[0], r"^\[\d\d:\d\d\] Mei-Ling: one$")
        self.assertRegex(lines[1], r"^\[\d\d:\d\d\] Budi: the$")
        self.assertEqual(lines[2], "middle")
        self.assertRegex(lines[3], r"^\[\d\d:\d\d\] Mei-Ling: last $")
        self.assertEqual(self.texts()["first one"].tag_nextrange("sel", "1.0"), ("1.6", "1.9"))
        self.assertEqual(self.texts()["last one"].tag_nextrange("sel", "1.0"), ("1.0", "1.5"))

    def test_upwards_is_the_same(self) -> None:
        self.enter_log([entry(1, "first one"), entry(2, "last one")])
        self.drag(("last one", "one"), ("first one", "one"))
        self.assertIn(": one\n", self.selected())
        self.assertTrue(self.selected().endswith(": last "))

    def test_an_emoji_counts_as_one(self) -> None:
        text = "\U0001f600\U0001f600 ab\n\U0001f600 cd"
        self.enter_log([entry(1, text)])
        self.drag((text, "b"), (text, "d"))
        self.assertEqual(self.selected(), "b\n\U0001f600 c")

    def test_twice_selects_a_word_and_thrice_the_message(self) -> None:
        self.enter_log([entry(1, "see the door, please")])
        sheet, x, y = self.pixel_of("see the door, please", "door")
        click = ("<Button-1>", "<ButtonRelease-1>")
        send(sheet, *click, *click, x=x + 3, y=y)
        self.assertEqual(self.selected(), "door")
        send(sheet, *click, x=x + 3, y=y)
        self.assertEqual(self.selected(), "see the door, please")
        send(sheet, *click, x=x + 40, y=y)
        self.assertEqual(self.selected(), "")

    def test_shift_selects_up_to_the_pointer(self) -> None:
        self.enter_log([entry(1, "one two three")])
        sheet, x, y = self.pixel_of("one two three", "two")
        send(sheet, "<Button-1>", "<ButtonRelease-1>", x=x, y=y)
        _, x, y = self.pixel_of("one two three", "three")
        sheet.event_generate(
            "<Button-1>",
            x=x,
            y=y,
            rootx=sheet.winfo_rootx() + x,
            rooty=sheet.winfo_rooty() + y,
            state=1,
        )
        self.assertEqual(self.selected(), "two ")

    def test_held_below_the_list_it_scrolls_on(self) -> None:
        self.enter()
        self.view.scroll_pages(-3)
        self.settle()
        first = next(iter(self.texts()))
        sheet, x, y = self.pixel_of(first, "text")
        send(sheet, "<Button-1>", x=x, y=y)
        position = self.view.position
        below = self.view.winfo_height() + 60
        send(sheet, "<B1-Motion>", x=x, y=below)
        self.pump(lambda: self.view.position > (position[0] + 3, 0))
        send(sheet, "<ButtonRelease-1>", x=x, y=below)
        self.assertGreater(self.selected().count("\n"), 5)

    def test_all_that_is_at_hand_is_selected_and_gaps_are_told(self) -> None:
        self.enter()
        self.view.go_to(200)
        self.settle()
        self.view.clipping.select_all()
        lines = self.selected().split("\n")
        self.assertEqual(lines.count("[\u2026]"), 2)
        self.assertEqual(lines[0], "[\u2026]")
        days = [
            line for line in lines if re.fullmatch("\u2014 .*, [1-3] January 2026 \u2014", line)
        ]
        self.assertIn(len(days), (2, 3))  # it depends on where one is
        self.assertEqual(len(set(days)), len(days))
        self.assertTrue(lines[-1].endswith(f"text {MANY}."))


class Links(PointerTest):
    def setUp(self) -> None:
        super().setUp()
        self.text = f"see {LINK} or ftp://c.example"
        self.enter_log([entry(1, self.text)])
        self.opened: list[str] = []
        self.browser: bool | Exception = True
        opening = mock.patch("webbrowser.open", self.open)
        opening.start()
        self.addCleanup(opening.stop)

    def open(self, address: str) -> bool:
        """Take an address as the browser would that there is, or is not."""
        self.opened.append(address)
        if isinstance(self.browser, Exception):
            raise self.browser
        return self.browser

    def click(self, words: str) -> None:
        sheet, x, y = self.pixel_of(self.text, words)
        send(sheet, "<Button-1>", "<ButtonRelease-1>", x=x, y=y)

    def failures(self) -> list[str]:
        return [one for one in self.labels() if one == Chat.NOT_OPENED()]

    def test_a_click_opens_it(self) -> None:
        self.click("a.example")
        self.pump(lambda: self.opened)
        self.assertEqual(self.opened, [LINK])
        until = time.monotonic() + 3 * links.LOOK_EVERY_MS / 1000
        self.pump(lambda: time.monotonic() > until)
        self.assertEqual(self.failures(), [])

    def test_where_no_browser_takes_it_that_is_said_until_the_next_click(self) -> None:
        for self.browser in (False, webbrowser.Error("none")):
            self.click("a.example")
            self.pump(self.failures)
            sheet, x, y = self.pixel_of(self.text, "a.example")
            send(sheet, "<Motion>", x=x, y=y)
            self.window.update()
            self.assertNotIn(LINK, self.labels())  # it would cover the sentence
            self.click("see")
            self.window.update()
            self.assertEqual(self.failures(), [])

    @mock.patch.object(pointer, "NOT_OPENED_MS", 200)
    def test_that_it_was_not_opened_is_said_for_a_while(self) -> None:
        self.browser = False
        self.click("a.example")
        self.pump(self.failures)
        self.pump(lambda: not self.failures())

    def test_the_sentence_fits_a_small_window(self) -> None:
        self.window.geometry("300x400")
        self.browser = False
        self.settle()
        self.click("see")
        self.click("https")
        self.pump(self.failures)
        self.window.update()
        sentence = next(
            one
            for one in widgets(self.view)
            if isinstance(one, Label) and one["text"] == Chat.NOT_OPENED()
        )
        right = sentence.winfo_rootx() + sentence.winfo_width()
        self.assertLess(right, self.view.winfo_rootx() + self.view.winfo_width())

    def test_dragging_over_it_or_clicking_beside_it_does_not(self) -> None:
        sheet, x, y = self.pixel_of(self.text, "a.example")
        send(sheet, "<Button-1>", x=x, y=y)
        send(sheet, "<B1-Motion>", "<ButtonRelease-1>", x=x + 40, y=y)
        for words in ("see", "c.example"):
            sheet, x, y = self.pixel_of(self.text, words)
            send(sheet, "<Button-1>", "<ButtonRelease-1>", x=x, y=y)
        self.settle()
        self.assertEqual(self.opened, [])

    def test_its_address_is_shown_while_the_pointer_is_over_it(self) -> None:
        sheet, x, y = self.pixel_of(self.text, "a.example")
        send(sheet, "<Motion>", x=x, y=y)
        self.window.update()
        self.assertIn(LINK, self.labels())
        self.assertEqual(sheet["cursor"], "hand2")
        sheet, x, y = self.pixel_of(self.text, "see")
        send(sheet, "<Motion>", x=x, y=y)
        self.window.update()
        self.assertNotIn(LINK, self.labels())
        self.assertEqual(sheet["cursor"], "xterm")


class TheMenu(PointerTest):
    def setUp(self) -> None:
        super().setUp()
        self.posted: list[dict[str, str]] = []

        def post(menu: Menu, *_: object) -> None:
            """Note what can be chosen instead of waiting for a choice."""
            entries = range((menu.index("end") or 0) + 1)
            kinds = {n: menu.type(n) for n in entries}
            self.posted.append(
                {
                    menu.entrycget(n, "label"): menu.entrycget(n, "state")
                    for n in entries
                    if kinds[n] == "command"
                }
            )
            self.menu = menu

        posting = mock.patch.object(Menu, "tk_popup", post)
        posting.start()
        self.addCleanup(posting.stop)

    def test_it_copies_the_message_or_the_link_under_the_pointer(self) -> None:
        text = f"see {LINK} now"
        self.enter_log([entry(1, "other"), entry(2, text)])
        sheet, x, y = self.pixel_of(text, "a.example")
        send(sheet, "<Button-3>", x=x, y=y)
        self.assertEqual(
            self.posted[-1],
            {
                "Copy message": "normal",
                "Copy selection": "disabled",
                "Copy link": "normal",
                "Select all": "normal",
            },
        )
        self.menu.invoke("Copy link")
        self.assertEqual(self.view.clipboard_get(), LINK)
        self.menu.invoke("Copy message")
        self.assertEqual(self.view.clipboard_get(), text)
        sheet, x, y = self.pixel_of(text, "see")
        send(sheet, "<Button-3>", x=x, y=y)
        self.assertNotIn("Copy link", self.posted[-1])

    @unittest.skipUnless(sys.platform == "linux", "elsewhere it is open while it is asked for")
    def test_what_it_is_about_has_a_ring_while_it_is_open(self) -> None:
        self.enter_log([entry(1, "first"), entry(2, "last")])
        self.assertEqual(self.canvas.find_withtag("ring"), ())
        self.canvas.focus_force()
        self.canvas.event_generate("<Shift-F10>")
        self.assert_ring_around("last")
        self.others_say("even later")
        self.settle()
        self.assert_ring_around("last")
        self.menu.event_generate("<Unmap>")
        self.assertEqual(self.canvas.find_withtag("ring"), ())

    def assert_ring_around(self, text: str) -> None:
        (ring,) = self.canvas.find_withtag("ring")
        left, top, right, bottom = self.canvas.bbox(ring)
        sheet = self.texts()[text]
        self.assertTrue(left < sheet.winfo_x() < right and top < sheet.winfo_y() < bottom)
        self.assertLess(bottom - top, 2 * sheet.winfo_height() + 40)

    def test_it_opens_by_key_for_what_is_selected_or_lowest(self) -> None:
        self.enter_log([entry(1, "first"), entry(2, "last")])
        self.canvas.focus_force()
        self.canvas.event_generate("<Shift-F10>")
        self.menu.invoke("Copy message")
        self.assertEqual(self.view.clipboard_get(), "last")
        self.view.clipping.select_row(1)
        self.canvas.event_generate("<App>" if sys.platform == "win32" else "<Menu>")
        self.assertEqual(self.posted[-1]["Copy selection"], "normal")
        self.menu.invoke("Copy message")
        self.assertEqual(self.view.clipboard_get(), "first")


class TheWheel(PointerTest):
    def test_it_glides_over_bubbles_and_beside_them(self) -> None:
        self.enter()
        for widget in (next(iter(self.texts().values())), self.canvas, self.view.scroller.bar):
            text = f"text {self.view.visible()[2]}."
            place = self.place_of(text)[1]
            self.turn(widget, 1)
            self.pump(partial(self.is_at, text, place + 56))
        for _ in range(4):
            self.turn(self.canvas, -1)
        self.pump(lambda: self.view.is_at_end)

    def turn(self, widget: Misc, notches: int) -> None:
        """Turn the wheel upwards by one notch, or downwards."""
        if sys.platform == "win32":
            widget.event_generate("<MouseWheel>", delta=120 * notches, x=3, y=3)
        else:
            send(widget, "<Button-4>" if notches > 0 else "<Button-5>", x=3, y=3)

    def is_at(self, text: str, y: int) -> bool:
        """Tell whether a message is so far down."""
        return self.place_of(text)[1] == y


class TheBar(PointerTest):
    @mock.patch.object(scroller, "REST_MS", 400)  # however slow it is drawn meanwhile
    def test_any_place_is_dragged_to_and_its_page_read_when_the_thumb_rests(self) -> None:
        self.enter()
        self.asked.clear()
        bar = self.view.scroller.bar
        top, bottom = bar.thumb
        height = bar.winfo_height()
        send(bar, "<Button-1>", x=5, y=(top + bottom) // 2)
        for y in range(height - 40, height // 2, -20):
            send(bar, "<B1-Motion>", x=5, y=y)
            self.window.update()
        self.pump(lambda: self.asked)
        self.settle()
        self.assertEqual(len(self.asked), 1)
        self.assertAlmostEqual(self.view.visible()[0], MANY / 2, delta=150)
        self.assertEqual(len(self.days()), 1)
        send(bar, "<ButtonRelease-1>", x=5, y=height // 2)
        self.settle()
        self.assertEqual(self.days(), [])
        self.assertTrue(self.texts())

    def test_the_thumb_stays_where_it_is_held(self) -> None:
        self.enter_log(entry(seq, "line\n" * (seq % 9)) for seq in range(1, 31))
        bar = self.view.scroller.bar
        send(bar, "<Button-1>", x=5, y=(bar.thumb[0] + bar.thumb[1]) // 2)
        send(bar, "<B1-Motion>", x=5, y=bar.winfo_height() // 2)
        held = bar.thumb
        for number in range(10):
            self.others_say(f"new {number}")
        self.settle()
        self.assertEqual(bar.thumb, held)
        send(bar, "<ButtonRelease-1>", x=5, y=bar.winfo_height() // 2)
        self.settle()
        self.assertNotEqual(bar.thumb, held)

    def test_its_ends_are_the_first_message_and_the_newest(self) -> None:
        self.enter()
        bar = self.view.scroller.bar
        send(bar, "<Button-1>", "<ButtonRelease-1>", x=5, y=0)
        self.settle()
        self.assertEqual(self.view.position, (0, 0))
        self.assertEqual(bar.thumb[0], 2)
        send(bar, "<Button-1>", "<ButtonRelease-1>", x=5, y=bar.winfo_height() - 1)
        self.settle()
        self.assertTrue(self.view.is_at_end)

    def test_the_thumb_keeps_its_length(self) -> None:
        self.enter_log(entry(seq, "line\n" * (seq % 9)) for seq in range(1, 101))
        bar, sizes, tops = self.view.scroller.bar, set(), []
        while self.view.position > (0, 0):
            sizes.add(bar.thumb[1] - bar.thumb[0])
            tops.append(bar.thumb[0])
            self.view.scroller.scroll(-100)
        self.assertEqual(len(sizes), 1)
        self.assertEqual(tops, sorted(tops, reverse=True))


if __name__ == "__main__":
    unittest.main()
