"""Where a person writes: what is sent, when, and what stays."""

import functools
import itertools
import statistics
import sys
import time
import tkinter as tk
import unittest
from collections.abc import Callable
from tkinter import ttk
from unittest import mock

from chatroom.protocol import texts
from chatroom.windows import composer, keys
from chatroom.windows.composer import Composer
from chatroom.windows.draft_field import LINES_MOST
from chatroom.words.chat import Chat
from tests.tools.windows import WindowTest, button, press, reads, text_of, widgets


class ComposerTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.sent: list[str] = []
        self.went: list[int | str] = []
        self.composer = Composer(
            self.root(),
            self.sent.append,
            scroll=self.went.append,
            go_to_end=lambda: self.went.append("end"),
        )
        self.composer.set_room("lab")
        self.composer.pack(fill="x")
        self.text = text_of(self.composer)
        self.text.update()
        self.text.focus_force()
        self.text.update()

    def key(self, key: str) -> None:
        self.text.event_generate(key)
        self.text.update()

    def type(self, text: str) -> None:
        """Type one key after another."""
        for one in text:
            self.text.event_generate("<Key>", keysym="space" if one == " " else one)
            self.text.update()

    def can_send(self) -> bool:
        self.text.update()
        return button(self.composer, "Send").instate(["!disabled"])

    def says(self) -> str:
        self.text.update()
        return reads(self.composer)


class Sending(ComposerTest):
    def test_the_button_and_both_enter_keys_send_and_leave_nothing_behind(self) -> None:
        enters = ["<Return>"] if sys.platform == "win32" else ["<Return>", "<KP_Enter>"]
        for number, send in enumerate(["Send", *enters]):  # Windows has one name for both
            self.composer.write(f"text {number}")
            if send == "Send":
                press(self.composer, send)
            else:
                self.key(send)
            self.assertEqual(self.composer.draft, "")
        self.assertEqual(self.sent, ["text 0", "text 1", "text 2"][: len(enters) + 1])

    def test_what_was_typed_right_before_enter_is_sent_too(self) -> None:
        for key in "ab":
            self.text.event_generate("<Key>", keysym=key)
        self.text.event_generate("<Return>")  # before anything else could happen
        self.assertEqual(self.sent, ["ab"])

    def test_shift_enter_begins_a_new_line(self) -> None:
        self.composer.write("one")
        self.key("<Shift-Return>")
        self.composer.write("two\n\n")
        self.assertEqual(self.sent, [])
        press(self.composer, "Send")
        self.assertEqual(self.sent, ["one\ntwo"])

    def test_what_is_empty_is_not_sent_and_cannot_be(self) -> None:
        self.assertFalse(self.can_send())
        self.composer.write("  \n\t\n")
        self.assertFalse(self.can_send())
        self.key("<Return>")
        self.assertEqual(self.sent, [])
        self.composer.write("x")
        self.assertTrue(self.can_send())
        self.key("<Control-a>")
        self.key("<Delete>")
        self.assertFalse(self.can_send())

    def test_disabled_it_takes_and_sends_nothing_and_keeps_its_draft(self) -> None:
        self.composer.write("a draft")
        self.composer.enable(False)
        self.composer.write("more")
        self.composer.typed("y")
        press(self.composer, "Send")
        self.key("<Return>")
        self.key("<<Paste>>")
        self.assertEqual((self.sent, self.composer.draft), ([], "a draft"))
        self.assertIn(Chat.OVER(), self.says())
        self.composer.enable(True)
        press(self.composer, "Send")
        self.assertEqual(self.sent, ["a draft"])

    def test_what_is_sent_does_not_come_back_by_undoing(self) -> None:
        self.composer.write("secret")
        self.key("<Return>")
        self.key("<<Undo>>")
        self.assertEqual(self.composer.draft, "")


