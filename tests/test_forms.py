"""What people type: a value, or what is wrong with it."""

import os
import tempfile
import unittest
from collections.abc import Callable
from pathlib import Path
from unittest import mock

from chatroom import forms, words
from chatroom.forms import BadAnswer
from chatroom.problems import WrongInput
from chatroom.words import languages
from chatroom.words.languages import Language


class Fields(unittest.TestCase):
    def assert_wrong(self, check: Callable[[str], object], text: str, reason: BadAnswer) -> None:
        with self.subTest(text[:20]), self.assertRaises(WrongInput) as caught:
            check(text)
        self.assertIs(caught.exception.reason, reason)

    def test_good_answers_lose_only_the_space_around_them(self) -> None:
        self.assertEqual(forms.check_host(" 0.0.0.0 "), "0.0.0.0")
        self.assertEqual(forms.check_host("::1"), "::1")
        self.assertEqual(forms.check_server(" chat.local "), "chat.local")
        self.assertEqual(forms.check_server("fe80::1%eth0"), "fe80::1%eth0")
        self.assertEqual(forms.check_port(" 8080 "), 8080)
        self.assertEqual(forms.check_password(" space "), " space ")
        self.assertEqual(forms.check_room(" Kelas 7 "), "Kelas 7")

    def test_ports_from_1_to_65535(self) -> None:
        for good in ("1", "65535"):
            self.assertEqual(forms.check_port(good), int(good))
        for bad in ("0", "65536", "9" * 5000):
            self.assert_wrong(forms.check_port, bad, BadAnswer.PORT_OUT_OF_RANGE)
        for bad in ("x", "-1", "8080.0", "\u0668\u0660", "1e3"):
            self.assert_wrong(forms.check_port, bad, BadAnswer.PORT_NO_NUMBER)
        self.assert_wrong(forms.check_port, " ", BadAnswer.PORT_MISSING)

    def test_addresses_with_more_than_an_address_are_explained(self) -> None:
        for bad in ("http://10.0.0.1", "10.0.0.1:8080", "10.0.0.1 8080", "a@b"):
            self.assert_wrong(forms.check_server, bad, BadAnswer.SERVER_NO_ADDRESS)
        for bad in ("localhost", "10.0.0", "10.0.0.256"):
            self.assert_wrong(forms.check_host, bad, BadAnswer.HOST_NO_ADDRESS)
        for bad in ("192.168.1.300", "192.168.1", "192.168.1.20.5", "192.168..1", "8080", "..."):
            self.assert_wrong(forms.check_server, bad, BadAnswer.SERVER_NO_ADDRESS)
            self.assert_wrong(forms.check_address, f"{bad}:9000", BadAnswer.SERVER_NO_ADDRESS)
        for good in ("255.255.255.255", "192.168.1.20", "10.example", "1-2.3", "3com"):
            self.assertEqual(forms.check_server(good), good)
        self.assert_wrong(forms.check_server, "", BadAnswer.SERVER_MISSING)
        self.assert_wrong(forms.check_host, "", BadAnswer.HOST_MISSING)

    def test_what_is_wrong_is_repeated_as_far_as_somebody_reads(self) -> None:
        for check in (forms.check_server, forms.check_address, forms.check_port, forms.check_host):
            with self.subTest(check), self.assertRaises(WrongInput) as caught:
                check("x" * 5000)
            self.assertLess(len(words.explain(caught.exception)), 250)
        self.assertEqual(forms.check_server("x" * 253), "x" * 253)

    def test_sessions_from_1_to_as_many_as_there_are(self) -> None:
        self.assertEqual(forms.check_sessions(" 200 ", 4096), 200)
        for bad in ("", "0", "4097", "-1", "many", "1" * 10):
            with self.subTest(bad), self.assertRaises(WrongInput):
                forms.check_sessions(bad, 4096)

    def test_an_address_may_bring_its_port(self) -> None:
        for text, *expected in (
            (" 10.0.0.1 ", "10.0.0.1", None),
            ("10.0.0.1:9000", "10.0.0.1", 9000),
            ("chat.local:1", "chat.local", 1),
            ("fe80::1%eth0", "fe80::1%eth0", None),
            ("[fe80::1%eth0]:9000", "fe80::1%eth0", 9000),
            ("[::1]", "::1", None),
            ("::1:9000", "::1:9000", None),
            ("10.0.0.1 9000", "10.0.0.1", 9000),
        ):
            with self.subTest(text):
                self.assertEqual(forms.check_address(text), tuple(expected))

    def test_an_invitation_is_an_address_and_a_port(self) -> None:
        self.addCleanup(languages.use, Language.ENGLISH)
        for language in Language:
            languages.use(language)
            for host in ("192.168.1.20", "fd00::20", "fe80::1%eth0"):
                with self.subTest(language, host=host):
                    text = words.invitation(host, 9000)
                    self.assertEqual(forms.check_address(text), (host, 9000))
                    self.assertEqual(forms.check_address(text.replace(" ", "\n")), (host, 9000))

    def test_other_texts_with_an_address_in_them_are_understood(self) -> None:
        for text, *expected in (
            ("Address: 10.0.0.1\r\nPort: 9000\r\n", "10.0.0.1", 9000),
            ("Alamat (10.0.0.1), port-nya adalah 9000.", "10.0.0.1", 9000),
            ("Come at 10:30 to 10.0.0.1:9000!", "10.0.0.1", 9000),
            ("Version 2 is at chat.local:9000, ok?", "chat.local", 9000),
            ("It is \u201c[fd00::20]:9000\u201d, see you at 20:15", "fd00::20", 9000),
            ("python client.py --host 10.0.0.1 --port 9000", "10.0.0.1", 9000),
            ("10.0.0.1 or 10.0.0.2", "10.0.0.1", None),
            ("join us: 10.0.0.1 " + "x " * 50_000, "10.0.0.1", None),
        ):
            with self.subTest(text[:40]):
                self.assertEqual(forms.check_address(text), tuple(expected))

    def test_what_is_no_address_is_explained(self) -> None:
        for bad in (
            "http://10.0.0.1",
            "http://10.0.0.1:80",
            "10.0.0.1:",
            "10.0.0.1:x",
            "[::1",
            "a@b",
        ):
            self.assert_wrong(forms.check_address, bad, BadAnswer.SERVER_NO_ADDRESS)
        for bad in ("", " \n"):
            self.assert_wrong(forms.check_address, bad, BadAnswer.SERVER_MISSING)
        for bad in ("where is it?", "at 10:30, I think"):
            self.assert_wrong(forms.check_address, bad, BadAnswer.SERVER_NOT_FOUND)
        for bad in ("10.0.0.1:0", "10.0.0.1:65536", "10.0.0.1 70000", "at 10.0.0.1 port 70000"):
            self.assert_wrong(forms.check_address, bad, BadAnswer.PORT_OUT_OF_RANGE)

    def test_password_is_not_empty_and_can_be_encoded(self) -> None:
        self.assert_wrong(forms.check_password, "", BadAnswer.PASSWORD_MISSING)
        self.assert_wrong(forms.check_password, "\udcff", BadAnswer.PASSWORD_NOT_ENCODABLE)

    def test_room_names_fit_the_wire(self) -> None:
        for bad in ("", " ", "a\nb", "\u00e9" * 65):
            self.assert_wrong(forms.check_room, bad, BadAnswer.ROOM_BAD)

    def test_archive(self) -> None:
        self.assertEqual(forms.check_archive(" a b.csv "), Path("a b.csv"))
        self.assertEqual(forms.check_archive("~/a.csv"), Path.home() / "a.csv")
        for bad in ("", "  ", "a\0b"):
            self.assert_wrong(forms.check_archive, bad, BadAnswer.ARCHIVE_MISSING)

    def test_name_loses_the_space_around_it_and_is_checked(self) -> None:
        self.assertEqual(forms.check_name(" Ana "), "Ana")
        with self.assertRaises(WrongInput):
            forms.check_name("system")


