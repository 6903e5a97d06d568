"""Figures of the conversation as windows draw it, on a display (an Xvfb where there is none).

Each stands beside the same in a room of 100 messages, or bare Tk, in the same run.
"""

import random
import resource
import subprocess
import sys
import time
import tkinter as tk
from collections.abc import Callable
from statistics import median

from chatroom.client import events
from chatroom.client.conversation import Conversation, Kind
from chatroom.protocol.entries import Entry
from chatroom.windows import theme
from chatroom.windows.conversation.view import ConversationView
from chatroom.words import moments
from tests.tools.processes import display

SMALL, LARGE = 100, 1_000_000
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
        self.shown = Conversation(moments.read_time, moments.utc_now)
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
    figures = []
    for head in (LARGE, SMALL):
        window = Window(head)
        figures.append(milliseconds(window.enter, window.draw))
        window.root.destroy()
    print(f"shown after joining {LARGE:,} messages: {figures[0]:.0f} ms, {SMALL}: {figures[1]:.0f}")


def show_steps() -> None:
    """Print what a jump, a step of the wheel, a page and one more message take."""
    window, chance = Window(LARGE), random.Random(1)
    window.enter()
    view, root = window.view, window.root
    bare = tk.Text(tk.Toplevel(root), wrap="word")
    bare.pack()
    root.update()
    draw = window.draw
    jumps = [
        milliseconds(lambda: window.go_to(chance.randrange(1, LARGE)), draw) for _ in range(30)
    ]
    steps = [milliseconds(lambda: view.scroller.scroll(-56), draw) for _ in range(200)]
    pages = [milliseconds(lambda: view.scroll_pages(-1), draw) for _ in range(50)]
    view.go_to_end()
    draw()
    more = [milliseconds(window.say, draw) for _ in range(100)]
    texts = [
        milliseconds(lambda: bare.replace("1.0", "end", "one more"), root.update)
        for _ in range(100)
    ]
    for name, found in (("jump", jumps), ("step", steps), ("page", pages), ("message", more)):
        print(f"{name}: median {median(found):.1f} ms, longest {max(found):.1f} ms")
    print(f"one line into a bare Text: median {median(texts):.1f} ms, longest {max(texts):.1f}")
    root.destroy()


def show_pauses() -> None:
    """Print how long Tk was not at home while many messages came."""
    for rate in (PER_SECOND, 0):
        window = Window(LARGE)
        window.enter()
        print(f"{rate} messages a second: longest pause {longest_pause_ms(window, rate):.0f} ms")
        window.root.destroy()


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
        if time.perf_counter() - since < STREAM_S:
            root.after(POLL_MS, poll)

    beat()
    poll()
    root.mainloop()
    root.update()
    return longest * 1000


def show_memory() -> None:
    used = []
    for head in (LARGE, SMALL):
        command = [sys.executable, "-m", "tests.benchmarks.windows", str(head)]
        used.append(float(subprocess.run(command, capture_output=True, check=True).stdout))
    print(f"memory with {LARGE:,} messages: {used[0]:.1f} MB, with {SMALL}: {used[1]:.1f}")


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
