"""X25519 against Wycheproof's vectors: edges of the arithmetic, the twist, low order."""

import json
import unittest
from pathlib import Path
from typing import NamedTuple

from chatroom.crypto import cpace
from chatroom.crypto.host_key import HostKey

VECTORS = Path(__file__).with_name("x25519_vectors.json")
COUNT = 518
OF_LOW_ORDER = 31
ZERO = bytes(cpace.POINT_SIZE)


class Vector(NamedTuple):
    """What is multiplied, what comes of it, and what is special about it."""

    public: bytes
    private: bytes
    shared: bytes
    result: str
    flags: frozenset[str]

    @property
    def is_of_low_order(self) -> bool:
        return "LowOrderPublic" in self.flags


def load() -> list[Vector]:
    held = json.loads(VECTORS.read_text("utf-8"))
    assert tuple(held["fields"]) == Vector._fields
    unhex = bytes.fromhex
    return [
        Vector(unhex(public), unhex(private), unhex(shared), result, frozenset(flags))
        for public, private, shared, result, flags in held["vectors"]
    ]


class Wycheproof(unittest.TestCase):
    vectors: list[Vector]

    @classmethod
    def setUpClass(cls) -> None:
        cls.vectors = load()

    def test_all_of_them_are_here_each_once(self) -> None:
        pairs = {(one.public, one.private) for one in self.vectors}
        self.assertEqual((len(self.vectors), len(pairs)), (COUNT, COUNT))
        self.assertEqual({one.result for one in self.vectors}, {"valid", "acceptable"})
        low = [one for one in self.vectors if one.is_of_low_order]
        self.assertEqual(len(low), OF_LOW_ORDER)

    def test_every_product_is_the_expected_one(self) -> None:
        for number, one in enumerate(self.vectors, 1):
            with self.subTest(number=number, flags=sorted(one.flags)):
                self.assertEqual(cpace.scalar_mult(one.private, one.public), one.shared)

    def test_low_order_gives_zero_and_is_refused_and_nothing_else_is(self) -> None:
        for number, one in enumerate(self.vectors, 1):
            with self.subTest(number=number, flags=sorted(one.flags)):
                self.assertEqual(one.shared == ZERO, one.is_of_low_order)
                if one.is_of_low_order:
                    with self.assertRaises(cpace.LowOrderPoint):
                        cpace.scalar_mult_vfy(one.private, one.public)
                    with self.assertRaises(cpace.LowOrderPoint):
                        HostKey(one.private).shared(one.public)
                else:
                    self.assertEqual(cpace.scalar_mult_vfy(one.private, one.public), one.shared)


if __name__ == "__main__":
    unittest.main()
