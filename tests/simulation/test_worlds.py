"""A few simulated worlds, and proof that a world which breaks a rule is noticed.

`python -m tests.simulation --seeds 1000 --jobs 2` runs many.
"""

import unittest

from tests.simulation.runner import run_world, run_worlds, worlds_until_caught

WORLDS = 40
SEEDS = range(1, 1 + WORLDS)


class Worlds(unittest.TestCase):
    def test_no_rule_is_broken(self) -> None:
        outcomes = list(run_worlds(SEEDS))
        found = [f"seed {one.seed}: {one.violation}" for one in outcomes if one.violation]
        self.assertEqual(found, [])
        self.assertGreater(sum(one.counts.crashes for one in outcomes), 10)

    def test_a_seed_makes_one_world(self) -> None:
        first, second = list[str](), list[str]()
        run_world(3, trace=first.append)
        run_world(3, trace=second.append)
        self.assertGreater(len(first), 100)
        self.assertEqual(first, second)

    def test_an_answer_before_the_disk_has_it_is_caught(self) -> None:
        caught = worlds_until_caught("stored-before-sync", 60)
        assert caught is not None
        self.assertIn("is_there", str(caught.violation))

    def test_a_text_stored_twice_is_caught(self) -> None:
        caught = worlds_until_caught("no-duplicate-check", 60)
        assert caught is not None
        self.assertIn("ids_are_unique", str(caught.violation))


if __name__ == "__main__":
    unittest.main()
