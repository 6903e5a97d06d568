"""A conversation on a display, without a server: pages are there when a test hands them in."""

from collections.abc import Iterable
from tkinter import Label, Misc, Text

from chatroom.client import events
from chatroom.client.conversation import Conversation
from chatroom.network import clock
from chatroom.protocol.entries import Entry, make_id
from chatroom.windows.conversation.view import ConversationView
from chatroom.words import moments
from tests.tools.windows import WindowTest, widgets

OURS = "u0123456789abcdef"
MANY = 1500
HERE_FIRST = 100
"""So many of the newest messages are there when one enters."""


def entry(seq: int, text: str = "", *, name: str = "", minute: int | None = None) -> Entry:
    """Return an entry of the log, a minute after the one before it."""
    hour, minute = divmod(seq if minute is None else minute, 60)
    day, hour = divmod(hour, 24)
    stamp = f"2026-01-{day + 1:02}T{hour:02}:{minute:02}:00Z"
    return Entry(seq, stamp, name or ("Budi", "Mei-Ling")[seq % 2], text or f"text {seq}.", "x-1")


class ViewTest(WindowTest):
    """A test of a view; `log` has what the room has, from the first on."""

    def setUp(self) -> None:
        super().setUp()
        self.asked: list[tuple[int, int]] = []
        self.typed: list[str] = []
        self.answers = True
        self.log: list[Entry] = []
        self.window = self.root()
        self.shown = Conversation(moments.read_time, clock.utc_now)
        self.view = ConversationView(
            self.window, self.shown, self.read_page, typed=self.typed.append
        )
        self.view.pack(fill="both", expand=True)
        self.window.update()

    def read_page(self, first: int, last: int) -> None:
        """Note that a page is asked for, and answer a moment later."""
        self.asked.append((first, last))
        if self.answers:
            self.view.after(1, lambda: self.answer(first, last))

    def answer(self, first: int, last: int) -> None:
        """Have a page come."""
        self.tell(events.PageRead(tuple(self.log[first - 1 : last])))

    def tell(self, *told: object) -> None:
        """Have the member tell something."""
        for event in told:
            self.view.draw(self.shown.handle(event))

    def enter(self, count: int = MANY, *, read: int | None = None) -> None:
        """Be let into a room with so many messages, of which those up to `read` are known."""
        self.enter_log((entry(seq) for seq in range(1, count + 1)), read=read)

    def enter_log(self, log: Iterable[Entry], *, read: int | None = None) -> None:
        """Be let into a room with these messages."""
        self.log = list(log)
        if read is not None:
            self.shown.open_at(read)
        self.tell(events.Entered("default", "Ana", OURS, back=False, head=len(self.log)))
        self.view.reset()
        newest = tuple(self.log[-HERE_FIRST:])
        if newest:
            self.tell(events.NewEntries(newest))
            self.tell(events.CaughtUp(newest[0].seq))
        self.settle()

    def others_say(self, text: str) -> None:
        """Have somebody else say something."""
        self.log.append(entry(len(self.log) + 1, text))
        self.tell(events.NewEntries((self.log[-1],)))

    def store(self, counter: int, text: str) -> None:
        """Have what we said be stored."""
        seq = len(self.log) + 1
        self.log.append(Entry(seq, "2026-01-09T09:00:00Z", "Ana", text, make_id(OURS, counter)))
        self.tell(events.TextsStored(counter), events.NewEntries((self.log[-1],)))

    def settle(self) -> None:
        """Draw until nothing more happens: pages that were asked for have come."""
        done: list[bool] = []
        for _ in range(3):
            self.view.scroller.catch_up()
            done.clear()
            self.view.after(3, lambda: done.append(True))
            self.pump(lambda: done)

    # What is seen ----------------------------------------------------------------------

    def texts(self) -> dict[str, Text]:
        """Return the Texts in view by what they say, up to the space before the time."""
        inside = (one for one in widgets(self.view) if isinstance(one, Text))
        shown = (one for one in inside if one.winfo_ismapped() and one.winfo_x() >= 0)
        return {one.get("1.0", "end-1c").removesuffix(" "): one for one in shown}

    def words(self) -> list[str]:
        """Return what stands beside the Texts: names, days, notices."""
        canvas = self.view.scroller.canvas

        def option(item: int, name: str) -> str:
            return str(canvas.tk.call(str(canvas), "itemcget", item, name))

        kinds = {item: str(canvas.tk.call(str(canvas), "type", item)) for item in canvas.find_all()}
        shown = (item for item, kind in kinds.items() if kind == "text")
        return [option(item, "-text") for item in shown if option(item, "-state") != "hidden"]

    def labels(self) -> list[str]:
        """Return what floats over the list, and the times in the Texts."""
        inside = (one for one in widgets(self.view) if isinstance(one, Label))
        return [str(one["text"]) for one in inside if one.winfo_viewable()]

    def days(self) -> list[str]:
        """Return the days that float over the list."""
        return [text for text in self.labels() if "January 2026" in text]

    def place_of(self, text: str) -> tuple[int, int]:
        """Return where on the screen a message is."""
        one = self.texts()[text]
        return one.winfo_rootx(), one.winfo_rooty()

    def pixel_of(self, text: str, words: str) -> tuple[Text, int, int]:
        """Return the Text of a message, and a pixel in these words of it."""
        one = self.texts()[text]
        box = one.bbox(one.search(words, "1.0"))
        assert box is not None, f"{words!r} is not in view"
        return one, box[0] + 1, box[1] + box[3] // 2


def send(widget: Misc, *sequences: str, x: int = 0, y: int = 0) -> None:
    """Have a widget get these events, one after the other, at a pixel of it."""
    root_x, root_y = widget.winfo_rootx() + x, widget.winfo_rooty() + y
    for sequence in sequences:
        widget.event_generate(sequence, x=x, y=y, rootx=root_x, rooty=root_y)
