"""The command line of the simulation."""

import argparse
import sys
import time
from collections.abc import Sequence

from tests.simulation.breaks import RULES
from tests.simulation.runner import run_world, run_worlds, worlds_until_caught

BREAK_WORLDS_MOST = 200


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the command line asks for; return 1 where a rule did not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation")
    parser.add_argument("--seeds", type=int, default=100, help="how many worlds")
    parser.add_argument("--first", type=int, default=0, help="seed of the first")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--seed", type=int, help="run this world only")
    parser.add_argument("--trace", action="store_true", help="tell its every step")
    parser.add_argument(
        "--break",
        dest="rule",
        choices=["all", *RULES],
        help="break a rule of the program, to see that this is noticed",
    )
    chosen = parser.parse_args(arguments)
    rule: str | None = chosen.rule
    if chosen.seed is not None:
        return _run_one(chosen.seed, None if rule == "all" else rule, chosen.trace)
    if rule is not None:
        return _run_broken(list(RULES) if rule == "all" else [rule], chosen.first)
    return _run_many(range(chosen.first, chosen.first + chosen.seeds), chosen.jobs)


def _run_one(seed: int, rule: str | None, trace: bool) -> int:
    outcome = run_world(seed, rule, print if trace else None)
    print(outcome.violation or f"world {seed} is well: {outcome.counts}")
    return 1 if outcome.violation else 0


def _run_many(seeds: range, jobs: int) -> int:
    began = time.perf_counter()
    violations = messages = crashes = datagrams = 0
    for outcome in run_worlds(seeds, jobs):
        messages += outcome.counts.messages
        crashes += outcome.counts.crashes
        datagrams += outcome.counts.datagrams
        if outcome.violation:
            violations += 1
            print(f"seed {outcome.seed}: {outcome.violation}", flush=True)
    print(
        f"{len(seeds)} worlds, {messages} messages, {crashes} crashes, "
        f"{datagrams} datagrams in {time.perf_counter() - began:.1f} s: "
        f"{violations or 'no'} violations"
    )
    return 1 if violations else 0


def _run_broken(rules: list[str], first: int) -> int:
    """Break each rule; return 1 where that was not noticed."""
    unnoticed = 0
    for rule in rules:
        outcome = worlds_until_caught(rule, BREAK_WORLDS_MOST, first)
        if outcome is None:
            unnoticed += 1
            print(f"{rule}: not caught in {BREAK_WORLDS_MOST} worlds", flush=True)
        else:
            worlds = outcome.seed - first + 1
            print(f"{rule}: world {worlds}: {outcome.violation}", flush=True)
    return 1 if unnoticed else 0


if __name__ == "__main__":
    sys.exit(main())
