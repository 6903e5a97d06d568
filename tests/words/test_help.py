"""The help: the same in both languages and in the README, and true to the program."""

import contextlib
import io
import re
import subprocess
import sys
import tempfile
import unittest
from collections.abc import Callable, Iterator
from pathlib import Path

import client
import server
from chatroom import friend
from chatroom.words import headless, help, languages, markdown, terminal
from chatroom.words.languages import Language
from chatroom.words.markdown import Style
from tests.tools import readme
from tests.words.test_texts import all_sentences, text_kinds


def parts(language: Language) -> list[markdown.Part]:
    return list(markdown.parse(help.page(language)))


def lines(language: Language) -> Iterator[markdown.Line]:
    """Yield all lines of the help but its headings and blocks of code."""
    for part in parts(language):
        match part:
            case markdown.Paragraph(line) | markdown.Item(_, line):
                yield line
            case markdown.Row(cells):
                yield from cells


def written(language: Language, style: Style) -> list[str]:
    """Return the pieces of the help in a style."""
    return [span.text for line in lines(language) for span in line if span.style is style]


def said_by_the_program(language: Language) -> str:
    """Return all that can be said in a language, with a dot-dot-dot for each field."""
    place = list(Language).index(language)
    templates = [pair[place] for pair in all_sentences().values()]
    templates += [text.templates[language] for kind in text_kinds() for text in kind]
    return "\n".join(re.sub(r"\{.*?\}", "\u2026", one) for one in templates)


def options(main: Callable[[list[str]], int]) -> set[str]:
    """Return the options that a program has."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.suppress(SystemExit):
        main(["--help"])
    return set(re.findall(r"--[a-z][a-z-]+", said.getvalue()))


class Readme(unittest.TestCase):
    def test_readme_has_the_help_in_both_languages(self) -> None:
        text = readme.README.read_text(encoding="utf-8")
        self.assertEqual(text, readme.with_help(text), "run python -m tests.tools.readme")
        for language in Language:
            last = help.page(language).rstrip().split("\n")[-1]
            self.assertIn(last, text)

    def test_headings_stand_below_the_one_before(self) -> None:
        page = "## Here\n\n<!-- help_en.md is here -->\nold\n<!-- end -->\nafter\n"
        headings = re.findall("^#+ .*", readme.with_help(page), re.MULTILINE)
        self.assertEqual(headings[:3], ["## Here", "### What it is", "### Start"])

    def test_another_text_is_noticed(self) -> None:
        text = readme.README.read_text(encoding="utf-8")
        for language in Language:
            first = next(one.text for one in parts(language) if isinstance(one, markdown.Heading))
            other = text.replace(first, "Something else")
            self.assertNotEqual(other, text)
            self.assertEqual(readme.with_help(other), text)


class Page(unittest.TestCase):
    def test_it_is_in_the_language_spoken_now(self) -> None:
        self.addCleanup(languages.use, Language.ENGLISH)
        for language in Language:
            languages.use(language)
            self.assertEqual(help.page(), help.page(language))
        self.assertNotEqual(help.page(Language.ENGLISH), help.page(Language.INDONESIAN))

    def test_it_is_in_the_file_for_a_friend(self) -> None:
        code = "import sys; sys.path.insert(0, sys.argv[1]); from chatroom.words import help; "
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "chat.pyzw")
            friend.save(file, "192.168.1.20", 8080)
            run = (sys.executable, "-I", "-c", f"{code}print(ascii(help.page()))", str(file))
            said = subprocess.run(run, cwd=folder, capture_output=True, check=True, timeout=60)
        self.assertEqual(said.stdout.decode().strip(), ascii(help.page()))

    def test_both_languages_have_the_same_parts(self) -> None:
        def shape(language: Language) -> list[object]:
            return [
                (type(part), part.level if isinstance(part, markdown.Heading) else 0)
                for part in parts(language)
            ]

        self.assertEqual(shape(Language.ENGLISH), shape(Language.INDONESIAN))

    def test_both_languages_name_the_same_options_and_commands(self) -> None:
        def named(language: Language) -> list[str]:
            return re.findall(r"`((?:--|/)?[a-z]+)\b", help.page(language))

        self.assertEqual(named(Language.ENGLISH), named(Language.INDONESIAN))
        self.assertIn("--password-file", help.page(Language.ENGLISH))

    def test_what_it_quotes_is_what_the_program_says(self) -> None:
        for language in Language:
            said = said_by_the_program(language)
            quoted = written(language, Style.ITALIC)
            self.assertGreater(len(quoted), 5)
            for one in quoted:
                with self.subTest(one):
                    self.assertIn(one, said)

    def test_all_options_are_there_and_no_others(self) -> None:
        self.addCleanup(languages.use, languages.current())
        there = options(server.main) | options(client.main)
        self.assertIn("--password-file", there)
        for language in Language:
            self.assertEqual(set(re.findall(r"--[a-z][a-z-]+", help.page(language))), there)

    def test_all_commands_are_there(self) -> None:
        verbs = {text.templates[Language.ENGLISH].split()[0] for text in headless.CommandHelp}
        typed = terminal.Command.HELP.templates[Language.ENGLISH]
        slashed = set(re.findall(r"^/[a-z]+", typed, re.MULTILINE))
        self.assertTrue({"people", "stop"} <= verbs and "/who" in slashed)
        for language in Language:
            named = set(re.findall(r"`(/?[a-z]+)[ `]", help.page(language)))
            self.assertEqual((verbs | slashed) - named, set())

    def test_what_is_bold_stands_on_something_in_a_window(self) -> None:
        for language in Language:
            templates = [text.templates[language] for kind in text_kinds() for text in kind]
            labels = {one.replace("&", "").strip(" \u2026") for one in templates}
            labelled = written(language, Style.BOLD)
            self.assertGreater(len(labelled), 10)
            self.assertEqual([one for one in labelled if one not in labels], [])

    def test_tables_have_two_columns(self) -> None:
        for language in Language:
            for part in parts(language):
                if isinstance(part, markdown.Row):
                    self.assertEqual(len(part.cells), 2, part)


if __name__ == "__main__":
    unittest.main()
