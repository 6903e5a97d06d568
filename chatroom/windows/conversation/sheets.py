"""Texts that messages are put into, one after another.

Tk 8.6 counts an emoji as two in "line.column" and Tk 9 as one; "1.0 + n chars" goes by
other rules again, so that places are given as "line.column" alone.
"""

import bisect
from collections.abc import Iterable
from tkinter import Label, Misc, Text

from chatroom.windows.conversation import marks, rounded
from chatroom.windows.theme import Theme

SELECTED = "sel"
HIT = "hit"
HIT_NOW = "hit now"
FROM_RIGHT = "from right"
LOOSE = "loose"  # breaks at any character
JUMBO = "jumbo"
TAB_DIGITS = 8
"""As many digits fit between two stops of the tab, as in the field where one writes."""


def make_text(parent: Misc, look: Theme) -> Text:
    """Return a Text for messages, which does nothing by itself."""
    text = Text(
        parent,
        bd=0,
        padx=0,
        pady=0,
        highlightthickness=0,
        wrap="word",
        font=look.body,
        foreground=look.c.ink,
        cursor="xterm",
        takefocus=False,
        undo=False,
        spacing2=look.px(1),
        spacing3=look.px(1),
        exportselection=False,
        insertwidth=0,
        tabs=tab_stop(look),
        selectbackground=look.c.sel,
        selectforeground=look.c.ink,
        inactiveselectbackground=look.c.sel,
    )
    configure = text.tag_configure
    configure(FROM_RIGHT, justify="right")
    configure(LOOSE, wrap="char")
    configure(JUMBO, font=look.jumbo)
    configure(marks.EMOJI, font=look.emoji)
    configure(marks.LINK, foreground=look.c.link, underline=True)
    configure(marks.NAME, foreground=look.c.link)
    configure(marks.OWN_NAME, background=look.c.mention, foreground=look.c.mention_ink)
    configure(HIT, background=look.c.hit, foreground=look.c.ink)
    configure(HIT_NOW, background=look.c.hit_now, foreground=look.c.ink)
    text.tag_raise(SELECTED)
    text.bindtags(())  # not "Text": no editing, scrolling or focus
    return text


def tab_stop(look: Theme) -> int:
    """Return how far the stops of the tab are from each other, in pixels."""
    return TAB_DIGITS * look.body.measure("0")


def fill(text: Text, message: marks.Message, look: Theme, room: int) -> None:
    """Put a message into a Text; `room` pixels are kept for the time, after its last word."""
    text.delete("1.0", "end")
    base = (JUMBO,) if message.is_jumbo else ()
    pieces: list[str | tuple[str, ...]] = []
    at = 0
    for start, end, tag in message.marks if not message.is_jumbo else ():
        pieces += [message.text[at:start], base, message.text[start:end], (tag,)]
        at = end
    # Where the time does not fit behind the last word, it has the next line for itself.
    pieces += [message.text[at:], base, " "]
    text.insert("1.0", *pieces)  # type: ignore[arg-type]
    text.image_create("end-1c", image=look.blank(room))
    for tag, lines in (
        (FROM_RIGHT, message.lines_from_right),
        (LOOSE, message.lines_without_spaces),
    ):
        for line in lines:
            text.tag_add(tag, f"{line}.0", f"{line + 1}.0")


def counts_emoji_twice(text: Text) -> bool:
    """Tell how this Tk counts characters beyond the first 65,536."""
    text.delete("1.0", "end")
    text.insert("1.0", "\U0001f600")
    return text.index("end-1c") == "1.2"


class Places:
    """Translates between characters of a text and places as Tk counts them."""

    def __init__(self, text: str, wide_emoji: bool) -> None:
        self._text = text
        self._wide = wide_emoji and not text.isascii()
        self._starts = [0]
        for line in text.split("\n")[:-1]:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def to_tk(self, at: int) -> str:
        """Return the place before a character."""
        line = bisect.bisect_right(self._starts, at) - 1
        column = at - self._starts[line]
        if self._wide:
            column += sum(c > "\uffff" for c in self._text[self._starts[line] : at])
        return f"{line + 1}.{column}"

    def from_tk(self, place: str) -> int:
        """Return the character at a place; the end of the text for any behind it."""
        line, column = map(int, place.split("."))
        if line > len(self._starts):
            return len(self._text)
        at = self._starts[line - 1]
        while column > 0 and at < len(self._text) and self._text[at] != "\n":
            column -= 1 + (self._wide and self._text[at] > "\uffff")
            at += 1
        return at


class Sheet:
    """One Text with the time in its corner; it shows one message, and later another."""

    def __init__(self, parent: Misc, look: Theme, bind_tag: str, *, wide_emoji: bool) -> None:
        """Make one that handles events as `bind_tag` says."""
        self._look = look
        self._wide_emoji = wide_emoji
        self.text = make_text(parent, look)
        self._stamp = Label(
            self.text,
            bd=0,
            padx=0,
            pady=0,
            font=look.tiny,
            compound="right",
            cursor="arrow",
        )
        self._stamp.place(relx=1, rely=1, y=-look.px(1), anchor="se")
        self.text.bindtags((bind_tag,))
        self._stamp.bindtags((bind_tag,))
        self._marked = self._selected = False

    def show(self, message: marks.Message, room: int, fill_colour: str) -> None:
        """Show a message; `room` pixels are kept for the time."""
        self.message = message
        self.places = Places(message.text, self._wide_emoji)
        self._marked = self._selected = False
        self.text.configure(background=fill_colour, cursor="xterm")
        fill(self.text, message, self._look, room)

    def show_stamp(self, time: str, ink: str, icon: tuple[str, str], fill_colour: str) -> None:
        """Show a time, and behind it an icon of a name and a colour, if it has a name."""
        self._stamp.configure(
            text=f"{time} " if icon[0] else time,
            image=rounded.icon(self._look, *icon, self._look.px(11), fill_colour)
            if icon[0]
            else "",
            foreground=ink,
            background=fill_colour,
        )

    def mark(self, spans: Iterable[tuple[int, int]], tag: str) -> None:
        """Mark what a search found, and nothing else."""
        if self._marked:
            for other in (HIT, HIT_NOW):
                self.text.tag_remove(other, "1.0", "end")
        self._marked = False
        for start, end in spans:
            self.text.tag_add(tag, self.places.to_tk(start), self.places.to_tk(end))
            self._marked = True

    def select(self, span: tuple[int, int] | None) -> None:
        """Show these characters as selected, and no others."""
        if self._selected:
            self.text.tag_remove(SELECTED, "1.0", "end")
        self._selected = span is not None
        if span is not None:
            start, end = map(self.places.to_tk, span)
            self.text.tag_add(SELECTED, start, end)

    def at(self, x: int, y: int) -> int:
        """Return the character nearest to a pixel of the Text."""
        return self.places.from_tk(self.text.index(f"@{x},{y}"))

    def link_at(self, x: int, y: int) -> str:
        """Return the link under a pixel of the Text, "" where there is none."""
        if not any(mark.tag == marks.LINK for mark in self.message.marks):
            return ""
        at = self.at(x, y)
        box = self.text.bbox(self.places.to_tk(at))
        if box is None or not (box[0] <= x < box[0] + box[2] and box[1] <= y < box[1] + box[3]):
            return ""  # behind the end of a line, say
        return marks.link_at(self.message, at)

    def point(self, hand: bool) -> None:
        """Have the pointer be a hand, or what it is over text."""
        self.text.configure(cursor="hand2" if hand else "xterm")
