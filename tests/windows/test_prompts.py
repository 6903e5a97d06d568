"""The real simpledialog, answered as a person would."""

import unittest
from typing import Any

from chatroom.windows.prompts import Prompts
from tests.tools.windows import WindowTest, widgets


class Dialogs(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.window = self.root()
        self.window.withdraw()
        self.prompts = Prompts(self.window)
        self.asked: list[tuple[str, str]] = []

    def answer(self, *answers: str | None) -> None:
        """Answer the dialogs to come, one after another; None presses Cancel."""
        waiting = list(answers)

        def look() -> None:
            dialogs: list[Any] = [
                one for one in self.window.winfo_children() if one.winfo_class() == "Toplevel"
            ]
            if dialogs:
                self.fill(dialogs[0], waiting.pop(0))
            if waiting:
                self.window.after(20, look)

        self.window.after(20, look)

    def fill(self, dialog: Any, answer: str | None) -> None:
        labels = (one for one in widgets(dialog) if one.winfo_class() == "Label")
        self.asked.append(("".join(str(one["text"]) for one in labels), dialog.entry.get()))
        if answer is None:
            dialog.cancel()
        else:
            dialog.entry.delete(0, "end")
            dialog.entry.insert(0, answer)
            dialog.ok()

    def test_a_bad_answer_is_explained_inside_the_next_dialog(self) -> None:
        self.answer("eighty", "8080")
        self.assertEqual(self.prompts.port("9000"), 8080)
        (first, initial), (second, again) = self.asked
        self.assertNotIn("eighty", first)
        self.assertEqual(initial, "9000")
        self.assertIn("'eighty' is not a number", second)
        self.assertEqual(again, "eighty")

    def test_each_question_has_its_check(self) -> None:
        for ask, bad, good in (
            (self.prompts.server, "http://10.0.0.1", "10.0.0.1"),
            (self.prompts.password, "", "a password"),
            (self.prompts.name, "System", "Ana"),
        ):
            with self.subTest(good):
                self.answer(bad, good)
                self.assertEqual(ask(), good)
        self.assertEqual(len(self.asked), 6)

    def test_what_went_wrong_before_stands_above_the_question(self) -> None:
        self.answer("Budi")
        self.assertEqual(self.prompts.name("Ana", "The name is taken."), "Budi")
        ((question, initial),) = self.asked
        self.assertTrue(question.startswith("The name is taken.\n\n"), question)
        self.assertEqual(initial, "Ana")

    def test_cancel_gives_nothing(self) -> None:
        self.answer(None)
        self.assertIsNone(self.prompts.password())


if __name__ == "__main__":
    unittest.main()
