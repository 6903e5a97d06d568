"""The host's page of people: table, buttons, menu, and who is kept out."""

import time
import tkinter as tk
from ipaddress import ip_network
from tkinter import ttk
from typing import Any

from chatroom.protocol.addresses import Network
from chatroom.server.people import Person
from chatroom.windows import host_people, people_table, theme
from chatroom.words import languages
from chatroom.words.hosting import Host
from chatroom.words.languages import Language
from tests.tools.windows import WindowTest, button, press, reads, widgets

NAMES = ("Ana", "Budi B", "{ -x \\", "007")


def person(name: str, host: str = "10.0.0.1", **other: object) -> Person:
    """Return somebody who came a minute ago."""
    about = {"here_s": 60.0, "silent_s": 1.0, "is_quiet": False, "messages": 0} | other
    return Person(name, (host, 4000), **about)  # type: ignore[arg-type]


def texts_of(page: tk.Misc) -> list[str]:
    """Return what all labels say, seen or not."""
    return [str(one["text"]) for one in widgets(page) if isinstance(one, ttk.Label)]


class Wishes:
    """Notes what the host wishes."""

    def __init__(self) -> None:
        self.removed: list[str] = []
        self.blocked: list[str] = []
        self.networks: list[Network] = []
        self.unblocked: list[Network] = []

    def remove(self, people: list[Person]) -> None:
        self.removed += [one.name for one in people]

    def block(self, people: list[Person]) -> None:
        self.blocked += [one.address[0] for one in people]

    def block_networks(self, networks: list[Network]) -> None:
        self.networks += networks

    def unblock(self, networks: list[Network]) -> None:
        self.unblocked += networks


class PeopleTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.wishes = Wishes()
        self.window = self.root()
        self.page = host_people.HostPeople(self.window, self.wishes)
        self.page.pack(fill="both", expand=True)
        self.people = [person(name) for name in NAMES]
        self.page.show(self.people)
        self.window.focus_force()
        self.window.update()
        self.rows = self.page.table.rows

    def cells(self, name: str) -> tuple[str, ...]:
        return tuple(map(str, self.rows.item(name, "values")))

    def cell_of(self, name: str) -> tuple[int, int, int, int]:
        """Return where somebody's name stands: left, top, width and height."""
        box = self.rows.bbox(name, "#0")
        assert not isinstance(box, str), "it is not in view"
        return box

    def middle_of(self, name: str) -> tuple[int, int]:
        x, y, width, height = self.cell_of(name)
        return x + width // 2, y + height // 2

    def point_at(self, name: str) -> None:
        x, y = self.middle_of(name)
        self.rows.event_generate("<Motion>", x=x, y=y)

    def lacks(self, name: str) -> int:
        """Return how many pixels what is shown of a name is wider than its room."""
        left, _, width, _ = self.cell_of(name)
        _, y = self.middle_of(name)
        start = next(x for x in range(900) if self.rows.identify_element(x, y) == "text")
        shown = theme.of(self.page).body.measure(str(self.rows.item(name, "text")))
        return start + shown - left - width

    def sort_by(self, key: str) -> list[str]:
        self.page.table.sort_by(key)
        return self.page.names


