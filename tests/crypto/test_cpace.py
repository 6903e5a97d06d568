"""CPace against the draft's vectors, RFC 7748's, and values of the project's own."""

import json
import unicodedata
import unittest
from collections.abc import Callable
from pathlib import Path
from typing import Any

from chatroom.crypto import cpace

VECTORS = Path(__file__).with_name("cpace_vectors.json")
"""The figures of the draft's appendix of test vectors."""
CI = cpace.lv_cat(b"chatroom 1", b"client", b"server")
SID = bytes(16)
FIELD_PRIME = 2**255 - 19
LOW_ORDER_POINTS = [
    *(u.to_bytes(32, "little") for u in (0, 1)),
    *((FIELD_PRIME + d).to_bytes(32, "little") for d in (-1, 0, 1)),
    bytes.fromhex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"),
    bytes.fromhex("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"),
]


def counting_from(start: int) -> Callable[[int], bytes]:
    """Return an entropy function that gives start, start + 1, ..."""
    return lambda count: bytes(range(start, start + count))


def shares(initiator: str, responder: str) -> tuple[cpace.Share, cpace.Share]:
    """Return the shares of two sides that typed these passwords."""
    return (
        cpace.Share(cpace.prs(initiator), CI, SID, counting_from(1)),
        cpace.Share(cpace.prs(responder), CI, SID, counting_from(101)),
    )


def finish(one: cpace.Share, other: cpace.Share) -> tuple[bytes, bytes]:
    """Return what either side takes for the shared key."""
    return (
        one.finish_as_initiator(other.public),
        other.finish_as_responder(one.public),
    )


class DraftVectors(unittest.TestCase):
    vectors: dict[str, Any]

    @classmethod
    def setUpClass(cls) -> None:
        cls.vectors = json.loads(VECTORS.read_text("utf-8"))

    def test_exchange(self) -> None:
        v = {name: bytes.fromhex(value) for name, value in self.vectors["cpace"].items()}
        g = cpace.generator(v["PRS"], v["CI"], v["sid"])
        self.assertEqual(g, v["g"])
        one = cpace.Share(v["PRS"], v["CI"], v["sid"], lambda count: v["ya"])
        other = cpace.Share(v["PRS"], v["CI"], v["sid"], lambda count: v["yb"])
        self.assertEqual(one.public, v["Ya"])
        self.assertEqual(other.public, v["Yb"])
        self.assertEqual(cpace.scalar_mult_vfy(v["ya"], v["Yb"]), v["K"])
        self.assertEqual(cpace.scalar_mult_vfy(v["yb"], v["Ya"]), v["K"])
        isk = cpace.intermediate_session_key(v["sid"], v["K"], v["Ya"], v["ADa"], v["Yb"], v["ADb"])
        self.assertEqual(isk, v["ISK_IR"])

    def test_twelve_points_of_which_seven_abort(self) -> None:
        scalar = bytes.fromhex(self.vectors["scalar_mult_vfy"]["s"])
        cases = self.vectors["scalar_mult_vfy"]["cases"]
        self.assertEqual((len(cases), sum(case["abort"] for case in cases)), (12, 7))
        for case in cases:
            with self.subTest(u=case["u"]):
                u, q = bytes.fromhex(case["u"]), bytes.fromhex(case["q"])
                self.assertEqual(cpace.scalar_mult(scalar, u), q)
                if case["abort"]:
                    with self.assertRaises(cpace.LowOrderPoint):
                        cpace.scalar_mult_vfy(scalar, u)
                else:
                    self.assertEqual(cpace.scalar_mult_vfy(scalar, u), q)


class KnownAnswers(unittest.TestCase):
    """RFC 7748, section 5.2, the draft's lv_cat example, and values of our own."""

    def test_x25519(self) -> None:
        scalar = bytes.fromhex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4")
        point = bytes.fromhex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c")
        self.assertEqual(
            cpace.scalar_mult(scalar, point).hex(),
            "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
        )

    def test_x25519_of_the_base_point(self) -> None:
        base = (9).to_bytes(32, "little")
        self.assertEqual(
            cpace.scalar_mult(base, base).hex(),
            "422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079",
        )

    def test_lv_cat(self) -> None:
        self.assertEqual(
            cpace.lv_cat(b"1234", b"5", b"", b"678").hex(), "0431323334013500" + "03363738"
        )
        self.assertEqual(cpace.lv_cat(bytes(127))[:2], b"\x7f\0")
        self.assertEqual(cpace.lv_cat(bytes(128))[:3], b"\x80\x01\0")
        self.assertEqual(cpace.lv_cat(bytes(300))[:3], b"\xac\x02\0")

    def test_generator(self) -> None:
        self.assertEqual(
            cpace.generator(cpace.prs("correct horse"), CI, SID).hex(),
            "5fdf9d8c6db463a35a7e417050bc0dfb5f6c338d1d04628f3b246e06b8298d7b",
        )

    def test_generator_of_a_password_longer_than_a_hash_block(self) -> None:
        self.assertEqual(
            cpace.generator(b"x" * 200, b"ci", b"sid").hex(),
            "f28fcde5f0618168a213b5108bdd162e60e2863e28207db0e1cd1b1cf7df6a08",
        )

    def test_exchange(self) -> None:
        one, other = shares("correct horse", "correct horse")
        self.assertEqual(
            one.public.hex(),
            "8f9d684abcb9398e67a5edb8517a45b7b76fd83f4249259fb309a8a33e657141",
        )
        self.assertEqual(
            other.public.hex(),
            "f37f62bafa96016e669110a810886531ac27d8c9c2139ae9cb8f93a940207e37",
        )
        self.assertEqual(
            one.finish_as_initiator(other.public).hex(),
            "2b0a04138594130496c3e894ca59e28733279a47fb6c1dc00852d88a1c40ff3c"
            "f8ac61fda47cdfed70f26fa1918ec1681d99a69409e4b9f11a0fa44b0af2a04e",
        )

    def test_password_is_normalized(self) -> None:
        self.assertEqual(cpace.prs("Cafe\N{COMBINING ACUTE ACCENT}").hex(), "436166c3a9")


