"""The program with one rule broken, here in the tests only: the checks must notice."""

import contextlib
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any
from unittest import mock

import storage
from chatroom.archive.index import Index, scan
from chatroom.client import states
from chatroom.client.asking import NEVER, Said, Told
from chatroom.client.catching_up import Stretch
from chatroom.client.contact import Contact
from chatroom.client.events import NewEntries, PageRead
from chatroom.client.finding import Finding
from chatroom.client.member import Member
from chatroom.client.outbox import Outbox
from chatroom.client.pages import Pages
from chatroom.client.roster import Roster
from chatroom.client.session import Refusals
from chatroom.client.trust import Trust
from chatroom.crypto.sealing import TAG_SIZE, SessionKeys, Tagger
from chatroom.protocol import agreement, entries, messages, wire
from chatroom.protocol.addresses import Address
from chatroom.protocol.changes import Changes
from chatroom.protocol.entries import Entry, pack_entries
from chatroom.protocol.names import name_key
from chatroom.protocol.search import Query, Slice
from chatroom.protocol.wire import Kind
from chatroom.records import replace
from chatroom.server.audience import Audience
from chatroom.server.batch import Batch, Draft, Waiting
from chatroom.server.caster import Caster
from chatroom.server.cookies import Cookies
from chatroom.server.door import Door, Proven
from chatroom.server.fetches import Fetches
from chatroom.server.half_open import HalfOpen
from chatroom.server.host import Host
from chatroom.server.log import LogRefused
from chatroom.server.people import Claim, People, Wish
from chatroom.server.roll import Roll
from chatroom.server.room import Room
from chatroom.server.session import Path, Session
from chatroom.server.sessions import Sessions
from storage import Archive

RULES: dict[str, Callable[[], contextlib.AbstractContextManager[object]]] = {}


def broken(rule: str) -> contextlib.AbstractContextManager[object]:
    """Return the context in which the rule is broken."""
    return RULES[rule]()


def _break(rule: str, owner: object, name: str, instead: object) -> None:
    RULES[rule] = lambda: mock.patch.object(owner, name, instead)


# The archive --------------------------------------------------------------------------

_append = Archive.append
_find = Archive.find


def _append_unsynced(self: Archive, entries: Sequence[Entry]) -> None:
    with mock.patch.object(self, "_sync", lambda descriptor: None):
        _append(self, entries)


def _append_unheard(self: Archive, entries: Sequence[Entry]) -> None:
    with contextlib.suppress(LogRefused):
        _append(self, entries)


def _scan_without_counters(*how: Any, **more: Any) -> Index:
    index = scan(*how, **more)
    index.records._counters.clear()
    return index


def _keep_torn_line(self: Archive, index: Index) -> Index:
    index.records.skip(index.tail_size)  # and the next row comes right after
    return index


def _find_before_newest(self: Archive, query: Query, before: int) -> Iterator[Slice]:
    return _find(self, query, before or self.head)


def _find_short_of_oldest(self: Archive, query: Query, before: int) -> Iterator[Slice]:
    for numbers, back_to in _find(self, query, before):
        yield Slice(tuple(number for number in numbers if number > 1), back_to)


def _find_of_anybody(self: Archive, query: Query, before: int) -> Iterator[Slice]:
    return _find(self, Query(query.phrase, ()), before)


_break("search-misses-newest", Archive, "find", _find_before_newest)
_break("search-misses-oldest", Archive, "find", _find_short_of_oldest)
_break("search-ignores-names", Archive, "find", _find_of_anybody)
_break("stored-before-sync", Archive, "append", _append_unsynced)
_break("full-disk-ignored", Archive, "append", _append_unheard)
_break("counters-forgotten", storage, "scan", _scan_without_counters)
_break("torn-line-kept", Archive, "_mend_end", _keep_torn_line)

# The room -----------------------------------------------------------------------------

_read = Fetches._read


def _say_unchecked(
    self: Batch, session: Session, number: int, say: messages.Say, now: float
) -> None:
    for counter, text in enumerate(say.texts, start=say.counter):
        self._drafts.append(Draft(session, counter, text))
    self._waiting.append(Waiting(session, number, say, True))


def _fetch_skipping(
    self: Fetches, session: Session, number: int, wish: tuple[int, int], datagrams: int
) -> None:
    _read(self, session, number, (wish[0] + 1, wish[1]), datagrams)


def _stay(self: Path, token: bytes, source: Address) -> bool:
    return False


def _pack_swapped(some: Iterable[Entry], most: int) -> list[bytes]:
    """Give the first two entries each other's number."""
    packed = list(some)
    if len(packed) > 1:
        one, two = packed[:2]
        packed[:2] = two._replace(seq=one.seq), one._replace(seq=two.seq)
    return pack_entries(packed, most)


def _follow_nobody(self: Audience, session: Session) -> None:
    pass