class Looks(ComposerTest):
    def test_it_grows_with_its_lines_as_far_as_is_decent(self) -> None:
        for lines, height in ((1, 1), (3, 3), (40, LINES_MOST)):
            self.composer.write("\n".join("x" * lines))
            self.text.update()
            self.assertEqual(int(self.text["height"]), height)
            press(self.composer, "Send")
            self.assertEqual(int(self.text["height"]), 1)

    def test_wrapped_lines_count_and_the_window_may_become_wider(self) -> None:
        self.composer.winfo_toplevel().geometry("500x650")
        self.text.update()
        self.composer.write("some words " * 30)
        self.text.update()
        narrow = int(self.text["height"])
        self.assertGreater(narrow, 1)
        self.composer.winfo_toplevel().geometry("1200x650")
        self.pump(lambda: int(self.text["height"]) < narrow)

    def test_room_is_named_where_nothing_stands(self) -> None:
        self.assertIn("Message lab", self.says())
        self.composer.write("x")
        self.assertNotIn("Message lab", self.says())
        self.key("<BackSpace>")
        self.assertIn("Message lab", self.says())

    def test_name_of_a_room_turns_no_line(self) -> None:
        self.composer.set_room("la\u202eb\n")
        self.assertIn("Message la\ufffdb\u240a", self.says())

    def test_it_says_how_many_messages_a_long_draft_becomes(self) -> None:
        self.assertIn(Chat.KEYS(), self.says())
        for text in ("x" * 850 + " ", "y" * 1500, "\n" + "z" * 3000):
            self.composer.write(text)
            whole = self.composer.draft
            parts = len(texts.split_text(whole))
            expected = Chat.PARTS(size=len(whole), parts=parts)
            self.assertIn(expected if parts > 1 else Chat.KEYS(), self.says())


class Keys(ComposerTest):
    def test_pages_and_the_way_to_the_end_are_the_conversations(self) -> None:
        for key in ("<Prior>", "<Next>", "<Control-End>", "<Escape>"):
            self.key(key)
        self.assertEqual(self.went, [-1, 1, "end", "end"])

    def test_it_takes_the_keyboard(self) -> None:
        other = tk.Entry(self.composer.master)
        other.pack()
        other.focus_force()
        other.update()
        self.composer.take_keyboard()
        self.text.update()
        self.assertIs(self.text.focus_get(), self.text)

    def test_what_is_typed_elsewhere_comes_here_with_the_keyboard(self) -> None:
        other = tk.Entry(self.composer.master)
        other.pack()
        other.focus_force()
        other.update()
        self.composer.typed("h")
        self.composer.typed("i")
        self.text.update()
        self.assertIs(self.text.focus_get(), self.text)
        self.assertEqual(self.composer.draft, "hi")

    def test_tab_leaves_it_both_ways_and_writes_nothing(self) -> None:
        before = tk.Entry(self.composer.master)
        before.pack(before=self.composer)
        before.lower()  # which makes it the one before
        self.composer.write("x")
        self.key("<Tab>")
        self.assertIs(self.text.focus_get(), button(self.composer, "Send"))
        self.text.focus_force()
        self.text.update()
        self.key("<Shift-Tab>")
        self.assertIs(self.text.focus_get(), before)
        self.assertEqual(self.composer.draft, "x")

    def test_control_a_selects_all_and_what_is_written_replaces_it(self) -> None:
        self.composer.write("one\ntwo")
        self.key("<Control-a>")
        self.composer.write("new")
        self.assertEqual(self.composer.draft, "new")

    def test_words_are_deleted_backwards_and_forwards(self) -> None:
        word = "Option" if sys.platform == "darwin" else "Control"
        self.composer.write("one, two  \U0001f600x three")
        left = []
        for _ in range(4):
            self.key(f"<{word}-BackSpace>")
            left.append(self.composer.draft)
        self.assertEqual(
            left, ["one, two  \U0001f600x ", "one, two  \U0001f600", "one, two  ", "one, "]
        )
        self.text.mark_set("insert", "1.0")
        self.key(f"<{word}-Delete>")
        self.assertEqual(self.composer.draft, ", ")
        self.composer.write("\n")
        self.key(f"<{word}-BackSpace>")
        self.assertEqual(self.composer.draft, ", ")
        self.text.mark_set("insert", "1.0")
        self.key(f"<{word}-BackSpace>")
        self.assertEqual(self.composer.draft, ", ")

    def test_undo_takes_back_a_word_and_not_everything(self) -> None:
        self.type("one two three")
        drafts = []
        for key in ("<<Undo>>", "<<Undo>>", "<<Redo>>", "<Control-y>", "<Control-Z>"):
            self.key(key)
            drafts.append(self.composer.draft)
        one, two = "one ", "one two "
        self.assertEqual(drafts[:3], [two, one, two])
        if sys.platform != "darwin":
            self.assertEqual(drafts[3], "one two three")

    def test_undo_takes_back_a_paste_alone(self) -> None:
        self.type("mine")
        self.composer.write(" pasted words of others")
        self.type("more")
        for left in ("mine pasted words of others", "mine", ""):
            self.key("<<Undo>>")
            self.assertEqual(self.composer.draft, left)


