"""The table of a member's states."""

import unittest

from chatroom.client.states import STEPS, State, checked_step


class Steps(unittest.TestCase):
    def test_every_state_has_its_row_and_is_reached(self) -> None:
        self.assertEqual(set(STEPS), set(State))
        reached = {State.AT_THE_DOOR}.union(*STEPS.values())
        self.assertEqual(reached, set(State))

    def test_every_state_leads_to_the_end_and_nothing_follows_it(self) -> None:
        for state in set(State) - {State.OVER}:
            self.assertIn(State.OVER, STEPS[state])
        self.assertEqual(STEPS[State.OVER], set())

    def test_a_step_that_is_not_in_the_table_is_refused(self) -> None:
        self.assertIs(checked_step(State.JOINING, State.IN), State.IN)
        with self.assertRaises(RuntimeError):
            checked_step(State.OVER, State.IN)


if __name__ == "__main__":
    unittest.main()
