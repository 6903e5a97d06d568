"""The chat window by keyboard alone."""

import tkinter as tk
import unittest
from tkinter import ttk

from chatroom.windows import tooltip
from tests.tools.windows import reads, widgets
from tests.windows.test_rebuild import RebuildTest


class KeyboardTest(RebuildTest):
    def setUp(self) -> None:
        super().setUp()
        self.window = self.enter(40)
        self.window.root.focus_force()
        self.window.chat.composer.take_keyboard()
        self.settle(self.window)

    def press(self, *keys: str) -> None:
        for key in keys:
            (self.window.root.focus_get() or self.window.root).event_generate(key)
            self.window.root.update()

    def place(self) -> str:
        """Return which part of the page has the keyboard, and what of it."""
        focused = self.window.root.focus_get()
        chat = self.window.chat
        parts: dict[str, tk.Misc] = {
            "head": chat.head,
            "find": chat.find_bar,
            "banner": chat.banner,
        }
        parts |= {"view": chat.view, "people": chat.people, "composer": chat.composer}
        name = next(one for one, part in parts.items() if str(focused).startswith(f"{part}."))
        label = str(focused["text"]) if isinstance(focused, ttk.Button) else ""
        return f"{name} {label}".strip()


class Ways(KeyboardTest):
    def test_tab_goes_through_all_from_the_top_to_the_bottom(self) -> None:
        self.window.chat.open_search("text")
        self.settle(self.window)
        found = []
        for _ in range(11):
            found.append(self.place())
            self.press("<Tab>")
        ways = ["find", "find Older hit", "find Newer hit", "find Close the search", "view"]
        ways += ["people", "composer", "head Search", "head Notifications", "head People"]
        self.assertEqual(found, [*ways, "head Menu"])
        self.assertEqual(self.place(), "find")
        self.press("<Shift-Tab>")
        self.assertEqual(self.place(), "head Menu")

    def test_one_key_goes_from_part_to_part(self) -> None:
        found = []
        for _ in range(4):
            self.press("<F6>")
            found.append(self.place())
        self.assertEqual(found, ["head Search", "view", "people", "composer"])
        self.press("<Shift-F6>")
        self.assertEqual(self.place(), "people")

    def test_parts_that_are_not_there_are_left_out(self) -> None:
        self.window.chat.open_search("text")
        self.press("<Alt-p>", "<F6>")
        self.assertEqual(self.place(), "find")
        self.press("<F6>", "<F6>")
        self.assertEqual(self.place(), "composer")


class Letters(KeyboardTest):
    def test_list_of_people_bell_and_sending(self) -> None:
        self.press("<Alt-p>")
        self.assertFalse(self.window.chat.people.is_shown)
        self.press("<Alt-n>")
        self.assertFalse(self.window.alerts.notifies)
        self.window.chat.composer.write("by letter")
        self.press("<Alt-s>")
        self.settle(self.window)
        self.assertIn("by letter", self.window.chat.view.content())
        self.assertEqual(self.place(), "composer")

    def test_letters_follow_the_language(self) -> None:
        self.speak_indonesian(self.window)
        self.press("<Alt-o>")
        self.assertFalse(self.window.chat.people.is_shown)
        self.window.chat.composer.write("lewat huruf")
        self.press("<Alt-k>")
        self.assertEqual(self.window.chat.composer.draft, "")

    def test_search_opens_and_closes(self) -> None:
        self.press("<Control-f>")
        self.assertEqual(self.place(), "find")
        self.press("<Escape>")
        self.assertEqual(self.place(), "composer")
        self.assertFalse(self.window.chat.find_bar.is_open)

    def test_list_over_the_conversation_gives_way(self) -> None:
        self.window.root.geometry("480x400")
        self.pump(lambda: not self.window.chat.people.is_shown)
        self.window.root.focus_force()
        self.window.root.update()
        self.press("<Alt-p>", "<F6>", "<F6>")
        self.assertEqual(self.place(), "people")
        self.press("<Escape>")
        self.assertFalse(self.window.chat.people.is_shown)
        self.assertEqual(self.place(), "view")


class Told(KeyboardTest):
    def test_tooltips_tell_the_keys(self) -> None:
        found = []
        for one in widgets(self.window.chat.head):
            if isinstance(one, ttk.Button):
                one.event_generate("<Enter>")
                self.pump(lambda one=one: self.hint(one))  # type: ignore[misc]
                found.append(self.hint(one))
                one.event_generate("<Leave>")
        self.assertEqual(
            [hint.rpartition(" (")[2] for hint in found], ["Ctrl+F)", "Alt+N)", "Alt+P)", "F10)"]
        )

    def hint(self, widget: tk.Misc) -> str:
        shown = [one for one in widget.winfo_children() if isinstance(one, tk.Toplevel)]
        return reads(shown[0]) if shown else ""

    def test_hint_appears_for_the_keyboard_too(self) -> None:
        self.press("<F6>")
        focused = self.window.root.focus_get()
        assert focused is not None
        self.pump(lambda: self.hint(focused), 2 + tooltip.APPEARS_MS / 1000)


if __name__ == "__main__":
    unittest.main()
