"""Pages of which one is shown: by mouse, by keyboard, in little room."""

import unittest
from functools import partial
from tkinter import ttk

from chatroom.windows import tabs
from tests.tools.windows import WindowTest, reads, widgets

NAMES = ("History", "People", "Log")


class TabsTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.window = self.root()
        self.tabs = tabs.Tabs(self.window)
        self.tabs.pack(fill="both", expand=True)
        self.taken: list[str] = []
        self.pages = {name: ttk.Frame(self.tabs.pages) for name in NAMES}
        for name, page in self.pages.items():
            ttk.Label(page, text=f"page of {name}").pack()
            self.tabs.add(name, f"&{name}", page, partial(self.taken.append, name))
        self.window.update()

    def button(self, name: str) -> ttk.Radiobutton:
        every = (one for one in widgets(self.tabs) if isinstance(one, ttk.Radiobutton))
        return next(one for one in every if one["text"] == name)

    def check_shows(self, name: str) -> None:
        self.window.update()
        self.assertEqual(self.tabs.shown, name)
        for other, page in self.pages.items():
            self.assertEqual(page.winfo_viewable(), other == name)
        self.assertIn(f"page of {name}", reads(self.tabs))

    def test_the_first_is_shown_until_another_is_chosen(self) -> None:
        self.check_shows("History")
        self.button("Log").invoke()
        self.check_shows("Log")

    def test_left_and_right_go_round(self) -> None:
        self.button("History").focus_force()
        self.window.update()
        for key, name in (("Right", "People"), ("Right", "Log"), ("Right", "History")):
            self.window.focus_get().event_generate(f"<{key}>")  # type: ignore[union-attr]
            self.check_shows(name)
        self.button("History").event_generate("<Left>")
        self.check_shows("Log")
        self.assertIs(self.window.focus_get(), self.button("Log"))

    def test_a_page_that_is_gone_to_gets_the_keyboard(self) -> None:
        self.button("Log").invoke()
        self.tabs.go_to("People")
        self.check_shows("People")
        self.tabs.show("History")
        self.assertEqual(self.taken, ["Log", "People"])

    def test_a_page_fills_the_room_there_is(self) -> None:
        page = self.pages["History"]
        self.assertEqual(page.winfo_width(), self.tabs.pages.winfo_width())
        self.assertEqual(page.winfo_height(), self.tabs.pages.winfo_height())

    def test_switch_and_tools_are_seen_whole_however_narrow(self) -> None:
        tool = ttk.Button(self.tabs.tools, text="Tool")
        tool.pack()
        tops = []
        for width in (800, 330, 200):
            self.resize(self.window, width, 400)
            for part in (tool, *map(self.button, NAMES)):
                self.assertGreaterEqual(part.winfo_width(), part.winfo_reqwidth())
                right = part.winfo_rootx() + part.winfo_width()
                self.assertLessEqual(right, self.tabs.winfo_rootx() + self.tabs.winfo_width())
            tops.append(tool.winfo_rooty() - self.button("Log").winfo_rooty())
        self.assertEqual(tops[0], tops[1])
        self.assertGreater(tops[2], tops[1] + 20)


if __name__ == "__main__":
    unittest.main()
