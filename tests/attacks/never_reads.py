"""One member's network is away for ten minutes while thousands of messages pass."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from chatroom.server.caster import Caster
from storage import Archive
from tests.attacks.scene import (
    Figure,
    Scene,
    at_most,
    cheap_curve,
    exactly,
    has_shown,
    told,
)

AWAY_S = 600.0
SPEAKERS = 3
MEMORY_MOST = 1 << 20


def run(full: bool) -> list[Figure]:
    """Compare the room with everybody there to the room where one does not read."""
    count = 10_000 if full else 150
    seconds = AWAY_S * count / 10_000 + (0 if full else 60)
    with cheap_curve(), tempfile.TemporaryDirectory() as folder:
        figures = []
        for away in (False, True):
            # On disk, and without syncing it: what is measured is what the room keeps.
            path = Path(folder) / f"{away}.csv"
            archive = Archive(path, "default", lambda _: None)
            try:
                figures.append(_pass(Scene(archive), count, seconds, away))
            finally:
                archive.close()
    (alone_s, _), (delay_s, found) = figures
    return [
        *found,
        at_most("others' worst delay", delay_s, alone_s * 1.01, "s"),
        told("the same with everybody reading", f"{alone_s:.4f} s"),
    ]


def _pass(scene: Scene, count: int, seconds: float, away: bool) -> tuple[float, list[Figure]]:
    speakers = [scene.join(f"P{n}") for n in range(SPEAKERS)]
    lazy = scene.join("Lazy")
    scene.run(10.0)
    before, worst_s, highest = scene.server_memory(), 0.0, 0
    if away:
        scene.away.add(lazy.address)
    for n in range(count):
        began = scene.now
        speakers[n % SPEAKERS].say(f"message {n}")
        scene.run_until(has_shown(n, *speakers), 5.0)
        worst_s = max(worst_s, scene.now - began)
        scene.run(began + seconds / count - scene.now)
        if n % 100 == 0:
            _forget(scene)
            highest = max(highest, scene.server_memory())
    grown = max(highest, scene.server_memory()) - before
    read_away = len(lazy.shown) if away else 0
    scene.away.clear()
    back_at = scene.now
    scene.run_until(lambda: len(lazy.shown) >= count, 60.0)
    return worst_s, [
        at_most(f"memory grown in {count} messages", grown, MEMORY_MOST, "B"),
        exactly("read before coming back", read_away, 0),
        exactly("caught up exactly", lazy.shown == speakers[0].shown, True),
        exactly("messages shown", len(lazy.shown), count),
        at_most("time to catch up", scene.now - back_at, 10, "s"),
    ]


def _forget(scene: Scene) -> None:
    scene.room_events.clear()
    for person in scene.people.values():
        person.events.clear()


@contextmanager
def _queue_for_each() -> Iterator[None]:
    """Keep what is sent, as a room with a send queue for each member would."""
    cast = Caster.cast

    def keep(self: Any, payloads: list[bytes], receivers: Any) -> Any:
        queues = vars(self).setdefault("queues", [])
        queues.extend((payloads, one.number + bytes(1200)) for one in receivers)
        return cast(self, payloads, receivers)

    with mock.patch.object(Caster, "cast", keep):
        yield


SABOTAGES = {"a queue for each member": _queue_for_each}