class Table(PeopleTest):
    def test_who_is_there_is_shown_in_the_order_of_coming(self) -> None:
        self.assertEqual(self.page.names, list(NAMES))
        self.assertNotIn(Host.NOBODY(), reads(self.page))
        self.page.show([])
        self.window.update()
        self.assertEqual(self.page.names, [])
        self.assertIn(Host.NOBODY(), reads(self.page))

    def test_each_has_address_times_state_and_messages(self) -> None:
        here_s = time.time() - time.mktime((2026, 1, 2, 3, 4, 0, 0, 0, -1))
        self.page.show(
            [
                person("Eva", "::ffff:10.0.0.2", here_s=here_s, silent_s=59.0, messages=1234),
                person("Ana", silent_s=130.0, is_quiet=True),
            ]
        )
        self.window.update()
        heard = Host.SECONDS_AGO(seconds=59)
        self.assertEqual(self.cells("Eva")[:2], ("10.0.0.2", "2/1 03:04"))
        self.assertEqual(self.cells("Eva")[2:], (heard, "here", "1,234"))
        self.assertEqual(self.cells("Ana")[2:4], (Host.MINUTES_AGO(minutes=2), "quiet"))
        self.assertEqual(self.rows.item("Ana", "tags"), ("quiet",))

    def test_a_column_sorts_and_sorts_the_other_way(self) -> None:
        self.page.show(
            [
                person("b", "10.0.0.10", here_s=30.0, messages=3, silent_s=2.0),
                person("A", "10.0.0.9", here_s=20.0, messages=7, silent_s=9.0),
                person("c", "fe80::1", here_s=10.0, messages=5, silent_s=5.0, is_quiet=True),
            ]
        )
        self.assertEqual(self.sort_by("#0"), ["A", "b", "c"])
        self.assertEqual(self.sort_by("#0"), ["c", "b", "A"])
        self.assertEqual(self.sort_by("address"), ["A", "b", "c"])
        self.assertEqual(self.sort_by("messages"), ["b", "c", "A"])
        self.assertEqual(self.sort_by("heard"), ["b", "c", "A"])
        self.assertEqual(self.sort_by("since"), ["b", "A", "c"])
        self.assertIn("\u25b2", self.rows.heading("since")["text"])
        self.assertNotIn("\u25b2", self.rows.heading("heard")["text"])

    def test_name_that_is_too_wide_ends_with_an_ellipsis_as_far_as_it_fits(self) -> None:
        name = "Alexandra Wilhelmina of Waterloo"
        self.page.show([person(name), *self.people])
        seen = []
        for width in (300, 800, 1200):
            self.resize(self.window, width, 400)
            self.assertEqual(self.rows.item("Ana", "text").strip(), "Ana")
            seen.append(str(self.rows.item(name, "text")))
            self.assertLessEqual(self.lacks(name), 0)
        narrow, wider, wide = seen  # how much fits in between, is the font's
        self.assertEqual([text.endswith("\u2026") for text in (narrow, wide)], [True, False])
        self.assertLess(len(narrow), len(wider))
        self.page.choose(name)
        press(self.page, "Remove")
        self.assertEqual(self.wishes.removed, [name])

    def test_names_fit_again_when_their_column_is_dragged_wider(self) -> None:
        name = "Alexandra Wilhelmina of Waterloo"
        self.page.show([person(name)])
        self.resize(self.window, 480, 400)
        edge = next(x for x in range(480) if self.rows.identify_region(x, 10) == "separator")
        self.rows.event_generate("<Button-1>", x=edge, y=10)
        self.rows.event_generate("<B1-Motion>", x=edge + 200, y=10)
        self.rows.event_generate("<ButtonRelease-1>", x=edge + 200, y=10)
        self.window.update()
        self.assertEqual(str(self.rows.item(name, "text")).strip(), name)

    def test_name_that_is_cut_is_told_while_the_mouse_rests_on_its_row(self) -> None:
        twins = [f"Alexandra Wilhelmina of Water {end}" for end in "AB"]
        self.page.show([person(name) for name in (*twins, "Ana")])
        self.resize(self.window, 480, 400)
        for twin in twins:
            self.point_at(twin)
            self.pump(lambda twin=twin: reads(self.rows) == twin)  # type: ignore[misc]
        self.page.show([person("Ana")])
        self.assertEqual(reads(self.rows), "")
        self.assertIsNone(self.page.table._cut_at(*self.middle_of("Ana")))

    def test_name_is_told_no_longer_when_another_row_comes_below_the_mouse(self) -> None:
        crowd = [f"Alexandra Wilhelmina of W. {number:03}" for number in range(300)]
        self.page.show([person(name) for name in crowd])
        self.resize(self.window, 480, 400)
        self.point_at(crowd[1])
        self.pump(lambda: reads(self.rows) == crowd[1])
        self.rows.yview_scroll(2, "units")
        self.window.update()
        self.pump(lambda: reads(self.rows) == crowd[3])
        self.page.show([])
        self.assertEqual(reads(self.rows), "")

    def test_as_many_columns_as_fit_are_whole(self) -> None:
        seen = []
        for width in (300, 480, 900):
            self.resize(self.window, width, 400)
            keys = ["#0", *map(str, self.rows["displaycolumns"])]
            used = sum(int(self.rows.column(key, "width")) for key in keys)
            self.assertLessEqual(used, self.rows.winfo_width())
            self.assertGreater(used, self.rows.winfo_width() * 0.9)
            seen.append(len(keys))
            if width == 300:
                self.assertGreater(int(self.rows.column("#0", "width")), 90)
        self.assertEqual(seen, sorted(set(seen)))
        self.assertEqual(seen[0], 3)
        self.assertIn("state", self.rows["displaycolumns"])

    def test_thousands_cost_no_more_a_second_than_those_in_view(self) -> None:
        crowd = [person(f"name {n}", f"10.1.{n >> 8}.{n & 255}") for n in range(4000)]
        self.page.show(crowd)
        self.page.choose("name 3999")
        self.window.update()
        heard = [one._replace(silent_s=40.0) for one in crowd]
        filled: list[str] = []
        item = self.rows.item

        def count(name: str, *asked: Any, **options: Any) -> Any:
            filled.append(name)
            return item(name, *asked, **options)

        self.rows.item = count  # type: ignore[method-assign, assignment]
        self.page.show(heard)
        self.assertLess(len(filled), 40)
        self.assertIn("name 0", filled)
        self.rows.yview_moveto(1.0)
        self.window.update()
        self.assertEqual(self.cells("name 3999")[2], Host.SECONDS_AGO(seconds=40))
        self.assertEqual([one.name for one in self.page.table.chosen], ["name 3999"])