class Exchange(unittest.TestCase):
    def test_same_password_gives_both_sides_one_key(self) -> None:
        ours, theirs = finish(*shares("correct horse", "correct horse"))
        self.assertEqual(ours, theirs)
        self.assertEqual(len(ours), 64)

    def test_different_passwords_give_different_keys(self) -> None:
        ours, theirs = finish(*shares("correct horse", "Correct horse"))
        self.assertNotEqual(ours, theirs)

    def test_however_a_keyboard_composes_the_password_the_key_is_one(self) -> None:
        for password in ("Jalapeño", "Ångström", "한국어", "", "ﬁ"):
            composed, decomposed = (
                unicodedata.normalize(form, password) for form in ("NFC", "NFD")
            )
            with self.subTest(password=password):
                ours, theirs = finish(*shares(composed, decomposed))
                self.assertEqual(ours, theirs)

    def test_look_alikes_beyond_composition_are_different_passwords(self) -> None:
        self.assertNotEqual(cpace.prs("ﬁ"), cpace.prs("fi"))  # NFC, not NFKC

    def test_every_password_selects_a_point_of_the_curve(self) -> None:
        for number in range(20):
            u = int.from_bytes(cpace.generator(cpace.prs(f"password {number}"), CI, SID), "little")
            v_squared = u * (u * u + 486662 * u + 1)
            self.assertEqual(pow(v_squared, (FIELD_PRIME - 1) // 2, FIELD_PRIME), 1)

    def test_another_session_or_channel_gives_another_key(self) -> None:
        ours = cpace.Share(cpace.prs("x"), CI, SID, counting_from(1))
        for ci, sid in ((CI, b"another exchange"), (b"another protocol", SID)):
            with self.subTest(ci=ci, sid=sid):
                theirs = cpace.Share(cpace.prs("x"), ci, sid, counting_from(1))
                self.assertNotEqual(ours.public, theirs.public)

    def test_two_sides_in_the_same_role_do_not_agree(self) -> None:
        one, other = shares("x", "x")
        self.assertNotEqual(
            one.finish_as_initiator(other.public), other.finish_as_initiator(one.public)
        )

    def test_bit_255_of_a_received_share_is_ignored_in_the_product(self) -> None:
        scalar = bytes(range(32))
        point = shares("x", "x")[0].public
        flipped = point[:-1] + bytes((point[-1] ^ 0x80,))
        self.assertEqual(cpace.scalar_mult(scalar, flipped), cpace.scalar_mult(scalar, point))

    def test_share_of_low_order_is_refused_on_both_sides(self) -> None:
        for point in LOW_ORDER_POINTS:
            with self.subTest(point=point.hex()):
                one, other = shares("x", "x")
                with self.assertRaises(cpace.LowOrderPoint):
                    one.finish_as_initiator(point)
                with self.assertRaises(cpace.LowOrderPoint):
                    other.finish_as_responder(point)

    def test_share_is_used_once(self) -> None:
        one, other = shares("x", "x")
        finish(one, other)
        with self.assertRaises(RuntimeError):
            one.finish_as_initiator(other.public)
        with self.assertRaises(RuntimeError):
            other.finish_as_responder(one.public)

    def test_share_is_forgotten_even_where_the_exchange_is_aborted(self) -> None:
        one, other = shares("x", "x")
        with self.assertRaises(cpace.LowOrderPoint):
            one.finish_as_initiator(bytes(32))
        with self.assertRaises(RuntimeError):
            one.finish_as_initiator(other.public)

    def test_scalar_is_drawn_once_from_the_given_entropy(self) -> None:
        asked: list[int] = []

        def entropy(count: int) -> bytes:
            asked.append(count)
            return bytes(range(count))

        cpace.Share(cpace.prs("x"), CI, SID, entropy)
        self.assertEqual(asked, [32])
