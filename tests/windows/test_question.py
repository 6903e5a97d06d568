"""A question with two answers, by keyboard and mouse."""

import tkinter as tk
import unittest

from chatroom.windows import question
from tests.tools.windows import WindowTest, button, press, reads

SENTENCE = "3 of your messages have not reached the server yet. " * 6


def has_keyboard(dialog: tk.Toplevel) -> bool:
    """Tell whether a dialog is there, and hears keys."""
    return dialog.winfo_viewable() and str(dialog.tk.call("focus")).startswith(f"{dialog}.")


class QuestionTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.top = self.root()
        self.field = tk.Entry(self.top)
        self.field.pack()
        self.field.focus_force()
        self.top.update()

    def answer(self, *keys: str, label: str = "") -> bool:
        """Ask, and press a button or keys; return what came of it."""

        def act() -> None:
            dialog = next(one for one in self.top.winfo_children() if isinstance(one, tk.Toplevel))
            if not has_keyboard(dialog):  # yet: a busy desktop shows a window late
                self.top.after(10, act)
                return
            self.said = reads(dialog)
            self.styles = {one: str(button(dialog, one)["style"]) for one in ("Leave", "Stay")}
            self.size = dialog.winfo_width(), dialog.winfo_height()
            if label:
                press(dialog, label)
            for key in keys:
                dialog.update()
                (dialog.focus_get() or dialog).event_generate(key)
            self.was_answered = not dialog.winfo_exists()
            dialog.destroy()

        self.top.after(60, act)
        answer = question.ask(self.top, "Leave the room?", SENTENCE, "&Leave", "&Stay")
        self.assertTrue(self.was_answered)
        return answer

    def test_buttons_answer(self) -> None:
        self.assertTrue(self.answer(label="Leave"))
        self.assertFalse(self.answer(label="Stay"))
        self.assertIn("Leave the room?", self.said)
        self.assertIn(SENTENCE, self.said)
        self.assertLess(self.size[0], 450)

    def test_keys_answer_and_the_careful_answer_is_the_first(self) -> None:
        for keys, answer in (
            (("<Return>",), False),
            (("<Escape>",), False),
            (("<Right>", "<Return>"), True),
            (("<Tab>", "<space>"), True),
            (("<Right>", "<Left>", "<Return>"), False),
            (("<Alt-l>",), True),
            (("<Alt-s>",), False),
        ):
            with self.subTest(keys):
                self.assertIs(self.answer(*keys), answer)

    def test_the_careful_answer_stands_out_and_the_other_looks_dangerous(self) -> None:
        self.answer("<Escape>")
        self.assertEqual(self.styles, {"Leave": "Bad.TButton", "Stay": "Accent.TButton"})

    def test_keyboard_goes_back_to_where_it_was(self) -> None:
        self.answer("<Escape>")
        self.pump(lambda: self.top.focus_get() is self.field)


if __name__ == "__main__":
    unittest.main()
