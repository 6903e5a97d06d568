"""The look on a real Tk: what is asked of the system, sizes, colours, pictures and styles."""

import ctypes
import gc
import sys
import tkinter as tk
import unittest
from tkinter import ttk
from unittest import mock

from chatroom.windows import colours, emoji, fonts, pictures, theme
from tests.tools.windows import WindowTest
from tests.tools.wine import is_wine

BUTTONS = ("Accent", "Plain", "Bad", "Ghost", "Warn.Ghost", "Bad.Ghost")
FRAMES = ("Chat", "Line", "Warn", "Bad", "Card", "Track", "Good", "Idle", "Busy", "Field")
LABELS = ("Title", "Bold", "Faded", "Small", "Tiny", "Alarm", "Warn", "Bad", "Good", "Idle", "Busy")
WIDEST_BORDER = 10  # of what window managers draw around a window, in pixels


class ThemeTest(WindowTest):
    def themed(self, *, dark: bool = False, scale: float = 1.0) -> theme.Theme:
        root = theme.make_root("Test", "400x300", dark=dark, scale=scale)
        self.roots.append(root)
        root.report_callback_exception = self._failed
        return theme.of(root)


class Sharpness(WindowTest):
    def test_windows_scales_no_picture_of_the_window(self) -> None:
        self.root()
        if sys.platform != "win32":
            self.skipTest("only Windows blurs windows")
        awareness = ctypes.c_int(-1)
        ctypes.windll.shcore.GetProcessDpiAwareness(None, ctypes.byref(awareness))
        self.assertGreater(awareness.value, 0)


class Sizes(ThemeTest):
    def test_all_grows_with_the_scale(self) -> None:
        found = []
        for scale in (1.0, 2.0):  # one after the other: a display has one scaling
            look = self.themed(scale=scale)
            scaled = [look.body, look.title]
            if not is_wine():  # which has emoji of one size
                scaled.append(look.emoji)
            sizes = [font.metrics("linespace") for font in scaled]
            sizes.append(int(look.root.tk.call("font", "measure", "TkDefaultFont", "Wide")))
            found.append([*sizes, look.px(7), look.icon("close", "#000000", 18).width()])
        for small, large in zip(*found, strict=True):
            self.assertAlmostEqual(large / small, 2, delta=0.25)

    def test_window_is_as_large_as_its_scale_wants_within_the_screen(self) -> None:
        for scale, width in ((1.0, 400), (2.0, 800), (4.0, 1600)):
            root = self.themed(scale=scale).root
            root.update()
            most = root.winfo_screenwidth()
            # A window manager may take its borders off what is as wide as the screen.
            least = width if width < most else most - 2 * WIDEST_BORDER
            self.assertTrue(least <= root.winfo_width() <= min(width, most), root.geometry())


class Emoji(ThemeTest):
    def test_without_a_font_of_them_the_text_has_its_own(self) -> None:
        with mock.patch.object(fonts, "EMOJI_FAMILIES", ("No Such Font Anywhere",)):
            self.check_plain(self.themed())

    def test_where_colours_are_unsafe_the_text_has_its_own(self) -> None:
        with mock.patch.object(emoji, "are_safe", return_value=False):
            self.check_plain(self.themed())

    def check_plain(self, look: theme.Theme) -> None:
        self.assertEqual(look.emoji.actual("family"), look.body.actual("family"))
        self.assertGreater(look.jumbo.metrics("linespace"), 1.5 * look.body.metrics("linespace"))


class Finding(ThemeTest):
    def test_every_widget_finds_the_theme_of_its_root(self) -> None:
        light, dark = self.themed(), self.themed(dark=True)
        for look in (light, dark):
            inner = tk.Label(ttk.Frame(tk.Toplevel(look.root)))
            self.assertIs(theme.of(inner), look)
        self.assertIs(light.c, colours.LIGHT)
        self.assertIs(dark.c, colours.DARK)
        self.assertEqual((light.dark, dark.dark), (False, True))

    def test_initials(self) -> None:
        for name, initials in (
            ("Budi", "B"),
            ("ana lindqvist", "AL"),
            ("Mei-Ling", "ML"),
            ("Jan van der Berg", "JB"),
            ("-", "-"),
            ("\U0001f600", "\U0001f600"),
        ):
            self.assertEqual(theme.Theme.initials(name), initials)


