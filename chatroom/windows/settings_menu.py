"""The button in a window's head that opens a menu: language, look, size and help."""

from collections.abc import Callable
from functools import partial
from tkinter import Misc, StringVar

from chatroom.windows import appearance, icon_button, keys, menus
from chatroom.words.appearance import Look
from chatroom.words.languages import Language

SYSTEM = "system"
"""The value of a choice, since Tk takes "" for the entry's label."""


class SettingsMenu(icon_button.IconButton):
    """Opens with F10, too; F1 is for `help` in the whole window while this is there."""

    def __init__(
        self,
        parent: Misc,
        looks: appearance.Appearance,
        help: Callable[[], None],
        details: Callable[[], None],
    ) -> None:
        super().__init__(parent, "menu", Look.MENU(), self.open, key="F10")
        self._looks = looks
        self._language = StringVar(self, looks.language.value if looks.language else SYSTEM)
        self._look = StringVar(self, looks.look or SYSTEM)
        self.menu = menus.ThemedMenu(self)
        self._add_languages()
        self._add_looks()
        add, key = self.menu.add_action, menus.COMMAND
        self.menu.add_separator()
        add(Look.ZOOM_IN(), lambda: looks.zoom(1), f"{key}+")
        add(Look.ZOOM_OUT(), lambda: looks.zoom(-1), f"{key}\u2212")
        add(Look.ZOOM_RESET(), lambda: looks.zoom(0), f"{key}0")
        self.menu.add_separator()
        add(Look.DETAILS(), details)
        add(Look.HELP(), help, "F1")
        keys.bind_window(self, "<F1>", help)
        keys.bind_window(self, "<F10>", self.open)
        keys.bind_window(self, "<Shift-F10>", lambda: None)  # a menu of what has the keyboard

    def open(self) -> None:
        """Open the menu below the button, if that can be seen."""
        if not self.winfo_viewable():
            return
        self.tooltip.hide()  # it would lie on the first entry
        self.menu.update_idletasks()
        right = self.winfo_rootx() + self.winfo_width()
        x = max(right - self.menu.winfo_reqwidth(), 0)
        self.menu.open_at(x, self.winfo_rooty() + self.winfo_height())

    # ----------------------------------------------------------------------------------

    def _add_languages(self) -> None:
        choices: list[tuple[str, Language | None]] = [(Look.SYSTEM_LANGUAGE(), None)]
        choices += [(f"&{one.own_name}", one) for one in Language]
        menu = self.menu.add_submenu(Look.LANGUAGE())
        for label, one in choices:
            value = one.value if one else SYSTEM
            choose = partial(self._looks.use_language, one)
            menu.add_choice(label, self._language, value, choose)

    def _add_looks(self) -> None:
        choices = (Look.SYSTEM_LOOK(), ""), (Look.LIGHT(), "light"), (Look.DARK(), "dark")
        menu = self.menu.add_submenu(Look.APPEARANCE())
        for label, look in choices:
            choose = partial(self._looks.use_look, look)
            menu.add_choice(label, self._look, look or SYSTEM, choose)
