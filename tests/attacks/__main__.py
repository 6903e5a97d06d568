"""Runs attacks by name, and prints their figures."""

import argparse
import functools
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import NamedTuple

from tests.attacks import (
    capture,
    crowd,
    datagrams,
    false_host,
    flooder,
    floods,
    guesses,
    host_log,
    impersonation,
    lookalikes,
    never_reads,
    one_person,
    posing,
    replies,
    requests,
    shut_out,
    whispers,
)
from tests.attacks.scene import Figure


class Attack(NamedTuple):
    """How to run an attack, and the ways to break the room that it must notice."""

    run: Callable[[bool], list[Figure]]
    sabotages: Mapping[str, Callable[[], AbstractContextManager[None]]]


ATTACKS = {
    "guesses": Attack(guesses.run, guesses.SABOTAGES),
    "false-host": Attack(false_host.run, false_host.SABOTAGES),
    "posing": Attack(posing.run, posing.SABOTAGES),
    "shut-out": Attack(shut_out.run, shut_out.SABOTAGES),
    "whispers": Attack(whispers.run, whispers.SABOTAGES),
    "crowd": Attack(crowd.run_sessions, crowd.SESSION_SABOTAGES),
    "many-guess": Attack(crowd.run_guesses, crowd.GUESS_SABOTAGES),
    "lookalikes": Attack(lookalikes.run, lookalikes.SABOTAGES),
    "hello-flood": Attack(floods.run_hellos, floods.HELLO_SABOTAGES),
    "knock-flood": Attack(floods.run_knocks, floods.KNOCK_SABOTAGES),
    "datagrams": Attack(datagrams.run, datagrams.SABOTAGES),
    "requests": Attack(requests.run, requests.SABOTAGES),
    "replies": Attack(replies.run, replies.SABOTAGES),
    "impersonation": Attack(impersonation.run, impersonation.SABOTAGES),
    "flooder": Attack(flooder.run, flooder.SABOTAGES),
    "never-reads": Attack(never_reads.run, never_reads.SABOTAGES),
    "one-person": Attack(one_person.run, one_person.SABOTAGES),
    "host-log": Attack(host_log.run, host_log.SABOTAGES),
    "capture": Attack(capture.run, capture.SABOTAGES),
}


@functools.cache
def short(name: str) -> tuple[Figure, ...]:
    """Return the figures of an attack, short, on the room as it is."""
    return tuple(ATTACKS[name].run(False))


def noticed(name: str, sabotage: str) -> list[str]:
    """Return what misses its target only when the room is broken on purpose."""
    attack = ATTACKS[name]
    missed = {_key(figure) for figure in short(name) if not figure.good}
    try:
        with attack.sabotages[sabotage]():
            figures = attack.run(False)
    except Exception as error:
        return [f"{name}: {error!r}"]
    return [str(one) for one in figures if not one.good and _key(one) not in missed]


def _key(figure: Figure) -> str:
    """Return what tells a figure from another; a number may differ each time."""
    is_number = isinstance(figure.value, (int, float))
    return figure.name if is_number else f"{figure.name}: {figure.value}"


def main() -> int:
    """Return 1 where a figure missed its target, or a sabotage went unnoticed."""
    parser = argparse.ArgumentParser(prog="python -m tests.attacks")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(ATTACKS))
    parser.add_argument("--short", action="store_true", help="with small counts")
    parser.add_argument("--sabotage", action="store_true", help="break the room first")
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in ATTACKS]
    if unknown:
        parser.error(f"there is no {unknown[0]!r}; there are {', '.join(ATTACKS)}")
    missed = 0
    for name in options.names or ATTACKS:
        began = time.process_time()
        if options.sabotage:
            for sabotage in ATTACKS[name].sabotages:
                found = noticed(name, sabotage)
                missed += not found
                print(f"{name}, {sabotage}: {found or 'NOT NOTICED'}", flush=True)
        else:
            for figure in ATTACKS[name].run(not options.short):
                missed += not figure.good
                print(f"{name}: {figure}", flush=True)
        print(f"{name}: {time.process_time() - began:.1f} s of CPU", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
