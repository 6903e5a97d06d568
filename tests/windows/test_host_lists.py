"""What the host's window lists: people, addresses, and the lines of the log."""

import unittest

from chatroom.protocol.addresses import Address
from chatroom.windows import host_lists
from tests.tools.windows import WindowTest, press, reads, text_of

NAMES = ("Ana", "Budi B", "{ -x \\", "007")


class People(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.removed: list[str] = []
        self.blocked: list[tuple[str, Address]] = []
        self.people = host_lists.People(
            self.root(),
            remove=self.removed.append,
            block=lambda name, address: self.blocked.append((name, address)),
        )
        self.people.pack()
        for port, name in enumerate(NAMES, start=1):
            self.people.add(name, ("10.0.0.1", port))
        self.people.update()

    def test_they_are_counted(self) -> None:
        self.assertEqual(self.people.names, list(NAMES))
        self.assertEqual(self.people["text"], f"People ({len(NAMES)})")
        for name in NAMES:
            self.people.remove(name)
            self.people.remove(name)
        self.assertEqual(self.people["text"], "People")

    def test_who_is_chosen_stays_so_whoever_comes_moves_or_goes(self) -> None:
        self.people.choose("Ana", "{ -x \\")
        self.people.add("Eva", ("10.0.0.2", 9))
        self.people.add("Ana", ("10.0.0.3", 7))
        self.people.remove("Budi B")
        press(self.people, "Remove")
        self.assertEqual(self.removed, ["Ana", "{ -x \\"])

    def test_a_block_is_of_the_newest_address(self) -> None:
        self.people.add("007", ("10.0.0.9", 9))
        self.people.choose("007")
        press(self.people, "Block Address")
        self.assertEqual(self.blocked, [("007", ("10.0.0.9", 9))])

    def test_nothing_happens_to_nobody_or_while_disabled(self) -> None:
        press(self.people, "Remove")
        self.people.choose("Ana")
        self.people.enable(False)
        press(self.people, "Remove")
        press(self.people, "Block Address")
        self.people.enable(True)
        self.people.clear()
        press(self.people, "Remove")
        self.assertEqual((self.removed, self.blocked, self.people.names), ([], [], []))


class Addresses(WindowTest):
    def test_the_first_address_is_copied_and_nothing_where_there_is_none(self) -> None:
        window = self.root()
        addresses = host_lists.Addresses(window)
        addresses.pack()
        window.clipboard_clear()
        window.clipboard_append("before")
        press(addresses, "Copy")
        self.assertEqual(window.clipboard_get(), "before")
        addresses.show(["10.0.0.7", "192.168.1.7"], 8080)
        window.update()
        self.assertIn("port 8080", str(addresses["text"]))
        press(addresses, "Copy")
        self.assertEqual(window.clipboard_get(), "10.0.0.7")
        self.assertIn("10.0.0.7 copied", reads(window))
        addresses.clear()
        self.assertNotIn("copied", reads(window))


class Log(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.log = host_lists.Log(self.root())
        self.log.pack(fill="both", expand=True)
        self.log.update()

    def test_the_newest_lines_stay(self) -> None:
        for number in range(host_lists.LOG_LINES_MOST + 10):
            self.log.add(f"line {number}.")
        lines = self.log.content().strip().split("\n")
        self.assertLessEqual(len(lines), host_lists.LOG_LINES_MOST)
        self.assertTrue(lines[-1].endswith(f"  line {host_lists.LOG_LINES_MOST + 9}."))
        self.assertNotIn("line 9.", self.log.content())
        self.assertIn("line 11.", self.log.content())

    def test_a_line_stays_one_line(self) -> None:
        self.log.add("refused\nlistening")
        self.assertEqual(len(self.log.content().strip().split("\n")), 1)

    def test_it_follows_only_while_its_end_is_in_view(self) -> None:
        text = text_of(self.log)
        for number in range(100):
            self.log.add(f"line {number}.")
        self.assertIsNotNone(text.dlineinfo("end-2l"))
        text.yview_moveto(0.0)
        self.log.add("one more")
        self.assertEqual(text.index("@0,0"), "1.0")


if __name__ == "__main__":
    unittest.main()
