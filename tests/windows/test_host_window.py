"""The host's window: the room it opens and closes, and what it tells of it."""

import tkinter as tk
import unittest
from ipaddress import ip_network
from tkinter import ttk
from typing import NoReturn
from unittest import mock

import storage
from chatroom.archive import rows
from chatroom.archive.troubles import Trouble
from chatroom.client.conversation import Kind
from chatroom.server.log import LogRefused
from chatroom.windows import host_pages, mnemonics, question, theme
from chatroom.windows.host_form import Stage
from chatroom.windows.host_window import HostWindow
from chatroom.words import languages
from chatroom.words.hosting import Host
from chatroom.words.languages import Language
from tests.tools.processes import archived, free_port
from tests.tools.windows import (
    RoomTest,
    button,
    close,
    fill,
    form_filled,
    is_closed,
    press,
    reads,
    shows,
    text_of,
    widgets,
)
from tests.tools.wine import BINDS_ANYTHING, wine_cannot
from tests.windows.test_host_people import person


class OpeningAndClosing(RoomTest):
    def check_cannot_start(self, window: HostWindow, words: str) -> None:
        press(window.root, "Start")
        self.pump(lambda: window.stage is Stage.STOPPED)
        self.assertIn(words, reads(window.root))
        self.assertEqual(str(button(window.root, "Start")["state"]), "normal")

    def test_what_the_system_refuses_is_explained(self) -> None:
        self.host()
        second = self.host(start=False)
        self.check_cannot_start(second, f"Port {self.port} is in use")
        fill(second.root, "Port", str(free_port()))
        self.check_cannot_start(second, "in use by another server")
        fill(second.root, "Archive", str(self.folder / "missing" / "archive.csv"))
        self.check_cannot_start(second, "cannot be opened")

    @wine_cannot(BINDS_ANYTHING)
    def test_address_of_another_computer_is_explained(self) -> None:
        window = self.host(start=False)
        fill(window.root, "IP address", "192.0.2.77")
        self.check_cannot_start(window, "not an address of this computer")

    def test_stop_frees_the_port_and_start_works_again(self) -> None:
        window = self.host()
        for _ in range(2):
            self.stop(window)
            press(window.root, "Start")
            self.pump(lambda: window.stage is Stage.RUNNING)

    def test_how_much_of_a_long_archive_has_been_read_is_shown(self) -> None:
        self.archive.write_bytes(rows.HEADER_LINE + b'"r","Ana","hi","","u1-1"\r\n' * 50_000)
        window = self.host(start=False)
        with mock.patch.object(window.form, "show_read") as show_read:
            press(window.root, "Start")
            self.pump(lambda: window.stage is Stage.RUNNING)
        told = [call.args[0] for call in show_read.call_args_list]
        self.assertEqual(told, sorted(set(told)))
        self.assertGreater(len(told), 10)

    def test_address_and_port_are_shown_while_the_room_is_open(self) -> None:
        window = self.host()
        self.pump(lambda: f"127.0.0.1  port {self.port}" in reads(window.root))
        press(window.root, "Copy address")
        self.assertEqual(window.root.clipboard_get(), "127.0.0.1")
        self.pump(lambda: "Running since " in reads(window.root))
        self.stop(window)
        window.root.update()
        self.assertNotIn(f"port {self.port}", reads(window.root))

    def test_stopping_and_closing_ask_first_where_somebody_is_in(self) -> None:
        window = self.host()
        self.enter()
        self.pump(lambda: window.people.names)
        with mock.patch.object(question, "ask", return_value=False) as asked:
            press(window.root, "Stop")
            close(window.root)
        self.assertEqual(asked.call_count, 2)
        self.assertIn("1 other person is in the room", asked.call_args.args[2])
        self.assertIs(window.stage, Stage.RUNNING)
        with mock.patch.object(question, "ask", return_value=True):
            close(window.root)
            self.pump(lambda: is_closed(window.root))

    def test_what_is_written_and_not_sent_is_asked_about(self) -> None:
        window = self.host()
        self.pump(lambda: "Nobody else is here  \u00b7  0 messages" in reads(window.root))
        window.history.composer.write("a draft")
        with mock.patch.object(question, "ask", return_value=False) as asked:
            press(window.root, "Stop")
            close(window.root)
        self.assertEqual([call.args[2] for call in asked.call_args_list], [Host.UNSENT()] * 2)
        self.assertEqual(asked.call_args.args[1], Host.STOP_TITLE())
        self.stop(window)
        with mock.patch.object(question, "ask", return_value=True) as asked:
            close(window.root)
        self.assertEqual(asked.call_args.args[1:3], (Host.CLOSE_TITLE(), Host.UNSENT()))
        self.assertTrue(is_closed(window.root))

    def test_after_a_stop_enter_starts_again(self) -> None:
        window = self.host()
        window.root.focus_force()
        button(window.root, "Stop").focus_set()
        self.stop(window)
        self.pump(lambda: window.root.focus_get() is button(window.root, "Start"))
        button(window.root, "Start").event_generate("<Return>")
        self.pump(lambda: window.stage is Stage.RUNNING)

    def test_an_empty_room_is_stopped_and_closed_without_a_question(self) -> None:
        with mock.patch.object(question, "ask", side_effect=AssertionError):
            window = self.host()
            self.stop(window)
            press(window.root, "Start")
            self.pump(lambda: window.stage is Stage.RUNNING)
            close(window.root)
            self.pump(lambda: is_closed(window.root))

    def test_a_signal_closes_an_open_room_without_a_question(self) -> None:
        window = self.host()
        self.enter()
        self.pump(lambda: window.people.names)
        with mock.patch.object(question, "ask", side_effect=AssertionError):
            window.leave()
            self.pump(lambda: is_closed(window.root))

    def test_a_closed_room_is_closed_at_once(self) -> None:
        window = self.host(start=False)
        close(window.root)
        self.assertTrue(is_closed(window.root))


