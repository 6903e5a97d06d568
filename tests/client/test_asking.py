"""Requests under way: when they go out, under which numbers, and what answers them."""

import unittest

from chatroom.client.asking import NEVER, NUMBERS_KEPT, REFUSED_PAUSE_S, Asker, Requests, Said
from chatroom.client.states import Cause
from chatroom.client.timers import COPY_AFTER_S, FIRST_TIMEOUT_S, Retry, RoundTrip
from chatroom.protocol import messages
from chatroom.protocol.entries import Entries
from chatroom.protocol.wire import Hint

PONG = messages.Pong(0, 1, 1, bytes(32), 20_000)
REFUSED = messages.Refused(messages.Refusal.MALFORMED)


def part(number: int, parts: int) -> Entries:
    return Entries(0, number, parts, 0, 1, ())


class Pinger(Asker):
    """Asks one thing for ever; `next_request` is what it asks after a timeout."""

    answer: type[Said] = messages.Pong

    def __init__(self, now: float = 0.0) -> None:
        self.ready_at = now
        self.next_request: messages.Request | None = messages.Ping()

    @property
    def due_at(self) -> float:
        return self.ready_at

    def request(self) -> messages.Request:
        return messages.Ping()

    def unanswered(self, request: messages.Request) -> messages.Request | None:
        return self.next_request


class Speaker(Pinger):
    """Has what it wants when the room has heard it."""

    is_heard = False

    def is_met(self, request: messages.Request) -> bool:
        return self.is_heard


class Fetcher(Pinger):
    answer = Entries


class Patient(Pinger):
    answered_at_once = False


class RequestsCase(unittest.TestCase):
    def setUp(self) -> None:
        self.round_trip = RoundTrip()
        self.requests = Requests(self.round_trip, lambda: 0.5)
        self.pinger = Pinger()

    def answered(self, number: int, said: Said | messages.Refused, now: float) -> Asker | None:
        """Return whose request this answers in full."""
        pending = self.requests.answered(number, said, now)
        return None if pending is None else pending.asker

    def transmit(self, now: float) -> list[int]:
        """Return the numbers of what goes out."""
        return [messages.decode_request(data)[0] for data in self.requests.transmit(now)]


class Sending(RequestsCase):
    def test_who_is_not_allowed_to_does_not_ask(self) -> None:
        self.assertEqual((self.transmit(0.0), self.requests.timer()), ([], NEVER))

    def test_request_goes_out_when_it_is_due_and_once(self) -> None:
        self.pinger.ready_at = 5.0
        self.requests.allow(self.pinger)
        self.assertEqual(self.requests.timer(), 5.0)
        self.assertEqual(self.transmit(4.9), [])
        self.assertEqual(self.transmit(5.0), [1])
        self.assertEqual(self.transmit(5.1), [])
        self.assertEqual(self.requests.timer(), 5.0 + FIRST_TIMEOUT_S)

    def test_each_transmission_has_the_next_number(self) -> None:
        self.requests.allow(self.pinger, Pinger(now=0.1))
        numbers = []
        for now in (0.0, 0.1, 0.3, 0.3 + COPY_AFTER_S, 0.4, 0.4 + COPY_AFTER_S):
            numbers += self.transmit(now)
        self.assertEqual(numbers, [1, 2, 3, 4, 5, 6])
        self.assertEqual(set(self.requests.awaited), set(numbers))

    def test_only_the_newest_numbers_are_remembered(self) -> None:
        self.requests.allow(self.pinger)
        for _ in range(3 * NUMBERS_KEPT):
            self.transmit(self.requests.timer())
        newest = range(2 * NUMBERS_KEPT + 1, 3 * NUMBERS_KEPT + 1)
        self.assertEqual(self.requests.awaited, tuple(newest))
        self.assertIsNone(self.answered(newest[0] - 1, PONG, 99.0))
        self.assertIs(self.answered(newest[0], PONG, 99.0), self.pinger)

    def test_dropped_request_gives_way_to_another_of_the_same_asker(self) -> None:
        self.requests.allow(self.pinger)
        self.transmit(0.0)
        self.requests.drop(self.pinger)
        self.requests.drop(self.pinger)
        self.assertEqual(self.transmit(0.01), [2])
        self.assertIsNone(self.answered(1, PONG, 0.02))

    def test_hurry_sends_what_waits_and_starts_nothing(self) -> None:
        later = Pinger(now=99.0)
        self.requests.allow(self.pinger, later)
        for _ in range(9):
            self.transmit(self.requests.timer())
        self.requests.hurry(30.0)
        self.assertEqual(self.requests.timer(), 30.0)
        self.assertEqual([one.asker for one in self.requests.timed_out(30.0)], [self.pinger])
        self.assertEqual(self.transmit(30.0), [10])
        self.transmit(30.0 + COPY_AFTER_S)
        self.assertEqual(self.requests.timer(), 30.0 + COPY_AFTER_S + FIRST_TIMEOUT_S)

    def test_asker_may_be_more_impatient_than_the_round_trip(self) -> None:
        class Impatient(Pinger):
            def timeout_s(self, round_trip: RoundTrip) -> float:
                return round_trip.timeout_s / 3

        self.requests.allow(Impatient())
        self.transmit(0.0)
        self.assertAlmostEqual(self.requests.timer(), FIRST_TIMEOUT_S / 3)

    def test_when_others_may_ask_what_was_under_way_is_dropped(self) -> None:
        self.requests.allow(self.pinger)
        self.transmit(0.0)
        self.requests.allow(Pinger(now=7.0))
        self.assertEqual((self.requests.awaited, self.requests.timer()), ((), 7.0))
        self.assertEqual(self.transmit(1.0), [])


