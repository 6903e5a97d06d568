"""What the host tells the others: address, port, and a text to send them."""

from collections.abc import Sequence
from tkinter import Misc, StringVar, ttk

from chatroom import words
from chatroom.windows import cards, theme

COPIED_FOR_MS = 2500
NOT_YET = "Start the room: then the address stands here, and a text to send to your friends."


class Invitation(cards.Card):
    """The address that others type, to choose where there are several, and two copies of it."""

    def __init__(self, parent: Misc) -> None:
        super().__init__(parent, "Others type this address")
        look = theme.of(self)
        self._look, self._port, self._restore = look, 0, ""
        self._address = StringVar(self)
        self._address.trace_add("write", lambda *_: self._show_chosen())
        self._title = ttk.Label(self.body, style="Title.TLabel")
        self._copy_address = ttk.Button(
            self.body,
            text="Copy address",
            image=look.icon("copy", look.c.faded, 16),
            style="Ghost.TButton",
            command=lambda: self._copy(self._address.get()),
        )
        self._choice = ttk.Combobox(
            self.body, textvariable=self._address, state="readonly", font=look.body, width=10
        )
        self._choice.bind("<<ComboboxSelected>>", lambda _: self._choice.selection_clear())
        self._text = cards.Wrapping(self.body, "Faded.TLabel")
        self._copy_all = ttk.Button(
            self.body,
            text=" Copy invitation",
            image=look.icon("copy", look.c.ink, 15),
            compound="left",
            style="Plain.TButton",
            command=lambda: self._copy(self._invitation()),
        )
        self.bind("<Destroy>", lambda _: self._forget_restoring())
        self._place()
        self.clear()

    def show(self, addresses: Sequence[str], port: int) -> None:
        """Show the addresses, the likeliest first, and the port."""
        self._port = port
        self._choice.configure(values=list(addresses))
        self._address.set(addresses[0])
        for widget in (self._title, self._copy_address, self._copy_all):
            widget.grid()
        if len(addresses) > 1:
            self._choice.grid()

    def clear(self) -> None:
        """Show no address."""
        self._port = 0
        self._address.set("")
        for widget in (self._title, self._copy_address, self._choice, self._copy_all):
            widget.grid_remove()

    # ----------------------------------------------------------------------------------

    def _place(self) -> None:
        px = self._look.px
        self._title.grid(row=0, column=0, sticky="w")
        self._copy_address.grid(row=0, column=1, sticky="e")
        self._choice.grid(row=1, column=0, columnspan=2, sticky="ew", pady=(px(6), 0))
        self._text.grid(row=2, column=0, columnspan=2, sticky="ew", pady=(px(2), 0))
        self._copy_all.grid(row=3, column=0, columnspan=2, sticky="ew", pady=(px(10), 0))

    def _invitation(self) -> str:
        return words.invitation(self._address.get(), self._port)

    def _show_chosen(self) -> None:
        address = self._address.get()
        self._title.configure(text=f"{address}  port {self._port}" if address else "")
        self._text.configure(text=self._invitation() if address else NOT_YET)
        self._copy_all.configure(text=" Copy invitation")

    def _copy(self, text: str) -> None:
        """Put a text on the clipboard, and say so for a while."""
        self.clipboard_clear()
        self.clipboard_append(text)
        self._copy_all.configure(text=" Copied")
        self._forget_restoring()
        self._restore = self.after(COPIED_FOR_MS, self._show_chosen)

    def _forget_restoring(self) -> None:
        if self._restore:
            self.after_cancel(self._restore)