class WhileTheRoomIsOpen(RoomTest):
    def test_people_history_and_log_follow_what_happens(self) -> None:
        host = self.host()
        ana = self.enter()
        self.say(ana, "hello \U0001f600")
        self.pump(shows(host, "hello \U0001f600"))
        self.pump(lambda: host.people.names == ["Ana"])
        self.pump(lambda: "You and 1 other  \u00b7  1 message" in reads(host.root))
        self.assertIn("Ana joined from 127.0.0.1", host.log.content())
        self.assertNotIn("hello", host.log.content())
        self.assertEqual(archived(self.archive)[0]["Message"], "hello \U0001f600")

    def test_the_whole_history_is_at_hand_and_opens_at_its_end(self) -> None:
        rows = "".join(f'"r","Siti","pesan {n}."\n' for n in range(1500))
        self.archive.write_text(f"Room,Username,Message\n{rows}", encoding="utf-8")
        host = self.host()
        self.pump(shows(host, "pesan 1499."))
        self.assertTrue(host.history.view.is_at_end)
        self.assertNotIn("pesan 700.", host.history.view.content())
        host.history.view.go_to(701)
        self.pump(shows(host, "pesan 700."))
        self.assertIn(701, host.history.view.visible())
        self.pump(lambda: "1,500 messages" in reads(host.root))

    def test_a_room_that_is_not_open_says_where_its_history_is(self) -> None:
        self.archive.write_text('Room,Username,Message\n"r","Siti","pesan."\n', encoding="utf-8")
        host = self.host(start=False)
        self.pump(lambda: self.said_of_nothing(host) == Host.NOT_OPEN())
        press(host.root, "Start")
        self.pump(shows(host, "pesan."))
        self.stop(host)
        host.root.update()
        self.assertIn("pesan.", host.history.view.content())
        self.assertEqual(self.said_of_nothing(host), "")

    def said_of_nothing(self, host: HostWindow) -> str:
        scroller = host.history.view.scroller

        def read(option: str) -> str:
            canvas = scroller.canvas
            return str(canvas.tk.call(str(canvas), "itemcget", scroller._empty, option))

        return read("-text") if read("-state") == "normal" else ""

    def test_the_host_searches_the_whole_room(self) -> None:
        rows = "".join(f'"r","Siti","pesan {n}."\n' for n in range(1500))
        self.archive.write_text(f"Room,Username,Message\n{rows}", encoding="utf-8")
        host = self.host()
        self.pump(shows(host, "pesan 1499."))
        host.history.find_bar.open("PESAN 2.")
        self.pump(lambda: 3 in host.history.view.visible())
        self.pump(lambda: "1 of 1" in reads(host.root))

    def test_who_is_not_allowed_does_not_come_in(self) -> None:
        host = self.host()
        fill(host.root, "Allow only", "192.0.2.0/24")
        press(host.root, "Apply")
        self.assertIn("may come in now: 192.0.2.0/24", host.log.content())
        ana, _ = self.chat()
        self.pump(lambda: "does not let" in reads(ana.root))

    def test_what_was_thought_better_of_does_nothing(self) -> None:
        host = self.host()
        ana = self.enter()
        self.pump(lambda: host.people.names)
        host.people.choose("Ana")
        with mock.patch.object(question, "ask", return_value=False) as asked:
            press(host.root, "Remove")
            press(host.root, "Block address")
        removing, blocking = (call.args[2] for call in asked.call_args_list)
        self.assertIn("Ana: out of the room at once", removing)
        self.assertIn("nobody can come in from 127.0.0.1", blocking)
        self.say(ana, "still here")
        self.pump(shows(host, "still here"))
        self.assertNotIn("blocked", host.log.content())

    def test_a_block_names_everybody_whom_it_puts_out(self) -> None:
        host = self.host()
        names = "Ana", "Budi", "Cici", "Dewi", "Eko"
        crowd = [person(name) for name in names] + [person("Siti", "10.0.0.2")]
        host._hear_people(crowd)
        with mock.patch.object(question, "ask", return_value=False) as asked:
            host.access.block([crowd[2]])
        self.assertIn("Cici, Ana, Budi and 2 more: out of the room", asked.call_args.args[2])

    def test_a_removed_person_goes_from_the_table_and_can_come_back(self) -> None:
        host = self.host()
        ana = self.enter()
        self.pump(lambda: host.people.names)
        host.people.choose("Ana")
        with mock.patch.object(question, "ask", return_value=True):
            press(host.root, "Remove")
        self.pump(lambda: not host.people.names)
        self.assertIn("Ana was removed", host.log.content())
        ana.rejoin()
        self.pump(lambda: host.people.names == ["Ana"])

    def test_a_block_lasts_until_it_is_taken_back_also_when_the_room_is_started_anew(self) -> None:
        host = self.host()
        home = ip_network("127.0.0.1")
        host.access.block_networks([home])
        self.stop(host)
        press(host.root, "Start")
        self.pump(lambda: host.stage is Stage.RUNNING)
        ana, _ = self.chat()
        self.pump(lambda: "does not let" in reads(ana.root))
        host.people.blocked.choose(home)
        press(host.root, "Unblock")
        self.assertIn("unblocked 127.0.0.1", host.log.content())
        self.enter("Budi")
        self.pump(lambda: "Budi" in host.people.names)


