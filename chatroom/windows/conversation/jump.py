"""The button to the newest message, with how many are new below."""

from collections.abc import Callable
from tkinter import Canvas

from chatroom.windows.conversation import boxes, rounded
from chatroom.windows.theme import Theme

COUNT_MOST = 999
JUMP = "jump"
"""The tag of all its parts."""
COUNT = "jump count"
"""The tag of those that say how many are new."""


class Jump:
    """A disc in the free column at the right, on the canvas of the bubbles itself.

    Its parts are made once and only changed: Tk gives a click to the part under the pointer,
    and to none if that is deleted by what it calls as the pointer enters, or before the button
    is let go.
    """

    def __init__(self, canvas: Canvas, look: Theme, go: Callable[[], None]) -> None:
        self._canvas, self._look = canvas, look
        self._is_over = False
        self._shown: tuple[int, int, boxes.Sides, int] | None = None
        self._disc, self._icon = (canvas.create_image(0, 0, tags=JUMP) for _ in range(2))
        tags = JUMP, COUNT
        self._ends = [canvas.create_image(0, 0, tags=tags) for _ in range(2)]
        self._middle = canvas.create_rectangle(0, 0, 0, 0, width=0, tags=tags)
        self._text = canvas.create_text(0, 0, font=look.tiny, tags=tags)
        canvas.itemconfigure(JUMP, state="hidden")
        canvas.tag_bind(JUMP, "<ButtonRelease-1>", lambda _: go())
        canvas.tag_bind(JUMP, "<Enter>", lambda _: self._hover(True))
        canvas.tag_bind(JUMP, "<Leave>", lambda _: self._hover(False))

    @property
    def is_shown(self) -> bool:
        """Whether it is there."""
        return self._shown is not None

    def show(self, width: int, height: int, sides: boxes.Sides, count: int) -> None:
        """Show it in the lower right of a view of this size, with a count unless it is 0."""
        if self._shown != (width, height, sides, count):
            self._shown = width, height, sides, count
            self._draw()
        self._canvas.tag_raise(JUMP)

    def hide(self) -> None:
        """Take it away."""
        if self._shown is not None:
            self._shown = None
            self._hover(False)
            self._canvas.itemconfigure(JUMP, state="hidden")

    def holds(self, x: int, y: int) -> bool:
        """Tell whether a pixel of the canvas is on it."""
        found = self._canvas.bbox(JUMP) if self._shown else None
        return bool(found and found[0] <= x < found[2] and found[1] <= y < found[3])

    # ----------------------------------------------------------------------------------

    def _hover(self, over: bool) -> None:
        if over != self._is_over:
            self._is_over = over
            self._canvas.configure(cursor="hand2" if over else "")
            if self._shown:
                self._draw()

    def _draw(self) -> None:
        assert self._shown is not None
        width, height, sides, count = self._shown
        look, c, px, canvas = self._look, self._look.c, self._look.px, self._canvas
        size = min(42, sides.right - 8)
        x, y = width - px(sides.right) // 2, height - px(10) - px(size) // 2
        back = c.over if self._is_over else c.panel
        disc = rounded.disc(look, back, px(size), c.edge)
        icon = rounded.icon(look, "down", c.accent, px(size * 0.45), back)
        for part, image in ((self._disc, disc), (self._icon, icon)):
            canvas.coords(part, x, y)
            canvas.itemconfigure(part, image=image, state="normal")
        canvas.itemconfigure(COUNT, state="normal" if count else "hidden")
        if count:
            self._draw_count(x, y - px(size) // 2, count)

    def _draw_count(self, x: int, y: int, count: int) -> None:
        look, c, px, canvas = self._look, self._look.c, self._look.px, self._canvas
        text = f"{COUNT_MOST}+" if count > COUNT_MOST else str(count)
        disc, half = look.disc(c.accent, 20), px(10)
        reach = max(look.tiny.measure(text) // 2 + px(5) - half, 0)
        for end, centre in zip(self._ends, (x - reach, x + reach), strict=True):
            canvas.coords(end, centre, y)
            canvas.itemconfigure(end, image=disc)
        canvas.coords(self._middle, x - reach, y - half, x + reach, y - half + px(20))
        canvas.itemconfigure(self._middle, fill=c.accent)
        canvas.coords(self._text, x, y)
        canvas.itemconfigure(self._text, text=text, fill=c.on_accent)
