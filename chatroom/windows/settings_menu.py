"""The button in a window's head that opens a menu: language, look, size and help."""

from collections.abc import Callable
from functools import partial
from tkinter import Misc, StringVar

from chatroom.windows import appearance, icon_button, keys, menus, mnemonics
from chatroom.words.appearance import Look
from chatroom.words.languages import Language


class SettingsMenu(icon_button.IconButton):
    """Opens with F10, too; F1 is for `help` in the whole window while this is there."""

    def __init__(
        self, parent: Misc, looks: appearance.Appearance, help: Callable[[], None]
    ) -> None:
        super().__init__(parent, "menu", Look.MENU(), self.open, key="F10")
        self._looks = looks
        self._language = StringVar(self, looks.language.value if looks.language else "")
        self._look = StringVar(self, looks.look)
        self.menu = menus.ThemedMenu(self)
        self._add_languages()
        self._add_looks()
        add, key = self.menu.add_action, menus.COMMAND
        self.menu.add_separator()
        add(Look.ZOOM_IN(), lambda: looks.zoom(1), f"{key}+")
        add(Look.ZOOM_OUT(), lambda: looks.zoom(-1), f"{key}\u2212")
        add(Look.ZOOM_RESET(), lambda: looks.zoom(0), f"{key}0")
        self.menu.add_separator()
        add(Look.HELP(), help, "F1")
        keys.bind_window(self, "<F1>", help)
        keys.bind_window(self, "<F10>", self.open)

    def open(self) -> None:
        """Open the menu below the button, if that can be seen."""
        if not self.winfo_viewable():
            return
        self.menu.update_idletasks()
        right = self.winfo_rootx() + self.winfo_width()
        x = max(right - self.menu.winfo_reqwidth(), 0)
        self.menu.open_at(x, self.winfo_rooty() + self.winfo_height())

    # ----------------------------------------------------------------------------------

    def _add_languages(self) -> None:
        menu = self._add_submenu(Look.LANGUAGE())
        choices: list[tuple[str, Language | None]] = [(Look.SYSTEM_LANGUAGE(), None)]
        choices += [(f"&{one.own_name}", one) for one in Language]
        for label, language in choices:
            self._add_choice(
                menu,
                label,
                self._language,
                language.value if language else "",
                partial(self._looks.use_language, language),
            )

    def _add_looks(self) -> None:
        menu = self._add_submenu(Look.APPEARANCE())
        for label, look in (
            (Look.SYSTEM_LOOK(), ""),
            (Look.LIGHT(), "light"),
            (Look.DARK(), "dark"),
        ):
            self._add_choice(menu, label, self._look, look, partial(self._looks.use_look, look))

    def _add_submenu(self, label: str) -> menus.ThemedMenu:
        said, underline = mnemonics.split(label)
        menu = menus.ThemedMenu(self.menu)
        self.menu.add_cascade(label=said, underline=underline, menu=menu)
        return menu

    @staticmethod
    def _add_choice(
        menu: menus.ThemedMenu,
        label: str,
        variable: StringVar,
        value: str,
        choose: Callable[[], None],
    ) -> None:
        said, underline = mnemonics.split(label)
        menu.add_radiobutton(
            label=said, underline=underline, variable=variable, value=value, command=choose
        )
