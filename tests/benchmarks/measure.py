"""What the benchmarks measure with: processor time, medians, and tables of ratios."""

from collections.abc import Callable
from pathlib import Path
from statistics import median

TIMES = 5


def cpu_s(pid: int) -> float:
    """Return the processor time that all threads of a process took until now, in seconds.

    Threads that have ended do not count. Linux alone tells it so finely; raises OSError
    elsewhere, and where the process has ended.
    """
    threads = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((one / "schedstat").read_text().split()[0]) for one in threads) / 1e9


def median_of(times: int, function: Callable[[], float]) -> float:
    """Return the median of what so many calls return."""
    return median(function() for _ in range(times))


def ratio(figure: float, baseline: float) -> str:
    """Return how many times the baseline a figure is, as a cell of a table."""
    return f"{figure / baseline:.2f}x" if baseline else "-"


class Table:
    """Prints its rows as they come, below each other."""

    def __init__(self, title: str, *columns: str) -> None:
        """Begin with a title, and the head of each column: the first is of words."""
        self._widths = [34, *(max(len(one), 10) for one in columns[1:])]
        print(f"\n{title}")
        self.row(*columns)

    def row(self, *cells: str) -> None:
        """Print one row."""
        first, *others = zip(cells, self._widths, strict=False)
        print(
            f"  {first[0]:{first[1]}}", *(f"{cell:>{width}}" for cell, width in others), flush=True
        )