class Acting(PeopleTest):
    def test_a_keyboard_begins_with_the_first_row_and_removes_with_delete(self) -> None:
        self.rows.focus_force()
        self.window.update()
        self.assertEqual(self.rows.selection(), ("Ana",))
        self.rows.event_generate("<Down>")
        self.rows.event_generate("<Delete>")
        self.assertEqual(self.wishes.removed, ["Budi B"])

    def test_keys_go_to_the_ends_and_by_pages(self) -> None:
        crowd = [person(f"name {number:03}") for number in range(300)]
        self.page.show(crowd)
        self.page.table.take_keyboard()
        self.window.update()
        seen = []
        for key in ("<End>", "<Prior>", "<Next>", "<Home>", "<Next>"):
            self.rows.event_generate(key)
            self.window.update()
            [name] = self.rows.selection()
            self.assertTrue(self.rows.bbox(name), name)
            seen.append(int(name.split()[1]))
        self.assertEqual((seen[0], seen[2], seen[3]), (299, 299, 0))
        self.assertEqual(299 - seen[1], seen[4])
        self.assertGreater(seen[4], 5)

    def test_arrows_begin_with_who_comes_while_the_keyboard_is_there(self) -> None:
        self.page.show([])
        self.page.table.take_keyboard()
        self.window.update()
        self.page.show(self.people)
        self.rows.event_generate("<Down>")
        self.rows.event_generate("<Up>")
        self.assertEqual(self.rows.selection(), ("Ana",))

    def test_who_is_chosen_stays_so_whoever_comes_moves_or_goes(self) -> None:
        self.page.choose("Ana", "{ -x \\")
        self.page.show([person("Eva"), person("{ -x \\", "10.0.0.3"), person("Ana")])
        press(self.page, "Remove")
        self.assertEqual(sorted(self.wishes.removed), ["Ana", "{ -x \\"])

    def test_a_block_is_of_the_newest_address(self) -> None:
        self.page.choose("007")
        self.page.show([person("007", "10.0.0.9")])
        press(self.page, "Block address")
        self.assertEqual(self.wishes.blocked, ["10.0.0.9"])

    def test_nothing_happens_to_nobody_or_while_disabled(self) -> None:
        press(self.page, "Remove")
        self.page.choose("Ana")
        self.page.enable(False)
        press(self.page, "Remove")
        press(self.page, "Block address")
        self.rows.event_generate("<Delete>")
        self.page.enable(True)
        self.page.show([])
        press(self.page, "Remove")
        self.assertEqual((self.wishes.removed, self.wishes.blocked), ([], []))

    def test_typing_goes_to_whose_name_begins_so(self) -> None:
        self.page.show([person(f"guest {number:03}") for number in range(150)])
        self.rows.focus_force()
        self.window.update()
        for time_ms, key in enumerate(("g", "u", "e", "s", "t", "space", "1", "2"), 5000):
            self.rows.event_generate("<Key>", keysym=key, time=time_ms)
        self.assertEqual([one.name for one in self.page.table.chosen], ["guest 120"])
        self.window.update()
        self.assertEqual(self.rows.focus(), "guest 120")
        self.assertTrue(self.rows.bbox("guest 120"), "it is in view")
        for key in ("<Alt-g>", "<Control-g>", "<Key-z>", "<space>"):
            self.rows.event_generate(key, time=5100)
        self.assertEqual([one.name for one in self.page.table.chosen], ["guest 120"])
        self.rows.event_generate("<Delete>", time=5200)
        self.assertEqual(self.wishes.removed, ["guest 120"])
        self.page.choose("guest 120", "guest 121")
        for time_ms, key in enumerate(("g", "u", "e", "s", "t", "space", "1", "2", "1"), 9000):
            self.rows.event_generate("<Key>", keysym=key, time=time_ms)
        self.assertEqual([one.name for one in self.page.table.chosen], ["guest 121"])

    def test_the_menu_has_all_of_it(self) -> None:
        self.page.choose("Budi B")
        self.page._fill_menu()
        menu = next(one for one in widgets(self.page) if isinstance(one, tk.Menu))
        entries = [
            index for index in range((menu.index("end") or 0) + 1) if menu.type(index) == "command"
        ]
        labels = [str(menu.entrycget(index, "label")) for index in entries]
        places = [int(menu.entrycget(index, "underline")) for index in entries[:4]]
        letters = [label[place].lower() for label, place in zip(labels[:4], places, strict=True)]
        self.assertEqual(len({*letters}), 4)
        menu.invoke(labels.index("Remove\u2026"))
        menu.invoke(labels.index("Block address\u2026"))
        self.assertEqual((self.wishes.removed, self.wishes.blocked), (["Budi B"], ["10.0.0.1"]))
        menu.invoke(labels.index("Copy address") + 1)  # after a line
        self.assertEqual(self.window.clipboard_get(), "10.0.0.1")
        self.assertIn(Host.SORT_BY(column="Last heard"), labels)

    def test_what_was_done_is_carried_over_to_another_page(self) -> None:
        self.page.choose("Budi B")
        self.sort_by("#0")
        entry = next(one for one in widgets(self.page) if isinstance(one, ttk.Entry))
        entry.insert(0, "10.1.")
        self.page.blocked.show([ip_network("10.8.0.0/16")])
        self.addCleanup(languages.use, Language.ENGLISH)
        languages.use(Language.INDONESIAN)
        page = host_people.HostPeople(self.window, self.wishes)
        page.take_over(self.page)
        self.page.destroy()
        self.assertIn("Diblokir: 1 alamat", texts_of(page))
        self.assertEqual([one.name for one in page.table.chosen], ["Budi B"])
        self.assertEqual(page.names, sorted(NAMES, key=str.casefold))
        self.assertEqual(page.blocked.typed, "10.1.")
        self.assertEqual(page.table.rows.heading("address")["text"], "Alamat")


