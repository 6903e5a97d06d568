"""Figures of the conversation as windows draw it, on a display (an Xvfb where there is none).

Each stands beside the same in a room of 1,000 messages, in the same run.
"""

import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from statistics import median

from chatroom.client import events
from chatroom.client.conversation import Conversation, Kind
from chatroom.network import clock
from chatroom.protocol.entries import Entry
from chatroom.windows import theme
from chatroom.windows.conversation.view import ConversationView
from chatroom.words import moments
from tests.benchmarks import measure
from tests.tools.processes import display

SMALL, LARGE = HEADS = 1_000, 1_000_000
WORDS = ("door", "of", "the", "cold", "room", "stood", "open", "while", "filters", "changed")
NAMES = ("Ana Lindqvist", "Budi", "Chidi Okoro", "Mei-Ling", "Noor Haddad", "Søren", "Yuki")
LONGEST = 900
PER_SECOND, STREAM_S, POLL_MS = 500, 5.0, 20


def entry(seq: int) -> Entry:
    """Return a message of 1 to 900 characters, most of them short."""
    chance = random.Random(seq)
    size = min(int(chance.paretovariate(0.9) * 4), 160)
    text = " ".join(chance.choice(WORDS) for _ in range(size))[:LONGEST]
    if chance.random() < 0.1:
        text += " \U0001f600 https://example.org/"
    stamp = time.gmtime(1_700_000_000 + 40 * seq)
    name = NAMES[chance.randrange(len(NAMES))]
    return Entry(seq, time.strftime("%Y-%m-%dT%H:%M:%SZ", stamp), name, text, f"x-{seq}")


class Window:
    """A window with a room of so many messages, whose pages come at once."""

    def __init__(self, head: int) -> None:
        """Join it."""
        self.head = head
        self.root = theme.make_root("Figures", "860x650", dark=False, scale=1.0)
        self.shown = Conversation(moments.read_time, clock.utc_now)
        self.view = ConversationView(self.root, self.shown, self._read)
        self.view.pack(fill="both", expand=True)
        self.root.update()

    def enter(self) -> None:
        """Be let in, with the newest messages, and show them."""
        self.tell(events.Entered("default", "Budi", "u0", back=False, head=self.head))
        self.view.reset()
        newest = range(max(self.head - 99, 1), self.head + 1)
        self.tell(events.NewEntries(tuple(map(entry, newest))))
        self.draw()

    def draw(self) -> None:
        """Draw at once what would be drawn soon."""
        self.view.visible()
        self.root.update()

    def tell(self, event: object) -> None:
        self.view.draw(self.shown.handle(event))

    def go_to(self, number: int) -> None:
        """Go to a message, and wait for it."""
        self.view.go_to(number)
        while self.shown.row(number).kind is Kind.ABSENT:
            self.draw()

    def say(self) -> None:
        """Have one more message come, and show it."""
        self.head += 1
        self.tell(events.NewEntries((entry(self.head),)))

    def _read(self, first: int, last: int) -> None:
        """Have a page come at once."""
        page = tuple(map(entry, range(first, last + 1)))
        self.root.after(0, lambda: self.tell(events.PageRead(page)))


def milliseconds(do: Callable[[], object], draw: Callable[[], None]) -> float:
    """Return how long it takes until something is done and drawn."""
    since = time.perf_counter()
    do()
    draw()
    return (time.perf_counter() - since) * 1000


def show_opening() -> None:
    """Print how long it takes from being let in to the newest messages on the screen."""
    table = measure.Table("Opened after joining", "messages", "median", f"of {SMALL:,}")
    figures = {head: measure.median_of(measure.TIMES, partial(opening_ms, head)) for head in HEADS}
    for head, figure in figures.items():
        table.row(f"{head:,}", f"{figure:.0f} ms", measure.ratio(figure, figures[SMALL]))


def opening_ms(head: int) -> float:
    window = Window(head)
    try:
        return milliseconds(window.enter, window.draw)
    finally:
        window.root.destroy()


def show_steps() -> None:
    """Print what a jump, a step of the wheel, a page and one more message take."""
    columns = "median", "longest", f"of {SMALL:,}"
    table = measure.Table(f"Moving in a room of {LARGE:,} messages", "", *columns)
    small, large = (steps(head) for head in HEADS)
    for name, found in large.items():
        middle = median(found)
        ratio = measure.ratio(middle, median(small[name]))
        table.row(name, f"{middle:.1f} ms", f"{max(found):.1f} ms", ratio)


def steps(head: int) -> dict[str, list[float]]:
    """Return how long each thing took each time, in ms."""
    window, chance = Window(head), random.Random(1)
    window.enter()
    view, draw = window.view, window.draw
    found = {
        "a jump, with its page": [
            milliseconds(lambda: window.go_to(chance.randrange(1, head)), draw) for _ in range(30)
        ]
    }
    view.go_to_end()
    draw()
    found["a step of the wheel"] = [
        milliseconds(lambda: view.scroller.scroll(-56), draw) for _ in range(100)
    ]
    found["a page"] = [milliseconds(lambda: view.scroll_pages(-1), draw) for _ in range(30)]
    view.go_to_end()
    draw()
    found["one more message"] = [milliseconds(window.say, draw) for _ in range(100)]
    window.root.destroy()
    return found


def show_pauses() -> None:
    """Print how long Tk was not at home while many messages came."""
    found = []
    for rate in (0, PER_SECOND):
        window = Window(LARGE)
        window.enter()
        found.append(longest_pause_ms(window, rate))
        window.root.destroy()
    table = measure.Table("The longest pause of the window", "messages a second", "ms", "of none")
    for rate, pause_ms in zip((0, PER_SECOND), found, strict=True):
        table.row(str(rate), f"{pause_ms:.0f}", measure.ratio(pause_ms, found[0]))


def longest_pause_ms(window: Window, rate: int) -> float:
    """Return the longest time between two beats, 5 ms apart, while so many come a second."""
    root, since = window.root, time.perf_counter()
    last, longest, said = since, 0.0, 0

    def beat() -> None:
        nonlocal last, longest
        now = time.perf_counter()
        last, longest = now, max(longest, now - last)
        root.after(5, beat if now - since < STREAM_S else root.quit)

    def poll() -> None:
        nonlocal said
        while said < (time.perf_counter() - since) * rate:
            said += 1
            window.say()
        polling.append(root.after(POLL_MS, poll))

    polling: list[str] = []
    beat()
    poll()
    root.mainloop()
    root.after_cancel(polling[-1])
    root.update()
    return longest * 1000


def show_memory() -> None:
    """Print the most memory that a window used while somebody looked here and there."""
    used = {}
    for head in HEADS:
        command = [sys.executable, "-m", "tests.benchmarks.windows", str(head)]
        used[head] = float(subprocess.run(command, capture_output=True, check=True).stdout)
    table = measure.Table("Memory of the window's process", "messages", "MB", f"of {SMALL:,}")
    for head, megabytes in used.items():
        table.row(f"{head:,}", f"{megabytes:.1f}", measure.ratio(megabytes, used[SMALL]))


def walk(head: int) -> None:
    """Look at a room here and there, and print the most memory used, in MB."""
    window, chance = Window(head), random.Random(2)
    window.enter()
    for _ in range(50):
        window.go_to(chance.randrange(1, head))
        window.draw()
    unit = 2**20 if sys.platform == "darwin" else 2**10
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit)


def show(*, short: bool = False) -> None:
    """Print all figures; in short, the first."""
    with display():
        show_opening()
        if not short:
            show_steps()
            show_pauses()
            show_memory()


if __name__ == "__main__":
    walk(int(sys.argv[1]))
