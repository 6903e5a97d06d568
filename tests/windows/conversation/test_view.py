"""The view as a whole, in a room of 1,500 messages: where it opens, follows and stays."""

import unittest
from tkinter import Canvas

from chatroom.client import events
from chatroom.protocol import search
from tests.tools.windows import widgets
from tests.windows.conversation.tools import MANY, ViewTest, entry, send

PAGE_LINES = 120
DOWN = 0x100
"""The state of an event while the left button of the mouse is down."""


class Opening(ViewTest):
    def test_it_opens_at_the_newest(self) -> None:
        self.enter()
        self.assertTrue(self.view.is_at_end)
        self.assertEqual(self.view.visible()[-1], MANY)
        self.assertIn(f"text {MANY}.", self.texts())

    def test_it_opens_at_the_unread_line_with_some_context_above(self) -> None:
        self.enter(read=700)
        visible = self.view.visible()
        self.assertIn(701, visible)
        self.assertIn(699, visible)
        self.assertLess(visible.index(701), len(visible) / 2)
        self.assertIn("text 701.", self.texts())
        lines = self.view.content().split("\n")
        self.assertEqual(lines[lines.index("Unread from here") + 2], "text 701.")

    def test_an_unread_line_among_the_newest_shows_the_end_too(self) -> None:
        self.enter(read=MANY - 2)
        self.assertTrue(self.view.is_at_end)
        self.assertIn(MANY - 1, self.view.visible())

    def test_an_empty_room_says_so(self) -> None:
        self.enter(0)
        self.assertEqual(self.words(), ["Nothing has been said here yet."])
        self.others_say("hello")
        self.settle()
        self.assertIn("Mei-Ling", self.words())
        self.assertNotIn("Nothing has been said here yet.", self.words())

    def test_another_log_is_shown_from_its_end(self) -> None:
        self.enter()
        self.view.go_to(500)
        self.settle()
        self.tell(events.LogReplaced())
        self.settle()
        self.assertEqual(self.view.content(), "")
        self.enter(3)
        self.assertEqual(self.view.visible(), [0, 1, 2, 3])
        self.assertTrue(self.view.is_at_end)


class Following(ViewTest):
    def test_an_own_page_goes_to_its_end(self) -> None:
        self.enter()
        self.view.go_to(200)
        self.settle()
        page = "\n".join(f"line {number}" for number in range(PAGE_LINES))
        self.tell(events.TextQueued(1, page))
        self.view.go_to_end()
        self.settle()
        self.assertTrue(self.view.is_at_end)
        sheet = self.texts()[page]
        bottom = sheet.winfo_rooty() + sheet.winfo_height()
        self.assertLess(sheet.winfo_rooty(), self.view.winfo_rooty())
        self.assertLess(bottom, self.view.winfo_rooty() + self.view.winfo_height())
        self.store(1, page)
        self.settle()
        self.assertTrue(self.view.is_at_end)
        self.assertIn(page, self.texts())

    def test_the_end_is_followed(self) -> None:
        self.enter()
        for number in range(30):
            self.others_say(f"new {number}")
            self.settle()
            self.assertEqual(self.view.visible()[-1], MANY + number + 1)
        self.assertEqual(self.view.unseen, 0)

    def test_the_end_is_followed_where_a_larger_window_shows_it(self) -> None:
        self.resize(self.window, 900, 400)
        self.enter()
        self.view.scroller.scroll(-100)
        self.resize(self.window, 900, 800)
        self.assertTrue(self.view.is_at_end)
        self.others_say("new")
        self.settle()
        self.assertIn("new", self.texts())
        self.resize(self.window, 900, 400)
        self.assertTrue(self.view.is_at_end)

    def test_what_waits_stands_below_what_others_say(self) -> None:
        self.enter(5)
        self.tell(events.TextQueued(1, "mine"))
        self.others_say("theirs")
        self.settle()
        self.assertGreater(self.place_of("mine")[1], self.place_of("theirs")[1])
        self.assertLess(self.view.content().index("theirs"), self.view.content().index("mine"))
        self.assertIn("waiting", self.view.content())
        self.store(1, "mine")
        self.settle()
        self.assertNotIn("waiting", self.view.content())