class TheHostSpeaks(RoomTest):
    def say_it(self, host: HostWindow, text: str) -> None:
        host.history.composer.write(text)
        press(host.root, "Send")

    def test_under_a_name_that_nobody_else_can_have(self) -> None:
        host = self.host()
        ana = self.enter()
        self.say_it(host, "welcome, Ana")
        self.pump(shows(ana, "welcome, Ana"))
        self.pump(lambda: not host.conversation.waiting)
        row = host.conversation.row(1)
        self.assertEqual((row.kind, row.name), (Kind.OURS, "Rosa"))
        self.assertEqual(archived(self.archive)[0]["Username"], "Rosa")
        rosa, prompts = self.chat("rosa", name=[None])
        self.pump(lambda: is_closed(rosa.root) or prompts.problems)
        self.assertNotIn("rosa", host.people.names)

    def test_the_keyboard_is_where_one_writes_after_copying(self) -> None:
        host = self.host()
        host.root.focus_force()
        for label in ("Copy invitation", "Copy address"):
            pressed = button(host.root, label)
            pressed.focus_set()
            host.root.update()
            pressed.event_generate("<Return>")
            host.root.update()
            field = text_of(host.history.composer)
            self.assertIs(host.root.focus_get(), field, label)

    def test_what_the_disk_refuses_waits_and_is_stored_later(self) -> None:
        host = self.host()
        refused = LogRefused(Trouble.CANNOT_WRITE, path="a", error=OSError(28, "full"))
        with mock.patch.object(storage.Archive, "append", side_effect=refused):
            self.say_it(host, "is this kept?")
            self.pump(lambda: "NOT STORED" in host.log.content())
            self.assertIs(host.conversation.row(1).kind, Kind.WAITING)
            with mock.patch.object(question, "ask", return_value=False) as asked:
                close(host.root)
            self.assertEqual(asked.call_args.args[2], Host.UNSENT())
        self.pump(lambda: not host.conversation.waiting)
        self.assertEqual(archived(self.archive)[0]["Message"], "is this kept?")

    def test_what_was_never_stored_is_a_draft_again(self) -> None:
        host = self.host()
        refused = LogRefused(Trouble.CANNOT_WRITE, path="a", error=OSError(28, "full"))
        with mock.patch.object(storage.Archive, "append", side_effect=refused):
            self.say_it(host, "is this kept?")
            self.pump(lambda: "NOT STORED" in host.log.content())
            host.history.composer.write("and this?")
            self.stop(host)
        self.assertIn("is this kept?", host.history.composer.draft)
        self.assertIn("and this?", host.history.composer.draft)
        self.assertEqual(host.conversation.waiting, ())
        self.pump(lambda: Host.DRAFT_KEPT() in reads(host.root))

    def test_nothing_is_written_while_the_room_is_closed(self) -> None:
        host = self.host(start=False)
        host.history.composer.write("too early")
        self.assertEqual(host.history.composer.draft, "")
        self.assertIn(Host.START_FIRST(), reads(host.root))

    def test_a_text_that_the_room_does_not_take_stays_in_the_field(self) -> None:
        host = self.host()
        self.say_it(host, "x" * 900_000)
        self.pump(lambda: host.history.composer.draft)
        self.pump(lambda: "at once" in reads(host.root) or "long" in reads(host.root))
        self.assertEqual(host.conversation.waiting, ())


