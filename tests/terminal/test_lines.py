"""Lines of input: whole, without their ends, and never longer than is good."""

import random
import unittest

from chatroom.terminal.lines import LINE_MOST, split_lines


def lines(*chunks: bytes) -> list[bytes]:
    return list(split_lines(iter(chunks)))


class SplitLines(unittest.TestCase):
    def test_lines_lose_their_ends_and_nothing_else(self) -> None:
        self.assertEqual(lines(b" one \n\ttwo\r\nthree\r\r\n"), [b" one ", b"\ttwo", b"three\r"])

    def test_last_line_needs_no_end(self) -> None:
        self.assertEqual(lines(b"one\ntwo"), [b"one", b"two"])
        self.assertEqual(lines(b"one\n"), [b"one"])
        self.assertEqual(lines(), [])

    def test_chunks_may_end_anywhere(self) -> None:
        chance = random.Random(1)
        data = "".join(chance.choices("ab\u00e9\U0001f9f6\n\r", k=5000)).encode()
        whole = lines(data)
        for _ in range(20):
            cuts = sorted(chance.sample(range(len(data)), 40))
            pieces = [data[a:b] for a, b in zip([0, *cuts], [*cuts, len(data)], strict=True)]
            self.assertEqual(lines(*pieces), whole)

    def test_very_long_line_comes_in_pieces_between_characters(self) -> None:
        text = "\u00e9\U0001f9f6x" * (LINE_MOST // 3)
        data = text.encode()
        pieces = lines(*(data[n : n + 65536] for n in range(0, len(data), 65536)), b"\nnext\n")
        self.assertEqual(pieces.pop(), b"next")
        self.assertEqual("".join(piece.decode() for piece in pieces), text)
        self.assertLessEqual(max(map(len, pieces)), LINE_MOST)


if __name__ == "__main__":
    unittest.main()