class Staying(ViewTest):
    def test_a_view_scrolled_back_stays_to_the_pixel(self) -> None:
        self.enter()
        self.view.go_to(MANY - 60)
        self.view.scroller.scroll(-17)
        self.settle()
        text = f"text {MANY - 60}."
        place, position = self.place_of(text), self.view.position
        for number in range(100):
            self.others_say(f"new {number}")
            if number % 10 == 0:
                self.settle()
                self.assertEqual(self.place_of(text), place)
        self.settle()
        self.assertEqual(self.view.unseen, 100)
        for size in ((700, 500), (300, 640), (1000, 800), (900, 650)):
            self.resize(self.window, *size)
            self.settle()
            self.assertEqual(self.view.position, position)
        self.assertEqual(self.place_of(text), place)

    def test_pages_that_come_above_and_below_do_not_move_it(self) -> None:
        self.enter()
        self.answers = False
        self.view.go_to(750)
        self.settle()
        self.answer(740, 760)
        self.settle()
        place = self.place_of("text 750.")
        self.view.scroller.scroll(0)  # it aims no more
        self.answer(700, 739)
        self.answer(761, 800)
        self.settle()
        self.assertEqual(self.place_of("text 750."), place)
        self.view.scroller.scroll(-700)
        self.settle()
        first = next(iter(self.texts()))
        place = self.place_of(first)
        self.answer(600, 699)
        self.settle()
        self.assertEqual(self.place_of(first), place)

    def test_a_message_that_no_longer_begins_a_group_stays(self) -> None:
        log = [
            entry(seq, f"text {seq}. " + "word " * 60, name="Budi") for seq in range(1, MANY + 1)
        ]
        self.answers = False
        self.enter_log(log)
        self.view.go_to(MANY - 99)  # the first one at hand
        self.settle()
        self.view.scroller.scroll(0)
        text = log[MANY - 100].text
        place = self.place_of(text)
        self.answer(MANY - 180, MANY - 100)
        self.settle()
        self.assertEqual(self.place_of(text), place)

    def test_what_waits_stays_in_view_while_others_speak(self) -> None:
        self.enter()
        self.tell(*(events.TextQueued(number, f"mine {number}.") for number in range(1, 81)))
        self.view.go_to_end()
        self.view.scroll_pages(-2)
        self.settle()
        text = [one for one in self.texts() if one.startswith("mine")][2]
        place = self.place_of(text)
        for number in range(3):
            self.others_say(f"new {number}")
        self.settle()
        self.assertEqual(self.place_of(text), place)
        self.store(1, "mine 1.")
        self.settle()
        self.assertEqual(self.place_of(text), place)

    def test_the_button_goes_to_the_newest_and_counts_what_others_said(self) -> None:
        self.enter()
        self.assertFalse(self.view.scroller.jump.is_shown)
        self.view.scroll_pages(-2)
        self.others_say("one")
        self.tell(events.TextQueued(1, "mine"))
        self.store(1, "mine")
        self.others_say("two")
        self.settle()
        self.assertEqual(self.view.unseen, 2)
        self.assertTrue(self.view.scroller.jump.is_shown)
        canvas = self.view.scroller.canvas
        x, y, *_ = canvas.bbox("jump")
        canvas.event_generate("<Motion>", x=x + 20, y=y + 30)
        canvas.event_generate("<Button-1>", x=x + 20, y=y + 30)
        canvas.event_generate("<ButtonRelease-1>", x=x + 20, y=y + 30)
        self.settle()
        self.assertTrue(self.view.is_at_end)
        self.assertEqual(self.view.unseen, 0)
        self.assertFalse(self.view.scroller.jump.is_shown)

    def scrolled_up(self) -> tuple[Canvas, int, int]:
        """Be where the button to the newest is shown; return its canvas and a pixel of it."""
        self.enter()
        self.view.scroll_pages(-2)
        self.settle()
        canvas = self.view.scroller.canvas
        left, top, right, bottom = canvas.bbox("jump")
        return canvas, (left + right) // 2, (top + bottom) // 2

    def test_the_button_is_clicked_under_a_window_manager_that_takes_the_mouse(self) -> None:
        # It sends a Leave and an Enter before each click, in which the button is down already.
        canvas, x, y = self.scrolled_up()
        send(canvas, "<Motion>", x=x, y=y)
        self.settle()
        for crossing in ("<Leave>", "<Enter>"):
            canvas.event_generate(crossing, x=x, y=y, state=DOWN)
        send(canvas, "<Button-1>", "<ButtonRelease-1>", x=x, y=y)
        self.settle()
        self.assertTrue(self.view.is_at_end)

    def test_the_button_is_clicked_while_others_speak(self) -> None:
        canvas, x, y = self.scrolled_up()
        send(canvas, "<Motion>", "<Button-1>", x=x, y=y)
        self.others_say("meanwhile")
        self.settle()
        self.assertEqual(self.view.unseen, 1)
        send(canvas, "<ButtonRelease-1>", x=x, y=y)
        self.settle()
        self.assertTrue(self.view.is_at_end)

    def test_the_button_covers_no_message(self) -> None:
        log = [entry(seq, "wide words " * 60, name="Ana") for seq in range(1, 200)]
        for size in ((900, 650), (300, 500)):
            self.resize(self.window, *size)
            self.enter_log(log)
            self.view.scroll_pages(-3)
            self.settle()
            left, top, *_ = self.view.scroller.canvas.bbox("jump")
            self.assertGreater(top, 0)
            for number in self.view.visible():
                place = self.view.scroller.bubbles.rectangle(number)
                assert place is not None
                self.assertLessEqual(place[0] + place[2], left)


