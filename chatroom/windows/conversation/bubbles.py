"""Draws rows on the canvas, each once; they move, and go when they are out of view."""

from collections.abc import Callable, Iterable, Iterator
from tkinter import Canvas

from chatroom.client.conversation import Kind
from chatroom.windows import colours, theme
from chatroom.windows.conversation import boxes, rounded, selection, sheets
from chatroom.words.chat import Chat

ROW = "row"
"""The tag of all that moves."""
RING = "ring"
RADIUS = 12
ICONS = {Kind.OURS: "tick", Kind.WAITING: "clock"}

Marking = Callable[[int, str], tuple[Iterable[tuple[int, int]], str]]
"""What to mark in a row's text, and with which tag."""


class Drawn:
    """A row on the canvas."""

    def __init__(self, y: int, box: boxes.Box, sheet: sheets.Sheet | None) -> None:
        self.y = y
        self.box = box
        self.sheet = sheet


class Bubbles:
    """The rows that are drawn, and the Texts that they take and give back."""

    def __init__(
        self, canvas: Canvas, look: theme.Theme, selected: selection.Selection, *, wide_emoji: bool
    ) -> None:
        self._canvas, self._look, self._selection = canvas, look, selected
        self._wide_emoji = wide_emoji
        self.bind_tag = f"Bubbles{canvas}"
        """What the events of all the Texts are bound to."""
        self._drawn: dict[int, Drawn] = {}
        self._free: list[sheets.Sheet] = []
        self._windows: dict[sheets.Sheet, int] = {}
        self.marking: Marking = lambda _number, _text: ((), sheets.HIT)
        self._ringed: int | None = None
        self.width = 0
        self.sides = boxes.WIDE_SIDES

    @property
    def numbers(self) -> list[int]:
        """The rows that are drawn."""
        return sorted(self._drawn)

    # Rows come, move and go ------------------------------------------------------------

    def place(self, rows: dict[int, tuple[int, boxes.Box]]) -> None:
        """Have exactly these rows drawn, each with its upper edge so far down."""
        self.remove([number for number in self._drawn if number not in rows])
        self._move({number: rows[number][0] - self._drawn[number].y for number in self._drawn})
        for number, (y, box) in rows.items():
            if number not in self._drawn:
                self._draw(box, y)

    def remove(self, numbers: Iterable[int]) -> None:
        """Draw these rows no more, until they are placed again."""
        for number in numbers:
            drawn = self._drawn.pop(number, None)
            if drawn is None:
                continue
            if drawn.sheet is not None:
                self._canvas.itemconfigure(self._windows[drawn.sheet], state="hidden", tags=())
                self._free.append(drawn.sheet)
            self._canvas.delete(_tag(number))

    def remove_all(self) -> None:
        """Draw nothing."""
        self.remove(list(self._drawn))

    def _move(self, ways: dict[int, int]) -> None:
        if len(set(ways.values())) == 1:  # nearly always
            way = next(iter(ways.values()))
            if way:
                self._canvas.move(ROW, 0, way)
        else:
            for number, way in ways.items():
                self._canvas.move(_tag(number), 0, way)
        for number, way in ways.items():
            self._drawn[number].y += way

    # What is seen in them --------------------------------------------------------------

    def mark_all(self) -> None:
        """Mark what is found, in each text."""
        for number, sheet in self._sheets():
            sheet.mark(*self.marking(number, sheet.message.text))

    def ring(self, number: int | None) -> None:
        """Draw a line around a row's bubble, and around no other."""
        self._canvas.delete(RING)
        self._ringed = number
        if number in self._drawn:
            self._draw_ring(self._drawn[number])

    def show_selection(self) -> None:
        """Show what is selected, in each text."""
        for number, sheet in self._sheets():
            sheet.select(self._selection.span(number, len(sheet.message.text)))

    def spot(self, x: int, y: int) -> selection.Spot | None:
        """Return the place in a text that is nearest to a pixel of the canvas."""
        found = self._nearest(y)
        if found is None:
            return None
        number, drawn, sheet = found
        left, top = self._text_corner(drawn)
        return selection.Spot(number, sheet.at(x - left, y - top))

    def link(self, x: int, y: int) -> str:
        """Return the link under a pixel, and have the pointer be a hand over it."""
        found = self._nearest(y)
        if found is None:
            return ""
        _, drawn, sheet = found
        left, top = self._text_corner(drawn)
        link = sheet.link_at(x - left, y - top)
        sheet.point(hand=bool(link))
        return link

    def rectangle(self, number: int) -> tuple[int, int, int, int] | None:
        """Return where a row's bubble is (x, y, width, height), None where it is not drawn."""
        drawn = self._drawn.get(number)
        if drawn is None or drawn.sheet is None:
            return None
        box = drawn.box
        return box.x, drawn.y + box.top, box.width, box.bubble_height

    def _sheets(self) -> Iterator[tuple[int, sheets.Sheet]]:
        for number, drawn in self._drawn.items():
            if drawn.sheet is not None:
                yield number, drawn.sheet

    def _nearest(self, y: int) -> tuple[int, Drawn, sheets.Sheet] | None:
        """Return the last row whose bubble begins above; the first one for what is above it."""
        best = None
        for number in self.numbers:
            drawn = self._drawn[number]
            if drawn.sheet and (best is None or drawn.y + drawn.box.top <= y):
                best = number, drawn, drawn.sheet
        return best

    def _text_corner(self, drawn: Drawn) -> tuple[int, int]:
        px = self._look.px
        return drawn.box.x + px(boxes.PAD_X), drawn.y + drawn.box.lead + px(boxes.PAD_TOP)

    # Drawing ---------------------------------------------------------------------------

    def _draw(self, box: boxes.Box, y: int) -> None:
        drawn = self._drawn[box.row.number] = Drawn(y, box, None)
        tags = (ROW, _tag(box.row.number))
        if box.day:
            middle = y + self._look.px(26)
            self._draw_pill(box.day, middle, 12, self._look.c.pill, self._look.c.faded, tags)
        if box.row.is_first_unread:
            self._draw_unread_line(y + box.unread_y + self._look.px(22), tags)
        if box.row.kind is Kind.ABSENT:
            self._draw_stand_in(box, y + box.top, tags)
        elif box.message is not None:
            self._draw_bubble(box, y + box.top, tags)
            drawn.sheet = self._draw_text(drawn, tags)
            if box.row.number == self._ringed:
                self._draw_ring(drawn)
        if box.notices:
            self._draw_notices(box, y + box.top + box.bubble_height, tags)

    def _draw_pill(
        self, text: str, middle: int, radius: int, fill: str, ink: str, tags: tuple[str, ...]
    ) -> None:
        look, centre = self._look, self.width // 2
        half, r = look.small.measure(text) // 2 + look.px(12), look.px(radius)
        rectangle = (centre - half, middle - r, centre + half, middle + r)
        rounded.draw(self._canvas, look, rectangle, r, fill, tags)
        self._canvas.create_text(centre, middle, text=text, font=look.small, fill=ink, tags=tags)

    def _draw_unread_line(self, middle: int, tags: tuple[str, ...]) -> None:
        c, edge = self._look.c, self._look.px(self.sides.edge)
        line = colours.mix(c.accent, c.chat, 0.5)
        thick = max(self._look.px(1), 1)
        self._canvas.create_line(
            edge, middle, self.width - edge, middle, fill=line, width=thick, tags=tags
        )
        self._draw_pill(Chat.UNREAD(), middle, 11, c.unread, c.unread_ink, tags)

    def _draw_ring(self, drawn: Drawn) -> None:
        box, px = drawn.box, self._look.px
        if drawn.sheet is None:
            return
        top = drawn.y + box.top
        rounded.ring(
            self._canvas,
            self._look,
            (box.x, top, box.x + box.width, top + box.bubble_height - px(2)),
            px(RADIUS),
            self._look.c.accent,
            (ROW, _tag(box.row.number), RING),
            sharp=_sharp_corner(box),
        )

    def _draw_bubble(self, box: boxes.Box, top: int, tags: tuple[str, ...]) -> None:
        look, px = self._look, self._look.px
        bottom = top + box.bubble_height - px(2)
        rounded.draw(
            self._canvas,
            look,
            (box.x, top, box.x + box.width, bottom),
            px(RADIUS),
            self._fill_of(box),
            tags,
            shadow=look.c.shadow,
            sharp=_sharp_corner(box),
        )
        if not box.name:
            return
        ink, back = look.person(box.row.name)
        self._draw_avatar(box.row.name, top, back, tags)
        place = (box.x + px(boxes.PAD_X), top + px(boxes.PAD_TOP))
        self._canvas.create_text(
            *place, text=box.name, font=look.bold, fill=ink, anchor="nw", tags=tags
        )

    def _draw_avatar(self, name: str, top: int, back: str, tags: tuple[str, ...]) -> None:
        look, (edge, size, *_) = self._look, self.sides
        left, half = look.px(edge), look.px(size) // 2
        disc = rounded.disc(look, back, look.px(size))
        self._canvas.create_image(left, top, image=disc, anchor="nw", tags=tags)
        font = look.small if size == boxes.WIDE_SIDES.avatar else look.tiny
        self._canvas.create_text(
            left + half,
            top + half,
            text=look.initials(name),
            font=font,
            fill=colours.WHITE,
            tags=tags,
        )

    def _draw_text(self, drawn: Drawn, tags: tuple[str, ...]) -> sheets.Sheet:
        box, look = drawn.box, self._look
        sheet = self._free.pop() if self._free else self._make_sheet()
        fill, window = self._fill_of(box), self._windows[sheet]
        assert box.message is not None
        sheet.show(box.message, box.room, fill)
        ink = look.c.ours_faded if box.is_ours else look.c.faded
        icon = ICONS.get(box.row.kind, "")
        sheet.show_stamp(box.stamp, ink, (icon, look.c.accent if icon == "tick" else ink), fill)
        sheet.mark(*self.marking(box.row.number, box.message.text))
        sheet.select(self._selection.span(box.row.number, len(box.message.text)))
        self._canvas.coords(window, *self._text_corner(drawn))
        self._canvas.itemconfigure(
            window, width=box.text_width, height=box.text_height, state="normal", tags=tags
        )
        return sheet

    def _make_sheet(self) -> sheets.Sheet:
        sheet = sheets.Sheet(self._canvas, self._look, self.bind_tag, wide_emoji=self._wide_emoji)
        self._windows[sheet] = self._canvas.create_window(0, 0, window=sheet.text, anchor="nw")
        return sheet

    def _draw_stand_in(self, box: boxes.Box, top: int, tags: tuple[str, ...]) -> None:
        """Draw a bubble without words, for a message that is still to come."""
        look, px = self._look, self._look.px
        fill = colours.mix(look.c.theirs, look.c.chat, 0.55)
        bar = colours.mix(look.c.pill, fill, 0.7)
        rectangle = (box.x, top, box.x + box.width, top + box.bubble_height - px(2))
        rounded.draw(self._canvas, look, rectangle, px(RADIUS), fill, tags)
        lines = max(box.bubble_height // px(18) - 1, 1)
        left, thick = box.x + px(boxes.PAD_X), px(8)
        for line in range(lines):
            middle = top + px(16) + line * px(18)
            end = box.x + box.width - px(boxes.PAD_X)
            if line == lines - 1:
                end -= (end - left) * (box.row.number % 3 + 1) // 6
            self._canvas.create_line(
                left, middle, end, middle, fill=bar, width=thick, capstyle="round", tags=tags
            )

    def _draw_notices(self, box: boxes.Box, top: int, tags: tuple[str, ...]) -> None:
        look = self._look
        self._canvas.create_text(
            self.width // 2,
            top + look.px(boxes.NOTICE_GAP),
            text=box.notices,
            font=look.small,
            fill=look.c.faded,
            justify="center",
            anchor="n",
            tags=tags,
        )

    def _fill_of(self, box: boxes.Box) -> str:
        return self._look.c.ours if box.is_ours else self._look.c.theirs


def _sharp_corner(box: boxes.Box) -> int:
    """Return which corner points to who says it, -1 for none."""
    return int(box.is_ours) if box.row.begins_group else -1


def _tag(number: int) -> str:
    return f"row{number}"
