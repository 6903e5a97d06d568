"""The look of all windows of one root: colours, fonts, sizes, pictures and ttk styles.

look = theme.of(widget)
ttk.Label(widget, image=look.icon("clock", look.c.faded), padding=look.px(8))
"""

from tkinter import Misc, TclError, Tk

from chatroom import forms, problems
from chatroom.windows import colours, desktop, emoji, fonts, painter, styles

SMALLEST_SCALE, LARGEST_SCALE = 0.75, 4.0


class Theme(painter.Painter):
    """What a widget needs to look like its neighbours; `theme.of` finds it."""

    def __init__(self, root: Tk, *, dark: bool, scale: float) -> None:
        """Make a look of a root, and put it on."""
        super().__init__(root, colours.DARK if dark else colours.LIGHT, scale)
        self.dark = dark
        self._set_scaling()
        self._fonts = made = fonts.make_fonts(root)
        self.body, self.bold, self.title = made.body, made.bold, made.title
        self.small, self.tiny = made.small, made.tiny
        self.emoji, self.jumbo = made.emoji, made.jumbo
        self._name = f"{'dark' if dark else 'light'} {scale}"
        styles.make_styles(self, made, self._name)
        styles.use(self, made, self._name)

    def use(self) -> None:
        """Put it on again, after another look."""
        self._set_scaling()
        styles.use(self, self._fonts, self._name)

    def person(self, name: str) -> tuple[str, str]:
        """Return the colour of a person's name, and that of the disc under white initials."""
        return colours.person(name, self.c)

    def _set_scaling(self) -> None:
        self.root.tk.call("tk", "scaling", self.scale * _pixels_a_point(self.root))
        fonts.rescale(self.root)

    @staticmethod
    def initials(name: str) -> str:
        """Return one or two letters for a name: of its first word and of its last."""
        words = name.replace("-", " ").split() or [name]
        ends = words[:1] if len(words) == 1 else [words[0], words[-1]]
        return "".join(word[:1] for word in ends).upper()


class Root(Tk):
    """A main window that has a theme."""

    theme: Theme
    screen_scale: float
    """How large everything is as the screen wants it: 1.0 at 96 dots an inch."""
    looks: dict[tuple[bool, float], Theme]
    """Those it has had, by whether they are dark and by scale: ttk forgets none anyway."""


def make_root(
    title: str,
    size: str,
    *,
    dark: bool | None = None,
    scale: float | None = None,
    zoom: float = 1.0,
) -> Root:
    """Return a main window in the house's style. Raises Problem where there is no display.

    `size` is "WIDTHxHEIGHT" at 100 %; the window is no larger than its screen. What is not
    given of `dark` and `scale` is asked of the desktop; `zoom` makes all larger than that.
    """
    desktop.ask_for_sharp_pixels()
    try:
        with emoji.hidden_where_unsafe():
            root = Root(className="Chatroom")
            root.tk.call("font", "families")  # now they are looked up
    except TclError:
        raise problems.Problem(forms.NoWindow.NO_DISPLAY) from None
    root.withdraw()
    root.looks = {}
    root.screen_scale = _within(scale or desktop.screen_scale() or _own_scale(root), least=1.0)
    look = restyle(root, dark=desktop.prefers_dark() if dark is None else dark, zoom=zoom)
    root.update_idletasks()  # ttk tells of a new theme when idle, which must not be after the end
    width, height = (look.px(int(part)) for part in size.split("x"))
    most = root.winfo_screenwidth(), root.winfo_screenheight()
    root.title(title)
    root.geometry(f"{min(width, most[0])}x{min(height, most[1])}")
    root.deiconify()
    return root


def restyle(root: Root, *, dark: bool, zoom: float) -> Theme:
    """Give a root another look, `zoom` times as large as its screen wants; return it.

    What is built from now on has it, and what is there already is to be built anew.
    """
    scale = _within(root.screen_scale * zoom, least=SMALLEST_SCALE)
    look = root.looks.get((dark, scale))
    if look is None:
        look = root.looks[dark, scale] = Theme(root, dark=dark, scale=scale)
    elif look is not root.theme:
        look.use()
    root.theme = look
    return look


def of(widget: Misc) -> Theme:
    """Return the theme of the root that a widget belongs to."""
    root = widget.nametowidget(".")
    if not isinstance(root, Root):
        raise TypeError(f"{root!r} is not of make_root")
    return root.theme


def _within(scale: float, *, least: float) -> float:
    return min(max(scale, least), LARGEST_SCALE)


def _own_scale(root: Tk) -> float:
    """Return what Tk has found out of the screen."""
    return float(root.tk.call("tk", "scaling")) / _pixels_a_point(root)


def _pixels_a_point(root: Tk) -> float:
    """Return `tk scaling` at 96 dots an inch; on macOS a pixel of Tk is a point."""
    return 1.0 if root.tk.call("tk", "windowingsystem") == "aqua" else 96 / 72
