"""What is shown until the server has let us in."""

from collections.abc import Callable
from tkinter import Misc, ttk

BAR_STEP_MS = 15


class ConnectingPage(ttk.Frame):
    """Says where we knock and what to check, with a way back to the address and one out."""

    def __init__(
        self, parent: Misc, change_address: Callable[[], None], cancel: Callable[[], None]
    ) -> None:
        super().__init__(parent, padding=24)
        inner = ttk.Frame(self)
        inner.place(relx=0.5, rely=0.4, anchor="center")
        self._progress = ttk.Label(inner, style="Title.TLabel")
        self._progress.pack()
        self._bar = ttk.Progressbar(inner, mode="indeterminate", length=260)
        self._bar.pack(pady=16)
        self._advice = ttk.Label(inner, wraplength=480, justify="center")
        self._advice.pack(pady=(0, 16))
        buttons = ttk.Frame(inner)
        buttons.pack()
        change = ttk.Button(buttons, text="Change address \u2026", command=change_address)
        change.pack(side="left", padx=4)
        ttk.Button(buttons, text="Cancel", command=cancel).pack(side="left", padx=4)

    def begin(self, server: str) -> None:
        """Say that we knock at this server, and nothing else yet."""
        self._progress.configure(text=f"Connecting to {server} \u2026")
        self.advise("")

    def advise(self, sentence: str) -> None:
        """Say what is the matter or what to check."""
        self._advice.configure(text=sentence)

    def move(self, moves: bool) -> None:
        """Have the bar move, or stand."""
        if moves:
            self._bar.start(BAR_STEP_MS)
        else:
            self._bar.stop()
