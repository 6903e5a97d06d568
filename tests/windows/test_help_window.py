"""The help's window: one only, its contents, its search, another language and look."""

import tkinter as tk
from tkinter import ttk

from chatroom.preferences import PreferencesFile
from chatroom.windows import help_window, theme
from chatroom.windows.appearance import Appearance
from chatroom.windows.help_window import HelpWindow
from chatroom.words import help, languages, markdown
from chatroom.words.help import Help
from chatroom.words.languages import Language
from tests.tools.windows import WindowTest, is_closed, reads, text_of, widgets
from tests.tools.wine import is_wine

FIRST, LAST = "What it is", "Limits"


def sections(language: Language) -> list[str]:
    parts = markdown.parse(help.page(language))
    return [one.text for one in parts if isinstance(one, markdown.Heading) and one.level == 1]


class HelpWindowTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.addCleanup(languages.use, Language.ENGLISH)
        self.main = self.root()

    def windows(self) -> list[HelpWindow]:
        return [one for one in self.main.winfo_children() if isinstance(one, HelpWindow)]

    def show(self, size: str = "") -> HelpWindow:
        help_window.show(self.main)
        window = self.windows()[0]
        if size:
            window.geometry(size)
        self.pump(lambda: self.is_ready(window))
        window.update()
        return window

    def is_ready(self, window: HelpWindow) -> bool:
        """Tell whether a window is there with the keyboard, which Wine may lose for good."""
        if window.focus_get() is text_of(window) and window.winfo_viewable():
            return True
        if is_wine():
            text_of(window).focus_force()
        return False

    def contents(self, window: HelpWindow) -> ttk.Treeview:
        return next(one for one in widgets(window) if isinstance(one, ttk.Treeview))

    def chosen(self, window: HelpWindow) -> str:
        rows = self.contents(window)
        return str(rows.item(rows.selection()[0])["text"])

    def top(self, window: HelpWindow) -> str:
        return text_of(window).get("@0,0 linestart", "@0,0 lineend")

    def field(self, window: HelpWindow) -> ttk.Entry:
        return next(one for one in widgets(window) if type(one) is ttk.Entry)

    def press(self, widget: tk.Misc, key: str) -> None:
        """Press a key, once the keyboard is there: a busy desktop gives it late."""
        self.pump(lambda: widget.focus_get() is widget)
        widget.event_generate(key)
        self.main.update()

    def search(self, window: HelpWindow, words: str) -> None:
        """Open the search by its key, and type."""
        self.press(text_of(window), "<<Find>>")
        self.pump(lambda: window.focus_get() is self.field(window))
        for one in words:
            self.press(self.field(window), f"<Key-{one}>")


class Window(HelpWindowTest):
    def test_it_has_all_sections_in_the_language_spoken_now(self) -> None:
        for language in Language:
            languages.use(language)
            window = self.show()
            rows = self.contents(window)
            titles = [str(rows.item(one)["text"]) for one in rows.get_children()]
            self.assertEqual(titles, sections(language))
            self.assertEqual(window.title(), Help.TITLE())
            text = text_of(window).get("1.0", "end")
            for title in titles:
                self.assertIn(f"{title}\n", text)
            window.destroy()

    def test_there_is_one_only(self) -> None:
        window = self.show()
        help_window.show(window)
        help_window.show(self.main)
        self.assertEqual(self.windows(), [window])

    def test_shown_again_it_is_where_it_was_and_has_the_keyboard(self) -> None:
        window = self.show()
        self.press(text_of(window), "<Next>")
        place = text_of(window).index("@0,0")
        self.main.focus_force()
        self.pump(lambda: self.main.focus_get() is self.main)
        self.show()
        self.assertEqual(text_of(window).index("@0,0"), place)
        self.assertNotEqual(place, "1.0")

    def test_escape_closes_it(self) -> None:
        window = self.show()
        self.press(text_of(window), "<Escape>")
        self.pump(lambda: not self.windows())
        self.assertFalse(is_closed(self.main))

    def test_all_of_it_fits_at_the_smallest_size(self) -> None:
        for language in Language:
            languages.use(language)
            window = self.show("480x400")
            self.pump(lambda window=window: window.winfo_width() == 480)  # type: ignore[misc]
            for one in widgets(window):
                if one.winfo_viewable() and not isinstance(one, tk.Toplevel):
                    right = one.winfo_rootx() - window.winfo_rootx() + one.winfo_width()
                    low = one.winfo_rooty() - window.winfo_rooty() + one.winfo_height()
                    self.assertLessEqual((right, low), (480, 400), one)
                    self.assertLessEqual(low, 400, one)
            rows = self.contents(window)
            last = rows.get_children()[-1]
            self.assertTrue(rows.bbox(last), "the last section is out of view")
            self.assertGreater(text_of(window).winfo_width(), 250)
            window.destroy()


