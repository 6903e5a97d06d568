"""When who is silent is to ping: many at the same moment.

A ping that comes alone finds the processor's caches full of other things, and costs the server
some times of what it costs among others. So each session has a moment, which comes again every
ten seconds, and each Pong says how long it is until then. The moments are drawn with the
numbers of the sessions: where all come at once, as after a restart, they are apart with the
second ping, and no more come together than a socket holds.
"""

SOONEST_S = 15.0  # RFC 8085
MOMENTS = 10
"""A second apart. Who pings at its own is to ping again after two rounds of them: 20 s."""


def wait_s(session: bytes, now: float) -> float:
    """Return how long after this ping the session of this number is to ping: 15 to 25 s."""
    return SOONEST_S + (session[0] - now) % MOMENTS
