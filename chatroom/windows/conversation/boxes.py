"""Where the parts of a row are: from its upper edge, in pixels.

day pill, line of the unread, gap, bubble (name, text, time), notices
"""

from typing import NamedTuple

from chatroom.client.conversation import Conversation, Kind, Row
from chatroom.windows.conversation import labels, marks, ruler
from chatroom.windows.elided import elide
from chatroom.windows.theme import Theme

DAY = 44
UNREAD = 36
GROUP_GAP, GAP = 10, 3
TOP_GAP = 12
PAD_X, PAD_TOP, PAD_BOTTOM = 11, 6, 8
WIDEST = 520
NARROWEST = 80
NARROW = 480
"""In a window that is narrower, there is less beside the bubbles."""
BOXES_MOST = 600
STAMP_MOST = 90
NOTICE_GAP = 12

ABSENT_SIZES = ((210, 34), (330, 52), (150, 34), (280, 34), (240, 70), (370, 34), (180, 52))
"""Widths and heights of the stand-ins, one after another."""


class Sides(NamedTuple):
    """What is free beside the bubbles: avatars are at the left, the button to the newest at
    the right, where it covers no letters."""

    edge: int
    avatar: int
    left: int
    right: int


WIDE_SIDES, NARROW_SIDES = Sides(16, 34, 60, 60), Sides(8, 26, 42, 42)


class Box:
    """The parts of one row."""

    day: str = ""
    unread_y: int = 0
    top: int = 0
    """The bubble's upper edge."""
    x: int = 0
    width: int = 0
    bubble_height: int = 0
    message: marks.Message | None = None
    text_width: int = 0
    text_height: int = 0
    name: str = ""
    name_height: int = 0
    stamp: str = ""
    room: int = 0
    """The width of the time and what belongs to it."""
    notices: str = ""

    def __init__(self, row: Row, height: int = 0) -> None:
        self.row = row
        self.height = height

    @property
    def is_ours(self) -> bool:
        """Whether it stands at the right."""
        return self.row.kind in (Kind.OURS, Kind.WAITING)

    @property
    def lead(self) -> int:
        """How far below the row's upper edge its text begins."""
        return self.top + self.name_height


class Boxes:
    """The boxes of rows, measured when they are asked for, for one width."""

    def __init__(self, look: Theme, measures: ruler.Ruler, shown: Conversation) -> None:
        self._look, self._ruler, self._shown = look, measures, shown
        self._width = 0
        self._boxes: dict[int, Box] = {}
        self.sides = WIDE_SIDES

    def __getitem__(self, number: int) -> Box:
        box = self._boxes.get(number)
        if box is None:
            if number > self._shown.count:  # it has gone, and is forgotten soon
                return Box(self._shown.row(0), self._look.px(DAY))
            if len(self._boxes) >= BOXES_MOST:
                self._keep_near(number)
            box = self._boxes[number] = self._measure(self._shown.row(number))
        return box

    def height(self, number: int) -> int:
        """Return the height of a row."""
        return self[number].height

    def set_width(self, width: int) -> bool:
        """Measure for another width from now on; tell whether it is another."""
        if width == self._width:
            return False
        self._width = width
        self.sides = NARROW_SIDES if width < self._look.px(NARROW) else WIDE_SIDES
        self._boxes.clear()
        return True

    def forget(self, first: int, last: int) -> set[int]:
        """Forget those of these rows that are not what they were, and return their numbers."""
        count = self._shown.count
        changed = {
            number
            for number, box in self._boxes.items()
            if first <= number <= last and (number > count or box.row != self._shown.row(number))
        }
        for number in changed:
            del self._boxes[number]
        return changed

    # ----------------------------------------------------------------------------------

    def _keep_near(self, number: int) -> None:
        near = range(number - BOXES_MOST // 4, number + BOXES_MOST // 4)
        self._boxes = {other: box for other, box in self._boxes.items() if other in near}

    def _measure(self, row: Row) -> Box:
        box, px = Box(row), self._look.px
        y = 0
        if row.begins_day:
            box.day, y = labels.day(row), y + px(DAY)
        if row.is_first_unread:
            box.unread_y, y = y, y + px(UNREAD)
        if row.kind is Kind.TOP:
            box.top = px(TOP_GAP)
        else:
            box.top = y + px(GROUP_GAP if row.begins_group else GAP)
            if row.kind is Kind.ABSENT:
                self._measure_stand_in(box)
            else:
                self._measure_bubble(box)
        box.height = box.top + box.bubble_height
        self._measure_notices(box)
        return box

    def _measure_stand_in(self, box: Box) -> None:
        px = self._look.px
        width, height = ABSENT_SIZES[box.row.number % len(ABSENT_SIZES)]
        box.x = px(self.sides.left)
        box.width, box.bubble_height = min(px(width), self._most()), px(height)

    def _measure_bubble(self, box: Box) -> None:
        look, row = self._look, box.row
        px, most = look.px, self._most()
        called = "" if box.is_ours else self._shown.name  # who speaks of oneself calls nobody
        box.message = marks.read(row.text, called)
        box.stamp = elide(labels.stamp(row), look.tiny, px(STAMP_MOST))
        gap = 20 if box.is_ours else 8 if box.stamp else 1  # rows of an older archive have none
        box.room = look.tiny.measure(box.stamp) + px(gap)
        least = 0
        if row.begins_group and not box.is_ours:
            box.name = elide(labels.name(row), look.bold, most)
            box.name_height = look.bold.metrics("linespace") + px(2)
            least = look.bold.measure(box.name)
        size = self._ruler.size(box.message, least, most, box.room)
        box.text_width, box.text_height = size
        box.width = box.text_width + 2 * px(PAD_X)
        box.bubble_height = box.text_height + box.name_height + px(PAD_TOP + PAD_BOTTOM)
        right = self._width - px(self.sides.right)
        box.x = right - box.width if box.is_ours else px(self.sides.left)

    def _measure_notices(self, box: Box) -> None:
        sentences = labels.notices(box.row)
        if not sentences:
            return
        font, px = self._look.small, self._look.px
        most = max(self._width - px(2 * self.sides.right), px(NARROWEST))
        box.notices = "\n".join(ruler.wrap(one, most, font.measure) for one in sentences)
        lines = box.notices.count("\n") + 1
        box.height += px(NOTICE_GAP) + lines * font.metrics("linespace") + px(NOTICE_GAP) // 3

    def _most(self) -> int:
        """Return how wide a text may be."""
        px, sides = self._look.px, self.sides
        free = self._width - px(sides.left + sides.right + 2 * PAD_X)
        return max(min(free, px(WIDEST)), px(NARROWEST))
