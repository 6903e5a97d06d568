"""What a member is told, as a set of types that nobody can alter."""

import inspect
import typing
import unittest

from chatroom.client import events
from chatroom.records import Record


class Kinds(unittest.TestCase):
    def test_all_that_is_told_is_one_union(self) -> None:
        here = {
            kind
            for _, kind in inspect.getmembers(events, inspect.isclass)
            if kind.__module__ == events.__name__
        }
        self.assertEqual(here, set(typing.get_args(events.MemberEvent)))

    def test_nobody_alters_an_event(self) -> None:
        left = events.Left(1)
        with self.assertRaises(AttributeError):
            left.unsaid = 2  # type: ignore[misc]
        for kind in typing.get_args(events.MemberEvent):
            self.assertTrue(issubclass(kind, Record), kind)


if __name__ == "__main__":
    unittest.main()
