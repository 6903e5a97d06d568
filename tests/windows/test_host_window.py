"""The host's window: the room it opens and closes, and what it tells of it."""

import unittest
from tkinter import messagebox
from unittest import mock

from chatroom.windows.host_form import Stage
from chatroom.windows.host_window import HostWindow
from tests.tools.processes import archived, free_port
from tests.tools.windows import (
    RoomTest,
    button,
    click_on,
    close,
    fill,
    is_closed,
    press,
    reads,
    shows,
    text_of,
)
from tests.tools.wine import BINDS_ANYTHING, wine_cannot


class OpeningAndClosing(RoomTest):
    def check_cannot_start(self, window: HostWindow, words: str) -> None:
        press(window.root, "Start Server")
        self.pump(lambda: window.stage is Stage.STOPPED)
        self.assertIn(words, reads(window.root))
        self.assertEqual(str(button(window.root, "Start Server")["state"]), "normal")

    def test_what_the_system_refuses_is_explained(self) -> None:
        self.host()
        second = self.host(start=False)
        self.check_cannot_start(second, f"Port {self.port} is in use")
        fill(second.root, "Port", str(free_port()))
        self.check_cannot_start(second, "in use by another server")
        self.archive = self.folder / "missing" / "archive.csv"
        self.check_cannot_start(second, "cannot be opened")

    @wine_cannot(BINDS_ANYTHING)
    def test_address_of_another_computer_is_explained(self) -> None:
        window = self.host(start=False)
        fill(window.root, "IP Address", "192.0.2.77")
        self.check_cannot_start(window, "not an address of this computer")

    def test_stop_frees_the_port_and_start_works_again(self) -> None:
        window = self.host()
        for _ in range(2):
            self.stop(window)
            press(window.root, "Start Server")
            self.pump(lambda: window.stage is Stage.RUNNING)

    def test_address_and_port_are_shown_while_the_room_is_open(self) -> None:
        window = self.host()
        press(window.root, "Copy")
        self.assertEqual(window.root.clipboard_get(), "127.0.0.1")
        self.pump(lambda: f"port {self.port}" in reads(window.root))
        self.assertIn("127.0.0.1 copied", reads(window.root))
        self.stop(window)
        self.assertNotIn("copied", reads(window.root))

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
        self.assertIn("Ana joined from 127.0.0.1", host.log.content())
        self.assertNotIn("hello", host.log.content())
        self.assertEqual(archived(self.archive)[0]["Message"], "hello \U0001f600")

    def test_earlier_messages_come_on_request(self) -> None:
        rows = "".join(f'"r","Siti","pesan {n}."\n' for n in range(750))
        self.archive.write_text(f"Room,Username,Message\n{rows}", encoding="utf-8")
        host = self.host()
        self.assertEqual(host.conversation.first, 251)
        for oldest in ("pesan 50.", "pesan 0."):
            text = text_of(host.transcript)
            click_on(text, "Show earlier messages")
            click_on(text, "Show earlier messages")
            self.pump(shows(host, oldest))
        self.assertEqual(
            [entry.text for entry in host.conversation.entries],
            [f"pesan {n}." for n in range(750)],
        )

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
            press(host.root, "Block Address")
        self.assertIn("Ana speaks from 127.0.0.1", asked.call_args.args[1])
        self.assertNotIn("blocked", host.log.content())


if __name__ == "__main__":
    unittest.main()
