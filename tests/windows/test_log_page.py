"""The host's log as it is shown: following, filtering, copying."""

import unittest
from datetime import datetime, timedelta
from ipaddress import ip_network
from unittest import mock

from chatroom.protocol.addresses import Network
from chatroom.server import events
from chatroom.windows import host_log, log_page, menus
from chatroom.words.hosting import Host
from tests.tools.windows import WindowTest, button, reads, text_of, widgets


class LogPage(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.now = datetime(2026, 11, 24, 12, 0, 0)
        self.log = host_log.HostLog(lambda: self.now, most=300)
        self.window = self.root()
        self.blocked: list[Network] = []
        self.show()

    def show(self) -> None:
        self.page = log_page.LogPage(self.window, self.log, self.blocked.extend)
        self.page.pack(fill="both", expand=True)
        self.window.update()
        self.text = text_of(self.page)

    def add(self, *texts: str, warns: bool = False) -> None:
        for text in texts:
            self.now += timedelta(seconds=1)
            self.page.draw(self.log.add(text.__str__, warns=warns))
        self.window.update()

    def filter(self, words: str) -> None:
        self.page._words.set(words)
        self.pump(lambda: not self.page._typing.is_due)
        self.window.update()

    def lines(self) -> list[str]:
        return self.page.content().strip().split("\n")

    def test_a_line_has_its_time(self) -> None:
        self.add("listening")
        self.assertEqual(self.lines(), ["12:00:01\tlistening"])

    def test_a_line_that_is_counted_stays_where_it_is(self) -> None:
        for port in range(3):
            self.page.draw(self.log.hear(events.GuessFailed(("10.0.0.5", port))))
            self.add(f"line {port}")
        self.assertEqual(len(self.lines()), 4)
        self.assertIn("wrong password (3 times, last 12:00:02)", self.lines()[0])

    def test_what_the_log_lets_go_is_shown_no_more_and_is_said(self) -> None:
        self.add(*(f"line {number}." for number in range(310)))
        self.assertEqual(len(self.lines()), 300)
        self.assertTrue(self.lines()[0].endswith("line 10."))
        self.assertIn(Host.DROPPED(count=10), reads(self.page))

    def test_it_follows_only_while_its_end_is_in_view(self) -> None:
        self.add(*(f"line {number}." for number in range(100)))
        self.assertIsNotNone(self.text.dlineinfo("end-2l"))
        self.text.yview_moveto(0.0)
        self.add("one more")
        self.assertEqual(self.text.index("@0,0"), "1.0")

    def test_it_follows_also_while_it_is_not_shown_and_when_it_gets_another_size(self) -> None:
        self.page.pack_forget()
        self.window.update()
        self.add(*(f"line {number}." for number in range(100)))
        self.page.pack(fill="both", expand=True)
        for height in (500, 200, 350):
            self.resize(self.window, 500, height)
            self.assertIsNotNone(self.text.dlineinfo("end-2l"), height)
        self.text.yview_moveto(0.0)
        self.window.update()
        self.resize(self.window, 500, 300)
        self.assertEqual(self.text.index("@0,0"), "1.0")

    def test_words_filter_as_they_are_typed_and_matches_are_counted(self) -> None:
        self.add("Ana joined", "Budi joined", "ana left")
        self.filter("ANA")
        self.assertEqual([line.split("\t")[1] for line in self.lines()], ["Ana joined", "ana left"])
        self.assertIn(Host.MATCHES(shown=2, all=3), reads(self.page))
        self.add("Eva joined", "Ana joined")
        self.assertEqual(len(self.lines()), 3)
        self.assertIn(Host.MATCHES(shown=3, all=5), reads(self.page))
        self.filter("")
        self.assertEqual(len(self.lines()), 5)
        self.assertIn(Host.LINES(count=5), reads(self.page))

    def test_warnings_alone(self) -> None:
        self.add("all is well")
        self.add("all is lost", warns=True)
        button(self.page, "Warnings only").invoke()
        self.assertEqual([line.split("\t")[1] for line in self.lines()], ["all is lost"])

    def test_lines_are_copied_those_that_are_selected_or_all(self) -> None:
        self.add("one", "two", "three")
        button(self.page, Host.COPY_LINES()).invoke()
        copied = "12:00:01\tone\n12:00:02\ttwo\n12:00:03\tthree"
        self.assertEqual(self.window.clipboard_get().strip(), copied)
        self.text.tag_add("sel", "2.0", "2.end")
        self.text.focus_force()
        self.window.update()
        self.text.event_generate("<<Copy>>")
        self.assertEqual(self.window.clipboard_get(), "12:00:02\ttwo")

    def test_who_was_refused_can_be_blocked_there(self) -> None:
        self.add("listening")
        self.page.draw(self.log.hear(events.GuessFailed(("10.0.0.5", 1))))
        self.window.update()
        menu = next(one for one in widgets(self.page) if isinstance(one, menus.ThemedMenu))
        with mock.patch.object(menu, "open_at"):
            for line, offers in ((1, False), (2, True), (3, False)):
                self.text.mark_set("insert", f"{line}.0")
                self.page._open_menu(None)
                label = str(menu.entrycget(0, "label"))
                self.assertEqual(label == Host.BLOCK_HOST(address="10.0.0.5"), offers)
                if offers:
                    menu.invoke(0)
        self.assertEqual(self.blocked, [ip_network("10.0.0.5")])

    def test_who_was_refused_over_ipv6_is_blocked_with_its_link(self) -> None:
        self.page.draw(self.log.hear(events.GuessFailed(("2001:db8:1:2::7", 1, 0, 0))))
        self.window.update()
        menu = next(one for one in widgets(self.page) if isinstance(one, menus.ThemedMenu))
        self.text.mark_set("insert", "1.0")
        with mock.patch.object(menu, "open_at"):
            self.page._open_menu(None)
        self.assertEqual(menu.entrycget(0, "label"), Host.BLOCK_HOST(address="2001:db8:1:2::/64"))
        menu.invoke(0)
        self.assertEqual(self.blocked, [ip_network("2001:db8:1:2::/64")])

    def test_filter_and_place_are_carried_over(self) -> None:
        self.add(*(f"line {number}." for number in range(200)))
        self.filter("line")
        self.text.yview_moveto(0.5)
        self.window.update()
        first = self.text.index("@0,0")
        before = self.page
        self.show()
        self.page.take_over(before)
        before.destroy()
        self.window.update()
        self.assertEqual(self.page._words.get(), "line")
        moved = abs(float(self.text.index("@0,0")) - float(first))
        self.assertLess(moved, 4)

    def test_escape_takes_the_words_away_and_then_leaves_the_field(self) -> None:
        self.add("one")
        self.filter("x")
        self.page.open_search()
        self.window.focus_force()
        self.window.update()
        field = self.page._field
        field.focus_force()
        self.window.update()
        field.event_generate("<Escape>")
        self.assertEqual(self.page._words.get(), "")
        field.event_generate("<Escape>")
        self.window.update()
        self.assertIs(self.window.focus_get(), self.text)


if __name__ == "__main__":
    unittest.main()
