"""The head of the chat: the room, who is in it, and the line."""

import unittest

from chatroom.windows.chat_page import NAMES_MOST, Head, Line
from tests.tools.windows import WindowTest, reads


class HeadTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.head = Head(self.root())
        self.head.pack(fill="x")

    def reads(self) -> list[str]:
        self.head.update()
        return reads(self.head.master).split("\n")

    def test_it_says_where_we_are_with_whom_and_how_the_line_is(self) -> None:
        self.head.show_room("default")
        self.head.show_people(["Ana", "Bu\u202edi"])
        for line in Line:
            self.head.show_line(line)
            self.assertEqual(
                self.reads(), ["default", line.value, "2 in the room: Ana, Bu\ufffddi"]
            )

    def test_a_crowd_is_counted(self) -> None:
        names = [f"guest {n}" for n in range(NAMES_MOST + 5)]
        self.head.show_people(names[:NAMES_MOST])
        self.assertTrue(self.reads()[-1].endswith(names[NAMES_MOST - 1]))
        self.head.show_people(names)
        self.assertTrue(self.reads()[-1].endswith(f"{names[NAMES_MOST - 1]} and 5 more"))


if __name__ == "__main__":
    unittest.main()