class NotInFront(RoomTest):
    def test_new_messages_of_others_are_counted_in_the_title(self) -> None:
        host = self.host()
        ana = self.enter()
        host._attend(False)
        with mock.patch.object(type(host.alerts), "is_in_front", False):
            self.say(ana, "anybody?")
            self.pump(lambda: host.root.title().startswith("(1) "))
        host._attend(True)
        self.assertFalse(host.root.title().startswith("("))

    def test_a_host_who_talks_is_told_of_what_others_say_and_another_is_not(self) -> None:
        host = self.host()
        ana = self.enter()
        with (
            mock.patch.object(type(host.alerts), "is_in_front", False),
            mock.patch.object(host.root, "bell") as bell,
        ):
            self.say(ana, "anybody?")
            self.pump(lambda: host.conversation.head == 1)
            bell.assert_not_called()
            host.say("yes?")
            self.pump(lambda: host.conversation.head == 2)
            bell.assert_not_called()
            self.say(ana, "hello")
            self.pump(lambda: bell.called)


class BuiltAnew(RoomTest):
    """Another language, look or size while the room is open: nothing is lost."""

    def setUp(self) -> None:
        super().setUp()
        self.addCleanup(languages.use, Language.ENGLISH)

    def switch(self, host: HostWindow, language: Language) -> None:
        before = host.pages
        host._looks.use_language(language)
        self.pump(lambda: host.pages is not before)
        host.root.update()

    def test_all_is_in_the_other_language_and_what_was_done_is_there(self) -> None:
        host = self.host()
        ana = self.enter()
        self.say(ana, "hello")
        self.pump(lambda: host.people.names and host.conversation.head == 1)
        host.people.choose("Ana")
        host.history.composer.write("a draft")
        host.pages.tabs.show(host_pages.PEOPLE)
        host.root.update()
        self.switch(host, Language.INDONESIAN)
        self.assertEqual(host.pages.tabs.shown, host_pages.PEOPLE)
        self.assertEqual([one.name for one in host.people.table.chosen], ["Ana"])
        self.assertEqual(host.history.composer.draft, "a draft")
        self.assertIn("Ana masuk dari 127.0.0.1", host.log.content())
        self.assertIn("Berjalan sejak", reads(host.root))
        self.assertIn(f"127.0.0.1  port {self.port}", reads(host.root))
        self.assertIn("Server ruang obrolan", host.root.title())
        self.say(ana, "still there?")
        self.pump(shows(host, "still there?"))
        with mock.patch.object(question, "ask", return_value=True):
            press(host.root, "Hentikan")
        self.pump(lambda: host.stage is Stage.STOPPED)

    def test_a_form_that_is_half_filled_stays_so(self) -> None:
        host = self.host(start=False)
        fill(host.root, "Port", "80x")
        fill(host.root, "Password", "")
        self.switch(host, Language.INDONESIAN)
        filled = host.form.filled()
        self.assertEqual((filled.port, filled.password), ("80x", ""))
        self.assertIs(host.stage, Stage.STOPPED)

    def test_it_is_done_soon_and_leaves_nothing_behind(self) -> None:
        host = self.host()
        host._hear_people([person(f"name {n}") for n in range(1000)])
        counts = []
        for _ in range(6):
            host.rebuild()
            host.root.update()
            commands = host.root.tk.call("info", "commands")
            counts.append((sum(1 for _ in widgets(host.root)), len(commands)))
        self.assertEqual(len({count for count, _ in counts[2:]}), 1)
        self.assertEqual(len({count for _, count in counts[2:]}), 1)


