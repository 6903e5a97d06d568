"""What a conversation shows, what is ours in it, what waits and what is unread: no window."""

import unittest
from collections.abc import Iterable

from chatroom.client import events, kept, notices
from chatroom.client.conversation import (
    COMING_MOST,
    LATE_MOST,
    PAGE_ROWS,
    Changed,
    Conversation,
    Kind,
)
from chatroom.client.when import When
from chatroom.protocol.entries import Entry, make_id
from tests.tools.link import older_entries

OURS, THEIRS = "u0123", "u4567"
LOG = tuple(older_entries(9))
MINUTE, DAY = 60, 86_400


def read_time(text: str) -> When | None:
    """Read a time that is a number of seconds."""
    return When(float(text), int(text) // DAY) if text else None


def entered(head: int, *, name: str = "Ana", back: bool = False) -> events.Entered:
    return events.Entered("default", name, OURS, back, head)


def said(seq: int, counter: int, *, device: str = OURS, name: str = "Ana", at: int = 0) -> Entry:
    return Entry(seq, str(at), name, f"text {seq}", make_id(device, counter))


def theirs(seqs: Iterable[int], *, name: str = "Budi", at: int = 0) -> tuple[Entry, ...]:
    return tuple(said(seq, seq, device=THEIRS, name=name, at=at) for seq in seqs)


class ConversationTest(unittest.TestCase):
    def setUp(self) -> None:
        self.now = 0
        self.shown = Conversation(read_time, lambda: str(self.now))

    def tell(self, *told: object) -> Changed | None:
        """Hand in some events; return what the last one changed."""
        return [self.shown.handle(event) for event in told][-1]

    def enter(self, head: int) -> None:
        """Be in a room of so many messages, with the newest at hand."""
        newest = theirs(range(max(head - 99, 1), head + 1))
        self.tell(entered(head), events.NewEntries(newest), events.CaughtUp(newest[0].seq))

    def kinds(self) -> list[Kind]:
        return [self.shown.row(number).kind for number in range(self.shown.count + 1)]

    def texts(self) -> list[str]:
        return [self.shown.row(number).text for number in range(1, self.shown.count + 1)]


class Rows(ConversationTest):
    def test_an_empty_room_is_its_top(self) -> None:
        self.assertEqual(self.kinds(), [Kind.TOP])
        self.tell(entered(0), events.CaughtUp(1))
        self.assertEqual(self.kinds(), [Kind.TOP])

    def test_the_whole_log_has_rows_from_the_moment_we_enter(self) -> None:
        self.assertEqual(self.tell(entered(5)), Changed(0, 5))
        self.assertEqual(self.kinds(), [Kind.TOP, *[Kind.ABSENT] * 5])
        self.assertEqual(self.tell(events.NewEntries(theirs([4, 5]))), Changed(4, 6))
        self.assertEqual(self.kinds()[3:], [Kind.ABSENT, Kind.THEIRS, Kind.THEIRS])
        self.assertEqual(self.tell(events.NewEntries((said(6, 1),))), Changed(5, 7))
        self.assertEqual(self.kinds()[5:], [Kind.THEIRS, Kind.OURS])

    def test_what_waits_comes_after_what_others_say(self) -> None:
        self.enter(2)
        self.now = 7
        self.assertEqual(self.tell(events.TextQueued(1, "mine")), Changed(2, 3))
        self.tell(events.NewEntries(theirs([3])))
        self.assertEqual(self.texts(), ["text 1", "text 2", "text 3", "mine"])
        row = self.shown.row(4)
        self.assertEqual((row.kind, row.name, row.time), (Kind.WAITING, "Ana", "7"))

    def test_another_log_replaces_all_but_what_waits(self) -> None:
        self.enter(50)
        self.shown.note(events.ServerLost(stopped=False))
        self.tell(events.TextQueued(1, "mine"))
        self.assertEqual(self.tell(events.LogReplaced()), Changed(0, 51))
        self.assertEqual(self.kinds(), [Kind.TOP, Kind.WAITING])
        self.tell(entered(3, back=True), events.NewEntries(theirs([3])))
        self.assertEqual(self.kinds()[2:], [Kind.ABSENT, Kind.THEIRS, Kind.WAITING])
        self.assertEqual(self.shown.row(3).notices, ())

    def test_other_events_change_nothing(self) -> None:
        self.enter(3)
        self.assertIsNone(self.tell(events.ServerLost(stopped=True)))
        self.assertIsNone(self.tell(object()))

    def test_the_host_reads_along(self) -> None:
        self.assertEqual(self.shown.begin(1000), Changed(0, 1000))
        self.assertEqual(self.shown.want(990, 1000), (921, 1000))
        self.assertEqual(self.shown.add(theirs(range(921, 1001))), Changed(921, 1001))
        self.assertEqual(self.shown.add(theirs([1001])), Changed(1000, 1002))
        self.assertIs(self.shown.row(1001).kind, Kind.THEIRS)
        self.assertIsNone(self.shown.add([]))
        self.shown.begin(1)
        self.assertEqual(self.kinds(), [Kind.TOP, Kind.ABSENT])


class Groups(ConversationTest):
    def begins(self, *log: Entry) -> list[bool]:
        self.shown.begin(0)
        self.shown.add(log)
        return [self.shown.row(entry.seq).begins_group for entry in log]

    def test_what_one_says_within_five_minutes_belongs_together(self) -> None:
        times = (0, 2 * MINUTE, 7 * MINUTE, 12 * MINUTE + 1, 11 * MINUTE)
        log = [said(seq, seq, at=at) for seq, at in enumerate(times, start=1)]
        self.assertEqual(self.begins(*log), [True, False, False, True, True])

    def test_another_person_begins_another(self) -> None:
        log = [*theirs([1, 2]), *theirs([3], name="Dora")]
        self.assertEqual(self.begins(*log), [True, False, True])

    def test_a_notice_in_between_parts_them(self) -> None:
        self.begins(*theirs([1]))
        self.shown.note(events.ServerLost(stopped=False))
        self.shown.add(theirs([2, 3]))
        self.assertTrue(self.shown.row(2).begins_group)
        self.assertFalse(self.shown.row(3).begins_group)

    def test_a_row_after_one_that_is_not_at_hand_begins_one(self) -> None:
        self.shown.begin(9)
        self.shown.add(theirs([5, 6]))
        self.assertEqual([self.shown.row(n).begins_group for n in (5, 6)], [True, False])
        self.shown.add(theirs([4]))
        self.assertFalse(self.shown.row(5).begins_group)

    def test_days_begin_where_the_one_before_is_known(self) -> None:
        self.shown.begin(4)
        self.shown.add([*theirs([2], at=5), *theirs([3], at=DAY - 1), *theirs([4], at=DAY)])
        self.assertEqual(
            [self.shown.row(n).begins_day for n in (1, 2, 3, 4)], [False, False, False, True]
        )
        self.assertTrue(self.shown.row(4).begins_group)
        self.shown.add(theirs([1], at=4))
        self.assertTrue(self.shown.row(1).begins_day)

    def test_rows_without_a_time_have_no_day(self) -> None:
        self.shown.begin(0)
        self.shown.add([Entry(1, "", "Budi", "old", ""), *theirs([2])])
        self.assertEqual([self.shown.row(n).begins_day for n in (1, 2)], [False, True])


class Notices(ConversationTest):
    def people(self, came: str = "", went: str = "") -> events.PeopleChanged:
        return events.PeopleChanged((), tuple(came.split()), tuple(went.split()))

    def test_what_happens_on_another_day_stands_below_that_day(self) -> None:
        self.enter(3)
        self.now = DAY + MINUTE
        came = self.people(came="Dora")
        self.shown.note(came)
        began = notices.DayBegan(When(self.now, 1))
        self.assertEqual(self.shown.row(3).notices, (began, came))
        self.shown.note(events.ServerFound())
        self.assertEqual(self.shown.row(3).notices, (began, came, events.ServerFound()))
        self.tell(events.NewEntries(theirs([4], at=self.now)))
        self.assertFalse(self.shown.row(4).begins_day)  # that is told already
        self.tell(events.NewEntries(theirs([5], at=3 * DAY)))
        self.assertTrue(self.shown.row(5).begins_day)

    def test_a_day_of_which_nothing_is_told_does_not_stand_there(self) -> None:
        self.enter(3)
        self.now = DAY
        self.shown.note(events.PeopleChanged(("Ana", "Budi"), (), ()))  # who is there
        self.assertFalse([*filter(self.is_day, self.shown.row(3).notices)])
        self.shown.note(self.people(went="Budi"))
        self.assertTrue([*filter(self.is_day, self.shown.row(3).notices)])
        self.shown.note(self.people(came="Budi"))
        self.assertEqual(
            self.shown.row(3).notices[-1:], (events.PeopleChanged(("Ana", "Budi"), (), ()),)
        )

    def is_day(self, notice: object) -> bool:
        return isinstance(notice, notices.DayBegan)

    def test_who_is_told_of_late_came_on_the_day_of_what_they_said(self) -> None:
        self.enter(3)
        self.now = DAY
        self.tell(events.NewEntries(theirs([4], name="Dora", at=self.now)))
        self.shown.note(self.people(came="Dora"))
        began = notices.DayBegan(When(DAY, 1))
        self.assertEqual(self.shown.row(3).notices, (began, self.people(came="Dora")))
        self.assertFalse(self.shown.row(4).begins_day)

    def test_who_went_before_somebody_came_is_told_first(self) -> None:
        self.shown.note(self.people(went="Dora"))
        self.shown.note(self.people(came="Budi"))
        self.shown.note(self.people(came="Eva", went="Kofi"))
        left, came = self.people(went="Dora"), self.people(came="Budi Eva", went="Kofi")
        self.assertEqual(self.shown.row(0).notices, (left, came))
        self.shown.note(self.people(came="Dora", went="Budi"))
        self.assertEqual(self.shown.row(0).notices, (self.people(came="Eva", went="Kofi"),))

    def test_thousands_who_come_and_go_are_not_each_compared_with_all(self) -> None:
        """A host that says so again and again would keep the window busy."""
        compared: list[str] = []

        class Name(str):
            __slots__ = ()
            __hash__ = str.__hash__

            def __eq__(self, other: object) -> bool:
                compared.append(self)
                return str.__eq__(self, other)

        crowd, others = (tuple(Name(f"{one} {n}") for n in range(300)) for one in "ab")
        for _ in range(3):
            self.shown.note(events.PeopleChanged((), crowd, others))
            self.shown.note(events.PeopleChanged((), others, crowd))
        self.assertEqual(self.shown.row(0).notices, ())
        self.assertLess(len(compared), 20_000)  # 540,000 where all are

    def test_they_stand_below_the_newest_entry_of_their_time(self) -> None:
        self.enter(3)
        lost = events.ServerLost(stopped=False)
        self.assertEqual(self.shown.note(lost), Changed(3, 4))
        self.tell(events.NewEntries(theirs([4])))
        self.assertEqual(self.shown.row(3).notices, (lost,))
        self.assertEqual(self.shown.row(4).notices, ())

    def test_comings_and_goings_are_folded(self) -> None:
        self.shown.note(self.people(came="Budi"))
        self.shown.note(self.people(came="Dora", went="Eva"))
        self.shown.note(self.people(went="Budi"))
        self.assertEqual(self.shown.row(0).notices, (self.people(came="Dora", went="Eva"),))
        self.shown.note(self.people(came="Eva", went="Dora"))
        self.assertEqual(self.shown.row(0).notices, ())

    def test_something_else_in_between_parts_them(self) -> None:
        found = events.ServerFound()
        for event in (self.people(came="Budi"), found, self.people(went="Budi")):
            self.shown.note(event)
        self.assertEqual(
            self.shown.row(0).notices, (self.people(came="Budi"), found, self.people(went="Budi"))
        )

    def places(self) -> dict[int, tuple[object, ...]]:
        """Return what stands below rows."""
        rows = (self.shown.row(number) for number in range(self.shown.count + 1))
        return {row.number: row.notices for row in rows if row.notices}

    def test_who_came_stands_above_what_they_said_since(self) -> None:
        self.enter(3)
        self.tell(events.NewEntries((*theirs([4, 5]), said(6, 1), *theirs([7]))))
        self.assertEqual(self.shown.note(self.people(came="Budi", went="Eva")), Changed(3, 8))
        self.assertEqual(
            self.places(), {3: (self.people(came="Budi"),), 7: (self.people(went="Eva"),)}
        )
        self.assertTrue(self.shown.row(4).begins_group)

    def test_several_who_came_stand_above_the_first_of_them(self) -> None:
        self.enter(2)
        self.tell(events.NewEntries((*theirs([3], name="Dora"), *theirs([4]))))
        self.shown.note(self.people(came="Budi Dora Eva"))
        self.assertEqual(self.places(), {2: (self.people(came="Budi Dora Eva"),)})

    def test_who_was_there_before_comes_after_what_they_said_then(self) -> None:
        self.enter(2)  # said by Budi, long ago
        self.shown.note(self.people(came="Budi"))
        self.assertEqual(self.places(), {2: (self.people(came="Budi"),)})
        self.tell(events.NewEntries(theirs([3])))
        self.shown.note(self.people(went="Budi"))
        self.tell(events.NewEntries(theirs([4], name="Dora")))
        self.shown.note(self.people(came="Budi"))
        self.assertEqual(self.places()[4], (self.people(came="Budi"),))
        self.assertEqual(self.places()[3], (self.people(went="Budi"),))

    def test_who_came_while_we_were_away_stands_above_what_they_said_meanwhile(self) -> None:
        self.enter(2)
        lost, back = events.ServerLost(stopped=False), entered(4, back=True)
        self.shown.note(lost)
        self.tell(back, events.NewEntries(theirs([3, 4])))
        self.shown.note(back)
        self.shown.note(self.people(came="Budi"))
        self.assertEqual(self.places(), {2: (lost, self.people(came="Budi")), 4: (back,)})

    def test_in_another_log_what_somebody_said_is_from_before(self) -> None:
        self.enter(9)
        self.tell(events.LogReplaced(), entered(2, back=True), events.NewEntries(theirs([1, 2])))
        self.shown.note(self.people(came="Budi"))
        self.assertEqual(self.places(), {2: (self.people(came="Budi"),)})

    def test_words_from_before_are_looked_for_in_the_newest_rows_alone(self) -> None:
        self.tell(entered(0))
        self.tell(events.NewEntries(theirs(range(1, 200))))
        self.shown.note(self.people(came="Budi"))
        self.assertEqual(list(self.places()), [199 - LATE_MOST])

    def test_they_are_bounded(self) -> None:
        self.shown.begin(0)
        for seq in range(1, notices.ROWS_MOST + 3):
            self.shown.add(theirs([seq]))
            for _ in range(20):
                self.shown.note(events.ServerFound())
        self.assertEqual(self.shown.row(1).notices, ())
        self.assertEqual(self.shown.row(2).notices, ())
        self.assertEqual(len(self.shown.row(notices.ROWS_MOST).notices), 8)


class Ours(ConversationTest):
    def test_what_this_device_said_is_ours_under_any_name(self) -> None:
        self.tell(entered(0))
        self.assertTrue(self.shown.is_ours(said(1, 1, name="Anna")))
        self.assertFalse(self.shown.is_ours(said(1, 1, device=THEIRS, name="Budi")))

    def test_what_was_said_under_our_name_is_ours_however_it_is_written(self) -> None:
        self.tell(entered(0))
        for name in ("Ana", "ANA", "\uff21\uff4e\uff41"):
            self.assertTrue(self.shown.is_ours(said(1, 1, device=THEIRS, name=name)), name)

    def test_the_name_is_the_one_we_came_in_with(self) -> None:
        self.tell(entered(0), entered(0, name="Budi", back=True))
        self.assertTrue(self.shown.is_ours(said(1, 1, device=THEIRS, name="budi")))
        self.assertFalse(self.shown.is_ours(said(1, 1, device=THEIRS, name="Ana")))

    def test_nothing_is_ours_to_who_reads_along(self) -> None:
        for name in ("Ana", "", "\u200d"):
            self.assertFalse(self.shown.is_ours(said(1, 1, name=name)))
            self.assertFalse(self.shown.is_ours(Entry(1, "", name, "text", "")))


class Waiting(ConversationTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter(9)

    def test_it_waits_until_the_log_that_is_shown_has_it(self) -> None:
        self.assertEqual(self.tell(events.TextQueued(1, "a")), Changed(9, 10))
        self.assertEqual(self.tell(events.TextQueued(2, "b")), Changed(9, 11))
        self.assertIsNone(self.tell(events.TextsStored(2)))
        self.assertEqual(self.tell(events.NewEntries((said(10, 1),))), Changed(9, 11))
        self.assertEqual(self.shown.waiting, ("b",))
        self.tell(events.NewEntries((said(11, 2),)))
        self.assertEqual(self.shown.waiting, ())
        self.assertEqual(self.kinds()[9:], [Kind.THEIRS, Kind.OURS, Kind.OURS])

    def test_what_others_say_leaves_ours_waiting(self) -> None:
        self.tell(events.TextQueued(1, "a"))
        self.assertEqual(self.tell(events.NewEntries(theirs([10]))), Changed(9, 11))
        self.assertEqual(self.shown.waiting, ("a",))

    def test_what_was_stored_before_what_is_shown_waits_no_more(self) -> None:
        """A new log began behind it: its entry lies before the first that is fetched."""
        self.tell(events.TextQueued(1, "a"), events.TextQueued(2, "b"), events.LogReplaced())
        self.tell(entered(9, back=True), events.TextsStored(1), events.NewEntries(theirs([8, 9])))
        self.assertEqual(self.shown.waiting, ("a", "b"))
        self.assertEqual(self.tell(events.CaughtUp(8)), Changed(9, 11))
        self.assertEqual(self.shown.waiting, ("b",))

    def test_a_refused_text_waits_no_more(self) -> None:
        self.tell(events.TextQueued(1, "a"), events.TextQueued(2, "b"))
        self.assertEqual(self.tell(events.TextRefused(1, "a")), Changed(9, 11))
        self.assertEqual(self.shown.waiting, ("b",))

    def test_renumbered_texts_wait_on_whatever_was_stored_under_old_numbers(self) -> None:
        self.now = 5
        self.tell(events.TextQueued(8, "a"), events.TextQueued(9, "b"), events.TextsStored(8))
        self.tell(events.TextsRenumbered(((4, "b"),)))
        self.assertEqual(self.shown.waiting, ("b",))
        self.assertEqual(self.shown.row(10).time, "5")
        self.assertIsNone(self.tell(events.CaughtUp(1)))
        self.tell(events.NewEntries((said(10, 4),)))
        self.assertEqual(self.shown.waiting, ())


class Pages(ConversationTest):
    def test_what_is_at_hand_need_not_be_read(self) -> None:
        self.enter(1000)
        self.assertIsNone(self.shown.want(980, 1000))

    def test_nothing_is_read_before_it_is_known_what_comes_by_itself(self) -> None:
        self.tell(entered(1000))
        self.assertIsNone(self.shown.want(980, 1000))
        self.tell(events.NewEntries(theirs(range(901, 931))))
        self.assertIsNone(self.shown.want(980, 1000), "it is on its way")

    def test_no_history_is_wanted_and_a_page_is_read_for_what_is_in_view(self) -> None:
        self.tell(entered(1000), events.CaughtUp(1001))
        self.assertEqual(self.shown.want(985, 1000), (921, 1000))

    def test_a_page_is_wanted_once_and_another_when_one_looks_elsewhere(self) -> None:
        self.enter(100_000)
        page = self.shown.want(50_000, 50_012)
        assert page is not None
        self.assertLessEqual(page[0], 49_980)
        self.assertGreaterEqual(page[1], 50_032)
        self.assertLessEqual(page[1] - page[0] + 1, PAGE_ROWS)
        self.assertIsNone(self.shown.want(50_001, 50_010))
        other = self.shown.want(3, 15)
        assert other is not None
        self.assertEqual(other[0], 1)
        self.tell(events.PageRead(theirs(range(other[0], other[1] + 1))))
        self.assertIsNone(self.shown.want(3, 15))
        self.assertEqual(self.shown.want(50_000, 50_012), page)

    def test_going_back_reads_the_page_above_before_it_is_in_view(self) -> None:
        self.enter(1000)
        self.assertIsNone(self.shown.want(925, 940))
        self.assertEqual(self.shown.want(915, 930), (821, 900))

    def test_a_page_that_went_with_its_session_is_wanted_again(self) -> None:
        self.enter(1000)
        page = self.shown.want(300, 310)
        self.assertIsNone(self.shown.want(300, 310))
        self.tell(entered(1000, back=True))
        self.assertEqual(self.shown.want(300, 310), page)

    def test_far_behind_one_reads_the_end_at_once(self) -> None:
        self.enter(1000)
        self.tell(entered(1000 + COMING_MOST, back=True))
        self.assertIsNone(self.shown.want(1480, 1500))
        self.tell(entered(90_000, back=True))
        self.assertEqual(self.shown.want(89_990, 90_000), (89_921, 90_000))

    def test_what_is_kept_is_bounded_and_near_to_what_is_looked_at(self) -> None:
        self.enter(100_000)
        for first in range(1, 60_000, 1000):
            self.shown.want(first, first + 10)
            self.tell(events.PageRead(theirs(range(first, first + 1000))))
        numbers = [entry.seq for entry in self.shown.newest_first()]
        self.assertLessEqual(len(numbers), kept.KEPT_MOST)
        self.assertEqual(numbers[:100], list(range(100_000, 99_900, -1)))
        self.assertIn(60_000, numbers)
        self.assertNotIn(1, numbers)
        self.assertIs(self.shown.row(1).kind, Kind.ABSENT)


class Unread(ConversationTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter(10)

    def test_nothing_is_unread_while_somebody_attends(self) -> None:
        self.tell(events.NewEntries(theirs([11])))
        self.assertIsNone(self.shown.unread)
        self.assertEqual((self.shown.read, self.shown.unread_count), (11, 0))

    def test_what_comes_while_nobody_attends_is(self) -> None:
        self.assertIsNone(self.shown.attend(False))
        self.tell(events.NewEntries((said(11, 1),)))
        self.assertIsNone(self.shown.unread, "our own, from another window")
        self.assertEqual(self.tell(events.NewEntries(theirs([12, 13]))), Changed(11, 14))
        self.assertEqual(self.shown.unread, 12)
        self.assertTrue(self.shown.row(12).is_first_unread)
        self.assertTrue(self.shown.row(12).begins_group)
        self.assertEqual((self.shown.read, self.shown.unread_count), (10, 2))

    def test_the_line_stays_until_one_turns_away_again(self) -> None:
        self.shown.attend(False)
        self.tell(events.NewEntries(theirs([11])))
        self.assertIsNone(self.shown.attend(True))
        self.assertEqual((self.shown.unread, self.shown.unread_count), (11, 0))
        self.tell(events.NewEntries(theirs([12])))
        self.assertEqual(self.shown.attend(False), Changed(11, 12))
        self.assertIsNone(self.shown.unread)

    def test_whoever_answers_has_read_it(self) -> None:
        self.shown.attend(False)
        self.tell(events.NewEntries(theirs([11])))
        self.shown.attend(True)
        self.assertEqual(self.tell(events.TextQueued(1, "yes")), Changed(11, 12))
        self.assertIsNone(self.shown.unread)

    def test_what_was_read_on_an_earlier_visit_is_remembered(self) -> None:
        self.shown = Conversation(read_time, lambda: "0")
        self.shown.open_at(700)
        self.tell(entered(1000))
        self.assertEqual(self.shown.unread, 701)
        self.shown = Conversation(read_time, lambda: "0")
        self.shown.open_at(1000)
        self.tell(entered(1000))
        self.assertIsNone(self.shown.unread)

    def test_a_number_of_another_log_says_nothing(self) -> None:
        self.shown = Conversation(read_time, lambda: "0")
        self.shown.open_at(2000)
        self.tell(entered(1000))
        self.assertIsNone(self.shown.unread)

    def test_history_is_nothing_new(self) -> None:
        self.shown = Conversation(read_time, lambda: "0")
        self.shown.attend(False)
        self.enter(50)
        self.assertIsNone(self.shown.unread)
        self.assertEqual(self.shown.unread_count, 0)
        self.tell(events.NewEntries(theirs([51])))
        self.assertEqual((self.shown.unread, self.shown.unread_count), (51, 1))


class Devices(ConversationTest):
    def moved(self) -> list[int]:
        """Return the rows above which is said that a name has moved."""
        rows = (self.shown.row(number) for number in range(self.shown.count + 1))
        mark = notices.NameMoved("Budi")
        return [row.number + 1 for row in rows if mark in row.notices]

    def test_name_that_comes_back_from_another_device_is_marked_once(self) -> None:
        self.tell(entered(0))
        self.tell(events.NewEntries(theirs([1, 2])))
        other = tuple(said(seq, seq, device="u9999", name="Budi") for seq in (3, 4))
        self.tell(events.NewEntries(other))
        self.assertEqual(self.moved(), [3])

    def test_history_before_we_came_is_not_marked_and_counts(self) -> None:
        self.enter(2)
        history = (*theirs([1]), said(2, 1, device="u9999", name="Budi"))
        self.tell(events.NewEntries(history))
        self.assertEqual(self.moved(), [])
        self.tell(events.NewEntries(theirs([3], name="BUDI")))
        rows = [row.number for row in map(self.shown.row, range(4)) if row.notices]
        self.assertEqual(rows, [2])


if __name__ == "__main__":
    unittest.main()