class Pages(ViewTest):
    def test_a_view_that_was_put_away_asks_for_its_page_when_it_is_shown(self) -> None:
        self.view.pack_forget()
        self.log = [entry(seq) for seq in range(1, 300)]
        self.view.draw(self.shown.begin(len(self.log)))
        self.view.reset()
        self.settle()
        self.assertEqual(self.asked, [])
        self.view.pack(fill="both", expand=True)
        self.pump(lambda: "text 299." in self.texts())

    def test_a_page_is_asked_for_once_its_rows_come_into_view(self) -> None:
        self.enter()
        self.asked.clear()
        self.answers = False
        self.view.go_to(500)
        self.settle()
        self.settle()
        self.assertEqual(len(self.asked), 1)
        first, last = self.asked[0]
        self.assertTrue(first <= self.view.visible()[0] and self.view.visible()[-1] <= last)
        self.pump(lambda: self.view.scroller.canvas.find_withtag("row500"))
        self.assertEqual(self.texts(), {})  # stand-ins
        self.answer(first, last)
        self.settle()
        self.assertIn("text 500.", self.texts())

    def test_a_row_that_had_yet_to_be_read_is_in_the_middle(self) -> None:
        self.enter()
        for number in (3, 500, 1200):
            self.view.go_to(number)
            self.settle()
            y = self.place_of(f"text {number}.")[1] - self.view.winfo_rooty()
            if number != 3:
                self.assertAlmostEqual(y, self.view.winfo_height() / 2, delta=60)

    def test_a_hit_in_the_third_message_is_marked(self) -> None:
        self.enter()
        self.view.mark(search.parse("TEXT 3."), 3)
        self.view.go_to(3)
        self.settle()
        sheet = self.texts()["text 3."]
        marked = [str(place) for place in sheet.tag_ranges("hit now")]
        self.assertEqual(marked, ["1.0", "1.7"])
        self.assertEqual(self.texts()["text 4."].tag_ranges("hit"), ())
        self.view.mark(search.parse("text"), 4)
        self.assertEqual(self.texts()["text 4."].tag_nextrange("hit now", "1.0"), ("1.0", "1.4"))
        self.assertEqual(sheet.tag_nextrange("hit", "1.0"), ("1.0", "1.4"))
        self.view.mark(search.parse("from:budi text"), 4)  # who is looked for says the even ones
        self.assertEqual(self.texts()["text 4."].tag_nextrange("hit now", "1.0"), ("1.0", "1.4"))
        self.assertEqual(sheet.tag_ranges("hit"), ())
        self.view.mark(None)
        self.assertEqual(self.texts()["text 4."].tag_ranges("hit now"), ())

    def test_the_texts_are_filled_again_and_again(self) -> None:
        self.enter()
        for _ in range(60):
            self.view.scroll_pages(-0.7)
            self.settle()
        made = [one for one in widgets(self.view) if one.winfo_class() == "Text"]
        self.assertLess(len(made), 30)


