"""Runs worlds, one after another or on many processes."""

import contextlib
import os
import tempfile
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing import Pool
from pathlib import Path

from tests.simulation.breaks import broken
from tests.simulation.checks import Violation
from tests.simulation.curve import curve_for
from tests.simulation.world import Counts, World

_MEMORY_DISK = Path("/dev/shm")  # spares the real one a few thousand files


@dataclass(frozen=True)
class Outcome:
    """What became of one world; `violation` is None where all was well."""

    seed: int
    counts: Counts
    violation: str | None


def run_world(
    seed: int, rule: str | None = None, trace: Callable[[str], None] | None = None
) -> Outcome:
    """Run the world of this seed, with a rule of the program broken if one is named."""
    violation = None
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(_new_folder())
        stack.enter_context(curve_for(seed))
        if rule is not None:
            stack.enter_context(broken(rule))
        world = World(seed, folder, trace)
        try:
            world.run()
        except Violation as error:
            violation = str(error)
        except Exception as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            file = os.path.basename(place.filename)
            violation = f"no_exception_escapes: {error!r}, {file}:{place.lineno}"
            world.tell(traceback.format_exc())
        finally:
            world.host.close()
        return Outcome(seed, world.counts(), violation and violation[:300])


def run_worlds(seeds: Iterable[int], jobs: int = 1, rule: str | None = None) -> Iterator[Outcome]:
    """Run many worlds; the outcomes come in the order of their seeds."""
    tasks = ((seed, rule) for seed in seeds)
    if jobs == 1:
        yield from map(_run_task, tasks)
        return
    with Pool(jobs) as pool:
        yield from pool.imap(_run_task, tasks, chunksize=4)


def worlds_until_caught(rule: str, most: int, first: int = 0) -> Outcome | None:
    """Return the first outcome that shows that a rule is broken, None for none."""
    outcomes = run_worlds(range(first, first + most), rule=rule)
    return next((one for one in outcomes if one.violation), None)


def _run_task(task: tuple[int, str | None]) -> Outcome:
    return run_world(*task)


def _new_folder() -> contextlib.AbstractContextManager[Path]:
    @contextlib.contextmanager
    def open_folder() -> Iterator[Path]:
        where = _MEMORY_DISK if os.access(_MEMORY_DISK, os.W_OK) else None
        with tempfile.TemporaryDirectory(dir=where) as name:
            yield Path(name)

    return open_folder()
