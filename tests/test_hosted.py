"""How the host's form was filled in last is there at the next start, without the password."""

import json
import shutil
import tempfile
import unittest
from pathlib import Path

from chatroom.hosted import Hosted, HostedFile

HOSTED = Hosted("0.0.0.0", "8080", "10.0.0.0/8", "/home/ana/a.csv", "Kebun \U0001f331", "Ana")


class HostedTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, folder)
        self.path = folder / "host.json"
        self.file = HostedFile(self.path)

    def test_what_was_filled_in_is_there_at_the_next_start(self) -> None:
        self.assertEqual(self.file.load(), Hosted())
        self.file.save(HOSTED)
        self.assertEqual(HostedFile(self.path).load(), HOSTED)
        self.file.forget()
        self.assertEqual(self.file.load(), Hosted())

    def test_no_password_is_in_it(self) -> None:
        self.file.save(HOSTED)
        kept = set(json.loads(self.path.read_text()))
        self.assertEqual(kept, {"host", "port", "allowed", "archive", "room", "name"})

    def test_what_is_nothing_of_ours_is_as_if_not_there(self) -> None:
        for kept, expected in (
            ({"room": "Garden", "port": 8080, "more": 1}, Hosted(room="Garden")),
            ({"room": "x" * 5000, "name": "a\nb", "host": None, "port": "9"}, Hosted(port="9")),
            ([], Hosted()),
        ):
            with self.subTest(kept):
                self.path.write_text(json.dumps(kept))
                self.assertEqual(self.file.load(), expected)
        self.assertFalse(self.path.exists(), "what is no such file is set aside")


if __name__ == "__main__":
    unittest.main()
