"""The look of all windows of one root: colours, fonts, sizes, pictures and ttk styles.

look = theme.of(widget)
ttk.Label(widget, image=look.icon("clock", look.c.faded), padding=look.px(8))
"""

from tkinter import Misc, TclError, Tk

from chatroom import forms, problems
from chatroom.windows import colours, desktop, fonts, painter, styles

LARGEST_SCALE = 4.0


class Theme(painter.Painter):
    """What a widget needs to look like its neighbours; `theme.of` finds it."""

    def __init__(self, root: Tk, *, dark: bool, scale: float | None = None) -> None:
        """Style a root; without `scale` as large as the screen wants it."""
        scale = _set_scale(root, scale)
        super().__init__(root, colours.DARK if dark else colours.LIGHT, scale)
        self.dark = dark
        made = fonts.make_fonts(root)
        self.body, self.bold, self.title = made.body, made.bold, made.title
        self.small, self.tiny = made.small, made.tiny
        self.emoji, self.jumbo = made.emoji, made.jumbo
        styles.make_styles(self, made)

    def person(self, name: str) -> tuple[str, str]:
        """Return the colour of a person's name, and that of the disc under white initials."""
        return colours.person(name, self.c)

    @staticmethod
    def initials(name: str) -> str:
        """Return one or two letters for a name: of its first word and of its last."""
        words = name.replace("-", " ").split() or [name]
        ends = words[:1] if len(words) == 1 else [words[0], words[-1]]
        return "".join(word[:1] for word in ends).upper()


class Root(Tk):
    """A main window that has a theme."""

    theme: Theme


def make_root(title: str, size: str, *, dark: bool | None = None, scale: float | None = None) -> Tk:
    """Return a main window in the house's style. Raises Problem where there is no display.

    `size` is "WIDTHxHEIGHT" at 100 %; the window is no larger than its screen. What is not
    given of `dark` and `scale` is asked of the desktop.
    """
    desktop.ask_for_sharp_pixels()
    try:
        root = Root(className="Chatroom")
    except TclError:
        raise problems.Problem(forms.NoWindow.NO_DISPLAY) from None
    root.withdraw()
    is_dark = desktop.prefers_dark() if dark is None else dark
    root.theme = Theme(root, dark=is_dark, scale=scale or desktop.screen_scale())
    root.update_idletasks()  # ttk tells of a new theme when idle, which must not be after the end
    width, height = (root.theme.px(int(part)) for part in size.split("x"))
    most = root.winfo_screenwidth(), root.winfo_screenheight()
    root.title(title)
    root.geometry(f"{min(width, most[0])}x{min(height, most[1])}")
    root.deiconify()
    return root


def of(widget: Misc) -> Theme:
    """Return the theme of the root that a widget belongs to."""
    root = widget.nametowidget(".")
    if not isinstance(root, Root):
        raise TypeError(f"{root!r} is not of make_root")
    return root.theme


def _set_scale(root: Tk, scale: float | None) -> float:
    """Set Tk's scaling (pixels a point), or read it; return it as a share of 96 dots an inch.

    On macOS a pixel of Tk is a point.
    """
    pixels_a_point = 1.0 if root.tk.call("tk", "windowingsystem") == "aqua" else 96 / 72
    wanted = scale or float(root.tk.call("tk", "scaling")) / pixels_a_point
    wanted = min(max(wanted, 1.0), LARGEST_SCALE)
    root.tk.call("tk", "scaling", wanted * pixels_a_point)
    return wanted
