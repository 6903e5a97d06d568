"""What the host's window lists: people, and the lines of the log."""

import unittest
from tkinter import ttk

from chatroom.protocol.addresses import Address
from chatroom.protocol.entries import Entry
from chatroom.windows import host_lists
from tests.tools.windows import WindowTest, press, reads, text_of, widgets

NAMES = ("Ana", "Budi B", "{ -x \\", "007")


class People(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.now = 0.0
        self.removed: list[str] = []
        self.blocked: list[tuple[str, Address]] = []
        self.people = host_lists.People(
            self.root(),
            remove=self.removed.append,
            block=lambda name, address: self.blocked.append((name, address)),
            clock=lambda: self.now,
        )
        self.people.pack()
        for port, name in enumerate(NAMES, start=1):
            self.people.add(name, ("10.0.0.1", port))
        self.people.update()

    def test_they_are_counted(self) -> None:
        self.assertEqual(self.people.names, list(NAMES))
        self.assertNotIn(host_lists.NOBODY, reads(self.people))
        for name in NAMES:
            self.people.remove(name)
            self.people.remove(name)
        self.people.update()
        self.assertEqual(self.people.names, [])
        self.assertIn(host_lists.NOBODY, reads(self.people))

    def test_each_has_address_stay_and_messages(self) -> None:
        self.now += 3671
        self.people.add("Eva", ("::ffff:10.0.0.2", 9))
        self.people.count([Entry(seq, "", "Ana", "hello", "") for seq in (1, 2)])
        self.people.count([Entry(3, "", "nobody", "hello", "")])
        self.people.tick()
        self.assertEqual(self.row("Ana"), ("10.0.0.1", "01:01:11", "2"))
        self.assertEqual(self.row("Eva"), ("10.0.0.2", "00:00:00", "0"))
        self.people.remove("Ana")
        self.people.add("Ana", ("10.0.0.1", 1))
        self.assertEqual(self.row("Ana"), ("10.0.0.1", "00:00:00", "0"))

    def row(self, name: str) -> tuple[str, ...]:
        table = next(one for one in widgets(self.people) if isinstance(one, ttk.Treeview))
        return tuple(map(str, table.item(name, "values")))

    def test_all_columns_are_seen_however_narrow(self) -> None:
        table = next(one for one in widgets(self.people) if isinstance(one, ttk.Treeview))
        self.people.pack(fill="both", expand=True)
        for width in (360, 900):
            self.people.winfo_toplevel().wm_geometry(f"{width}x300")
            self.people.update()
            used = sum(int(table.column(key, "width")) for key, _, _ in host_lists.COLUMNS)
            self.assertLessEqual(used, table.winfo_width())
            self.assertGreater(used, table.winfo_width() * 0.9)

    def test_a_keyboard_begins_with_the_first_row(self) -> None:
        table = next(one for one in widgets(self.people) if isinstance(one, ttk.Treeview))
        table.focus_force()
        self.people.update()
        self.assertEqual(table.selection(), ("Ana",))
        press(self.people, "Remove")
        self.assertEqual(self.removed, ["Ana"])

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
        press(self.people, "Block address")
        self.assertEqual(self.blocked, [("007", ("10.0.0.9", 9))])

    def test_nothing_happens_to_nobody_or_while_disabled(self) -> None:
        press(self.people, "Remove")
        self.people.choose("Ana")
        self.people.enable(False)
        press(self.people, "Remove")
        press(self.people, "Block address")
        self.people.enable(True)
        self.people.clear()
        press(self.people, "Remove")
        self.assertEqual((self.removed, self.blocked, self.people.names), ([], [], []))


class Durations(unittest.TestCase):
    def test_they_read_as_a_clock(self) -> None:
        for seconds, shown in (
            (-1, "00:00:00"),
            (59.9, "00:00:59"),
            (86399, "23:59:59"),
            (86400 + 3 * 3600 + 60, "1d 03:01"),
        ):
            self.assertEqual(host_lists.show_duration(seconds), shown)


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
        self.assertTrue(lines[-1].endswith(f"\tline {host_lists.LOG_LINES_MOST + 9}."))
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
