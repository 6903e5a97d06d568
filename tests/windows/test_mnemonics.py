"""Letters that press buttons with Alt."""

from tkinter import ttk

from chatroom.windows import mnemonics
from tests.tools.windows import WindowTest


class Mnemonics(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.window = self.root()
        self.pressed: list[str] = []
        mnemonics.set_up(self.window)
        self.field = ttk.Entry(self.window)
        self.field.pack()
        self.remove = self.button("&Remove")
        self.window.focus_force()
        self.field.focus_set()
        self.window.update()

    def button(self, text: str) -> ttk.Button:
        button = ttk.Button(self.window, command=lambda: self.pressed.append(text))
        mnemonics.name(button, text)
        button.pack()
        return button

    def alt(self, key: str, modifiers: str = "Alt") -> None:
        self.window.event_generate(f"<{modifiers}-{key}>")
        self.window.update()

    def test_the_letter_is_underlined_and_the_mark_is_not_read(self) -> None:
        later = self.button("Block a&ddress")
        self.assertEqual((self.remove["text"], self.remove["underline"]), ("Remove", 0))
        self.assertEqual((later["text"], mnemonics.letter(later)), ("Block address", "d"))
        mnemonics.name(later, "Plain")
        self.assertEqual(mnemonics.letter(later), "")

    def test_alt_and_the_letter_press_it_and_give_it_the_keyboard(self) -> None:
        self.alt("r")
        self.assertEqual(self.pressed, ["&Remove"])
        self.assertIs(self.window.focus_get(), self.remove)
        self.alt("x")
        self.assertEqual(self.pressed, ["&Remove"])

    def test_nothing_is_pressed_that_cannot_be_seen_or_used(self) -> None:
        self.remove.state(["disabled"])
        self.alt("r")
        self.remove.state(["!disabled"])
        self.remove.pack_forget()
        self.window.update()
        self.alt("r")
        self.assertEqual(self.pressed, [])
        self.button("Another &R")
        self.window.update()
        self.alt("r")
        self.assertEqual(self.pressed, ["Another &R"])

    def test_a_letter_typed_with_altgr_presses_nothing(self) -> None:
        self.alt("r", modifiers="Control-Alt")
        self.assertEqual(self.pressed, [])

    def test_a_label_gives_the_keyboard_to_what_follows(self) -> None:
        label = ttk.Label(self.window)
        mnemonics.name(label, "&Filter")
        label.pack()
        field = ttk.Entry(self.window)
        field.pack()
        self.window.update()
        self.alt("f")
        self.assertIs(self.window.focus_get(), field)

    def test_enter_presses_the_button_that_has_the_keyboard(self) -> None:
        self.remove.focus_set()
        self.window.bind("<Return>", lambda _: self.pressed.append("window"))
        self.remove.event_generate("<Return>")
        self.assertEqual(self.pressed, ["&Remove"])
        self.remove.state(["disabled"])
        self.remove.event_generate("<Return>")
        self.assertEqual(self.pressed, ["&Remove"])
