"""Output that nobody takes holds up nothing, and what it lost is known."""

import os
import sys
import threading
import unittest
from typing import BinaryIO, TextIO
from unittest import mock

from chatroom.terminal import output
from chatroom.terminal.output import Output, is_reader_gone


class OutputTest(unittest.TestCase):
    def pipe(self) -> tuple[BinaryIO, TextIO]:
        """Return both ends of a pipe that are closed with the test."""
        reader, writer = os.pipe()
        ends = open(reader, "rb"), open(writer, "w", encoding="utf-8")  # noqa: SIM115
        self.addCleanup(ends[1].close)
        self.addCleanup(ends[0].close)  # first, so that no write hangs in the other
        return ends

    def test_lines_are_written_in_order_as_utf_8(self) -> None:
        reader, writer = self.pipe()
        out = Output(writer)
        for text in ("one\n", "zw\u00f6lf \U0001f9f6\n", "lone \udcff\n"):
            out.write(text)
        self.assertTrue(out.close(10))
        writer.close()
        self.assertEqual(
            reader.read().decode().splitlines(), ["one", "zw\u00f6lf \U0001f9f6", "lone ?"]
        )
        self.assertIsNone(out.error)

    def test_pipe_that_nobody_reads_holds_up_neither_writer_nor_end(self) -> None:
        _, writer = self.pipe()
        with mock.patch.object(output, "WAITING_MOST", 100):
            out = Output(writer)
        for _ in range(1000):
            out.write("x" * 10_000 + "\n")  # more than any pipe takes
        self.assertGreater(out.lost, 0)
        self.assertFalse(out.close(0.05))

    def test_who_wants_every_line_waits_as_long_as_it_is_wanted(self) -> None:
        reader, writer = self.pipe()
        out = Output(writer)
        done = threading.Event()
        lines = output.WAITING_MOST + 5000

        def write() -> None:
            for number in range(lines):
                out.write(f"{number} {'x' * 60}\n", lambda: True)
            done.set()

        threading.Thread(target=write, daemon=True).start()
        seen = [int(reader.readline().split()[0]) for _ in range(lines)]
        self.assertEqual(seen, list(range(lines)))
        self.assertTrue(done.wait(10))
        self.assertEqual(out.lost, 0)

    def test_reader_that_has_gone_is_told_once(self) -> None:
        reader, writer = self.pipe()
        told: list[OSError] = []
        out = Output(writer, told.append)
        reader.close()
        out.write("one\n")
        out.write("two\n")
        self.assertTrue(out.close(10))
        self.assertEqual(len(told), 1)
        self.assertTrue(is_reader_gone(told[0]))
        self.assertEqual(out.lost, 2)

    def test_flush_waits_until_all_is_written_but_not_for_ever(self) -> None:
        reader, writer = self.pipe()
        out = Output(writer)
        for number in range(100):
            out.write(f"{number}\n")
        out.flush(10)
        self.assertEqual(os.read(reader.fileno(), 65536).count(b"\n"), 100)
        out.write("x" * 1_000_000)  # more than any pipe takes
        out.flush(0.05)

    def test_program_without_a_stream_says_nothing(self) -> None:
        out = Output(None)
        out.write("one\n")
        self.assertTrue(out.close(10))
        self.assertIsNone(out.error)

    @unittest.skipUnless(os.path.exists("/dev/full"), "this system has no /dev/full")
    def test_full_disk_is_no_gone_reader(self) -> None:
        with open("/dev/full", "w", encoding="utf-8") as full:
            out = Output(full)
            out.write("one\n")
            self.assertTrue(out.close(10))
        assert out.error is not None
        self.assertFalse(is_reader_gone(out.error))

    def test_gone_reader_as_windows_says_it(self) -> None:
        self.assertEqual(is_reader_gone(OSError(22, "Invalid argument")), sys.platform == "win32")


if __name__ == "__main__":
    unittest.main()
