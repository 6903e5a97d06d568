"""Language, light or dark and size, switched while a window runs; and the menu for it."""

import tempfile
import tkinter as tk
import unittest
from pathlib import Path
from unittest import mock

from chatroom.preferences import Preferences, PreferencesFile
from chatroom.windows import appearance, colours, desktop, screen, settings_menu, theme
from chatroom.words import languages
from chatroom.words.languages import Language
from tests.tools.windows import WindowTest, reads


class AppearanceTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.addCleanup(languages.use, languages.current())
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = PreferencesFile(Path(folder.name) / "preferences.json")
        self.built: list[tuple[bool, float, Language]] = []
        self.top = self.root()
        self.looks = appearance.Appearance(self.top, self.file, self.rebuild)

    def rebuild(self) -> None:
        look = theme.of(self.top)
        self.built.append((look.dark, look.scale, languages.current()))


class Switching(AppearanceTest):
    def test_all_is_built_anew_in_what_was_chosen_and_that_is_kept(self) -> None:
        self.looks.use_look("dark")
        self.pump(lambda: self.built)
        self.looks.use_language(Language.INDONESIAN)
        self.pump(lambda: len(self.built) == 2)
        self.looks.zoom(1)
        self.pump(lambda: len(self.built) == 3)
        self.assertEqual(
            self.built,
            [
                (True, 1.0, Language.ENGLISH),
                (True, 1.0, Language.INDONESIAN),
                (True, 1.1, Language.INDONESIAN),
            ],
        )
        self.assertEqual(self.file.load(), Preferences("id", "dark", 1.1))
        again = appearance.Appearance(self.root(), self.file, lambda: None)
        self.assertEqual((again.language, again.look), (Language.INDONESIAN, "dark"))

    def test_the_systems_choice_is_asked_of_it(self) -> None:
        self.looks.use_look("light")
        system = mock.patch.object(languages, "system_language", return_value=Language.INDONESIAN)
        with mock.patch.object(desktop, "prefers_dark", return_value=True), system:
            self.looks.use_look("")
            self.looks.use_language(None)
            self.pump(lambda: self.built)
        self.assertEqual(self.built[-1], (True, 1.0, Language.INDONESIAN))
        self.assertEqual(self.file.load(), Preferences())

    def test_changes_that_come_together_are_built_once(self) -> None:
        for _ in range(3):
            self.looks.zoom(1)
        self.looks.use_look("dark")
        self.pump(lambda: self.built)
        self.top.update()
        self.assertEqual(self.built, [(True, 1.5, Language.ENGLISH)])

    def test_a_language_of_this_run_alone_is_not_kept(self) -> None:
        languages.use(Language.INDONESIAN)
        looks = appearance.Appearance(self.root(), self.file, lambda: None)
        looks.zoom(1)
        self.assertIs(looks.language, Language.INDONESIAN)
        self.assertEqual(self.file.load(), Preferences(zoom=1.1))

    def test_a_change_waits_for_the_end_of_a_dialog(self) -> None:
        dialog = tk.Toplevel(self.top)
        dialog.wait_visibility()
        dialog.grab_set()
        self.looks.zoom(1)
        done: list[bool] = []
        self.top.after(2 * appearance.LATER_MS, lambda: done.append(True))
        self.pump(lambda: done)
        self.assertEqual(self.built, [])
        dialog.destroy()
        self.pump(lambda: self.built)

    def test_window_opens_as_it_was_kept(self) -> None:
        self.file.save(Preferences(look="dark", zoom=1.5))
        with mock.patch.object(desktop, "screen_scale", return_value=1.0):
            root = appearance.make_root("Test", "400x300", self.file)
        self.roots.append(root)
        self.assertEqual((theme.of(root).c, theme.of(root).scale), (colours.DARK, 1.5))


