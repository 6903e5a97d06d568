"""What is told of a room: the same key on both sides."""

import re
import tkinter as tk

from tests.tools.windows import RoomTest, button, press, reads, widgets


class Told(RoomTest):
    def read(self, window: object, show: object) -> str:
        """Open the details, read them, and close them."""
        root: tk.Misc = window.root  # type: ignore[attr-defined]
        said: list[str] = []

        def look() -> None:
            [dialog] = [one for one in widgets(root) if isinstance(one, tk.Toplevel)]
            if not button(dialog, "Close").winfo_viewable():  # yet
                root.after(20, look)
                return
            said.append(reads(dialog))
            press(dialog, "Close")

        root.after(200, look)
        show()  # type: ignore[operator]
        return said[0]

    def test_member_and_host_read_the_same_key(self) -> None:
        host = self.host()
        ana = self.enter()
        ours = self.read(ana, ana.show_details)
        theirs = self.read(host, host.show_details)
        keys = [re.findall(r"\b[0-9a-f]{4}(?:-[0-9a-f]{4}){4}\b", text) for text in (ours, theirs)]
        self.assertEqual(len(keys[0]), 1)
        self.assertEqual(keys[0], keys[1])
        self.assertIn(f"127.0.0.1 port {self.port}", ours)
        for text in (ours, theirs):
            self.assertIn("Room: ", text)

    def test_before_the_room_is_open_there_is_no_key(self) -> None:
        host = self.host(start=False)
        self.assertIn("once the room is open", self.read(host, host.show_details))


if __name__ == "__main__":
    import unittest

    unittest.main()
