"""The list of people beside the conversation."""

import tkinter as tk
import unittest
from tkinter import ttk

from chatroom.windows.people_panel import NARROW, ROW, PeoplePanel
from tests.tools.windows import WindowTest, reads, widgets, written_on

CROWD = [f"Guest {number:04}" for number in range(4000)]


class PeoplePanelTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.shown: list[bool] = []
        self.root_ = self.root()
        body = ttk.Frame(self.root_)
        body.pack(fill="both", expand=True)
        body.columnconfigure(0, weight=1)
        body.rowconfigure(0, weight=1)
        self.chat = ttk.Frame(body, width=100, height=100)
        self.chat.grid(row=0, column=0, sticky="nsew")
        self.panel = PeoplePanel(body, self.shown.append)
        self.panel.update()
        self.canvas = next(one for one in widgets(self.panel) if isinstance(one, tk.Canvas))

    def texts(self) -> list[str]:
        """Return what is written in the list, from top to bottom."""
        self.panel.update()
        return written_on(self.canvas, "row")

    def is_seen(self) -> bool:
        self.panel.update()
        return bool(self.panel.winfo_viewable())


class Listing(PeoplePanelTest):
    def test_people_are_listed_and_counted_the_one_who_looks_first(self) -> None:
        self.panel.show_people(["budi", "Zoe", "Ana\n", "Mei"], "Mei")
        self.assertEqual(self.texts(), ["Mei", "you", "Ana\u240a", "budi", "Zoe"])
        self.assertIn("People  \u00b7  4", reads(self.panel))

    def test_who_goes_is_gone(self) -> None:
        self.panel.show_people(["Ana", "Budi"])
        self.panel.show_people(["Budi"])
        self.assertEqual(self.texts(), ["Budi"])

    def test_name_that_is_too_wide_ends_with_an_ellipsis(self) -> None:
        self.panel.show_people(["W" * 32])
        (shown,) = self.texts()
        self.assertTrue(shown.startswith("WWW") and shown.endswith("\u2026"))

    def test_name_that_is_cut_is_told_while_the_mouse_rests_on_its_row(self) -> None:
        twins = [f"Alexandra Wilhelmina of Water {end}" for end in "AB"]
        self.panel.show_people([*twins, "Zoe"])
        self.panel.update()
        for row, told in enumerate(twins):
            self.canvas.event_generate("<Motion>", x=90, y=row * ROW + 20)
            self.pump(lambda told=told: reads(self.canvas) == told)  # type: ignore[misc]
            [tip] = self.canvas.winfo_children()
            below = tip.winfo_rooty() - self.canvas.winfo_rooty()
            self.assertTrue((row + 1) * ROW <= below < (row + 1) * ROW + 10, below)
        self.panel.show_people(["Zoe"])
        self.assertEqual(reads(self.canvas), "")
        for row in (0, 1):  # a name that fits, and nobody
            self.assertIsNone(self.panel._cut_at(90, row * ROW + 20))

    def test_name_that_is_told_is_of_the_row_that_was_scrolled_below_the_mouse(self) -> None:
        crowd = [f"Alexandra Wilhelmina of W. {number:03}" for number in range(300)]
        self.panel.show_people(crowd)
        self.panel.update()
        self.canvas.event_generate("<Motion>", x=90, y=20)
        self.pump(lambda: reads(self.canvas) == crowd[0])
        self.canvas.event_generate("<Button-5>", x=90, y=20)
        self.pump(lambda: reads(self.canvas) == crowd[1])

    def test_of_a_crowd_only_those_in_view_are_drawn(self) -> None:
        self.panel.show_people(CROWD)
        seen = self.texts()
        self.assertEqual(seen, CROWD[: len(seen)])
        self.assertLess(len(seen), 30)
        for key, place in (("<End>", -1), ("<Home>", 0)):
            self.canvas.focus_force()
            self.canvas.update()
            self.canvas.event_generate(key)
            self.assertEqual(self.texts()[place], CROWD[place])
        self.canvas.event_generate("<Next>")
        self.assertGreater(self.texts()[0], CROWD[3])

    def test_few_people_do_not_scroll_away(self) -> None:
        self.panel.show_people(["Ana"])
        before = self.texts(), self.canvas.canvasy(0)
        self.canvas.event_generate("<Down>")
        self.canvas.event_generate("<End>")
        self.assertEqual((self.texts(), self.canvas.canvasy(0)), before)

    def test_a_change_among_thousands_draws_what_is_in_view(self) -> None:
        self.panel.show_people(CROWD)
        in_view = len(self.texts())
        before = max(self.canvas.find_all())  # items are counted as they are made
        self.panel.show_people(CROWD[1:])
        self.assertEqual(self.texts(), CROWD[1 : in_view + 1])
        self.assertLess(max(self.canvas.find_all()) - before, 10 * in_view)


class Showing(PeoplePanelTest):
    def setUp(self) -> None:
        super().setUp()
        self.resize(self.root_, 900, 500)  # what a test asks for then, is not undone

    def test_it_is_there_at_first_and_goes_and_comes(self) -> None:
        self.assertTrue(self.is_seen())
        wide = self.chat.winfo_width()
        self.panel.toggle()
        self.assertFalse(self.is_seen())
        self.assertGreater(self.chat.winfo_width(), wide)
        self.panel.toggle()
        self.assertTrue(self.is_seen())
        self.assertEqual(self.shown, [True, False, True])

    def test_narrow_window_hides_it_until_it_is_wide_again(self) -> None:
        self.resize(self.root_, NARROW - 1, 500)
        self.assertFalse(self.is_seen())
        self.resize(self.root_, NARROW, 500)
        self.assertTrue(self.is_seen())
        self.assertEqual(self.shown, [True, False, True])

    def test_in_a_narrow_window_it_opens_over_the_conversation(self) -> None:
        self.resize(self.root_, 480, 500)
        self.panel.toggle()
        self.assertTrue(self.is_seen())
        self.assertEqual(self.chat.winfo_width(), 480)
        self.panel.toggle()
        self.assertFalse(self.is_seen())
        self.resize(self.root_, 900, 500)
        self.assertTrue(self.is_seen())

    def test_who_hid_it_finds_it_hidden_after_narrow_times(self) -> None:
        self.panel.toggle()
        for width in (480, 900):
            self.resize(self.root_, width, 500)
            self.assertFalse(self.is_seen())


if __name__ == "__main__":
    unittest.main()