class Looks(ViewTest):
    def test_each_kind_of_text_has_its_tags(self) -> None:
        rtl, emoji = "\u0645\u0631\u062d\u0628\u0627", "\U0001f389"
        texts = [f"hi {emoji}\n{rtl}", "see https://a.example now", "@Ana and Ana", emoji]
        self.enter_log(entry(seq, text) for seq, text in enumerate(texts, 1))
        ranges = {text: self.texts()[text].tag_ranges for text in texts}
        self.assertTrue(ranges[texts[0]]("emoji"))
        self.assertEqual(str(ranges[texts[0]]("from right")[0]), "2.0")
        self.assertEqual([str(one) for one in ranges[texts[1]]("link")], ["1.4", "1.21"])
        self.assertEqual(len(ranges[texts[2]]("own name")), 4)
        self.assertTrue(ranges[texts[3]]("jumbo"))

    def test_own_name_is_marked_in_what_others_say_alone(self) -> None:
        texts = ["I am Ana", "Ana is here"]
        self.enter_log([entry(1, texts[0], name="Ana"), entry(2, texts[1], name="Budi")])
        shown = self.texts()
        self.assertEqual([len(shown[one].tag_ranges("own name")) for one in texts], [0, 2])

    def test_long_words_names_and_texts_stay_within_the_view(self) -> None:
        log = [
            entry(1, "W" * 300, name="W" * 32),
            entry(2, "word " * 180, name="\u5b9f" * 32),
            entry(3, "https://a.example/" + "x" * 300),
            entry(4, "\u5b9f\u9a13" * 200),
        ]
        for size in ((300, 900), (900, 650)):
            self.resize(self.window, *size)
            self.enter_log(log)
            for number in (4, 3, 2, 1):
                self.view.go_to(number)
                self.settle()
                sheet = self.texts()[log[number - 1].text]
                right = sheet.winfo_rootx() + sheet.winfo_width()
                self.assertLess(right, self.view.winfo_rootx() + self.view.winfo_width() - 12)
                place = sheet.bbox("end-2c")
                assert place is not None, "its last line is cut off"
                x, y, width, height = place
                self.assertLessEqual(x + width, sheet.winfo_width())
                self.assertLessEqual(y + height, sheet.winfo_height() + 2)

    def test_all_is_read_in_order(self) -> None:
        self.enter_log([entry(1, "one"), entry(2, "two", minute=3000)])
        self.view.draw(self.shown.note(events.PeopleChanged((), ("Noor",), ())))
        self.tell(events.TextQueued(1, "mine"))
        self.settle()
        lines = self.view.content().split("\n")
        self.assertEqual([lines[2], lines[5]], ["one", "two"])
        self.assertEqual(lines[7:8] + lines[-1:], ["Noor joined.", "mine"])
        for day in lines[0], lines[6]:
            self.assertRegex(day, r"^\w+, \d+ \w+ 20\d\d$")
        self.assertRegex(lines[1], r"^Mei-Ling  \d\d:\d\d$")


if __name__ == "__main__":
    unittest.main()
