"""What the host copies for the others."""

import os
import shutil
import tempfile
import unittest
from pathlib import Path
from tkinter import filedialog, ttk
from unittest import mock

from chatroom import friend
from chatroom.windows import host_invitation
from chatroom.words.host_form import Invite
from tests.tools.windows import WindowTest, button, press, reads, widgets


class InvitationTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.window = self.root()
        self.went_on = 0
        self.invitation = host_invitation.Invitation(self.window, self.go_on)
        self.invitation.pack(fill="x")
        self.window.update()

    def go_on(self) -> None:
        self.went_on += 1

    def choice(self) -> ttk.Combobox:
        return next(one for one in widgets(self.invitation) if isinstance(one, ttk.Combobox))

    def test_there_is_nothing_to_copy_before_the_room_is_open(self) -> None:
        self.assertIn("Start the room", reads(self.window))
        for label in ("Copy address", "Copy invitation"):
            self.assertFalse(button(self.window, label).winfo_viewable())

    def test_address_and_invitation_are_copied(self) -> None:
        self.invitation.show(["10.0.0.7"], 8080)
        self.window.update()
        self.assertIn("10.0.0.7  port 8080", reads(self.window))
        self.assertFalse(self.choice().winfo_viewable())
        press(self.window, "Copy address")
        self.assertEqual(self.window.clipboard_get(), "10.0.0.7")
        self.assertEqual(self.went_on, 1)
        button(self.window, "Copied")
        press(self.window, "Copied")
        copied = self.window.clipboard_get()
        self.assertIn("the address 10.0.0.7 and port 8080", copied)
        self.assertIn(copied, reads(self.window))
        self.assertEqual(self.went_on, 2)

    def test_of_several_addresses_the_first_counts_until_another_is_chosen(self) -> None:
        self.invitation.show(["10.0.0.7", "192.168.1.7"], 8080)
        self.window.update()
        self.assertTrue(self.choice().winfo_viewable())
        press(self.window, "Copy address")
        self.assertEqual(self.window.clipboard_get(), "10.0.0.7")
        self.choice().set("192.168.1.7")
        self.assertIn("port 8080", reads(self.window))
        press(self.window, "Copy invitation")
        self.assertIn("192.168.1.7", self.window.clipboard_get())

    def test_a_closed_room_has_no_address(self) -> None:
        self.invitation.show(["10.0.0.7", "192.168.1.7"], 8080)
        self.invitation.clear()
        self.window.update()
        self.assertNotIn("10.0.0.7", reads(self.window))
        self.assertFalse(button(self.window, "Copy invitation").winfo_viewable())

    def test_address_that_others_cannot_use_says_so(self) -> None:
        told = Invite.ONLY_HERE()
        self.assertNotIn(told, reads(self.window))
        for address, is_only_here in (
            ("127.0.0.1", True),
            ("10.0.0.7", False),
            ("::1", True),
            ("fe80::1", False),
            ("127.8.0.1", True),
        ):
            self.invitation.show([address], 8080)
            self.window.update()
            self.assertEqual(told in reads(self.window), is_only_here, address)
        self.invitation.clear()
        self.window.update()
        self.assertNotIn(told, reads(self.window))

    def test_note_is_about_the_address_that_is_chosen(self) -> None:
        self.invitation.show(["127.0.0.1", "10.0.0.7"], 8080)
        for address, is_only_here in (("10.0.0.7", False), ("127.0.0.1", True)):
            self.choice().set(address)
            self.window.update()
            self.assertEqual(Invite.ONLY_HERE() in reads(self.window), is_only_here)

    def save(self, path: Path | str) -> str:
        """Save the file for a friend there; return what is read then."""
        with mock.patch.object(filedialog, "asksaveasfilename", return_value=str(path)) as asked:
            press(self.window, "Save for a friend \u2026")
        self.assertEqual(asked.call_args.kwargs["initialfile"], "Chat room.pyzw")
        return reads(self.window)

    def folder(self) -> Path:
        folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, folder)
        return folder

    def test_file_for_a_friend_has_the_chosen_address(self) -> None:
        self.invitation.show(["10.0.0.7", "192.168.1.7"], 8080)
        self.choice().set("192.168.1.7")
        path = self.folder() / "Chat room.pyzw"
        self.assertIn("Saved as Chat room.pyzw", self.save(path))
        self.assertEqual(path.read_bytes(), friend.make("192.168.1.7", 8080))
        self.assertEqual(self.went_on, 1)
        self.choice().set("10.0.0.7")
        self.assertNotIn("Saved", reads(self.window))

    def test_what_was_saved_is_said_for_a_while(self) -> None:
        self.invitation.show(["10.0.0.7"], 8080)
        with mock.patch.object(host_invitation, "SAVED_FOR_MS", 1):
            self.assertIn("Saved as", self.save(self.folder() / "a.pyzw"))
        self.pump(lambda: "the address 10.0.0.7" in reads(self.window))

    def test_dialog_begins_where_people_look_for_files(self) -> None:
        home = self.folder()
        self.invitation.show(["10.0.0.7"], 8080)
        with mock.patch.dict(os.environ, {"HOME": str(home), "USERPROFILE": str(home)}):
            for made, begun in (("Documents", "Documents"), ("Desktop", "Desktop")):
                (home / made).mkdir()
                with mock.patch.object(filedialog, "asksaveasfilename", return_value="") as asked:
                    press(self.window, "Save for a friend \u2026")
                self.assertEqual(asked.call_args.kwargs["initialdir"], home / begun)

    def test_dialog_that_is_cancelled_saves_nothing(self) -> None:
        self.invitation.show(["10.0.0.7"], 8080)
        with mock.patch.object(friend, "save", side_effect=AssertionError):
            self.assertNotIn("Saved", self.save(""))

    def test_file_that_cannot_be_written_is_explained(self) -> None:
        self.invitation.show(["10.0.0.7"], 8080)
        path = self.folder() / "missing" / "a.pyzw"
        self.assertIn("a.pyzw cannot be written: No such file", self.save(path))
        with mock.patch.object(friend, "save", side_effect=OSError(28, "No space left on device")):
            self.assertIn("free some space", self.save(path))


if __name__ == "__main__":
    unittest.main()
