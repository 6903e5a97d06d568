"""Being told of messages while one does something else: title, icon, bell and desktop."""

from collections.abc import Callable
from tkinter import Event, Misc, Tk

from chatroom import words
from chatroom.windows import app_icon, attention, notifiers
from chatroom.words.chat import Chat

EVERY_MS = 3000
"""Between two notifications, and two bells. Messages that come meanwhile are told as one."""
TITLE_MOST = 60
BODY_MOST = 200
PEOPLE_MOST = 100
UNREAD_MOST = 999


class Alerts:
    """Tells the person in front of the screen what the caller finds worth telling."""

    notifies: bool
    """Whether there is a bell and a notification; the count is shown in any case."""

    def __init__(self, root: Tk, *, notifies: bool) -> None:
        """Tell in the name of a main window, until it is destroyed."""
        self.notifies = notifies
        self._root = root
        self._title = root.title()
        self._unread = 0
        self._told_of: Callable[[bool], None] = lambda in_front: None
        self._digest = Digest()
        self._next = ""
        self._attention = attention.Attention(root, self._attended)
        self._notifier = notifiers.find(root)
        self._icon = app_icon.AppIcon(root)
        self._icon.show("")
        root.bind("<Destroy>", self._destroyed, add=True)

    @property
    def is_in_front(self) -> bool:
        """Whether the window, or a dialog of it, has the keyboard."""
        return self._attention.is_in_front

    def on_attention(self, callback: Callable[[bool], None]) -> None:
        """Have `callback` called with whether the window is in front, when that changes."""
        self._told_of = callback

    def set_title(self, text: str) -> None:
        """Set the window's title, before which the count stands."""
        self._title = _one_line(text, TITLE_MOST)
        self._show_count()

    def count(self, unread: int) -> None:
        """Show how many messages are unread, in the title and on the icon."""
        if unread != self._unread:
            self._unread = unread
            self._show_count()
            self._icon.show(app_icon.badge(unread))

    def tell(self, name: str, text: str) -> None:
        """Ring, and show a message that somebody else wrote, at once or with the next ones."""
        if self.notifies:
            self._digest.add(name, text)
            if not self._next:
                self._ring()

    # ----------------------------------------------------------------------------------

    def _ring(self) -> None:
        """Tell of what has come since the last time; look again while there may be more."""
        self._next = ""
        self._notifier.tidy()
        waits = self._digest.count > 0
        if waits and not self._notifier.is_busy:
            told, self._digest = self._digest, Digest()
            self._root.bell()
            self._notifier.show(*told.lines())
        if waits or self._notifier.is_busy:
            self._next = self._root.after(EVERY_MS, self._ring)

    def _attended(self, in_front: bool) -> None:
        if in_front:
            self._digest = Digest()  # it is before their eyes
        self._told_of(in_front)

    def _show_count(self) -> None:
        more = "+" if self._unread > UNREAD_MOST else ""
        count = f"({min(self._unread, UNREAD_MOST)}{more}) " if self._unread else ""
        self._root.title(count + self._title)

    def _destroyed(self, event: "Event[Misc]") -> None:
        if event.widget is self._root:
            if self._next:
                self._root.after_cancel(self._next)
            self._notifier.close()


class Digest:
    """Messages that wait to be told: how many there are, who wrote them, and the last one."""

    def __init__(self) -> None:
        self.count = 0
        self._names: dict[str, None] = {}
        self._last = ("", "")

    def add(self, name: str, text: str) -> None:
        """Take in one message."""
        self.count += 1
        self._last = name, text
        if len(self._names) < PEOPLE_MOST:
            self._names[name] = None

    def lines(self) -> tuple[str, str]:
        """Return a title and a body for them all, each of one line."""
        name, text = self._last
        match list(self._names):
            case [_] if self.count == 1:
                title = name
            case [_]:
                title = Chat.ONE_WROTE(name=name, count=self.count)
            case [first, other]:
                title = Chat.TWO_WROTE(name=first, other=other)
            case [first, *others]:
                title = Chat.MORE_WROTE(name=first, count=len(others))
            case _:
                title = ""
        body = text if len(self._names) <= 1 else f"{name}: {text}"
        return _one_line(title, TITLE_MOST), _one_line(body, BODY_MOST)


def _one_line(text: str, most: int) -> str:
    """Return a text as one line of no more characters than that, none of them harmful."""
    line = words.show_text(" ".join(text[: 10 * most].split()))
    return line if len(line) <= most else f"{line[: most - 1]}\u2026"
