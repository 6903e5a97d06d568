"""Command lines in the language of whoever types them."""

import argparse
import contextlib
import importlib
import inspect
import io
import os
import re
import shutil
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import client
import server
from chatroom import preferences, remembered
from chatroom.terminal import arguments
from chatroom.words import command_line, languages
from chatroom.words.languages import Language
from tests.tools.home import settings_in

ARGPARSE = inspect.getsource(argparse).replace('"', "'")


def run(program: str, *argv: str) -> tuple[int, str, str]:
    """Run a program that ends at its command line; return status, output and errors."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            status = importlib.import_module(program).main(list(argv))
        except SystemExit as ended:
            status = ended.code
    return status, out.getvalue(), err.getvalue()


class InLanguage(unittest.TestCase):
    def setUp(self) -> None:
        self.addCleanup(languages.use, Language.ENGLISH)
        system = mock.patch.object(languages, "system_language", return_value=Language.ENGLISH)
        self.system = system.start()
        self.addCleanup(system.stop)
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        settings = mock.patch.dict(os.environ, settings_in(Path(folder)))
        settings.start()
        self.addCleanup(settings.stop)


class Choosing(InLanguage):
    def chosen(self, *argv: str) -> Language:
        arguments.choose_language(argv)
        return languages.current()

    def test_option_goes_before_the_system(self) -> None:
        self.system.return_value = Language.INDONESIAN
        self.assertIs(self.chosen(), Language.INDONESIAN)
        self.assertIs(self.chosen("--console", "--lang", "en"), Language.ENGLISH)
        self.assertIs(self.chosen("--lang=en", "--console"), Language.ENGLISH)
        self.assertIs(self.chosen("--lan", "en"), Language.ENGLISH)
        self.assertIs(self.chosen("--lang", "id", "--lang", "en"), Language.ENGLISH)

    def test_what_was_chosen_before_stands_between_them(self) -> None:
        self.system.return_value = Language.INDONESIAN
        preferences.PreferencesFile().save(preferences.Preferences(language="en"))
        self.assertIs(self.chosen(), Language.ENGLISH)
        self.assertIs(self.chosen("--lang", "id"), Language.INDONESIAN)

    def test_what_is_no_language_is_refused_in_the_persons_own(self) -> None:
        self.system.return_value = Language.INDONESIAN
        for argv in (("--lang", "xx"), ("--lang=",), ("--lang",)):
            with self.subTest(argv):
                status, _, err = run("client", *argv)
                self.assertEqual(status, arguments.STATUS_USAGE)
                self.assertIn("client.py: kesalahan: opsi --lang: ", err)


class Forgetting(InLanguage):
    def test_all_that_was_remembered_is_gone_and_that_is_said(self) -> None:
        remembered.Remembered().update("127.0.0.1 8080", read=7)
        preferences.PreferencesFile().save(preferences.Preferences(zoom=2.0))
        status, out, err = run("client", "--lang", "id", "--forget")
        self.assertEqual((status, err), (0, ""))
        self.assertEqual(out, "Semua yang diingat program ini di komputer ini sudah dilupakan.\n")
        self.assertEqual(remembered.Remembered().room("127.0.0.1 8080"), remembered.Visit())
        self.assertEqual(preferences.PreferencesFile().load(), preferences.Preferences())


class Help(InLanguage):
    def test_help_has_every_option_and_examples_in_both_languages(self) -> None:
        for program, of_all in (("client", client), ("server", server)):
            for code, words in (("en", ("examples:", "options:")), ("id", ("contoh:", "opsi:"))):
                with self.subTest(program, language=code):
                    status, out, _ = run(program, "--lang", code, "--help")
                    self.assertEqual(status, 0)
                    for word in words:
                        self.assertIn(word, out)
                    source = inspect.getsource(of_all) + inspect.getsource(arguments)
                    for option in set(re.findall(r'"(--[a-z-]+)"', source)) - {"--l"}:
                        self.assertIn(option, out)
                    self.assertLessEqual(max(map(len, out.splitlines())), 82)

    def test_examples_can_be_typed_as_they_stand(self) -> None:
        for program, examples in (
            ("client", command_line.CommandLine.CLIENT_EXAMPLES),
            ("server", command_line.CommandLine.SERVER_EXAMPLES),
        ):
            for text in examples.templates.values():
                for line in re.findall(rf"{program}\.py(.*)", text):
                    typed = (
                        line.split("   ")[0].replace('"Class 7"', "C7").replace('"Kelas 7"', "C7")
                    )
                    with self.subTest(typed):
                        read = importlib.import_module(program)._read_arguments
                        self.assertIsInstance(read(typed.split()), argparse.Namespace)

    def test_errors_are_in_the_language(self) -> None:
        with mock.patch.dict(os.environ, COLUMNS="80"):
            for argv, words in (
                (("--port",), "opsi --port: perlu satu nilai"),
                (("--port", "0"), "opsi --port: Port: 0 di luar jangkauan"),
                (("--bogus",), "tidak dikenal: --bogus"),
                (("--history", "-1"), "opsi --history: '-1' bukan angka"),
                (("--ho", "1", "--p", "8080"), "--p tidak jelas: bisa berarti"),
                (("--json=1",), "tidak menerima nilai"),
            ):
                with self.subTest(argv):
                    status, _, err = run("client", "--lang", "id", *argv)
                    self.assertEqual(status, arguments.STATUS_USAGE)
                    self.assertIn(words, err)
                    self.assertTrue(err.startswith("pemakaian: "))

    def test_name_of_the_host_is_checked(self) -> None:
        status, _, err = run("server", "--name", "System")
        self.assertEqual(status, arguments.STATUS_USAGE)
        self.assertIn("reserved", err)


class ArgparsesOwn(unittest.TestCase):
    """The table is of what argparse says, in this Python as in others."""

    def test_every_text_is_one_of_argparse_and_has_its_fields(self) -> None:
        for english, indonesian in command_line.ARGPARSE_INDONESIAN.items():
            with self.subTest(english):
                self.assertIn(repr(english).replace('"', "'"), ARGPARSE)
                fields = r"%(?:\(\w+\))?[rs]"
                self.assertEqual(
                    sorted(re.findall(fields, english)), sorted(re.findall(fields, indonesian))
                )


if __name__ == "__main__":
    unittest.main()