class KeptOut(PeopleTest):
    NETWORKS = (ip_network("10.8.0.0/16"), ip_network("192.168.1.77"))

    def setUp(self) -> None:
        super().setUp()
        self.page.blocked.show(self.NETWORKS)
        self.window.update()

    def field(self) -> ttk.Entry:
        return next(one for one in widgets(self.page.blocked) if isinstance(one, ttk.Entry))

    def test_they_are_counted_and_let_back_in(self) -> None:
        self.assertIn("Blocked: 2 addresses", reads(self.page))
        press(self.page, "Unblock")
        self.assertEqual(self.wishes.unblocked, [])
        self.page.blocked.choose(self.NETWORKS[1])
        press(self.page, "Unblock")
        self.assertEqual(self.wishes.unblocked, [self.NETWORKS[1]])
        self.page.blocked.show(())
        self.assertIn(Host.NOBODY_BLOCKED(), reads(self.page))
        self.assertIn("disabled", button(self.page, "Unblock").state())

    def test_they_are_let_back_in_by_keyboard(self) -> None:
        rows = next(one for one in widgets(self.page.blocked) if isinstance(one, ttk.Treeview))
        rows.focus_force()
        self.window.update()
        rows.event_generate("<Delete>")
        self.assertEqual(self.wishes.unblocked, [self.NETWORKS[0]])

    def test_an_address_can_be_typed(self) -> None:
        self.field().insert(0, "10.9.0.0/24, 10.1.1.1")
        self.field().focus_force()
        self.window.update()
        self.field().event_generate("<Return>")
        typed = [ip_network("10.9.0.0/24"), ip_network("10.1.1.1")]
        self.assertEqual(self.wishes.networks, typed)
        self.assertEqual(self.page.blocked.typed, "")

    def test_what_is_no_address_stays_and_is_explained(self) -> None:
        for typed, said in (("10.9.0", "neither an address"), ("", "which address?")):
            self.field().delete(0, "end")
            self.field().insert(0, typed)
            press(self.page.blocked, "Block")
            self.window.update()
            self.assertIn(said, reads(self.page.blocked))
            self.assertEqual(self.page.blocked.typed, typed)
        self.assertEqual(self.wishes.networks, [])

    def test_they_are_beside_the_people_where_there_is_room_and_below_elsewhere(self) -> None:
        for width, beside in ((1000, True), (400, False), (1000, True)):
            self.resize(self.window, width, 400)
            left, top = self.page.blocked.winfo_x(), self.page.blocked.winfo_y()
            self.assertEqual((left > 0, top > 0), (beside, not beside))
            field = next(one for one in widgets(self.page) if isinstance(one, ttk.Entry))
            self.assertGreater(field.winfo_width(), 180)  # a network with its length


class Times(WindowTest):
    def test_silence_reads_as_people_say_it(self) -> None:
        for seconds, said in (
            (0.0, "now"),
            (4.9, "now"),
            (59.9, "59 s ago"),
            (60.0, "1 min ago"),
            (7200.0, "120 min ago"),
        ):
            self.assertEqual(people_table.show_silence(seconds), said)
