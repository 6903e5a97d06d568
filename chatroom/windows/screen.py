"""The room that a window has on its screen."""

import re
from tkinter import Tk

Size = tuple[int, int]
"""Width and height in pixels."""

USUAL_FRAME = 4, 30
"""What is taken to be around a window that is not there yet: pixels at a side, and above."""


def room(root: Tk) -> Size:
    """Return how large a window may be, which has a frame around it once it is there."""
    side, head = _frame(root)
    return root.winfo_screenwidth() - 2 * side, root.winfo_screenheight() - head - side


def keep_inside(root: Tk) -> None:
    """Have a window no larger than its screen, and nothing of it beyond the edge.

    It may just have got a larger `minsize`, which is made to fit, too.
    """
    if not root.winfo_viewable() or root.state() != "normal":
        return
    most = room(root)
    least = [min(pair) for pair in zip(root.minsize(), most, strict=True)]
    root.minsize(*least)
    now = root.winfo_width(), root.winfo_height()
    width, height = (sorted(sizes)[1] for sizes in zip(least, now, most, strict=True))
    side, head = _frame(root)
    left, top = root.winfo_vrootx(), root.winfo_vrooty()  # of all screens together
    last_x = left + root.winfo_vrootwidth() - width - 2 * side
    last_y = top + root.winfo_vrootheight() - height - head - side
    at = _place(root)
    x, y = max(min(at[0], last_x), left), max(min(at[1], last_y), top)
    if (width, height) != now or (x, y) != at:
        root.geometry(f"{width}x{height}+{x}+{y}")


def _frame(root: Tk) -> Size:
    """Return how wide the frame is at a side, and how high with the title."""
    if not root.winfo_viewable():
        return USUAL_FRAME
    x, y = _place(root)
    return root.winfo_rootx() - x, root.winfo_rooty() - y


def _place(root: Tk) -> tuple[int, int]:
    """Return where the frame begins, which `winfo_x` of X11 does not tell."""
    found = re.search(r"\+(-?\d+)\+(-?\d+)$", root.geometry())
    return (int(found[1]), int(found[2])) if found else (root.winfo_rootx(), root.winfo_rooty())
