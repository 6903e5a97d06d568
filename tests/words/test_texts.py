"""The languages: no text missing, unused, or with other fields in one of them."""

import ast
import importlib
import pkgutil
import string
import unittest
from collections.abc import Iterator
from pathlib import Path

from chatroom import words
from chatroom.words import about, languages
from chatroom.words.about import Key, Pair, Sentences, sentences_about
from chatroom.words.languages import Language
from chatroom.words.phrases import Phrase
from chatroom.words.text import Text, fill

ROOT = Path(words.__file__).resolve().parent.parent.parent


def text_kinds() -> list[type[Text]]:
    """Return every enum of texts."""
    for module in pkgutil.iter_modules(words.__path__):
        importlib.import_module(f"chatroom.words.{module.name}")
    return Text.__subclasses__()


def parts() -> dict[str, Sentences]:
    """Return the sentences about every part of the house."""
    names = [module.name for module in pkgutil.iter_modules(about.__path__)]
    return {
        name: importlib.import_module(f"chatroom.words.about.{name}").SENTENCES for name in names
    }


def all_sentences() -> dict[Key, Pair]:
    """Return all sentences, whatever they are about."""
    return {key: pair for part in parts().values() for key, pair in part.table.items()}


def sources() -> Iterator[Path]:
    """Yield the program's own modules."""
    yield from (ROOT / "server.py", ROOT / "client.py", ROOT / "storage.py")
    yield from (ROOT / "chatroom").rglob("*.py")


def uses() -> set[tuple[str, str]]:
    """Return what stands in the program as `Kind.MEMBER` or `module.Kind.MEMBER`."""
    found = set()
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Attribute(ast.Name(kind) | ast.Attribute(attr=kind), member):
                    found.add((kind, member))
    return found


def fields(template: str) -> set[str]:
    """Return the names of all fields."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


class Texts(unittest.TestCase):
    def test_every_text_is_there_in_every_language(self) -> None:
        for kind in text_kinds():
            for text in kind:
                with self.subTest(text):
                    self.assertEqual(set(text.templates), set(Language))
                    self.assertTrue(all(text.templates.values()))

    def test_every_text_has_the_same_fields_in_every_language(self) -> None:
        for kind in text_kinds():
            for text in kind:
                with self.subTest(text):
                    ours, theirs = map(fields, text.templates.values())
                    self.assertEqual(ours, theirs)
                    self.assertNotIn("", ours)

    def test_every_text_is_used(self) -> None:
        used = uses()
        for kind in text_kinds():
            for name in kind.__members__:
                with self.subTest(f"{kind.__name__}.{name}"):
                    self.assertTrue((kind.__name__, name) in used, "nobody says it")

    def test_nothing_is_said_twice_in_one_place(self) -> None:
        for kind in text_kinds():
            for name, text in kind.__members__.items():
                self.assertEqual(name, text.name, f"{kind.__name__} has it as {text.name}")


class AboutParts(unittest.TestCase):
    def test_every_sentence_has_the_same_fields_in_every_language(self) -> None:
        for key, (ours, theirs) in all_sentences().items():
            with self.subTest(key):
                self.assertTrue(ours and theirs)
                self.assertEqual(fields(ours), fields(theirs))
                self.assertNotIn("", fields(ours))

    def test_every_sentence_is_where_it_is_looked_for(self) -> None:
        for part, sentences in parts().items():
            for key in sentences.table:
                kind = key[0] if isinstance(key, tuple) else key
                with self.subTest(key):
                    told = kind if isinstance(kind, type) else type(kind)
                    self.assertIs(sentences_about(told), sentences, f"{part} is no place for it")


class Spoken(unittest.TestCase):
    def setUp(self) -> None:
        self.addCleanup(languages.use, Language.ENGLISH)

    def test_numbers_choose_the_form_and_are_grouped_as_the_language_does(self) -> None:
        self.assertRegex(Phrase.WAITS(count=1), "^1 message waits")
        self.assertRegex(Phrase.WAITS(count=1204), "^1,204 messages wait")
        languages.use(Language.INDONESIAN)
        self.assertRegex(Phrase.WAITS(count=1), "^1 pesan menunggu")
        self.assertRegex(Phrase.WAITS(count=1204), r"^1\.204 pesan menunggu")

    def test_a_number_stands_with_its_noun(self) -> None:
        template = "{path} holds {count:message|messages}"
        for count, said in ((0, "0 messages"), (1, "1 message"), (1204, "1,204 messages")):
            fields = {"path": "a|b", "count": count}
            self.assertEqual(fill(template, fields), f"a|b holds {said}")

    def test_language_can_be_switched_at_any_time(self) -> None:
        self.assertEqual(words.reconnecting(0, stopped=False), "Reconnecting \u2026")
        languages.use(Language.INDONESIAN)
        self.assertEqual(words.reconnecting(0, stopped=False), "Menyambung kembali \u2026")

    def test_what_is_filled_in_is_no_template(self) -> None:
        self.assertEqual(Phrase.ONE_CAME(name="{x} }{"), "{x} }{ joined.")


class System(unittest.TestCase):
    def test_environment_says_which_language(self) -> None:
        for environment, expected in (
            ({"LANG": "id_ID.UTF-8"}, Language.INDONESIAN),
            ({"LANG": "in_ID"}, Language.INDONESIAN),
            ({"LANG": "id"}, Language.INDONESIAN),
            ({"LANG": "en_GB.UTF-8"}, Language.ENGLISH),
            ({"LANG": "de_DE.UTF-8"}, Language.ENGLISH),
            ({"LANG": "C.UTF-8"}, Language.ENGLISH),
            ({"LANG": "en_US.UTF-8", "LC_ALL": "id_ID"}, Language.INDONESIAN),
            ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "id_ID"}, Language.INDONESIAN),
            ({"LANG": "en_US.UTF-8", "LANGUAGE": "id:en"}, Language.INDONESIAN),
            ({"LANG": "id_ID", "LC_ALL": "", "LANGUAGE": ""}, Language.INDONESIAN),
        ):
            with self.subTest(environment):
                self.assertIs(languages.system_language(environment), expected)

    def test_system_that_says_nothing_is_asked_and_answers(self) -> None:
        self.assertIn(languages.system_language({}), Language)


if __name__ == "__main__":
    unittest.main()