_break("no-duplicate-check", Batch, "say", _say_unchecked)
_break("fetch-skips-one", Fetches, "_read", _fetch_skipping)
_break("address-not-followed", Path, "confirm", _stay)
_break("casts-not-followed", Audience, "follow", _follow_nobody)
_break("order-swapped", entries, "pack_entries", _pack_swapped)

# Names --------------------------------------------------------------------------------


def _grant_always(self: People, wish: Wish, now: float) -> Claim:
    taken = self._is_reserved(name_key(wish.join.name))  # which is a rule of its own
    return Claim.TAKEN if taken else Claim.GRANTED


def _free_nothing(self: People, session: Session, now: float) -> bool:
    return False


def _miss_nobody(self: People, now: float) -> list[Session]:
    return []


def _probe_without_pause(self: People, now: float) -> list[Session]:
    due = [one for one in self._contests.values() if now >= one.probe_at]
    return [contest.holder for contest in due]


_break("name-given-twice", People, "claim", _grant_always)
_break("name-not-released", People, "_free", _free_nothing)
_break("ghosts-never-go", People, "quiet", _miss_nobody)
_break("timer-spins", People, "holders_to_probe", _probe_without_pause)

# The list of people ---------------------------------------------------------------------

_since = Roll.since
_follow = Roster._follow


def _since_one_later(self: Roll, version: int) -> Iterator[Changes]:
    """Leave out the first of what was missed."""
    for some in _since(self, version):
        yield replace(some, changes=some.changes[1:])


def _follow_across_gap(self: Roster, some: Changes) -> None:
    """Make the changes that came, whatever is missing before them."""
    if self._version and some.version > self._version:
        self._version = max(some.version - len(some.changes), self._version)
    _follow(self, some)


def _read_beside(self: Roster, said: Said, now: float) -> Told:
    """Take another server's changes for such of the list that we have."""
    if isinstance(said, messages.Joined) and self._version:
        return ()
    return _hear_of_people(self, said, now)


_hear_of_people = Roster.hear
_break("people-missed-by-one", Roll, "since", _since_one_later)
_break("people-across-a-gap", Roster, "_follow", _follow_across_gap)
_break("people-of-another-server", Roster, "hear", _read_beside)

# The host as a speaker ----------------------------------------------------------------

_give_up = Host.give_up
_settle = Host.settle


def _reserve_nothing(self: People, key: str) -> bool:
    return False


def _keep_what_is_stored(self: Host, stored: int, now: float) -> None:
    self.hurry(now + 1.0)


def _forget_the_refused(self: Host, now: float) -> None:
    self.settle(len(self.drafts(now)), now)


def _try_no_more(self: Host, now: float) -> None:
    self.due_at = math.inf


def _settle_what_was_said(self: Host, stored: int, now: float) -> None:
    if stored:
        _settle(self, stored, now)


@contextlib.contextmanager
def _wait_for_another_word() -> Iterator[None]:
    """Try what was refused no more by itself, nor with what others say."""
    with (
        mock.patch.object(Host, "put_off", _try_no_more),
        mock.patch.object(Host, "settle", _settle_what_was_said),
    ):
        yield


def _give_up_silently(self: Host) -> tuple[str, ...]:
    _give_up(self)
    return ()


_break("hosts-name-given-away", People, "_is_reserved", _reserve_nothing)
_break("host-says-it-again", Host, "settle", _keep_what_is_stored)
_break("host-forgets-the-refused", Host, "put_off", _forget_the_refused)
RULES["host-tries-once"] = _wait_for_another_word
_break("hosts-loss-not-told", Host, "give_up", _give_up_silently)

# The door -----------------------------------------------------------------------------

_receive = Room.receive_datagram
_prove = Door.prove
_change_key = Caster.change_key


def _receive_amplified(self: Room, data: bytes, address: Address, now: float) -> None:
    for _ in range(30 if data[0] == Kind.HELLO else 1):
        _receive(self, data, address, now)


def _forget_nothing(self: Cookies | HalfOpen, now: float) -> None:
    pass


@contextlib.contextmanager
def _keep_strangers() -> Iterator[None]:
    with (
        mock.patch.object(Cookies, "forget_old", _forget_nothing),
        mock.patch.object(HalfOpen, "forget_old", _forget_nothing),
    ):
        yield


def _check_nothing(self: Tagger, tagged: bytes) -> bytes:
    return tagged[:-TAG_SIZE]


def _change_once(self: Caster, now: float) -> None:
    if self.key_number < 0:
        _change_key(self, now)


def _unwanted_nobody(self: Sessions, permits: object) -> list[Session]:
    return []


def _prove_from_anywhere(
    self: Door, sealed: wire.Sealed, address: Address, now: float
) -> Proven | bytes:
    with mock.patch.object(self.access, "permits", lambda _: True):
        return _prove(self, sealed, address, now)


