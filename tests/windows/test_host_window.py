"""The host's window: the room it opens and closes, and what it tells of it."""

import tkinter as tk
import unittest
from tkinter import messagebox, ttk
from typing import NoReturn
from unittest import mock

from chatroom.windows import theme
from chatroom.windows.host_form import Stage
from chatroom.windows.host_window import HostWindow
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
    widgets,
)
from tests.tools.wine import BINDS_ANYTHING, wine_cannot


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

    def test_address_and_port_are_shown_while_the_room_is_open(self) -> None:
        window = self.host()
        self.pump(lambda: f"127.0.0.1  port {self.port}" in reads(window.root))
        press(window.root, "Copy address")
        self.assertEqual(window.root.clipboard_get(), "127.0.0.1")
        self.pump(lambda: "Running since " in reads(window.root))
        self.stop(window)
        window.root.update()
        self.assertNotIn(f"port {self.port}", reads(window.root))

    def test_closing_an_open_room_asks_first_and_ends_without_a_word(self) -> None:
        window = self.host()
        with mock.patch.object(messagebox, "askyesno", return_value=False):
            close(window.root)
        self.assertIs(window.stage, Stage.RUNNING)
        with mock.patch.object(messagebox, "askyesno", return_value=True):
            close(window.root)
            self.pump(lambda: is_closed(window.root))

    def test_leaving_closes_an_open_room_without_a_question(self) -> None:
        window = self.host()
        with mock.patch.object(messagebox, "askyesno", side_effect=AssertionError):
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
        self.assertEqual(host.people.names, ["Ana"])
        self.assertIn("1 person  \u00b7  1 message", reads(host.root))
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
        self.assertIn("1,500 messages", reads(host.root))

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
        self.assertIn("allowed: 192.0.2.0/24", host.log.content())
        ana, _ = self.chat()
        self.pump(lambda: "does not let" in reads(ana.root))

    def test_a_block_that_was_thought_better_of_does_nothing(self) -> None:
        host = self.host()
        self.enter()
        self.pump(lambda: host.people.names)
        host.people.choose("Ana")
        with mock.patch.object(messagebox, "askyesno", return_value=False) as asked:
            press(host.root, "Block address")
        self.assertIn("Ana speaks from 127.0.0.1", asked.call_args.args[1])
        self.assertNotIn("blocked", host.log.content())


class InLittleRoom(RoomTest):
    """What matters can be reached in a small window, and at 200 % on a small screen."""

    def small(self, scale: float, size: tuple[int, int]) -> HostWindow:
        root = theme.make_root("Test", "100x100", dark=False, scale=scale)
        self.roots.append(root)
        root.report_callback_exception = self._failed
        root.geometry(f"{size[0]}x{size[1]}+0+0")
        window = HostWindow(root, self.no_room, form_filled())
        window.people.add("Ana", ("10.0.0.1", 1))
        wide = min(size[0], root.winfo_screenwidth() - 40)
        self.pump(lambda: root.winfo_width() >= wide)
        for _ in range(3):
            root.update()
        return window

    def no_room(self, *_: object) -> NoReturn:
        raise AssertionError("nothing was started")

    def check_in_window(self, root: tk.Tk, widget: tk.Misc) -> None:
        left = widget.winfo_rootx() - root.winfo_rootx()
        top = widget.winfo_rooty() - root.winfo_rooty()
        self.assertTrue(widget.winfo_viewable())
        self.assertGreaterEqual(min(left, top), 0)
        self.assertLessEqual(left + widget.winfo_width(), root.winfo_width())
        self.assertLessEqual(top + widget.winfo_height(), root.winfo_height())

    @wine_cannot("makes a window smaller than it may be, where it would leave the screen")
    def test_every_field_and_button_can_be_reached_by_keyboard(self) -> None:
        for scale, size in ((1.0, (760, 520)), (2.0, (1366, 768))):
            window = self.small(scale, size)
            root = window.root
            window.invitation.show(["10.0.0.7", "10.0.0.8"], self.port)
            window.form.show(Stage.RUNNING)
            press(root, "Password and access")
            window.people.enable(True)
            window.people.choose("Ana")
            tabs = [one for one in widgets(root) if isinstance(one, ttk.Radiobutton)]
            next(one for one in tabs if one["text"] == "People").invoke()
            root.focus_force()
            wanted = {"Show", "Change", "Apply", "Stop", "Copy address", "Copy invitation"}
            wanted |= {"Password and access", "Make a strong one", "Save for a friend \u2026"}
            wanted |= {"Remove", "Block address"}
            reached = set()
            for _ in range(25):
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
