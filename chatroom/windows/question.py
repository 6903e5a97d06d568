"""A question with two answers, each a button that says what it does."""

from tkinter import Misc, Toplevel, ttk

from chatroom.windows import keys, mnemonics, theme

WIDTH = 360
"""Pixels at 100 %, in which the sentence is wrapped."""


def ask(parent: Misc, title: str, sentence: str, yes: str, no: str) -> bool:
    """Ask, and wait for the answer: whether it is `yes`, which may be none ("").

    The keyboard begins on `no`, which loses nothing, and is also what Escape and closing the
    window mean. An answer may have an & before the letter that gives it with Alt.
    """
    window = parent.winfo_toplevel()
    had_focus = window.focus_lastfor()
    dialog = Question(window, title, sentence, yes, no)
    window.wait_window(dialog)
    if had_focus is not None and had_focus.winfo_exists():
        had_focus.focus_set()
    return dialog.answer


def tell(parent: Misc, title: str, sentence: str, close: str) -> None:
    """Say something, and wait until it is closed."""
    ask(parent, title, sentence, "", close)


class Question(Toplevel):
    """The window of it; `answer` is good once it is gone."""

    answer = False

    def __init__(self, parent: Misc, title: str, sentence: str, yes: str, no: str) -> None:
        px = theme.of(parent).px
        super().__init__(parent, background=theme.of(parent).c.panel)
        self.withdraw()
        self.title(title)
        self.resizable(False, False)
        inner = ttk.Frame(self, padding=px(20))
        inner.pack(fill="both", expand=True)
        ttk.Label(inner, text=title, style="Title.TLabel").pack(fill="x")
        said = ttk.Label(inner, text=sentence, wraplength=px(WIDTH), justify="left")
        said.pack(fill="x", pady=(px(8), px(18)))
        buttons = ttk.Frame(inner)
        buttons.pack(anchor="e")
        self._no = ttk.Button(buttons, style="Accent.TButton", command=self.destroy)
        self._yes = ttk.Button(buttons, style="Bad.TButton", command=self._agree)
        for button, text in ((self._no, no), (self._yes, yes)):
            if not text:
                continue
            mnemonics.name(button, text)
            button.pack(side="left", padx=(px(8), 0))
            for enter in ("<Return>", "<KP_Enter>"):
                keys.bind(button, enter, button.invoke)
        keys.bind(self, "<Escape>", self.destroy)
        keys.bind(self, "<Left>", self._no.focus_set)
        if yes:
            keys.bind(self, "<Right>", self._yes.focus_set)
        mnemonics.set_up(self)
        self._appear(parent)

    def _agree(self) -> None:
        self.answer = True
        self.destroy()

    def _appear(self, parent: Misc) -> None:
        """Stand in the middle of a window, or of the screen while that is not there."""
        self.update_idletasks()
        width, height = self.winfo_reqwidth(), self.winfo_reqheight()
        screen = self.winfo_screenwidth(), self.winfo_screenheight()
        if parent.winfo_viewable():
            self.transient(parent)  # type: ignore[call-overload]
            x = parent.winfo_rootx() + (parent.winfo_width() - width) // 2
            y = parent.winfo_rooty() + (parent.winfo_height() - height) // 3
        else:
            x, y = (screen[0] - width) // 2, (screen[1] - height) // 3
        x, y = max(min(x, screen[0] - width), 0), max(min(y, screen[1] - height), 0)
        self.geometry(f"+{x}+{y}")
        self.deiconify()
        self.wait_visibility()
        self.grab_set()
        self._no.focus_force()