class Pasting(ComposerTest):
    def takes(self, act: Callable[[], object]) -> float:
        """Return the seconds until all is drawn again."""
        began = time.perf_counter()
        act()
        self.text.update_idletasks()
        return time.perf_counter() - began

    def paste(self, text: str) -> None:
        self.text.clipboard_clear()
        self.text.clipboard_append(text)
        self.key("<<Paste>>")

    def test_line_ends_of_every_system_are_line_feeds(self) -> None:
        self.paste("one\r\ntwo\rthree\n")
        self.assertEqual(self.composer.draft, "one\ntwo\nthree\n")

    def test_paste_replaces_what_is_selected(self) -> None:
        self.composer.write("old")
        self.key("<Control-a>")
        self.paste("new")
        self.assertEqual(self.composer.draft, "new")

    def paste_slowly(self, text: str, meanwhile: Callable[[], object]) -> None:
        """Paste from a program that is slow: Tk handles meanwhile what is done here."""

        def hand_over(*_: object) -> str:
            meanwhile()
            return text

        with mock.patch.object(keys, "clipboard", hand_over):
            self.key("<<Paste>>")

    def test_what_is_typed_while_a_text_is_waited_for_comes_after_it(self) -> None:
        self.composer.write("<>")
        self.key("<Left>")
        self.paste_slowly("pasted", lambda: self.type("ab"))
        self.type("c")
        self.assertEqual(self.composer.draft, "<pastedabc>")

    def test_enter_waits_for_a_text_that_is_pasted(self) -> None:
        self.composer.write("old")
        self.key("<Control-a>")
        self.paste_slowly("pasted", lambda: self.key("<Return>"))
        self.assertEqual((self.sent, self.composer.draft), (["pasted"], ""))

    def test_two_texts_that_are_pasted_come_in_their_order(self) -> None:
        texts = ["one", "two"]
        with mock.patch.object(keys, "clipboard") as hand_over:

            def wait(*_: object) -> str:
                if len(texts) > 1:
                    text = texts.pop(0)
                    self.key("<<Paste>>")
                    return text
                return texts[0]

            hand_over.side_effect = wait
            self.key("<<Paste>>")
        self.assertEqual(self.composer.draft, "onetwo")

    def test_a_window_that_closes_while_a_text_is_waited_for_takes_none(self) -> None:
        self.paste_slowly("pasted", self.composer.destroy)
        self.assertFalse(self.composer.winfo_exists())

    def test_middle_button_pastes_what_is_selected_elsewhere(self) -> None:
        if self.text.tk.call("tk", "windowingsystem") != "x11":
            self.skipTest("only X11 has this")
        other = tk.Entry(self.composer.master)
        other.pack()
        other.insert(0, "selected")
        other.selection_range(0, "end")
        self.composer.write("< >")
        self.text.update()
        x, y, *_ = self.text.bbox("1.1") or (0, 0)
        for event in ("<Button-2>", "<ButtonRelease-2>"):
            self.text.event_generate(event, x=x + 1, y=y + 2)
        self.text.update()
        self.assertEqual(self.composer.draft, "<selected >")

    def test_what_tk_cannot_hold_breaks_nothing(self) -> None:
        self.composer.write("a\0b \ud83d c \udc80 d \ud83d\ude00")
        self.assertEqual(self.composer.draft, "a\u2400b \ufffd c \ufffd d \U0001f600")
        self.key("<Return>")
        self.assertEqual(len(self.sent), 1)

    def test_copy_and_cut_give_the_text_without_soft_breaks(self) -> None:
        long = "word " * 5000
        for key, left in (("<<Copy>>", long), ("<<Cut>>", "")):
            self.text.clipboard_clear()
            self.composer.write(long)  # the second time instead of what is selected
            self.text.tag_add("sel", "1.0", "end-1c")
            self.key(key)
            self.assertEqual(self.text.clipboard_get(), long)
            self.assertEqual(self.composer.draft, left)

    def test_copy_of_all_has_no_line_end_that_nobody_typed(self) -> None:
        self.composer.write("one\ntwo")
        self.key("<<SelectAll>>")
        self.key("<<Copy>>")
        self.assertEqual(self.text.clipboard_get(), "one\ntwo")

    def test_a_page_of_any_shape_freezes_nothing_and_is_sent_as_it_is(self) -> None:
        megabyte = 1_000_000
        for page in ("x" * megabyte, "hello world " * (megabyte // 12), "a line\n" * 10_000):
            taken = [self.takes(lambda page=page: self.composer.write(page))]  # type: ignore[misc]
            for key in "abc":
                press_key = functools.partial(self.text.event_generate, "<Key>", keysym=key)
                taken.append(self.takes(press_key))
            self.assertLess(taken[0], 10.0)  # a busy machine takes 3 s under Wine
            self.assertLess(statistics.median(taken[1:]), 0.2)  # it is 5 s without soft breaks
            self.key("<Return>")
            self.assertEqual(self.sent.pop(), page + "abc")

    def test_many_messages_are_counted_bit_by_bit(self) -> None:
        page = "some words " * 4000
        parts = len(texts.split_text(page))
        with mock.patch("time.perf_counter") as clock:
            clock.side_effect = itertools.count(0.0, 0.6 * composer.COUNT_FOR_S)  # two a slice
            self.composer.write(page)
            self.assertIn(Chat.PARTS_SO_FAR(size=len(page), parts=2), reads(self.composer))
            expected = Chat.PARTS(size=len(page), parts=parts)
            self.pump(lambda: expected in reads(self.composer))
        self.assertGreaterEqual(clock.call_count, parts)


class Narrow(ComposerTest):
    def test_what_does_not_fit_ends_with_an_ellipsis(self) -> None:
        self.composer.set_room("A garden with a name that is long")
        for width, is_whole in (("900x200", True), ("180x200", False), ("900x200", True)):
            self.roots[0].geometry(width)
            self.pump(lambda whole=is_whole: self.is_whole() is whole)  # type: ignore[misc]

    def labels(self) -> list[ttk.Label]:
        """Return the placeholder and the hint."""
        return [one for one in widgets(self.composer) if isinstance(one, ttk.Label)]

    def is_whole(self) -> bool | None:
        """Tell whether nothing is shortened; None where some is."""
        ends = {str(label["text"]).endswith("\u2026") for label in self.labels()}
        return not ends.pop() if len(ends) == 1 else None


if __name__ == "__main__":
    unittest.main()