class OnTheScreen(AppearanceTest):
    """A window of 400 times 300 pixels at least, at 100 %."""

    SMALLEST = 400, 300

    def setUp(self) -> None:
        super().setUp()
        self.screen = self.top.winfo_screenwidth(), self.top.winfo_screenheight()

    def rebuild(self) -> None:
        super().rebuild()
        self.top.minsize(*map(theme.of(self.top).px, self.SMALLEST))

    def begin(self, most: float) -> None:
        """Have a screen on which all can be `most` times as large."""
        width, height = (int(size * most) for size in self.SMALLEST)
        measured = mock.patch.object(screen, "room", return_value=(width, height))
        measured.start()
        self.addCleanup(measured.stop)
        self.looks = appearance.Appearance(
            self.top, self.file, self.rebuild, smallest=self.SMALLEST
        )

    def zoom(self, step: int) -> float:
        """Zoom by a step; return how large all is then."""
        self.looks.zoom(step)
        self.top.update()
        return theme.of(self.top).scale

    def test_nothing_gets_larger_than_there_is_room_for(self) -> None:
        self.begin(most=1.6)
        self.assertEqual([self.zoom(1) for _ in range(5)], [1.1, 1.25, 1.5, 1.5, 1.5])
        self.assertEqual(self.file.load().zoom, 1.5)
        self.assertEqual(self.zoom(-1), 1.25)

    def test_what_was_chosen_on_a_larger_screen_is_kept_and_fits(self) -> None:
        self.file.save(Preferences(zoom=2.5))
        self.begin(most=1.3)
        self.assertEqual(theme.of(self.top).scale, 1.25)
        self.assertEqual(self.file.load().zoom, 2.5)
        self.assertEqual(self.zoom(-1), 1.1)

    def test_on_a_screen_too_small_all_is_as_large_as_at_first(self) -> None:
        self.begin(most=0.5)
        self.assertEqual([self.zoom(1), self.zoom(-1), self.zoom(0)], [1.0, 0.9, 1.0])

    def test_a_window_that_gets_larger_moves_into_view(self) -> None:
        width, height = self.screen
        self.looks = appearance.Appearance(
            self.top, self.file, self.rebuild, smallest=self.SMALLEST
        )
        self.pump_until_it_lasts(lambda: self.lies_in_corner(width - 400, height - 300))
        self.zoom(1)
        self.pump(lambda: self.size() == (440, 330) and self.is_inside())

    def test_a_window_that_fits_stays_where_it_is(self) -> None:
        self.pump_until_it_lasts(lambda: self.lies_at("500x400+30+40"))
        for step in (1, 0):
            self.zoom(step)
            self.assertEqual(self.top.geometry(), "500x400+30+40")

    def lies_at(self, geometry: str) -> bool:
        """Tell whether the window does; put it there, again where a window manager has moved it."""
        is_there = (*self.size(), self.top.geometry()) == (500, 400, geometry)
        if not is_there:
            self.top.geometry(geometry)
        return is_there

    def lies_in_corner(self, x: int, y: int) -> bool:
        """Tell whether the window does, but for its frame; put it there, if need be again."""
        at = map(int, self.top.geometry().split("+")[1:])
        is_near = all(abs(one - wanted) <= 50 for one, wanted in zip(at, (x, y), strict=True))
        is_there = is_near and self.size() == (400, 300)
        if not is_there:
            self.top.geometry(f"400x300+{x}+{y}")
        return is_there

    def size(self) -> tuple[int, int]:
        self.top.update_idletasks()
        return self.top.winfo_width(), self.top.winfo_height()

    def is_inside(self) -> bool:
        """Tell whether all of the window is on the screen, with its frame."""
        x, y = map(int, self.top.geometry().split("+")[1:])
        width, height = self.size()
        side = self.top.winfo_rootx() - x
        right, bottom = self.top.winfo_rootx() + width + side, self.top.winfo_rooty() + height
        return x >= 0 and y >= 0 and right <= self.screen[0] and bottom + side <= self.screen[1]


