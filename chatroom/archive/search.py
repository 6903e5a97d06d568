"""A search through an archive, newest first, in slices that delay nobody.

Each slice looks at a bounded piece: at some blocks of the file, in which a `Sieve` tells
what lines may match, or at some of those lines, which are decoded. What it says is exactly
what `Query.matches` says of the entries.

What 1,000,000 messages of 120 MB cost on a busy machine of two cores (`python -m
tests.benchmarks search`): a rare word 0.2 to 0.35 s, where a twentieth of the lines are not
even 0.4 s. The slow cases: a word in every Room, Time or Id cell 3 to 4.5 s, since each line
is looked at; and what `rows` writes in another way alone (a quote, a control character), or
a word in most texts, 10 to 30 s, since each line is decoded, though the first answer to a
common word comes after 5 ms. Slices are of 0.5 ms in the quick cases, 1 ms in the slow ones.
"""

import io
from collections.abc import Iterator

from chatroom.archive.records import Records
from chatroom.archive.sieve import Sieve
from chatroom.protocol.search import Query, Slice

BLOCK_SIZE = 1 << 16
BLOCK_RECORDS = 250
BLOCKS_A_SLICE = 6
"""Blocks in which the sieve finds nothing at all, 0.1 ms each; what else it costs, in these:"""
LOOKED_AT_A_BLOCK = 40  # lines that hold a probe somewhere, or are not even
DECODED_A_BLOCK = 5  # records


def slices(file: io.FileIO, records: Records, query: Query, before: int) -> Iterator[Slice]:
    """Look at all records before this number, or at all (0); the last slice ends at 1.

    What is appended meanwhile is not looked at. Raises Damaged where a line that may match
    is not what it was, and OSError.
    """
    reached = min(before, len(records) + 1) if before else len(records) + 1
    if not query or reached <= 1:
        yield Slice((), 1)
        return
    sieve = Sieve(query)
    numbers: list[int] = []
    cost = 0.0  # of this slice so far, in blocks
    while reached > 1:
        low = records.back_from(reached - 1, BLOCK_SIZE, BLOCK_RECORDS)
        passed, looked_at = _sift(file, records, sieve, low, reached - 1)
        block_cost = 1 + looked_at / LOOKED_AT_A_BLOCK + len(passed) / DECODED_A_BLOCK
        cost += 1 + looked_at / LOOKED_AT_A_BLOCK
        for seq in passed:
            if cost >= BLOCKS_A_SLICE:
                yield Slice(tuple(numbers), seq + 1)
                numbers, cost = [], 0.0
            entry = records.read_one(file, seq)
            cost += 1 / DECODED_A_BLOCK
            if query.matches(entry.name, entry.text):
                numbers.append(seq)
        if cost + block_cost > BLOCKS_A_SLICE or low == 1:  # the next may be like this one
            yield Slice(tuple(numbers), low)
            numbers, cost = [], 0.0
        reached = low


def _sift(
    file: io.FileIO, records: Records, sieve: Sieve, low: int, high: int
) -> tuple[list[int], int]:
    """Return the records from `low` to `high` that may match, newest first.

    And how many lines were looked at one by one.
    """
    if low == high:  # as large as it may be, or with damaged lines after it
        return [high], 0
    block, uneven = records.read_block(file, low, high)
    lines, looked_at = sieve.sift(block)
    if lines and block.count(b"\n") != high - low + 1:  # there are damaged lines in it
        return list(range(high, low - 1, -1)), looked_at
    passed = {low + line for line in lines}
    passed.update(sieve.sift_uneven(uneven))
    return sorted(passed, reverse=True), looked_at + len(uneven)
