"""The server without a window, before it starts."""

import unittest
from unittest import mock

from chatroom.problems import WrongInput
from chatroom.protocol import names
from chatroom.terminal import headless


class Names(unittest.TestCase):
    def test_name_that_is_none_is_refused_before_anything_starts(self) -> None:
        for name, reason in (
            ("System", names.BadName.RESERVED),
            ("x" * 33, names.BadName.TOO_LONG),
            (" ", names.BadName.MISSING),
        ):
            driver = mock.Mock()
            with self.assertRaises(WrongInput) as wrong:
                headless.Headless(driver, name)
            self.assertIs(wrong.exception.reason, reason)
            self.assertEqual(driver.mock_calls, [])


if __name__ == "__main__":
    unittest.main()
