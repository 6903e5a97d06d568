"""The host's own key: what is shared, and what two people compare."""

import unittest

from chatroom.crypto.cpace import LowOrderPoint
from chatroom.crypto.host_key import HostKey, fingerprint

ALICE = HostKey(bytes.fromhex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"))
BOB = HostKey(bytes.fromhex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb"))


class Keys(unittest.TestCase):
    def test_diffie_hellman_of_rfc_7748_section_6_1(self) -> None:
        self.assertEqual(
            ALICE.public.hex(), "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"
        )
        shared = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"
        self.assertEqual(ALICE.shared(BOB.public).hex(), shared)
        self.assertEqual(BOB.shared(ALICE.public).hex(), shared)

    def test_point_of_low_order_shares_nothing(self) -> None:
        for low in (0, 1, 2**255 - 20, 2**255 - 19):
            with self.assertRaises(LowOrderPoint):
                ALICE.shared(low.to_bytes(32, "little"))

    def test_fingerprint_is_short_and_another_for_each_key(self) -> None:
        self.assertRegex(fingerprint(ALICE.public), r"^([0-9a-f]{4}-){4}[0-9a-f]{4}$")
        self.assertNotEqual(fingerprint(ALICE.public), fingerprint(BOB.public))


if __name__ == "__main__":
    unittest.main()
