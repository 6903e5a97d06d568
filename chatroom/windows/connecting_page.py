"""What is shown until the server has let us in."""

from collections.abc import Callable
from tkinter import Event, Misc, ttk

from chatroom.windows import mnemonics, theme
from chatroom.words.prompts import Joining

BAR_STEP_MS = 15
CARD_WIDTH = 420
MARGIN = 16
"""Pixels at 100 %."""


class ConnectingPage(ttk.Frame):
    """Says where we knock and what to check, with a way back to the address and one out."""

    def __init__(
        self, parent: Misc, change_address: Callable[[str], None], cancel: Callable[[], None]
    ) -> None:
        """Call `change_address` with what was said to be the matter, when that is wanted."""
        super().__init__(parent, style="Chat.TFrame")
        self._px = px = theme.of(self).px
        self._card = card = ttk.Frame(self, style="Card.TFrame", padding=px(28))
        card.place(relx=0.5, rely=0.45, anchor="center")
        ttk.Label(card, text=Joining.CONNECTING(), style="Title.TLabel").pack(fill="x")
        self._server = ttk.Label(card, style="Faded.TLabel")
        self._server.pack(fill="x", pady=(px(2), 0))
        self._bar = ttk.Progressbar(card, mode="indeterminate")
        self._bar.pack(fill="x", pady=px(18))
        self._said = ""
        self._advice = ttk.Label(card, justify="left")
        buttons = self._buttons = ttk.Frame(card)
        buttons.pack(fill="x")
        buttons.columnconfigure((0, 1), weight=1, uniform="button")
        change = ttk.Button(buttons, command=lambda: change_address(self._said))
        mnemonics.name(change, Joining.CHANGE_ADDRESS())
        change.grid(row=0, column=0, sticky="ew", padx=(0, px(3)))
        leave = ttk.Button(buttons, command=cancel)
        mnemonics.name(leave, Joining.CANCEL())
        leave.grid(row=0, column=1, sticky="ew", padx=(px(3), 0))
        self.bind("<Configure>", self._fit)

    def destroy(self) -> None:
        """Go; a bar that moves would go on for a moment."""
        self._bar.stop()
        super().destroy()

    def begin(self, server: str) -> None:
        """Say that we knock at this server, and nothing else yet."""
        self._server.configure(text=server)
        self.advise("")

    def advise(self, sentence: str) -> None:
        """Say what is the matter or what to check."""
        self._said = sentence
        self._advice.configure(text=sentence)
        if sentence:
            self._advice.pack(fill="x", pady=(0, self._px(18)), before=self._buttons)
        else:
            self._advice.pack_forget()

    def move(self, moves: bool) -> None:
        """Have the bar move, or stand."""
        if moves:
            self._bar.start(BAR_STEP_MS)
        else:
            self._bar.stop()

    def _fit(self, event: "Event[Misc]") -> None:
        """Be as wide as is decent, and no wider than the window."""
        inner = min(self._px(CARD_WIDTH), event.width - 2 * self._px(MARGIN)) - 2 * self._px(28)
        self._bar.configure(length=inner)
        for label in (self._server, self._advice):
            label.configure(wraplength=inner)
