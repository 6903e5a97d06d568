"""The button to the newest message, with how many are new below."""

from collections.abc import Callable
from tkinter import Canvas

from chatroom.windows.conversation import boxes, rounded
from chatroom.windows.theme import Theme

COUNT_MOST = 999
JUMP = "jump"
"""The tag of all its parts."""


class Jump:
    """A disc in the free column at the right, on the canvas of the bubbles itself."""

    def __init__(self, canvas: Canvas, look: Theme, go: Callable[[], None]) -> None:
        self._canvas, self._look = canvas, look
        self._is_over = False
        self._shown: tuple[int, int, boxes.Sides, int] | None = None
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
            self._canvas.delete(JUMP)

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
        look, c, px = self._look, self._look.c, self._look.px
        self._canvas.delete(JUMP)
        size = min(42, sides.right - 8)
        x, y = width - px(sides.right) // 2, height - px(10) - px(size) // 2
        back = c.over if self._is_over else c.panel
        self._canvas.create_image(x, y, image=rounded.disc(look, back, px(size), c.edge), tags=JUMP)
        icon = rounded.icon(look, "down", c.accent, px(size * 0.45), back)
        self._canvas.create_image(x, y, image=icon, tags=JUMP)
        if count:
            self._draw_count(x, y - px(size) // 2, count)

    def _draw_count(self, x: int, y: int, count: int) -> None:
        look, c, px = self._look, self._look.c, self._look.px
        text = f"{COUNT_MOST}+" if count > COUNT_MOST else str(count)
        disc, half = look.disc(c.accent, 20), px(10)
        reach = max(look.tiny.measure(text) // 2 + px(5) - half, 0)
        for centre in (x - reach, x + reach):
            self._canvas.create_image(centre, y, image=disc, tags=JUMP)
        rectangle = (x - reach, y - half, x + reach, y - half + px(20))
        self._canvas.create_rectangle(*rectangle, width=0, fill=c.accent, tags=JUMP)
        self._canvas.create_text(x, y, text=text, font=look.tiny, fill=c.on_accent, tags=JUMP)
