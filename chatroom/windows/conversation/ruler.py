"""How large texts are, before they are shown."""

from collections.abc import Callable
from tkinter import Misc
from tkinter.font import Font

from chatroom.windows.conversation import marks, sheets
from chatroom.windows.theme import Theme

LINE_MEASURED = 400
"""A line of more characters fills any bubble: no more of it is measured."""
RULER_WIDTH = 2000


class Ruler:
    """Measures messages with one Text that nobody sees.

    Its width stays, since another one would be known only after a round of geometry: a
    margin at its right makes it narrower.
    """

    def __init__(self, parent: Misc, look: Theme) -> None:
        self._look = look
        self._width = look.px(RULER_WIDTH)
        self._text = sheets.make_text(parent, look)
        self._text.place(x=-2 * self._width, width=self._width, height=10)
        self.counts_emoji_twice = sheets.counts_emoji_twice(self._text)
        self._emoji_widths: dict[str, int] = {}
        self._line_height = 0

    def size(self, message: marks.Message, least: int, most: int, room: int) -> tuple[int, int]:
        """Return the width and height of a message in pixels, of no more width than `most`.

        `room` pixels are kept for the time, behind the last line if it fits there.
        """
        widths = [self._line_width(line, message) for line in message.text.split("\n")]
        last = widths[-1] + self._space() + room
        width = min(max(*widths, last, least) + 1, most)
        is_plain = len(widths) == 1 and last < width and not self._is_uneven(message)
        return width, self._one_line() if is_plain else self._measured(message, width, room)

    def _one_line(self) -> int:
        if not self._line_height:
            self._line_height = self._measured(marks.read("x", ""), self._width // 2, 1)
        return self._line_height

    def _space(self) -> int:
        """Return the width of the space before the time."""
        return self._look.body.measure(" ") + 1

    def _measured(self, message: marks.Message, width: int, room: int) -> int:
        text = self._text
        if text.winfo_width() != self._width:  # the first time
            text.update_idletasks()
        sheets.fill(text, message, self._look, room)
        text.tag_configure("wrap", rmargin=self._width - width)
        text.tag_add("wrap", "1.0", "end")
        # Not Text.count, whose result depends on the version of Python and on what is asked.
        return int(text.tk.call(str(text), "count", "-update", "-ypixels", "1.0", "end"))

    def _line_width(self, line: str, message: marks.Message) -> int:
        if message.is_jumbo:
            return self._with_tabs(line, self._look.jumbo)
        line = line[:LINE_MEASURED]
        width = self._with_tabs(line, self._look.body)
        if not line.isascii() and self._has_emoji(message):
            width += sum(max(self._emoji_more(one), 0) for one in line if one > "\u203b")
        return width

    def _with_tabs(self, line: str, font: Font) -> int:
        """Return the width of a line in which each tab reaches to the next stop."""
        *before, rest = line.split("\t")
        width, stop = 0, sheets.tab_stop(self._look) if before else 0
        for part in before:
            width += font.measure(part)
            width = max((width // stop + 1) * stop, width + font.measure(" "))  # as Tk does
        return width + font.measure(rest)

    def _emoji_more(self, character: str) -> int:
        """Return how much wider a character is in the font of emoji."""
        if character not in self._emoji_widths:
            wide, usual = self._look.emoji, self._look.body
            more = wide.measure(character) - usual.measure(character)
            self._emoji_widths[character] = more
        return self._emoji_widths[character]

    def _is_uneven(self, message: marks.Message) -> bool:
        """Tell whether its width or height may be other than those of its letters."""
        return "\t" in message.text or self._has_emoji(message)

    @staticmethod
    def _has_emoji(message: marks.Message) -> bool:
        return message.is_jumbo or any(mark.tag == marks.EMOJI for mark in message.marks)


def wrap(text: str, most: int, measure: Callable[[str], int]) -> str:
    """Return a text in lines of so many pixels, broken at spaces."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".lstrip()
        if lines[-1] and measure(longer) > most:
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(lines)