class InLittleRoom(RoomTest):
    """What matters can be seen in the smallest window, and at 200 % on a small screen."""

    def setUp(self) -> None:
        super().setUp()
        self.addCleanup(languages.use, Language.ENGLISH)

    def small(self, scale: float, size: tuple[int, int] = (10, 10)) -> HostWindow:
        root = theme.make_root("Test", "100x100", dark=False, scale=scale)
        self.roots.append(root)
        root.report_callback_exception = self._failed
        window = HostWindow(root, self.no_room, form_filled())
        least = root.minsize()
        assert least is not None
        width, height = (max(pair) for pair in zip(size, least, strict=True))
        root.geometry(f"{width}x{height}+0+0")
        self.pump(lambda: root.winfo_width() >= min(width, root.winfo_screenwidth() - 40))
        window.invitation.show(["10.0.0.7", "10.0.0.8"], self.port)
        window._show(Stage.RUNNING)
        window._hear_people([person("Ana")])
        window.access.block_networks([ip_network("10.0.0.0/8")])
        window.people.choose("Ana")
        for _ in range(3):
            root.update()
        return window

    def no_room(self, *_: object) -> NoReturn:
        raise AssertionError("nothing was started")

    def check_in_window(self, root: tk.Tk, widget: tk.Misc) -> None:
        left = widget.winfo_rootx() - root.winfo_rootx()
        top = widget.winfo_rooty() - root.winfo_rooty()
        self.assertTrue(widget.winfo_viewable(), widget)
        self.assertGreaterEqual(min(left, top), 0, widget)
        self.assertLessEqual(left + widget.winfo_width(), root.winfo_width(), widget)
        self.assertLessEqual(top + widget.winfo_height(), root.winfo_height(), widget)

    @wine_cannot("makes a window smaller than it may be, where it would leave the screen")
    def test_all_of_every_tab_is_seen_whole_in_the_smallest_window(self) -> None:
        for language in Language:
            languages.use(language)
            for scale in (1.0, 1.5, 2.0):
                window = self.small(scale)
                for name in (host_pages.CONVERSATION, host_pages.PEOPLE, host_pages.LOG):
                    window.pages.tabs.show(name)
                    for _ in range(3):
                        window.root.update()
                    with self.subTest(language=language, scale=scale, tab=name):
                        self.check_tab(window)
                window.root.destroy()

    def check_tab(self, window: HostWindow) -> None:
        kinds = ttk.Button | ttk.Entry | ttk.Radiobutton | ttk.Checkbutton | ttk.Treeview
        seen = 0
        for widget in widgets(window.pages.tabs):
            if isinstance(widget, kinds) and widget.winfo_viewable():
                self.check_in_window(window.root, widget)
                if isinstance(widget, ttk.Button | ttk.Radiobutton | ttk.Checkbutton):
                    self.assertGreaterEqual(widget.winfo_width(), widget.winfo_reqwidth(), widget)
                    self.assertGreaterEqual(widget.winfo_height(), widget.winfo_reqheight(), widget)
                seen += 1
        self.assertGreaterEqual(seen, 6)
        if window.people.winfo_viewable():
            self.assertTrue(window.people.table.rows.bbox("Ana"))
            for label in (Host.REMOVE, Host.BLOCK, Host.UNBLOCK):
                one = button(window.root, mnemonics.split(label())[0])
                self.check_in_window(window.root, one)

    def test_no_letter_is_of_two_things_that_are_seen_together(self) -> None:
        for language in Language:
            languages.use(language)
            window = self.small(1.0, (1000, 700))
            for name in (host_pages.CONVERSATION, host_pages.PEOPLE, host_pages.LOG):
                window.pages.tabs.show(name)
                window.root.update()
                letters = [
                    mnemonics.letter(one)
                    for one in widgets(window.root)
                    if one.winfo_viewable() and mnemonics.letter(one)
                ]
                with self.subTest(language=language, tab=name):
                    self.assertEqual(sorted(letters), sorted(set(letters)))
            window.root.destroy()

    def test_tabs_and_search_are_reached_by_keys(self) -> None:
        window = self.small(1.0)
        window.root.focus_force()
        window.root.update()
        for digit, name in ((3, host_pages.LOG), (2, host_pages.PEOPLE)):
            window.root.event_generate(f"<Control-Key-{digit}>")
            window.root.update()
            self.assertEqual(window.pages.tabs.shown, name)
        window.root.event_generate("<<Find>>")
        window.root.update()
        self.assertEqual(window.pages.tabs.shown, host_pages.CONVERSATION)
        self.assertTrue(window.history.find_bar.is_open)
        window.root.event_generate("<Control-Key-3>")
        window.root.event_generate("<<Find>>")
        window.root.update()
        self.assertIs(window.root.focus_get(), window.log._field)
        window.root.event_generate("<Control-Key-1>")
        window.root.update()
        self.assertEqual(window.pages.tabs.shown, host_pages.CONVERSATION)
        self.assertTrue(str(window.root.focus_get()).startswith(str(window.history.view)))

    def test_keyboard_goes_to_what_a_tab_is_for(self) -> None:
        window = self.small(1.0)
        window.history.enable("Garden")
        window.root.focus_force()
        window.root.update()
        field, rows = text_of(window.history.composer), window.people.table.rows
        for key, widget in (
            ("<Control-Key-2>", rows),
            ("<Control-Key-1>", field),
            ("<Control-Key-3>", window.log._field),
            ("<Alt-p>", rows),
            ("<Alt-l>", window.log._field),
            ("<Alt-c>", field),
        ):
            window.root.focus_get().event_generate(key)  # type: ignore[union-attr]
            window.root.update()
            self.assertIs(window.root.focus_get(), widget, key)
        window.history.enable("")
        window.pages.tabs.go_to(host_pages.CONVERSATION)
        window.root.update()
        self.assertIs(window.root.focus_get(), window.history.view.scroller.canvas)
        self.assertEqual(rows.selection(), ("Ana",))

    @wine_cannot("makes a window smaller than it may be, where it would leave the screen")
    def test_every_field_and_button_can_be_reached_by_keyboard(self) -> None:
        for scale, size in ((1.0, (760, 520)), (2.0, (1366, 768))):
            window = self.small(scale, size)
            root = window.root
            press(root, "Password and access")
            window.pages.tabs.show(host_pages.PEOPLE)
            window.people.blocked.choose(*window.access.blocked)
            root.focus_force()
            wanted = {"Show", "Change", "Apply", "Stop", "Copy address", "Copy invitation"}
            wanted |= {"Password and access", "Make a strong one", "Save for a friend \u2026"}
            wanted |= {"Remove", "Block address", "Block", "Unblock", "Search"}
            reached = set()
            for _ in range(35):
                root.focus_get().event_generate("<Tab>")  # type: ignore[union-attr]
                root.update()
                widget = root.focus_get()
                assert widget is not None
                self.check_in_window(root, widget)
                if isinstance(widget, ttk.Button | ttk.Checkbutton):
                    reached.add(str(widget["text"]).strip())
            self.assertEqual(wanted - reached, set(), f"at {scale}")


if __name__ == "__main__":
    unittest.main()
