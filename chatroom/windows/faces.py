"""People as discs with their initials."""

from collections.abc import Sequence
from tkinter import Canvas, Misc
from tkinter.font import Font

from chatroom.windows import theme
from chatroom.windows.theme import Theme

WHITE = "#ffffff"
SHOWN_MOST = 4
SIZE = 28
STEP = 20
LETTERS = 10
"""Pixels at 100 %."""


def draw_face(
    canvas: Canvas,
    look: Theme,
    name: str,
    place: tuple[int, int],
    *,
    size: int,
    font: Font,
    ring: str = "",
) -> None:
    """Draw a person's disc around a place of a canvas, with the tag "face"."""
    back = look.disc(look.person(name)[1], size, ring)
    canvas.create_image(*place, image=back, tags="face")
    canvas.create_text(*place, text=look.initials(name), fill=WHITE, font=font, tags="face")


class Faces(Canvas):
    """The first people of a room, one over the other, and how many more there are."""

    def __init__(self, parent: Misc) -> None:
        self._look = look = theme.of(parent)
        super().__init__(parent, width=1, height=look.px(SIZE), highlightthickness=0, bd=0)
        self.configure(background=look.c.panel)
        self._font = Font(self, family=look.body.actual("family"), size=-look.px(LETTERS))

    def show(self, names: Sequence[str]) -> None:
        """Show these people."""
        look = self._look
        self.delete("face")
        more = len(names) - SHOWN_MOST
        count = min(len(names), SHOWN_MOST) + (more > 0)
        self.configure(width=look.px(SIZE + STEP * (count - 1)) if count else 1)
        if more > 0:
            self._draw_more(f"+{more}" if more < 100 else "99+", self._place(SHOWN_MOST))
        for index, name in reversed(list(enumerate(names[:SHOWN_MOST]))):
            place = self._place(index)
            draw_face(self, look, name, place, size=SIZE, font=self._font, ring=look.c.panel)

    def _place(self, index: int) -> tuple[int, int]:
        return self._look.px(SIZE / 2 + STEP * index), self._look.px(SIZE / 2)

    def _draw_more(self, text: str, place: tuple[int, int]) -> None:
        c = self._look.c
        self.create_image(*place, image=self._look.disc(c.over, SIZE, c.panel), tags="face")
        x, y = place[0] + self._look.px(SIZE - STEP) // 2, place[1]  # the face before covers some
        self.create_text(x, y, text=text, fill=c.faded, font=self._font, tags="face")