class AnotherLook(ThemeTest):
    def test_what_is_built_from_now_on_has_it(self) -> None:
        root = self.root()
        light = theme.of(root)
        dark = theme.restyle(root, dark=True, zoom=1.5)
        self.assertIs(theme.of(tk.Label(root)), dark)
        self.assertEqual((dark.c, dark.scale), (colours.DARK, 1.5))
        self.assertEqual(ttk.Style(root).lookup("TLabel", "background"), colours.DARK.panel)
        self.assertGreater(dark.body.metrics("linespace"), light.body.metrics("linespace"))
        self.assertIs(theme.restyle(root, dark=False, zoom=1.0), light)
        self.assertEqual(ttk.Style(root).lookup("TLabel", "background"), colours.LIGHT.panel)
        root.update()

    def test_scale_stays_within_what_can_be_used(self) -> None:
        root = self.root()
        for zoom, scale in ((0.1, theme.SMALLEST_SCALE), (99.0, theme.LARGEST_SCALE)):
            self.assertEqual(theme.restyle(root, dark=False, zoom=zoom).scale, scale)
        root.update()

    def test_one_look_is_made_once(self) -> None:
        root = self.root()

        def held() -> tuple[int, int, int]:
            root.update()
            gc.collect()
            call = root.tk.call
            names = (
                call("image", "names"),
                call("font", "names"),
                call("ttk::style", "theme", "names"),
            )
            return tuple(map(len, map(root.tk.splitlist, names)))  # type: ignore[return-value]

        def switch() -> None:
            for dark, zoom in ((True, 1.0), (False, 1.25), (False, 1.0)):
                theme.restyle(root, dark=dark, zoom=zoom)

        switch()
        before = held()
        for _ in range(17):
            switch()
        self.assertEqual(held(), before)


class Pictures(ThemeTest):
    def test_tk_reads_them_and_keeps_each_once(self) -> None:
        look = self.themed()
        disc = look.disc("#ff0000", 20, ring="#0000ff", width=3)
        self.assertIs(look.disc("#ff0000", 20, ring="#0000ff", width=3), disc)
        self.assertEqual(disc.get(10, 10), (255, 0, 0))
        self.assertEqual(disc.get(10, 1), (0, 0, 255))
        self.assertTrue(disc.transparency_get(0, 0))
        for name in pictures.ICONS:
            self.assertEqual(look.icon(name, "#123456", 20).width(), 20)
        self.assertEqual((look.blank(33).width(), look.blank(33).height()), (33, 1))

    def test_a_patch_without_a_fill_is_seen_through(self) -> None:
        look = self.themed()
        clear = look.patch("", "#ff0000", "#00ff00", room=3, w=2)
        middle = clear.width() // 2
        self.assertTrue(clear.transparency_get(middle, middle))
        self.assertEqual(clear.get(middle, 4), (255, 0, 0))
        self.assertEqual(clear.get(middle, 1), (0, 255, 0))


class WidgetsOfEachStyle(ThemeTest):
    def test_each_style_can_be_shown_in_each_state(self) -> None:
        for dark in (False, True):
            look = self.themed(dark=dark)
            for widget in self.made(look.root):
                for state in ("disabled", "focus", "pressed", "active", "selected"):
                    widget.state([state])
                    look.root.update_idletasks()
                    widget.state([f"!{state}"])
                widget.pack()
            look.root.update()

    def made(self, root: tk.Tk) -> list[ttk.Widget]:
        bar = "Vertical.TScrollbar"
        return [
            *(ttk.Button(root, text=name, style=f"{name}.TButton") for name in BUTTONS),
            *(ttk.Frame(root, style=f"{name}.TFrame", padding=20) for name in FRAMES),
            *(ttk.Label(root, text=name, style=f"{name}.TLabel") for name in LABELS),
            *(ttk.Scrollbar(root, style=f"{name}.{bar}") for name in ("Slim", "Panel.Slim")),
            ttk.Radiobutton(root, text="one", style="Seg.TRadiobutton"),
            ttk.Button(root, text="Button"),
            ttk.Scrollbar(root),
            ttk.Entry(root),
            ttk.Combobox(root),
            ttk.Checkbutton(root, text="tick"),
            ttk.Treeview(root, columns=("one",)),
            ttk.Progressbar(root),
        ]

    def test_words_of_every_style_can_be_read_on_its_ground(self) -> None:
        """As the styles have them, and not only as the palette's table says."""
        grounds = {"Accent": "accent", "Seg": "over"}
        for dark in (False, True):
            c = self.themed(dark=dark).c
            style = ttk.Style(self.roots[-1])
            for widget in self.made(self.roots[-1]):
                name = str(widget["style"]) or widget.winfo_class()
                for states in ([], ["active"], ["focus"], ["pressed"], ["selected"]):
                    ink = str(style.lookup(name, "foreground", states))
                    ground = str(style.lookup(name, "background", states))
                    drawn = grounds.get(name.split(".")[0])
                    if drawn == "accent" or (drawn and states != ["selected"]):
                        ground = getattr(c, drawn)
                    with self.subTest(style=name, states=states, dark=dark):
                        found = colours.contrast(ink, ground)
                        self.assertGreaterEqual(found, colours.CONTRAST_LEAST)

    def test_no_grey_of_clam_is_left_behind_what_is_disabled(self) -> None:
        look = self.themed()
        style = ttk.Style(look.root)
        for name in (*(f"{one}.TButton" for one in BUTTONS), "TEntry", "TCheckbutton", "TFrame"):
            for states in ([], ["disabled"], ["active"]):
                ground = style.lookup(name, "background", states)
                expected = {"Warn": look.c.warn, "Bad": look.c.alarm}.get(name.split(".")[0])
                if expected is None or "Ghost" not in name:
                    expected = look.c.panel
                self.assertEqual(str(ground), expected, f"{name} {states}")


if __name__ == "__main__":
    unittest.main()
