"""A page to be read: sections, tables that fit, places of words, keys."""

import tkinter as tk

from chatroom.windows.help_page import HelpPage
from chatroom.words import markdown
from tests.tools.windows import WindowTest

LONG = "Many words stand here, more than a line of this window has room for. " * 8
SECTIONS = [f"# Section {number}\n\n{LONG}\n\n{LONG}" for number in range(1, 9)]
TABLE = """# Keys

| key | what it does |
|---|---|
| Enter | send |
| Shift+Enter, and more keys than fit | a new line |
"""


class HelpPageTest(WindowTest):
    def page(self, source: str, width: int = 600) -> HelpPage:
        """Show a page in a window of this width."""
        root = self.root()
        page = HelpPage(root)
        page.pack(fill="both", expand=True)
        page.show(markdown.parse(source))
        self.resize(root, width, 300)
        page.focus_force()
        self.pump(lambda: root.focus_get() is page)
        return page

    def read(self, page: HelpPage) -> str:
        return page.get("1.0", "end-1c")


class Reading(HelpPageTest):
    def test_all_parts_are_shown_in_order(self) -> None:
        page = self.page("# One\n\nA **b**.\n\n- c\n\n    d\n\n## Two")
        self.assertEqual(self.read(page), "One\nA b.\n\u2022\tc\nd\nTwo")
        self.assertIn("bold", page.tag_names("2.2"))
        self.assertNotIn("bold", page.tag_names("2.0"))
        self.assertEqual(page.sections, ["One"])

    def test_nothing_can_be_typed(self) -> None:
        page = self.page("# One")
        page.event_generate("<Key>", keysym="a")
        self.assertEqual(self.read(page), "One")

    def test_what_is_shown_next_is_alone(self) -> None:
        page = self.page("# One")
        page.show(markdown.parse("# Two"))
        self.assertEqual((self.read(page), page.sections), ("Two", ["Two"]))


class Tables(HelpPageTest):
    def test_second_column_stands_beside_the_first_where_that_fits(self) -> None:
        page = self.page(TABLE, 700)
        self.assertIn("fit\ta new line", self.read(page))

    def test_and_below_it_where_it_does_not(self) -> None:
        page = self.page(TABLE, 380)
        self.assertIn("Enter\tsend", self.read(page))
        self.assertIn("fit\na new line", self.read(page))

    def test_column_follows_the_width(self) -> None:
        page = self.page(TABLE, 700)
        page.winfo_toplevel().geometry("380x300")
        self.pump(lambda: "fit\na new line" in self.read(page))
        page.winfo_toplevel().geometry("700x300")
        self.pump(lambda: "fit\ta new line" in self.read(page))

    def test_cells_of_the_second_column_are_in_line(self) -> None:
        page = self.page(TABLE, 700)
        places = (page.bbox(page.search(words, "1.0")) for words in ("send", "a new line"))
        self.assertEqual(len({place[0] for place in places if place}), 1)

    def test_lines_stay_short_in_a_wide_window(self) -> None:
        page = self.page(f"# One\n\n{LONG}", 1200)
        line_length = page.index("2.0 lineend").split(".")[1]
        second = page.index("2.0 + 1 display lines").split(".")[1]
        self.assertLess(int(second), 150)
        self.assertLess(int(second), int(line_length))


class Sections(HelpPageTest):
    def test_section_is_the_one_at_the_top(self) -> None:
        page = self.page("\n\n".join(SECTIONS))
        self.assertEqual(page.section, 0)
        for number in (3, 1, 5):
            page.go_to(number)
            page.update()
            self.assertEqual(page.section, number)
            self.assertEqual(page.get("@0,0 linestart", "@0,0 lineend"), f"Section {number + 1}")

    def test_section_follows_the_scrolling(self) -> None:
        page = self.page("\n\n".join(SECTIONS))
        seen = set()
        while page.yview()[1] < 1.0:
            page.yview_scroll(1, "pages")
            page.update()
            seen.add(page.section)
        self.assertGreater(len(seen), 4)

    def test_last_one_can_be_gone_to_though_it_does_not_fill_the_page(self) -> None:
        page = self.page("\n\n".join([*SECTIONS, "# Ninth\n\nShort.", "# Tenth\n\nShort."]))
        for number in (8, 9, 8):
            page.go_to(number)
            page.update()
            self.assertEqual(page.section, number)
        page.yview_moveto(0.0)
        self.assertEqual(page.section, 0)


class Searching(HelpPageTest):
    def marked(self, page: HelpPage, tag: str) -> list[str]:
        ends = page.tag_ranges(tag)
        pairs = zip(ends[::2], ends[1::2], strict=True)
        return [page.get(str(start), str(end)) for start, end in pairs]

    def test_upper_and_lower_case_are_the_same(self) -> None:
        page = self.page("# Key\n\nA key, and a KEY.")
        places = page.find("key")
        self.assertEqual(places, ["1.0", "2.2", "2.13"])
        self.assertEqual(self.marked(page, "hit"), ["Key", "key", "KEY"])

    def test_words_are_no_pattern(self) -> None:
        page = self.page("# One\n\nIs it a.b? -all of [it]")
        self.assertEqual(len(page.find("a.b?")), 1)
        self.assertEqual(len(page.find("-all")), 1)
        self.assertEqual(len(page.find("[it]")), 1)
        self.assertEqual(page.find("a+b"), [])

    def test_nothing_is_marked_for_nothing(self) -> None:
        page = self.page("# One\n\nA key.")
        page.show_hit(page.find("key")[0], "key")
        self.assertEqual(page.find(""), [])
        self.assertEqual(self.marked(page, "hit") + self.marked(page, "now"), [])

    def test_hit_comes_into_view(self) -> None:
        page = self.page("\n\n".join([*SECTIONS, "The needle."]))
        place = page.find("needle")[0]
        self.assertIsNone(page.bbox(place))
        page.show_hit(place, "needle")
        page.update()
        self.assertIsNotNone(page.bbox(place))
        self.assertEqual(self.marked(page, "now"), ["needle"])


class Keys(HelpPageTest):
    def test_keys_scroll(self) -> None:
        page = self.page("\n\n".join(SECTIONS))
        tops = [page.yview()[0]]
        for key in ("<Down>", "<space>", "<Next>", "<End>"):
            page.event_generate(key)
            page.update()
            tops.append(page.yview()[0])
        self.assertEqual(tops, sorted(set(tops)))
        self.assertEqual(page.yview()[1], 1.0)
        for key in ("<Up>", "<Shift-space>", "<Prior>", "<Home>"):
            page.event_generate(key)
            page.update()
            tops.append(page.yview()[0])
        self.assertEqual(tops[-5:], sorted(set(tops[-5:]), reverse=True))
        self.assertEqual(tops[-1], 0.0)

    def test_selected_text_is_copied(self) -> None:
        page = self.page("# One\n\nA **key**.")
        page.tag_add(tk.SEL, "2.0", "2.end")
        page.event_generate("<<Copy>>")
        self.assertEqual(page.clipboard_get(), "A key.")