class Keys(AppearanceTest):
    def press(self, *keys: str) -> None:
        self.top.focus_force()
        self.top.update()
        for key in keys:
            self.top.event_generate(f"<{key}>")
            self.top.update()

    def test_size_follows_the_keys_up_to_the_ends(self) -> None:
        self.press("Control-plus", "Control-equal", "Control-minus")
        self.assertEqual([scale for _, scale, _ in self.built], [1.1, 1.25, 1.1])
        self.press("Control-0", "Control-0")
        self.assertEqual([scale for _, scale, _ in self.built[3:]], [1.0])
        self.press(*["Control-minus"] * 5)
        self.assertEqual(self.built[-1][1], appearance.ZOOMS[0])
        self.press(*["Control-plus"] * 12)
        self.assertEqual(self.built[-1][1], appearance.ZOOMS[-1])
        self.assertEqual(len(self.built), 4 + 2 + len(appearance.ZOOMS) - 1)


class Menu(AppearanceTest):
    def setUp(self) -> None:
        super().setUp()
        self.helped: list[bool] = []
        self.menu = settings_menu.SettingsMenu(
            self.top, self.looks, lambda: self.helped.append(True), lambda: None
        )
        self.menu.pack()
        self.top.focus_force()
        self.top.update()

    def choose(self, *labels: str) -> None:
        """Choose an entry, through its submenus."""
        menu: tk.Menu = self.menu.menu
        for label in labels[:-1]:
            menu = self.top.nametowidget(menu.entrycget(label, "menu"))
        menu.invoke(labels[-1])
        self.top.update()

    def test_each_entry_does_its_own(self) -> None:
        self.choose("Appearance", "Dark")
        self.choose("Language", "Bahasa Indonesia")
        self.choose("Zoom in")
        self.choose("Help")
        self.assertEqual(self.built[-1], (True, 1.1, Language.INDONESIAN))
        self.assertEqual(self.helped, [True])
        self.choose("Zoom out")
        self.choose("Back to 100 %")
        self.choose("Appearance", "Like the system")
        self.choose("Language", "System language")
        self.assertEqual(self.file.load(), Preferences())

    def test_what_is_chosen_is_marked(self) -> None:
        def marked() -> list[str]:
            found = []
            for name in ("Language", "Appearance"):
                menu = self.top.nametowidget(self.menu.menu.entrycget(name, "menu"))
                for index in range(menu.index("end") + 1):
                    variable = menu.entrycget(index, "variable")
                    if str(menu.entrycget(index, "value")) == self.top.getvar(variable):
                        found.append(menu.entrycget(index, "label"))
            return found

        self.assertEqual(marked(), ["System language", "Like the system"])
        self.choose("Appearance", "Dark")
        self.choose("Language", "Bahasa Indonesia")
        self.assertEqual(marked(), ["Bahasa Indonesia", "Dark"])

    def test_help_has_a_key_while_the_menu_is_there(self) -> None:
        self.top.event_generate("<F1>")
        self.assertEqual(self.helped, [True])
        self.menu.destroy()
        self.top.event_generate("<F1>")
        self.assertEqual(self.helped, [True])
        self.assertEqual(self.top.bind("<F1>"), "")

    def test_key_opens_it(self) -> None:
        with mock.patch.object(self.menu.menu, "tk_popup") as opened:
            self.top.event_generate("<Shift-F10>")  # the menu of what has the keyboard
            opened.assert_not_called()
            self.top.event_generate("<F10>")
        opened.assert_called_once()

    def test_no_tooltip_lies_on_what_opens(self) -> None:
        self.menu.event_generate("<Enter>")
        self.pump(lambda: reads(self.menu))
        with mock.patch.object(self.menu.menu, "tk_popup"):
            self.top.event_generate("<F10>")
        self.assertEqual(reads(self.menu), "")


if __name__ == "__main__":
    unittest.main()
