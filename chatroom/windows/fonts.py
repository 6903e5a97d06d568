"""The fonts of all windows of one root, as large as its scale wants."""

from tkinter import Tk
from tkinter.font import Font, names, nametofont
from typing import NamedTuple

from chatroom.windows import emoji

EMOJI_FAMILIES = ("Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji")


class Fonts(NamedTuple):
    """Fonts by what they are for."""

    body: Font
    bold: Font
    small: Font
    tiny: Font
    title: Font
    emoji: Font
    jumbo: Font  # a text of emoji alone


def make_fonts(root: Tk) -> Fonts:
    """Make the fonts, once the root's `tk scaling` is set and Tk's own fonts have seen it."""
    base = nametofont("TkDefaultFont", root=root).actual()
    family, size = base["family"], abs(base["size"])
    with_emoji = _emoji_family(root) or family

    scaling = float(root.tk.call("tk", "scaling"))

    def pixels(points: int) -> int:
        """Return a size as Tk has it in pixels, which another scaling leaves alone."""
        return -round(points * scaling)

    def make(larger: int = 0, bold: bool = False) -> Font:
        font = Font(root, family=family, size=pixels(max(size + larger, 7)))
        if bold:
            font.configure(weight="bold")
        return font

    return Fonts(
        body=make(),
        bold=make(bold=True),
        small=make(-1),
        tiny=make(-2),
        title=make(3, bold=True),
        emoji=Font(root, family=with_emoji, size=pixels(size)),
        jumbo=Font(root, family=with_emoji, size=pixels(2 * size + 4)),
    )


def rescale(root: Tk) -> None:
    """Have Tk's own fonts see a new `tk scaling`, which a named font does not by itself."""
    for name in names(root):
        if name.startswith("Tk"):
            named = nametofont(name, root=root)
            named.configure(size=named.cget("size"))


def _emoji_family(root: Tk) -> str | None:
    """Return a family of coloured emoji that this Tk can draw; None where there is none."""
    if not emoji.are_safe():
        return None
    for family in EMOJI_FAMILIES:
        if Font(root, family=family, size=10).actual("family") == family:
            return family
    return None
