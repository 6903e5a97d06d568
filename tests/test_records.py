"""Records: equal by type and values, and nobody alters them."""

import unittest

from chatroom.records import Record, replace


class Nothing(Record):
    """Without fields."""


class Point(Record):
    """With two."""

    x: int
    y: int


class Named(Record):
    """With defaults."""

    name: str
    size: int = 1
    tags: tuple[str, ...] = ()


class Pair(Record):
    """With the fields of a Point."""

    x: int
    y: int


class Records(unittest.TestCase):
    def test_fields_are_given_by_place_or_by_name(self) -> None:
        for point in (Point(1, 2), Point(1, y=2), Point(y=2, x=1)):
            self.assertEqual((point.x, point.y), (1, 2))
            self.assertEqual(list(vars(point)), ["x", "y"])

    def test_fields_that_are_not_given_have_their_defaults(self) -> None:
        self.assertEqual(vars(Named("a")), {"name": "a", "size": 1, "tags": ()})
        self.assertEqual(Named("a", tags=("b",)), Named("a", 1, ("b",)))

    def test_missing_unknown_doubled_and_too_many_fields_are_refused(self) -> None:
        for make in (
            lambda: Point(1),  # type: ignore[call-arg]
            lambda: Point(1, 2, 3),  # type: ignore[call-arg]
            lambda: Point(1, 2, x=1),  # type: ignore[misc]
            lambda: Point(1, z=2),  # type: ignore[call-arg]
            lambda: Point(1, 2, z=3),  # type: ignore[call-arg]
            lambda: Named(size=1),  # type: ignore[call-arg]
            lambda: Named("a", 2, size=2),  # type: ignore[misc]
            lambda: Nothing(1),
        ):
            with self.assertRaises(TypeError):
                make()

    def test_equal_are_those_of_one_type_and_the_same_values(self) -> None:
        self.assertEqual(Point(1, 2), Point(1, 2))
        self.assertNotEqual(Point(1, 2), Point(1, 3))
        self.assertNotEqual(Point(1, 2), Pair(1, 2))
        self.assertNotEqual(Point(1, 2), (1, 2))
        self.assertEqual(len({Point(1, 2), Point(1, 2), Pair(1, 2)}), 2)

    def test_one_without_fields_is_true(self) -> None:
        self.assertTrue(Nothing())
        self.assertEqual(Nothing(), Nothing())

    def test_nobody_alters_one(self) -> None:
        point = Point(1, 2)
        with self.assertRaises(AttributeError):
            point.x = 3  # type: ignore[misc]
        with self.assertRaises(AttributeError):
            del point.x
        self.assertEqual(point, Point(1, 2))

    def test_another_is_made_with_other_values(self) -> None:
        point = Point(1, 2)
        self.assertEqual((replace(point, y=5), point), (Point(1, 5), Point(1, 2)))
        with self.assertRaises(TypeError):
            replace(point, z=5)

    def test_it_can_be_taken_apart_by_a_match(self) -> None:
        match Point(1, 2):
            case Pair():
                self.fail("a Point is no Pair")
            case Point(x, y=y):
                self.assertEqual((x, y), (1, 2))

    def test_it_shows_its_type_and_fields(self) -> None:
        self.assertEqual(repr(Named("a")), "Named(name='a', size=1, tags=())")


if __name__ == "__main__":
    unittest.main()
