"""How the windows look, as the person chose it: language, light or dark, and size.

All of it is switched while a window runs, in one way: what is shown is built anew.
"""

from collections.abc import Callable
from tkinter import Event, Misc
from typing import Any

from chatroom import preferences
from chatroom.windows import desktop, help_window, screen, theme
from chatroom.words import languages
from chatroom.words.languages import Language

ZOOMS = (0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5)
LATER_MS = 100
"""While a dialog is open, a change waits: it is looked for again after so long."""

LARGER = "plus", "equal", "KP_Add"
SMALLER = "minus", "KP_Subtract"
USUAL = "0", "KP_0"


def make_root(title: str, size: str, file: preferences.PreferencesFile) -> theme.Root:
    """Return a main window (`theme.make_root`) that looks as the person likes it."""
    kept = file.load()
    dark = kept.look == "dark" if kept.look else None
    return theme.make_root(title, size, dark=dark, zoom=kept.zoom)


class Appearance:
    """Switches how the window of a root looks, and remembers it for the next time.

    `language` and `look` are what was chosen: None and "" for what the system has.
    """

    def __init__(
        self,
        root: theme.Root,
        file: preferences.PreferencesFile,
        rebuild: Callable[[], None],
        *,
        smallest: screen.Size = (1, 1),
    ) -> None:
        """Have `rebuild()` build all that is shown anew, soon after each change.

        It keeps what the person did: what is typed, found and selected, and the place.
        Nothing gets so large that a window of the `smallest` size at 100 % would leave the
        screen.
        """
        self._root, self._file, self._rebuild = root, file, rebuild
        self._smallest = smallest
        self._kept = file.load()
        if self._zoom != self._kept.zoom:  # it was chosen on a larger screen
            theme.restyle(root, dark=root.theme.dark, zoom=self._zoom)
            root.update_idletasks()  # as in `theme.make_root`
        kept = Language(self._kept.language) if self._kept.language else None
        spoken = languages.current()
        self.language = kept if spoken is (kept or languages.system_language()) else spoken
        self._next = ""
        command = "Command" if root.tk.call("tk", "windowingsystem") == "aqua" else "Control"
        for step, keys in ((1, LARGER), (-1, SMALLER), (0, USUAL)):
            for key in keys:
                root.bind_all(f"<{command}-{key}>", self._zoomed(step))  # in the help, too
        root.bind("<Destroy>", self._destroyed, add=True)

    @property
    def look(self) -> str:
        """What was chosen: "dark", "light", or "" for what the system has."""
        return self._kept.look

    def use_language(self, language: Language | None) -> None:
        """Speak this language, None for the system's."""
        self.language = language
        languages.use(language or languages.system_language())
        self._keep(language=language.value if language else "")

    def use_look(self, look: str) -> None:
        """Be "dark" or "light", or "" for what the system wants."""
        self._keep(look=look)

    def zoom(self, step: int) -> None:
        """Be larger (1) or smaller (-1) by a step, or as large as at first (0)."""
        now = self._zoom
        if step > 0:
            wanted = self._fitting(next((zoom for zoom in ZOOMS if zoom > now), now))
        elif step < 0:
            wanted = next((zoom for zoom in reversed(ZOOMS) if zoom < now), now)
        else:
            wanted = 1.0
        if wanted != now:
            self._keep(zoom=wanted)

    # ----------------------------------------------------------------------------------

    @property
    def _zoom(self) -> float:
        """How large all is: what was chosen, as far as there is room for it."""
        return self._fitting(self._kept.zoom)

    def _fitting(self, wanted: float) -> float:
        """Return this zoom, or the largest one that fits the screen; 1.0 has to, anyway."""
        sizes = zip(screen.room(self._root), self._smallest, strict=True)
        most = min(room / size for room, size in sizes) / self._root.screen_scale
        fitting = [zoom for zoom in ZOOMS if zoom <= max(most, 1.0)]
        return min(wanted, fitting[-1])

    def _zoomed(self, step: int) -> Callable[["Event[Misc]"], str]:
        def zoom(_: "Event[Misc]") -> str:
            self.zoom(step)
            return "break"

        return zoom

    def _keep(self, **chosen: Any) -> None:
        self._kept = self._kept._replace(**chosen)
        self._file.save(self._kept)
        if not self._next:
            self._next = self._root.after_idle(self._apply)

    def _apply(self) -> None:
        self._next = ""
        if self._root.tk.call("grab", "current", self._root):  # a dialog, or a menu that closes
            self._next = self._root.after(LATER_MS, self._apply)
            return
        look = self._kept.look
        dark = look == "dark" if look else desktop.prefers_dark()
        theme.restyle(self._root, dark=dark, zoom=self._zoom)
        self._rebuild()
        screen.keep_inside(self._root)
        help_window.follow(self._root)
        self._root.update_idletasks()  # as in `theme.make_root`

    def _destroyed(self, event: "Event[Misc]") -> None:
        if event.widget is self._root and self._next:
            self._root.after_cancel(self._next)
