"""The program with one rule broken, here in the tests only: the checks must notice."""

import contextlib
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from unittest import mock

import storage
from chatroom.archive.index import Index, scan
from chatroom.client.catching_up import Stretch
from chatroom.client.member import Member
from chatroom.client.outbox import Outbox
from chatroom.crypto.sealing import TAG_SIZE, Tagger
from chatroom.protocol import messages
from chatroom.protocol.addresses import Address
from chatroom.protocol.entries import Entry, pack_entries
from chatroom.protocol.wire import Hello
from chatroom.server import room
from chatroom.server.door import Door
from chatroom.server.log import LogRefused
from chatroom.server.people import Claim, People
from chatroom.server.room import Room
from chatroom.server.session import Session
from storage import Archive

RULES: dict[str, Callable[[], contextlib.AbstractContextManager[object]]] = {}


def broken(rule: str) -> contextlib.AbstractContextManager[object]:
    """Return the context in which the rule is broken."""
    return RULES[rule]()


def _break(rule: str, owner: object, name: str, instead: object) -> None:
    RULES[rule] = lambda: mock.patch.object(owner, name, instead)


# The archive --------------------------------------------------------------------------

_append = Archive.append


def _append_unsynced(self: Archive, entries: Sequence[Entry]) -> None:
    with mock.patch.object(self, "_sync", lambda descriptor: None):
        _append(self, entries)


def _append_unheard(self: Archive, entries: Sequence[Entry]) -> None:
    with contextlib.suppress(LogRefused):
        _append(self, entries)


def _scan_without_counters(file: io.FileIO, *columns: int) -> Index:
    index = scan(file, *columns)
    index.records._counters.clear()
    return index


def _keep_torn_line(self: Archive, index: Index) -> Index:
    index.records.skip(index.tail_size)  # and the next row comes right after
    return index


_break("stored-before-sync", Archive, "append", _append_unsynced)
_break("full-disk-ignored", Archive, "append", _append_unheard)
_break("counters-forgotten", storage, "scan", _scan_without_counters)
_break("torn-line-kept", Archive, "_mend_end", _keep_torn_line)

# The room -----------------------------------------------------------------------------

_fetch = Room._fetch


def _say_unchecked(
    self: Room, session: Session, number: int, say: messages.Say, now: float
) -> None:
    for counter, text in enumerate(say.texts, start=say.counter):
        self._batch.drafts.append((session, counter, text))
    self._batch.waiting.append((session, number, say))


def _fetch_skipping(
    self: Room, session: Session, number: int, fetch: messages.Fetch, now: float
) -> None:
    _fetch(self, session, number, replace(fetch, first=fetch.first + 1), now)


def _stay(self: Room, session: Session, now: float) -> None:
    pass


def _pack_swapped(entries: Iterable[Entry], most: int) -> list[bytes]:
    """Give the first two entries each other's number."""
    packed = list(entries)
    if len(packed) > 1:
        one, two = packed[:2]
        packed[:2] = replace(two, seq=one.seq), replace(one, seq=two.seq)
    return pack_entries(packed, most)


_break("no-duplicate-check", Room, "_say", _say_unchecked)
_break("fetch-skips-one", Room, "_fetch", _fetch_skipping)
_break("address-not-followed", Room, "_move", _stay)
_break("order-swapped", room, "pack_entries", _pack_swapped)

# Names --------------------------------------------------------------------------------


def _grant_always(
    self: People, session: Session, number: int, join: messages.Join, now: float
) -> Claim:
    return Claim.GRANTED


def _leave_unreleased(self: People, session: Session) -> bool:
    return False


def _miss_nobody(self: People, now: float) -> list[Session]:
    return []


def _probe_without_pause(self: People, now: float) -> list[Session]:
    due = [one for one in self._contests.values() if now >= one.probe_at]
    return [contest.holder for contest in due]


_break("name-given-twice", People, "claim", _grant_always)
_break("name-not-released", People, "leave", _leave_unreleased)
_break("ghosts-never-go", People, "quiet", _miss_nobody)
_break("timer-spins", People, "holders_to_probe", _probe_without_pause)

# The door -----------------------------------------------------------------------------

_hello = Door.hello


def _hello_amplified(self: Door, hello: Hello, address: Address, now: float) -> None:
    for _ in range(30):
        _hello(self, hello, address, now)


def _forget_nothing(self: Door, now: float) -> None:
    pass


def _check_nothing(self: Tagger, tagged: bytes) -> bytes:
    return tagged[:-TAG_SIZE]


_break("amplified-answer", Door, "hello", _hello_amplified)
_break("half-open-for-ever", Door, "_forget_old", _forget_nothing)
_break("no-tag-check", Tagger, "check", _check_nothing)

# The member ---------------------------------------------------------------------------

_knock_anew = Member._knock_anew


def _take_across_gap(self: Stretch) -> tuple[Entry, ...]:
    grown = tuple(self._ahead[seq] for seq in sorted(self._ahead))
    self._ahead.clear()
    if grown:
        self.last, self.last_id = grown[-1].seq, grown[-1].id
    self.head = max(self.head, self.last)
    return grown


def _forget_unsaid(self: Member, now: float) -> None:
    if self._was_in:
        self._outbox = Outbox(now)
    _knock_anew(self, now)


_break("gap-shown", Stretch, "take_new", _take_across_gap)
_break("unsaid-forgotten", Member, "_knock_anew", _forget_unsaid)
