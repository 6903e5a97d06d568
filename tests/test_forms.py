"""What people type: a value, or a sentence that says what to do."""

import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from chatroom import forms
from chatroom.forms import Problem


class Fields(unittest.TestCase):
    def check_problem(self, result: object, *words: str) -> None:
        assert isinstance(result, Problem), result
        for word in words:
            self.assertIn(word, result.words)

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
            self.check_problem(forms.check_port(bad), "65535")
        for bad in ("", "x", "-1", "8080.0", "\u0668\u0660", "1e3"):
            self.assertIsInstance(forms.check_port(bad), Problem)

    def test_addresses_with_more_than_an_address_are_explained(self) -> None:
        for bad in ("", "http://10.0.0.1", "10.0.0.1:8080", "10.0.0.1 8080", "a@b"):
            self.assertIsInstance(forms.check_server(bad), Problem)
        for bad in ("", "localhost", "10.0.0", "10.0.0.256"):
            self.assertIsInstance(forms.check_host(bad), Problem)

    def test_password_is_not_empty_and_can_be_encoded(self) -> None:
        self.check_problem(forms.check_password(""), "please type one")
        self.check_problem(forms.check_password("\udcff"), "encoded")

    def test_room_names_fit_the_wire(self) -> None:
        for bad in ("", " ", "a\nb", "\u00e9" * 65):
            self.assertIsInstance(forms.check_room(bad), Problem)


class GivenPassword(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = Path(folder.name) / "secret"

    def test_first_line_of_the_file(self) -> None:
        self.file.write_bytes(b"\xef\xbb\xbfge heim\r\nnot this\n")
        self.assertEqual(forms.given_password(self.file), "ge heim")

    def test_files_that_hold_none_are_explained(self) -> None:
        for content in (b"", b"\nsecond", b"\xff\xfe\x00"):
            self.file.write_bytes(content)
            self.assertIsInstance(forms.given_password(self.file), Problem)
        missing = forms.given_password(self.file.with_name("missing"))
        self.assertIsInstance(missing, Problem)

    def test_environment(self) -> None:
        with mock.patch.dict(os.environ, {forms.PASSWORD_VARIABLE: "from there"}):
            self.assertEqual(forms.given_password(None), "from there")
        with mock.patch.dict(os.environ):
            os.environ.pop(forms.PASSWORD_VARIABLE, None)
            self.assertIsNone(forms.given_password(None))


if __name__ == "__main__":
    unittest.main()