class GivenPassword(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = Path(folder.name) / "secret"

    def test_first_line_of_the_file(self) -> None:
        self.file.write_bytes(b"\xef\xbb\xbfge heim\r\nnot this\n")
        self.assertEqual(forms.given_password(self.file), "ge heim")

    def test_utf_16_with_a_mark_is_read(self) -> None:
        for encoding in ("utf-16-le", "utf-16-be"):
            self.file.write_bytes("\ufeffge\u00efm\r\nno".encode(encoding))
            self.assertEqual(forms.given_password(self.file), "ge\u00efm")

    def test_files_that_hold_none_are_explained(self) -> None:
        for content, reason in (
            (b"", BadAnswer.PASSWORD_FILE_EMPTY),
            (b"\nsecond", BadAnswer.PASSWORD_FILE_EMPTY),
            (b"pa\xdfwort\r\n", BadAnswer.PASSWORD_FILE_ENCODED),
            (b"\xff\xfe\x00", BadAnswer.PASSWORD_FILE_ENCODED),
        ):
            self.file.write_bytes(content)
            self.assert_unusable(self.file, reason)
        missing = self.file.with_name("missing")
        self.assert_unusable(missing, BadAnswer.PASSWORD_FILE_UNREADABLE)

    def assert_unusable(self, file: Path, reason: BadAnswer) -> None:
        with self.subTest(reason), self.assertRaises(WrongInput) as caught:
            forms.given_password(file)
        self.assertIs(caught.exception.reason, reason)
        self.assertIn(str(file), words.explain(caught.exception))

    @unittest.skipUnless(os.name == "posix", "permission bits are POSIX's")
    def test_file_that_others_can_read_is_told(self) -> None:
        self.file.write_text("secret\n")
        for mode, is_private in ((0o600, True), (0o400, True), (0o644, False), (0o620, False)):
            self.file.chmod(mode)
            with self.subTest(oct(mode)):
                if is_private:
                    forms.check_privacy(self.file)
                else:
                    with self.assertRaises(WrongInput):
                        forms.check_privacy(self.file)
                self.assertEqual(forms.given_password(self.file), "secret")

    def test_environment(self) -> None:
        with mock.patch.dict(os.environ, {forms.PASSWORD_VARIABLE: "from there"}):
            self.assertEqual(forms.given_password(None), "from there")
        with mock.patch.dict(os.environ):
            os.environ.pop(forms.PASSWORD_VARIABLE, None)
            self.assertIsNone(forms.given_password(None))


if __name__ == "__main__":
    unittest.main()