class Answers(RequestsCase):
    def setUp(self) -> None:
        super().setUp()
        self.requests.allow(self.pinger)
        self.transmit(10.0)

    def test_answer_finds_who_asked_and_measures_the_round_trip(self) -> None:
        self.assertIs(self.answered(1, PONG, 10.2), self.pinger)
        self.assertAlmostEqual(self.round_trip.timeout_s, 0.3)
        self.assertNotIn(self.pinger, self.requests)
        self.assertIsNone(self.answered(1, PONG, 10.3))

    def test_each_answer_is_measured_from_its_own_transmission(self) -> None:
        self.transmit(10.3)
        self.answered(2, PONG, 10.4)
        self.assertAlmostEqual(self.round_trip.timeout_s, 1.5 * 0.1)

    def test_refusal_is_an_answer(self) -> None:
        self.assertIs(self.answered(1, REFUSED, 10.1), self.pinger)

    def test_answer_of_another_kind_or_number_is_none(self) -> None:
        stored = messages.Stored(0, 0, 0)
        for number, said in ((1, stored), (1, part(0, 1)), (0, PONG), (2, PONG)):
            with self.subTest(number=number, said=said):
                self.assertIsNone(self.answered(number, said, 10.1))
                self.assertIn(self.pinger, self.requests)
        self.assertEqual(self.round_trip.timeout_s, FIRST_TIMEOUT_S)

    def test_late_answer_to_what_may_wait_measures_nothing(self) -> None:
        self.requests.allow(patient := Patient())
        self.transmit(11.0)
        self.assertIs(self.answered(2, PONG, 13.0), patient)
        self.assertEqual(self.round_trip.timeout_s, FIRST_TIMEOUT_S)


class Met(RequestsCase):
    """What the room is told may be the answer."""

    def setUp(self) -> None:
        super().setUp()
        self.speaker = Speaker()
        self.requests.allow(self.speaker)
        self.transmit(10.0)

    def test_what_is_not_met_goes_on(self) -> None:
        self.requests.drop_met(10.1)
        self.assertIn(self.speaker, self.requests)
        self.assertEqual(self.round_trip.timeout_s, FIRST_TIMEOUT_S)

    def test_what_is_met_is_dropped_and_measures(self) -> None:
        self.speaker.is_heard = True
        self.requests.drop_met(10.1)
        self.assertNotIn(self.speaker, self.requests)
        self.assertAlmostEqual(self.round_trip.timeout_s, 1.5 * 0.1)

    def test_of_two_transmissions_the_answer_that_still_comes_measures(self) -> None:
        self.transmit(10.3)
        self.speaker.is_heard = True
        self.requests.drop_met(10.4)
        self.assertEqual(self.round_trip.timeout_s, FIRST_TIMEOUT_S)
        self.assertIsNone(self.answered(2, PONG, 10.5))
        self.assertAlmostEqual(self.round_trip.timeout_s, 1.5 * 0.2)


