"""The head of the chat: the room, who is in it, the line, and its buttons."""

import tkinter as tk
import unittest

from chatroom.windows.faces import SHOWN_MOST, Faces
from chatroom.windows.head import Head, Line
from tests.tools.windows import WindowTest, button, press, reads, widgets, written_on


class HeadTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.pressed: list[object] = []
        self.head = Head(
            self.root(),
            search=lambda: self.pressed.append("search"),
            toggle_people=lambda: self.pressed.append("people"),
            ring=self.pressed.append,
        )
        self.head.pack(fill="x")
        self.head.update()

    def reads(self) -> list[str]:
        self.head.update()
        return [line for line in reads(self.head).split("\n") if line]

    def faces(self) -> Faces:
        return next(one for one in widgets(self.head) if isinstance(one, Faces))

    def letters(self) -> list[str]:
        return sorted(written_on(self.faces()))


class Words(HeadTest):
    def test_it_says_where_we_are_with_how_many_and_how_the_line_is(self) -> None:
        self.head.show_room("de\u202efault")
        self.head.show_people(["Ana", "Budi"])
        for line, said in (
            (Line.CONNECTED, "Connected  \u00b7  2 people"),
            (Line.RECONNECTING, "Reconnecting\u2026"),
            (Line.ENDED, "Ended"),
        ):
            self.head.show_line(line)
            self.assertEqual(self.reads(), ["de\ufffdfault", said])

    def test_one_is_no_people(self) -> None:
        self.head.show_line(Line.CONNECTED)
        self.head.show_people(["Ana"])
        self.assertIn("Connected  \u00b7  1 person", self.reads())

    def test_long_name_ends_with_an_ellipsis_and_pushes_nothing_away(self) -> None:
        name = "a room with a name that is longer than any window is wide " * 4
        self.head.show_room(name)
        shown = self.reads()[0]
        self.assertTrue(shown.endswith("\u2026") and name.startswith(shown[:-1]), shown)
        search = button(self.head, "Search")
        right = search.winfo_rootx() + search.winfo_width()
        self.assertLess(right, self.head.winfo_rootx() + self.head.winfo_width())
        self.head.winfo_toplevel().geometry("500x400")
        self.pump(lambda: len(self.reads()[0]) < len(shown))


class People(HeadTest):
    def test_first_people_have_faces_and_the_others_are_counted(self) -> None:
        self.head.show_people(["Ana Lindqvist", "Budi", "Chidi Okoro", "Mei-Ling"])
        self.assertEqual(self.letters(), ["AL", "B", "CO", "ML"])
        narrow = int(self.faces()["width"])
        self.head.show_people(["Ana", "Budi", "Chidi", "Dewi", "Eka", "Fajar"])
        self.assertEqual(self.letters(), ["+2", "A", "B", "C", "D"])
        self.assertGreater(int(self.faces()["width"]), narrow)
        self.head.show_people([f"Guest {number}" for number in range(4000)])
        self.assertEqual(len(self.letters()), SHOWN_MOST + 1)
        self.head.show_people([])
        self.assertEqual(self.letters(), [])

    def test_faces_go_where_there_is_no_room(self) -> None:
        self.head.show_people(["Ana", "Budi"])
        for width, is_shown in ((400, False), (800, True)):
            self.head.winfo_toplevel().geometry(f"{width}x400")
            self.pump(lambda shown=is_shown: bool(self.faces().winfo_viewable()) is shown)  # type: ignore[misc]

    def test_faces_open_the_list_of_people(self) -> None:
        self.faces().event_generate("<Button-1>", x=5, y=5)
        self.assertEqual(self.pressed, ["people"])


class Buttons(HeadTest):
    def test_each_does_its_own(self) -> None:
        for label in ("Search", "People", "Notifications", "Notifications"):
            press(self.head, label)
        self.assertEqual(self.pressed, ["search", "people", False, True])

    def test_bell_follows_what_it_is_told(self) -> None:
        self.head.set_bell(False)
        press(self.head, "Notifications")
        self.assertEqual(self.pressed, [True])

    def test_button_of_the_list_looks_pressed_while_it_is_open(self) -> None:
        for shown in (True, False):
            self.head.show_panel(shown)
            self.assertIs(button(self.head, "People").instate(["selected"]), shown)

    def test_all_are_reached_by_keyboard(self) -> None:
        other = tk.Entry(self.head.master)
        other.pack()
        other.lower()
        other.focus_force()
        other.update()
        reached: list[str] = []
        for _ in range(3):
            self.head.focus_get().tk_focusNext().focus_set()  # type: ignore[union-attr]
            self.head.update()
            reached.append(str(self.head.focus_get()["text"]))  # type: ignore[index]
        self.assertEqual(reached, ["Search", "Notifications", "People"])


if __name__ == "__main__":
    unittest.main()
