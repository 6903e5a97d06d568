"""What makes ttk styles of pictures: elements, and layouts of them."""

from tkinter import PhotoImage, ttk
from typing import Any

from chatroom.windows.fonts import Fonts
from chatroom.windows.painter import Painter

State = Any
"""A tuple: names of states that hold together, and then a picture."""

BUTTON_LABEL: list[Any] = [
    ("Button.padding", {"sticky": "nswe", "children": [("Button.label", {"sticky": "nswe"})]})
]


class Maker:
    """Makes styles in the look of one root."""

    def __init__(self, painter: Painter, fonts: Fonts) -> None:
        self.painter, self.fonts = painter, fonts
        self.c, self.px, self.patch = painter.c, painter.px, painter.patch
        self.style = ttk.Style(painter.root)
        self.ring = self.c.ring

    def element(self, name: str, first: PhotoImage, *states: State, r: float = 8) -> None:
        """Make an element of a picture for each state; the first one that holds is shown."""
        least = self.px(2 * r + 5)
        self.style.element_create(
            name,
            "image",
            first,
            *states,
            border=self.px(r + 2),
            padding=self.px(2),
            sticky="nswe",
            width=least,
            height=least,
        )

    def wrap(self, name: str, element: str, inner: list[Any]) -> None:
        """Have a style consist of an element with others in it."""
        self.style.layout(name, [(element, {"sticky": "nswe", "children": inner})])

    def button(self, name: str, element: str, ink: str, room: tuple[float, float]) -> None:
        """Make a style of buttons on an element, with so much room beside and above a label."""
        padding = self.px(room[0]), self.px(room[1])
        self.wrap(name, element, BUTTON_LABEL)
        self.style.configure(name, padding=padding, foreground=ink, anchor="center", width=0)
        self.style.map(name, foreground=[("disabled", self.c.off_ink)])
