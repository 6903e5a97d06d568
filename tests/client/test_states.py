"""The table of a member's states, and what leads from each to which."""

import unittest

from chatroom.client.states import (
    STEPS,
    Cause,
    State,
    cause_of_bye,
    cause_of_refusal,
    following,
    leads_on,
)
from chatroom.protocol.messages import Refusal


class Steps(unittest.TestCase):
    def test_every_state_has_its_row_and_is_reached(self) -> None:
        self.assertEqual(set(STEPS), set(State))
        reached = {State.AT_THE_DOOR}.union(*(row.values() for row in STEPS.values()))
        self.assertEqual(reached, set(State))

    def test_every_cause_leads_somewhere(self) -> None:
        used: set[Cause] = set().union(*STEPS.values())
        self.assertEqual(used, set(Cause))

    def test_whoever_leaves_gets_to_the_end_and_nothing_follows_it(self) -> None:
        for state in set(State) - {State.OVER, State.LEAVING}:
            self.assertIn(following(state, Cause.LEAVE), (State.LEAVING, State.OVER))
        self.assertIs(following(State.LEAVING, Cause.GOODBYE_OVER), State.OVER)
        self.assertEqual(STEPS[State.OVER], {})

    def test_a_step_that_is_not_in_the_table_is_refused(self) -> None:
        self.assertIs(following(State.JOINING, Cause.LET_IN), State.IN)
        for state in State:
            for cause in set(Cause) - set(STEPS[state]):
                self.assertFalse(leads_on(state, cause))
                with self.assertRaises(RuntimeError):
                    following(state, cause)


class Refusals(unittest.TestCase):
    def test_no_refusal_and_no_bye_asks_for_a_step_that_is_not_there(self) -> None:
        for state in State:
            for reason in Refusal:
                for cause in (cause_of_refusal(state, reason), cause_of_bye(state, reason)):
                    if cause is not None:
                        following(state, cause)

    def test_refusal_about_the_request_is_none_about_us(self) -> None:
        for reason in (Refusal.TEXT_BAD, Refusal.STORAGE, Refusal.MALFORMED):
            self.assertIsNone(cause_of_refusal(State.IN, reason))
        self.assertIs(cause_of_refusal(State.JOINING, Refusal.MALFORMED), Cause.PUT_OUT)

    def test_refusal_about_us_is_none_where_it_makes_no_sense(self) -> None:
        for reason in (Refusal.NOT_JOINED, Refusal.COUNTER_SKIPS):
            self.assertIsNone(cause_of_refusal(State.JOINING, reason))
            self.assertIsNotNone(cause_of_refusal(State.IN, reason))

    def test_whatever_answers_a_goodbye_ends_it(self) -> None:
        for reason in Refusal:
            self.assertIs(cause_of_refusal(State.LEAVING, reason), Cause.GOODBYE_OVER)
            self.assertIs(cause_of_bye(State.LEAVING, reason), Cause.GOODBYE_OVER)

    def test_bye_for_a_reason_that_is_none_puts_out(self) -> None:
        self.assertIs(cause_of_bye(State.IN, Refusal.NAME_TAKEN), Cause.PUT_OUT)
        self.assertIs(cause_of_bye(State.IN, Refusal.STOPPED), Cause.STOPPED)
        self.assertIs(cause_of_bye(State.IN, Refusal.PASSWORD_CHANGED), Cause.PASSWORD_CHANGED)
        self.assertIsNone(cause_of_bye(State.PASSWORD_ASKED, Refusal.STOPPED))


if __name__ == "__main__":
    unittest.main()