class Contents(HelpWindowTest):
    def test_chosen_section_comes_to_the_top(self) -> None:
        window = self.show()
        rows = self.contents(window)
        rows.selection_set("4")
        self.pump(lambda: self.top(window) == sections(Language.ENGLISH)[4])

    def test_they_are_gone_through_by_keys(self) -> None:
        window = self.show()
        rows = self.contents(window)
        rows.focus_force()
        self.pump(lambda: window.focus_get() is rows)
        for title in sections(Language.ENGLISH)[1:]:
            self.press(rows, "<Down>")
            self.assertEqual(self.chosen(window), title)
        self.assertEqual(text_of(window).yview()[1], 1.0)

    def test_they_follow_the_text(self) -> None:
        window = self.show()
        self.assertEqual(self.chosen(window), FIRST)
        self.press(text_of(window), "<End>")
        self.assertNotEqual(self.chosen(window), FIRST)
        self.press(text_of(window), "<Home>")
        self.assertEqual(self.chosen(window), FIRST)


class Search(HelpWindowTest):
    def test_hits_are_counted_and_gone_through(self) -> None:
        window = self.show()
        count = text_of(window).get("1.0", "end").lower().count("port")
        self.search(window, "port")
        self.assertIn(f"1 of {count}", reads(window))
        self.press(self.field(window), "<Return>")
        self.assertIn(f"2 of {count}", reads(window))
        self.press(self.field(window), "<Shift-Return>")
        self.press(self.field(window), "<Shift-Return>")
        self.assertIn(f"{count} of {count}", reads(window))

    def test_it_begins_with_what_is_in_view(self) -> None:
        window = self.show()
        self.contents(window).selection_set("7")
        self.pump(lambda: self.top(window) == "Troubles")
        self.search(window, "port")
        self.assertNotIn("1 of ", reads(window))
        self.assertEqual(self.top(window), "Troubles")

    def test_nothing_found_is_said(self) -> None:
        window = self.show()
        self.search(window, "xyzzy")
        self.assertIn(Help.NOTHING(), reads(window))
        self.press(self.field(window), "<Return>")
        self.assertIn(Help.NOTHING(), reads(window))

    def test_escape_leaves_the_search_first(self) -> None:
        window = self.show()
        self.search(window, "port")
        self.press(self.field(window), "<Escape>")
        self.pump(lambda: window.focus_get() is text_of(window))
        self.assertNotIn(" of ", reads(window))
        self.assertEqual(self.field(window).get(), "")
        self.press(text_of(window), "<Escape>")
        self.pump(lambda: not self.windows())

    def test_text_is_scrolled_from_the_field(self) -> None:
        window = self.show()
        self.search(window, "")
        self.press(self.field(window), "<Next>")
        self.assertGreater(text_of(window).yview()[0], 0.0)


class AnotherLook(HelpWindowTest):
    def test_it_follows_the_language_and_stays_in_the_section(self) -> None:
        window = self.show()
        self.contents(window).selection_set("7")
        self.pump(lambda: self.top(window) == "Troubles")
        self.search(window, "vpn")
        languages.use(Language.INDONESIAN)
        help_window.follow(self.main)
        window.update()
        self.assertEqual(window.title(), Help.TITLE())
        self.assertEqual(self.chosen(window), sections(Language.INDONESIAN)[7])
        self.assertEqual(self.field(window).get(), "vpn")
        self.assertIn(" dari ", reads(window))

    def test_it_is_left_alone_where_nothing_is_another(self) -> None:
        window = self.show()
        text = text_of(window)
        help_window.follow(self.main)
        self.assertIs(text_of(window), text)

    def test_closed_it_stays_closed(self) -> None:
        help_window.follow(self.main)
        self.assertEqual(self.windows(), [])

    def test_it_follows_colours_and_size_and_keeps_the_keyboard(self) -> None:
        window = self.show()
        self.contents(window).selection_set("5")
        self.pump(lambda: self.top(window) == "Keyboard")
        before = text_of(window)["background"], self.main.theme.body.metrics("linespace")
        theme.restyle(self.main, dark=True, zoom=1.5)
        help_window.follow(self.main)
        self.pump(lambda: window.focus_get() is text_of(window))
        after = text_of(window)["background"], self.main.theme.body.metrics("linespace")
        self.assertEqual(after[0], self.main.theme.c.panel)
        self.assertNotEqual(after[0], before[0])
        self.assertGreater(after[1], before[1])
        self.assertEqual(self.top(window), "Keyboard")

    def test_it_takes_the_keyboard_from_nobody(self) -> None:
        self.show()
        self.main.focus_force()
        self.pump(lambda: self.main.focus_get() is self.main)
        languages.use(Language.INDONESIAN)
        help_window.follow(self.main)
        self.pump(lambda: self.main.focus_get() is self.main)

    def test_language_and_size_are_switched_while_it_is_open(self) -> None:
        looks = Appearance(self.main, PreferencesFile(), lambda: None)
        window = self.show()
        looks.use_language(Language.INDONESIAN)
        self.pump(lambda: window.title() == Help.TITLE.templates[Language.INDONESIAN])
        before = self.main.theme.scale
        self.pump(lambda: window.focus_get() is text_of(window))
        self.press(text_of(window), "<Control-plus>")
        self.pump(lambda: theme.of(window).scale > before)
        self.pump(lambda: window.focus_get() is text_of(window))
        self.assertGreater(text_of(window).winfo_width(), 100)
