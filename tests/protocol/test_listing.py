"""Pages of the list of people in datagrams: encoded, decoded, and refused where damaged."""

import random
import unittest
from itertools import pairwise

from chatroom.protocol import changes, entries, listing, messages, wire
from chatroom.protocol.listing import Page

NAMES = ("Tuan", "Zoë 🧶", "x" * 128)


def encoded(page: Page) -> bytes:
    [body] = listing.pack_names(page.names)
    return listing.encode_page(
        body, number=page.number, version=page.version, part=page.part, parts=page.parts
    )


PAYLOAD = encoded(Page(8, 9, 2, 3, NAMES))


class RoundTrip(unittest.TestCase):
    def test_page_comes_back(self) -> None:
        most_16, most_32 = 2**16 - 1, 2**32 - 1
        for page in (
            Page(8, 9, 2, 3, NAMES),
            Page(0, 0, 0, 1, ()),
            Page(most_32, most_32, most_16 - 1, most_16, ("Bo",)),
        ):
            self.assertEqual(listing.decode_page(encoded(page)), page)

    def test_payload_is_that_of_the_table(self) -> None:
        self.assertEqual(
            encoded(Page(5, 6, 7, 8, ("Bo",))), b"\x03\0\0\0\x05\0\0\0\x06\0\x07\0\x08\x02Bo"
        )

    def test_it_is_told_from_all_else(self) -> None:
        self.assertTrue(listing.is_page(PAYLOAD))
        self.assertIsNone(changes.decode_changes(PAYLOAD))
        self.assertIsNone(entries.decode_entries(PAYLOAD))
        for other in (
            entries.encode_entries(b"", head=1, version=1),
            changes.encode_changes(changes.Changes(1, ()), head=1),
            messages.encode_request(1, messages.Ping()),
            b"",
        ):
            self.assertFalse(listing.is_page(other))
            self.assertIsNone(listing.decode_page(other))

    def test_names_fill_as_few_pages_as_hold_them(self) -> None:
        chance = random.Random(1)
        for size in (1, 10, 127, 128):
            names = ["x" * chance.randint(1, size) for _ in range(1000)]
            bodies = listing.pack_names(names)
            pages = [
                listing.encode_page(body, number=1, version=1, part=part, parts=len(bodies))
                for part, body in enumerate(bodies)
            ]
            read = [listing.decode_page(page) for page in pages]
            self.assertEqual([name for page in read if page for name in page.names], names)
            for one, other in pairwise(pages):
                self.assertLessEqual(len(one), wire.PAYLOAD_SIZE)
                self.assertGreater(len(one) + 1 + other[listing_header()], wire.PAYLOAD_SIZE)

    def test_nobody_is_on_one_empty_page(self) -> None:
        self.assertEqual(listing.pack_names(()), [b""])


def listing_header() -> int:
    """Return where the size of the first name stands."""
    return len(listing.encode_page(b"", number=0, version=0, part=0, parts=1))


class Damaged(unittest.TestCase):
    def test_cut_anywhere_within_a_name(self) -> None:
        ends = {len(encoded(Page(8, 9, 2, 3, NAMES[:n]))) for n in range(1, 4)}
        for size in set(range(len(PAYLOAD))) - ends:
            self.assertIsNone(listing.decode_page(PAYLOAD[:size]), size)

    def test_names_that_are_none(self) -> None:
        head = encoded(Page(1, 1, 0, 1, ()))
        for name in (b"\x00", b"\x02\xc3\x28", b"\x81" + b"x" * 129, b"\x02\xed\xa0"):
            self.assertIsNone(listing.decode_page(head + name), name)

    def test_parts_that_there_are_not(self) -> None:
        for part, parts in ((0, 0), (1, 1), (9, 3)):
            self.assertIsNone(listing.decode_page(encoded(Page(1, 1, part, parts, ("Bo",)))))

    def test_empty_page_among_others(self) -> None:
        self.assertIsNone(listing.decode_page(encoded(Page(1, 1, 0, 2, ()))))

    def test_no_bytes_raise(self) -> None:
        chance = random.Random(2)
        for _ in range(20_000):
            data = bytearray(PAYLOAD)
            for _ in range(chance.randint(1, 4)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            listing.decode_page(bytes(data))


if __name__ == "__main__":
    unittest.main()