class Parts(RequestsCase):
    def setUp(self) -> None:
        super().setUp()
        self.fetcher = Fetcher()
        self.requests.allow(self.fetcher)
        self.transmit(10.0)

    def test_answer_is_there_with_the_last_of_its_parts(self) -> None:
        for number in (2, 0, 2):
            self.assertIsNone(self.answered(1, part(number, 3), 10.1))
        self.assertIs(self.answered(1, part(1, 3), 10.1), self.fetcher)

    def test_part_that_has_not_come_is_not_made_up_for_by_a_longer_answer(self) -> None:
        self.assertEqual(self.transmit(20.0)[0], 2)
        for came in (part(1, 4), part(2, 4), part(3, 4)):
            self.assertIsNone(self.answered(2, came, 20.1))
        self.assertIsNone(self.answered(1, part(2, 3), 20.2))
        self.assertIs(self.answered(1, part(0, 3), 20.3), self.fetcher)

    def test_each_part_puts_the_repetition_off(self) -> None:
        self.answered(1, part(0, 3), 10.2)
        due = self.requests.timer()
        self.assertAlmostEqual(due, 10.2 + self.round_trip.timeout_s)
        self.answered(1, part(1, 3), 10.4)
        self.assertAlmostEqual(self.requests.timer(), 10.4 + self.round_trip.timeout_s)

    def test_only_the_first_part_measures_the_round_trip(self) -> None:
        self.answered(1, part(0, 3), 10.2)
        self.answered(1, part(1, 3), 12.0)
        self.assertAlmostEqual(self.round_trip.timeout_s, 0.3)


class Timeouts(RequestsCase):
    def setUp(self) -> None:
        super().setUp()
        self.requests.allow(self.pinger)
        self.transmit(10.0)

    def test_request_times_out_with_its_timer(self) -> None:
        self.assertEqual(self.requests.timed_out(10.29), [])
        [pending] = self.requests.timed_out(10.3)
        self.assertIs(pending.asker, self.pinger)

    def test_same_request_goes_on_under_its_numbers(self) -> None:
        [pending] = self.requests.timed_out(10.3)
        self.requests.go_on(pending)
        self.assertIs(self.answered(1, PONG, 10.31), self.pinger)

    def test_other_request_goes_on_where_the_timer_stands_and_old_answers_are_void(self) -> None:
        [pending] = self.requests.timed_out(10.3)
        self.pinger.next_request = messages.Ping(b"abcdefgh")
        self.requests.go_on(pending)
        [data] = self.requests.transmit(10.3)
        self.assertEqual(messages.decode_request(data), (2, messages.Ping(b"abcdefgh")))
        self.assertEqual(pending.retry.tries, 2)
        self.assertIsNone(self.answered(1, PONG, 10.31))
        self.assertIs(self.answered(2, PONG, 10.31), self.pinger)

    def test_nothing_more_to_ask_ends_the_request(self) -> None:
        [pending] = self.requests.timed_out(10.3)
        self.pinger.next_request = None
        self.requests.go_on(pending)
        self.assertNotIn(self.pinger, self.requests)


class AnyAsker(unittest.TestCase):
    """What an asker does that says nothing else."""

    def test_refused_one_makes_a_pause(self) -> None:
        pinger = Pinger()
        self.assertEqual(list(pinger.refused(messages.Refusal.MALFORMED, 7.0)), [])
        self.assertEqual(pinger.due_at, 7.0 + REFUSED_PAUSE_S)

    def test_hint_of_an_unknown_session_is_believed_and_no_other(self) -> None:
        retry = Retry(0.3, 0.0, lambda: 0.5)
        for hint in (None, *Hint):
            cause = Cause.SESSION_UNKNOWN if hint is Hint.UNKNOWN_SESSION else None
            self.assertIs(Pinger().given_up(retry, hint, 60.0), cause)

    def test_what_is_said_to_others_tells_it_nothing(self) -> None:
        self.assertEqual(list(Pinger().hear(PONG, 1.0)), [])


if __name__ == "__main__":
    unittest.main()
