"""What a person likes is kept, and what a file says that is nothing we know has its default."""

import json
import shutil
import tempfile
import unittest
from pathlib import Path

from chatroom.preferences import ZOOM_LEAST, ZOOM_MOST, Preferences, PreferencesFile


class PreferencesTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, folder)
        self.path = folder / "chatroom" / "preferences.json"
        self.file = PreferencesFile(self.path)

    def load(self, kept: object) -> Preferences:
        self.path.parent.mkdir(exist_ok=True)
        self.path.write_text(kept if isinstance(kept, str) else json.dumps(kept))
        return self.file.load()

    def test_before_anything_was_chosen_all_is_as_the_system_has_it(self) -> None:
        self.assertEqual(self.file.load(), Preferences(language="", look="", zoom=1.0))
        self.assertFalse(self.path.parent.exists(), "reading wrote something")

    def test_what_was_chosen_is_there_at_the_next_start(self) -> None:
        for chosen in (Preferences("id", "dark", 1.25), Preferences("", "light", ZOOM_MOST)):
            self.file.save(chosen)
            self.assertEqual(PreferencesFile(self.path).load(), chosen)
        self.file.forget()
        self.assertEqual(self.file.load(), Preferences())
        self.assertEqual(list(self.path.parent.iterdir()), [])

    def test_what_is_nothing_we_know_has_its_default_and_the_rest_stays(self) -> None:
        for kept in (
            {"language": "xx", "look": "dark", "zoom": 2},
            {"language": ["id"], "look": "dark", "zoom": 2.0, "sound": "loud"},
            {"look": "dark", "zoom": 2},
        ):
            self.assertEqual(self.load(kept), Preferences("", "dark", 2.0))
        for look in ("blue", "1", "DARK"):
            self.assertEqual(self.load({"language": "en", "look": look}), Preferences("en"))
        for zoom in ("0", "-1", "NaN", "Infinity", "1" * 400, '"2"', "null", "[]", "false"):
            self.assertEqual(self.load(f'{{"look": "light", "zoom": {zoom}}}').zoom, 1.0, zoom)
        self.assertEqual([*self.path.parent.iterdir()], [self.path])
        self.assertEqual(self.load({"zoom": ZOOM_LEAST}).zoom, ZOOM_LEAST)

    def test_a_file_that_cannot_be_read_is_set_aside(self) -> None:
        for kept in ("", "no JSON", "[]", "null", "3"):
            self.assertEqual(self.load(kept), Preferences())
            self.assertFalse(self.path.exists(), kept)
        self.file.save(Preferences("id"))
        self.assertEqual(self.file.load(), Preferences("id"))


if __name__ == "__main__":
    unittest.main()
