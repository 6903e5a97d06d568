"""A strip under the head, for what the person should know just now, and can do about it."""

from collections.abc import Callable
from tkinter import Event, Misc, ttk

from chatroom.windows import mnemonics, theme


class Banner(ttk.Frame):
    """One sentence, and perhaps a button. It shows itself where it was put by `grid`."""

    def __init__(self, parent: Misc) -> None:
        super().__init__(parent)
        self._look = look = theme.of(self)
        self._action: Callable[[], object] | None = None
        self._icon = ttk.Label(self)
        self._said = ttk.Label(self, justify="left")
        self._button = ttk.Button(self, command=self._pressed)
        px = look.px
        self._icon.grid(row=0, column=0, padx=(px(16), px(8)))
        self._said.grid(row=0, column=1, sticky="w", pady=px(9))
        self._button.grid(row=0, column=2, padx=px(10), pady=px(3))
        self.columnconfigure(1, weight=1)
        self.bind("<Configure>", self._wrap)

    @property
    def text(self) -> str:
        """What it says, "" while it is not there."""
        return str(self._said["text"]) if self.winfo_manager() else ""

    def show(
        self,
        text: str,
        button_label: str = "",
        action: Callable[[], object] | None = None,
        *,
        alarm: bool = False,
    ) -> None:
        """Say this, until something else is to be said; `action` is what the button does.

        The label may have an & before the letter that presses it with Alt.
        """
        self._action = action
        c = self._look.c
        kind, ink = ("Bad", c.alarm_ink) if alarm else ("Warn", c.warn_ink)
        icon = self._look.icon("warning" if alarm else "clock", ink, 16)
        self.configure(style=f"{kind}.TFrame")
        self._icon.configure(style=f"{kind}.TLabel", image=icon)
        self._said.configure(style=f"{kind}.TLabel", text=text)
        self._button.configure(style=f"{kind}.Ghost.TButton")
        mnemonics.name(self._button, button_label)
        if button_label and action is not None:
            self._button.grid()
        else:
            self._leave_button()
            self._button.grid_remove()
        self.grid()
        self._wrap()

    def hide(self) -> None:
        """Say nothing any more."""
        self._leave_button()
        self.grid_remove()

    # ----------------------------------------------------------------------------------

    def _pressed(self) -> None:
        if self._action is not None:
            self._action()

    def _leave_button(self) -> None:
        """Have the keyboard elsewhere than on a button that goes."""
        if self.focus_get() is self._button:
            following = self._button.tk_focusNext()
            if following is not None:
                following.focus_set()

    def _wrap(self, _: "Event[Misc] | None" = None) -> None:
        """Break the sentence where the room for it ends."""
        px = self._look.px
        taken = self._icon.winfo_reqwidth() + px(24 + 8)
        if self._button.winfo_manager():
            taken += self._button.winfo_reqwidth() + px(20)
        self._said.configure(wraplength=max(self.winfo_width() - taken, px(80)))
