"""Attacks on the room, each with figures that say whether it held.

    python -m tests.attacks                 all of them, in full
    python -m tests.attacks guesses         one of them
    python -m tests.attacks guesses --short --sabotage

An attack is a module with `run(full)`, which returns figures, and `SABOTAGES`: ways to
break the room, each of which the attack must notice. In memory, on the injected clock
and with fixed seeds, except `capture`, which listens to real processes.
"""
