"""Letters that press buttons and find fields."""

import unittest
from tkinter import ttk

from chatroom.windows import mnemonics
from tests.tools.windows import WindowTest


class Splitting(unittest.TestCase):
    def test_letter_stands_after_its_sign(self) -> None:
        for text, said in (
            ("&Send", ("Send", 0)),
            ("Ki&rim", ("Kirim", 2)),
            ("Send", ("Send", -1)),
            ("Send &", ("Send ", -1)),
            ("", ("", -1)),
        ):
            self.assertEqual(mnemonics.split(text), said)


class Pressing(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.pressed: list[str] = []
        self.top = self.root()
        mnemonics.listen(self.top)
        self.label = ttk.Label(self.top)
        mnemonics.label(self.label, "&Name")
        self.field = ttk.Entry(self.top)
        self.button = ttk.Button(self.top, command=lambda: self.pressed.append("send"))
        mnemonics.label(self.button, "&Send")
        for widget in (self.label, self.field, self.button):
            widget.pack()
        self.top.focus_force()
        self.top.update()

    def press(self, key: str) -> None:
        at = self.top.focus_get() or self.top
        at.event_generate(f"<Alt-{key}>")
        self.top.update()

    def test_button_is_pressed_in_either_case(self) -> None:
        self.press("s")
        self.press("S")
        self.assertEqual(self.pressed, ["send", "send"])
        self.press("x")
        self.assertEqual(self.pressed, ["send", "send"])

    def test_label_sends_the_keyboard_to_its_field_where_nothing_is_written(self) -> None:
        self.press("n")
        self.assertIs(self.top.focus_get(), self.field)
        self.press("n")
        self.assertEqual(self.field.get(), "")

    def test_what_is_hidden_or_disabled_is_left_alone(self) -> None:
        self.button.state(["disabled"])
        self.press("s")
        self.button.state(["!disabled"])
        self.button.pack_forget()
        self.press("s")
        self.assertEqual(self.pressed, [])


if __name__ == "__main__":
    unittest.main()