def _let_any_number_in() -> contextlib.AbstractContextManager[object]:
    return mock.patch.dict(Room.__init__.__kwdefaults__, sessions_per_host=10**9)


@contextlib.contextmanager
def _let_the_blocked_prove() -> Iterator[None]:
    with (
        mock.patch.object(HalfOpen, "forget_unless", lambda *_: None),
        mock.patch.object(Door, "prove", _prove_from_anywhere),
    ):
        yield


RULES["any-number-of-places"] = _let_any_number_in
_break("blocked-stay-in", Sessions, "unwanted", _unwanted_nobody)
RULES["blocked-come-in-late"] = _let_the_blocked_prove
_break("key-kept-for-who-left", Caster, "renew_key", lambda *_, **__: None)
_break("key-kept-for-who-was-put-out", Caster, "change_key", _change_once)
_break("amplified-answer", Room, "receive_datagram", _receive_amplified)
RULES["half-open-for-ever"] = _keep_strangers
_break("no-tag-check", Tagger, "check", _check_nothing)

# The member ---------------------------------------------------------------------------

_hear = Outbox.hear
_want = Pages.want
_take_page = Pages._take
_hear_found = Finding.hear


def _take_across_gap(self: Stretch) -> tuple[Entry, ...]:
    grown = tuple(self._ahead[seq] for seq in sorted(self._ahead))
    self._ahead.clear()
    if grown:
        self.last, self._last = grown[-1].seq, grown[-1]
    self.head = max(self.head, self.last)
    return grown


def _forget_unsaid(self: Outbox, said: Said, now: float) -> Told:
    if isinstance(said, messages.Joined):
        self._texts.clear()
    return _hear(self, said, now)


def _see_anybodys(self: Outbox, stored: Sequence[Entry]) -> Told:
    return self._forget(self._texts[0][0])


def _want_next(self: Pages, first: int, last: int, now: float) -> None:
    _want(self, first + 1, last + 1, now)


def _take_any(self: Pages, some: Iterable[Entry]) -> Told:
    return (PageRead(tuple(some)),)


def _take_for_new(self: Pages, some: Iterable[Entry]) -> Told:
    told = _take_page(self, some)
    return [NewEntries(one.entries) for one in told if isinstance(one, PageRead)]


def _end_with_the_first_answer(self: Pages, request: messages.Request, now: float) -> Told:
    self._gaps.clear()
    return ()


def _find_from_the_end(self: Finding, said: Said, now: float) -> Told:
    """Begin again where the line was interrupted."""
    if isinstance(said, messages.Joined):
        self._before = 0
    return _hear_found(self, said, now)


def _pass_over_one(self: Finding, said: Said, now: float) -> Told:
    """Go on one entry too far, after each answer."""
    told = _hear_found(self, said, now)
    self._before = max(self._before - 1, 1)
    return told


def _find_beside(self: Member, looked_for: str, before: int, now: float) -> None:
    """Take what is still under way for an answer to the newer wish."""
    self._finding.find(looked_for, before, now)


# Whom it trusts -----------------------------------------------------------------------

_session_keys = agreement.session_keys


def _keys_without_host(
    isk: bytes, host_secret: bytes, knock: wire.Knock, answer: wire.Answer
) -> SessionKeys:
    return _session_keys(isk, b"", knock, answer)


@contextlib.contextmanager
def _trust_the_password_alone() -> Iterator[None]:
    with (
        mock.patch.object(agreement, "has_proof", lambda *_: True),
        mock.patch.object(agreement, "session_keys", _keys_without_host),
    ):
        yield


@contextlib.contextmanager
def _put_out_of_a_full_room() -> Iterator[None]:
    with mock.patch.dict(states._REFUSALS, {messages.Refusal.ROOM_FULL: states.Cause.PUT_OUT}):
        yield


_break("any-host-trusted", Trust, "knows", lambda *_: True)
RULES["host-by-the-password-alone"] = _trust_the_password_alone
_break("refusal-not-shown", Refusals, "is_shown", lambda *_: True)
RULES["put-out-of-a-full-room"] = _put_out_of_a_full_room

_break("silence-not-told", Contact, "lost_at", NEVER)
_break("page-off-by-one", Pages, "want", _want_next)
_break("page-of-others", Pages, "_take", _take_any)
_break("page-taken-for-live-end", Pages, "_take", _take_for_new)
_break("page-not-whole", Pages, "answered", _end_with_the_first_answer)
_break("search-hears-old-answers", Member, "find", _find_beside)
_break("search-begins-again", Finding, "hear", _find_from_the_end)
_break("search-passes-over-one", Finding, "hear", _pass_over_one)
_break("gap-shown", Stretch, "take_new", _take_across_gap)
_break("unsaid-forgotten", Outbox, "hear", _forget_unsaid)
_break("others-texts-taken-for-ours", Outbox, "_see_stored", _see_anybodys)
